//! Documents and what becomes of them.

mod conditions;
mod defaults;
mod engine;
mod questions;
mod steps;
mod translations;

use super::*;
use crate::findings::Finding;
use assistant::Value;
use assistant::definition::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

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

/// A document with these steps, and a few things to name.
fn with_steps(steps: &Json) -> Json {
    json!({
        "format": 1,
        "name": "Test",
        "language": "en",
        "variables": { "price": {}, "count": { "initial": 3 } },
        "words": { "urgent_words": ["urgent"] },
        "saved": {
            "sizes": { "options": ["S", { "label": "Large", "value": "L" }] },
            "codes": { "patterns": { "short": ["\\d{3}"] } }
        },
        "extensions": { "shop": { "operations": { "find": {
            "method": "GET", "path": "/find/{id}",
            "parameters": { "id": { "in": "path", "required": true }, "full": { "in": "query" } }
        } } } },
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

/// The steps of a sound action.
fn steps(steps: Json) -> Vec<Step> {
    sound(&with_steps(&steps)).actions.swap_remove(4).steps
}

/// The only step of a sound action.
fn step(step: Json) -> Step {
    steps(json!([step])).remove(0)
}

/// What is wrong with the steps of an action: code and pointer, without what every pointer begins with.
fn wrong(steps: Json) -> Vec<(String, String)> {
    let (_, found) = compiled(&with_steps(&steps));
    let short = |path: &str| path.strip_prefix("/actions/0/steps/").unwrap_or(path).to_owned();
    found.into_iter().map(|found| (found.code.to_owned(), short(&found.path))).collect()
}

/// Checks that exactly this is wrong.
fn check_wrong(steps: Json, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(code, path)| ((*code).to_owned(), (*path).to_owned())).collect();
    assert_eq!(wrong(steps), expected);
}

/// The remedy for the only thing that is wrong.
fn remedy(steps: Json) -> String {
    let (_, found) = compiled(&with_steps(&steps));
    let [found] = found.as_slice() else { panic!("one mistake, not {found:#?}") };
    found.remedy.clone()
}

fn plain(text: &Text) -> String {
    let words = |part: &Part| match part {
        Part::Words(words) => words.clone(),
        Part::Insert(expr) => format!("{{{}}}", expression::print(expr)),
    };
    text.0.iter().map(words).collect()
}

/// What a step says, with its inserts as expressions.
fn said(step: &Step) -> Vec<String> {
    let texts = |output: &Output| match output {
        Output::Text(wordings) => wordings.texts.iter().map(plain).collect(),
        Output::Pause { .. }
        | Output::Media(_)
        | Output::Button(_)
        | Output::Card(_)
        | Output::Carousel(_)
        | Output::Table(_)
        | Output::DatePicker
        | Output::UserDefined { .. } => Vec::new(),
    };
    step.say.iter().flat_map(texts).collect()
}

fn number(number: f64) -> Expr {
    Value::Number(number).into()
}

fn text(text: &str) -> Expr {
    Value::text(text).into()
}

#[test]
fn the_demo_compiles_and_travels() {
    let demo: Document =
        serde_json::from_str(include_str!("../../../../examples/demo/assistant.json")).unwrap();
    let findings = Findings::default();
    let definitions = compile(&demo, &findings);
    assert_eq!(findings.into_vec(), Vec::new());
    let [(tag, definition)] = definitions.as_slice() else { panic!("one language") };
    assert_eq!(tag, "en-GB");
    let bytes = definition.to_bytes();
    assert_eq!(Definition::from_bytes(&bytes).as_ref(), Ok(definition));
    assert_eq!(compile(&demo, &Findings::default())[0].1.to_bytes(), bytes);
}

#[test]
fn every_mistake_is_found_at_once_and_at_its_own_value() {
    let mut document = with_steps(&json!([
        { "id": "a", "when": { "variable": "prise", "operator": "is_defined" }, "say": ["Fine.", "No {one}"] },
        { "id": "b", "set": { "coutn": { "expression": "${price} +" } }, "then": { "go_to": "c" } }
    ]));
    document["variables"]["price"]["initial"] = json!({ "variable": "later" });
    document["clarify"] = json!({ "intro": "Did {timezone mean" });
    document["greeting"] = json!({ "steps": [{ "id": "hi", "say": "}" }] });
    let (definitions, found) = compiled(&document);
    assert_eq!(definitions.len(), 1);
    let found: BTreeSet<(&str, &str)> = found.iter().map(|found| (found.path.as_str(), found.code)).collect();
    let expected = [
        ("/actions/0/steps/0/when/variable", "unknown-variable"),
        ("/actions/0/steps/0/say/1", "unknown-name"),
        ("/actions/0/steps/1/set/coutn", "unknown-variable"),
        ("/actions/0/steps/1/set/coutn/expression", "bad-expression"),
        ("/actions/0/steps/1/then/go_to", "unknown-step"),
        ("/clarify/intro", "bad-text"),
        ("/greeting/steps/0/say", "bad-text"),
        ("/variables/price/initial/variable", "unknown-variable"),
    ];
    assert_eq!(found, BTreeSet::from(expected));
}
