//! How conversations end.

use super::draft::Draft;
use crate::conversation::Stage;
use protocol::{Closing, ClosingSource, ReasonId};

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
