//! What fails around a real bridge, and what must not be lost, told or served then. The numbers these failures show under load
//! are `cargo xtask bench failures`.

#![expect(clippy::unwrap_used, reason = "every function of this crate is part of a test")]

#[path = "failures/calendar.rs"]
mod calendar;
#[path = "failures/corruption.rs"]
mod corruption;
#[path = "failures/forgery.rs"]
mod forgery;
#[path = "failures/hostile.rs"]
mod hostile;
#[path = "failures/outages.rs"]
mod outages;
#[path = "failures/strangers.rs"]
mod strangers;
