//! What happens when it is time (`routing-and-inbox.md` E.7): one thing at a time, in the order in which it was due.

use super::draft::Draft;
use super::queueing;
use super::{closing, ownership};
use crate::conversation::{Conversation, Stage};
use crate::{Decision, Switchboard};
use protocol::{
    Actor, Author, Cause, ClosingSource, Content, Happening, OfferEnd, OverflowWhy, Promise, QueuedWhy,
    SkipReason, TimerKind, Timestamp, UnassignedWhy, WakeWhy, WrapUpEnd,
};

/// Written for whoever has the conversation next.
const NO_REPLY_COMMENT: &str =
    "Nobody wrote to the visitor in time. The conversation was taken from its owner.";

/// Does what is due first.
pub fn pass(board: &Switchboard, now: Timestamp) -> Decision {
    let run = board.runs.first_due(now);
    let Some((due, id)) = board.first_due(now) else {
        return run.map_or_else(Decision::default, |(_, run)| board.wake_run(run, now));
    };
    if let Some((run_due, run)) = run
        && run_due < due
    {
        return board.wake_run(run, now);
    }
    let Some(conversation) = board.conversations.get(&id) else { return Decision::default() };
    let Some((_, kind)) = conversation.next_timer(&board.directory, &board.presence) else {
        return Decision::default();
    };
    let mut draft = Draft::of(board, conversation, Actor::Bridge, Cause::Timer(kind), now);
    fire(&mut draft, conversation, kind);
    draft.decided()
}

fn fire(draft: &mut Draft<'_>, conversation: &Conversation, kind: TimerKind) {
    match kind {
        TimerKind::Offer => offer_ends(draft, conversation),
        TimerKind::PlanStep => queueing::advance(draft, SkipReason::Time),
        TimerKind::MaxWait => drop(queueing::overflow(draft, OverflowWhy::MaxWait)),
        TimerKind::Abandon => {
            queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
            close(draft, ClosingSource::Abandoned);
        }
        TimerKind::FirstReply => {
            let tries = draft.conversation().conduct(draft.board.directory()).first_reply_tries;
            let text = NO_REPLY_COMMENT.to_owned();
            ownership::requeue(draft, UnassignedWhy::NoReply, QueuedWhy::Unassigned);
            draft.add(Happening::Commented { author: Author::Bridge, text, mentions: Vec::new() });
            let times = draft.conversation().no_replies;
            if times == tries {
                draft.add(Happening::UnansweredTooOften { times });
            }
        }
        TimerKind::Quiet => draft.add(Happening::WentQuiet),
        TimerKind::Promise => promise_missed(draft),
        TimerKind::Reminder => remind(draft),
        TimerKind::AutoClose => close(draft, ClosingSource::Inactive),
        TimerKind::Snooze => ownership::wake(draft, WakeWhy::Time),
        TimerKind::WrapUp => {
            if let Stage::Closed { wrap_up: Some((agent, _)), .. } = draft.stage() {
                let agent = *agent;
                draft.add(Happening::WrappedUp { agent, end: WrapUpEnd::TimedOut });
            }
        }
        TimerKind::Orphan => ownership::requeue(draft, UnassignedWhy::OwnerLeft, QueuedWhy::Unassigned),
        TimerKind::Exclusion => {}
    }
}

fn offer_ends(draft: &mut Draft<'_>, conversation: &Conversation) {
    queueing::withdraw_offers(draft, OfferEnd::TimedOut, None);
    if let Some(passing) = conversation.held().and_then(|held| held.passing.as_ref()) {
        draft.add(Happening::TransferEnded { agent: passing.to, why: OfferEnd::TimedOut });
        ownership::is_untaken(draft, passing.to);
    }
}

fn close(draft: &mut Draft<'_>, source: ClosingSource) {
    ownership::end_passing(draft, OfferEnd::Withdrawn, None);
    let closed = closing::of(draft, source, None, None);
    draft.add(Happening::Closed(closed));
}

fn promise_missed(draft: &mut Draft<'_>) {
    let Some((promise, since)) = draft.conversation().promise_due(draft.board.directory()) else { return };
    match promise {
        Promise::FirstReply | Promise::NextReply => draft.add(Happening::PromiseMissed { promise, since }),
    }
}

fn remind(draft: &mut Draft<'_>) {
    let at = usize::try_from(draft.conversation().reminders).unwrap_or(usize::MAX);
    let reminders = &draft.board.directory().rules().auto_close.reminders;
    let content = reminders.get(at).and_then(|reminder| Content::text(reminder.text.clone()).ok());
    if let Some(content) = content {
        let written_at = draft.now;
        draft.add(Happening::Said { author: Author::Bridge, content, written_at });
    }
    draft.add(Happening::Reminded);
}
