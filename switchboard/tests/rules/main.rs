//! The switchboard's rules, told as small scenes in one workspace.

mod choice;
mod closing;
mod edges;
mod estimate;
mod explained;
mod life;
mod needs;
mod offers;
mod overflow;
mod ownership;
mod permissions;
mod plans;
mod presence;
mod quiet;
mod rank;
mod snooze;
mod spam;
mod states;
mod sticky;
mod timer_table;
mod timers;
mod transfers;
mod triggers;
mod wishes;
mod world;
