//! A request that was not carried out: nothing of it is stored.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Stable codes, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The text is not a frame of this protocol.
    UnknownFrame,
    /// `hello` named another protocol version.
    WrongVersion,
    /// A frame came before `hello`.
    HelloFirst,
    /// Larger than `limits` allows.
    TooLarge,
    /// Text that is not UTF-8, or a value out of its bounds.
    Malformed,
    /// No such site.
    UnknownSite,
    /// No such conversation, or not one the asker may see: the two are not told apart.
    UnknownConversation,
    /// The asker is not signed in.
    NotSignedIn,
    /// The asker is signed in and may not do this.
    NotAllowed,
    /// The assistant reported words while a person answers; they are dropped.
    AssistantSilent,
    /// Another agent was faster, or the offer is over.
    NoLongerAvailable,
    /// The conversation is closed.
    Closed,
    /// The agent must be online or busy to do this.
    NotOnline,
    /// What is asked for does not fit the conversation's state.
    WrongState,
    /// Passing on, closing or declining needs a reason from the configured list.
    ReasonRequired,
    /// Passing on or closing needs a note.
    NoteRequired,
    /// A name in the request is one nobody has configured: an agent, a team, a queue, a reason, a workflow.
    UnknownName,
    /// The conversation is already there.
    AlreadyThere,
    /// There is no room for it.
    NoRoom,
    /// Asked too often from there; nothing was stored, ask again later.
    TooOften,
    /// The bridge cannot store anything at the moment; nothing was stored, ask again later.
    TryAgain,
}

/// What the asker is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// For programs.
    pub code: RefusalCode,
    /// For people: what is wrong, where, and what would be right.
    pub message: String,
}

impl Refusal {
    /// A refusal with its explanation.
    pub fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Whether asking again later, unchanged, can succeed.
    pub fn is_temporary(&self) -> bool {
        matches!(self.code, RefusalCode::TryAgain | RefusalCode::TooOften)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
