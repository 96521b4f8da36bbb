//! What the commands print, and when they fail.

use authoring::World;
use authoring::cli::{Check, Convert, Schema};
use clap::Parser;
use std::io::empty;
use std::path::Path;

const WRONG: &str = "\
format: 1
name: Test
language: en
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: x, say: \"Well\", tehn: end }
";

#[derive(Parser)]
enum Command {
    Check(Check),
    Convert(Convert),
    Schema(Schema),
}

#[test]
fn check_shows_the_line_with_a_mark_below_it() {
    let expected = "\
error[unknown-key]: `tehn` is not known here
 --> <stdin>:9:31
  |
9 |       - { id: x, say: \"Well\", tehn: end }
  |                               ^^^^ did you mean `then`?

<stdin>: 1 error
";
    assert_eq!(run(&["check", "-"], WRONG), (false, expected.to_owned()));
}

#[test]
fn a_long_line_is_cut_around_the_mistake() {
    let json =
        format!(r#"{{"format":1,"name":"{}","language":"en","actions":[],"nope":1}}"#, "x".repeat(200));
    let (_, printed) = run(&["check", "-"], &json);
    let lines: Vec<&str> = printed.lines().skip_while(|line| !line.contains("`nope`")).collect();
    assert!(lines[3].starts_with("1 | …") && lines[3].chars().count() < 130, "{printed}");
    let column = lines[4].find('^').unwrap();
    assert!(lines[3].chars().skip(column).collect::<String>().starts_with("\"nope\""), "{printed}");
}

#[test]
fn check_fails_on_errors_and_on_warnings_only_when_they_are_denied() {
    let right = WRONG.replace("tehn", "then");
    assert_eq!(run(&["check", "-"], &right), (true, "<stdin>: in order; 1 action, 1 step, en\n".to_owned()));
    let odd = right.replace(", uno, eins", "");
    assert!(run(&["check", "-"], &odd).0);
    assert!(!run(&["check", "-", "--deny-warnings"], &odd).0);
    assert!(!run(&["check", "-"], WRONG).0);
}

#[test]
fn check_prints_json_and_sarif_for_programs() {
    let json: serde_json::Value =
        serde_json::from_str(&run(&["check", "-", "--format", "json"], WRONG).1).unwrap();
    assert_eq!(json["files"][0]["errors"], 1);
    assert_eq!(json["files"][0]["mistakes"][0]["code"], "unknown-key");
    assert_eq!(json["files"][0]["mistakes"][0]["line"], 9);
    let sarif: serde_json::Value =
        serde_json::from_str(&run(&["check", "-", "--format", "sarif"], WRONG).1).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 31);
}

#[test]
fn converting_there_and_back_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (yaml, json) = (folder.path().join("a.yaml"), folder.path().join("a.json"));
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/demo/assistant.json");
    run(&["convert", &demo.to_string_lossy(), "--out", &yaml.to_string_lossy()], "");
    run(&["convert", &yaml.to_string_lossy(), "--out", &json.to_string_lossy()], "");
    let read = |path: &Path| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    assert_eq!(read(&demo), read(&json));
    assert_eq!(
        run(&["convert", "-"], "{\"a\": [1, {}]}").1,
        "a: [1, {}]\n".replace("[1, {}]", "\n  - 1\n  - {}").replace(": \n", ":\n")
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let Command::Check(check) = Command::parse_from(["passerelle", "check", "nowhere.yaml"]) else {
        panic!()
    };
    let error = check.run(&World::default(), &mut empty(), &mut Vec::new(), false).unwrap_err();
    assert_eq!(error.to_string(), "cannot read nowhere.yaml");
}

#[test]
fn schema_prints_what_is_published() {
    assert_eq!(run(&["schema"], "").1, include_str!("../../docs/assistant.schema.json"));
}

fn run(arguments: &[&str], stdin: &str) -> (bool, String) {
    let mut out = Vec::new();
    let mut stdin = stdin.as_bytes();
    let command = Command::parse_from(std::iter::once(&"passerelle").chain(arguments));
    let ran = match command {
        Command::Check(check) => check.run(&World::default(), &mut stdin, &mut out, false),
        Command::Convert(convert) => convert.run(&mut stdin, &mut out),
        Command::Schema(schema) => schema.run(&mut out),
    };
    (ran.expect("the files can be used"), String::from_utf8(out).expect("what is printed is text"))
}
