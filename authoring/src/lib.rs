//! What authors work with: of assistants the file format and its schema, checks, imports from other systems, conversation
//! tests, explorers; of workflows, in [`workflow`], the format, checks, dry runs and templates. It makes the
//! [`assistant::definition::Definition`] and the [`switchboard::workflow::Workflow`] that the engines run.
//!
//! Pure but for `cli`, which reads and writes files for the commands of `passerelle`.

pub mod cases;
mod check;
pub mod cli;
pub mod compile;
pub mod document;
pub mod explore;
pub mod findings;
pub mod import;
mod mistake;
pub mod schema;
mod shape;
pub mod template;
pub mod tree;
pub mod workflow;
pub mod write;

pub use check::{check, check_text};
pub use document::Document;
pub use mistake::{Mistake, Severity};

use assistant::definition::Definition;
use protocol::QueueId;

/// What a file can be checked against, where it is known. `None` is not known: then nothing is said about it.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The workspace's queues.
    pub queues: Option<Vec<QueueId>>,
    /// Extensions that have an address.
    pub extensions: Option<Vec<String>>,
}

/// What became of a file.
#[derive(Debug)]
pub struct Checked {
    /// What it holds; `None` when it cannot be read at all or does not fit the format.
    pub document: Option<Document>,
    /// The assistants it makes by language tag, its own language first. Empty when there are errors.
    pub definitions: Vec<(String, Definition)>,
    /// Everything that is wrong, in the order of the file.
    pub mistakes: Vec<Mistake>,
}

impl Checked {
    /// What is said of a file that could not even be opened.
    fn unread(why: String) -> Self {
        let mistake = Mistake {
            severity: Severity::Error,
            line: 1,
            column: 1,
            path: String::new(),
            code: "unreadable".to_owned(),
            problem: why,
            remedy: "name a file that is there and is a text in UTF-8".to_owned(),
        };
        Self { document: None, definitions: Vec::new(), mistakes: vec![mistake] }
    }

    /// Whether the assistant can run.
    pub fn is_sound(&self) -> bool {
        self.mistakes.iter().all(|mistake| mistake.severity != Severity::Error)
    }
}
