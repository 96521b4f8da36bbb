//! What looks like spam. Only where no person has the conversation, or has said that it is none: people judge for themselves.

use super::draft::Draft;
use super::queueing;
use crate::conversation::Stage;
use crate::spam::SpamRules;
use protocol::setup::Spam;
use protocol::{Actor, Happening, OfferEnd, SpamSign, SpamWhy};

/// Marks the conversation when the visitor's message shows a sign of the rules.
pub fn look(draft: &mut Draft<'_>, text: &str) {
    let rules = &draft.board.directory().rules().spam;
    match draft.stage() {
        Stage::Automated | Stage::Queued(_) | Stage::Offered { .. }
            if rules.detect && !draft.conversation().cleared => {}
        Stage::Automated
        | Stage::Queued(_)
        | Stage::Offered { .. }
        | Stage::Open(_)
        | Stage::Pending { .. }
        | Stage::Spam { .. }
        | Stage::Closed { .. } => return,
    }
    let conversation = draft.conversation();
    let mut watch = draft.board.spam_watch(conversation.id);
    let mut signs = watch.hear(text, draft.now, &SpamRules::of(rules));
    if rules.blocked.contains(&conversation.visitor) {
        signs.push(SpamSign::Blocked);
    }
    if !signs.is_empty() {
        queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
        draft.add_by(Actor::Bridge, Happening::MarkedSpam(SpamWhy::Detected(signs)));
    }
}

impl SpamRules {
    /// The rules, as configured.
    pub fn of(setup: &Spam) -> Self {
        let count = |number: u32| number as usize;
        Self {
            rate: setup.rate_messages.map(|most| (count(most), setup.rate_seconds.into())),
            repeats: setup.repeats.map(|most| (count(most), setup.repeat_seconds.into())),
            links_max: setup.links_max.map(count),
            words: setup.words.clone(),
            hosts: setup.hosts.clone(),
        }
    }
}
