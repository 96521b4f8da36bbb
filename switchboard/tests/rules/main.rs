//! The switchboard's rules, told as small scenes in one workspace.

mod choice;
mod life;
mod overflow;
mod plans;
mod rank;
mod states;
mod triggers;
mod world;
