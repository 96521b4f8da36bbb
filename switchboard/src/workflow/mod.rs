//! Workflows: what happens to a conversation by itself, as authors wrote it.
//!
//! Pure: a [`Workflow`] is a checked and compiled definition; [`may_start`] says whether something that happened starts
//! it; [`advance`] takes a [`Run`] one [`Input`] further and says what the caller has to do ([`Effect`]). What the world
//! looks like is read through [`Facts`]; time and ids arrive as arguments. The caller keeps the run between two inputs.
//!
//! Everything ends: a run takes [`STEPS_MAX`] steps at most, a jump is taken [`JUMPS_MAX`] times at most, a chain of
//! workflows that start each other has [`CAUSES_MAX`] links at most. No definition, however wrong, breaks the engine.

pub mod answer;
pub mod condition;
pub mod definition;
pub mod facts;
pub mod memory;
mod run;
mod start;
pub mod text;
pub mod value;

#[cfg(test)]
mod tests;

pub use definition::{Workflow, WorkflowId};
pub use facts::Facts;
pub use run::{
    AssignWanted, BodyKind, Effect, End, HeaderWanted, HttpAnswer, HttpWanted, Input, JUMPS_MAX,
    LOG_LINES_MAX, Line, Log, Outcome, REQUEST_SECONDS_MAX, RETRIES_MAX, Run, STEPS_MAX, Stop, Ticket, What,
    Whom, advance,
};
pub use start::{CAUSES_MAX, Happened, NotStarted, Occasion, Start, may_start};
pub use value::{Date, Time, Value};
