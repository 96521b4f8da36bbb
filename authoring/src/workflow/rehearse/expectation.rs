//! What a recorded conversation expects of a workflow.

use super::recording::is_default;
use crate::workflow::document::ValueDoc;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What must be so. Only what is written is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectDoc {
    /// How often the workflow started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<u32>,
    /// Who has the conversation, by e-mail address; an empty text is nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The conversation's status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// All the contact's tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Some of the contact's fields; an empty text is an empty field.
    #[serde(skip_serializing_if = "is_default")]
    pub contact: IndexMap<String, ValueDoc>,
    /// Some of the last run's variables; an empty text is an empty variable.
    #[serde(skip_serializing_if = "is_default")]
    pub variables: IndexMap<String, ValueDoc>,
    /// Everything the workflow said to the visitor, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Vec<String>>,
    /// Everything the workflow wrote for the staff, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<Vec<String>>,
    /// Every call of another system, in order: the method and the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<Vec<String>>,
    /// Every workflow that it started, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Vec<String>>,
    /// How the last run ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<EndedDoc>,
    /// The step the last run waits at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_at: Option<String>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndedDoc {
    /// After its last step.
    Finished,
    /// A step came out in a way after which nothing follows.
    NoWayOut,
    /// The conversation was closed.
    Closed,
    /// The conversation is spam.
    Spam,
    /// The visitor wrote.
    VisitorWrote,
    /// A person wrote to the visitor.
    HumanWrote,
    /// The conversation was assigned by hand.
    AssignedByHand,
    /// An agent stopped it.
    StoppedByAgent,
    /// A supervisor, an admin or a program stopped it.
    StoppedBySupervisor,
    /// Its workflow was stopped with all its runs.
    Stopped,
    /// Its trigger came again.
    Restarted,
    /// It took too many steps.
    TooManySteps,
    /// A step was to follow that does not exist.
    NoSuchStep,
}
