//! What became of each value of a source.

use indexmap::IndexMap;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::HashSet;

/// The values of one source that were read or set aside. A value is known by its address: the source is borrowed for as
/// long as the ledger is of use, so that no value moves.
#[derive(Debug, Default)]
pub struct Ledger {
    taken: RefCell<HashSet<*const Json>>,
    /// What was left to our own defaults: what it is, and where it stands.
    usual: RefCell<Vec<(String, String)>>,
}

impl Ledger {
    /// Notes that a value was dealt with.
    pub fn mark(&self, value: &Json) {
        self.taken.borrow_mut().insert(value);
    }

    /// Notes that a value and everything in it was dealt with.
    pub fn mark_all(&self, value: &Json) {
        self.mark(value);
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.mark_all(item)),
            Json::Object(members) => members.values().for_each(|member| self.mark_all(member)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    /// Notes that a value is as it is by default, so that our own default takes its place. What nobody has read of an
    /// object or a list stays unread.
    pub fn leave_to_default(&self, value: &Json, what: String, pointer: &str) {
        self.mark(value);
        let mut usual = self.usual.borrow_mut();
        if !usual.iter().any(|(_, known)| known == pointer) {
            usual.push((what, pointer.to_owned()));
        }
    }

    /// What was left to our own defaults, the same things together: what they are, and their places.
    pub fn left_to_defaults(&self) -> IndexMap<String, Vec<String>> {
        let mut all: IndexMap<String, Vec<String>> = IndexMap::new();
        for (what, pointer) in self.usual.borrow().iter() {
            all.entry(what.clone()).or_default().push(pointer.clone());
        }
        all
    }

    /// How much of a value was left.
    pub fn left_of(&self, value: &Json) -> Left {
        let parts: Vec<Left> = match value {
            Json::Null => return Left::Nothing,
            Json::Bool(_) | Json::Number(_) | Json::String(_) => {
                return if self.taken.borrow().contains(&std::ptr::from_ref(value)) {
                    Left::Taken
                } else {
                    Left::Whole
                };
            }
            Json::Array(items) => items.iter().map(|item| self.left_of(item)).collect(),
            Json::Object(members) => members.values().map(|member| self.left_of(member)).collect(),
        };
        let any = |left: Left| parts.contains(&left);
        match (any(Left::Taken), any(Left::Whole), any(Left::Part)) {
            (_, _, true) | (true, true, false) => Left::Part,
            (true, false, false) => Left::Taken,
            (false, true, false) => Left::Whole,
            (false, false, false) => Left::Nothing,
        }
    }
}

/// How much of a value was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It says nothing: `null`, or a list or an object of nothing but such.
    Nothing,
    /// All of it was dealt with.
    Taken,
    /// Some of it.
    Part,
    /// None of it was.
    Whole,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_says_nothing_is_not_missed() {
        let ledger = Ledger::default();
        let nothing = json!({ "a": [], "b": { "c": null } });
        assert_eq!(ledger.left_of(&nothing), Left::Nothing);
    }

    #[test]
    fn a_value_is_left_whole_in_part_or_not_at_all() {
        let ledger = Ledger::default();
        let source = json!({ "a": 1, "b": [true, "x"], "c": null });
        assert_eq!(ledger.left_of(&source), Left::Whole);
        ledger.mark(&source["a"]);
        assert_eq!(ledger.left_of(&source), Left::Part);
        assert_eq!(ledger.left_of(&source["b"]), Left::Whole);
        ledger.mark_all(&source["b"]);
        assert_eq!(ledger.left_of(&source), Left::Taken);
    }
}
