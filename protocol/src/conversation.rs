//! Where a conversation stands, as both sides are told.

use crate::{ConversationId, QueueId};
use serde::{Deserialize, Serialize};

/// Who answers the visitor now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// The assistant, in the visitor's browser.
    Automated,
    /// Nobody yet: a person was asked for and the conversation waits in a queue.
    Queued,
    /// Nobody yet: one agent has been asked to accept.
    Offered,
    /// The agent who accepted.
    Open,
    /// Nobody: it is over. The visitor's next message opens another conversation.
    Closed,
}

impl ConversationState {
    /// Whether the assistant may speak. Computed from the state and never stored beside it, so that the two cannot
    /// disagree.
    pub fn assistant_enabled(self) -> bool {
        match self {
            Self::Automated | Self::Closed => true,
            Self::Queued | Self::Offered | Self::Open => false,
        }
    }

    /// Whether the visitor is waiting for a person.
    pub fn is_waiting(self) -> bool {
        match self {
            Self::Queued | Self::Offered => true,
            Self::Automated | Self::Open | Self::Closed => false,
        }
    }
}

/// What the bridge says of a conversation whenever it changes, and after every `hello`. The widget runs nothing of
/// the assistant while `assistant_enabled` is false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateNow {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Who answers.
    pub state: ConversationState,
    /// [`ConversationState::assistant_enabled`], spelled out for clients in other languages.
    pub assistant_enabled: bool,
    /// Number of the last event this is true after.
    pub number: u64,
    /// Where it waits, if it does.
    pub queue: Option<QueueId>,
    /// Place in that queue, 1 is next; `None` when not waiting.
    pub place: Option<u32>,
}
