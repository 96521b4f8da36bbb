//! That the walker, the schema and the types agree about any damage.

use super::{EVERYTHING, RECORDING};
use crate::findings::Findings;
use crate::schema::{RECORDING_SCHEMA, WORKFLOW_SCHEMA};
use crate::shape::fit;
use crate::tree::{Notation, read};
use crate::workflow::document::WorkflowDoc;
use crate::workflow::rehearse::Recording;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static WORKFLOWS: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&WORKFLOW_SCHEMA).unwrap());
static RECORDINGS: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&RECORDING_SCHEMA).unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn of_workflows(changes in proptest::collection::vec((0..600_usize, 0..14_usize), 1..4)) {
        let (json, fitted, found) = damaged(EVERYTHING, &WORKFLOW_SCHEMA, &changes);
        prop_assert_eq!(found.is_empty(), WORKFLOWS.is_valid(&json), "{:#?}", found);
        let document = serde_json::from_value::<WorkflowDoc>(fitted);
        prop_assert!(document.is_ok(), "{:?}", document);
    }

    #[test]
    fn of_recordings(changes in proptest::collection::vec((0..300_usize, 0..14_usize), 1..4)) {
        let (json, fitted, found) = damaged(RECORDING, &RECORDING_SCHEMA, &changes);
        prop_assert_eq!(found.is_empty(), RECORDINGS.is_valid(&json), "{:#?}", found);
        let document = serde_json::from_value::<Recording>(fitted);
        prop_assert!(document.is_ok(), "{:?}", document);
    }
}

/// A good file with some values replaced or gone, what was made of it, and what was said.
fn damaged(file: &str, schema: &Value, changes: &[(usize, usize)]) -> (Value, Value, Vec<String>) {
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(2.5),
        json!(5_000_000_000_u64),
        json!(""),
        json!("end"),
        json!("é b"),
        json!([]),
        json!([["x"]]),
        json!({}),
        json!({ "team": "sales" }),
        json!("x".repeat(3000)),
    ];
    let mut json = read(Notation::Yaml, file).unwrap().to_json();
    for (at, value) in changes {
        let mut pointers = Vec::new();
        pointers_of(&json, "", &mut pointers);
        let pointer = &pointers[at % pointers.len()];
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        match (json.pointer_mut(parent).unwrap(), values.get(*value)) {
            (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value.clone(),
            (Value::Array(items), None) => drop(items.remove(key.parse().unwrap())),
            (other, Some(value)) => other[key] = value.clone(),
            (other, None) => drop(other.as_object_mut().unwrap().shift_remove(&key)),
        }
    }
    let findings = Findings::default();
    let root = read(Notation::Json, &json.to_string()).unwrap();
    let fitted = fit(&root, schema, Notation::Json, &findings);
    let line = |f: crate::findings::Finding| format!("{} {} {}; {}", f.code, f.path, f.problem, f.remedy);
    (json, fitted.json, findings.into_vec().into_iter().map(line).collect())
}

fn pointers_of(json: &Value, path: &str, all: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match json {
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), item)).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (crate::findings::segment(k), v)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (key, child) in children {
        let path = format!("{path}/{key}");
        all.push(path.clone());
        pointers_of(child, &path, all);
    }
}
