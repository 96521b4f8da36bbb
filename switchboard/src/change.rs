//! What leaves the switchboard: changes to save, answers to askers, and who is told.

use crate::Asker;
use protocol::{AgentId, AgentStatus, ConversationId, Event, RequestId, VisitorId};
use std::collections::BTreeSet;

/// One thing to save and then apply.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every change is an event; a box would cost each of them"
)]
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
