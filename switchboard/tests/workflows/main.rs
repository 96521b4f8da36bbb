//! Workflows at work, told as small scenes through the whole board: commands, routing, time, restarts.

#![expect(clippy::wildcard_enum_match_arm, reason = "a scene looks for one thing among many")]

mod any;
mod calls;
mod closing;
mod desk;
mod effects;
mod facts;
mod flow;
mod inbound;
mod loops;
mod reassign;
mod shop;
mod spam;
mod staff;
mod turns;
mod versions;
mod wishes;
