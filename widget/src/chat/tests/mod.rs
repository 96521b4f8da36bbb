//! The chat's rules, told as what a visitor and a bridge do.

mod calling;
mod connecting;
mod crossing;
mod keeping;
#[path = "../../../tests/browser/lamps.rs"]
mod lamps;
mod pausing;
mod previewing;
mod rig;
mod talking;
