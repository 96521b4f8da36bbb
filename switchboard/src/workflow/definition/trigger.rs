//! What starts a workflow.

use super::task::ChangeOfTag;
use super::{Kind, PathPart};
use protocol::{ClosingSource, OpeningSource};
use serde::{Deserialize, Serialize};

/// What starts a workflow: one thing. Empty lists ask for nothing in particular.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A conversation is opened.
    Opened {
        /// By one of these.
        by: Vec<OpenedBy>,
    },
    /// A conversation is closed.
    Closed {
        /// By one of these.
        by: Vec<ClosedBy>,
        /// As one of these.
        categories: Vec<String>,
    },
    /// A contact gets or loses a tag.
    TagChanged {
        /// Which of the two.
        change: ChangeOfTag,
        /// One of these.
        tags: Vec<String>,
    },
    /// A field of the contact's changes.
    FieldChanged {
        /// Which.
        field: String,
    },
    /// An agent starts it.
    Shortcut {
        /// What they fill in.
        form: Vec<FormField>,
    },
    /// Another system starts it.
    Webhook {
        /// Whom it is about.
        contact: ContactAt,
        /// What is taken from its call.
        values: Vec<WebhookValue>,
    },
    /// Another workflow starts it.
    Manual,
    /// The page around the chat tells of something.
    PageEvent {
        /// What it calls it.
        name: String,
    },
}

/// Who opened a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// The visitor, by writing.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow's step.
    Workflow,
    /// Another system.
    Api,
}

/// Who closed a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    /// The visitor.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow's step.
    Workflow,
    /// Another system.
    Api,
    /// Nobody: it was silent for too long.
    Silence,
}

/// What an agent fills in before a workflow starts; read as `$trigger.name`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormField {
    /// Its name.
    pub name: String,
    /// What is valid.
    pub kind: Kind,
    /// Whether it must be filled in.
    pub required: bool,
}

/// Whom a webhook is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAt {
    /// By what they are known.
    pub key: ContactKey,
    /// Where that stands in the body.
    pub path: Vec<PathPart>,
}

/// By what a contact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKey {
    /// The contact's id.
    Id,
    /// An address for mail.
    Email,
    /// A phone number.
    Phone,
}

/// Something taken from a webhook's body; read as `$trigger.name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookValue {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub path: Vec<PathPart>,
}

impl From<OpeningSource> for OpenedBy {
    fn from(source: OpeningSource) -> Self {
        match source {
            OpeningSource::Visitor => Self::Visitor,
            OpeningSource::Agent => Self::Agent,
            OpeningSource::Workflow => Self::Workflow,
            OpeningSource::Program => Self::Api,
        }
    }
}

/// Triggers know nobody for what closed by itself.
impl From<ClosingSource> for ClosedBy {
    fn from(source: ClosingSource) -> Self {
        match source {
            ClosingSource::Visitor => Self::Visitor,
            ClosingSource::Agent => Self::Agent,
            ClosingSource::Workflow => Self::Workflow,
            ClosingSource::Program => Self::Api,
            ClosingSource::Inactive | ClosingSource::Abandoned | ClosingSource::NoAgent => Self::Silence,
        }
    }
}
