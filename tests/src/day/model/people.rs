//! How agents stand, by what they did and what events say of them.

use super::{Model, State, Talk};
use protocol::{AgentId, AgentStatus, AssignedHow, Event, Happening, OfferEnd, QueueId, Timestamp};
use std::collections::BTreeMap;

/// An agent.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Whether a console of theirs is there, or was a moment ago.
    pub connected: bool,
    /// Whether it was only a moment ago: nothing is asked of them.
    pub dropped: bool,
    /// Whether they type nothing.
    pub idle: bool,
    /// What they chose, or `not_responding`.
    pub status: AgentStatus,
    /// Offers missed in a row.
    pub misses: u32,
    /// Since when no console is there.
    pub offline_since: Option<Timestamp>,
    /// Since when they are back, while they are not offline.
    pub back_since: Option<Timestamp>,
    /// When routing last asked them.
    pub last_asked: Option<Timestamp>,
    /// When they last let go of a conversation.
    pub last_released: Option<Timestamp>,
    /// When routing gave them something of a queue that bounds that.
    pub given: BTreeMap<QueueId, Vec<Timestamp>>,
}

impl Person {
    /// One who is not there.
    pub fn offline(since: Timestamp) -> Self {
        Self { offline_since: Some(since), ..Self::default() }
    }

    /// What they do themselves, at a moment.
    pub fn does(&mut self, now: Timestamp, what: impl FnOnce(&mut Self)) {
        what(self);
        let offline = !self.connected || self.status == AgentStatus::Offline;
        self.offline_since = offline.then(|| self.offline_since.unwrap_or(now));
        self.back_since = (!offline).then(|| self.back_since.unwrap_or(now));
    }

    /// What they are.
    pub fn effective(&self) -> AgentStatus {
        match (self.connected, self.status, self.idle) {
            (false, _, _) => AgentStatus::Offline,
            (true, AgentStatus::Online | AgentStatus::Busy, true) => AgentStatus::Away,
            (true, status, _) => status,
        }
    }

    /// Whether they are at their desk, or were a moment ago.
    pub fn is_here(&self) -> bool {
        matches!(self.effective(), AgentStatus::Online | AgentStatus::Busy)
    }
}

impl Model {
    /// What an agent is.
    pub fn effective(&self, agent: AgentId) -> AgentStatus {
        self.people.get(&agent).map_or(AgentStatus::Offline, Person::effective)
    }

    /// What an agent is to routing: nobody can be asked without a console.
    pub fn askable(&self, agent: AgentId) -> AgentStatus {
        let dropped = self.people.get(&agent).is_some_and(|person| person.dropped);
        if dropped { AgentStatus::Offline } else { self.effective(agent) }
    }

    /// What an event says of agents.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most say nothing of agents")]
    pub(super) fn note_people(&mut self, before: &Talk, after: &Talk, event: &Event) {
        match &event.happening {
            Happening::Offered { to, .. } => {
                for agent in to {
                    self.person(*agent).last_asked = Some(event.at);
                }
            }
            Happening::Assigned { to, how, .. } => self.note_given(to.id, *how, after, event.at),
            Happening::WrappedUp { agent, .. } => self.person(*agent).last_released = Some(event.at),
            Happening::OfferEnded { agent, why, .. } | Happening::TransferEnded { agent, why } => {
                let (most, busy) = {
                    let conduct = self.conduct(after.team.as_ref());
                    (conduct.misses_max, conduct.busy_after_decline)
                };
                let person = self.person(*agent);
                if *why == OfferEnd::Declined {
                    person.misses = 0;
                    if busy {
                        (person.status, person.idle) = (AgentStatus::Busy, false);
                    }
                }
                if *why == OfferEnd::TimedOut {
                    person.misses += 1;
                    if person.misses >= most {
                        person.status = AgentStatus::NotResponding;
                    }
                }
            }
            _ => {}
        }
        let owner = |talk: &Talk| talk.owner().map(|hold| hold.agent);
        if let Some(owner) = owner(before).filter(|one| owner(after) != Some(*one) && !is_between(after)) {
            self.person(owner).last_released = Some(event.at);
        }
        if let (Happening::Unassigned { from, .. }, true) = (&event.happening, is_between(after)) {
            self.person(*from).last_released = Some(event.at);
        }
    }

    fn note_given(&mut self, agent: AgentId, how: AssignedHow, talk: &Talk, at: Timestamp) {
        let bounded =
            talk.queue.clone().filter(|id| self.queue(id).is_some_and(|queue| queue.fairness.is_some()));
        let person = self.person(agent);
        match how {
            AssignedHow::Accepted => person.misses = 0,
            AssignedHow::Routed => person.last_asked = Some(at),
            AssignedHow::Picked
            | AssignedHow::Given
            | AssignedHow::ByWorkflow
            | AssignedHow::Transferred
            | AssignedHow::LeftFor
            | AssignedHow::TookOver
            | AssignedHow::Returned => return,
        }
        if let Some(queue) = bounded {
            person.given.entry(queue).or_default().push(at);
        }
    }

    fn person(&mut self, agent: AgentId) -> &mut Person {
        self.people.entry(agent).or_default()
    }
}

fn is_between(talk: &Talk) -> bool {
    matches!(talk.state, State::Loose(_))
}
