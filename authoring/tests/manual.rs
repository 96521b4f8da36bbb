//! `docs/assistants.md` says everything about the format, and its examples are right.

use authoring::document::FORMAT;
use authoring::schema::SCHEMA;
use authoring::tree::{Notation, read};
use authoring::{Severity, World, check};
use regex_lite::Regex;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const MANUAL: &str = include_str!("../../docs/assistants.md");

#[test]
fn every_key_and_every_word_of_the_format_is_in_the_manual() {
    let name = Regex::new("[A-Za-z_$][A-Za-z0-9_/]*").expect("the pattern is right");
    let code: String = MANUAL.split('`').skip(1).step_by(2).flat_map(|code| [code, " "]).collect();
    let written: BTreeSet<&str> = name.find_iter(&code).map(|found| found.as_str()).collect();
    let mut known = BTreeSet::new();
    names(&SCHEMA, &mut known);
    assert!(known.len() > 150, "only {} names were found in the schema", known.len());
    let missing: Vec<&str> =
        known.iter().map(String::as_str).filter(|name| !written.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_example_of_the_manual_can_run() {
    let examples = examples();
    let whole = examples[0].as_object().expect("the first is a whole assistant");
    assert_eq!(whole["format"], FORMAT);
    for example in &examples {
        let mut file = whole.clone();
        file.extend(example.as_object().expect("an example is a part of a file").clone());
        let file = json!(file).to_string();
        let told = check("a.json", &file, &World::default()).mistakes;
        let errors: Vec<String> =
            told.iter().filter(|told| told.severity == Severity::Error).map(ToString::to_string).collect();
        assert_eq!(errors, Vec::<String>::new(), "{example:#}");
    }
}

/// The YAML of the manual.
fn examples() -> Vec<Json> {
    let blocks = MANUAL.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(|block| read(Notation::Yaml, block).expect("an example is YAML").to_json()).collect()
}

/// Every key that authors write, and every word that can stand somewhere.
fn names(schema: &Json, known: &mut BTreeSet<String>) {
    match schema {
        Json::Object(map) => {
            if let Some(properties) = map.get("properties").and_then(Json::as_object) {
                known.extend(properties.keys().cloned());
            }
            let word = map.get("const").and_then(Json::as_str);
            known.extend(word.filter(|word| word.starts_with(char::is_alphabetic)).map(str::to_owned));
            map.values().for_each(|inner| names(inner, known));
        }
        Json::Array(items) => items.iter().for_each(|inner| names(inner, known)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
