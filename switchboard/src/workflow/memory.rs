//! What a run knows by itself, and everything a text or a condition can see from where it stands.

use super::facts::Facts;
use super::text::{Reference, Space};
use super::value::Value;
use protocol::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values that came with the trigger; more are left out.
pub const TRIGGER_VALUES_MAX: usize = 100;

/// What a run knows by itself. Its names are those of the definition, its values are cut: so it has a bound.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    variables: BTreeMap<String, Value>,
    trigger: BTreeMap<String, Value>,
    steps: BTreeMap<String, Value>,
}

impl Memory {
    /// What is known when a run begins: what its trigger told.
    pub fn of_trigger(told: BTreeMap<String, Value>) -> Self {
        let told = told.into_iter().take(TRIGGER_VALUES_MAX);
        Self { trigger: told.map(|(name, value)| (name, value.within_bounds())).collect(), ..Self::default() }
    }

    /// The run's variables.
    pub fn variables(&self) -> &BTreeMap<String, Value> {
        &self.variables
    }

    /// Sets a variable.
    pub fn set(&mut self, variable: &str, to: Value) {
        self.variables.insert(variable.to_owned(), to.within_bounds());
    }

    /// Keeps what came of a step.
    pub fn keep(&mut self, step: &str, value: Value) {
        self.steps.insert(step.to_owned(), value.within_bounds());
    }
}

/// What can be seen from where a run stands.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// What the run knows.
    pub memory: &'a Memory,
    /// What the caller knows.
    pub facts: &'a dyn Facts,
    /// The time.
    pub now: Timestamp,
}

impl Sight<'_> {
    /// What a name stands for.
    pub fn look_up(&self, reference: &Reference) -> Value {
        let name = reference.name.as_str();
        let known = |values: &BTreeMap<String, Value>| values.get(name).cloned().unwrap_or_default();
        match reference.space {
            Space::Own => known(&self.memory.variables),
            Space::Trigger => known(&self.memory.trigger),
            Space::Step => known(&self.memory.steps),
            Space::Contact => self.facts.contact(name),
            Space::Conversation => self.facts.conversation(name),
            Space::Assignee if name == "exists" => Value::Bool(!self.facts.assignee("name").is_missing()),
            Space::Assignee => self.facts.assignee(name),
        }
    }
}
