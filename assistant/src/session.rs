//! Where one visitor's talk with the assistant stands. It survives a reload as JSON.

use crate::definition::{Action, BUILT_IN_ACTIONS, Definition, Step};
use crate::value::Value;
use protocol::{Collected, HandOffReason};
use serde::{Deserialize, Serialize};

/// Where the talk stands: variables, the step that waits for an answer, counters. What no longer fits the definition
/// it is used with is dropped, so a session may outlive the definition it began with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Variables that were set; `None` was set to nothing. The others hold their initial values.
    pub(crate) variables: Vec<(String, Option<Value>)>,
    /// The action that waits for an answer.
    pub(crate) talk: Option<Talk>,
    /// Inputs in a row that matched nothing.
    pub(crate) misses: u32,
    /// Which wording was used last, by `action/step`.
    pub(crate) wordings: Vec<(String, u32)>,
}

/// One run of an action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Talk {
    /// The action's id.
    pub action: String,
    /// The id of the step that waits for an answer.
    pub step: String,
    /// Invalid answers to it so far.
    pub failures: u32,
    /// Answers so far, by step, in the order they were given.
    pub answers: Vec<(String, Value)>,
    /// How often each step was visited.
    pub visits: Vec<(String, u32)>,
    /// Why the fallback runs, when it does.
    pub reason: Option<HandOffReason>,
    /// What the fallback took over from.
    pub before: Option<Before>,
}

/// An action the fallback took over from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Before {
    /// Its title.
    pub action: String,
    /// Its answers.
    pub collected: Vec<Collected>,
}

impl Talk {
    /// A run that has not begun.
    pub fn of(action: &Action) -> Self {
        Self { action: action.id.clone(), ..Self::default() }
    }

    /// The answer to a step, when it was given.
    pub fn answer(&self, step: &str) -> Option<&Value> {
        self.answers.iter().find(|(id, _)| id == step).map(|(_, value)| value)
    }

    /// Keeps an answer; a new one replaces an old one.
    pub fn keep(&mut self, step: &str, value: Value) {
        self.answers.retain(|(id, _)| id != step);
        self.answers.push((step.to_owned(), value));
    }

    /// The action and the step that wait, as the definition has them.
    pub fn place<'a>(&self, definition: &'a Definition) -> Option<(usize, &'a Action, usize, &'a Step)> {
        let index = definition.actions.iter().position(|action| action.id == self.action)?;
        let action = definition.actions.get(index)?;
        let at = action.steps.iter().position(|step| step.id == self.step && step.ask.is_some())?;
        Some((index, action, at, action.steps.get(at)?))
    }
}

/// The value kept under a name; a new one is made when there is none.
pub(crate) fn entry<'a, T: Default>(list: &'a mut Vec<(String, T)>, name: &str) -> &'a mut T {
    let at = list.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
        list.push((name.to_owned(), T::default()));
        list.len() - 1
    });
    &mut list[at].1
}

impl Session {
    /// Drops what does not fit the definition; says what, when the talk itself was dropped.
    pub(crate) fn fit(&mut self, definition: &Definition) -> Option<String> {
        self.variables.retain(|(name, _)| definition.variables.iter().any(|v| v.name == *name));
        self.wordings.retain(|(key, _)| exists(definition, key));
        let talk = self.talk.take()?;
        if talk.place(definition).is_some() && (talk.action != BUILT_IN_ACTIONS[2] || talk.reason.is_some()) {
            self.talk = Some(talk);
            return None;
        }
        Some(format!("the question `{}` of `{}` is no longer in this definition", talk.step, talk.action))
    }
}

fn exists(definition: &Definition, key: &str) -> bool {
    let Some((action, step)) = key.split_once('/') else { return false };
    definition.actions.iter().any(|a| a.id == action && a.steps.iter().any(|s| s.id == step))
}
