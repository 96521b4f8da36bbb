//! Walking through JSON and noting what does not fit. Reading goes on after a mistake, with a stand-in value, so that
//! an author sees all of them at once.

use super::json::{Is, Json, Place, segment};
use crate::fold::alike;
use std::cell::RefCell;

/// Mistakes found so far.
#[derive(Debug, Default)]
pub struct Findings(RefCell<Vec<Finding>>);

/// A mistake.
#[derive(Debug)]
pub struct Finding {
    /// Where the value concerned stands; `None` is still to be found by the path.
    pub place: Option<Place>,
    /// The value concerned, as a JSON pointer.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Findings {
    /// Notes a mistake by its pointer alone.
    pub fn note(&self, path: impl Into<String>, problem: impl Into<String>, remedy: impl Into<String>) {
        self.add(None, path.into(), problem.into(), remedy.into());
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0.into_inner()
    }

    fn add(&self, place: Option<Place>, path: String, problem: String, remedy: String) {
        self.0.borrow_mut().push(Finding { place, path, problem, remedy });
    }
}

/// A value and the way to it.
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
    pub fn is(&self) -> &'a Is {
        &self.json.is
    }

    /// Whether it is a list of nothing.
    pub fn is_empty_list(&self) -> bool {
        matches!(self.is(), Is::List(items) if items.is_empty())
    }

    /// Notes a mistake here.
    pub fn mistake(&self, problem: impl Into<String>, remedy: impl Into<String>) {
        self.findings.add(Some(self.json.place), self.path.clone(), problem.into(), remedy.into());
    }

    /// An object with these keys and no others.
    pub fn object(&self, known: &[&str]) -> Option<Object<'a>> {
        let object = self.any_object(&format!("an object with {}", names(known)))?;
        for (key, node) in object.entries().filter(|(key, _)| !known.contains(key)) {
            let remedy = match known.iter().find(|known| alike(known, key)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("remove it; known here: {}", names(known)),
            };
            node.mistake(format!("`{}` is not known here", brief(key)), remedy);
        }
        Some(object)
    }

    /// An object whose keys the author chooses.
    pub fn any_object(&self, expected: &str) -> Option<Object<'a>> {
        let Is::Object(entries) = self.is() else { return self.wrong(expected) };
        let object = Object { entries, node: self.clone() };
        let keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        for (index, first) in
            first_uses(&keys).into_iter().enumerate().filter(|(index, first)| index != first)
        {
            let (key, json) = &entries[index];
            let earlier = entries[first].1.place.line;
            let problem = format!("the key `{}` stands here for the second time", brief(key));
            object.child(key, json).mistake(problem, format!("keep this one or the one in line {earlier}"));
        }
        Some(object)
    }

    /// The elements of a list; of anything else, none.
    pub fn list(&self, expected: &str) -> Vec<Node<'a>> {
        let Is::List(items) = self.is() else { return self.wrong(expected).unwrap_or_default() };
        let child = |(index, json)| Node { json, path: format!("{}/{index}", self.path), ..self.clone() };
        items.iter().enumerate().map(child).collect()
    }

    /// A text that says something, at most so many bytes of it.
    pub fn text(&self, bytes_max: usize) -> Option<&'a str> {
        let Is::Text(text) = self.is() else { return self.wrong("a text in quotes") };
        if text.trim().is_empty() {
            self.mistake("this text is empty", "write something, or leave it out");
            return None;
        }
        if text.len() > bytes_max {
            self.mistake(format!("this text has {} bytes", text.len()), format!("{bytes_max} are allowed"));
            return None;
        }
        Some(text)
    }

    /// A finite number.
    pub fn number(&self) -> Option<f64> {
        match self.is() {
            Is::Number(number) if number.is_finite() => Some(*number),
            Is::Number(_) | Is::Null | Is::Flag(_) | Is::Text(_) | Is::List(_) | Is::Object(_) => {
                self.wrong("a number")
            }
        }
    }

    /// A whole number between these.
    pub fn count(&self, min: u32, max: u32) -> Option<u32> {
        let found = match self.is() {
            Is::Number(number) => (min..=max).find(|count| f64::from(*count) == *number),
            Is::Null | Is::Flag(_) | Is::Text(_) | Is::List(_) | Is::Object(_) => None,
        };
        found.or_else(|| self.wrong(&format!("a whole number from {min} to {max}")))
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self.is() {
            Is::Flag(flag) => Some(*flag),
            Is::Null | Is::Number(_) | Is::Text(_) | Is::List(_) | Is::Object(_) => {
                self.wrong("true or false")
            }
        }
    }

    /// Notes that something else was expected.
    pub fn wrong<T>(&self, expected: &str) -> Option<T> {
        self.mistake(format!("{} stands here", describe(self.is())), format!("write {expected}"));
        None
    }
}

/// An object and the way to it.
pub struct Object<'a> {
    entries: &'a [(String, Json)],
    node: Node<'a>,
}

impl<'a> Object<'a> {
    /// The value of a key, when it is there.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, json)| self.child(key, json))
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
        self.entries.iter().map(|(key, json)| (key.as_str(), self.child(key, json)))
    }

    fn child(&self, key: &str, json: &'a Json) -> Node<'a> {
        Node { json, path: format!("{}/{}", self.node.path, segment(key)), findings: self.node.findings }
    }
}

/// For each name, where it stands for the first time.
pub fn first_uses(names: &[&str]) -> Vec<usize> {
    let mut sorted: Vec<(&str, usize)> = names.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut first = vec![0; names.len()];
    let mut run = ("", 0);
    for (name, index) in sorted {
        if name != run.0 || name.is_empty() {
            run = (name, index);
        }
        first[index] = run.1;
    }
    first
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

fn describe(is: &Is) -> String {
    match is {
        Is::Null => "`null`".to_owned(),
        Is::Flag(flag) => format!("`{flag}`"),
        Is::Number(number) => format!("the number {number}"),
        Is::Text(text) => format!("the text `{}`", brief(text)),
        Is::List(_) => "a list".to_owned(),
        Is::Object(_) => "an object".to_owned(),
    }
}
