//! Another system knows who is important.

use crate::workflow::definition::*;
use crate::workflow::tests::desk::Desk;
use crate::workflow::tests::flow::*;
use crate::workflow::{Effect, HeaderWanted, HttpAnswer, HttpWanted, Value, Workflow};

#[test]
fn an_important_customer_goes_to_their_own_team() {
    let desk = opened(|wanted| found(wanted, r#"{"customer": [{"tier": "Gold"}]}"#));
    assert_eq!(desk.owner(), "vera");
    let Some(Effect::Request(request)) = desk.done.iter().find(|effect| matches!(effect, Effect::Request(_)))
    else {
        panic!("a request is made")
    };
    assert_eq!(request.url, "https://crm.example/customers?mail=a%26b%40example.com");
    assert_eq!(request.headers, [("X-Page".to_owned(), HeaderWanted::Text("/shop".to_owned()))]);
}

#[test]
fn everybody_else_goes_to_the_general_team() {
    assert_eq!(opened(|wanted| found(wanted, r#"{"customer": [{"tier": "Tin"}]}"#)).owner(), "gus");
    assert_eq!(opened(|wanted| found(wanted, r#"{"customer": []}"#)).owner(), "gus");
}

#[test]
fn a_call_that_fails_keeps_nobody_waiting() {
    let desk = opened(|_| HttpAnswer { status: Some(503), values: Vec::new() });
    assert_eq!((desk.owner().as_str(), desk.comments()), ("gus", vec!["The CRM answered 503."]));
    let desk = opened(|_| HttpAnswer::default());
    assert_eq!((desk.owner().as_str(), desk.comments()), ("gus", vec!["The CRM answered 0."]));
}

#[test]
fn a_call_whose_answer_was_lost_fails_after_a_while() {
    let mut desk = Desk::of(vip()).team("vip", &["vera"]).team("general", &["gus"]);
    desk.world.contact.insert("email".to_owned(), Value::text("x@example.com"));
    let mut desk = desk.open(OpenedBy::Visitor);
    assert_eq!(desk.owner(), "");
    desk.minutes(1);
    assert_eq!(desk.owner(), "gus");
}

fn opened(other_system: fn(&HttpWanted) -> HttpAnswer) -> Desk {
    let mut desk = Desk::of(vip()).team("vip", &["vera"]).team("general", &["gus"]);
    desk.world.contact.insert("email".to_owned(), Value::text("a&b@example.com"));
    desk.world.conversation.insert("page".to_owned(), Value::text("/shop\r\n"));
    desk.other_system = Some(other_system);
    desk.open(OpenedBy::Visitor)
}

/// What a caller makes of an answer: what stands at each path.
fn found(wanted: &HttpWanted, body: &str) -> HttpAnswer {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let into = |value: serde_json::Value, part: &PathPart| match part {
        PathPart::Key(key) => value.get(key).cloned(),
        PathPart::Index(index) => value.get(usize::try_from(*index).ok()?).cloned(),
    };
    let at = |path: &Vec<PathPart>| {
        let found = path.iter().try_fold(body.clone(), into);
        found.and_then(|value| value.as_str().map(Value::text)).unwrap_or_default()
    };
    HttpAnswer { status: Some(200), values: wanted.wanted.iter().map(at).collect() }
}

fn vip() -> Workflow {
    workflow("vip", |to| {
        let path = [PathPart::Key("customer".into()), PathPart::Index(0), PathPart::Key("tier".into())];
        let lookup = Request {
            method: Method::Get,
            url: text("https://crm.example/customers?mail=$contact.email"),
            headers: vec![Header {
                name: "X-Page".to_owned(),
                value: HeaderValue::Text(text("$conversation.page")),
            }],
            body: None,
            mappings: vec![Mapping { path: path.into(), variable: "tier".to_owned() }],
            status: Some("status".to_owned()),
            failed: to("failed"),
        };
        let gold = vec![value("tier", equals("gold"))];
        vec![
            step("lookup", Task::Request(Box::new(lookup))),
            then("important?", Task::Branch(vec![case("gold", gold, to("vip"))]), to("general")),
            step("failed", comment("The CRM answered $status.")),
            then("general", Task::Assign(Box::new(assign(team("general")))), None),
            step("vip", Task::Assign(Box::new(assign(team("vip"))))),
        ]
    })
}
