//! What the assistant says of its own decisions: travels from the widget in a preview frame to the inspector beside it.

use crate::HandOff;
use serde::{Deserialize, Serialize};

/// One turn of the assistant, explained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// What was heard; `None` when the visitor opened the chat.
    pub heard: Option<String>,
    /// Why the turn went the way it did, in one sentence.
    pub verdict: String,
    /// The actions that were considered, the surest first.
    pub candidates: Vec<Candidate>,
    /// Below this an action is not taken.
    pub threshold: f32,
    /// Title of the action that runs or has just ended.
    pub action: Option<String>,
    /// What was done, in order.
    pub steps: Vec<StepTrace>,
    /// Every variable that has a value after the turn.
    pub variables: Vec<VariableTrace>,
    /// Inputs in a row that matched nothing.
    pub no_matches_count: u32,
    /// What was handed over, when the turn reached "connect to agent".
    pub hand_off: Option<HandOff>,
}

/// One action that could have been meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id in the definition.
    pub action: String,
    /// Its title.
    pub title: String,
    /// How surely, from 0 to 1.
    pub confidence: f32,
}

/// One step that was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTrace {
    /// The action's title.
    pub action: String,
    /// The step's id.
    pub step: String,
    /// What came of it: "said", "asked", "skipped: condition is false", "answer refused: …".
    pub note: String,
}

/// One variable and its value, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableTrace {
    /// Its name.
    pub name: String,
    /// Its value, as the assistant would insert it in a text.
    pub value: String,
}

/// From the widget to the preview page around it. Only a widget started as a preview sends these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewReport {
    /// The widget runs and listens; `assistant` names what it runs.
    Ready {
        /// The assistant's name.
        assistant: String,
    },
    /// A turn was taken.
    Turn(Box<Trace>),
    /// The definition handed in with `load` was refused; the old one stays.
    Broken {
        /// Each mistake in one line: place, what is wrong, what would be right.
        mistakes: Vec<String>,
    },
}

/// From the preview page to the widget inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewOrder {
    /// Forget everything and greet again.
    Restart,
    /// Run this definition (JSON text) instead of the published one.
    Load {
        /// The file's text.
        definition: String,
    },
}
