//! Where a conversation stands, as both sides are told.

use crate::{ConversationId, QueueId};
use serde::{Deserialize, Serialize};

/// Who answers the visitor now (`routing-and-inbox.md` E.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// The assistant, in the visitor's browser.
    Automated,
    /// Nobody yet: a person was asked for and the conversation waits.
    Queued,
    /// Nobody yet: somebody has been asked to accept.
    Offered,
    /// Its owner.
    Open,
    /// Its owner, later: it is put aside until some time.
    Pending,
    /// Nobody: it is over, but its agent is finishing notes.
    WrapUp,
    /// Nobody: it is over. The visitor's next message opens another conversation.
    Closed,
    /// Nobody: what is written is kept and nobody is told.
    Spam,
}

impl ConversationState {
    /// Each with its code.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Automated, "automated"),
        (Self::Queued, "queued"),
        (Self::Offered, "offered"),
        (Self::Open, "open"),
        (Self::Pending, "pending"),
        (Self::WrapUp, "wrap_up"),
        (Self::Closed, "closed"),
        (Self::Spam, "spam"),
    ];

    /// The code, the same as on the wire.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("automated", |(_, code)| code)
    }

    /// Whether the assistant may speak. Computed from the state and never stored beside it, so that the two cannot
    /// disagree.
    pub fn assistant_enabled(self) -> bool {
        match self {
            Self::Automated | Self::WrapUp | Self::Closed => true,
            Self::Queued | Self::Offered | Self::Open | Self::Pending | Self::Spam => false,
        }
    }

    /// Whether the visitor is waiting for a person.
    pub fn is_waiting(self) -> bool {
        match self {
            Self::Queued | Self::Offered => true,
            Self::Automated | Self::Open | Self::Pending | Self::WrapUp | Self::Closed | Self::Spam => false,
        }
    }

    /// Whether it is over.
    pub fn is_over(self) -> bool {
        match self {
            Self::WrapUp | Self::Closed => true,
            Self::Automated | Self::Queued | Self::Offered | Self::Open | Self::Pending | Self::Spam => false,
        }
    }

    /// As visitors are told: what is put aside is still answered, notes do not concern them, and nobody learns that they are
    /// taken for spam.
    pub fn for_visitor(self) -> Self {
        match self {
            Self::Pending => Self::Open,
            Self::WrapUp => Self::Closed,
            Self::Spam => Self::Queued,
            Self::Automated | Self::Queued | Self::Offered | Self::Open | Self::Closed => self,
        }
    }
}

/// What the bridge says of a conversation whenever it changes, and after every `hello`. The widget runs nothing of
/// the assistant while `assistant_enabled` is false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StateNow {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Who answers; [`ConversationState::for_visitor`].
    pub state: ConversationState,
    /// [`ConversationState::assistant_enabled`], spelled out for clients in other languages.
    pub assistant_enabled: bool,
    /// Number of the last event this is true after.
    pub number: u64,
    /// Where it waits, if it does.
    pub queue: Option<QueueId>,
    /// Place in that queue, 1 is next; `None` when not waiting. It never grows without a reason.
    pub place: Option<u32>,
    /// How long it will probably wait still, in seconds; `None` when nobody can say.
    pub wait_seconds: Option<u32>,
}
