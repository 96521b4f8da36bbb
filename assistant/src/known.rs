//! Everything that has a value at one moment of a conversation: variables, answers, and what the engine sets.

use crate::condition::Values;
use crate::definition::{Definition, FALLBACK_REASON, NO_MATCHES_COUNT, Part, Source, Text};
use crate::hand_off::code;
use crate::session::{Session, Talk};
use crate::value::Value;
use protocol::inspect::VariableTrace;

/// Everything that has a value at one moment.
pub struct Known<'a> {
    /// What the author wrote.
    pub definition: &'a Definition,
    /// Variables and counters.
    pub session: &'a Session,
    /// The action that runs.
    pub talk: Option<&'a Talk>,
}

impl Known<'_> {
    /// A text with its values inserted; what has no value inserts nothing.
    pub fn render(&self, text: &Text) -> String {
        let mut rendered = String::new();
        for part in &text.0 {
            match part {
                Part::Words(words) => rendered.push_str(words),
                Part::Insert(name) => rendered.extend(self.named(name).map(|value| value.to_string())),
            }
        }
        rendered
    }

    /// Every value, by name, for the inspector.
    pub fn all(&self) -> Vec<VariableTrace> {
        let variables = self.definition.variables.iter().map(|variable| variable.name.as_str());
        let answers =
            self.talk.into_iter().flat_map(|talk| talk.answers.iter().map(|(step, _)| step.as_str()));
        let named =
            |name: &str| Some(VariableTrace { name: name.to_owned(), value: self.named(name)?.to_string() });
        variables.chain(answers).chain([FALLBACK_REASON]).filter_map(named).collect()
    }

    /// The value of an answer or a variable; their names differ.
    fn named(&self, name: &str) -> Option<Value> {
        let answer = self.talk.and_then(|talk| talk.answer(name)).cloned();
        answer.or_else(|| self.variable(name))
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<Value> {
        match name {
            FALLBACK_REASON => self.talk?.reason.map(|reason| Value::Text(code(reason).to_owned())),
            NO_MATCHES_COUNT => Some(Value::Number(f64::from(self.session.misses))),
            name => match self.session.variables.iter().find(|(known, _)| known == name) {
                Some((_, value)) => value.clone(),
                None => self.definition.variables.iter().find(|v| v.name == name)?.initial.clone(),
            },
        }
    }
}

impl Values for Known<'_> {
    fn value(&self, source: &Source) -> Option<Value> {
        match source {
            Source::Variable(name) => self.variable(name),
            Source::Step(id) => self.talk?.answer(id).cloned(),
        }
    }
}
