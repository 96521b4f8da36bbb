//! What goes into a turn and what comes out of it.

use crate::value::Value;
use protocol::inspect::Trace;
use protocol::{Content, HandOff};
use serde::{Deserialize, Serialize};

/// What the assistant hears.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// The visitor opened the chat and has said nothing yet.
    Opened,
    /// The visitor said this. Choosing an option is saying its label.
    Said(String),
    /// The page around the chat starts this action (its id), as if its phrase had been said.
    Started(String),
    /// The visitor asks for a person with a button, not in words.
    PersonWanted,
    /// What became of [`Turn::call`].
    Called(Outcome),
}

/// What became of a call of an extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it was answered with a status from 200 to 299.
    pub success: bool,
    /// The HTTP status; 0 when there was no answer.
    pub status: u16,
    /// The answer, read as JSON; text when it is none.
    pub body: Value,
}

/// What the assistant does.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What it says, in order. Every content keeps to the limits of the wire.
    pub replies: Vec<Reply>,
    /// The person it asks for, if it does. The words about them being online or offline are not among the replies.
    pub hand_off: Option<HandOff>,
    /// The extension it needs called. Until [`Heard::Called`] the talk waits; something said meanwhile is heard after
    /// it, or gives the call up when [`crate::hear`] is given it first.
    pub call: Option<CallWanted>,
    /// Why, for the inspector and for tests.
    pub trace: Trace,
}

/// One thing the assistant does in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Says or shows this.
    Say(Content),
    /// Waits before what follows.
    Pause {
        /// How long.
        ms: u32,
        /// Whether it seems to write meanwhile.
        typing: bool,
    },
}

/// A call of an extension, with its values filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct CallWanted {
    /// Which extension.
    pub extension: String,
    /// Which of its operations.
    pub operation: String,
    /// Parameters by name. What had no value is left out.
    pub with: Vec<(String, Value)>,
}
