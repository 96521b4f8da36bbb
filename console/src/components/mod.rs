//! Drawing only: each function or component turns state into elements and presses into messages.

pub mod actions;
pub mod banner;
pub mod call_form;
pub mod composer;
pub mod content;
pub mod conversation;
pub mod details;
pub mod empty;
pub mod form;
pub mod icon;
pub mod inspector;
pub mod lists;
pub mod shortcuts;
pub mod source_view;
pub mod text;
pub mod timeline;
pub mod top_bar;
pub mod transcript;
pub mod values;
pub mod workshop;
