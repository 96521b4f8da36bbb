//! What is wrong with a definition: where, what, and what would be right.

use protocol::QueueId;
use serde::Serialize;
use std::fmt;

/// One mistake in a definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// The value concerned, as a JSON pointer such as `/actions/2/steps/0/then`; empty for the whole file.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, " ({})", self.path)?;
        }
        write!(f, ": {}; {}", self.problem, self.remedy)
    }
}

/// A queue that a step of the definition hands over to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueNamed {
    /// Which.
    pub queue: QueueId,
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// The place as a JSON pointer.
    pub path: String,
}

impl QueueNamed {
    pub(crate) fn mistake(&self, known: &[QueueId]) -> Mistake {
        let names: Vec<String> = known.iter().map(|queue| format!("`{queue}`")).collect();
        Mistake {
            line: self.line,
            column: self.column,
            path: self.path.clone(),
            problem: format!("there is no queue `{}` in this workspace", self.queue),
            remedy: match names.is_empty() {
                true => "leave `queue` out to use the site's default".to_owned(),
                false => format!(
                    "name one of {}, or leave `queue` out to use the site's default",
                    names.join(", ")
                ),
            },
        }
    }
}
