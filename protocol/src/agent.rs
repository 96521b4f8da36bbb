//! Frames between the console and the bridge.

use crate::{
    AgentId, ConversationId, ConversationState, Event, HandOffReason, Line, QueueId, Refusal, RequestId,
    SiteId, Timestamp, VisitorId,
};
use serde::{Deserialize, Serialize};

/// What an agent chose to be. Only `online` receives offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentStatus {
    /// Ready for the next conversation.
    Online,
    /// Here, but asked for nothing new; may still pick from the queue.
    Busy,
    /// Not here.
    #[default]
    Offline,
}

/// What an agent may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AgentRole {
    /// Answers visitors.
    Agent,
    /// Also publishes assistants.
    Admin,
}

/// An agent, as visitors and colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentBadge {
    /// Who.
    pub id: AgentId,
    /// The name shown.
    pub name: String,
}

/// A queue, as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueBadge {
    /// Which.
    pub id: QueueId,
    /// The name shown.
    pub name: String,
}

/// A conversation, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Which.
    pub conversation: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Where it began.
    pub site: SiteId,
    /// Who answers.
    pub state: ConversationState,
    /// Number of its last event.
    pub number: u64,
    /// Where it waits, or waited.
    pub queue: Option<QueueId>,
    /// Why a person was asked for.
    pub reason: Option<HandOffReason>,
    /// Since when it waits or waited.
    pub waiting_since: Option<Timestamp>,
    /// Whose it is, or to whom it is offered.
    pub agent: Option<AgentBadge>,
    /// When the pending offer ends.
    pub offer_until: Option<Timestamp>,
    /// Beginning of the last thing said.
    pub preview: String,
    /// When that was.
    pub last_at: Timestamp,
    /// Whether the last word is the visitor's.
    pub unanswered: bool,
}

/// What a console may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentFrame {
    /// First of all. Who it is comes from the session cookie, never from a frame.
    Hello {
        /// [`crate::VERSION`].
        version: u16,
    },
    /// From now on I am this.
    SetStatus {
        /// The choice.
        status: AgentStatus,
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
    /// I take this conversation: offered to me, or waiting in a queue of mine.
    Accept {
        /// The request's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// I do not take what was offered to me.
    Decline {
        /// The request's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// I say this to the visitor.
    Say {
        /// The message's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        text: Line,
        /// When, by the console's clock.
        written_at: Timestamp,
    },
    /// I am writing, or have stopped.
    Typing {
        /// Which conversation.
        conversation: ConversationId,
        /// Which of the two.
        typing: bool,
    },
    /// We are done here.
    Close {
        /// The request's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// Is anybody there?
    Ping,
}

impl AgentFrame {
    /// The name of what it asks for, when it asks for something.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Accept { id, .. }
            | Self::Decline { id, .. }
            | Self::Say { id, .. }
            | Self::Close { id, .. } => Some(*id),
            Self::Hello { .. }
            | Self::SetStatus { .. }
            | Self::Watch { .. }
            | Self::Unwatch { .. }
            | Self::Typing { .. }
            | Self::Ping => None,
        }
    }
}

/// What the bridge tells a console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BridgeToAgent {
    /// The answer to `hello`: everything the lists need. It replaces what the console knew.
    Welcome {
        /// Who is signed in.
        me: AgentBadge,
        /// What they may do.
        role: AgentRole,
        /// What they chose to be.
        status: AgentStatus,
        /// Queues they serve.
        queues: Vec<QueueBadge>,
        /// Waiting in those queues, offered to them, or theirs.
        conversations: Vec<Summary>,
    },
    /// A conversation of the lists is new or has changed.
    Changed(Summary),
    /// A conversation has left the agent's lists: somebody else took it, or it is closed.
    Gone {
        /// Which.
        conversation: ConversationId,
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
    Happened(Event),
    /// The agent's status changed, here or in another window.
    Status {
        /// The new one.
        status: AgentStatus,
    },
    /// The visitor is writing, or has stopped.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Which of the two.
        typing: bool,
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
