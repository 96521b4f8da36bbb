//! Looking into a session from outside, and changing values by hand: for the inspector, for tests, for the page.

use super::{Begun, Question, Session, Talk, Utterance};
use crate::definition::{Action, Expr, Step, Then, Variable, built_in};
use crate::display::show;
use crate::json::to_json;
use crate::map::Map;
use crate::{Assistant, Value};
use protocol::inspect::VariableTrace;

impl Session {
    /// The value of a variable of the session; nothing when it has none.
    pub fn variable(&self, assistant: &Assistant, name: &str) -> Value {
        match self.variables.get(name) {
            Some(value) => value.clone(),
            None => assistant.variable(name).map_or(Value::Nothing, initial),
        }
    }

    /// The answer or result of this name of the action that runs; nothing when it has none.
    pub fn answer(&self, name: &str) -> Value {
        self.talk().and_then(|talk| talk.answer(name)).cloned().unwrap_or_default()
    }

    /// The value of a variable the engine sets that depends on the session alone; the others are in the surroundings.
    pub fn built_in(&self, assistant: &Assistant, name: &str) -> Option<Value> {
        Some(match name {
            built_in::FALLBACK_REASON => {
                let reason = self.talks.iter().rev().find_map(|talk| talk.reason);
                reason.map_or(Value::Nothing, |reason| Value::text(reason.code()))
            }
            built_in::NO_MATCHES_COUNT => Value::Number(f64::from(self.misses)),
            built_in::DIGRESSED_FROM => {
                let action = self.interrupted().and_then(|talk| assistant.action(&talk.action));
                action.map_or(Value::Nothing, |(_, action)| Value::text(&action.title))
            }
            built_in::SESSION_HISTORY => Value::List(self.history.iter().map(told).collect()),
            _ => return None,
        })
    }

    /// The talk that was interrupted: the outermost of those that run each other.
    fn interrupted(&self) -> Option<&Talk> {
        let last = match self.question {
            Some(Question::Return { .. }) => self.talks.len().checked_sub(1),
            Some(Question::Clarify(_)) | None => {
                let interrupts = self.talks.iter().rposition(|talk| talk.begun == Begun::Interrupting);
                interrupts.and_then(|at| at.checked_sub(1))
            }
        }?;
        let talks = self.talks.get(..=last)?;
        talks.iter().rfind(|talk| !matches!(talk.begun, Begun::Run { .. })).or(talks.first())
    }

    /// Sets a variable of the session by hand. An error says what would be right.
    pub fn set_variable(&mut self, assistant: &Assistant, name: &str, value: Value) -> Result<(), String> {
        if built_in::ALL.contains(&name) {
            return Err(format!("`{name}` is set by the engine: only the author's variables can be set"));
        }
        if assistant.variable(name).is_none() {
            let names: Vec<&str> =
                assistant.definition().variables.iter().map(|variable| variable.name.as_str()).collect();
            return Err(format!("there is no variable `{name}`, only {}", listed(&names)));
        }
        self.variables.insert(name.to_owned(), value);
        Ok(())
    }

    /// Sets an answer of the action that runs by hand. An error says what would be right.
    pub fn set_answer(&mut self, assistant: &Assistant, name: &str, value: Value) -> Result<(), String> {
        let Some(talk) = self.talks.last_mut() else {
            return Err("no action runs: an answer can be set while one waits".to_owned());
        };
        let Some((_, action)) = assistant.action(&talk.action) else {
            return Err(format!("`{}` is not in this definition: start an action anew", talk.action));
        };
        let names: Vec<&str> = action.steps.iter().flat_map(Step::learns).collect();
        if !names.contains(&name) {
            return Err(format!("`{}` has no answer `{name}`, only {}", talk.action, listed(&names)));
        }
        talk.keep(name, value);
        Ok(())
    }

    /// Every variable with its value, in the definition's order. One without a value has no words, and is `null`.
    pub fn variables(&self, assistant: &Assistant) -> Vec<VariableTrace> {
        let variables = assistant.definition().variables.iter().map(|variable| {
            let value = match self.variables.get(&variable.name) {
                Some(value) => value.clone(),
                None => initial(variable),
            };
            match value.is_defined() {
                true => traced(assistant, &variable.name, &value, variable.protected),
                false => unset(&variable.name),
            }
        });
        variables.collect()
    }

    /// Answers and results of the action that runs.
    pub fn answers(&self, assistant: &Assistant) -> Vec<VariableTrace> {
        let Some(talk) = self.talks.last() else { return Vec::new() };
        let action = assistant.action(&talk.action).map(|(_, action)| action);
        let answers = talk.answers.iter().map(|(name, value)| {
            let protected = action.is_some_and(|action| is_protected(assistant, action, name));
            traced(assistant, name, value, protected)
        });
        answers.collect()
    }

    /// The last talk.
    pub(crate) fn talk(&self) -> Option<&Talk> {
        self.talks.last()
    }
}

/// A message as `session_history` has it.
fn told(utterance: &Utterance) -> Value {
    let text = Value::text(&utterance.text);
    let mut map = Map::from([(if utterance.visitor { "u" } else { "a" }.to_owned(), text)]);
    if utterance.began {
        map.insert("n".to_owned(), Value::YesNo(true));
    }
    Value::Map(map)
}

/// Whether an answer or a result has something in it that nobody may read.
pub(crate) fn is_protected(assistant: &Assistant, action: &Action, name: &str) -> bool {
    is_protected_beyond(assistant, action, name, &mut Vec::new())
}

/// The same, apart from what was looked at already: actions that run each other can do so in a circle.
fn is_protected_beyond<'a>(
    assistant: &'a Assistant,
    action: &'a Action,
    name: &'a str,
    seen: &mut Vec<(&'a str, &'a str)>,
) -> bool {
    if seen.contains(&(&action.id, name)) {
        return false;
    }
    seen.push((&action.id, name));
    let learning = action.steps.iter().filter(|step| step.learns().any(|learned| learned == name));
    learning.into_iter().any(|step| {
        let asked = step.id == name && step.ask.as_ref().is_some_and(|ask| ask.protected);
        asked
            || ran(assistant, step, name).is_some_and(|other| {
                let mut learned = other.steps.iter().flat_map(Step::learns);
                learned.any(|name| is_protected_beyond(assistant, other, name, seen))
            })
    })
}

/// The action whose answers a step keeps under this name.
fn ran<'a>(assistant: &'a Assistant, step: &Step, name: &str) -> Option<&'a Action> {
    let Then::Run(run) = &step.then else { return None };
    let (_, action) = assistant.action(&run.action).filter(|_| run.result == name)?;
    Some(action)
}

/// What a variable holds until it is set. Initial values that have to be evaluated are set when the session begins.
fn initial(variable: &Variable) -> Value {
    match &variable.initial {
        Some(Expr::Value(value)) => value.clone(),
        Some(_) | None => Value::Nothing,
    }
}

fn traced(assistant: &Assistant, name: &str, value: &Value, protected: bool) -> VariableTrace {
    let definition = assistant.definition();
    let (value, json) = match protected {
        true => (definition.texts.masked.clone(), String::new()),
        false => (show(value, &definition.display, &definition.texts), to_json(value)),
    };
    VariableTrace { name: name.to_owned(), value, json }
}

fn unset(name: &str) -> VariableTrace {
    VariableTrace { name: name.to_owned(), value: String::new(), json: to_json(&Value::Nothing) }
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => "and there are none to set".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<String>>().join(", "),
    }
}
