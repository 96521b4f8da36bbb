//! Whether a file fits the format: the tree compared with the schema, so that every mistake is told at once, at its place
//! and in an author's words. What does not fit is replaced by something that does, and the checks can go on.

mod branch;
mod object;
mod words;

pub use words::{NAMES_MAX, brief, first_uses, names};

#[cfg(test)]
mod tests;

use crate::document::{LANGUAGE, NAME};
use crate::findings::Findings;
use crate::tree::{Is, Node, Notation, number_to_json};
use crate::workflow;
use branch::Branches;
use regex_lite::Regex;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;

/// A file that fits, or was made to.
pub struct Fitted {
    /// What it holds.
    pub json: Value,
    /// What could not be read.
    pub lost: Vec<Lost>,
}

/// Something that could not be read. What follows from its absence is not the author's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Where it stands, or would stand, as a JSON pointer.
    pub path: String,
    /// Whether only a word, a number or a yes or no can stand there, which uses no names.
    pub is_word: bool,
    /// Every key and every text in what stands there: the names it may have been meant to declare or to use.
    pub texts: Vec<String>,
}

/// Compares a file with the schema.
pub fn fit(root: &Node, schema: &Value, notation: Notation, findings: &Findings) -> Fitted {
    let walk = Walk { schema, notation, findings, lost: RefCell::default(), patterns: RefCell::default() };
    let json = walk.value(root, schema, "");
    Fitted { json, lost: walk.lost.into_inner() }
}

struct Walk<'a> {
    /// The whole schema, which references point into.
    schema: &'a Value,
    notation: Notation,
    findings: &'a Findings,
    lost: RefCell<Vec<Lost>>,
    /// The schema's patterns, compiled.
    patterns: RefCell<HashMap<String, Option<Regex>>>,
}

impl Walk<'_> {
    fn value(&self, node: &Node, schema: &Value, path: &str) -> Value {
        let branches = Branches::of(self.schema, schema);
        if let Some(branch) = branches.meant_by(node) {
            return self.branch(node, branch, &branches, path);
        }
        if !self.findings.is_full() {
            let wrong = branches.wrong(node);
            self.findings.error_at(node.place, wrong.code, path, wrong.problem, wrong.remedy);
        }
        self.lose(path, Some(node), branches.are_words());
        stand_in(self.schema, schema)
    }

    /// Remembers that something could not be read.
    fn lose(&self, path: &str, node: Option<&Node>, is_word: bool) {
        let mut texts = Vec::new();
        node.into_iter().for_each(|node| node.texts(&mut texts));
        self.lost.borrow_mut().push(Lost { path: path.to_owned(), is_word, texts });
    }

    fn branch(&self, node: &Node, schema: &Value, all: &Branches<'_>, path: &str) -> Value {
        match &node.is {
            Is::List(items) => self.list(node, items, schema, path),
            Is::Object(entries) => self.object(node, entries, schema, all, path),
            Is::Text(text) => {
                self.text(node, text, schema, path);
                Value::String(text.clone())
            }
            Is::Number(number, _) => number_to_json(self.number(node, *number, schema, path)),
            Is::Flag(flag) => Value::Bool(*flag),
            Is::Null => Value::Null,
        }
    }

    fn list(&self, node: &Node, items: &[Node], schema: &Value, path: &str) -> Value {
        let (min, max) = (bound(schema, "minItems"), bound(schema, "maxItems"));
        let count = items.len();
        if min.is_some_and(|min| count < min) {
            self.error(
                node,
                "too-few",
                path,
                format!("{} here", counted(count)),
                format!("write at least {}", min.unwrap_or(1)),
            );
        }
        if let Some(max) = max.filter(|max| count > *max) {
            self.error(
                node,
                "too-many",
                path,
                format!("{} here", counted(count)),
                format!("at most {max} are allowed"),
            );
        }
        match schema.get("items") {
            Some(schema) => items
                .iter()
                .take(max.unwrap_or(usize::MAX))
                .zip(0..)
                .map(|(item, index)| self.value(item, schema, &format!("{path}/{index}")))
                .collect(),
            None => {
                self.free(node, path);
                node.to_json()
            }
        }
    }

    fn text(&self, node: &Node, text: &str, schema: &Value, path: &str) {
        let chars = text.chars().count();
        if bound(schema, "minLength").is_some_and(|min| chars < min) {
            return self.error(node, "empty", path, "this text is empty", "write something");
        }
        if let Some(max) = bound(schema, "maxLength").filter(|max| chars > *max) {
            let problem = format!("this text has {chars} characters");
            self.error(node, "too-long", path, problem, format!("{max} are allowed"));
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && !self.matches(pattern, text)
        {
            let problem = format!("`{}` cannot stand here", brief(text));
            self.error(node, "malformed", path, problem, in_words(pattern));
        }
    }

    /// The number, or the nearest one that is allowed.
    fn number(&self, node: &Node, number: f64, schema: &Value, path: &str) -> f64 {
        let limit = |key| schema.get(key).and_then(Value::as_f64);
        let (min, max) = (limit("minimum"), limit("maximum"));
        let allowed = number.max(min.unwrap_or(number)).min(max.unwrap_or(number));
        if allowed == number {
            return number;
        }
        let remedy = match (min, max) {
            (Some(min), Some(max)) if min == max => format!("write {min}"),
            (Some(min), Some(max)) => format!("write a number from {min} to {max}"),
            (Some(_), None) | (None, Some(_)) | (None, None) => format!("write {allowed}"),
        };
        self.error(node, "out-of-range", path, format!("{number} is out of range"), remedy);
        allowed
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        let regex = patterns.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }

    fn error(
        &self,
        node: &Node,
        code: &'static str,
        path: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.error_at(node.place, code, path, problem, remedy);
    }
}

/// Something that fits, for what did not.
fn stand_in(root: &Value, schema: &Value) -> Value {
    let branches = Branches::of(root, schema);
    let Some(first) = branches.first() else { return Value::Null };
    if let Some(word) = branch::constants(first).first() {
        return Value::from(*word);
    }
    match first.get("type").and_then(Value::as_str) {
        Some("string") => "".into(),
        Some("number" | "integer") => first.get("minimum").cloned().unwrap_or_else(|| 0.into()),
        Some("boolean") => false.into(),
        Some("array") => Value::Array(Vec::new()),
        Some("object") => {
            let child = |name: &str| {
                (name.to_owned(), stand_in(root, object::property(first, name).unwrap_or(&Value::Null)))
            };
            Value::Object(object::required(first).map(child).collect())
        }
        Some(_) | None => Value::Null,
    }
}

fn bound(schema: &Value, key: &str) -> Option<usize> {
    schema.get(key)?.as_u64()?.try_into().ok()
}

fn counted(count: usize) -> String {
    match count {
        0 => "nothing stands in this list".to_owned(),
        1 => "one thing stands in this list".to_owned(),
        count => format!("{count} things stand in this list"),
    }
}

/// What a pattern of the schema means.
fn in_words(pattern: &str) -> String {
    match pattern {
        NAME => "use letters a–z, digits, `_` and `-` only".to_owned(),
        LANGUAGE => "write a language tag such as `en` or `fr-CA`".to_owned(),
        "^/" => "begin it with `/`".to_owned(),
        workflow::document::NAME => {
            "use letters a–z, digits and `_` only, and begin with no digit".to_owned()
        }
        workflow::document::DURATION => "write a length of time such as `15m`, `2h` or `1h30m`".to_owned(),
        _ if pattern.starts_with("^[a-z0-9]+(-") => {
            "use lower-case letters, digits and `-` between them, such as `front-desk`".to_owned()
        }
        other => format!("it has to match `{other}`"),
    }
}
