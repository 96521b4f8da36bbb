//! Documents and what becomes of them.

use super::*;
use crate::findings::Finding;
use assistant::Value;
use assistant::definition::*;
use serde_json::{Value as Json, json};

/// Compiles what must have no mistakes.
fn sound(document: &Json) -> Definition {
    let (definitions, found) = compiled(document);
    assert_eq!(found, Vec::new());
    definitions.into_iter().next().unwrap().1
}

fn compiled(document: &Json) -> (Vec<(String, Definition)>, Vec<Finding>) {
    let document: Document = serde_json::from_value(document.clone()).unwrap();
    let findings = Findings::default();
    let definitions = compile(&document, &findings);
    (definitions, findings.into_vec())
}

/// A document of one action with these steps, and a few things to name.
fn with_steps(steps: Json) -> Json {
    json!({
        "format": 1,
        "name": "Test",
        "language": "en",
        "variables": { "price": {}, "count": { "initial": 3 } },
        "actions": [
            { "id": "main", "title": "Main", "phrases": ["main"], "steps": steps },
            { "id": "other", "title": "Other", "steps": [
                { "id": "size", "say": "Size?", "ask": { "kind": "options", "options": [
                    { "label": "Small one", "value": "S" }, "Large"
                ] } },
                { "id": "day", "say": "When?", "ask": { "kind": "date" } }
            ] }
        ]
    })
}

/// The only step of a sound action.
fn step(step: Json) -> Step {
    let mut definition = sound(&with_steps(json!([step])));
    definition.actions[4].steps.remove(0)
}

#[test]
fn the_demo_compiles_and_travels() {
    let demo: Document = serde_json::from_str(include_str!("../../../examples/demo/assistant.json")).unwrap();
    let findings = Findings::default();
    let definitions = compile(&demo, &findings);
    assert_eq!(findings.into_vec(), Vec::new());
    let [(tag, definition)] = definitions.as_slice() else { panic!("one language") };
    assert_eq!(tag, "en-GB");
    let bytes = definition.to_bytes();
    assert_eq!(Definition::from_bytes(&bytes).as_ref(), Ok(definition));
    assert_eq!(compile(&demo, &Findings::default())[0].1.to_bytes(), bytes);
}
