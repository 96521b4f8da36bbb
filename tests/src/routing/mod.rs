//! How quickly conversations are assigned, and deadlines kept: `cargo xtask bench routing`, and in small a test.
//!
//! The office is a real switchboard with a real setup. A run in which a conversation was owned twice, or an agent had
//! more than their room, fails, however quick it was.

pub mod durable;
mod held;
mod kept;
mod matcher;
mod office;
pub mod pure;
pub mod timers;

pub use office::Size;
