//! What the commands print, and when they fail.

use authoring::World;
use authoring::cli::{Check, Convert, Schema, Test, Translate, WorkflowCommand};
use authoring::workflow::Workspace;
use clap::Parser;
use std::fs;
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
    Test(Test),
    Translate(Translate),
    #[command(subcommand)]
    Workflow(WorkflowCommand),
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
fn a_file_that_is_not_there_is_told_and_the_others_are_checked() {
    let (passed, printed) = run(&["check", "nowhere.yaml", "-"], WRONG);
    assert!(!passed);
    let expected = "error[unreadable]: cannot read nowhere.yaml: No such file or directory (os error 2)\n --> nowhere.yaml:1:1\n  = name a file that is there and is a text in UTF-8\n";
    assert!(printed.starts_with(expected), "{printed}");
    assert!(printed.contains("error[unknown-key]: `tehn` is not known here"), "{printed}");
    assert!(!run(&["check", "nowhere.yaml", "-"], &WRONG.replace("tehn", "then")).0);
}

#[test]
fn convert_writes_over_nothing_unless_it_is_forced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    let name = path.to_string_lossy().into_owned();
    fs::write(&path, WRONG).unwrap();
    for file in ["-", &name] {
        let refused = attempt(&["convert", file, "--out", &name], "{}").unwrap_err().to_string();
        assert!(refused.contains("a.yaml is there already") && refused.contains("--force"), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), WRONG);
    }
    run(&["convert", "-", "--out", &name, "--force"], "{\"a\": 1}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "a: 1\n");
}

#[test]
fn an_update_says_what_it_rewrites_and_leaves_what_it_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let (assistant, talks) = (folder.path().join("a.yaml"), folder.path().join("a.talk"));
    fs::write(&assistant, WRONG.replace("tehn", "then")).unwrap();
    let cases = "== Says it\nvisitor: uno\nassistant: Wel\n\n== Is right\nvisitor: uno\nassistant: Well\n";
    let wrong = "\n== Names nothing\nvisitor: uno\nassistant: Wel\nexpect: prize = null\n";
    let test = |options: &[&str]| {
        let (assistant, talks) = (assistant.to_string_lossy(), talks.to_string_lossy());
        let files = ["test", &assistant, &talks];
        run(&[files.as_slice(), options].concat(), "")
    };
    fs::write(&talks, cases).unwrap();
    assert!(!test(&[]).0);
    let (passed, printed) = test(&["--update"]);
    assert!(passed, "{printed}");
    assert!(
        printed.starts_with("rewritten: ") && printed.contains("- assistant: Wel\n+ assistant: Well\n"),
        "{printed}"
    );
    assert!(printed.contains("a.talk: 1 case rewritten\n1 passed, 1 rewritten, 0 failed, "), "{printed}");
    assert_eq!(fs::read_to_string(&talks).unwrap(), cases.replace("Wel\n", "Well\n"));
    assert!(test(&["--update"]).1.starts_with("2 passed, 0 failed, "));
    fs::write(&talks, format!("{cases}{wrong}")).unwrap();
    let (passed, printed) = test(&["--update"]);
    assert!(!passed);
    assert!(printed.contains("a.talk:12: there is no variable and no answer `prize`; "), "{printed}");
    assert!(printed.contains("1 passed, 1 rewritten, 1 failed, "), "{printed}");
    assert_eq!(fs::read_to_string(&talks).unwrap(), format!("{}{wrong}", cases.replace("Wel\n", "Well\n")));
}

#[test]
fn a_file_of_cases_that_cannot_be_read_fails_and_the_others_are_played() {
    let folder = tempfile::tempdir().unwrap();
    let (assistant, talks) = (folder.path().join("a.yaml"), folder.path().join("talks"));
    fs::create_dir(&talks).unwrap();
    fs::write(&assistant, WRONG.replace("tehn", "then")).unwrap();
    fs::write(talks.join("a.talk"), "== A\nvisitr: uno\n").unwrap();
    fs::write(talks.join("b.talk"), "== B\nvisitor: uno\nassistant: Well\n").unwrap();
    let (assistant, talks) = (assistant.to_string_lossy(), talks.to_string_lossy());
    let (passed, printed) = run(&["test", &assistant, &talks, "nowhere.talk"], "");
    assert!(!passed);
    for line in [
        "a.talk:2: `visitr` is no keyword; did you mean `visitor:`?",
        "nowhere.talk:1: this file cannot be read: ",
        "\n1 passed, 2 failed, ",
    ] {
        assert!(printed.contains(line), "{line} is missing in\n{printed}");
    }
    let refused = attempt(&["test", &assistant, &talks, "--only", "C"], "");
    assert!(
        refused.is_ok_and(|(passed, _)| !passed),
        "a file that cannot be read is told whatever is wanted"
    );
}

#[test]
fn translate_writes_everything_there_is_to_translate_and_keeps_what_is_done() {
    let file = "\
format: 1
name: Test
language: en
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - id: x
        say: \"Which size: small or large?\"
        ask: { kind: options, options: [{ label: Small, synonyms: [little] }, Large] }
      - { id: y, say: Well. }
translations:
  fr:
    texts: { Well.: Bien., Gone.: Parti. }
";
    let expected = "\
# What is empty (\"\" or []) is to be translated; a comment above it is the original.
translations:
  fr:
    texts:
      One: \"\"
      \"Which size: small or large?\": \"\"
      Small: \"\"
      Large: \"\"
      Well.: Bien.
      Gone.: Parti.
    phrases:
      # one
      # uno
      # eins
      a: []
    synonyms:
      # little
      Small: []
";
    let (_, template) = run(&["translate", "-", "--language", "fr"], file);
    assert_eq!(template, expected);
    // What is empty counts as not translated, so that a template can go into the file at once.
    let whole = file.split("translations:").next().unwrap().to_owned() + &template;
    let (passed, told) = run(&["check", "-"], &whole);
    assert!(
        passed && told.contains("4 texts are not translated") && told.contains("one action has no phrases"),
        "{told}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&run(&["translate", "-", "--language", "pt-BR"], &as_json(file)).1).unwrap();
    assert_eq!(json["translations"]["pt-BR"]["texts"]["Well."], "");
    for (language, problem) in [("en", "the language of the assistant itself"), ("french!", "is no language")]
    {
        let refused = attempt(&["translate", "-", "--language", language], file).unwrap_err().to_string();
        assert!(refused.contains(problem), "{refused}");
    }
}

#[test]
fn schema_prints_what_is_published() {
    assert!(run(&["schema"], "").1 == include_str!("../../docs/assistant.schema.json"), "they differ");
}

fn as_json(yaml: &str) -> String {
    run(&["convert", "-"], yaml).1
}

#[test]
fn check_tells_a_workflow_from_an_assistant_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two, talk) =
        (folder.path().join("one.yaml"), folder.path().join("two.yaml"), folder.path().join("talk.yaml"));
    let file = |id: &str, trigger: &str, step: &str| {
        format!("format: 1\nid: {id}\nname: {id}\ntrigger: {trigger}\nsteps:\n- {{ id: a, {step} }}\n")
    };
    fs::write(&one, file("one", "{ opened: {} }", "run: { workflow: two }")).unwrap();
    fs::write(&two, file("two", "{ closed: {} }", "say: Bye")).unwrap();
    fs::write(&talk, "format: 1\ntitle: T\nstart: 2026-11-21T09:00Z\ntimeline: [{ opened: visitor }]\n")
        .unwrap();
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let right = WRONG.replace("tehn", "then");
    let (passed, printed) = run(&["check", &name(&two), "-", &name(&talk)], &right);
    assert!(passed, "{printed}");
    for line in [
        "two.yaml: in order; the workflow `two`, 1 step\n",
        "<stdin>: in order; 1 action, 1 step, en\n",
        "talk.yaml: in order; a recorded conversation of 1 entry\n",
    ] {
        assert!(printed.contains(line), "{line} is missing in\n{printed}");
    }
    let (passed, printed) = run(&["check", &name(&one), &name(&two)], "");
    assert!(!passed);
    assert!(printed.contains("error[not-manual]: `two` cannot be started by another workflow"), "{printed}");
}

#[test]
fn a_workflow_is_tried_on_recorded_conversations() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/workflows");
    let name = |file: &str| examples.join(file).to_string_lossy().into_owned();
    let (workflow, closed) =
        (name("reassign-after-silence.yaml"), name("recordings/reassign-after-silence.closed.yaml"));
    let (passed, printed) = run(&["workflow", "run", &workflow, "--on", &closed], "");
    assert!(passed, "{printed}");
    assert!(printed.contains("\n        +5m  an agent closes the conversation\n"), "{printed}");
    assert!(printed.contains("\n  run 1: over, the conversation was closed\n"), "{printed}");
    assert!(printed.ends_with("1 as expected, 0 not\n"), "{printed}");

    let folder = tempfile::tempdir().unwrap();
    let otherwise = folder.path().join("talk.json");
    let talk = r#"{ "format": 1, "title": "T", "start": "2026-11-21T09:00Z", "timeline": [{ "opened": "visitor" }],
        "expect": { "owner": "", "said": ["Hello"] } }"#;
    fs::write(&otherwise, talk).unwrap();
    let (passed, printed) =
        run(&["workflow", "run", &workflow, "--json", "--on", &otherwise.to_string_lossy(), &closed], "");
    assert!(!passed);
    let json: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let rehearsal = &json["conversations"][0]["rehearsal"];
    let unmet = rehearsal["unmet"].as_array().unwrap();
    assert_eq!(unmet.len(), 1, "{unmet:?}");
    assert_eq!(rehearsal["runs"][0]["ended"], "nothing follows");
    assert_eq!(json["conversations"][1]["rehearsal"]["unmet"], serde_json::json!([]));

    fs::write(&otherwise, "{ \"format\": 1 }").unwrap();
    let refused = attempt(&["workflow", "run", &workflow, "--on", &otherwise.to_string_lossy()], "");
    assert!(refused.unwrap_err().to_string().ends_with("talk.json cannot be played"));
    let refused = attempt(&["workflow", "run", "-", "--on", &closed], "steps: []");
    assert_eq!(refused.unwrap_err().to_string(), "<stdin> cannot run");
}

#[test]
fn ready_workflows_are_listed_and_handed_out() {
    let (_, listed) = run(&["workflow", "templates"], "");
    assert!(
        listed.contains("\nvip                     Another system knows who is important.\n"),
        "{listed}"
    );
    let (_, text) = run(&["workflow", "template", "vip"], "");
    assert!(run(&["check", "-", "--deny-warnings"], &text).0);
    let refused = attempt(&["workflow", "template", "vpi"], "").unwrap_err().to_string();
    assert!(
        refused.starts_with("there is no template `vpi`: there are reassign-after-silence, "),
        "{refused}"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml").to_string_lossy().into_owned();
    run(&["workflow", "template", "vip", "--out", &path], "");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(attempt(&["workflow", "template", "vip", "--out", &path], "").is_err());
}

#[test]
fn every_schema_is_printed() {
    for (of, title) in [("assistant", "assistant"), ("workflow", "workflow"), ("recording", "recording")] {
        let (_, printed) = run(&["schema", of], "");
        assert!(printed.contains(&format!("\"title\": \"Passerelle {title}\"")), "{of}");
    }
    assert_eq!(run(&["schema"], ""), run(&["schema", "assistant"], ""));
}

fn run(arguments: &[&str], stdin: &str) -> (bool, String) {
    attempt(arguments, stdin).expect("the files can be used")
}

fn attempt(arguments: &[&str], stdin: &str) -> anyhow::Result<(bool, String)> {
    let mut out = Vec::new();
    let mut stdin = stdin.as_bytes();
    let command = Command::parse_from(std::iter::once(&"passerelle").chain(arguments));
    let passed = match command {
        Command::Check(check) => {
            check.run(&World::default(), &Workspace::default(), &mut stdin, &mut out, false)
        }
        Command::Convert(convert) => convert.run(&mut stdin, &mut out),
        Command::Schema(schema) => schema.run(&mut out),
        Command::Test(test) => test.run(&mut out, false),
        Command::Translate(translate) => translate.run(&mut stdin, &mut out),
        Command::Workflow(workflow) => workflow.run(&mut stdin, &mut out, false),
    }?;
    Ok((passed, String::from_utf8(out).expect("what is printed is text")))
}
