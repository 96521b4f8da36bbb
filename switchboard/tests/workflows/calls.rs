//! Calls of other systems: asked once, answered by a command, failed when nobody answers.

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use protocol::RunId;
use switchboard::Command;
use switchboard::workflow::definition::*;
use switchboard::workflow::{HttpAnswer, REQUEST_SECONDS_MAX, Value, Workflow};

#[test]
fn an_answer_goes_into_variables_and_is_heard_once() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(looks_up()));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.calls.len(), 1);
        assert_eq!(desk.calls[0].1.url, "https://crm.example.com/contacts");
        assert_eq!(desk.said(chat), [""; 0]);
        desk.answers(0, 200, vec![Value::text("Grace")]);
        desk.answers(0, 200, vec![Value::text("Again")]);
        assert_eq!(desk.said(chat), ["Hello Grace (200)"]);
        assert_eq!(desk.calls.len(), 1);
    });
}

#[test]
fn any_other_answer_is_a_failure() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(looks_up()));
        let chat = desk.visitor_says(1, "Hello");
        desk.answers(0, 503, vec![Value::Missing]);
        assert_eq!(desk.said(chat), ["failed with 503"]);
    });
}

#[test]
fn no_answer_is_a_failure_also_when_whoever_called_is_gone() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(looks_up()));
        let chat = desk.visitor_says(1, "Hello");
        desk.restart();
        desk.seconds(REQUEST_SECONDS_MAX - 1);
        assert_eq!(desk.said(chat), [""; 0]);
        desk.seconds(1);
        assert_eq!(desk.said(chat), ["failed with 0"]);
        desk.answers(0, 200, vec![Value::text("Late")]);
        assert_eq!(desk.said(chat).len(), 1, "it comes too late");
        assert_eq!(desk.calls.len(), 1, "it is not called again");
    });
}

#[test]
fn an_answer_for_nobody_changes_nothing() {
    let mut desk = Desk::new().publishes(looks_up());
    let chat = desk.visitor_says(1, "Hello");
    let run = RunId(uuid::Uuid::from_u128(99));
    let (ticket, answer) = (desk.calls[0].1.ticket, HttpAnswer::default());
    let decision = desk.take(&Command::RunAnswered { run, ticket, answer }).unwrap();
    assert_eq!(decision.changes, []);
    assert_eq!(desk.running(chat), ["crm"]);
}

#[test]
fn a_call_can_follow_an_answer_a_wait_and_a_start_by_hand() {
    let call = || Task::Request(Box::new(request(None)));
    let mut desk = Desk::new().publishes(workflow("it", |_| {
        vec![
            step("ask", asks(ask("Who?", Kind::Text))),
            step("a", call()),
            step("wait", minutes(1)),
            step("b", call()),
        ]
    }));
    desk.publish(1, on(Trigger::Shortcut { form: vec![] }, workflow("hand", |_| vec![step("a", call())])));
    let mut desk = desk.online(&["sue"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.visitor_says(1, "Me");
    assert_eq!(desk.calls.len(), 1);
    desk.answers(0, 204, vec![]);
    desk.minutes(1);
    assert_eq!(desk.calls.len(), 2);
    desk.starts("sue", chat, "hand", &[]).unwrap();
    assert_eq!(desk.calls.len(), 3);
}

fn looks_up() -> Workflow {
    workflow("crm", |to| {
        vec![
            step("call", Task::Request(Box::new(request(to("failed"))))),
            then("hello", say("Hello $name ($status)"), None),
            step("failed", say("failed with $status")),
        ]
    })
}

fn request(failed: Next) -> Request {
    Request {
        method: Method::Get,
        url: text("https://crm.example.com/contacts"),
        headers: Vec::new(),
        body: None,
        mappings: vec![Mapping { path: vec![PathPart::Key("name".to_owned())], variable: "name".to_owned() }],
        status: Some("status".to_owned()),
        failed,
    }
}
