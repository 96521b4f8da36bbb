//! Notes taken while a source is read, and what is kept of it.

use super::node::{Node, depth};
use super::report::{Note, Sort};
use crate::document::KeptDoc;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::HashSet;

/// Documents nest only so deep; what is deeper is kept as the text of its JSON.
const KEPT_DEPTH_MAX: usize = 50;

/// Notes, in the order they were taken.
#[derive(Debug, Default)]
pub struct Notes {
    entries: RefCell<Vec<Entry>>,
    /// Places and what was said about them: a value may be come upon twice, and once is enough.
    said: RefCell<HashSet<(String, String)>>,
}

#[derive(Debug)]
struct Entry {
    note: Note,
    /// What goes into the document; gone once it is there.
    kept: Option<KeptDoc>,
}

impl Notes {
    /// Notes something that was done.
    pub fn note(&self, sort: Sort, node: &Node<'_>, what: impl Into<String>, why: impl Into<String>) {
        self.add(sort, node, what.into(), why.into(), None);
    }

    /// Keeps a value as it stood.
    pub fn keep(&self, sort: Sort, node: &Node<'_>, what: impl Into<String>, why: impl Into<String>) {
        let original = node.take();
        let original = if depth(original) > KEPT_DEPTH_MAX {
            Json::String(original.to_string())
        } else {
            original.clone()
        };
        self.add(sort, node, what.into(), why.into(), Some(original));
    }

    /// What is kept of a value and of everything in it, each once.
    pub fn take_kept(&self, node: &Node<'_>) -> Vec<KeptDoc> {
        let inside = |pointer: &str| {
            pointer.strip_prefix(node.pointer()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut entries = self.entries.borrow_mut();
        let inside = entries.iter_mut().filter(|entry| inside(&entry.note.pointer));
        inside.filter_map(|entry| entry.kept.take()).collect()
    }

    /// All of them.
    pub fn into_notes(self) -> Vec<Note> {
        self.entries.into_inner().into_iter().map(|entry| entry.note).collect()
    }

    fn add(&self, sort: Sort, node: &Node<'_>, what: String, why: String, original: Option<Json>) {
        let pointer = node.pointer().to_owned();
        if !self.said.borrow_mut().insert((pointer.clone(), what.clone())) {
            return;
        }
        let kept = original.map(|original| KeptDoc {
            what: format!("{what} (at {pointer})"),
            why: why.clone(),
            original,
        });
        let (action, step) = (None, None);
        self.entries.borrow_mut().push(Entry { note: Note { sort, pointer, action, step, what, why }, kept });
    }
}
