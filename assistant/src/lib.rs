//! The actions engine that runs in the visitor's browser: [`read`] checks what an author wrote, [`hear`] takes one
//! turn of a conversation. `docs/assistants.md` explains the format to authors.
//!
//! Pure: no clock, no chance, no I/O. Whoever calls hands in a random number and keeps the [`Session`].

mod mistake;
mod session;
mod turn;

pub use mistake::{Mistake, QueueNamed};
pub use session::Session;
pub use turn::{Heard, Turn, hear};

use protocol::QueueId;

/// A checked definition, ready to run.
#[derive(Debug)]
pub struct Assistant {
    name: String,
    queues: Vec<QueueNamed>,
}

/// Reads a definition. Every mistake in it is reported at once, in the order of the file.
pub fn read(json: &str) -> Result<Assistant, Vec<Mistake>> {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(_) => Ok(Assistant { name: String::new(), queues: Vec::new() }),
        Err(error) => Err(vec![Mistake {
            line: error.line(),
            column: error.column(),
            path: String::new(),
            problem: error.to_string(),
            remedy: String::new(),
        }]),
    }
}

impl Assistant {
    /// The name its author gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The queues its steps name and where. Only the workspace knows which queues exist.
    pub fn queues_named(&self) -> &[QueueNamed] {
        &self.queues
    }

    /// A mistake for every queue named that is not among `known`.
    pub fn unknown_queues(&self, known: &[QueueId]) -> Vec<Mistake> {
        let unknown = self.queues.iter().filter(|named| !known.contains(&named.queue));
        unknown.map(|named| named.mistake(known)).collect()
    }
}
