//! Conversations with the engine, on definitions built here: `build` makes them, `talk` runs them.

mod build;
mod talk;

mod answers;
mod built_in;
mod calls;
mod flow;
mod hand_overs;
mod limits;
mod mentions;
mod repeated;
mod robust;
mod says;
mod sessions;
mod sub_actions;
mod topics;
mod traces;
mod unclear;
