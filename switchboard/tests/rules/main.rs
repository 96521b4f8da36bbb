//! The switchboard's rules, told as small scenes in one workspace.

mod life;
mod world;
