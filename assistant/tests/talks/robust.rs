//! Nothing an author or a visitor can write makes the engine fail, or leaves a visitor without an answer.

use crate::talk::{assistant, turn};
use assistant::{Assistant, Session, read};
use proptest::prelude::*;
use std::sync::LazyLock;

static ASSISTANT: LazyLock<Assistant> = LazyLock::new(|| assistant(DEMO));

const DEMO: &str = include_str!("../../../examples/demo/assistant.json");

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn any_json_is_read_or_refused(text in r#"[\[\]{}:,"0-9a-z \\n-]{0,60}"#) {
        prop_assert!(read(&text).is_err());
    }

    /// Bytes of the demo are overwritten, removed or doubled; what is still a definition also runs.
    #[test]
    fn a_damaged_definition_is_read_or_refused(edits in proptest::collection::vec((0..DEMO.len(), 0..3_u8, any::<u8>()), 1..6)) {
        let damaged = edits.into_iter().fold(DEMO.as_bytes().to_vec(), damage);
        let Ok(text) = String::from_utf8(damaged) else { return Ok(()) };
        match read(&text) {
            Ok(assistant) => {
                turn(&assistant, &mut Session::default(), "I want to book a repair");
            }
            Err(mistakes) => prop_assert!(mistakes.iter().all(|m| m.line >= 1 && m.column >= 1 && !m.problem.is_empty())),
        }
    }

    /// Values of the demo are replaced by values of other kinds.
    #[test]
    fn a_misshapen_definition_is_read_or_refused(at in 0..2_000_usize, with in 0..6_usize) {
        let values = ["null", "true", "-1.5", "\"x\"", "[]", "{}"].map(|json| serde_json::from_str(json).unwrap());
        let mut json: serde_json::Value = serde_json::from_str(DEMO).unwrap();
        replace(&mut json, &mut { at }, &values[with]);
        if let Ok(assistant) = read(&json.to_string()) {
            turn(&assistant, &mut Session::default(), "how much is it to rent a bike");
        }
    }

    #[test]
    fn whatever_is_said_is_answered(said in proptest::collection::vec(utterance(), 1..25)) {
                let mut session = Session::default();
        for line in said {
            let turn = turn(&ASSISTANT, &mut session, &line);
            prop_assert!(!turn.replies.is_empty() || turn.hand_off.is_some(), "{line}");
        }
    }

    #[test]
    fn a_session_that_was_tampered_with_does_no_harm(step in "[a-z_]{0,12}", action in "[a-z_]{0,12}", said in utterance()) {
        let stored = format!(r#"{{"talk":{{"action":"{action}","step":"{step}","failures":4294967295}},"misses":4294967295,"variables":[["ghost",null]]}}"#);
        let mut session: Session = serde_json::from_str(&stored).unwrap();
        let turn = turn(&ASSISTANT, &mut session, &said);
        prop_assert!(!turn.replies.is_empty() || turn.hand_off.is_some());
    }
}

/// Words that lead through the demo, and words that lead nowhere.
fn utterance() -> impl Strategy<Value = String> {
    let known = [
        "book a repair",
        "rent a bike",
        "where is my order",
        "complaint",
        "warranty",
        "City bike",
        "Electric bike",
        "Something else",
        "yes",
        "no",
        "3",
        "12345",
        "Change something",
        "agent",
        "when are you open",
        "1",
        "",
        " ",
        "👍",
    ];
    prop_oneof![3 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,40}".prop_map(String::from), 1 => any::<String>()]
}

fn damage(mut bytes: Vec<u8>, (at, how, byte): (usize, u8, u8)) -> Vec<u8> {
    let at = at % bytes.len().max(1);
    match how {
        0 => bytes[at] = byte % 128,
        1 => drop(bytes.remove(at)),
        _ => bytes.insert(at, byte % 128),
    }
    bytes
}

/// Replaces the value met after `left` others.
fn replace(json: &mut serde_json::Value, left: &mut usize, with: &serde_json::Value) {
    if *left == 0 {
        *json = with.clone();
    }
    *left = left.wrapping_sub(1);
    let children: Vec<&mut serde_json::Value> = match json {
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        serde_json::Value::Object(map) => map.values_mut().collect(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => return,
    };
    for child in children {
        replace(child, left, with);
    }
}
