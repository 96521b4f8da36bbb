//! What looks like spam. Only where no person has the conversation, or has said that it is none: people judge for themselves.

use super::draft::Draft;
use super::queueing;
use crate::conversation::{Conversation, Stage};
use crate::spam::{SpamRules, SpamWatch};
use protocol::setup::{Rules, Spam};
use protocol::{Actor, Happening, OfferEnd, SpamSign, SpamWhy};

/// Marks the conversation when the visitor's message shows a sign of the rules.
pub fn look(draft: &mut Draft<'_>, text: &str) {
    let rules = SpamRules::of(&draft.board.directory().rules().spam);
    look_for(draft, |watch, now| watch.signs(text, now, &rules));
}

/// Marks it when asking for a person is one: whoever is not listened to can say nothing, and still ask.
pub fn look_at_request(draft: &mut Draft<'_>) {
    let rules = SpamRules::of(&draft.board.directory().rules().spam);
    look_for(draft, |watch, now| watch.signs_of_haste(now, &rules));
}

/// Whether spam is looked for in a conversation.
pub fn is_looked_for(conversation: &Conversation, rules: &Rules) -> bool {
    match conversation.stage {
        Stage::Automated | Stage::Queued(_) | Stage::Offered { .. } => {
            rules.spam.detect && !conversation.cleared
        }
        Stage::Open(_) | Stage::Pending { .. } | Stage::Spam { .. } | Stage::Closed { .. } => false,
    }
}

fn look_for(draft: &mut Draft<'_>, signs: impl FnOnce(&SpamWatch, protocol::Timestamp) -> Vec<SpamSign>) {
    let conversation = draft.conversation();
    let rules = draft.board.directory().rules();
    if !is_looked_for(conversation, rules) {
        return;
    }
    let nothing = SpamWatch::default();
    let watch = draft.board.spam_watch(conversation.id).unwrap_or(&nothing);
    let mut signs = signs(watch, draft.now);
    if rules.spam.blocked.contains(&conversation.visitor) {
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
