//! The switchboard's rules, told as small scenes in one workspace.

mod choice;
mod life;
mod offers;
mod overflow;
mod plans;
mod rank;
mod states;
mod sticky;
mod transfers;
mod triggers;
mod world;
