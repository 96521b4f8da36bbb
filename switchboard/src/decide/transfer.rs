//! Passing a conversation on (`routing-and-inbox.md` E.6): always with a reason from the list.

use super::draft::{Answered, Draft};
use super::queueing::{self, Entry};
use super::staff::Staff;
use super::{notes, ownership, refuse};
use crate::conversation::Passing;
use crate::routing;
use protocol::setup::{OfferMode, ReasonUse};
use protocol::{
    Actor, AgentId, AssignedHow, Happening, OfferEnd, QueuedWhy, ReasonId, Refusal, RefusalCode, Target,
    UnassignedWhy,
};

/// Why, and for whoever has it next.
pub struct Why<'a> {
    pub reason: &'a ReasonId,
    pub note: Option<&'a String>,
}

/// Somebody else is to go on.
pub fn pass_on(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    to: &Target,
    why: &Why<'_>,
) -> Result<Answered, Refusal> {
    let directory = draft.board.directory();
    notes::reason(directory, Some(why.reason), ReasonUse::Transfer)?;
    notes::note(why.note, directory.rules().transfer_needs_note)?;
    staff.owns_or_oversees(draft.conversation())?;
    let state = draft.conversation().state();
    if draft.conversation().held().is_none() && !state.is_waiting() {
        return Err(refuse::wrong_state(state, "only what waits or belongs to somebody can be passed on"));
    }
    if !directory.knows(to) {
        return Err(refuse::unknown_name(format!("there is nobody to pass it to: {}", notes::target(to))));
    }
    if is_there(draft, to) {
        return Err(Refusal::new(RefusalCode::AlreadyThere, "it is there already: choose another target"));
    }
    let answered = match to {
        Target::Agent(agent) => to_agent(staff, draft, *agent, why)?,
        Target::Team(_) | Target::Queue(_) | Target::Anybody => to_several(staff, draft, to, why)?,
    };
    Ok(answered)
}

/// The colleague who was asked takes it. That it was passed on is the doing of whoever asked them.
pub fn accept(staff: &Staff<'_>, draft: &mut Draft<'_>, passing: &Passing) -> Answered {
    let from = draft.conversation().owner();
    let owner = || from.map(|from| Actor::Agent(draft.board.directory().badge(from)));
    let by = passing.by.clone().or_else(owner).unwrap_or(Actor::Bridge);
    let transferred = Happening::Transferred {
        from,
        to: Target::Agent(passing.to),
        reason: passing.reason.clone(),
        note: passing.note.clone(),
    };
    let assigned = ownership::assigned_by_name(draft, passing.to, AssignedHow::Transferred);
    draft.add_by(by, transferred);
    let answered = draft.answer(staff.asked(), assigned);
    too_often(draft);
    answered
}

fn to_agent(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    agent: AgentId,
    why: &Why<'_>,
) -> Result<Answered, Refusal> {
    let board = draft.board;
    let directory = board.directory();
    let here = board.is_here(agent);
    if !here && !directory.rules().transfer_to_offline {
        let who = directory.badge(agent).name;
        return Err(Refusal::new(
            RefusalCode::NotOnline,
            format!("{who} is not online: choose somebody else, or a team"),
        ));
    }
    let conduct = directory.conduct_of(agent, draft.conversation().team.as_ref());
    if !conduct.may_exceed_capacity && !board.fits(agent, draft.conversation()) {
        let who = directory.badge(agent).name;
        return Err(Refusal::new(
            RefusalCode::NoRoom,
            format!("{who} has no room: choose somebody else, or a team"),
        ));
    }
    let owned = draft.conversation().held().is_some();
    match conduct.offer {
        OfferMode::Ask { seconds } if here && owned => {
            ownership::end_passing(draft, OfferEnd::Withdrawn, None);
            staff.wakes(draft);
            let offered = Happening::TransferOffered {
                to: agent,
                reason: why.reason.clone(),
                note: why.note.cloned(),
                until: draft.now.plus_seconds(seconds.into()),
            };
            Ok(draft.answer(staff.asked(), offered))
        }
        // Nobody has it to keep it until the colleague accepts: meanwhile it keeps its place.
        OfferMode::Ask { seconds } if here => {
            queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
            let answered = draft.answer(staff.asked(), transferred(draft, Target::Agent(agent), why));
            let routed =
                Box::new(routing::by_name(draft.conversation(), directory, routing::NAMED, draft.now));
            let until = draft.now.plus_seconds(seconds.into());
            draft.add(Happening::Offered { to: vec![agent], until, routed });
            too_often(draft);
            Ok(answered)
        }
        OfferMode::Ask { .. } | OfferMode::AutoAccept => {
            let offline = board.offline_since(agent).is_some();
            let how = if offline { AssignedHow::LeftFor } else { AssignedHow::Transferred };
            ownership::before_giving(draft, agent);
            let answered = draft.answer(staff.asked(), transferred(draft, Target::Agent(agent), why));
            ownership::give_by_name(draft, agent, how, routing::NAMED);
            too_often(draft);
            Ok(answered)
        }
    }
}

fn to_several(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    to: &Target,
    why: &Why<'_>,
) -> Result<Answered, Refusal> {
    let directory = draft.board.directory();
    refuse::nobody_in(directory, to)?;
    queueing::withdraw_offers(draft, OfferEnd::Withdrawn, None);
    ownership::end_passing(draft, OfferEnd::Withdrawn, None);
    let from = draft.conversation().owner();
    let answered = draft.answer(staff.asked(), transferred(draft, to.clone(), why));
    if let Some(from) = from {
        draft.add(Happening::Unassigned { from, why: UnassignedWhy::GivenBack });
    }
    let entry = Entry::new(to.clone(), QueuedWhy::Transferred);
    match from {
        Some(from) => ownership::enter_without(draft, from, entry),
        None => queueing::enter(draft, entry),
    }
    too_often(draft);
    Ok(answered)
}

fn transferred(draft: &Draft<'_>, to: Target, why: &Why<'_>) -> Happening {
    let from = draft.conversation().owner();
    Happening::Transferred { from, to, reason: why.reason.clone(), note: why.note.cloned() }
}

fn is_there(draft: &Draft<'_>, to: &Target) -> bool {
    let conversation = draft.conversation();
    match to {
        Target::Agent(agent) => conversation.owner() == Some(*agent) || conversation.offered_to() == [*agent],
        Target::Queue(queue) => conversation.queue.as_ref() == Some(queue),
        Target::Team(_) | Target::Anybody => conversation.visit().is_some_and(|visit| visit.target == *to),
    }
}

fn too_often(draft: &mut Draft<'_>) {
    let transfers = draft.conversation().transfers;
    if transfers == draft.board.directory().rules().transfers_max {
        draft.add(Happening::PassedOnTooOften { transfers });
    }
}
