//! What each step does: a file for those that wait, and two for the rest.

mod act;
mod ask;
mod assign;
mod lead;
mod request;
