//! The live-agent rules of one workspace: who waits, who is asked, who answers.
//!
//! Pure: [`Switchboard::decide`] turns a [`Command`] into [`Change`]s or a refusal and changes nothing;
//! [`Switchboard::apply`] makes a saved change true and cannot fail; [`Switchboard::route`] says which waiting
//! conversation is offered to whom now. Time and ids arrive as arguments. The caller saves before it tells anybody.

mod apply;
mod change;
mod command;
mod conversation;
mod decide;
mod directory;
pub mod hours;
pub mod matching;
mod presence;
mod queue;
mod ranked;
mod routing;
pub mod spam;
mod switchboard;
pub mod workflow;

pub use change::{Audience, Change, Decision};
pub use command::{Asker, Command};
pub use directory::{AgentProfile, Directory, QueueProfile, SiteProfile};
pub use ranked::RankedSet;
pub use routing::{EXCLUDED_SECONDS, OFFER_SECONDS};
pub use switchboard::Switchboard;
