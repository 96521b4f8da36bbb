//! The actions engine that runs in the visitor's browser: [`read`] checks what an author wrote, [`hear`] takes one
//! turn of a conversation. `docs/assistants.md` explains the format to authors.
//!
//! Pure: no clock, no chance, no I/O. Whoever calls hands in a random number and keeps the [`Session`].

mod answer;
mod check;
mod condition;
mod definition;
mod fold;
mod hand_off;
mod known;
pub mod limits;
mod meaning;
mod mistake;
mod read;
mod run;
mod session;
mod turn;
mod understand;
mod value;
mod words;

pub use mistake::{Mistake, QueueNamed};
pub use read::read;
pub use session::Session;
pub use turn::{Heard, Turn, hear};
pub use understand::THRESHOLD_DEFAULT;

use definition::{BUILT_IN_ACTIONS, Definition};
use protocol::QueueId;
use understand::Model;

/// A checked definition, ready to run.
#[derive(Debug)]
pub struct Assistant {
    definition: Definition,
    model: Model,
    queues: Vec<QueueNamed>,
}

impl Assistant {
    /// The name its author gave it.
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// The language it speaks, as a tag such as `en`.
    pub fn language(&self) -> &str {
        &self.definition.language
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

    /// Learns what the definition's phrases teach. The title of an author's action is one of its phrases.
    fn new(queues: Vec<QueueNamed>, definition: Definition) -> Self {
        let phrases = |(index, action): (usize, &'_ definition::Action)| {
            let title = (index >= BUILT_IN_ACTIONS.len()).then_some(&action.title);
            action.phrases.iter().chain(title).map(|phrase| phrase.to_owned()).collect::<Vec<String>>()
        };
        let phrases: Vec<Vec<String>> = definition.actions.iter().enumerate().map(phrases).collect();
        Self { model: Model::learn(&phrases), definition, queues }
    }
}
