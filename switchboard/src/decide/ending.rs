//! What ends or interrupts conversations, by hand: putting aside, closing, finishing notes, spam.

use super::draft::{Answered, Draft};
use super::staff::Staff;
use super::{closing, notes, ownership, queueing, refuse};
use crate::conversation::Stage;
use protocol::limits::SNOOZE_SECONDS_MAX;
use protocol::setup::ReasonUse;
use protocol::{
    ClosingSource, Happening, OfferEnd, QueuedWhy, ReasonId, Refusal, RefusalCode, SpamWhy, Timestamp,
    UnassignedWhy, WrapUpEnd,
};

impl Staff<'_> {
    /// It is put aside until then.
    pub fn snooze(&self, draft: &mut Draft<'_>, until: Timestamp) -> Result<Answered, Refusal> {
        self.owns_or_oversees(draft.conversation())?;
        let state = draft.conversation().state();
        if draft.conversation().held().is_none() {
            return Err(refuse::wrong_state(state, "only what belongs to somebody can be put aside"));
        }
        if until <= draft.now || until > draft.now.plus_seconds(SNOOZE_SECONDS_MAX) {
            return Err(refuse::malformed("choose a time to come, within a year"));
        }
        ownership::end_passing(draft, OfferEnd::Withdrawn, None);
        Ok(draft.answer(self.asked(), Happening::Snoozed { until }))
    }

    /// It is needed again before its time.
    pub fn wake(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        match draft.stage() {
            Stage::Pending { held, .. } => {
                let owner = held.agent.id;
                let woken = Happening::Woken { why: self.wake_why(owner) };
                let answered = draft.answer(self.asked(), woken);
                ownership::goes_on(draft, owner);
                Ok(Some(answered))
            }
            Stage::Open(_) => Ok(None),
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => {
                Err(refuse::wrong_state(draft.conversation().state(), "it is not put aside"))
            }
        }
    }

    /// It is over.
    pub fn close(
        &self,
        draft: &mut Draft<'_>,
        category: Option<&ReasonId>,
        note: Option<&String>,
    ) -> Result<Answered, Refusal> {
        self.owns_or_oversees(draft.conversation())?;
        let rules = draft.board.directory().rules();
        let person = self.agent().is_some();
        if person && rules.closing_needs_category && category.is_none() {
            return Err(Refusal::new(
                RefusalCode::ReasonRequired,
                "choose what it was about before you close it",
            ));
        }
        notes::reason(draft.board.directory(), category, ReasonUse::Close)?;
        notes::note(note, person && rules.closing_needs_note)?;
        let source = if person { ClosingSource::Agent } else { ClosingSource::Program };
        queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
        ownership::end_passing(draft, OfferEnd::Withdrawn, None);
        let closing = closing::of(draft, source, category.cloned(), note.cloned());
        Ok(draft.answer(self.asked(), Happening::Closed(closing)))
    }

    /// The notes on it are finished.
    pub fn finish_wrap_up(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        let Stage::Closed { wrap_up, .. } = draft.stage() else {
            return Err(refuse::wrong_state(draft.conversation().state(), "close it first"));
        };
        let Some((agent, _)) = *wrap_up else { return Ok(None) };
        if self.agent() != Some(agent) {
            self.supervisors_only("end somebody else's notes")?;
        }
        Ok(Some(draft.answer(self.asked(), Happening::WrappedUp { agent, end: WrapUpEnd::Finished })))
    }

    /// It is spam.
    pub fn mark_spam(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        if matches!(draft.stage(), Stage::Spam { .. }) {
            return Ok(None);
        }
        queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
        ownership::end_passing(draft, OfferEnd::Withdrawn, None);
        Ok(Some(draft.answer(self.asked(), Happening::MarkedSpam(SpamWhy::Marked))))
    }

    /// What it was before it is again; whoever had it may not work here any more.
    pub fn unmark_spam(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        if !matches!(draft.stage(), Stage::Spam { .. }) {
            return Ok(None);
        }
        let answered = draft.answer(self.asked(), Happening::UnmarkedSpam);
        if draft.conversation().owner().is_some_and(|agent| draft.board.directory().active(agent).is_none()) {
            ownership::requeue(draft, UnassignedWhy::OwnerRemoved, QueuedWhy::Unmarked);
        }
        Ok(Some(answered))
    }
}
