//! How a workflow reads the world: through [`Facts`], which the caller answers from what it knows.

use super::value::Value;
use jiff::civil::Date;
use protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// The world, as it is at the moment of asking, with all done that runs wanted before. Every answer is quick: nothing is
/// looked up elsewhere for it.
pub trait Facts {
    /// A field of the contact's, by name.
    fn contact(&self, field: &str) -> Value;

    /// What is known of the conversation: `status`, `priority`, `language`, `page`, and whatever the site tells.
    fn conversation(&self, property: &str) -> Value;

    /// What is known of the conversation's owner: `name`, which is there while anybody is, `status`, `id`.
    fn assignee(&self, property: &str) -> Value;

    /// The contact's tags.
    fn tags(&self) -> Vec<String>;

    /// The last message of that kind.
    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage>;

    /// Whether a calendar is open at a moment; `None` when there is no calendar of that name.
    fn is_open(&self, calendar: &str, at: Timestamp) -> Option<bool>;

    /// The day a moment falls on, by the workspace's clock on the wall.
    fn day(&self, at: Timestamp) -> Date;
}

/// Which messages are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The visitor's.
    Incoming,
    /// Those to the visitor, by who sent them.
    Outgoing(Sender),
}

/// Who sent a message to the visitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// A person.
    #[default]
    Human,
    /// The assistant.
    Assistant,
    /// A workflow.
    Workflow,
    /// Whoever it was.
    Any,
}

/// How far back messages are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// This conversation.
    #[default]
    Conversation,
    /// Since its present owner has it.
    SinceAssignment,
    /// All the contact's conversations.
    Contact,
}

/// A message that conditions look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// What it says.
    pub text: String,
    /// From where: `human`, `assistant`, `workflow`, `api`; for the visitor's, `visitor`.
    pub source: String,
    /// When it was sent.
    pub at: Timestamp,
}
