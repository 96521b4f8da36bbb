//! How conversations come to wait, and to belong to somebody.

use crate::{AgentId, QueueId, TeamId};
use serde::{Deserialize, Serialize};

/// Where a conversation goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To this person.
    Agent(AgentId),
    /// To one of a team.
    Team(TeamId),
    /// To one who serves a queue, by the queue's plan.
    Queue(QueueId),
    /// To anybody of the workspace.
    Anybody,
}

/// Why a conversation waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QueuedWhy {
    /// A person was asked for.
    HandOff,
    /// It was passed on.
    Transferred,
    /// It was taken from its owner, or its owner gave it back.
    Unassigned,
    /// Another queue did not take it.
    Overflowed,
    /// It was pending, and its owner is not there any more.
    Woken,
    /// It was closed, and the visitor wrote again.
    Reopened,
    /// It was taken for spam, and is none.
    Unmarked,
    /// A workflow, a program or somebody of the staff wants somebody to have it.
    Assigned,
}

/// Why an offer is no longer pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferEnd {
    /// The agent said no.
    Declined,
    /// The agent said nothing in time.
    TimedOut,
    /// The agent went away.
    AgentLeft,
    /// Somebody else was faster, or was given it.
    Taken,
    /// The conversation does not wait any more.
    Withdrawn,
}

/// How a conversation came to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssignedHow {
    /// They accepted an offer.
    Accepted,
    /// Routing gave it to them without asking.
    Routed,
    /// They picked it.
    Picked,
    /// Somebody of the staff, or a program, gave it to them.
    Given,
    /// A workflow gave it to them.
    ByWorkflow,
    /// Another agent passed it on to them.
    Transferred,
    /// Another agent passed it on to them while they were away: it lies in their inbox until they are back.
    LeftFor,
    /// They took it from the assistant, or from its owner.
    TookOver,
    /// It had been theirs.
    Returned,
}

/// Why a conversation has no owner any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnassignedWhy {
    /// Its owner gave it back.
    GivenBack,
    /// Somebody else took it from them.
    Taken,
    /// Its owner did not write in time.
    NoReply,
    /// Its owner went away.
    OwnerLeft,
    /// Its owner is no agent here any more.
    OwnerRemoved,
}

/// Why the assistant answers again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnWhy {
    /// Somebody of the staff said so.
    Staff,
    /// The visitor does not want to wait any longer.
    VisitorCancelled,
    /// Nobody could take it.
    NoAgent,
}

/// Why a queue does not keep a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverflowWhy {
    /// It has waited as long as it may.
    MaxWait,
    /// As many wait as may.
    Full,
    /// It is not open.
    ClosedHours,
    /// The last step of its plan is over.
    PlanEnded,
    /// Nobody serves it any more.
    NoMembers,
    /// Nobody who serves it is online any more.
    NobodyOnline,
}

/// Where a conversation goes that a queue does not keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outlet {
    /// Nowhere: it goes on waiting.
    #[default]
    Wait,
    /// To another queue; it keeps its age.
    Queue(QueueId),
    /// To this person, whatever they have.
    Agent(AgentId),
    /// Back to the assistant.
    Assistant,
    /// It stays for somebody to pick, and the visitor is asked to leave a message.
    LeaveMessage,
    /// It is closed.
    Close,
}
