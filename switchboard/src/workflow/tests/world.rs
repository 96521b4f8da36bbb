//! A world as tests want it.

use crate::workflow::Value;
use crate::workflow::facts::{Facts, LastMessage, Scope, Sender, Which};
use jiff::civil::{Date, date};
use protocol::Timestamp;
use std::collections::BTreeMap;

/// The first moment of 21 November 2026, a Saturday, in Greenwich.
pub const TODAY: Timestamp = Timestamp::from_millis(1_795_219_200_000);

/// What is so.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub contact: BTreeMap<String, Value>,
    pub conversation: BTreeMap<String, Value>,
    pub assignee: BTreeMap<String, Value>,
    pub tags: Vec<String>,
    pub messages: Vec<Message>,
    pub assigned_at: Option<Timestamp>,
    pub calendars: BTreeMap<String, bool>,
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Message {
    /// `None` is the visitor.
    pub from: Option<Sender>,
    pub text: String,
    pub at: Timestamp,
    /// Whether it was said in this conversation.
    pub here: bool,
}

impl World {
    pub fn says(&mut self, from: Option<Sender>, text: &str, at: Timestamp) {
        self.messages.push(Message { from, text: text.to_owned(), at, here: true });
    }
}

impl Facts for World {
    fn contact(&self, field: &str) -> Value {
        self.contact.get(field).cloned().unwrap_or_default()
    }

    fn conversation(&self, property: &str) -> Value {
        self.conversation.get(property).cloned().unwrap_or_default()
    }

    fn assignee(&self, property: &str) -> Value {
        self.assignee.get(property).cloned().unwrap_or_default()
    }

    fn tags(&self) -> Vec<String> {
        self.tags.clone()
    }

    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage> {
        let from = |message: &&Message| match which {
            Which::Incoming => message.from.is_none(),
            Which::Outgoing(Sender::Any) => message.from.is_some(),
            Which::Outgoing(sender) => message.from == Some(sender),
        };
        let within = |message: &&Message| match scope {
            Scope::Contact => true,
            Scope::Conversation => message.here,
            Scope::SinceAssignment => {
                message.here && self.assigned_at.is_some_and(|assigned| message.at >= assigned)
            }
        };
        let message = self.messages.iter().filter(from).filter(within).max_by_key(|message| message.at)?;
        let source = match message.from {
            None => "visitor",
            Some(Sender::Human) => "human",
            Some(Sender::Assistant) => "assistant",
            Some(Sender::Workflow) => "workflow",
            Some(Sender::Any) => "api",
        };
        Some(LastMessage { text: message.text.clone(), source: source.to_owned(), at: message.at })
    }

    fn is_open(&self, calendar: &str, _at: Timestamp) -> Option<bool> {
        self.calendars.get(calendar).copied()
    }

    fn day(&self, at: Timestamp) -> Date {
        let days = i32::try_from(at.millis() / 86_400_000).unwrap_or(i32::MAX);
        date(1970, 1, 1).checked_add(jiff::Span::new().days(days.min(2_900_000))).unwrap_or(Date::MAX)
    }
}
