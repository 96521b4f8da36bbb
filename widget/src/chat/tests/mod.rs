//! The chat's rules, told as what a visitor and a bridge do.

mod connecting;
mod crossing;
mod keeping;
mod previewing;
mod rig;
mod talking;
