//! What the walker says about single slips, and that it agrees with the schema and the types about any damage.

use super::*;
use crate::document::Document;
use crate::findings::Finding;
use crate::schema::SCHEMA;
use crate::tree::read;
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

const EVERYTHING: &str = include_str!("../../tests/everything.yaml");

#[test]
fn a_file_that_fits_has_no_mistakes() {
    assert_eq!(compare(EVERYTHING).1, Vec::<String>::new());
}

#[test]
fn a_mistake_is_about_what_the_author_meant() {
    for (written, instead, expected) in SLIPS {
        assert!(EVERYTHING.contains(written), "{written}");
        let (_, found) = compare(&EVERYTHING.replacen(written, instead, 1));
        assert_eq!(found, [*expected], "{instead}");
    }
}

#[test]
fn all_mistakes_are_found_at_once() {
    let yaml = "format: 2\nnmae: A\nlanguage: 5\nactions:\n  - id: a b\n    title: A\n    steps:\n      - say: 1\n      - id: x\n        ask: { kind: nmber, min: a, max: [] }\n      - x\n";
    let (fitted, found) = compare(yaml);
    let codes: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split_once(" see").map_or(line.split(' ').next(), |_| None))
        .collect();
    let expected = [
        "out-of-range",
        "unknown-key",
        "wrong-type",
        "malformed",
        "wrong-type",
        "missing-key",
        "unknown-word",
        "wrong-type",
    ];
    assert_eq!(codes, expected, "{found:#?}");
    assert!(serde_json::from_value::<Document>(fitted.json).is_ok());
}

/// What changes a file: a value is replaced, a key removed or renamed.
#[derive(Clone, Debug)]
enum Change {
    Replace(usize, usize),
    Remove(usize),
    Rename(usize, &'static str),
}

static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1),
        json!(2.5),
        json!(5_000_000_000_u64),
        json!(""),
        json!("end"),
        json!("é b"),
        json!([]),
        json!([["x"]]),
        json!({}),
        json!({ "variable": "price" }),
        json!({ "all": [], "operator": "is" }),
        json!({ "in_turn": ["x"] }),
        json!({ "x": { "y": 1 } }),
        json!("x".repeat(300)),
    ]
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// What the walker refuses the schema refuses too, and the other way round; what both take is a document.
    #[test]
    fn walker_schema_and_types_agree(changes in proptest::collection::vec(change(), 1..4)) {
        static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::validator_for(&SCHEMA).unwrap());
        let mut json = read(Notation::Yaml, EVERYTHING).unwrap().to_json();
        changes.iter().for_each(|change| apply(&mut json, change));
        let (fitted, found) = compare(&json.to_string());
        prop_assert_eq!(found.is_empty(), VALIDATOR.is_valid(&json), "{:#?}", found);
        let document = serde_json::from_value::<Document>(fitted.json.clone());
        prop_assert!(document.is_ok(), "{:?}", document);
        if found.is_empty() {
            prop_assert_eq!(fitted.json, json);
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..900_usize;
    prop_oneof![
        (at.clone(), 0..VALUES.len()).prop_map(|(at, value)| Change::Replace(at, value)),
        at.clone().prop_map(Change::Remove),
        (
            at,
            proptest::sample::select(vec![
                "say", "kind", "in_turn", "operator", "x", "label", "then", "image", "optoins"
            ])
        )
            .prop_map(|(at, name)| Change::Rename(at, name)),
    ]
}

fn apply(json: &mut Value, change: &Change) {
    let (Change::Replace(at, _) | Change::Remove(at) | Change::Rename(at, _)) = change;
    let mut pointers = Vec::new();
    pointers_of(json, "", &mut pointers);
    let pointer = &pointers[at % pointers.len()];
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match (change, json.pointer_mut(parent).unwrap()) {
        (Change::Replace(_, value), Value::Array(items)) => {
            items[key.parse::<usize>().unwrap()] = VALUES[*value].clone();
        }
        (Change::Replace(_, value), other) => other[key] = VALUES[*value].clone(),
        (Change::Remove(_), Value::Array(items)) => drop(items.remove(key.parse().unwrap())),
        (Change::Remove(_), other) => drop(other.as_object_mut().unwrap().shift_remove(&key)),
        (Change::Rename(_, name), Value::Object(map)) => {
            let value = map.shift_remove(&key).unwrap();
            map.insert((*name).to_owned(), value);
        }
        (Change::Rename(..), _) => {}
    }
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

fn compare(yaml: &str) -> (Fitted, Vec<String>) {
    let findings = Findings::default();
    let fitted = fit(&read(Notation::Yaml, yaml).unwrap(), &SCHEMA, Notation::Yaml, &findings);
    let line = |f: Finding| format!("{} {} {}; {}", f.code, f.path, f.problem, f.remedy);
    (fitted, findings.into_vec().into_iter().map(line).collect())
}

/// What stands in the file, what is written instead, and what is said about that.
const SLIPS: &[(&str, &str, &str)] = &[
    ("name: Harbour Kayaks", "", "missing-key  `name` is missing; add it: `name: Harbour Bikes`"),
    ("format: 1", "format: 2", "out-of-range /format 2 is out of range; write 1"),
    ("format: 1", "format: '1'", "wrong-type /format the text `1` stands here; write `1` without quotes"),
    ("name: Harbour Kayaks", "name:", "wrong-type /name nothing stands here; write a text"),
    (
        "name: Harbour Kayaks",
        "name: 007",
        "wrong-type /name the number `007` stands here; put it in quotes: `\"007\"`",
    ),
    ("name: Harbour Kayaks", "name: ''", "empty /name this text is empty; write something"),
    (
        "language: en-GB",
        "language: English!",
        "malformed /language `English!` cannot stand here; write a language tag such as `en` or `fr-CA`",
    ),
    (
        "threshold: 0.35",
        "threshold: 35",
        "out-of-range /threshold 35 is out of range; write a number from 0 to 1",
    ),
    ("threshold: 0.35", "threshold: .inf", "wrong-type /threshold `.inf` is too large; write a number"),
    ("most: 4", "most: 4.5", "wrong-type /clarify/most the number `4.5` stands here; write a whole number"),
    (
        "shuffle: true",
        "shuffle: yes",
        "wrong-type /clarify/shuffle the text `yes` stands here; write `true`, without quotes",
    ),
    (
        "shuffle: true",
        "shufle: true",
        "unknown-key /clarify/shufle `shufle` is not known here; did you mean `shuffle`?",
    ),
    (
        "shuffle: true",
        "colour: true",
        "unknown-key /clarify/colour `colour` is not known here; remove it; known here: `enabled`, `intro`, `none`, `one`, `support`, `most`, `shuffle`",
    ),
    (
        "shuffle: true",
        "most: 5",
        "duplicate-key /clarify/most the key `most` stands here for the second time; keep this one or the one in line 14",
    ),
    (
        "wind: 3",
        "wind: 3, words: []",
        "duplicate-key /variables/weather/initial/value/words the key `words` stands here for the second time; keep this one or the one in line 43",
    ),
    ("date: long", "date: lng", "unknown-word /display/date `lng` is not known here; did you mean `long`?"),
    (
        "time: medium",
        "time: tiny",
        "unknown-word /display/time `tiny` is not known here; write one of `short`, `medium`",
    ),
    (
        "decimals: as_needed",
        "decimals: many",
        "unknown-word /display/decimals `many` is not known here; write a whole number or `as_needed`",
    ),
    (
        "price: { initial",
        "the price: { initial",
        "malformed /variables/the price `the price` cannot be a name here; use letters a–z, digits, `_` and `-` only",
    ),
    (
        "{ not: { said: hurry } }",
        "{ not: { sayd: hurry } }",
        "unknown-key /actions/0/when/not/sayd `sayd` is not known here; did you mean `said`?",
    ),
    (
        "{ not: { said: hurry } }",
        "{}",
        "unclear /actions/0/when this object is empty; write an object with one of `all`, `any`, `not`, `expression`, `said`, `operator`",
    ),
    (
        "{ not: { said: hurry } }",
        "{ xor: [] }",
        "unclear /actions/0/when it is not clear what is meant by `xor`; write an object with one of `all`, `any`, `not`, `expression`, `said`, `operator`",
    ),
    (
        "{ not: { said: hurry } }",
        "{ not: { said: hurry }, all: [] }",
        "unknown-key /actions/0/when/not `not` does not go together with the other keys here; remove it, or give it an object of its own; `all` can stand here",
    ),
    (
        "{ not: { said: hurry } }",
        "{ variable: price, operator: '=>', value: 1 }",
        "unknown-word /actions/0/when/operator `=>` is not known here; did you mean `>=`?",
    ),
    (
        "then: fallback",
        "then: stop",
        "unknown-word /no_matches/steps/1/then `stop` is not known here; write one of `continue`, `end`, `connect_to_agent`, `fallback` or an object with one of `go_to`, `ask_again`, `run`, `call`, `connect_to_agent`, `fallback`",
    ),
    (
        "then: fallback",
        "then: { goto: sorry }",
        "unknown-key /no_matches/steps/1/then/goto `goto` is not known here; did you mean `go_to`?",
    ),
    (
        "then: fallback",
        "then: []",
        "wrong-type /no_matches/steps/1/then a list stands here; write one of `continue`, `end`, `connect_to_agent`, `fallback` or an object with one of `go_to`, `ask_again`, `run`, `call`, `connect_to_agent`, `fallback`",
    ),
    (
        "phrases: [talk to a person, agent please]",
        "phrases: talk to a person",
        "wrong-type /fallback/phrases the text `talk to a person` stands here; write a list, even of one: `[ … ]`",
    ),
    (
        "queue: front-desk",
        "queue: Front Desk",
        "malformed /actions/0/steps/20/then/connect_to_agent/queue `Front Desk` cannot stand here; use lower-case letters, digits and `-` between them, such as `front-desk`",
    ),
    (
        "kind: options, options: sizes",
        "options: sizes",
        "missing-key /actions/0/steps/1/ask `kind` is missing; add it: `kind: options`",
    ),
    (
        "in_turn: [Ready?, Set?]",
        "in_turn: []",
        "too-few /actions/0/steps/14/say/14/in_turn nothing stands in this list here; write at least 1",
    ),
    (
        "pause: { ms: 500, typing: true }",
        "pause: { ms: 500, typing: true }\n            image: { source: x }",
        "unknown-key /actions/0/steps/14/say/1/image `image` does not go together with the other keys here; remove it, or give it an object of its own; `pause` can stand here",
    ),
];
