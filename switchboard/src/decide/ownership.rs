//! Whose a conversation is (`routing-and-inbox.md` E.6).

use super::draft::Draft;
use super::queueing::{self, Entry};
use crate::conversation::{Held, Stage};
use crate::routing;
use protocol::setup::{Orphans, UntakenTransfers};
use protocol::{
    AgentId, AssignedHow, Happening, OfferEnd, QueuedWhy, Routed, Target, TeamId, UnassignedWhy, WakeWhy,
};

/// The conversation is an agent's from here on; whoever else is asked is asked no more.
pub fn give(draft: &mut Draft<'_>, agent: AgentId, how: AssignedHow, routed: Option<Box<Routed>>) {
    before_giving(draft, agent);
    let happening = assigned(draft, agent, how, routed);
    draft.add(happening);
}

/// The same, by whoever named them: kept like what routing decides, so that it can be told.
pub fn give_by_name(draft: &mut Draft<'_>, agent: AgentId, how: AssignedHow, rule: &str) {
    let routed = routing::by_name(draft.conversation(), draft.board.directory(), rule, draft.now);
    give(draft, agent, how, Some(Box::new(routed)));
}

/// The event that gives it to whom a person named.
pub fn assigned_by_name(draft: &Draft<'_>, agent: AgentId, how: AssignedHow) -> Happening {
    let routed = routing::by_name(draft.conversation(), draft.board.directory(), routing::NAMED, draft.now);
    assigned(draft, agent, how, Some(Box::new(routed)))
}

/// Ends what others are asked before a conversation is given to somebody.
pub fn before_giving(draft: &mut Draft<'_>, agent: AgentId) {
    queueing::withdraw_offers(draft, OfferEnd::Taken, Some(agent));
    end_passing(draft, OfferEnd::Withdrawn, Some(agent));
}

/// The event that gives it to somebody.
pub fn assigned(
    draft: &Draft<'_>,
    agent: AgentId,
    how: AssignedHow,
    routed: Option<Box<Routed>>,
) -> Happening {
    let team = team_for(draft, agent, how);
    Happening::Assigned { to: draft.board.directory().badge(agent), how, team, routed }
}

/// A colleague who is asked to take it is asked no more.
pub fn end_passing(draft: &mut Draft<'_>, why: OfferEnd, kept: Option<AgentId>) {
    let asked = draft.conversation().held().and_then(|held| held.passing.as_ref()).map(|passing| passing.to);
    if let Some(agent) = asked.filter(|agent| Some(*agent) != kept) {
        draft.add(Happening::TransferEnded { agent, why });
    }
}

/// A colleague who was asked to take it did not: where their ways say so, it looks for another than the two.
pub fn is_untaken(draft: &mut Draft<'_>, asked: AgentId) {
    let directory = draft.board.directory();
    let Some(from) = draft.conversation().owner() else { return };
    match draft.conversation().conduct(directory).untaken_transfers {
        UntakenTransfers::Stay => {}
        UntakenTransfers::Requeue => {
            let until = draft.now.plus_seconds(directory.rules().unassign_cooldown_seconds.into());
            let excluded = if until > draft.now { vec![(asked, until)] } else { Vec::new() };
            draft.add(Happening::Unassigned { from, why: UnassignedWhy::GivenBack });
            let home = queueing::home(draft);
            enter_without(draft, from, Entry { excluded, ..Entry::new(home, QueuedWhy::Unassigned) });
        }
    }
}

/// It is taken from its owner, who is not asked again for a while unless nobody else could be.
pub fn requeue(draft: &mut Draft<'_>, why: UnassignedWhy, queued: QueuedWhy) {
    let Some(from) = draft.conversation().owner() else { return };
    end_passing(draft, OfferEnd::Withdrawn, None);
    draft.add(Happening::Unassigned { from, why });
    let home = queueing::home(draft);
    enter_without(draft, from, Entry::new(home, queued));
}

/// It waits, and does not go back to whom it came from for a while, unless they are the only one.
pub fn enter_without(draft: &mut Draft<'_>, from: AgentId, mut entry: Entry) {
    let directory = draft.board.directory();
    let until = draft.now.plus_seconds(directory.rules().unassign_cooldown_seconds.into());
    let alone = match &entry.target {
        Target::Queue(queue) => {
            directory.plan(queue).is_none_or(|plan| plan.everybody().iter().all(|one| *one == from))
        }
        Target::Team(team) => directory.members(team).all(|one| one == from),
        Target::Anybody => {
            directory.agents().keys().all(|one| *one == from || directory.active(*one).is_none())
        }
        Target::Agent(_) => true,
    };
    if !alone && until > draft.now {
        entry.excluded.push((from, until));
    }
    queueing::enter(draft, entry);
}

/// What was put aside is back; whoever it belongs to may not be there any more.
pub fn wake(draft: &mut Draft<'_>, why: WakeWhy) {
    let Stage::Pending { held, .. } = draft.stage().clone() else { return };
    draft.add(Happening::Woken { why });
    goes_on(draft, held.agent.id);
}

/// What is back with its owner looks for another when they do not work here any more, or are gone where that matters.
pub fn goes_on(draft: &mut Draft<'_>, owner: AgentId) {
    let board = draft.board;
    let lies = draft.conversation().held().is_some_and(Held::lies);
    let keeps = lies || draft.conversation().conduct(board.directory()).orphans == Orphans::Keep;
    if board.directory().active(owner).is_none() {
        requeue(draft, UnassignedWhy::OwnerRemoved, QueuedWhy::Woken);
    } else if !keeps && board.offline_since(owner).is_some() {
        requeue(draft, UnassignedWhy::OwnerLeft, QueuedWhy::Woken);
    }
}

/// The team as whose member an agent has it: the one for which it waits, where it waited for them; else the one it belongs
/// to, if they are of it, or the first of theirs.
fn team_for(draft: &Draft<'_>, agent: AgentId, how: AssignedHow) -> Option<TeamId> {
    let directory = draft.board.directory();
    let own = draft.conversation().team.as_ref();
    let waited = match how {
        AssignedHow::Routed | AssignedHow::Picked | AssignedHow::Returned => true,
        // Somebody else than those it waits for may have been asked by name.
        AssignedHow::Accepted => match draft.conversation().visit().map(|visit| &visit.target) {
            Some(Target::Queue(queue)) => directory.serves(agent, queue),
            Some(Target::Team(team)) => directory.is_member(agent, team),
            Some(Target::Agent(_) | Target::Anybody) | None => true,
        },
        AssignedHow::Given
        | AssignedHow::ByWorkflow
        | AssignedHow::Transferred
        | AssignedHow::LeftFor
        | AssignedHow::TookOver => false,
    };
    let own_of_theirs = own.filter(|team| waited || directory.is_member(agent, team));
    own_of_theirs.or_else(|| directory.teams_of(agent).next()).or(own).cloned()
}
