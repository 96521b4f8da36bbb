//! What is said about workflows that cannot work, or will not as meant.

use authoring::tree::Notation;
use authoring::workflow::{Checked, FileKind, Workspace, check, check_all, read_recording};
use authoring::{Mistake, Severity};

const HEAD: &str = "format: 1\nid: test\nname: Test\ntrigger: { opened: {} }\n";

/// What is written, and what is said of it.
#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    let files = STEPS.iter().map(|(steps, expected)| {
        (
            format!(
                "{HEAD}steps:
{steps}"
            ),
            *expected,
        )
    });
    expect_all(files);
}

#[test]
fn heads_are_checked_too() {
    let steps = "steps: [{ id: a, say: Hello }]\n";
    expect_all(HEADS.iter().map(|(head, expected)| {
        (
            format!(
                "{head}
{steps}"
            ),
            *expected,
        )
    }));
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

#[test]
fn what_the_workspace_does_not_have_is_told() {
    let known = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    let workspace = Workspace {
        queues: known(&["front-desk"]),
        agents: known(&["ada@shop.example"]),
        teams: known(&["sales"]),
        calendars: known(&["shop"]),
        categories: known(&["Done"]),
        fields: known(&["email", "plan"]),
        tags: known(&["vip"]),
        secrets: known(&["crm"]),
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
- { id: k, close: { category: Done } }
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
        .replace("Done", "Doen");
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

const HEADS: &[(&str, &[&str])] = &[
    ("format: 1\nid: test\nname: Test\ntrigger: manual", &[]),
    (
        "format: 1\nname: Test\ntrigger: manual",
        &["1:1 error[missing-key]  `id` is missing; add it: `id: reassign-after-silence`"],
    ),
    (
        "format: 1\nid: A B\nname: Test\ntrigger: manual",
        &["2:5 error[malformed] /id `A B` cannot stand here; use lower-case letters"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { open: {} }",
        &["error[unclear] /trigger it is not clear what is meant by `open`"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manuel",
        &["error[unknown-word] /trigger `manuel` is not known here; did you mean `manual`?"],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { webhook: { contact: { email: mail }, values: { x: $ } } }",
        &[
            "error[bad-path] /trigger/webhook/contact/email `mail` is no path into JSON",
            "error[bad-path] /trigger/webhook/values/x",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { shortcut: { form: [{ name: x, kind: choice }, { name: x, kind: text, min: 1 }] } }",
        &[
            "error[missing-options] /trigger/shortcut/form/0 nobody can answer this",
            "error[duplicate-id] /trigger/shortcut/form/1/name `x` is already field 1 of this form",
            "error[key-of-other-kind] /trigger/shortcut/form/1/min `min` belongs to questions of kind `number`",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: { shortcut: { form: [{ name: reason, kind: text }] } }\nwhen: { subject: $trigger.raeson, operator: exists }",
        &[
            "warning[unknown-variable] /when/subject `$trigger.raeson` stands for nothing: there is no value of the trigger `raeson`; did you mean `reason`?",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manual\nwhen: { subject: contact.email, operator: exists }",
        &[
            "error[bad-subject] /when/subject `contact.email` is nothing a test can look at; did you mean `$contact.email`?",
        ],
    ),
    (
        "format: 1\nid: a\nname: Test\ntrigger: manual\nwhen: { all: [] }",
        &["warning[empty-group] /when/all nothing is asked for here"],
    ),
];

const STEPS: &[(&str, &[&str])] = &[
    ("- { id: a, say: Hello }", &[]),
    (
        "- { id: a, say: Hello }\n- { id: a, say: Again }",
        &["7:9 error[duplicate-id] /steps/1/id `a` is already the id of another step"],
    ),
    ("- { id: end, say: Hello }", &["error[name-taken] /steps/0/id"]),
    (
        "- { id: a-b, say: Hello }",
        &["error[malformed] /steps/0/id `a-b` cannot stand here; use letters a–z, digits and `_` only"],
    ),
    (
        "- { id: a, say: Hello, next: b }\n- { id: c, say: x }",
        &[
            "6:30 error[unknown-step] /steps/0/next there is no step `b`",
            "warning[unreachable-step] /steps/1",
        ],
    ),
    (
        "- { id: first, say: Hello, next: frist }",
        &["error[unknown-step] /steps/0/next there is no step `frist`; did you mean `first`?"],
    ),
    (
        "- { id: a, jump: { to: end, times: 1 } }",
        &["error[unknown-step] /steps/0/jump/to a jump leads to a step"],
    ),
    (
        "- { id: a, jump: { to: a, times: 11 } }",
        &["error[out-of-range] /steps/0/jump/times 11 is out of range; write a number from 1 to 10"],
    ),
    (
        "- { id: a, say: Hello, next: end }\n- { id: b, say: Never }",
        &["7:3 warning[unreachable-step] /steps/1 nothing leads to `b`"],
    ),
    ("- { id: a, close: {} }\n- { id: b, say: Never }", &["warning[unreachable-step] /steps/1"]),
    (
        "- { id: a, close: {}, next: b }\n- { id: b, say: Never }",
        &["warning[no-effect] /steps/0/next", "warning[unreachable-step] /steps/1"],
    ),
    (
        "- { id: a, say: Hello }\n- { id: b, say: Again, next: a }",
        &["7:3 error[circle] /steps/1 `a`, `b` lead back to each other"],
    ),
    ("- { id: a, wait: 1m }\n- { id: b, say: Again, next: a }", &[]),
    ("- { id: a, wait: 0s, next: a }", &["error[circle] /steps/0"]),
    ("- { id: a, say: x }\n- { id: b, jump: { to: a, times: 3 } }", &[]),
    ("- { id: a, assign: { to: { team: t } }, nobody: a }", &["error[circle] /steps/0"]),
    ("- { id: a, wait: 15 }", &["error[wrong-type] /steps/0/wait the number `15` stands here"]),
    (
        "- { id: a, wait: '15' }",
        &["error[malformed] /steps/0/wait `15` cannot stand here; write a length of time such as `15m`"],
    ),
    ("- { id: a, wait: 8d }", &["warning[long-wait] /steps/0/wait this waits for more than a week"]),
    (
        "- { id: a, assign: { to: { team: t }, timeout: 2w }, nobody: end, timed_out: end }",
        &["warning[long-wait] /steps/0/assign/timeout"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, timeout: 1h } }",
        &[
            "warning[no-way-out] /steps/0 the run ends here after one invalid answer too many; write the step that follows: `invalid: …`",
            "`timed_out: …`",
        ],
    ),
    (
        "- { id: a, assign: { to: anybody } }",
        &["warning[no-way-out] /steps/0 the run ends here when nobody there could ever have"],
    ),
    (
        "- { id: a, request: { url: https://a.example } }",
        &["warning[no-way-out] /steps/0 the run ends here when the call fails"],
    ),
    (
        "- { id: a, during: { calendar: c } }",
        &["warning[no-way-out] /steps/0 the run ends here outside that time"],
    ),
    (
        "- { id: a, assign: { to: anybody }, nobody: end, timed_out: end }",
        &["warning[no-effect] /steps/0/timed_out"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text }, invalid: end, timed_out: end }",
        &["warning[no-effect] /steps/0/timed_out"],
    ),
    (
        "- { id: a, assign: { to: { agent: a@b }, by: least_open, online_only: true }, nobody: end }",
        &["warning[no-effect] /steps/0/assign/by", "warning[no-effect] /steps/0/assign/online_only"],
    ),
    (
        "- { id: a, assign: { to: { queue: Front } }, nobody: end }",
        &["error[malformed] /steps/0/assign/to/queue"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: choice }, invalid: end }",
        &["error[missing-options] /steps/0/ask nobody can answer this"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: choice, options: [Yes, ' yes'] }, invalid: end }",
        &["warning[same-option] /steps/0/ask/options/1"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, options: [A], order: day_first }, invalid: end }",
        &["error[key-of-other-kind] /steps/0/ask/options", "error[key-of-other-kind] /steps/0/ask/order"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: number, min: 5, max: 1 }, invalid: end }",
        &["error[empty-range] /steps/0/ask no number lies between 5 and 1"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, save: [tag] }, invalid: end }",
        &["warning[odd-tag] /steps/0/ask/save/0"],
    ),
    (
        "- { id: a, ask: { text: Which?, kind: text, retries: 11 }, invalid: end }",
        &["error[out-of-range] /steps/0/ask/retries"],
    ),
    (
        "- { id: a, say: Hello $nmae }\n- { id: b, set: { variable: name, to: x } }",
        &[
            "warning[unknown-variable] /steps/0/say `$nmae` stands for nothing: there is no variable `nmae`; did you mean `name`?",
        ],
    ),
    (
        "- { id: a, say: $step.b $step.a $assignee.mail }",
        &[
            "warning[step-without-answer] /steps/0/say `$step.a`",
            "warning[unknown-variable] /steps/0/say `$assignee.mail`",
            "`$step.b` stands for nothing: there is no step `b`",
        ],
    ),
    (
        "- { id: a, during: { from: tomorrow, to: 2026-12-24T00:00Z }, outside: end }",
        &["error[bad-time] /steps/0/during/from `tomorrow` is no moment"],
    ),
    (
        "- { id: a, during: { from: 2026-12-25T00:00Z, to: 2026-12-24T00:00Z }, outside: end }",
        &["error[empty-range] /steps/0/during"],
    ),
    (
        "- { id: a, request: { url: crm.example }, failed: end }",
        &["error[bad-url] /steps/0/request/url `crm.example` is no address of the web"],
    ),
    (
        "- { id: a, request: { url: 'https://$contact.host/x' }, failed: end }",
        &["error[bad-url] /steps/0/request/url a variable decides which host is called"],
    ),
    (
        "- { id: a, request: { url: 'https://ada:pass@crm.example' }, failed: end }",
        &["error[bad-url] /steps/0/request/url a name and a password stand in this address"],
    ),
    (
        "- { id: a, request: { url: 'https://crm..example:x' }, failed: end }",
        &["error[bad-url] /steps/0/request/url this host cannot exist"],
    ),
    (
        "- { id: a, request: { url: 'http://crm.example' }, failed: end }",
        &["warning[not-encrypted] /steps/0/request/url"],
    ),
    (
        "- { id: a, request: { url: 'https://crm.example?api_key=0123456789' }, failed: end }",
        &["warning[secret-in-file] /steps/0/request/url `api_key` looks like a secret"],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { Authorization: Bearer 0123456789 } }, failed: end }",
        &["warning[secret-in-file] /steps/0/request/headers/Authorization"],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { Authorization: $contact.key } }, failed: end }",
        &[],
    ),
    (
        "- { id: a, request: { url: https://a.example, headers: { 'X Page': x, Host: y } }, failed: end }",
        &[
            "error[bad-header] /steps/0/request/headers/X Page `X Page` is no name of a header",
            "error[bad-header] /steps/0/request/headers/Host the bridge writes `Host` itself",
        ],
    ),
    (
        "- { id: a, request: { url: https://a.example, body: { text: x } }, failed: end }",
        &["warning[needless-body] /steps/0/request/body"],
    ),
    (
        "- { id: a, request: { url: https://a.example, take: { x: a.b } }, failed: end }",
        &["error[bad-path] /steps/0/request/take/x"],
    ),
    // Tests.
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: older_than, value: 1m }, next: end }] }",
        &[
            "error[wrong-operator] /steps/0/branch/0/when/operator `older_than` says nothing about a list; use `any_of`",
        ],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_at: { from: human } }, operator: contains, value: x }, next: end }] }",
        &["error[wrong-operator] /steps/0/branch/0/when/operator `contains` says nothing about a moment"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: older_than, value: soon }, next: end }] }",
        &["error[bad-duration] /steps/0/branch/0/when/value this is no length of time"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: equals }, next: end }] }",
        &["error[missing-value] /steps/0/branch/0/when"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: exists, value: 1 }, next: end }] }",
        &["error[superfluous-value] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: any_of, value: x }, next: end }] }",
        &["error[not-a-list] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: tags, operator: any_of, value: [] }, next: end }] }",
        &["error[empty-list] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: equals, value: [1] }, next: end }] }",
        &["error[wrong-kind] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: between, value: [1] }, next: end }] }",
        &["error[not-a-pair] /steps/0/branch/0/when/value"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: $contact.x, operator: between, value: [3, 2] }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value nothing lies between 3 and 2"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_source: { from: visitor } }, operator: exists }, next: end }] }",
        &["error[bad-subject] /steps/0/branch/0/when/subject/last_message_source/from"],
    ),
    (
        "- { id: a, branch: [{ name: c, when: { subject: { last_message_source: { from: any } }, operator: equals, value: humam }, next: end }] }",
        &["warning[never-true] /steps/0/branch/0/when/value this is never `humam`; did you mean `human`?"],
    ),
    (
        "- { id: q, ask: { text: x, kind: choice, options: [Buying] }, invalid: end }\n- { id: a, branch: [{ name: c, when: { subject: $step.q, operator: equals, value: buyng }, next: end }] }",
        &["warning[never-true] /steps/1/branch/0/when/value this is never `buyng`; did you mean `Buying`?"],
    ),
    (
        "- id: a\n  branch:\n  - { name: x, when: { subject: $contact.a, operator: exists }, next: end }\n  - { name: y, when: { subject: $contact.a, operator: exists }, next: a2 }\n- { id: a2, say: x }",
        &["9:5 warning[never-taken] /steps/0/branch/1 this case is never taken: `x` holds whenever it does"],
    ),
    (
        "- id: a\n  branch:\n  - { name: x, when: { any: [] }, next: end }\n  - { name: y, when: { subject: $contact.a, operator: exists }, next: end }",
        &[
            "warning[empty-group] /steps/0/branch/0/when/any",
            "warning[never-taken] /steps/0/branch/1 this case is never taken: `x` always holds",
        ],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      all:\n      - { subject: $contact.a, operator: exists }\n      - { subject: $contact.a, operator: exists }\n      - { subject: $contact.a, operator: not_exists }",
        &[
            "13:9 warning[same-test]",
            "14:9 warning[never-true] /steps/0/branch/0/when/all/2 this can never hold together with another test here",
        ],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      all:\n      - { subject: $contact.a, operator: equals, value: A }\n      - { all: [{ subject: $contact.a, operator: equals, value: b }] }",
        &["warning[never-true] /steps/0/branch/0/when/all/1/all/0"],
    ),
    (
        "- id: a\n  branch:\n  - name: x\n    next: end\n    when:\n      any:\n      - { subject: $contact.a, operator: equals, value: A }\n      - { subject: $contact.a, operator: equals, value: b }",
        &[],
    ),
    // Form.
    ("- { id: a }", &["error[unclear]"]),
    ("- { id: a, say: x, wait: 5m }", &["does not go together with the other keys here"]),
    (
        "- { id: a, sya: Hello }",
        &["error[unknown-key] /steps/0/sya `sya` is not known here; did you mean `say`?"],
    ),
];
