//! One conversation, to be asked how it stands and what happened to it.

use super::World;
use super::people::Agent;
use protocol::{
    AgentId, ConversationId, ConversationState, Event, Happening, QueueId, Routed, StateNow, Summary,
};
use switchboard::Conversation;

/// A conversation.
#[derive(Clone)]
pub struct Chat {
    world: World,
    pub id: ConversationId,
}

impl Chat {
    pub fn new(world: World, id: ConversationId) -> Self {
        Self { world, id }
    }

    /// As it is kept; also when it is over.
    pub fn now(&self) -> Conversation {
        self.world.0.borrow().replayed[&self.id].clone()
    }

    pub fn state(&self) -> ConversationState {
        self.now().state()
    }

    pub fn owner(&self) -> Option<AgentId> {
        self.now().owner()
    }

    pub fn is_of(&self, agent: &Agent) -> bool {
        self.owner() == Some(agent.id)
    }

    pub fn offered_to(&self) -> Vec<AgentId> {
        self.now().offered_to().to_vec()
    }

    /// Whether it is offered to this agent, alone.
    pub fn is_offered_to(&self, agent: &Agent) -> bool {
        self.offered_to() == [agent.id]
    }

    pub fn queue(&self) -> Option<QueueId> {
        self.now().waits_in().cloned()
    }

    /// As the visitor is told.
    pub fn told(&self) -> StateNow {
        self.world.ask(|board| board.state_now(self.id)).expect("it is not over")
    }

    pub fn place(&self) -> Option<u32> {
        self.told().place
    }

    pub fn summary(&self) -> Summary {
        self.world.ask(|board| board.summary(self.id)).expect("it is not over")
    }

    /// All that happened to it.
    pub fn events(&self) -> Vec<Event> {
        self.world.events().into_iter().filter(|event| event.conversation == self.id).collect()
    }

    /// Codes of all that happened to it.
    pub fn story(&self) -> Vec<&'static str> {
        self.events().iter().map(|event| event.happening.kind()).collect()
    }

    /// Codes of what happened after so many events.
    pub fn since(&self, number: u64) -> Vec<&'static str> {
        self.events().iter().filter(|event| event.number > number).map(|one| one.happening.kind()).collect()
    }

    pub fn number(&self) -> u64 {
        self.now().number
    }

    /// The last event of this kind.
    pub fn last(&self, kind: &str) -> Event {
        let found = self.events().into_iter().rev().find(|event| event.happening.kind() == kind);
        found.unwrap_or_else(|| panic!("nothing was {kind}: {:?}", self.story()))
    }

    pub fn count(&self, kind: &str) -> usize {
        self.story().iter().filter(|one| **one == kind).count()
    }

    /// Why routing chose whom it chose last.
    pub fn explained(&self) -> Routed {
        let routed = self.events().into_iter().rev().find_map(|event| {
            if let Happening::Offered { routed, .. } = event.happening {
                return Some(routed);
            }
            let Happening::Assigned { routed, .. } = event.happening else { return None };
            routed
        });
        *routed.expect("routing gave it to somebody")
    }
}
