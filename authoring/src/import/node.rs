//! A value of a source, and where it stands. Reading a value notes in the ledger that it was read.

use super::ledger::{Ledger, Left};
use crate::findings::segment;
use serde_json::Value as Json;

/// A value of a source.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    json: &'a Json,
    pointer: String,
    ledger: &'a Ledger,
}

impl<'a> Node<'a> {
    /// The source itself.
    pub fn root(json: &'a Json, ledger: &'a Ledger) -> Self {
        Self { json, pointer: String::new(), ledger }
    }

    /// Where it stands, as a JSON pointer.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The value, without having read it.
    pub fn peek(&self) -> &'a Json {
        self.json
    }

    /// How many lists and objects are inside each other in it.
    pub fn depth(&self) -> usize {
        depth(self.json)
    }

    /// The text that stands under a key, without having read it.
    pub fn peek_text(&self, key: &str) -> Option<&'a str> {
        self.json.get(key)?.as_str()
    }

    /// What stands under a key; nothing when that is `null`.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let json = self.json.get(key).filter(|json| !json.is_null())?;
        Some(self.below(&segment(key), json))
    }

    /// The elements of a list; none of what is no list.
    pub fn items(&self) -> Vec<Node<'a>> {
        let items = self.json.as_array().into_iter().flatten().enumerate();
        items.map(|(place, json)| self.below(&place.to_string(), json)).collect()
    }

    /// The elements of the list under a key.
    pub fn items_of(&self, key: &str) -> Vec<Node<'a>> {
        self.get(key).map(|node| node.items()).unwrap_or_default()
    }

    /// The members of an object that are not `null`; none of what is no object.
    pub fn members(&self) -> Vec<(&'a str, Node<'a>)> {
        let members = self.json.as_object().into_iter().flatten().filter(|(_, json)| !json.is_null());
        members.map(|(key, json)| (key.as_str(), self.below(&segment(key), json))).collect()
    }

    /// Reads a text.
    pub fn text(&self) -> Option<&'a str> {
        self.read(self.json.as_str())
    }

    /// Reads the text under a key.
    pub fn text_of(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.text()
    }

    /// Reads a yes or no.
    pub fn truth(&self) -> Option<bool> {
        self.read(self.json.as_bool())
    }

    /// Reads the yes or no under a key.
    pub fn truth_of(&self, key: &str) -> Option<bool> {
        self.get(key)?.truth()
    }

    /// Reads a number.
    pub fn number(&self) -> Option<f64> {
        self.read(self.json.as_f64())
    }

    /// Reads a whole number that is not negative. Larger ones than there are stop at the last.
    pub fn whole(&self) -> Option<u32> {
        let number = self.json.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float stops at the ends, which is what is promised"
        )]
        self.read(number.map(|number| number as u32))
    }

    /// Reads the whole number under a key.
    pub fn whole_of(&self, key: &str) -> Option<u32> {
        self.get(key)?.whole()
    }

    /// Reads a text if it is this one.
    pub fn is(&self, text: &str) -> bool {
        self.read((self.json.as_str() == Some(text)).then_some(())).is_some()
    }

    /// Leaves a yes or no under a key to our own default if it is this one.
    pub fn has_usual(&self, key: &str, truth: bool) -> bool {
        let usual = self.get(key).filter(|node| node.json.as_bool() == Some(truth));
        let around = self.pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        let what = format!("`{key}` of `{around}` that is `{truth}`");
        usual.as_ref().map(|node| node.leave_to_default(what)).is_some()
    }

    /// Leaves it to our own default, which says or does the same.
    pub fn leave_to_default(&self, what: impl Into<String>) {
        self.ledger.leave_to_default(self.json, what.into(), &self.pointer);
    }

    /// Takes everything in it.
    pub fn take(&self) -> &'a Json {
        self.ledger.mark_all(self.json);
        self.json
    }

    /// The largest values in it of which nothing was read.
    pub fn unread(&self) -> Vec<Node<'a>> {
        match self.ledger.left_of(self.json) {
            Left::Nothing | Left::Taken => Vec::new(),
            Left::Whole => vec![self.clone()],
            Left::Part => {
                let parts = self.items().into_iter().chain(self.members().into_iter().map(|(_, node)| node));
                parts.flat_map(|part| part.unread()).collect()
            }
        }
    }

    /// Each element and member in it that is no list and no object, however deep.
    pub fn leaves(&self) -> Vec<Node<'a>> {
        match self.json {
            Json::Null => Vec::new(),
            Json::Bool(_) | Json::Number(_) | Json::String(_) => vec![self.clone()],
            Json::Array(_) => self.items().iter().flat_map(Self::leaves).collect(),
            Json::Object(_) => self.members().iter().flat_map(|(_, node)| node.leaves()).collect(),
        }
    }

    fn below(&self, segment: &str, json: &'a Json) -> Node<'a> {
        Node { json, pointer: format!("{}/{segment}", self.pointer), ledger: self.ledger }
    }

    fn read<T>(&self, value: Option<T>) -> Option<T> {
        if value.is_some() {
            self.ledger.mark(self.json);
        }
        value
    }
}

/// How many lists and objects are inside each other.
pub fn depth(json: &Json) -> usize {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_was_read_as_what_it_is_counts_as_read() {
        let (source, ledger) = (json!({ "a": "x", "b": { "c": 1, "d": [true, null] } }), Ledger::default());
        let root = Node::root(&source, &ledger);
        assert_eq!(root.text_of("a"), Some("x"));
        assert_eq!(root.get("b").unwrap().text_of("c"), None);
        let unread: Vec<String> = root.unread().iter().map(|node| node.pointer().to_owned()).collect();
        assert_eq!(unread, ["/b"]);
    }

    #[test]
    fn the_rest_of_something_read_in_part_is_found() {
        let (source, ledger) = (json!({ "a/b": { "c": 1, "d": [true], "e": [] } }), Ledger::default());
        let root = Node::root(&source, &ledger);
        assert_eq!(root.get("a/b").unwrap().whole_of("c"), Some(1));
        let unread: Vec<String> = root.unread().iter().map(|node| node.pointer().to_owned()).collect();
        assert_eq!(unread, ["/a~1b/d"]);
    }
}
