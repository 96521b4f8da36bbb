//! The switchboard's rules, told as small scenes in one workspace.

mod conversations;
mod routing;
mod world;
