//! What is noted on a conversation, and by whom it is read besides its owner.

use super::{Model, State, Talk, Wrong};
use crate::hold;
use protocol::{Event, Happening};

impl Model {
    /// Whether that may be noted, and what it changes.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it is called for these happenings alone")]
    pub(super) fn noted(&self, talk: &mut Talk, event: &Event) -> Wrong {
        match &event.happening {
            Happening::PrioritySet { priority } => talk.priority = *priority,
            Happening::Dedicated { agent } => talk.dedicated = *agent,
            Happening::PromiseMissed { .. } => talk.missed_at = Some(event.at),
            Happening::WentQuiet => {
                let State::Open(hold) = &mut talk.state else { return Err("it is not open".to_owned()) };
                hold!(!hold.quiet, "it is quiet already");
                hold.quiet = true;
            }
            Happening::UnansweredTooOften { times } => {
                hold!(*times == talk.no_replies, "it was unanswered {} times", talk.no_replies);
            }
            Happening::PassedOnTooOften { transfers } => {
                let most = self.setup.rules.transfers_max;
                hold!(
                    *transfers == most && talk.transfers == most,
                    "it was passed on {} times",
                    talk.transfers
                );
            }
            Happening::Reminded => talk.reminders += 1,
            Happening::Joined { agent } => {
                hold!(talk.owner().is_some_and(|owner| owner.agent != agent.id), "nobody to take part with");
                hold!(talk.participants.insert(agent.id), "takes part already");
            }
            Happening::Parted { agent } => hold!(talk.participants.remove(agent), "does not take part"),
            _ => {}
        }
        Ok(())
    }
}
