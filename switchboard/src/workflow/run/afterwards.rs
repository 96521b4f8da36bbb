//! The world as it will be once what a run wants is done: a step sees what the steps before it did, although the caller
//! does it later. Between two inputs the caller has done it, and the world itself is asked again.

use super::Effect;
use crate::workflow::definition::ChangeOfTag;
use crate::workflow::facts::{Facts, LastMessage, Scope, Sender, Which};
use crate::workflow::value::{Value, fold};
use jiff::civil::Date;
use protocol::Timestamp;
use std::collections::BTreeMap;

/// The world and what this input changes in it.
pub struct Afterwards<'a> {
    world: &'a dyn Facts,
    now: Timestamp,
    fields: BTreeMap<String, Value>,
    /// In the order of the changes.
    tags: Vec<(ChangeOfTag, String)>,
    said: Option<String>,
    closed: bool,
    unassigned: bool,
}

impl<'a> Afterwards<'a> {
    /// The world, as yet unchanged.
    pub fn of(world: &'a dyn Facts, now: Timestamp) -> Self {
        Self {
            world,
            now,
            fields: BTreeMap::new(),
            tags: Vec::new(),
            said: None,
            closed: false,
            unassigned: false,
        }
    }

    /// Takes an effect for done. What an opening makes of the conversation is the caller's to say, later.
    pub fn done(&mut self, effect: &Effect) {
        match effect {
            Effect::Field { field, value } => {
                self.fields.insert(field.clone(), value.clone());
            }
            Effect::Tag { change, tags } => self.tags.extend(tags.iter().map(|tag| (*change, tag.clone()))),
            Effect::Say { text, .. } => self.said = Some(text.clone()),
            Effect::Close { .. } => self.closed = true,
            Effect::Unassign => self.unassigned = true,
            Effect::Comment { .. }
            | Effect::Assign(_)
            | Effect::WithdrawAssign { .. }
            | Effect::Open
            | Effect::Request(_)
            | Effect::Trigger { .. }
            | Effect::AskForTurn { .. }
            | Effect::ReleaseTurn
            | Effect::WakeAt(_)
            | Effect::Log(_)
            | Effect::Ended(_) => {}
        }
    }
}

impl Facts for Afterwards<'_> {
    fn contact(&self, field: &str) -> Value {
        self.fields.get(field).cloned().unwrap_or_else(|| self.world.contact(field))
    }

    fn conversation(&self, property: &str) -> Value {
        match property {
            "status" if self.closed => Value::text("closed"),
            property => self.world.conversation(property),
        }
    }

    fn assignee(&self, property: &str) -> Value {
        if self.unassigned { Value::Missing } else { self.world.assignee(property) }
    }

    fn tags(&self) -> Vec<String> {
        let mut tags = self.world.tags();
        for (change, tag) in &self.tags {
            tags.retain(|known| fold(known) != fold(tag));
            if *change == ChangeOfTag::Added {
                tags.push(tag.clone());
            }
        }
        tags
    }

    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage> {
        if self.unassigned && scope == Scope::SinceAssignment {
            return None;
        }
        match (&self.said, which) {
            (Some(text), Which::Outgoing(Sender::Workflow | Sender::Any)) => {
                Some(LastMessage { text: text.clone(), source: "workflow".to_owned(), at: self.now })
            }
            (Some(_) | None, which) => self.world.last_message(which, scope),
        }
    }

    fn is_open(&self, calendar: &str, at: Timestamp) -> Option<bool> {
        self.world.is_open(calendar, at)
    }

    fn day(&self, at: Timestamp) -> Date {
        self.world.day(at)
    }
}
