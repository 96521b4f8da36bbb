//! The switchboard's rules, told as small scenes in one workspace.

mod choice;
mod closing;
mod life;
mod offers;
mod overflow;
mod ownership;
mod plans;
mod rank;
mod snooze;
mod spam;
mod states;
mod sticky;
mod transfers;
mod triggers;
mod world;
