//! What happened to a conversation: saved, numbered, told. Names are past tense.
//!
//! An [`Event`] is what the staff sees and the bridge keeps. What the visitor is told of it is [`Told`], a type of its own:
//! a note for colleagues cannot reach a visitor by mistake, because there is no place for it.

mod actor;
mod closing;
mod happening;
mod ownership;
mod routed;
mod told;

#[cfg(test)]
mod tests;

pub use actor::{Actor, Author, BrowserAuthor, Cause, TimerKind};
pub use closing::{Closing, ClosingSource, OpeningSource, SpamSign, SpamWhy, WakeWhy, WrapUpEnd};
pub use happening::{Choice, Happening, Promise};
pub use ownership::{
    AssignedHow, OfferEnd, Outlet, OverflowWhy, QueuedWhy, ReturnWhy, Target, UnassignedWhy,
};
pub use routed::{PassedOver, PlanPlace, Routed, SkipReason};
pub use told::{Speaker, Told, VisitorEvent};

use crate::{ConversationId, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

/// One thing that happened. `number` grows by one in its conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// To which conversation.
    pub conversation: ConversationId,
    /// Its place there, from 1.
    pub number: u64,
    /// When, by the bridge's clock.
    pub at: Timestamp,
    /// The request it answers, when a client asked for it.
    pub request: Option<RequestId>,
    /// Who did it.
    pub by: Actor,
    /// What led to it.
    pub cause: Cause,
    /// What.
    pub happening: Happening,
}
