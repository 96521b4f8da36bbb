//! Workflows at work, told as small scenes through the whole board: commands, routing, time, restarts.

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
mod staff;
mod turns;
mod versions;
mod wishes;
