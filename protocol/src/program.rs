//! Frames between a customer's own program and the bridge.

use crate::{Act, AgentId, AgentStatus, BridgeToAgent, ConversationId, Event, Refusal, RequestId};
use serde::{Deserialize, Serialize};

/// What a program may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProgramFrame {
    /// First of all. Which program it is comes from its key, never from a frame.
    Hello {
        /// [`crate::VERSION`].
        version: u16,
    },
    /// Tell me what happened there after `after`, and what happens from now on.
    Watch {
        /// Which conversation.
        conversation: ConversationId,
        /// The last number seen in it.
        after: u64,
    },
    /// I have stopped looking at it.
    Unwatch {
        /// Which conversation.
        conversation: ConversationId,
    },
    /// Tell me what happens in every conversation from now on, or in those I watch alone.
    WatchAll {
        /// Which of the two.
        all: bool,
    },
    /// I do this with a conversation.
    Act {
        /// The request's name; of a message, the message's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        act: Act,
        /// In this agent's name, with what they may do; without one, as the program itself.
        #[serde(default)]
        as_agent: Option<AgentId>,
    },
    /// As long as this connection lasts, the agent is here by me: tell me what their console would be told.
    Attend {
        /// Who.
        agent: AgentId,
    },
    /// I am not there for the agent any more.
    Leave {
        /// Who.
        agent: AgentId,
    },
    /// From now on an agent I am there for is this.
    SetStatus {
        /// Who.
        agent: AgentId,
        /// The choice.
        status: AgentStatus,
    },
    /// Is anybody there?
    Ping,
}

impl ProgramFrame {
    /// The name of what it asks for, when it asks for something.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Act { id, .. } => Some(*id),
            Self::Hello { .. }
            | Self::Watch { .. }
            | Self::Unwatch { .. }
            | Self::WatchAll { .. }
            | Self::Attend { .. }
            | Self::Leave { .. }
            | Self::SetStatus { .. }
            | Self::Ping => None,
        }
    }
}

/// What the bridge tells a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BridgeToProgram {
    /// The answer to `hello`.
    Welcome {
        /// As the key is called.
        name: String,
        /// What the key may do.
        scopes: Vec<String>,
    },
    /// The answer to `watch`. When `more` is true, watch again after the last number.
    Events {
        /// Which conversation.
        conversation: ConversationId,
        /// What came after the number said in `watch`.
        events: Vec<Event>,
        /// Whether there is more.
        more: bool,
    },
    /// Something happened in a watched conversation.
    Happened(Box<Event>),
    /// What the console of an agent I am there for is told; the first is its welcome.
    ForAgent {
        /// Whose.
        agent: AgentId,
        /// What.
        told: Box<BridgeToAgent>,
    },
    /// The connection is not there for the agent any more: as it wished, or since the agent does not work here now or too much
    /// waited to be read.
    Left {
        /// For whom.
        agent: AgentId,
    },
    /// The request was carried out; its event has this number.
    Accepted {
        /// Which request.
        id: RequestId,
        /// In which conversation.
        conversation: ConversationId,
        /// Its event's number.
        number: u64,
    },
    /// The request was not carried out, or the frame was not one.
    Refused {
        /// Which request; `None` when the frame could not be read or asked for nothing by name.
        id: Option<RequestId>,
        /// Why.
        refusal: Refusal,
    },
    /// Yes.
    Pong,
}
