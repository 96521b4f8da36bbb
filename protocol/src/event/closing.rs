//! How conversations begin, pause and end.

use crate::{AgentId, ReasonId, Timestamp};
use serde::{Deserialize, Serialize};

/// Who opened a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OpeningSource {
    /// The visitor, by writing.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow.
    Workflow,
    /// A customer's own program.
    Program,
}

/// What ended a conversation. Codes to count and branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosingSource {
    /// The visitor ended it.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow.
    Workflow,
    /// A customer's own program.
    Program,
    /// Nobody wrote for too long.
    Inactive,
    /// The visitor left while waiting.
    Abandoned,
    /// Nobody could take it.
    NoAgent,
}

/// How a conversation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closing {
    /// What ended it.
    pub source: ClosingSource,
    /// As what it was filed; one of the configured reasons.
    pub category: Option<ReasonId>,
    /// In some words, for the staff.
    pub note: Option<String>,
    /// Whose room it goes on taking, and until when, for finishing notes.
    pub wrap_up: Option<(AgentId, Timestamp)>,
}

/// Why finishing notes ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WrapUpEnd {
    /// The agent is done.
    Finished,
    /// It took too long.
    TimedOut,
    /// The conversation was opened again.
    Reopened,
}

/// Why a pending conversation is open again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WakeWhy {
    /// The time has come.
    Time,
    /// The visitor wrote.
    VisitorWrote,
    /// Its agent began to answer.
    AgentWrote,
    /// Somebody else of the staff wrote or asked for it.
    StaffAsked,
}

/// Why a conversation counts as spam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpamWhy {
    /// Somebody said so.
    Marked,
    /// It looks like it.
    Detected(Vec<SpamSign>),
}

/// One thing that looks like spam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpamSign {
    /// So many messages within so many seconds.
    TooMany {
        /// Messages.
        messages: usize,
        /// Seconds.
        seconds: u64,
    },
    /// The same words so often within so many seconds.
    Repeated {
        /// Times.
        times: usize,
        /// Seconds.
        seconds: u64,
    },
    /// So many addresses in one message.
    Links(usize),
    /// A word of the list.
    Word(String),
    /// A host of the list.
    Host(String),
    /// The visitor is on the list.
    Blocked,
}
