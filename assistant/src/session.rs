//! Where one visitor's talk with the assistant stands. It survives a reload as JSON.

mod fit;
mod look;
mod talk;

pub(crate) use look::is_protected;
pub(crate) use talk::{Again, Begun, Message, Past, Talk, Waits, place_of};

use crate::Value;
use crate::limits::{HISTORY_CHARS_MAX, HISTORY_MESSAGE_CHARS_MAX, HISTORY_MESSAGES_MAX};
use crate::map::Map;
use serde::{Deserialize, Serialize};

/// Where the talk stands: variables, the actions under way, what waits for an answer, counters. What no longer fits the
/// definition it is used with is dropped, so a session may outlive the definition it began with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Variables that were set. The others hold their initial values.
    pub(crate) variables: Map<Value>,
    /// The actions under way: whoever runs or is interrupted stands before what it runs or is interrupted by. Between
    /// two turns the last one waits for something.
    pub(crate) talks: Vec<Talk>,
    /// A question of the engine's own that has to be answered before the last talk's.
    pub(crate) question: Option<Question>,
    /// Utterances in a row that matched nothing.
    pub(crate) misses: u32,
    /// Which wording was used last, by `action/step/output`.
    pub(crate) wordings: Map<u32>,
    /// Visits of the steps that limit them, by `action/step`.
    pub(crate) visits: Map<u32>,
    /// The last messages, the oldest first.
    pub(crate) history: Vec<Utterance>,
}

/// A question of the engine's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Question {
    /// Which of several actions is meant.
    Clarify(Clarifying),
    /// Whether the last talk, which was interrupted, goes on.
    Return {
        /// Answers so far that were neither yes nor no.
        failures: u32,
    },
}

/// Which of several actions is meant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Clarifying {
    /// Their ids, as offered.
    pub actions: Vec<String>,
    /// Whether a person was among the choices.
    pub support: bool,
    /// What the visitor had said.
    pub said: String,
}

/// One message of the talk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Utterance {
    /// Whether it is the visitor's.
    pub visitor: bool,
    /// Its text, cut.
    pub text: String,
    /// Whether it began an action that no other had run.
    pub began: bool,
}

impl Session {
    /// Keeps a message, cut; the oldest ones make room.
    pub(crate) fn remember(&mut self, mut utterance: Utterance) {
        utterance.text = utterance.text.chars().take(HISTORY_MESSAGE_CHARS_MAX).collect();
        self.history.push(utterance);
        let too_many = self.history.len().saturating_sub(HISTORY_MESSAGES_MAX);
        self.history.drain(..too_many);
        let mut chars: usize = self.history.iter().map(|kept| kept.text.chars().count()).sum();
        while chars > HISTORY_CHARS_MAX {
            chars -= self.history.remove(0).text.chars().count();
        }
    }
}
