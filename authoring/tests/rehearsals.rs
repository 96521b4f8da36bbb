//! What a dry run plays: triggers, other workflows' questions, other systems' answers, people who come and go.

use authoring::tree::Notation;
use authoring::workflow::{Rehearsal, Workspace, check_text, read_recording, rehearse};

#[test]
fn every_trigger_has_an_occasion() {
    for (trigger, entry, starts) in [
        ("{ opened: { by: [api] } }", "{ opened: api }", 1),
        ("{ opened: { by: [api] } }", "{ opened: visitor }", 0),
        ("{ closed: { by: [silence] } }", "{ closed: silence }", 1),
        ("{ closed: { categories: [sold] } }", "{ closed: agent, category: sold }", 1),
        ("{ closed: { categories: [sold] } }", "{ closed: agent }", 0),
        ("{ tag_added: [VIP] }", "{ tag_added: vip }", 1),
        ("{ tag_removed: [] }", "{ tag_removed: any }", 1),
        ("{ field_changed: plan }", "{ field_changed: plan, to: gold }", 1),
        ("{ field_changed: plan }", "{ field_changed: name }", 0),
        ("{ page_event: left }", "{ page_event: left, told: { size: 3 } }", 1),
        ("manual", "{ started: { size: 3 } }", 1),
        (
            "{ webhook: { contact: { id: $.id }, values: { size: $.a.size } } }",
            "{ webhook: { a: { size: 3 } } }",
            1,
        ),
        ("{ shortcut: { form: [{ name: size, kind: number }] } }", "{ shortcut: { size: \"3\" } }", 1),
        ("{ shortcut: { form: [{ name: size, kind: number }] } }", "{ shortcut: { size: many } }", 0),
        ("{ shortcut: { form: [{ name: size, kind: number, required: true }] } }", "{ shortcut: {} }", 0),
    ] {
        let told =
            play(trigger, "- { id: a, comment: \"told $trigger.size\" }", &format!("timeline: [{entry}]"));
        assert_eq!(told.runs.len(), starts, "{trigger} {entry}\n{told}");
        let has_size = entry.contains('3') && starts == 1;
        assert_eq!(told.to_string().contains("told 3"), has_size, "{told}");
    }
}

#[test]
fn a_question_waits_for_another_workflows_or_goes_its_own_way() {
    let timeline = "timeline: [{ happens: question_elsewhere }, { opened: visitor }, { at: 1m, visitor: for the other }, \
                    { at: 2m, happens: question_elsewhere_done }, { at: 3m, visitor: for us }]";
    let ask = "- { id: a, ask: { text: Well?, kind: text }, invalid: end, BUSY }\n- { id: b, comment: $step.a, next: end }\n- { id: c, comment: busy }";
    let waits = play(
        "{ opened: {} }",
        &ask.replace(", BUSY", ""),
        &format!("{timeline}\nexpect: {{ comments: [for us] }}"),
    );
    assert!(waits.passed(), "{waits}");
    let goes = play(
        "{ opened: {} }",
        &ask.replace("BUSY", "busy: c"),
        &format!("{timeline}\nexpect: {{ comments: [busy] }}"),
    );
    assert!(goes.passed(), "{goes}");
}

#[test]
fn people_are_found_as_the_step_says() {
    let agents = "agents:\n  a@x: { teams: [t], queues: [q], status: busy, open: 0 }\n  b@x: { teams: [t], open: 5 }\n  \
                  c@x: { teams: [t], open: 2, capacity: 3 }\n  d@x: { queues: [q], open: 1, capacity: 1 }";
    for (assign, owner) in [
        ("{ to: { team: t } }", "b@x"),
        ("{ to: { team: t }, by: least_open }", "c@x"),
        ("{ to: { team: t }, by: least_open, fewer_open_than: 1 }", "a@x"),
        ("{ to: { team: t }, online_only: true, fewer_open_than: 2 }", ""),
        ("{ to: { team: t }, by: manual }", ""),
        ("{ to: { queue: q } }", "a@x"),
        ("{ to: { queue: q }, online_only: true }", ""),
        ("{ to: anybody }", "b@x"),
        ("{ to: { agent: D@X } }", "d@x"),
        ("{ to: { agent: nobody@x } }", ""),
        ("{ to: { team: nobodys } }", ""),
    ] {
        let step = format!("- {{ id: a, assign: {assign}, nobody: end }}");
        let told = play("{ opened: {} }", &step, &format!("{agents}\ntimeline: [{{ opened: visitor }}]"));
        assert_eq!(told.owner, owner, "{assign}\n{told}");
    }
}

#[test]
fn whoever_gets_room_is_given_what_waits() {
    let steps = "- { id: a, assign: { to: { team: t }, online_only: true }, nobody: end }\n- { id: b, comment: $assignee.name }";
    let of = |entries: &str| {
        let file = format!(
            "agents: {{ a@x: {{ name: Ada, teams: [t], status: away }} }}\ntimeline: [{{ opened: visitor }}, {entries}]\nexpect: {{ comments: [Ada] }}"
        );
        play("{ opened: {} }", steps, &file)
    };
    for entries in ["{ at: 1h, status_of: a@x, is: online }", "{ at: 1h, assigned: a@x }"] {
        let told = of(entries);
        assert!(told.passed(), "{told}");
    }
    assert!(!of("{ at: 1h, status_of: a@x, is: busy }").passed());
}

#[test]
fn a_trigger_that_comes_again_is_passed_over_or_begins_anew() {
    let timeline = "timeline: [{ tag_added: a }, { at: 1m, tag_added: b }]";
    let steps = "- { id: a, wait: 1h }";
    let over =
        play("{ tag_added: [] }", steps, &format!("{timeline}\nexpect: {{ starts: 1, ended: finished }}"));
    assert!(
        over.passed() && over.to_string().contains("it is running in this conversation already"),
        "{over}"
    );
    let anew = play(
        "{ tag_added: [] }\nrestart_when_triggered_again: true",
        steps,
        &format!("{timeline}\nexpect: {{ starts: 2 }}"),
    );
    assert!(anew.passed(), "{anew}");
    assert_eq!(anew.runs[0].ended.as_deref(), Some("its trigger came again"));
    let once = play(
        "{ tag_added: [] }\nonce_per_contact: true",
        steps,
        &format!("ran_before: true\n{timeline}\nexpect: {{ starts: 0 }}"),
    );
    assert!(once.passed(), "{once}");
}

#[test]
fn what_ends_a_run_early_ends_it() {
    for (exit, entry, ended) in [
        ("agent_may_stop", "{ happens: agent_stops }", "stopped_by_agent"),
        ("on_visitor_message", "{ visitor: x }", "visitor_wrote"),
        ("on_human_message", "{ human: x }", "human_wrote"),
        ("on_manual_assignment", "{ assigned: a@x }", "assigned_by_hand"),
    ] {
        for (trigger, ended) in [
            (format!("{{ opened: {{}} }}\nexits: {{ {exit}: true }}"), ended),
            ("{ opened: {} }".to_owned(), "finished"),
        ] {
            let file = format!(
                "agents: {{ a@x: {{}} }}\ntimeline: [{{ opened: visitor }}, {entry}]\nexpect: {{ ended: {ended} }}"
            );
            let told = play(&trigger, "- { id: a, wait: 1h }", &file);
            assert!(told.passed(), "{exit}: {told}");
        }
    }
}

#[test]
fn other_systems_answer_in_the_order_that_is_recorded() {
    let steps = "- { id: call, request: { url: https://a.example/$n, take: { n: $.n } }, failed: failed }\n\
                 - { id: again, jump: { to: call, times: 2 } }\n\
                 - { id: done, comment: \"$n\", next: end }\n\
                 - { id: failed, comment: \"failed $step.call\" }";
    let timeline = "timeline: [{ opened: visitor }]";
    let of = |answers: &str, comment: &str| {
        let told = play(
            "{ opened: {} }",
            steps,
            &format!("{answers}\n{timeline}\nexpect: {{ comments: [\"{comment}\"] }}"),
        );
        assert!(told.passed(), "{answers}: {told}");
    };
    of(
        "answers: { call: [{ status: 200, body: { n: 1 } }, { status: 200, body: { n: 2 }, after: 5s }] }",
        "2",
    );
    of("answers: { call: [{ status: 200, body: { n: 1 } }, { status: 404 }] }", "failed 404");
    of("answers: { call: [{ status: 200, body: { n: 1 }, after: 2m }] }", "failed 0");
    of("answers: { call: [{}] }", "failed 0");
    of("tags: []", "failed 0");
}

#[test]
fn what_is_not_as_expected_is_told_with_both() {
    let told = play(
        "{ opened: {} }",
        "- { id: a, say: Hello }\n- { id: b, set: { variable: n, to: 1 } }\n- { id: c, run: { workflow: other } }\n- { id: d, wait: 1h }",
        "timeline: [{ opened: visitor }, { at: 5m, expect: { waits_at: a } }]\n\
         expect: { starts: 2, said: [Bye], contact: { plan: gold }, variables: { n: 2 }, started: [], tags: [x], ended: closed }",
    );
    assert_eq!(
        told.unmet,
        [
            "after 300 seconds `waits_at` is \"d\" and was expected to be \"a\"",
            "`starts` is 1 and was expected to be 2",
            "`tags` is [] and was expected to be [\"x\"]",
            "`contact.plan` is \"\" and was expected to be \"gold\"",
            "`variables.n` is \"1\" and was expected to be \"2\"",
            "`said` is [\"Hello\"] and was expected to be [\"Bye\"]",
            "`started` is [\"other\"] and was expected to be []",
            "`ended` is \"finished\" and was expected to be \"closed\"",
        ]
    );
}

#[test]
fn a_rehearsal_is_written_and_read_back_as_json() {
    let told = play("{ opened: {} }", "- { id: a, say: Hello }", "timeline: [{ opened: visitor }]");
    let json = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Rehearsal>(&json).unwrap(), told);
}

#[test]
fn a_recording_that_nobody_checked_is_refused_with_paths() {
    let recording = read_recording(Notation::Yaml, &recording("timeline: []")).unwrap();
    let mut recording = recording;
    recording.start = "soon".to_owned();
    let workflow = workflow("manual", "- { id: a, say: Hello }");
    let mistakes = rehearse(&workflow, &recording).unwrap_err();
    assert_eq!(
        (mistakes.len(), mistakes[0].path.as_str(), mistakes[0].code.as_str()),
        (1, "/start", "bad-time")
    );
}

fn play(trigger: &str, steps: &str, rest: &str) -> Rehearsal {
    let recording = read_recording(Notation::Yaml, &recording(rest));
    let recording = recording.unwrap_or_else(|mistakes| panic!("{rest}: {mistakes:#?}"));
    rehearse(&workflow(trigger, steps), &recording).expect("a recording that was read can be played")
}

fn workflow(trigger: &str, steps: &str) -> switchboard::workflow::Workflow {
    let file = format!("format: 1\nid: test\nname: Test\ntrigger: {trigger}\nsteps:\n{steps}\n");
    let checked = check_text(Notation::Yaml, &file, &Workspace::default());
    checked.workflow.unwrap_or_else(|| panic!("{file}: {:#?}", checked.mistakes))
}

fn recording(rest: &str) -> String {
    format!("format: 1\ntitle: Test\nstart: 2026-11-21T09:00Z\n{rest}\n")
}
