//! What was compiled, run.

use super::*;
use assistant::{Assistant, Heard, Reply, Session, Surroundings, hear};
use protocol::Timestamp;

/// What the assistant answers to each line, as plain text.
fn talk(definition: Definition, lines: &[&str]) -> Vec<String> {
    let assistant = Assistant::new(definition);
    let mut session = Session::default();
    let surroundings = Surroundings::at(Timestamp::from_millis(1_795_000_000_000));
    let mut answers = Vec::new();
    for line in lines {
        let turn = hear(&assistant, &mut session, Heard::Said((*line).to_owned()), &surroundings);
        let said = turn.replies.iter().filter_map(|reply| match reply {
            Reply::Say(content) => Some(content.as_plain_text()),
            Reply::Pause { .. } => None,
        });
        answers.push(said.collect::<Vec<_>>().join(" / "));
    }
    answers
}

#[test]
fn limits_are_told_in_words() {
    let definition = sound(&with_steps(&json!([
        { "id": "many", "say": "How many?", "ask": { "kind": "number", "min": 1, "max": { "expression": "${count} + 5" }, "whole": true } },
        { "id": "done", "say": "{many}, or {= ${many} * 2}." }
    ])));
    assert_eq!(
        talk(definition, &["main", "twenty", "what?", "7"]),
        [
            "How many?",
            "Enter a whole number from 1 to 8.",
            "I didn't catch that. Enter a whole number from 1 to 8.",
            "7, or 14."
        ]
    );
}

#[test]
fn options_show_their_labels_and_keep_their_values() {
    let definition = sound(&with_steps(&json!([
        { "id": "kind", "say": "Which?", "ask": { "kind": "options", "options": [{ "label": "A bike", "value": "b" }, "Car"] } },
        { "id": "bike", "when": { "step": "kind", "operator": "is", "value": "a bike" }, "set": { "price": { "step": "kind" } } },
        { "id": "done", "say": ["{kind} {price} {= ${kind}}", { "image": { "source": "https://a.example/{kind}.png" } }] }
    ])));
    assert_eq!(talk(definition, &["main", "a bike"])[1], "A bike A bike b / https://a.example/b.png");
}

#[test]
fn json_with_values_in_it_is_json() {
    let definition = sound(&with_steps(&json!([
        { "id": "name", "say": "Name?", "ask": { "kind": "text" } },
        { "id": "done", "say": { "user_defined": { "to": "Dear {name}, {price}", "n": [1, "{count}"] }, "text": "-" } }
    ])));
    let assistant = Assistant::new(definition);
    let mut session = Session::default();
    let surroundings = Surroundings::at(Timestamp::from_millis(1_795_000_000_000));
    hear(&assistant, &mut session, Heard::Said("main".to_owned()), &surroundings);
    let turn = hear(&assistant, &mut session, Heard::Said("\"Ann\" \\ {x}".to_owned()), &surroundings);
    let [Reply::Say(protocol::Content::UserDefined { json, .. })] = turn.replies.as_slice() else {
        panic!("own content, not {:?}", turn.replies)
    };
    let json: Json = serde_json::from_str(json).unwrap();
    assert_eq!(json, json!({ "to": "Dear \"Ann\" \\ {x}, ", "n": [1, "3"] }));
}

#[test]
fn misses_lead_to_a_person_step_by_step() {
    let definition = sound(&with_steps(&json!([{ "id": "a", "say": "Here.", "then": "end" }])));
    let found = talk(definition, &["qwertz uiop", "asdf ghjk", "yxcv bnm", "zzzz qqqq"]);
    assert_eq!(found[0], "I'm afraid I don't understand. Please rephrase your question.");
    assert!(found[1].starts_with("I still don't understand."), "{found:?}");
    assert!(found[2].contains("“agent”"), "{found:?}");
    assert_eq!(
        found[3],
        "I am afraid I do not understand what you are asking, let me connect you to an agent."
    );
}
