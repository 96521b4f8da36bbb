//! One turn of the conversation.

use crate::{Assistant, Session};
use protocol::inspect::Trace;
use protocol::{Content, HandOff};

/// What the assistant hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The visitor opened the chat and has said nothing yet.
    Opened,
    /// The visitor said this. Choosing an option is saying its label.
    Said(String),
}

/// What the assistant does about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What it says, in order.
    pub replies: Vec<Content>,
    /// The person it asks for, if it does.
    pub hand_off: Option<HandOff>,
    /// Why, for the inspector.
    pub trace: Trace,
}

/// Takes one turn. `chance` is any random number: it chooses among an author's random variations.
pub fn hear(_assistant: &Assistant, _session: &mut Session, _heard: Heard, _chance: u32) -> Turn {
    Turn { replies: Vec::new(), hand_off: None, trace: Trace::default() }
}
