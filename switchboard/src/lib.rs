//! The live-agent rules of one workspace: who waits, who is asked, who answers, and what happens by itself.
//!
//! Pure: [`Switchboard::decide`] turns a [`Command`] into [`Change`]s or a refusal and changes nothing;
//! [`Switchboard::apply`] makes a saved change true and cannot fail; [`Switchboard::route`] says what follows from what was
//! applied: who is offered what, and what goes on by itself. Time and ids arrive as arguments. The caller saves before it
//! tells anybody.

mod apply;
mod change;
mod command;
mod contact;
pub mod conversation;
mod decide;
mod directory;
mod filing;
pub mod hours;
mod ids;
pub mod matching;
pub mod plan;
mod presence;
mod queue;
mod ranked;
mod routing;
mod runs;
mod served;
pub mod spam;
mod switchboard;
mod tally;
mod views;
pub mod workflow;

pub use change::{Audience, Change, Decision, Effect, Published, RunMoved};
pub use command::{Asker, By, Command};
pub use contact::{Contact, Earlier};
pub use conversation::{Conversation, EXCLUDED_SECONDS, SAID_CHARS_MAX};
pub use directory::Directory;
pub use presence::{Reach, Standing};
pub use ranked::RankedSet;
pub use routing::HOPS_MAX;
pub use runs::{AFTER_CLOSE_SECONDS_MAX, BEGUN_MAX, BEGUN_WITHIN_SECONDS, Before, Bonds, Want, Wish};
pub use switchboard::{Recalled, Switchboard};
pub use tally::{AT_RISK_SECONDS, Board};
