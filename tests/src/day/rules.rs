//! What must be true of a workspace at any moment of any day.

use super::history::{History, Standing};
use super::people::{People, visitors};
use protocol::{
    AgentId, Author, ConversationId, ConversationState, Event, Happening, StateNow, Summary, Timestamp,
};
use std::collections::BTreeMap;
use switchboard::{Asker, Audience, EXCLUDED_SECONDS, Switchboard};

/// The moment to judge.
pub struct Moment<'a> {
    /// What is under test.
    pub board: &'a Switchboard,
    /// What was saved.
    pub history: &'a History,
    /// Who is there.
    pub people: &'a People,
    /// When.
    pub now: Timestamp,
}

/// Everything that can be asked of a switchboard, answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answers {
    conversations: Vec<(Option<StateNow>, Option<Summary>, Option<Audience>)>,
    lists: Vec<Vec<Summary>>,
    loads: Vec<u32>,
    served: Vec<bool>,
    places: Vec<(ConversationId, u32)>,
    deadline: Option<Timestamp>,
}

impl Moment<'_> {
    /// An event that is about to be kept may happen now, and be asked for by whoever did.
    pub fn may_happen(&self, event: &Event, asker: Option<Asker>) -> Result<(), String> {
        self.is_askers_own(event, asker)?;
        match &event.happening {
            Happening::Offered { to, .. } => self.may_be_offered(event.conversation, *to),
            Happening::AgentJoined { agent } => self.may_join(event.conversation, agent.id),
            Happening::AgentRequested { queue, online, .. } => {
                let truly = self.people.members(queue).any(|agent| self.people.is_online(agent));
                rule(*online == truly, || format!("{queue} was called served: {online}; in truth: {truly}"))
            }
            Happening::Opened { .. }
            | Happening::Said { .. }
            | Happening::OfferEnded { .. }
            | Happening::Closed { .. } => Ok(()),
        }
    }

    /// Everything holds once all that had to be decided is decided.
    pub fn holds(&self) -> Result<(), String> {
        self.states_agree()?;
        self.nobody_is_overloaded()?;
        self.offers_reach_somebody()?;
        self.nobody_waits_for_an_idle_agent()?;
        let deadline = self.board.next_deadline();
        rule(deadline.is_none_or(|at| at > self.now), || format!("the deadline {deadline:?} has passed"))
    }

    /// Answers to every question, for comparing two switchboards.
    pub fn answers(&self) -> Answers {
        let board = self.board;
        let of = |(id, _): (ConversationId, &Standing)| {
            (board.state_now(id), board.summary(id), board.audience(id))
        };
        Answers {
            conversations: self.history.open().map(of).collect(),
            lists: self.people.agents().map(|agent| board.conversations_for(agent)).collect(),
            loads: self.people.agents().map(|agent| board.load(agent)).collect(),
            served: self.people.queues().map(|queue| board.is_served(queue)).collect(),
            places: board.places(),
            deadline: board.next_deadline(),
        }
    }

    /// The switchboard says of every conversation what its events say, and gives out places 1, 2, 3 … in each queue.
    fn states_agree(&self) -> Result<(), String> {
        let mut expected_places = BTreeMap::new();
        for waiting in self.history.waiting().values() {
            expected_places.extend((1..).zip(waiting).map(|(place, id)| (*id, place)));
        }
        let places: BTreeMap<ConversationId, u32> = self.board.places().into_iter().collect();
        rule(places == expected_places, || {
            format!("places are {places:?} and should be {expected_places:?}")
        })?;
        for (id, standing) in self.history.open() {
            let state = self.board.state_now(id).ok_or_else(|| format!("{id} is not known, {standing:?}"))?;
            let agrees = state.state == standing.state
                && state.assistant_enabled == (standing.state == ConversationState::Automated)
                && state.place == expected_places.get(&id).copied();
            rule(agrees, || format!("told {state:?} of a conversation that stands {standing:?}"))?;
        }
        for visitor in visitors() {
            let (told, truly) = (self.board.conversation_of(visitor), self.history.of_visitor(visitor));
            rule(told == truly.map(|(id, _)| id), || {
                format!("{visitor} is said to have {told:?}: {truly:?}")
            })?;
        }
        Ok(())
    }

    fn nobody_is_overloaded(&self) -> Result<(), String> {
        for agent in self.people.agents() {
            let (held, capacity) = (self.history.held_by(agent), self.people.capacity(agent));
            rule(held <= capacity, || format!("{agent} holds {held} of {capacity}"))?;
            let told = self.board.load(agent) as usize;
            rule(told == held, || format!("{agent} holds {held} and is said to hold {told}"))?;
        }
        Ok(())
    }

    /// Whoever has an offer is online; who was cut off by a restart keeps it until it runs out.
    fn offers_reach_somebody(&self) -> Result<(), String> {
        let offered =
            self.history.open().filter(|(_, standing)| standing.state == ConversationState::Offered);
        for (id, standing) in offered {
            let reached = standing.agent.is_some_and(|agent| self.people.can_still_answer(agent));
            rule(reached, || format!("{id} stays offered to somebody who is not online: {standing:?}"))?;
        }
        Ok(())
    }

    fn nobody_waits_for_an_idle_agent(&self) -> Result<(), String> {
        let queued = self.history.open().filter(|(_, standing)| standing.state == ConversationState::Queued);
        for (id, standing) in queued {
            let idle = self.people.agents().find(|agent| self.is_eligible(standing, *agent));
            rule(idle.is_none(), || format!("{id} waits while {idle:?} is idle: {standing:?}"))?;
        }
        Ok(())
    }

    /// Agents act in their own name, visitors in their own conversation.
    fn is_askers_own(&self, event: &Event, asker: Option<Asker>) -> Result<(), String> {
        let own = match asker {
            None => event.request.is_none(),
            Some(Asker::Visitor(visitor)) => {
                self.standing(event.conversation).is_ok_and(|s| s.visitor == visitor)
            }
            Some(Asker::Agent(agent)) => acting_agent(&event.happening) == Some(agent),
        };
        rule(own, || format!("{asker:?} has no say in {event:?}"))
    }

    fn may_be_offered(&self, id: ConversationId, agent: AgentId) -> Result<(), String> {
        let standing = self.standing(id)?;
        rule(self.is_eligible(standing, agent), || format!("{id} is offered to {agent}, who is not eligible"))
    }

    fn may_join(&self, id: ConversationId, agent: AgentId) -> Result<(), String> {
        let standing = self.standing(id)?;
        let has_room = self.history.held_by(agent) < self.people.capacity(agent);
        let there = self.people.is_there(agent) && self.serves(standing, agent);
        let asked = standing.agent == Some(agent) || has_room;
        rule(there && asked, || format!("{agent} takes {id}, which they cannot: {standing:?}"))
    }

    /// Online, of the queue, with room, and has not let this conversation go a moment ago.
    fn is_eligible(&self, standing: &Standing, agent: AgentId) -> bool {
        let excluded =
            standing.let_go.get(&agent).is_some_and(|at| at.plus_seconds(EXCLUDED_SECONDS) > self.now);
        self.people.is_online(agent)
            && self.serves(standing, agent)
            && self.history.held_by(agent) < self.people.capacity(agent)
            && !excluded
    }

    fn serves(&self, standing: &Standing, agent: AgentId) -> bool {
        let queue = standing.asked.as_ref().map(|(queue, _)| queue);
        queue.is_some_and(|queue| self.people.members(queue).any(|member| member == agent))
    }

    fn standing(&self, id: ConversationId) -> Result<&Standing, String> {
        self.history
            .open()
            .find(|(open, _)| *open == id)
            .map(|(_, s)| s)
            .ok_or_else(|| format!("{id} is not open"))
    }
}

/// The agent in whose name something happens.
fn acting_agent(happening: &Happening) -> Option<AgentId> {
    match happening {
        Happening::Said { author: Author::Agent(badge), .. }
        | Happening::AgentJoined { agent: badge }
        | Happening::Closed { by: Some(badge) } => Some(badge.id),
        Happening::OfferEnded { agent, .. } => Some(*agent),
        Happening::Opened { .. }
        | Happening::Said { author: Author::Browser(_), .. }
        | Happening::AgentRequested { .. }
        | Happening::Offered { .. }
        | Happening::Closed { by: None } => None,
    }
}

/// A waiting visitor's place never gets worse: others may only come behind.
pub fn places_only_improve(
    before: &BTreeMap<ConversationId, u32>,
    after: &BTreeMap<ConversationId, u32>,
) -> Result<(), String> {
    for (id, place) in after {
        let earlier = before.get(id);
        rule(earlier.is_none_or(|earlier| place <= earlier), || {
            format!("{id} was in place {earlier:?} and is now in {place}")
        })?;
    }
    Ok(())
}

fn rule(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
