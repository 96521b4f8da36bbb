//! What single steps do, and what is remembered of them.

use super::desk::{Desk, agent};
use super::flow::*;
use crate::workflow::definition::*;
use crate::workflow::facts::{Scope, Sender, Which};
use crate::workflow::value::VALUE_BYTES_MAX;
use crate::workflow::*;
use std::collections::BTreeMap;

#[test]
fn a_step_sees_what_the_steps_before_it_did() {
    let desk = Desk::of(workflow("see", |to| {
        let last = Subject::LastText(Which::Outgoing(Sender::Workflow), Scope::Conversation);
        let all = vec![
            value("contact.tier", Operator::Greater(text("2"))),
            Test { subject: Subject::Tags, operator: Operator::AllOf(vec![text("vip"), text("kept")]) },
            Test { subject: Subject::Tags, operator: Operator::NoneOf(vec![text("old")]) },
            Test { subject: last, operator: equals("welcome") },
            value("assignee.exists", equals("false")),
            Test {
                subject: Subject::LastAt(Which::Incoming, Scope::SinceAssignment),
                operator: Operator::NotExists,
            },
        ];
        let tag = |change, tag| Task::Tag { change, tags: vec![text(tag)] };
        vec![
            step("field", Task::Field { field: "tier".into(), to: Source::Constant(Value::Number(3.0)) }),
            step("tag", tag(ChangeOfTag::Added, "VIP")),
            step("untag", tag(ChangeOfTag::Removed, "OLD")),
            step("say", say("Welcome")),
            step("free", Task::Unassign),
            then("all?", Task::Branch(vec![case("all", all, to("yes"))]), None),
            step("yes", comment("all seen")),
        ]
    }));
    let mut desk = desk;
    desk.world.tags = vec!["Old".to_owned(), "kept".to_owned()];
    desk.world.assignee.insert("name".to_owned(), Value::text("ada"));
    desk.world.assigned_at = Some(desk.now);
    assert_eq!(desk.open(OpenedBy::Visitor).comments(), ["all seen"]);
}

#[test]
fn the_first_case_that_holds_is_taken_and_else_the_next_step() {
    let taken = |size: f64| {
        let mut desk = Desk::of(workflow("branch", |to| {
            let over = |bound| vec![value("trigger.size", Operator::Greater(text(bound)))];
            let cases = vec![case("huge", over("100"), to("huge")), case("big", over("10"), to("big"))];
            vec![
                then("how big?", Task::Branch(cases), to("small")),
                then("huge", comment("huge"), None),
                then("big", comment("big"), None),
                then("small", comment("small"), None),
            ]
        }));
        desk.tell(Input::Started { told: [("size".to_owned(), Value::Number(size))].into(), from: None });
        desk.comments().join(" ")
    };
    assert_eq!([taken(1_000.0), taken(50.0), taken(5.0)], ["huge", "big", "small"]);
}

#[test]
fn a_branch_of_more_cases_than_can_be_counted_is_only_long() {
    let never = || case("never", vec![value("nothing", Operator::Exists)], None);
    let desk = Desk::of(workflow("long", |_| {
        let mut cases: Vec<Case> = std::iter::repeat_with(never).take(70_000).collect();
        cases.push(case("always", vec![], None));
        vec![step("branch", Task::Branch(cases))]
    }));
    assert_eq!(desk.open(OpenedBy::Visitor).run.ended(), Some(End::Finished));
}

#[test]
fn another_workflow_is_told_the_variables_and_what_led_to_it() {
    let mut desk = Desk::of(workflow("first", |_| {
        let next = Task::Trigger { workflow: WorkflowId("second".into()), from: Some("middle".into()) };
        vec![step("set", set("reason", "$trigger.why")), step("start", next)]
    }));
    desk.run = Run::new(vec![WorkflowId("zeroth".into())]);
    desk.tell(Input::Started { told: [("why".to_owned(), Value::text("rain"))].into(), from: None });
    let wanted = Effect::Trigger {
        workflow: WorkflowId("second".into()),
        from: Some("middle".into()),
        told: [("reason".to_owned(), Value::text("rain"))].into(),
        causes: vec![WorkflowId("zeroth".into()), WorkflowId("first".into())],
    };
    assert_eq!(desk.done.first(), Some(&wanted));
}

#[test]
fn ownership_completes_an_assignment_whoever_brought_it_about() {
    let mut desk = Desk::of(assigning()).team("team", &["bob"]).open(OpenedBy::Visitor);
    assert_eq!(desk.run.ended(), None, "nobody is online");
    desk.tell(Input::AssignedByHand { agent: agent("ada") });
    assert_eq!(desk.comments(), [format!("{} has it", agent("ada"))]);
}

#[test]
fn an_assignment_that_comes_too_late_changes_nothing() {
    let mut desk = Desk::of(assigning()).team("team", &["bob"]).open(OpenedBy::Visitor);
    desk.minutes(1);
    assert_eq!(desk.said(), ["nobody"]);
    let before = desk.run.clone();
    for ticket in [Ticket(1), Ticket(2)] {
        desk.tell(Input::Assigned { ticket, agent: agent("bob") });
        desk.tell(Input::NobodyToAssign { ticket });
    }
    assert_eq!(desk.run, before);
}

#[test]
fn an_answer_to_an_earlier_wish_is_not_taken_for_one_to_a_later() {
    let wish = || Task::Assign(Box::new(Assign { online_only: true, ..assign(team("team")) }));
    let mut desk = Desk::of(workflow("twice", |_| vec![step("one", wish()), step("two", wish())]));
    desk = desk.team("team", &["bob"]).open(OpenedBy::Visitor);
    let (first, bob) = (Ticket(1), agent("bob"));
    desk.tell(Input::Assigned { ticket: first, agent: bob });
    assert_eq!(desk.run.waits_at(), Some(StepAt(1)));
    let before = desk.run.clone();
    desk.tell(Input::Assigned { ticket: first, agent: bob });
    desk.tell(Input::NobodyToAssign { ticket: first });
    assert_eq!(desk.run, before);
    desk.tell(Input::Assigned { ticket: Ticket(2), agent: bob });
    assert_eq!(desk.run.ended(), Some(End::Finished));
}

#[test]
fn an_answer_to_an_earlier_call_is_not_taken_for_one_to_a_later() {
    let mut desk = Desk::of(workflow("twice", |to| {
        let call =
            || Task::Request(Box::new(Request { failed: to("two"), ..request("https://example.com/") }));
        vec![step("one", call()), step("two", call())]
    }))
    .open(OpenedBy::Visitor);
    desk.minutes(1);
    let answer = |ticket| {
        let answer =
            HttpAnswer { status: Some(200), values: vec![Value::text("x".repeat(VALUE_BYTES_MAX + 1))] };
        Input::HttpAnswered { ticket, answer }
    };
    let before = desk.run.clone();
    desk.tell(answer(Ticket(1)));
    assert_eq!(desk.run, before);
    desk.tell(answer(Ticket(2)));
    assert_eq!(desk.run.ended(), Some(End::Finished));
    assert_eq!(desk.run.memory().variables()["found"].written().len(), VALUE_BYTES_MAX);
}

#[test]
fn empty_texts_and_tags_are_not_sent_and_unknown_names_are_noted() {
    let desk = Desk::of(workflow("empty", |_| {
        let tags = vec![text("$nobody"), text(" ")];
        let clear = Task::Field { field: "city".into(), to: Source::Text(text("$nobody")) };
        vec![
            step("say", say(" $nobody ")),
            step("tag", Task::Tag { change: ChangeOfTag::Added, tags }),
            step("clear", clear),
        ]
    }))
    .open(OpenedBy::Visitor);
    let clear = Effect::Field { field: "city".into(), value: Value::Missing };
    assert_eq!(desk.done, [clear, Effect::Ended(End::Finished)]);
    assert_eq!(desk.log()[0], "say: $nobody stands for nothing");
}

#[test]
fn a_variable_that_grows_without_end_does_not() {
    let desk = Desk::of(workflow("grow", |to| {
        vec![step("seed", set("a", "x")), then("double", set("a", "$a$a"), to("double"))]
    }))
    .open(OpenedBy::Visitor);
    assert_eq!(desk.run.memory().variables()["a"].written().len(), VALUE_BYTES_MAX);
    assert!(desk.log().iter().any(|line| line == "double: a text was too long and lost its end"));
}

#[test]
fn what_a_trigger_tells_has_a_bound() {
    let mut desk = Desk::of(workflow("told", |_| vec![step("wait", minutes(1))]));
    let told = (0..10_000).map(|n| (format!("{n:05}"), Value::text("x".repeat(100_000)))).take(300);
    desk.tell(Input::Started { told: told.collect::<BTreeMap<_, _>>(), from: None });
    let bytes = postcard::to_allocvec(&desk.run).unwrap().len();
    assert!(bytes < (memory::TRIGGER_VALUES_MAX + 1) * (VALUE_BYTES_MAX + 100), "{bytes}");
}

#[test]
fn the_log_keeps_its_last_lines_and_tells_them_all() {
    let desk =
        Desk::of(workflow("long", |to| vec![then("a", comment("a"), to("a"))])).open(OpenedBy::Visitor);
    let log = desk.run.log();
    assert_eq!(log.lines().count(), LOG_LINES_MAX);
    assert_eq!(
        usize::try_from(log.forgotten()).unwrap() + LOG_LINES_MAX,
        usize::try_from(STEPS_MAX).unwrap() + 1
    );
    let mut desk = Desk::of(desk.workflow);
    let started = Input::Started { told: BTreeMap::new(), from: None };
    let effects = advance(&desk.workflow, &mut desk.run, started, &desk.world, desk.now);
    let told = effects.iter().filter(|effect| matches!(effect, Effect::Log(_))).count();
    assert_eq!(told, usize::try_from(STEPS_MAX).unwrap() + 1);
}

#[test]
fn bodies_are_escaped_as_their_kind_demands() {
    let sent = |body: Body| called("https://example.com/", Some(body), "\"A\" & b").unwrap().body.unwrap();
    assert_eq!(
        sent(Body::Json(text(r#"{"n":"$name"}"#))),
        (BodyKind::Json, r#"{"n":"\"A\" & b"}"#.to_owned())
    );
    assert_eq!(sent(Body::Form(text("n=$name"))), (BodyKind::Form, "n=%22A%22%20%26%20b".to_owned()));
    assert_eq!(sent(Body::Text(text("$name"))), (BodyKind::Text, "\"A\" & b".to_owned()));
}

#[test]
fn a_value_cannot_lead_a_call_elsewhere() {
    let url =
        |name: &str| called("https://example.com/of/$name/x?n=$name", None, name).map(|wanted| wanted.url);
    assert_eq!(url("a/../b").unwrap(), "https://example.com/of/a%2F..%2Fb/x?n=a%2F..%2Fb");
    assert_eq!(url("...").unwrap(), "https://example.com/of/.../x?n=...");
    for dots in ["..", "."] {
        assert_eq!(url(dots), Err(End::NoBranch(Outcome::Failed(None))), "{dots}");
    }
}

#[test]
fn a_call_that_would_lose_its_end_is_not_made() {
    let long = "x".repeat(VALUE_BYTES_MAX);
    assert!(called("https://example.com/", Some(Body::Text(text("$name"))), &long).is_ok());
    for (url, body) in
        [("https://example.com/$name", None), ("https://example.com/", Some(Body::Text(text("$name!"))))]
    {
        assert_eq!(called(url, body, &long), Err(End::NoBranch(Outcome::Failed(None))));
    }
}

/// The call a workflow makes whose variable `name` is this; or how it ended without one.
fn called(url: &str, body: Option<Body>, name: &str) -> Result<HttpWanted, End> {
    let mut desk = Desk::of(workflow("send", |_| {
        let request = Request { body: body.clone(), ..request(url) };
        vec![step("name", set("name", "$contact.name")), step("send", Task::Request(Box::new(request)))]
    }));
    desk.world.contact.insert("name".to_owned(), Value::text(name));
    let desk = desk.open(OpenedBy::Visitor);
    match desk.run.ended() {
        Some(end) => {
            assert_eq!(desk.run.memory().variables()["status"], Value::Number(0.0));
            Err(end)
        }
        None => desk
            .done
            .into_iter()
            .find_map(|effect| if let Effect::Request(wanted) = effect { Some(*wanted) } else { None })
            .ok_or(End::Finished),
    }
}

/// A call that keeps its status and one thing it found.
fn request(url: &str) -> Request {
    Request {
        method: Method::Post,
        url: text(url),
        headers: vec![],
        body: None,
        mappings: vec![Mapping { path: vec![], variable: "found".to_owned() }],
        status: Some("status".to_owned()),
        failed: None,
    }
}

fn assigning() -> Workflow {
    workflow("assign", |to| {
        let wish = Assign {
            online_only: true,
            timeout_seconds: Some(60),
            timed_out: to("nobody"),
            ..assign(team("team"))
        };
        vec![
            step("who", Task::Assign(Box::new(wish))),
            then("note", comment("$step.who has it"), None),
            step("nobody", say("nobody")),
            step("wait", minutes(1)),
        ]
    })
}
