//! Which of several shapes an author meant. A message is then about that one, and not about all the others too.

use super::object::{known, property, required};
use super::words::{brief, describe, joined, meant, names};
use crate::tree::{Is, Node};
use crate::workflow::document::DURATION;
use regex_lite::Regex;
use serde_json::Value;

/// Everything a schema allows, choices inside choices resolved.
pub struct Branches<'s>(Vec<&'s Value>);

/// Why a value is none of them.
pub struct Wrong {
    pub code: &'static str,
    pub problem: String,
    pub remedy: String,
}

impl<'s> Branches<'s> {
    /// What a part of a schema allows; `root` is the whole, which references point into.
    pub fn of(root: &'s Value, schema: &'s Value) -> Self {
        let mut branches = Vec::new();
        collect(root, schema, &mut branches);
        Self(branches)
    }

    pub fn first(&self) -> Option<&'s Value> {
        self.0.first().copied()
    }

    /// The branch there is, when there is one only.
    pub fn only(&self) -> Option<&'s Value> {
        if let [only] = self.0.as_slice() { Some(only) } else { None }
    }

    /// Whether only words, numbers, lengths of time, yes and no are allowed: nothing that names or declares anything.
    pub fn are_words(&self) -> bool {
        let is_word = |branch: &&Value| {
            let kind = branch.get("type").and_then(Value::as_str);
            !constants(branch).is_empty()
                || matches!(kind, Some("boolean" | "number" | "integer"))
                || pattern(branch) == Some(DURATION)
        };
        self.0.iter().all(is_word)
    }

    /// The branches that are objects with keys of their own.
    pub fn objects(&self) -> impl Iterator<Item = &'s Value> {
        self.0.iter().copied().filter(|branch| branch.get("type").is_some_and(|kind| kind == "object"))
    }

    /// The branch a value is meant to be.
    pub fn meant_by(&self, node: &Node) -> Option<&'s Value> {
        let fitting: Vec<&Value> = self.0.iter().copied().filter(|branch| fits(branch, node)).collect();
        let Is::Object(entries) = &node.is else { return fitting.first().copied() };
        if let [only] = fitting.as_slice() {
            return Some(only);
        }
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        if let Some(whole) = fitting.iter().find(|branch| is_whole(branch, &keys)) {
            return Some(whole);
        }
        let rated: Vec<_> = fitting.into_iter().map(|branch| (likeness(branch, &keys), branch)).collect();
        let (likest, best) = *rated.iter().rev().max_by_key(|(likeness, _)| likeness)?;
        // Of several that are alike, and of which each lacks something, none is meant.
        let lacks = |branch: &Value| required(branch).any(|name| !is_slip_of(name, &keys));
        let as_like = rated.iter().filter(|(likeness, branch)| *likeness == likest && lacks(branch)).count();
        (likest != (0, 0) && as_like < 2).then_some(best)
    }

    /// Why a value is none of the branches.
    pub fn wrong(&self, node: &Node) -> Wrong {
        match &node.is {
            Is::Object(entries) if self.0.iter().any(|branch| fits(branch, node)) => {
                let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
                self.unclear(&keys)
            }
            Is::Null | Is::Flag(_) | Is::Number(..) | Is::Text(_) | Is::List(_) | Is::Object(_) => {
                self.wrong_type(node)
            }
        }
    }

    fn wrong_type(&self, node: &Node) -> Wrong {
        if let Is::Text(text) = &node.is
            && let words @ [_, ..] = self.words().as_slice()
        {
            let remedy = match meant(text, words) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write {}", self.expected()),
            };
            return Wrong {
                code: "unknown-word",
                problem: format!("`{}` is not known here", brief(text)),
                remedy,
            };
        }
        let problem = match &node.is {
            Is::Number(number, written) if !number.is_finite() => {
                format!("`{}` is too large", brief(written))
            }
            Is::Null => "nothing stands here".to_owned(),
            Is::Flag(_) | Is::Number(..) | Is::Text(_) | Is::List(_) | Is::Object(_) => {
                format!("{} stands here", describe(&node.is))
            }
        };
        let remedy = self.hint(node).unwrap_or_else(|| format!("write {}", self.expected()));
        Wrong { code: "wrong-type", problem, remedy }
    }

    /// What a small change would make right.
    fn hint(&self, node: &Node) -> Option<String> {
        let takes = |kind: &str| self.0.iter().any(|b| b.get("type").is_some_and(|t| t == kind));
        match &node.is {
            Is::Number(_, written) if takes("string") => {
                self.unlike(written).or_else(|| Some(format!("put it in quotes: `\"{}\"`", brief(written))))
            }
            Is::Flag(flag) if takes("string") => Some(format!("put it in quotes: `\"{flag}\"`")),
            Is::Text(text) if takes("boolean") => match text.to_lowercase().as_str() {
                "yes" | "on" | "true" => Some("write `true`, without quotes".to_owned()),
                "no" | "off" | "false" => Some("write `false`, without quotes".to_owned()),
                _ => None,
            },
            Is::Text(text) if takes("number") || takes("integer") => {
                let number: f64 = text.trim().parse().ok()?;
                number.is_finite().then(|| format!("write `{}` without quotes", text.trim()))
            }
            Is::Text(_) | Is::Object(_) if takes("array") && !takes("object") => {
                Some("write a list, even of one: `[ … ]`".to_owned())
            }
            Is::Null | Is::Flag(_) | Is::Number(..) | Is::Text(_) | Is::List(_) | Is::Object(_) => None,
        }
    }

    /// What would be right where a text has to look otherwise, quotes or not.
    fn unlike(&self, written: &str) -> Option<String> {
        let pattern = self.0.iter().find_map(|branch| pattern(branch))?;
        let matches = Regex::new(pattern).is_ok_and(|regex| regex.is_match(written));
        (!matches).then(|| super::in_words(pattern))
    }

    fn unclear(&self, keys: &[&str]) -> Wrong {
        let problem = match keys {
            [] => "this object is empty".to_owned(),
            keys => format!("it is not clear what is meant by {}", names(keys)),
        };
        Wrong { code: "unclear", problem, remedy: format!("write {}", self.expected()) }
    }

    /// What could stand here, in words.
    fn expected(&self) -> String {
        let mut all: Vec<String> = Vec::new();
        let objects: Vec<&str> = self.objects().filter_map(|object| required(object).next()).collect();
        for branch in self.0.iter().filter(|b| constants(b).is_empty()) {
            let words = match branch.get("type").and_then(Value::as_str) {
                Some("string") => "a text",
                Some("number") => "a number",
                Some("integer") => "a whole number",
                Some("boolean") => "`true` or `false`",
                Some("array") => "a list",
                Some("object") if objects.is_empty() => "an object",
                Some(_) | None => continue,
            };
            all.push(words.to_owned());
        }
        let words = self.words();
        if !words.is_empty() {
            all.push(match words.as_slice() {
                [word] => format!("`{word}`"),
                words => format!("one of {}", names(words)),
            });
        }
        match objects.as_slice() {
            [] => {}
            [only] => all.push(format!("an object with `{only}`")),
            several => all.push(format!("an object with one of {}", names(several))),
        }
        joined(&all)
    }

    fn words(&self) -> Vec<&'s str> {
        self.0.iter().flat_map(|branch| constants(branch)).collect()
    }
}

/// The words a branch allows and no others; none when it is not a choice of words.
pub fn constants(branch: &Value) -> Vec<&str> {
    let choices = branch.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    choices.filter_map(|choice| choice.get("const")?.as_str()).collect()
}

/// What a text has to look like.
fn pattern(branch: &Value) -> Option<&str> {
    branch.get("pattern")?.as_str()
}

fn collect<'s>(root: &'s Value, schema: &'s Value, branches: &mut Vec<&'s Value>) {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let pointer = target.trim_start_matches('#');
        return collect(root, root.pointer(pointer).unwrap_or(&Value::Null), branches);
    }
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(all) => all.iter().for_each(|one| collect(root, one, branches)),
        None => branches.push(schema),
    }
}

fn fits(branch: &Value, node: &Node) -> bool {
    if matches!(node.is, Is::Number(number, _) if !number.is_finite()) {
        return false;
    }
    let words = constants(branch);
    if !words.is_empty() {
        return matches!(&node.is, Is::Text(text) if words.contains(&text.as_str()));
    }
    match (branch.get("type").and_then(Value::as_str), &node.is) {
        (None, _)
        | (Some("null"), Is::Null)
        | (Some("boolean"), Is::Flag(_))
        | (Some("string"), Is::Text(_))
        | (Some("number"), Is::Number(..))
        | (Some("array"), Is::List(_))
        | (Some("object"), Is::Object(_)) => true,
        (Some("integer"), Is::Number(number, _)) => number.fract() == 0.0,
        (Some(_), _) => false,
    }
}

/// Whether an object has what a branch needs, and nothing else.
fn is_whole(branch: &Value, keys: &[&str]) -> bool {
    required(branch).all(|name| keys.contains(&name))
        && keys.iter().all(|key| property(branch, key).is_some())
}

/// Whether a name is there, or something that was probably meant to be it.
fn is_slip_of(name: &str, keys: &[&str]) -> bool {
    keys.contains(&name) || keys.iter().any(|key| meant(key, &[name]).is_some())
}

/// How much an object looks like a branch: by the needed keys it has, then by the others. A slip counts half.
fn likeness(branch: &Value, keys: &[&str]) -> (usize, usize) {
    let points = |name: &str| match keys.contains(&name) {
        true => 2,
        false => usize::from(is_slip_of(name, keys)),
    };
    let known: Vec<&str> = known(branch);
    (required(branch).map(points).sum(), known.into_iter().map(points).sum())
}
