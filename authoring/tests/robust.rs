//! No text makes `check` fail to answer: whatever is written, it says what is wrong, or makes an assistant that loads.

use assistant::Assistant;
use authoring::template::Template;
use authoring::tree::{Notation, read};
use authoring::{World, check};
use proptest::prelude::*;
use serde_json::Value;
use std::time::{Duration, Instant};

const EVERYTHING: &str = include_str!("everything.yaml");
const DEMO: &str = include_str!("../../examples/demo/assistant.json");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_answered(text in any::<String>(), soup in r#"[\[\]{}:,"'0-9a-z \n\t&*!|>#?~-]{0,80}"#) {
        for text in [text, soup] {
            answered("a.json", &text)?;
            answered("a.yaml", &text)?;
        }
    }

    /// Bytes are overwritten, removed or doubled.
    #[test]
    fn a_damaged_file_is_answered(edits in proptest::collection::vec((any::<usize>(), 0..3_u8, any::<u8>()), 1..6)) {
        for (name, text) in [("a.yaml", EVERYTHING), ("a.json", DEMO)] {
            let damaged = edits.iter().fold(text.as_bytes().to_vec(), damage);
            if let Ok(text) = String::from_utf8(damaged) {
                answered(name, &text)?;
            }
        }
    }

    /// Values are replaced by values of other kinds, or by each other.
    #[test]
    fn a_misshapen_file_is_answered(at in any::<usize>(), from in any::<usize>(), with in 0..7_usize) {
        let mut json: Value = serde_json::from_str(&everything_as_json()).unwrap();
        let mut values = ["null", "true", "-1.5", "\"x\"", "[]", "{}"].map(|json| serde_json::from_str(json).unwrap()).to_vec();
        let count = count(&json);
        values.push(nth(&json, &mut (from % count)).unwrap().clone());
        replace(&mut json, &mut (at % count), &values[with]);
        answered("a.json", &json.to_string())?;
    }
}

/// Whatever cannot be read in a file that is in order, nothing is told but that.
#[test]
fn what_only_follows_from_a_value_that_cannot_be_read_is_not_told() {
    let whole: Value = serde_json::from_str(&everything_as_json()).unwrap();
    let before = codes(&whole);
    let mut noise = Vec::new();
    // One of them holds what stood there: names are declared by what names them.
    let wrong = ["[[5]]", r#"{"nothing": {"like": []}}"#, "null", "\"~\"", "-0.5"];
    for (which, with) in wrong.into_iter().enumerate() {
        let garbage: Value = serde_json::from_str(with).unwrap();
        // Each has its own share of the places, the first one all of them.
        for at in (which..count(&whole)).step_by(if which == 0 { 1 } else { wrong.len() }) {
            let (path, mut json, mut with) = (place(&whole, at), whole.clone(), garbage.clone());
            if let Some(list) = with.pointer_mut("/nothing/like").and_then(Value::as_array_mut) {
                list.extend(nth(&whole, &mut { at }).cloned());
            }
            replace(&mut json, &mut { at }, &with);
            let told = check("a.json", &json.to_string(), &World::default()).mistakes;
            // What fits after all means something else, and may well be a mistake of another sort.
            if told.iter().any(|told| told.path == path && UNREADABLE.contains(&told.code.as_str())) {
                let follows = told
                    .iter()
                    .filter(|told| !FORM.contains(&told.code.as_str()) && !before.contains(&told.code));
                noise.extend(follows.map(|told| format!("{path} is {with}: {told}")));
            }
        }
    }
    assert!(noise.is_empty(), "{}", noise.join("\n"));
}

/// Wherever a value cannot be read, a mistake that has nothing to do with it is told.
#[test]
fn no_value_that_cannot_be_read_hides_another_mistake() {
    let mut whole: Value = serde_json::from_str(&everything_as_json()).unwrap();
    let wrong = serde_json::json!({
        "id": "wrong", "title": "Wrong", "phrases": ["wrong one", "wrong two", "wrong three"],
        "steps": [{ "id": "only", "say": "{= 1 + }", "then": { "go_to": "nowhere" } }]
    });
    whole["actions"].as_array_mut().unwrap().insert(0, wrong);
    let hidden = (0..count(&whole)).filter(|at| {
        let mut json = whole.clone();
        let path = place(&whole, *at);
        let concerns_it = path.starts_with("/actions/0") || path.is_empty() || path == "/actions";
        replace(&mut json, &mut { *at }, &serde_json::json!([[5]]));
        let told = codes(&json);
        let hides = |code: &str| !told.iter().any(|told| told == code);
        !concerns_it && (hides("bad-text") || hides("unknown-step"))
    });
    let hidden: Vec<String> = hidden.map(|at| place(&whole, at)).collect();
    assert_eq!(hidden, Vec::<String>::new());
}

#[test]
fn nothing_written_on_purpose_takes_long() {
    let head = "format: 1\nname: A\nlanguage: en\n";
    let conditions = format!("{}said: x{}", "{not: ".repeat(2_000), "}".repeat(2_000));
    let keys: String = (0..60_000).map(|n| format!("k{n}: 1\n")).collect();
    let texts: String = (0..30_000).map(|n| format!("    some text number {n}: x\n")).collect();
    let steps: String =
        (0..1_000).map(|n| format!("      - {{ id: s{n}, say: '{{s{}}} {{x{n}}}' }}\n", n + 1)).collect();
    let uses: String = (0..1_000)
        .map(|n| {
            format!(
                "      - {{ id: s{n}, ask: {{ kind: text }}, say: '{}' }}\n",
                format!("{{s{}}}", n * 7 % 1_000).repeat(250)
            )
        })
        .collect();
    for (name, text) in [
        ("brackets", "[".repeat(1_000_000)),
        ("dashes", "- ".repeat(1_000_000)),
        ("questions", "? ".repeat(500_000)),
        ("braces", "{a: ".repeat(400_000)),
        ("quotes", "\"".repeat(1_000_000)),
        ("tabs", "\t".repeat(1_000_000)),
        ("breaks", "\n".repeat(2_000_000)),
        ("one line", "a ".repeat(1_000_000)),
        ("anchors", "&a ".repeat(500_000)),
        ("tags", "!".repeat(1_000_000)),
        ("block", format!("a: |\n{}", "  b\n".repeat(400_000))),
        ("keys", keys),
        ("conditions", format!("{head}actions: [{{ id: a, title: A, when: {conditions}, steps: [] }}]\n")),
        ("numbers", format!("{head}actions: [{}]\n", "1, ".repeat(500_000))),
        ("uses", format!("{head}actions:\n  - id: a\n    title: A\n    steps:\n{uses}")),
        (
            "phrases",
            format!(
                "{head}actions:\n  - id: a\n    title: A\n    phrases: [{0}]\n    steps: []\ncounterexamples: [{0}]\n",
                "a b, ".repeat(100_000)
            ),
        ),
        (
            "synonyms",
            format!(
                "{head}actions: []\ntranslations:\n  fr:\n   synonyms:\n{}",
                texts.replace(": x", ": []")
            ),
        ),
        (
            "variables",
            format!(
                "{head}actions: []\nvariables:\n{}",
                texts.replace("some text number ", "v").replace(": x", ": {}")
            ),
        ),
        ("texts", format!("{head}actions: []\ntranslations:\n  fr:\n   texts:\n{texts}")),
        ("steps", format!("{head}actions:\n  - id: a\n    title: A\n    steps:\n{steps}")),
    ] {
        let started = Instant::now();
        let checked = check("a.yaml", &text, &World::default());
        let took = started.elapsed();
        assert!(!checked.mistakes.is_empty(), "{name}");
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    }
}

/// What `docs/mistakes.md` lists as mistakes of form.
const FORM: [&str; 12] = [
    "missing-key",
    "unknown-key",
    "duplicate-key",
    "wrong-type",
    "unknown-word",
    "unclear",
    "malformed",
    "empty",
    "too-few",
    "too-many",
    "too-long",
    "out-of-range",
];

/// Those of a value of which nothing can be made.
const UNREADABLE: [&str; 3] = ["wrong-type", "unknown-word", "unclear"];

fn codes(json: &Value) -> Vec<String> {
    check("a.json", &json.to_string(), &World::default())
        .mistakes
        .into_iter()
        .map(|mistake| mistake.code)
        .collect()
}

/// The pointer of the value met after `left` others.
fn place(json: &Value, at: usize) -> String {
    let mut marked = json.clone();
    let mark = serde_json::json!("here it is");
    replace(&mut marked, &mut { at }, &mark);
    fn find(json: &Value, mark: &Value, path: &str) -> Option<String> {
        if json == mark {
            return Some(path.to_owned());
        }
        match json {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| find(item, mark, &format!("{path}/{index}"))),
            Value::Object(map) => {
                map.iter().find_map(|(key, value)| find(value, mark, &format!("{path}/{key}")))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }
    find(&marked, &mark, "").unwrap_or_default()
}

fn answered(name: &str, text: &str) -> Result<(), TestCaseError> {
    let checked = check(name, text, &World::default());
    for mistake in &checked.mistakes {
        prop_assert!(mistake.line >= 1 && mistake.column >= 1, "{mistake}");
        prop_assert!(!mistake.problem.is_empty() && !mistake.remedy.is_empty(), "{mistake}");
    }
    prop_assert_eq!(checked.is_sound(), !checked.definitions.is_empty());
    prop_assert!(!checked.is_sound() || checked.document.is_some());
    if let Some(document) = &checked.document {
        let [yaml, json] = [Notation::Yaml, Notation::Json].map(|notation| {
            let template = Template::of(document, "pt-BR").write(notation);
            read(notation, &template).map(|node| node.to_json()).map_err(|wrong| (wrong, template))
        });
        prop_assert!(yaml.is_ok() && yaml == json, "{yaml:#?}\n{json:#?}");
    }
    for (_, definition) in &checked.definitions {
        prop_assert!(Assistant::load(&definition.to_bytes()).is_ok());
    }
    Ok(())
}

fn everything_as_json() -> String {
    read(Notation::Yaml, EVERYTHING).expect("it is YAML").to_json().to_string()
}

fn damage(mut bytes: Vec<u8>, (at, how, byte): &(usize, u8, u8)) -> Vec<u8> {
    let at = at % bytes.len().max(1);
    match how {
        0 => bytes[at] = byte % 128,
        1 => drop(bytes.remove(at)),
        _ => bytes.insert(at, byte % 128),
    }
    bytes
}

fn count(json: &Value) -> usize {
    1 + children(json).into_iter().map(count).sum::<usize>()
}

/// The value met after `left` others.
fn nth<'a>(json: &'a Value, left: &mut usize) -> Option<&'a Value> {
    if *left == 0 {
        return Some(json);
    }
    *left -= 1;
    children(json).into_iter().find_map(|child| nth(child, left))
}

fn children(json: &Value) -> Vec<&Value> {
    match json {
        Value::Array(items) => items.iter().collect(),
        Value::Object(map) => map.values().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn replace(json: &mut Value, left: &mut usize, with: &Value) {
    if *left == 0 {
        *json = with.clone();
        *left = usize::MAX;
        return;
    }
    *left -= 1;
    let children: Vec<&mut Value> = match json {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    children.into_iter().for_each(|child| replace(child, left, with));
}
