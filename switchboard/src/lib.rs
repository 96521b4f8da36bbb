//! The live-agent rules of one workspace: who waits, who is asked, who answers.
//!
//! Pure: [`Switchboard::decide`] turns a [`Command`] into [`Event`](protocol::Event)s or a refusal and changes nothing;
//! [`Switchboard::apply`] changes the state and cannot fail; [`Switchboard::route`] says which waiting conversation goes
//! to whom now. Time and ids arrive as arguments. The caller saves events before it tells anybody of them.

mod command;
mod conversation;
mod decide;
mod directory;
mod presence;
mod queue;
mod routing;
mod switchboard;

pub use command::{Asker, Command};
pub use directory::{AgentProfile, Directory, QueueProfile, SiteProfile};
pub use switchboard::{Audience, Change, Decision, Switchboard};
