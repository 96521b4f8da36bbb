//! A visitor, as the staff and workflows know them over all conversations.

use crate::conversation::{Said, Words};
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
    /// The last words of conversations of theirs that are over.
    pub earlier: Earlier,
    /// Workflows that ever ran for them: some do so once.
    pub ran: BTreeSet<WorkflowId>,
}

/// The last message of each kind in conversations that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Earlier {
    /// Theirs.
    pub visitor: Option<Said>,
    /// Of a person who works here.
    pub human: Option<Said>,
    /// The assistant's.
    pub assistant: Option<Said>,
    /// A workflow's.
    pub workflow: Option<Said>,
    /// Of a program, or of the bridge.
    pub program: Option<Said>,
}

impl Earlier {
    /// A conversation is over: its last words are the newer ones.
    pub fn absorb(&mut self, words: &Words) {
        let Self { visitor, human, assistant, workflow, program } = self;
        for (known, said) in [
            (visitor, &words.visitor),
            (human, &words.human),
            (assistant, &words.assistant),
            (workflow, &words.workflow),
            (program, &words.program),
        ] {
            if said.is_some() {
                known.clone_from(said);
            }
        }
    }
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
