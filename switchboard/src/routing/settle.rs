//! What follows when a conversation has come to a place in its plan, without anybody taking it: held for somebody who is
//! not there, passed by a step, sent on by a queue that is not open, full or empty.

use crate::conversation::{Conversation, Stage, Visit};
use crate::decide::draft::Draft;
use crate::decide::{ownership, queueing};
use crate::presence::Reach;
use crate::{Change, Switchboard};
use protocol::setup::SkipIf;
use protocol::{
    Actor, AgentId, AgentStatus, Cause, ConversationId, Happening, OfferEnd, OverflowWhy, PlanPlace,
    QueuedWhy, SkipReason, Target, Timestamp, UnassignedWhy,
};

/// Queues that may pass a conversation on in a row; then it is left for somebody to pick.
pub const HOPS_MAX: u32 = 5;

/// What has to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsettled {
    /// Whether what it waits for, or belongs to, is set up: after a start, or under another setup. Who is online says nothing
    /// then: after a start nobody has had the time to come back.
    Found,
    /// Whether those it waits for, or belongs to, are still there.
    Again,
    /// That, and what is looked at once on coming to a place.
    Entered,
}

impl Switchboard {
    /// The next conversation that goes on by itself.
    pub(super) fn settle(&mut self, now: Timestamp) -> Option<Vec<Change>> {
        while let Some((id, what)) = self.routing.unsettled.pop_first() {
            let Some(conversation) = self.conversations.get(&id) else { continue };
            let changes = match &conversation.stage {
                Stage::Queued(visit) => self.go_on(conversation, visit, what, now),
                Stage::Offered { .. } | Stage::Open(_) | Stage::Pending { .. } => {
                    self.lets_go(conversation, now)
                }
                Stage::Automated | Stage::Spam { .. } | Stage::Closed { .. } => Vec::new(),
            };
            if !changes.is_empty() {
                return Some(changes);
            }
        }
        None
    }

    /// A conversation has come to a place in a plan.
    pub(crate) fn unsettle(&mut self, id: ConversationId, what: Unsettled) {
        let before = self.routing.unsettled.entry(id).or_insert(what);
        *before = what.max(*before);
    }

    /// An agent is otherwise than before: those that are held for them, and queues nobody else serves, are looked at.
    pub(crate) fn unsettle_for(&mut self, agent: AgentId, was_online: bool) {
        let held: Vec<ConversationId> =
            self.routing.held_for.get(&agent).into_iter().flatten().copied().collect();
        let left = was_online && !self.is_online(agent);
        let drained = self.directory.queues_of(agent).filter(|queue| {
            let drains = self.directory.queue(queue).is_some_and(|setup| setup.drain_when_empty);
            left && drains && !self.is_served(queue)
        });
        let waiting: Vec<ConversationId> = drained.flat_map(|queue| self.waiting.in_order(queue)).collect();
        held.into_iter().chain(waiting).for_each(|id| self.unsettle(id, Unsettled::Again));
    }

    /// Ends what is asked of, or belongs to, somebody who does not work here any more.
    fn lets_go(&self, conversation: &Conversation, now: Timestamp) -> Vec<Change> {
        let gone = |agent: &AgentId| self.directory.active(*agent).is_none();
        let mut draft = Draft::of(self, conversation, Actor::Bridge, Cause::Setup, now);
        for agent in conversation.offered_to().iter().copied().filter(gone) {
            draft.add(Happening::OfferEnded { agent, why: OfferEnd::AgentLeft, reason: None });
        }
        if let Some(passing) = conversation.held().and_then(|held| held.passing.as_ref())
            && gone(&passing.to)
        {
            draft.add(Happening::TransferEnded { agent: passing.to, why: OfferEnd::AgentLeft });
        }
        if let Stage::Open(held) = &conversation.stage
            && gone(&held.agent.id)
        {
            ownership::requeue(&mut draft, UnassignedWhy::OwnerRemoved, QueuedWhy::Unassigned);
        }
        draft.into_changes()
    }

    fn go_on(
        &self,
        conversation: &Conversation,
        visit: &Visit,
        what: Unsettled,
        now: Timestamp,
    ) -> Vec<Change> {
        if visit.parked && self.directory.knows(&visit.target) {
            return Vec::new();
        }
        let mut draft = Draft::of(self, conversation, Actor::Router, Cause::Follows, now);
        if !self.leaves_at_once(&mut draft, visit, what) {
            match visit.place {
                PlanPlace::Preferred(at) => self.passes_preferred(&mut draft, visit, at, what),
                PlanPlace::Step(at) if what == Unsettled::Entered => self.passes_step(&mut draft, visit, at),
                PlanPlace::Step(_) => {}
            }
        }
        draft.into_changes()
    }

    /// Whether the queue does not keep it.
    fn leaves_at_once(&self, draft: &mut Draft<'_>, visit: &Visit, what: Unsettled) -> bool {
        let Target::Queue(queue) = &visit.target else {
            let gone = !self.directory.knows(&visit.target) || self.is_empty(&visit.target);
            if gone {
                queueing::go_home(draft);
            }
            return gone;
        };
        let (Some(setup), Some(plan)) = (self.directory.queue(queue), self.directory.plan(queue)) else {
            queueing::go_home(draft);
            return true;
        };
        if plan.everybody().is_empty() && queueing::overflow(draft, OverflowWhy::NoMembers) {
            return true;
        }
        let drains = setup.drain_when_empty && what == Unsettled::Again && !self.is_served(queue);
        if drains && queueing::overflow(draft, OverflowWhy::NobodyOnline) {
            return true;
        }
        let just_came =
            what == Unsettled::Entered && visit.place_since == visit.entered && visit.is_at_beginning();
        if !just_came {
            return false;
        }
        let closed = self.directory.hours_of(queue).is_some_and(|hours| !hours.is_open(visit.entered));
        if closed && queueing::overflow(draft, OverflowWhy::ClosedHours) {
            return true;
        }
        let full = setup.max_length.is_some_and(|most| self.waiting.len(queue) > most as usize);
        full && !self.is_takable(draft.conversation()) && queueing::overflow(draft, OverflowWhy::Full)
    }

    /// Goes on when whoever it is held for is not there; waits for them when it is theirs for good.
    fn passes_preferred(&self, draft: &mut Draft<'_>, visit: &Visit, at: u8, what: Unsettled) {
        let Some((agent, seconds)) = visit.preferred.get(usize::from(at)) else { return };
        let why = match self.presence.effective(*agent) {
            _ if visit.let_go.contains_key(agent) => SkipReason::PreferredLetGo,
            _ if self.directory.active(*agent).is_none() => SkipReason::PreferredAway,
            AgentStatus::Online | AgentStatus::Busy => return,
            _ if what == Unsettled::Found => return,
            AgentStatus::Away | AgentStatus::NotResponding | AgentStatus::Offline if seconds.is_none() => {
                return;
            }
            AgentStatus::Away | AgentStatus::NotResponding | AgentStatus::Offline => {
                SkipReason::PreferredAway
            }
        };
        queueing::advance(draft, why);
    }

    fn passes_step(&self, draft: &mut Draft<'_>, visit: &Visit, at: u16) {
        let Target::Queue(queue) = &visit.target else { return };
        let Some(step) = self.directory.plan(queue).and_then(|plan| plan.step_or_last(at)) else { return };
        if step.skip_if.is_empty() || self.is_takable(draft.conversation()) {
            return;
        }
        let online = |agent: &AgentId| self.is_online(*agent);
        let soon = |agent: &AgentId| online(agent) && self.presence.reach(*agent) == Reach::Dropped;
        let why = step.skip_if.iter().find_map(|skip| match skip {
            SkipIf::NobodyOnline => (!step.members.iter().any(online)).then_some(SkipReason::NobodyOnline),
            // Whoever has just dropped out may be back before anybody else is asked.
            SkipIf::NobodyEligible => (!step.members.iter().any(soon)).then_some(SkipReason::NobodyEligible),
            SkipIf::MoreWaitThan(most) => {
                (self.waiting.len(queue) > *most as usize).then_some(SkipReason::TooMany)
            }
            SkipIf::ClosedHours => {
                let closed = self.directory.hours_of(queue).is_some_and(|hours| !hours.is_open(draft.now));
                closed.then_some(SkipReason::ClosedHours)
            }
        });
        if let Some(why) = why {
            queueing::advance(draft, why);
        }
    }

    /// Whether somebody could take it at its place at this moment.
    fn is_takable(&self, conversation: &Conversation) -> bool {
        self.routing.matcher.candidates(conversation.id).next().is_some()
    }

    /// Whether nobody of it works here.
    fn is_empty(&self, target: &Target) -> bool {
        match target {
            Target::Agent(_) | Target::Queue(_) | Target::Anybody => false,
            Target::Team(team) => self.directory.members(team).next().is_none(),
        }
    }
}

impl Visit {
    fn is_at_beginning(&self) -> bool {
        let first = if self.preferred.is_empty() { PlanPlace::Step(0) } else { PlanPlace::Preferred(0) };
        self.place == first
    }
}
