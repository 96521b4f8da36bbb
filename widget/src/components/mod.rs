//! What the chat looks like. Components draw what `chat` holds and report what the visitor does; they decide nothing.

pub mod app;
mod composer;
mod content;
mod entry;
mod header;
mod icons;
mod log;
mod notice;
mod text;
