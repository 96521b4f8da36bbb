//! Objects: keys that are unknown, missing, or there twice.

use super::branch::Branches;
use super::words::{self, brief, first_uses, names};
use super::{Walk, stand_in};
use crate::findings::segment;
use crate::tree::{Entry, Is, Node, Notation};
use serde_json::{Map, Value};
use std::collections::HashSet;

impl Walk<'_> {
    pub(super) fn object(
        &self,
        node: &Node,
        entries: &[Entry],
        schema: &Value,
        all: &Branches<'_>,
        path: &str,
    ) -> Value {
        if schema.get("type").is_none() {
            self.free(node, path);
            return node.to_json();
        }
        let doubled = self.duplicates(entries, path);
        let keys: HashSet<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let mut map = Map::new();
        for (entry, doubled) in entries.iter().zip(doubled) {
            let meant = if doubled { None } else { self.known_name(entry, &keys, schema, all, path) };
            let Some(name) = meant else {
                self.lose(&format!("{path}/{}", segment(&entry.key)), Some(&entry.value), false);
                continue;
            };
            let path = format!("{path}/{}", segment(&entry.key));
            self.key(entry, schema, &path);
            let before = self.lost.borrow().len();
            let value = self.value(&entry.value, property(schema, name).unwrap_or(&Value::Null), &path);
            let is_lost = self.lost.borrow()[before..].iter().any(|lost| lost.path == path);
            if !is_lost || is_kept_when_lost(self.schema, schema, name) {
                map.entry(name).or_insert(value);
            }
        }
        if let Some(max) = super::bound(schema, "maxProperties").filter(|max| map.len() > *max) {
            let problem = format!("{} names stand here", map.len());
            self.findings.error_at(node.place, "too-many", path, problem, format!("{max} are allowed"));
        }
        for name in required(schema) {
            if !map.contains_key(name) {
                self.missing(node, name, schema, path);
                map.insert(
                    name.to_owned(),
                    stand_in(self.schema, property(schema, name).unwrap_or(&Value::Null)),
                );
            }
        }
        Value::Object(map)
    }

    /// JSON that can be anything: only its keys may not repeat.
    pub(super) fn free(&self, node: &Node, path: &str) {
        match &node.is {
            Is::Object(entries) => {
                self.duplicates(entries, path);
                for entry in entries {
                    self.free(&entry.value, &format!("{path}/{}", segment(&entry.key)));
                }
            }
            Is::List(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| self.free(item, &format!("{path}/{index}")));
            }
            Is::Null | Is::Flag(_) | Is::Number(..) | Is::Text(_) => {}
        }
    }

    /// Notes keys that stand there again, and says of each entry whether it is one of them.
    fn duplicates(&self, entries: &[Entry], path: &str) -> Vec<bool> {
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let is_again = |(index, first): (usize, usize)| {
            if index == first {
                return false;
            }
            let entry = &entries[index];
            let problem = format!("the key `{}` stands here for the second time", brief(&entry.key));
            let remedy = format!("keep this one or the one in line {}", entries[first].place.line);
            let path = format!("{path}/{}", segment(&entry.key));
            self.findings.error_at(entry.place, "duplicate-key", &path, problem, remedy);
            true
        };
        first_uses(&keys).into_iter().enumerate().map(is_again).collect()
    }

    /// The name a key stands for: its own, or the one it was probably meant to be.
    fn known_name<'s>(
        &self,
        entry: &'s Entry,
        keys: &HashSet<&str>,
        schema: &'s Value,
        all: &Branches<'_>,
        path: &str,
    ) -> Option<&'s str> {
        if property(schema, &entry.key).is_some() {
            return Some(&entry.key);
        }
        if self.findings.is_full() {
            return None;
        }
        let known = known(schema);
        let free: Vec<&str> = known.iter().copied().filter(|name| !keys.contains(name)).collect();
        let meant = words::meant(&entry.key, &free);
        let elsewhere = all.objects().any(|other| property(other, &entry.key).is_some());
        let key = brief(&entry.key);
        let problem = match elsewhere && meant.is_none() {
            true => format!("`{key}` does not go together with the other keys here"),
            false => format!("`{key}` is not known here"),
        };
        let remedy = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if let Some(taken) = words::meant(&entry.key, &known) => {
                format!("remove it, or put what it holds under `{taken}`, which stands here too")
            }
            None if entry.key == "<<" => "write the keys out: `<<` is not part of YAML 1.2".to_owned(),
            None if elsewhere => {
                format!("remove it, or give it an object of its own; {} can stand here", names(&known))
            }
            None => format!("remove it; known here: {}", names(&known)),
        };
        let path = format!("{path}/{}", segment(&entry.key));
        self.findings.error_at(entry.place, "unknown-key", &path, problem, remedy);
        meant
    }

    fn key(&self, entry: &Entry, schema: &Value, path: &str) {
        let Some(pattern) = schema.pointer("/propertyNames/pattern").and_then(Value::as_str) else { return };
        if !self.matches(pattern, &entry.key) {
            let problem = format!("`{}` cannot be a name here", brief(&entry.key));
            self.findings.error_at(entry.place, "malformed", path, problem, super::in_words(pattern));
        }
    }

    fn missing(&self, node: &Node, name: &str, schema: &Value, path: &str) {
        let property = property(schema, name).unwrap_or(&Value::Null);
        let example =
            property.pointer("/examples/0").cloned().unwrap_or_else(|| example(self.schema, property));
        let remedy = match self.notation {
            Notation::Json => format!("add it: `\"{name}\": {example}`"),
            Notation::Yaml => format!(
                "add it: `{name}: {}`",
                example.as_str().map_or_else(|| example.to_string(), str::to_owned)
            ),
        };
        self.findings.error_at(node.place, "missing-key", path, format!("`{name}` is missing"), remedy);
        self.lose(&format!("{path}/{name}"), None, Branches::of(self.schema, property).are_words());
    }
}

/// Whether something stands in for a value that cannot be read: where there must be one, where its name is declared by
/// being there, and where an object by being there says what its owner is, as `ask` does. Otherwise it is left out.
fn is_kept_when_lost(root: &Value, schema: &Value, name: &str) -> bool {
    let is_declared = schema.get("properties").is_none_or(|all| all.get(name).is_none());
    let branches = property(schema, name).map(|property| Branches::of(root, property));
    let is_telling = branches.and_then(|all| all.only()).is_some_and(|only| required(only).next().is_some());
    is_declared || is_telling || required(schema).any(|needed| needed == name)
}

/// The schema of a key's value.
pub fn property<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
    let own = schema.get("properties").and_then(|all| all.get(name));
    own.or_else(|| schema.get("additionalProperties").filter(|any| any.is_object()))
}

/// Keys that must be there.
pub fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Keys with a meaning.
pub fn known(schema: &Value) -> Vec<&str> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// What could be written, where the schema gives no example.
fn example(root: &Value, property: &Value) -> Value {
    let branches = Branches::of(root, property);
    let made = stand_in(root, property);
    match (&made, branches.first()) {
        (Value::String(text), _) if text.is_empty() => "…".into(),
        (Value::Array(_), _) => Value::Array(vec!["…".into()]),
        (Value::Object(map), Some(_)) if map.is_empty() => {
            Value::Object(Map::from_iter([("…".to_owned(), "…".into())]))
        }
        (_, _) => made,
    }
}
