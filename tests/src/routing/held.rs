//! A ledger of who has what, kept from events alone: a second opinion on whether assignments are right.

use super::office::{Became, CAPACITY};
use protocol::{AgentId, ConversationId};
use std::collections::HashMap;

/// See the module.
#[derive(Debug, Default)]
pub struct Held {
    by_agent: HashMap<AgentId, Vec<ConversationId>>,
    owners: HashMap<ConversationId, AgentId>,
    /// Assignments so far.
    pub assigned: usize,
    /// Assignments of what somebody had already.
    pub twice: usize,
    /// Assignments to somebody without room.
    pub over_capacity: usize,
}

impl Held {
    /// Takes note of what became of conversations.
    pub fn note(&mut self, became: Vec<Became>) {
        for one in became {
            match one {
                Became::Waits => {}
                Became::Assigned(conversation, agent) => self.is_assigned(conversation, agent),
                Became::Closed(conversation) => {
                    if let Some(agent) = self.owners.remove(&conversation)
                        && let Some(own) = self.by_agent.get_mut(&agent)
                    {
                        own.retain(|one| *one != conversation);
                    }
                }
            }
        }
    }

    fn is_assigned(&mut self, conversation: ConversationId, agent: AgentId) {
        self.assigned += 1;
        self.twice += usize::from(self.owners.insert(conversation, agent).is_some());
        let own = self.by_agent.entry(agent).or_default();
        own.push(conversation);
        self.over_capacity += usize::from(own.len() > CAPACITY as usize);
    }

    /// What this agent has had longest.
    pub fn one_of(&self, agent: AgentId) -> Option<ConversationId> {
        self.by_agent.get(&agent)?.first().copied()
    }

    /// How many belong to somebody.
    pub fn count(&self) -> usize {
        self.owners.len()
    }

    /// Whose a conversation is.
    pub fn owner(&self, conversation: ConversationId) -> Option<AgentId> {
        self.owners.get(&conversation).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Timestamp;

    #[test]
    fn two_owners_and_too_many_conversations_are_seen() {
        let id = |n: u8| ConversationId::at(Timestamp::from_millis(1), [n; 10]);
        let agent = |n: u8| AgentId::at(Timestamp::from_millis(1), [n; 10]);
        let mut held = Held::default();
        held.note((0..CAPACITY as u8).map(|n| Became::Assigned(id(n), agent(1))).collect());
        assert_eq!((held.assigned, held.twice, held.over_capacity), (5, 0, 0));
        held.note(vec![Became::Closed(id(0)), Became::Assigned(id(9), agent(1))]);
        assert_eq!((held.count(), held.twice, held.over_capacity), (5, 0, 0));
        held.note(vec![Became::Assigned(id(9), agent(2)), Became::Assigned(id(8), agent(1))]);
        assert_eq!((held.twice, held.over_capacity), (1, 1));
    }
}
