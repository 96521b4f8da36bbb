//! What travels between the widget, the console and the bridge.
//!
//! Everything here is a promised format: it is sent on sockets, stored in the events table, or read by other
//! people's programs. The rules of the wire:
//!
//! * A socket carries one JSON [frame](visitor) a text message. The first frame is always `hello` and names the
//!   protocol [`VERSION`]; the bridge answers with `welcome` or with a [`Refusal`].
//! * A client names everything it asks for with a [`RequestId`] (UUIDv7). The bridge answers each with `accepted` or
//!   `refused`; a repeat of a name is answered again and stored once.
//! * What happened to a conversation is an [`Event`], numbered from 1 without gaps *in the store*. A client that
//!   reconnects says the last number it has seen and is told what came after.
//! * Enums are tagged from the outside (`{"say":{…}}`) and no field is ever skipped, so that the same types can be
//!   carried by a binary codec.
//!
//! No I/O, no clock and no chance: ids and times arrive as arguments.

mod act;
mod agent;
mod content;
mod conversation;
mod event;
mod handoff;
mod id;
pub mod inspect;
pub mod limits;
pub mod link;
pub mod markup;
mod page;
pub mod players;
mod program;
mod refusal;
pub mod rich;
#[cfg(feature = "schema")]
mod schema;
pub mod setup;
mod site;
mod time;
mod visitor;

pub use act::Act;
pub use agent::{
    AgentBadge, AgentFrame, AgentStatus, BridgeToAgent, Colleague, Notice, NoticeAbout, QueueBadge,
    ReasonBadge, Summary, TeamBadge, Terms,
};
pub use content::{Content, Line, LineError};
pub use conversation::{ConversationState, StateNow};
pub use event::{
    Actor, AssignedHow, Author, BrowserAuthor, Cause, Choice, Closing, ClosingSource, Event, Happening,
    OfferEnd, OpeningSource, Outlet, OverflowWhy, PassedOver, PlanPlace, Promise, QueuedWhy, ReturnWhy,
    Routed, SkipReason, SpamSign, SpamWhy, Speaker, Target, TimerKind, Told, UnassignedWhy, VisitorEvent,
    WakeWhy, WrapUpEnd,
};
pub use handoff::{Collected, HandOff, HandOffReason};
pub use id::{
    AgentId, CalendarId, ConversationId, KeyId, QueueId, ReasonId, RequestId, RunId, SiteId, SkillId,
    SlugError, TeamId, VisitorId, WorkflowId, WorkspaceId,
};
pub use page::{PageSeen, check_page_event};
pub use program::{BridgeToProgram, ProgramFrame};
pub use refusal::{Refusal, RefusalCode};
pub use setup::AgentRole;
pub use site::{AssistantCard, SiteCard, SiteLook, SpokenLanguage};
pub use time::Timestamp;
pub use visitor::{BridgeToVisitor, VisitorFrame, VisitorSecret};

/// The version of the wire contract spoken by this build. `hello` names it; another number is refused with
/// [`RefusalCode::WrongVersion`], because guessing at a frame's meaning could lose a message.
pub const VERSION: u16 = 1;
