//! The state of one workspace and the questions it answers.

use crate::{Asker, Command, Directory};
use protocol::{
    AgentId, AgentStatus, ConversationId, Event, Refusal, RequestId, StateNow, Summary, Timestamp, VisitorId,
};
use std::collections::BTreeSet;

/// One thing to save and then apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something happened to a conversation.
    Happened {
        /// What.
        event: Event,
        /// Who asked for it, when `event.request` is set.
        asker: Option<Asker>,
    },
    /// An agent chose a status.
    StatusChosen {
        /// Who.
        agent: AgentId,
        /// Which.
        status: AgentStatus,
    },
    /// An agent's first console came or the last one went. Applied, never saved: after a restart nobody is connected.
    Connection {
        /// Who.
        agent: AgentId,
        /// Whether any console is there.
        connected: bool,
    },
}

/// What a command leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// To save in one transaction, in this order, and to apply.
    pub changes: Vec<Change>,
    /// Where the request's event is to be found: the answer to the asker.
    pub accepted: Option<(RequestId, ConversationId, u64)>,
}

/// Who is told of a conversation's events and state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Its visitor.
    pub visitor: VisitorId,
    /// Agents in whose lists it stands.
    pub agents: BTreeSet<AgentId>,
}

/// One workspace's world. Open conversations' metadata is in memory; messages are not.
#[derive(Clone, Debug)]
pub struct Switchboard {
    directory: Directory,
}

impl Switchboard {
    /// An empty world with this directory. Rebuild it by applying what the store kept.
    pub fn new(directory: Directory) -> Self {
        Self { directory }
    }

    /// The configuration in force.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What a command would lead to, or why it is refused. Changes nothing. Repeats of a request are the caller's to
    /// recognise, since only the store knows them all.
    pub fn decide(&self, _command: &Command, _now: Timestamp) -> Result<Decision, Refusal> {
        todo!()
    }

    /// Makes a saved change true. Cannot fail.
    pub fn apply(&mut self, _change: &Change) {
        todo!()
    }

    /// Offers that should be made now. Call after applying anything; save and apply the answer like any decision.
    pub fn route(&self, _now: Timestamp) -> Vec<Change> {
        todo!()
    }

    /// When [`Command::TimePasses`] is due next.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        todo!()
    }

    /// The visitor's conversation that is not closed.
    pub fn conversation_of(&self, _visitor: VisitorId) -> Option<ConversationId> {
        todo!()
    }

    /// A conversation as the visitor is told; `None` when it is closed or unknown.
    pub fn state_now(&self, _conversation: ConversationId) -> Option<StateNow> {
        todo!()
    }

    /// A conversation as lists show it; `None` when it is closed or unknown.
    pub fn summary(&self, _conversation: ConversationId) -> Option<Summary> {
        todo!()
    }

    /// Who is told of it; `None` when it is closed or unknown.
    pub fn audience(&self, _conversation: ConversationId) -> Option<Audience> {
        todo!()
    }

    /// What stands in an agent's lists: waiting in queues they serve, offered to them, or theirs.
    pub fn conversations_for(&self, _agent: AgentId) -> Vec<Summary> {
        todo!()
    }

    /// Whether an agent may read a conversation that is not closed.
    pub fn may_read(&self, _agent: AgentId, _conversation: ConversationId) -> bool {
        todo!()
    }

    /// Every waiting conversation with its place in its queue, 1 is next.
    pub fn places(&self) -> Vec<(ConversationId, u32)> {
        todo!()
    }

    /// What the agent chose to be.
    pub fn status(&self, _agent: AgentId) -> AgentStatus {
        todo!()
    }
}
