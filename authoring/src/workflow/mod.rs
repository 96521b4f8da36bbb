//! Workflows as authors write them: the format and its schema, checks, the dry run on a recorded conversation, ready
//! templates. It makes the [`switchboard::workflow::Workflow`] the engine runs.

mod check;
pub mod compile;
pub mod document;
pub mod rehearse;
pub mod templates;

pub use check::{check, check_all, check_text};
pub use document::WorkflowDoc;
pub use rehearse::{Recording, Rehearsal, read_recording, rehearse};

use crate::mistake::{Mistake, Severity};
use crate::tree::{Is, Node, Notation};
use std::collections::BTreeMap;
use switchboard::workflow::Workflow;

/// What workflows can be checked against, where it is known. `None` is not known: then nothing is said about it.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// The names of the queues.
    pub queues: Option<Vec<String>>,
    /// The agents' e-mail addresses and ids.
    pub agents: Option<Vec<String>>,
    /// The names of the teams.
    pub teams: Option<Vec<String>>,
    /// The names of the calendars.
    pub calendars: Option<Vec<String>>,
    /// The categories that conversations are closed as.
    pub categories: Option<Vec<String>>,
    /// The fields that contacts have.
    pub fields: Option<Vec<String>>,
    /// The tags there are.
    pub tags: Option<Vec<String>>,
    /// The secrets that requests can name, each with the origins it may be sent to.
    pub secrets: Option<BTreeMap<String, Vec<String>>>,
    /// The ids of the workflows there are, besides those that are checked.
    pub workflows: Option<Vec<String>>,
}

/// What became of a workflow's file.
#[derive(Debug)]
pub struct Checked {
    /// What it holds; `None` when it cannot be read at all or does not fit the format.
    pub document: Option<WorkflowDoc>,
    /// What the engine runs. `None` when there are errors.
    pub workflow: Option<Workflow>,
    /// Everything that is wrong, in the order of the file.
    pub mistakes: Vec<Mistake>,
}

impl Checked {
    /// Whether the workflow can run.
    pub fn is_sound(&self) -> bool {
        self.mistakes.iter().all(|mistake| mistake.severity != Severity::Error)
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An assistant.
    Assistant,
    /// A workflow.
    Workflow,
    /// A recorded conversation, for dry runs.
    Recording,
}

impl FileKind {
    /// Told by the keys that only one of them has. What has none of these is taken for an assistant.
    pub fn of(notation: Notation, text: &str) -> Self {
        crate::tree::read(notation, text).map_or(Self::Assistant, |root| Self::of_tree(&root))
    }

    fn of_tree(root: &Node) -> Self {
        let Is::Object(entries) = &root.is else { return Self::Assistant };
        let has = |key: &str| entries.iter().any(|entry| entry.key == key);
        match () {
            () if has("actions") || has("language") => Self::Assistant,
            () if has("timeline") => Self::Recording,
            () if has("trigger") || has("steps") => Self::Workflow,
            () => Self::Assistant,
        }
    }
}

#[cfg(test)]
mod tests;
