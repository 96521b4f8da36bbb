//! Walking through JSON and noting what does not fit. Reading goes on after a mistake, with a stand-in value, so that
//! an author sees all of them at once.

use super::place::segment;
use crate::fold::alike;
use serde_json::{Map, Value as Json};
use std::cell::RefCell;

/// Mistakes found so far, not yet placed.
#[derive(Debug, Default)]
pub struct Findings(RefCell<Vec<Finding>>);

/// A mistake by its JSON pointer.
#[derive(Debug)]
pub struct Finding {
    /// The value concerned.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Findings {
    /// Notes a mistake.
    pub fn note(&self, path: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) {
        let finding = Finding { path: path.into(), problem: problem.into(), remedy: remedy.into() };
        self.0.borrow_mut().push(finding);
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}

/// A value and where it stands.
#[derive(Clone)]
pub struct Node<'a> {
    json: &'a Json,
    path: String,
    findings: &'a Findings,
}

impl<'a> Node<'a> {
    /// The whole file.
    pub fn root(json: &'a Json, findings: &'a Findings) -> Self {
        Self { json, path: String::new(), findings }
    }

    /// Its JSON pointer.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value itself.
    pub fn json(&self) -> &'a Json {
        self.json
    }

    /// Notes a mistake here.
    pub fn mistake(&self, problem: impl Into<String>, remedy: impl Into<String>) {
        self.findings.note(self.path.as_str(), problem, remedy);
    }

    /// An object with these keys and no others.
    pub fn object(&self, known: &[&str]) -> Option<Object<'a>> {
        let object = self.any_object(&format!("an object with {}", names(known)))?;
        for key in object.map.keys().filter(|key| !known.contains(&key.as_str())) {
            let meant = known.iter().find(|k| alike(k, key));
            let remedy = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("remove it; known here: {}", names(known)),
            };
            object
                .child(key, &object.map[key])
                .mistake(format!("`{}` is not known here", brief(key)), remedy);
        }
        Some(object)
    }

    /// An object whose keys the author chooses.
    pub fn any_object(&self, expected: &str) -> Option<Object<'a>> {
        match self.json.as_object() {
            Some(map) => Some(Object { map, node: self.clone() }),
            None => self.wrong(expected),
        }
    }

    /// The elements of a list; of anything else, none.
    pub fn list(&self, expected: &str) -> Vec<Node<'a>> {
        match self.json.as_array() {
            Some(items) => {
                let child =
                    |(index, json)| Node { json, path: format!("{}/{index}", self.path), ..self.clone() };
                items.iter().enumerate().map(child).collect()
            }
            None => self.wrong(expected).unwrap_or_default(),
        }
    }

    /// A text that says something, at most so many bytes of it.
    pub fn text(&self, bytes_max: usize) -> Option<&'a str> {
        match self.json.as_str() {
            Some(text) if text.trim().is_empty() => {
                self.mistake("this text is empty", "write something, or leave it out");
                None
            }
            Some(text) if text.len() > bytes_max => {
                self.mistake(
                    format!("this text has {} bytes", text.len()),
                    format!("{bytes_max} are allowed"),
                );
                None
            }
            Some(text) => Some(text),
            None => self.wrong("a text in quotes"),
        }
    }

    /// A finite number.
    pub fn number(&self) -> Option<f64> {
        self.json.as_f64().filter(|n| n.is_finite()).or_else(|| self.wrong("a number"))
    }

    /// A whole number between these.
    pub fn count(&self, min: usize, max: usize) -> Option<usize> {
        let count = self.json.as_u64().and_then(|n| usize::try_from(n).ok());
        let count = count.filter(|n| (min..=max).contains(n));
        if count.is_none() {
            self.wrong::<()>(&format!("a whole number from {min} to {max}"));
        }
        count
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        self.json.as_bool().or_else(|| self.wrong("true or false"))
    }

    /// Notes that something else was expected.
    pub fn wrong<T>(&self, expected: &str) -> Option<T> {
        self.mistake(format!("{} stands here", describe(self.json)), format!("write {expected}"));
        None
    }
}

/// An object and where it stands.
pub struct Object<'a> {
    map: &'a Map<String, Json>,
    node: Node<'a>,
}

impl<'a> Object<'a> {
    /// The value of a key, when it is there.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.map.get(key).map(|json| self.child(key, json))
    }

    /// The value of a key that must be there; `like` shows how it could look.
    pub fn need(&self, key: &str, like: &str) -> Option<Node<'a>> {
        let found = self.get(key);
        if found.is_none() {
            self.node.mistake(format!("`{key}` is missing"), format!("add it: {like}"));
        }
        found
    }

    /// Keys and values.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        self.map.iter().map(|(key, json)| (key.as_str(), self.child(key, json)))
    }

    fn child(&self, key: &str, json: &'a Json) -> Node<'a> {
        Node { json, path: format!("{}/{}", self.node.path, segment(key)), findings: self.node.findings }
    }
}

/// Names in backquotes, for messages.
pub fn names<T: AsRef<str>>(all: &[T]) -> String {
    let quoted: Vec<String> = all.iter().map(|name| format!("`{}`", brief(name.as_ref()))).collect();
    quoted.join(", ")
}

/// The beginning of an author's text, for messages.
pub fn brief(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    match text.char_indices().nth(CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn describe(json: &Json) -> String {
    match json {
        Json::Null => "`null`".to_owned(),
        Json::Bool(flag) => format!("`{flag}`"),
        Json::Number(number) => format!("the number {number}"),
        Json::String(text) => format!("the text `{}`", brief(text)),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
