//! One run of an action.

use crate::Value;
use crate::definition::{Action, Step};
use crate::map::Map;
use jiff::civil::DateTime;
use protocol::HandOffReason;
use serde::{Deserialize, Serialize};

/// One run of an action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Talk {
    /// The action's id.
    pub action: String,
    /// What it has to do with the talk before it.
    pub begun: Begun,
    /// The id of the step where it stands.
    pub step: String,
    /// What it waits for there.
    pub waits: Waits,
    /// Invalid answers to the waiting question so far.
    pub failures: u32,
    /// Answers and results, in the order they were given.
    pub answers: Vec<(String, Value)>,
    /// Labels under which answers were offered that look otherwise themselves.
    pub labels: Vec<(String, String)>,
    /// Answers passed to steps that have not been reached.
    pub passed: Vec<(String, Value)>,
    /// What the visitor said while it ran, the oldest first; answers to other steps may stand in it.
    pub messages: Vec<Message>,
    /// How many messages there were.
    pub heard: u32,
    /// How many of them each step has seen: it looks only at later ones.
    pub seen: Map<u32>,
    /// How often each step was visited.
    pub visits: Map<u32>,
    /// Steps that are being asked again.
    pub again: Option<Again>,
    /// Why the fallback runs, when it does.
    pub reason: Option<HandOffReason>,
    /// Whether it is a fallback in which nothing was said so far.
    pub silent: bool,
    /// Talks it took over from, which are over.
    pub past: Vec<Past>,
}

/// What a talk has to do with the one before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Begun {
    /// Nothing: it is the first one, or looks for trigger words.
    #[default]
    Alone,
    /// It interrupts it.
    Interrupting,
    /// A step of it runs this one.
    Run {
        /// Name under which the answers are kept there.
        result: String,
        /// Whether that one ends with this one.
        ends: bool,
    },
}

/// What a talk waits for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Waits {
    /// The answer to its step's question.
    #[default]
    Answer,
    /// Which of these two is meant by the answer.
    Reading(Value, Value),
    /// An extension's answer.
    Call,
    /// The end of the action its step runs.
    Run,
}

/// What the visitor said while an action ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Message {
    /// Its number in the talk, from 1.
    pub number: u32,
    /// The text.
    pub text: String,
    /// When, on the visitor's clock: `tomorrow` counts from there.
    #[serde(with = "crate::civil::date_time")]
    pub at: DateTime,
    /// Whether all of it answered a question for a free text.
    pub free: bool,
    /// What steps have taken from it.
    pub taken: Vec<(String, Value)>,
}

/// Steps that are being asked again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Again {
    /// Those still to come, in order.
    pub steps: Vec<String>,
    /// The step that wants them asked.
    pub from: String,
    /// The answers they had.
    pub before: Vec<(String, Value)>,
    /// Answers, results and variables that can be others afterwards.
    pub touched: Vec<String>,
    /// Whether the visitor was asked anything.
    pub asked: bool,
}

/// A talk that is over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Past {
    /// The action's id.
    pub action: String,
    /// Its answers and results.
    pub answers: Vec<(String, Value)>,
}

impl Talk {
    /// A run that has not begun.
    pub fn of(action: &Action, begun: Begun) -> Self {
        Self { action: action.id.clone(), begun, ..Self::default() }
    }

    /// The answer to a step, or a result, when there is one.
    pub fn answer(&self, name: &str) -> Option<&Value> {
        self.answers.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Keeps an answer or a result; a new one replaces an old one, nothing removes it.
    pub fn keep(&mut self, name: &str, value: Value) {
        self.answers.retain(|(known, _)| known != name);
        self.labels.retain(|(known, _)| known != name);
        if value.is_defined() {
            self.answers.push((name.to_owned(), value));
        }
    }

    /// Keeps the label under which the answer to a step was offered.
    pub fn keep_label(&mut self, name: &str, label: String) {
        self.labels.push((name.to_owned(), label));
    }

    /// The label under which the answer to a step was offered.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(known, _)| known == name).map(|(_, label)| label.as_str())
    }

    /// The place of the step where it stands.
    pub fn place(&self, action: &Action) -> Option<usize> {
        place_of(action, &self.step)
    }

    /// Whether a step has seen every message.
    pub fn see(&mut self, step: &str) {
        self.seen.insert(step.to_owned(), self.heard);
    }

    /// Answers and results as agents read them: those that were offered under a label by it.
    pub fn as_read(&self) -> Vec<(String, Value)> {
        let read = |(name, value): &(String, Value)| {
            (name.clone(), self.label(name).map_or_else(|| value.clone(), Value::text))
        };
        self.answers.iter().map(read).collect()
    }

    /// The talk as it is over, behind those it took over from. Agents alone look into it.
    pub fn into_past(mut self) -> Vec<Past> {
        let answers = self.as_read();
        self.past.push(Past { action: self.action, answers });
        self.past
    }
}

/// The place of a step in its action.
pub(crate) fn place_of(action: &Action, step: &str) -> Option<usize> {
    action.steps.iter().position(|known: &Step| known.id == step)
}
