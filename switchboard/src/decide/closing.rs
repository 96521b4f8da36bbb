//! How conversations end.

use super::draft::Draft;
use crate::conversation::Stage;
use protocol::{Closing, ClosingSource, Happening, ReasonId, WrapUpEnd};

/// How a conversation ends; its owner gets time for notes where their team has that.
pub fn of(
    draft: &Draft<'_>,
    source: ClosingSource,
    category: Option<ReasonId>,
    note: Option<String>,
) -> Closing {
    let conversation = draft.conversation();
    let seconds = conversation.conduct(draft.board.directory()).wrap_up_seconds;
    let owner = match (&conversation.stage, source) {
        (Stage::Open(held) | Stage::Pending { held, .. }, ClosingSource::Agent | ClosingSource::Visitor)
            if seconds > 0 =>
        {
            Some(held.agent.id)
        }
        (
            Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. },
            _,
        ) => None,
    };
    let wrap_up = owner.map(|agent| (agent, draft.now.plus_seconds(seconds.into())));
    Closing { source, category, note, wrap_up }
}

/// What is over goes on, and nobody finishes notes on it any more. Whether it was over.
pub fn reopen(draft: &mut Draft<'_>) -> bool {
    let Stage::Closed { wrap_up, .. } = draft.stage() else { return false };
    let notes = wrap_up.map(|(agent, _)| agent);
    draft.add(Happening::Reopened);
    if let Some(agent) = notes {
        draft.add(Happening::WrappedUp { agent, end: WrapUpEnd::Reopened });
    }
    true
}
