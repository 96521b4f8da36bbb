//! What agents answer to what they are asked, and what they pick (`routing-and-inbox.md` E.5).

use super::draft::{Answered, Draft};
use super::staff::Staff;
use super::{notes, ownership, refuse, transfer};
use crate::conversation::Stage;
use protocol::setup::{Conduct, ReasonUse};
use protocol::{AgentId, AssignedHow, Happening, OfferEnd, ReasonId, Refusal, RefusalCode};

impl Staff<'_> {
    /// Takes what was offered or passed on, or picks what waits. First come, first served: commands are decided one by one.
    pub fn accept(&self, draft: &mut Draft<'_>) -> Result<Option<Answered>, Refusal> {
        let agent = self.people_only("take a conversation")?;
        if draft.conversation().owner() == Some(agent) {
            return Ok(None);
        }
        let passing = draft.conversation().held().and_then(|held| held.passing.clone());
        if let Some(passing) = passing.filter(|passing| passing.to == agent) {
            return Ok(Some(transfer::accept(self, draft, &passing)));
        }
        if is_late(draft, agent) {
            return Err(refuse::too_late());
        }
        let how = self.how_taken(draft, agent)?;
        ownership::before_giving(draft, agent);
        let assigned = ownership::assigned(draft, agent, how, None);
        Ok(Some(draft.answer(self.asked(), assigned)))
    }

    /// Whether an agent may take what waits, and how they come to it.
    pub fn how_taken(&self, draft: &Draft<'_>, agent: AgentId) -> Result<AssignedHow, Refusal> {
        match draft.stage() {
            // Who is asked may accept as long as the offer lasts, whatever else they have missed or left untouched meanwhile.
            Stage::Offered { to, .. } if to.contains(&agent) => Ok(AssignedHow::Accepted),
            Stage::Queued(_) if !draft.board.is_here(agent) => Err(self.not_online(agent)),
            Stage::Queued(_) => {
                self.has_room(draft, agent)?;
                Ok(AssignedHow::Picked)
            }
            Stage::Offered { .. }
            | Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Automated
            | Stage::Spam { .. }
            | Stage::Closed { .. } => Err(refuse::taken(draft.conversation().state())),
        }
    }

    /// Does not take what was offered or passed on.
    pub fn decline(&self, draft: &mut Draft<'_>, reason: Option<&ReasonId>) -> Result<Answered, Refusal> {
        let agent = self.people_only("decline an offer")?;
        notes::reason(draft.board.directory(), reason, ReasonUse::Decline)?;
        let directory = draft.board.directory();
        let passed = draft.conversation().held().and_then(|held| held.passing.as_ref());
        if passed.is_some_and(|passing| passing.to == agent) {
            may_decline(directory.conduct_of(agent, draft.conversation().team.as_ref()), reason)?;
            let ended = Happening::TransferEnded { agent, why: OfferEnd::Declined };
            let answered = draft.answer(self.asked(), ended);
            ownership::is_untaken(draft, agent);
            return Ok(answered);
        }
        if !draft.conversation().offered_to().contains(&agent) {
            return Err(refuse::taken(draft.conversation().state()));
        }
        may_decline(draft.conversation().conduct(directory), reason)?;
        let ended = Happening::OfferEnded { agent, why: OfferEnd::Declined, reason: reason.cloned() };
        Ok(draft.answer(self.asked(), ended))
    }
}

/// Whether an agent accepts what they were asked and did not answer in time.
fn is_late(draft: &Draft<'_>, agent: AgentId) -> bool {
    let Stage::Queued(visit) = draft.stage() else { return false };
    visit.missed.get(&agent).is_some_and(|until| draft.now < *until)
}

/// Whether somebody who works like this may say no, for this reason.
fn may_decline(conduct: &Conduct, reason: Option<&ReasonId>) -> Result<(), Refusal> {
    if !conduct.may_decline {
        return Err(refuse::not_allowed(
            "your team does not decline what it is asked: accept it, or set your status to busy",
        ));
    }
    if conduct.decline_needs_reason && reason.is_none() {
        return Err(Refusal::new(RefusalCode::ReasonRequired, "choose a reason for declining it"));
    }
    Ok(())
}
