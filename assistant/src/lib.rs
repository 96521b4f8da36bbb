//! The actions engine that runs in the visitor's browser: [`Assistant::load`] takes a checked definition, [`hear`] takes
//! one turn of a conversation.
//!
//! What authors write is none of its business: the `authoring` crate reads and checks it and makes a
//! [`definition::Definition`] of it. Pure: no clock, no chance, no I/O. Whoever calls hands in the [`Surroundings`] and
//! keeps the [`Session`].

mod answer;
pub mod civil;
mod condition;
mod decimal;
pub mod definition;
mod display;
mod evaluate;
mod fold;
mod hand_off;
pub mod json;
mod language;
pub mod limits;
mod map;
mod number;
mod run;
mod session;
mod small;
pub mod surroundings;
mod turn;
mod understand;
mod value;

pub use evaluate::{Failed, check_pattern};
pub use fold::{alike, fold, words};
pub use map::Map;
pub use run::hear;
pub use session::Session;
pub use surroundings::Surroundings;
pub use turn::{CallWanted, Heard, Outcome, Reply, Turn};
pub use understand::{Ranked, THRESHOLD_DEFAULT};
pub use value::Value;

use definition::{Action, Definition, Unreadable, Variable};
use language::Vocabulary;
use std::sync::Arc;
use understand::Model;

/// A definition, ready to run.
#[derive(Debug)]
pub struct Assistant {
    definition: Definition,
    vocabulary: Arc<Vocabulary>,
    model: Model,
    /// Places of the actions in the definition, by id.
    actions: Map<usize>,
    /// Places of the variables in the definition, by name.
    variables: Map<usize>,
}

impl Assistant {
    /// Reads what `Definition::to_bytes` wrote, and learns from its phrases.
    pub fn load(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (definition, vocabulary) = Definition::and_vocabulary(bytes)?;
        Ok(Self::with(definition, Arc::new(vocabulary)))
    }

    /// Learns from a definition's phrases. For programs that know every language; a browser has to [`Assistant::load`].
    pub fn new(definition: Definition) -> Self {
        let vocabulary = Arc::clone(Vocabulary::built_in(&definition.language));
        Self::with(definition, vocabulary)
    }

    fn with(definition: Definition, vocabulary: Arc<Vocabulary>) -> Self {
        let actions = definition.actions.iter().enumerate();
        let variables = definition.variables.iter().enumerate();
        Self {
            vocabulary,
            model: Model::of(&definition),
            actions: actions.map(|(place, action)| (action.id.clone(), place)).collect(),
            variables: variables.map(|(place, variable)| (variable.name.clone(), place)).collect(),
            definition,
        }
    }

    /// The definition it runs.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// The name its author gave it.
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// The action with an id, and its place.
    pub(crate) fn action(&self, id: &str) -> Option<(usize, &Action)> {
        let index = *self.actions.get(id)?;
        Some((index, self.definition.actions.get(index)?))
    }

    /// The variable of the session with a name.
    pub(crate) fn variable(&self, name: &str) -> Option<&Variable> {
        self.definition.variables.get(*self.variables.get(name)?)
    }

    /// The language it speaks, as a tag such as `en`.
    pub fn language(&self) -> &str {
        &self.definition.language
    }
}
