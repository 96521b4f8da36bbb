//! What each encoding of the format becomes. Whole files are in `tests/import.rs`.

mod condition;
mod output;
mod question;
mod resolver;

use super::import;
use crate::import::{Imported, Note};
use serde_json::{Value as Json, json};

/// A step's condition becomes this; gives the notes about it.
#[track_caller]
fn when(theirs: Json, ours: Json) -> Vec<Note> {
    let imported = step(json!({ "condition": theirs }));
    assert_eq!(imported.step.get("when"), Some(&ours), "{theirs}");
    assert!(imported.step.get("kept").is_none(), "{theirs}: {}", imported.step);
    imported.notes
}

#[track_caller]
fn says(generic: Json, ours: Json) {
    let imported = step(json!({ "output": { "generic": generic } }));
    assert_eq!(imported.step.get("say").cloned().unwrap_or_default(), ours, "{generic}");
    assert!(imported.step.get("kept").is_none(), "{generic}: {}", imported.step);
}

#[track_caller]
fn asks(theirs: Json, ours: Json) {
    let imported = step(theirs.clone());
    assert_eq!(imported.step.get("ask"), Some(&ours), "{theirs}");
    assert!(imported.step.get("kept").is_none(), "{theirs}: {}", imported.step);
}

#[track_caller]
fn then(resolver: Json, ours: Json) {
    let imported = step(json!({ "resolver": resolver }));
    assert_eq!(imported.step.get("then").cloned().unwrap_or_default(), ours, "{resolver}");
    assert!(imported.step.get("kept").is_none(), "{resolver}: {}", imported.step);
}

struct Found {
    step: Json,
    document: Json,
    /// About the step.
    notes: Vec<Note>,
}

/// What becomes of the step `s`, which stands behind others that ask.
fn step(mut members: Json) -> Found {
    members["step"] = json!("s");
    steps(vec![members])
}

fn steps(last: Vec<Json>) -> Found {
    let ask = |id: &str, question: Json| json!({ "step": id, "variable": id, "question": question, "resolver": { "type": "continue" } });
    let call = json!({ "type": "integration_interaction", "method": "GET", "path": "/list", "result_variable": "call_result" });
    let mut steps = vec![
        ask("colour", json!({ "entity": "entity_3" })),
        ask("sure", json!({ "entity": "sys-yes-no" })),
        ask("day", json!({ "entity": "sys-date" })),
        ask("hour", json!({ "entity": "sys-time" })),
        ask("wish", json!({ "free_text": true })),
        ask("contact", json!({ "entity": "entity_4" })),
        json!({ "step": "call", "resolver": { "type": "callout", "callout": call } }),
    ];
    steps.extend(last);
    let values = json!([{ "type": "synonyms", "value": "Red", "synonyms": ["crimson"] }, { "type": "synonyms", "value": "Blue", "synonyms": [] }]);
    let patterns = json!([
        { "type": "patterns", "value": "E-mail", "patterns": ["[a-z]+@[a-z]+"] },
        { "type": "patterns", "value": "Phone", "patterns": ["^[0-9]+$"] }
    ]);
    let inner =
        json!({ "step": "inner", "question": { "free_text": true }, "resolver": { "type": "end_action" } });
    let source = json!({ "type": "action", "name": "Shop", "language": "en", "workspace": {
        "actions": [
            { "action": "action_1", "title": "Main", "steps": steps },
            { "action": "action_2", "title": "Other", "steps": [inner] },
            { "action": "fallback", "title": "Fallback", "steps": [] }
        ],
        "entities": [
            { "entity": "entity_1", "values": values }, { "entity": "entity_2", "values": patterns },
            { "entity": "entity_3", "values": values }, { "entity": "entity_4", "values": patterns }
        ],
        "variables": [
            { "variable": "budget", "title": "budget", "data_type": "number" }, { "variable": "city", "title": "city", "data_type": "any" },
            { "variable": "agreed", "title": "agreed", "data_type": "yes_no" }, { "variable": "list", "title": "list", "data_type": "any" }
        ]
    } });
    let Imported { document, report } = import(&source.to_string()).expect("it is an export");
    let document = serde_json::to_value(document).expect("a document is JSON");
    let step = document["actions"][0]["steps"]
        .as_array()
        .and_then(|steps| steps.last())
        .cloned()
        .unwrap_or_default();
    let notes = report.notes.into_iter().filter(|note| note.step.as_deref() == Some("s")).collect();
    Found { step, document, notes }
}
