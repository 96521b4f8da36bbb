//! A visitor, as the staff and workflows know them over all conversations.

use protocol::{AgentId, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Tags.
    pub tags: BTreeSet<String>,
    /// Fields by name; only those with a value.
    pub fields: BTreeMap<String, String>,
    /// Who is asked first, and waited for.
    pub dedicated: Option<AgentId>,
    /// Who had a conversation of theirs last, and when.
    pub last_agent: Option<(AgentId, Timestamp)>,
    /// When somebody who works here last wrote to them.
    pub last_human_at: Option<Timestamp>,
    /// When they last wrote.
    pub last_written_at: Option<Timestamp>,
    /// Workflows that ever ran for them: some do so once.
    pub ran: BTreeSet<WorkflowId>,
}

impl Contact {
    /// They get a tag, or lose it.
    pub fn tag(&mut self, tag: &str, add: bool) {
        match add {
            true => self.tags.insert(tag.to_owned()),
            false => self.tags.remove(tag),
        };
    }

    /// A field of theirs is set, or cleared.
    pub fn set(&mut self, field: &str, value: Option<&String>) {
        match value {
            Some(value) => self.fields.insert(field.to_owned(), value.clone()),
            None => self.fields.remove(field),
        };
    }
}
