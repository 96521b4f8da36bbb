//! Where one visitor's talk with the assistant stands. It survives a reload as JSON.

use crate::{Assistant, Value};
use protocol::inspect::VariableTrace;
use serde::{Deserialize, Serialize};

/// Where the talk stands: variables, the actions under way, what waits for an answer, counters. What no longer fits the
/// definition it is used with is dropped, so a session may outlive the definition it began with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {}

impl Session {
    /// The value of a variable of the session; nothing when it has none.
    pub fn variable(&self, assistant: &Assistant, name: &str) -> Value {
        let _ = (assistant, name);
        todo!()
    }

    /// Sets a variable of the session by hand. An error says what would be right.
    pub fn set_variable(&mut self, assistant: &Assistant, name: &str, value: Value) -> Result<(), String> {
        let _ = (assistant, name, value);
        todo!()
    }

    /// Sets an answer of the action that runs by hand. An error says what would be right.
    pub fn set_answer(&mut self, assistant: &Assistant, name: &str, value: Value) -> Result<(), String> {
        let _ = (assistant, name, value);
        todo!()
    }

    /// Every variable that has a value, in the definition's order.
    pub fn variables(&self, assistant: &Assistant) -> Vec<VariableTrace> {
        let _ = assistant;
        todo!()
    }

    /// Answers and results of the action that runs.
    pub fn answers(&self, assistant: &Assistant) -> Vec<VariableTrace> {
        let _ = assistant;
        todo!()
    }
}
