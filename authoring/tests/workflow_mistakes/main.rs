//! What is said about workflows that cannot work, or will not as meant.

mod conditions;
mod steps;

use authoring::tree::Notation;
use authoring::workflow::{Checked, FileKind, Workspace, check, check_all, read_recording};
use authoring::{Mistake, Severity};
use conditions::CONDITIONS;
use steps::{HEADS, STEPS};

const HEAD: &str = "format: 1\nid: test\nname: Test\ntrigger: { opened: {} }\n";

/// What is written, and what is said of it.
#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    let files =
        STEPS.iter().chain(CONDITIONS).map(|(steps, expected)| (format!("{HEAD}steps:\n{steps}"), *expected));
    expect_all(files);
}

#[test]
fn heads_are_checked_too() {
    let steps = "steps: [{ id: a, say: Hello }]\n";
    expect_all(HEADS.iter().map(|(head, expected)| (format!("{head}\n{steps}"), *expected)));
}

#[test]
fn everything_is_told_at_once_and_nothing_that_only_follows() {
    let file = format!(
        "{HEAD}steps:\n- {{ id: a, ask: {{ text: Hm?, kind: chioce }} }}\n- {{ id: b, wiat: 5m, next: d }}\n- {{ id: c, say: $step.a $nothing, next: x }}\n"
    );
    expect(
        &file,
        &[
            "6:36 error[unknown-word] /steps/0/ask/kind `chioce` is not known here; did you mean `choice`?",
            "7:12 error[unknown-key] /steps/1/wiat `wiat` is not known here; did you mean `wait`?",
            "7:28 error[unknown-step] /steps/1/next there is no step `d`",
            "8:17 warning[unknown-variable] /steps/2/say `$nothing` stands for nothing: there is no variable `nothing`",
            "8:41 error[unknown-step] /steps/2/next there is no step `x`",
        ],
    );
}

/// A length of time names nothing, so nothing else can follow from one that cannot be read.
#[test]
fn beside_a_length_of_time_that_is_none_everything_else_is_told() {
    let file = format!(
        "{HEAD}steps:\n- {{ id: a, ask: {{ text: Hm?, kind: text, timeout: 15 }}, next: zz }}\n- {{ id: b, say: $nope, next: end }}\n"
    );
    expect(
        &file,
        &[
            "6:51 error[wrong-type] /steps/0/ask/timeout the number `15` stands here; write a length of time such as `15m`, `2h` or `1h30m`",
            "6:63 error[unknown-step] /steps/0/next there is no step `zz`",
            "7:17 warning[unknown-variable] /steps/1/say `$nope` stands for nothing",
        ],
    );
}

#[test]
fn what_the_workspace_does_not_have_is_told() {
    let known = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    let workspace = Workspace {
        queues: known(&["front-desk"]),
        agents: known(&["ada@shop.example"]),
        teams: known(&["sales"]),
        calendars: known(&["shop"]),
        categories: known(&["done"]),
        fields: known(&["email", "plan"]),
        tags: known(&["vip"]),
        secrets: Some([("crm".to_owned(), vec!["https://a.example".to_owned()])].into()),
        workflows: known(&["other"]),
    };
    let right = "\
- { id: a, assign: { to: { agent: Ada@shop.example } }, nobody: end }
- { id: b, assign: { to: { agent: 0193a1b2-0000-7000-8000-000000000001 } }, nobody: end }
- { id: c, assign: { to: { team: sales } }, nobody: end }
- { id: d, assign: { to: { queue: front-desk } }, nobody: end }
- { id: e, during: { calendar: shop }, outside: end }
- { id: f, set_field: { field: plan, to: $contact.email } }
- { id: g, add_tags: [VIP, $contact.plan] }
- { id: h, request: { url: https://a.example, headers: { A: { secret: crm } } }, failed: end }
- { id: i, comment: { text: x, mention: [{ agent: ada@shop.example }, { team: sales }] } }
- { id: j, run: { workflow: other } }
- { id: k, close: { category: done } }
";
    let file = format!("{HEAD}steps:\n{right}");
    assert_eq!(check("a.yaml", &file, &workspace).mistakes, []);
    let wrong = right
        .replace("Ada@", "eda@")
        .replace("sales", "seles")
        .replace("front-desk", "front-disk")
        .replace("shop }", "shap }")
        .replace("plan", "plam")
        .replace("VIP", "VOP")
        .replace("crm", "crn")
        .replace("other", "othre")
        .replace("done", "doen");
    let file = format!("{HEAD}steps:\n{wrong}");
    let told = check("a.yaml", &file, &workspace).mistakes;
    let codes: Vec<&str> = told.iter().map(|mistake| mistake.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "unknown-agent",
            "unknown-team",
            "unknown-queue",
            "unknown-calendar",
            "unknown-field",
            "unknown-tag",
            "unknown-variable",
            "unknown-secret",
            "unknown-team",
            "unknown-workflow",
            "unknown-category",
        ],
        "{told:#?}"
    );
    assert!(told.iter().all(|mistake| mistake.remedy.starts_with("did you mean `")), "{told:#?}");
    assert_eq!(
        check("a.yaml", &file, &Workspace::default()).mistakes,
        [],
        "nothing is said of what is not known"
    );
}

#[test]
fn workflows_that_start_each_other_are_told_of_together() {
    let adds = |id: &str, trigger: &str, step: &str| {
        format!("format: 1\nid: {id}\nname: {id}\ntrigger: {trigger}\nsteps:\n- {{ id: a, {step} }}\n")
    };
    let one = adds("one", "{ tag_added: [x] }", "add_tags: [y]");
    let two = adds("two", "{ tag_added: [Y] }", "set_field: { field: f, to: 1 }");
    let three = adds("three", "{ field_changed: f }", "add_tags: [$contact.tag]");
    let told = codes(&[&one, &two, &three]);
    assert_eq!(told, [vec!["workflow-loop"], vec!["workflow-loop"], vec!["workflow-loop"]]);
    assert_eq!(codes(&[&one, &two]), [Vec::<&str>::new(), vec![]]);
    assert_eq!(codes(&[&adds("self", "{ tag_added: [] }", "add_tags: [any]")]), [["workflow-loop"]]);
    assert_eq!(codes(&[&adds("self", "manual", "run: { workflow: self }")]), [["workflow-loop"]]);
    assert_eq!(codes(&[&adds("self", "{ opened: { by: [visitor] } }", "do: open")]), [Vec::<&str>::new()]);
}

#[test]
fn a_workflow_that_another_starts_has_to_be_there_and_manual() {
    let of = |id: &str, trigger: &str, step: &str| {
        format!("format: 1\nid: {id}\nname: {id}\ntrigger: {trigger}\nsteps:\n- {{ id: a, {step} }}\n")
    };
    let run = of("one", "{ opened: {} }", "run: { workflow: two, from: b }");
    assert_eq!(codes(&[&run, &of("two", "manual", "say: x")])[0], ["unknown-step"]);
    assert_eq!(codes(&[&run, &of("two", "{ closed: {} }", "say: x")])[0], ["not-manual", "unknown-step"]);
    assert_eq!(codes(&[&run, &run])[1], ["duplicate-id"]);
    assert_eq!(codes(&[&run])[0], Vec::<&str>::new());
}

#[test]
fn what_a_file_holds_is_told_by_its_keys() {
    for (file, kind) in [
        ("format: 1\nactions: []\n", FileKind::Assistant),
        ("trigger: manual\n", FileKind::Workflow),
        ("steps: []\n", FileKind::Workflow),
        ("timeline: []\n", FileKind::Recording),
        ("format: 1\n", FileKind::Assistant),
        ("- 1\n", FileKind::Assistant),
        ("{", FileKind::Assistant),
    ] {
        assert_eq!(FileKind::of(Notation::Yaml, file), kind, "{file}");
    }
}

#[test]
fn recordings_are_read_as_strictly() {
    let head = "format: 1\ntitle: T\nstart: 2026-11-21T09:00Z\n";
    for (rest, expected) in [
        ("timeline: [{ opend: visitor }]", "unknown-key"),
        ("timeline: [{ at: soon, visitor: x }]", "bad-time"),
        ("timeline: [{ assigned: eda@x }]\nagents: { ada@x: {} }", "unknown-agent"),
        ("timeline: []\nzone: Atlantis", "bad-zone"),
        ("timeline: []\ncalendars: { a: { week: { monday: [9-17] } } }", "bad-hours"),
        ("timeline: []\ncalendars: { a: { week: { mooday: [] } } }", "unknown-word"),
        ("timeline: []\ncalendars: { a: { days: { soon: [] } } }", "bad-date"),
        ("timeline: []\nagents: { a@x: { id: 5a } }", "bad-id"),
    ] {
        let mistakes = read_recording(Notation::Yaml, &format!("{head}{rest}\n")).unwrap_err();
        let codes: Vec<&str> = mistakes.iter().map(|mistake| mistake.code.as_str()).collect();
        assert_eq!(codes, [expected], "{rest}: {mistakes:#?}");
        assert!(mistakes[0].line >= 4, "{mistakes:#?}");
    }
}

fn codes(files: &[&str]) -> Vec<Vec<String>> {
    let texts: Vec<_> = files.iter().map(|file| (Notation::Yaml, *file)).collect();
    let codes = |checked: &Checked| checked.mistakes.iter().map(|mistake| mistake.code.clone()).collect();
    check_all(&texts, &Workspace::default()).iter().map(codes).collect()
}

fn expect(file: &str, expected: &[&str]) {
    expect_all([(file.to_owned(), expected)]);
}

/// Each mistake as a line must contain its expected words, and there must be no others.
fn expect_all<'a>(files: impl IntoIterator<Item = (String, &'a [&'a str])>) {
    let wrong: Vec<String> =
        files.into_iter().filter_map(|(file, expected)| otherwise(&file, expected)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn otherwise(file: &str, expected: &[&str]) -> Option<String> {
    let checked = check("a.yaml", file, &Workspace::default());
    let line = |m: &Mistake| {
        let severity = if m.severity == Severity::Error { "error" } else { "warning" };
        format!("{}:{} {severity}[{}] {} {}; {}", m.line, m.column, m.code, m.path, m.problem, m.remedy)
    };
    let lines: Vec<String> = checked.mistakes.iter().map(line).collect();
    let matching = lines.iter().zip(expected).all(|(line, expected)| line.contains(expected));
    let as_expected =
        matching && lines.len() == expected.len() && checked.is_sound() == checked.workflow.is_some();
    (!as_expected).then(|| format!("in {file}\nfound {lines:#?}\nexpected {expected:#?}"))
}

#[test]
fn a_secret_is_for_the_origins_it_is_meant_for() {
    let origins = vec!["https://crm.example".to_owned(), "https://b.example:8443".to_owned()];
    let workspace = Workspace { secrets: Some([("crm".to_owned(), origins)].into()), ..Workspace::default() };
    let told = |url: &str| {
        let step = format!(
            "- {{ id: a, request: {{ url: \"{url}\", headers: {{ A: {{ secret: crm }} }} }}, failed: end }}"
        );
        let mistakes = check("a.yaml", &format!("{HEAD}steps:\n{step}\n"), &workspace).mistakes;
        mistakes.into_iter().map(|mistake| mistake.code).collect::<Vec<_>>()
    };
    for right in
        ["https://crm.example", "https://CRM.example:443/x?y=$contact.email", "https://b.example:8443/"]
    {
        assert_eq!(told(right), Vec::<String>::new(), "{right}");
    }
    assert_eq!(told("https://crm.example.evil.example/"), ["secret-elsewhere"]);
    assert_eq!(told("https://b.example/"), ["secret-elsewhere"]);
    assert_eq!(told("http://crm.example/"), ["not-encrypted", "secret-elsewhere"]);
}
