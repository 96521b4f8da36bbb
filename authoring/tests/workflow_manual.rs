//! `docs/workflows.md` says everything about the format, and its examples are right.

use authoring::schema::{RECORDING_SCHEMA, WORKFLOW_SCHEMA};
use authoring::tree::Notation;
use authoring::workflow::templates::TEMPLATES;
use authoring::workflow::{Workspace, check_text, read_recording, rehearse};
use regex_lite::Regex;
use serde_json::Value as Json;
use std::collections::BTreeSet;

const MANUAL: &str = include_str!("../../docs/workflows.md");

#[test]
fn every_key_and_every_word_of_the_formats_is_in_the_manual() {
    let name = Regex::new("[A-Za-z_$][A-Za-z0-9_]*").unwrap();
    let code: String = MANUAL.split('`').skip(1).step_by(2).flat_map(|code| [code, " "]).collect();
    let written: BTreeSet<&str> = name.find_iter(&code).map(|found| found.as_str()).collect();
    for schema in [&*WORKFLOW_SCHEMA, &*RECORDING_SCHEMA] {
        let mut known = BTreeSet::new();
        names(schema, &mut known);
        assert!(known.len() > 60, "only {} names were found in the schema", known.len());
        let missing: Vec<&str> =
            known.iter().map(String::as_str).filter(|name| !written.contains(name)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}

#[test]
fn every_example_of_the_manual_is_right() {
    let head = "format: 1\nid: example\nname: Example\ntrigger: manual\n";
    let blocks = MANUAL.split("```yaml").skip(1).filter_map(|rest| rest.split("```").next());
    let mut kinds = BTreeSet::new();
    for block in blocks {
        let (kind, text) = block.split_once('\n').unwrap();
        let indented = text.lines().map(|line| format!("  {line}\n")).collect::<String>();
        let file = match kind.trim() {
            "" => text.to_owned(),
            "step" => format!("{head}steps:\n{indented}"),
            "condition" => {
                format!("{head}when:\n{indented}steps: [{{ id: a, set: {{ variable: topic, to: x }} }}]\n")
            }
            "recording" => {
                assert!(read_recording(Notation::Yaml, text).is_ok(), "{text}");
                continue;
            }
            other => panic!("`yaml {other}` is no kind of example"),
        };
        kinds.insert(kind);
        let told = check_text(Notation::Yaml, &file, &Workspace::default()).mistakes;
        assert_eq!(told, [], "{file}");
    }
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn the_first_example_goes_as_the_manual_says() {
    let block = |fence: &str| MANUAL.split(fence).nth(1).unwrap().split("```").next().unwrap();
    let workflow = check_text(Notation::Yaml, block("```yaml\n"), &Workspace::default()).workflow.unwrap();
    let recording = read_recording(Notation::Yaml, block("```yaml recording\n")).unwrap();
    let rehearsal = rehearse(&workflow, &recording).unwrap();
    assert!(rehearsal.passed(), "{rehearsal}");
    let printed = rehearsal.to_string();
    let shown = block("```text\n");
    let (shown, _) = shown.split_once("               …").expect("the rest is left out");
    assert!(printed.starts_with(shown), "{printed}");
}

#[test]
fn every_ready_workflow_is_in_the_manual() {
    for template in TEMPLATES {
        assert!(MANUAL.contains(&format!("| `{}` |", template.name)), "{}", template.name);
    }
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
