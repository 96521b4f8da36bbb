//! The agents' and authors' side.
pub mod inbox;
