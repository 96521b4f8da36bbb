//! Workflows that people, other systems and pages start.

use crate::desk::{Desk, both_ways, visitor, workflow_id};
use crate::flow::*;
use protocol::{Act, Actor, RefusalCode};
use std::collections::BTreeMap;
use switchboard::Command;
use switchboard::workflow::definition::*;
use switchboard::workflow::{Value, Workflow};

#[test]
fn an_agent_fills_in_a_form_and_starts_it() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(refund()).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.starts("sue", chat, "refund", &[("amount", " 12.50 "), ("other", "x")]).unwrap();
        assert_eq!(desk.comments(chat), ["12.5 for "]);
        let began = desk.of(chat).find(|event| event.happening.kind() == "workflow_started").unwrap();
        assert!(matches!(began.by, Actor::Agent(_)) && began.request.is_some());
        let after: Vec<_> = desk.of(chat).skip_while(|event| event.number <= began.number).collect();
        assert!(after.iter().all(|event| matches!(event.by, Actor::Workflow { .. })), "{after:#?}");
    });
}

#[test]
fn a_form_that_is_not_filled_in_rightly_is_refused_and_changes_nothing() {
    let mut desk = Desk::new().publishes(refund()).online(&["sue"]);
    let chat = desk.visitor_says(1, "Hello");
    for form in [vec![], vec![("amount", "much")], vec![("amount", "0")]] {
        assert_eq!(desk.starts("sue", chat, "refund", &form), Err(RefusalCode::Malformed), "{form:?}");
    }
    assert_eq!(desk.count(chat, "workflow_started"), 0);
}

#[test]
fn what_cannot_be_started_by_hand_is_refused_with_its_reason() {
    let never =
        Condition { join: Join::All, clauses: vec![Clause::Test(value("contact.x", Operator::Exists))] };
    let mut desk = Desk::new()
        .publishes(workflow("opened", |_| vec![step("say", say("hi"))]))
        .publishes(Workflow { condition: never, ..shortcut("never", 0) })
        .publishes(shortcut("runs", 10))
        .publishes(Workflow { once_per_contact: true, ..shortcut("once", 0) })
        .online(&["sue"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.starts("sue", chat, "runs", &[]).unwrap();
    desk.starts("sue", chat, "once", &[]).unwrap();
    for (id, code) in [
        ("nothing", RefusalCode::UnknownName),
        ("opened", RefusalCode::UnknownName),
        ("never", RefusalCode::WrongState),
        ("runs", RefusalCode::AlreadyThere),
        ("once", RefusalCode::AlreadyThere),
    ] {
        assert_eq!(desk.starts("sue", chat, id, &[]), Err(code), "{id}");
    }
}

#[test]
fn started_again_it_begins_anew_where_that_is_chosen() {
    both_ways(|with| {
        let again = Workflow { restart_when_triggered_again: true, ..shortcut("again", 10) };
        let mut desk = with(Desk::new().publishes(again).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        desk.starts("sue", chat, "again", &[]).unwrap();
        desk.minutes(5);
        desk.starts("sue", chat, "again", &[]).unwrap();
        assert_eq!(desk.running(chat), ["again"]);
        desk.minutes(5);
        assert_eq!(desk.ended(chat), ["again: restarted"]);
        desk.minutes(5);
        assert_eq!(desk.ended(chat), ["again: restarted", "again: finished"]);
    });
}

#[test]
fn an_agent_stops_what_agents_may_stop() {
    both_ways(|with| {
        let exits = Exits { agent_may_stop: true, ..Exits::default() };
        let mut desk = with(
            Desk::new()
                .publishes(Workflow { exits, ..shortcut("soft", 10) })
                .publishes(shortcut("hard", 10))
                .online(&["ada", "sue"]),
        );
        let chat = desk.visitor_says(1, "Hello");
        let to = protocol::Target::Agent(crate::desk::agent("ada"));
        desk.does("sue", chat, Act::Assign { to, even_if_unavailable: false });
        let stop = |id| Act::StopWorkflow { workflow: workflow_id(id) };
        assert_eq!(desk.tries("ada", chat, stop("soft")), Err(RefusalCode::UnknownName));
        desk.starts("ada", chat, "soft", &[]).unwrap();
        desk.starts("ada", chat, "hard", &[]).unwrap();
        assert_eq!(desk.tries("ada", chat, stop("hard")), Err(RefusalCode::NotAllowed));
        desk.does("ada", chat, stop("soft"));
        assert_eq!(desk.running(chat), ["hard"]);
        let last = desk.of(chat).last().unwrap();
        assert!(matches!(last.by, Actor::Agent(_)) && last.request.is_some(), "{last:?}");
        assert_eq!(desk.ended(chat), ["soft: stopped_by_agent"]);
        desk.does("sue", chat, stop("hard"));
        assert_eq!(desk.ended(chat)[1], "hard: stopped_by_supervisor", "those who oversee all stop any");
        assert_eq!(desk.log("hard").last().unwrap(), "wait: over: stopped by a supervisor or a program");
    });
}

#[test]
fn another_system_starts_one_by_its_webhook_with_what_it_asked_for() {
    both_ways(|with| {
        let hook = Trigger::Webhook {
            values: vec![WebhookValue { name: "order".to_owned(), path: vec![] }],
            contact: ContactAt { key: ContactKey::Id, path: vec![] },
        };
        let tells =
            on(hook, workflow("paid", |_| vec![step("say", say("Order $trigger.order, $trigger.secret"))]));
        let mut desk = with(Desk::new().publishes(tells).publishes(shortcut("hand", 0)));
        let told = BTreeMap::from(
            [("order", "7"), ("secret", "x")].map(|(name, value)| (name.to_owned(), Value::text(value))),
        );
        let call = |workflow: &str| Command::WebhookCalled {
            workflow: workflow_id(workflow),
            visitor: visitor(1),
            told: told.clone(),
        };
        assert_eq!(desk.take(&call("paid")).unwrap_err().code, RefusalCode::Closed);
        let chat = desk.visitor_says(1, "Hello");
        desk.done(call("paid"));
        assert_eq!(desk.said(chat), ["Order 7, "]);
        for id in ["hand", "nothing"] {
            assert_eq!(desk.take(&call(id)).unwrap_err().code, RefusalCode::UnknownName);
        }
    });
}

#[test]
fn the_page_tells_of_something_and_every_workflow_for_it_starts() {
    both_ways(|with| {
        let cart = |id: &'static str, name: &str| {
            on(
                Trigger::PageEvent { name: name.to_owned() },
                workflow(id, |_| vec![step("say", comment("$trigger.item"))]),
            )
        };
        let mut desk = with(
            Desk::new().publishes(cart("a", "cart")).publishes(cart("b", "cart")).publishes(cart("c", "pay")),
        );
        let told = BTreeMap::from([("item".to_owned(), Value::text("shoes"))]);
        let tells = Command::PageTells { visitor: visitor(1), name: "cart".to_owned(), told };
        desk.done(tells.clone());
        let chat = desk.visitor_says(1, "Hello");
        desk.done(tells);
        assert_eq!(desk.comments(chat), ["shoes", "shoes"]);
    });
}

#[test]
fn tags_and_fields_that_people_change_start_what_waits_for_that() {
    both_ways(|with| {
        let field = on(
            Trigger::FieldChanged { field: "city".to_owned() },
            workflow("moved", |_| vec![step("say", comment("$trigger.field: $trigger.value"))]),
        );
        let tag = on(tag_added("VIP"), workflow("vip", |_| vec![step("say", comment("$trigger.tag"))]));
        let mut desk = with(Desk::new().publishes(field).publishes(tag).online(&["sue"]));
        let chat = desk.visitor_says(1, "Hello");
        let set = |field: &str, value: Option<&str>| Act::SetField {
            field: field.to_owned(),
            value: value.map(str::to_owned),
        };
        desk.does("sue", chat, set("city", Some("Paris")));
        desk.does("sue", chat, set("city", Some("Paris")));
        desk.does("sue", chat, set("name", Some("Grace")));
        desk.does("sue", chat, set("city", None));
        desk.does("sue", chat, Act::Tag { tag: "vip".to_owned(), add: true });
        desk.does("sue", chat, Act::Tag { tag: "vip".to_owned(), add: false });
        assert_eq!(desk.comments(chat), ["city: Paris", "city: ", "vip"]);
    });
}

#[test]
fn an_agents_word_ends_runs_that_want_that() {
    let exits = Exits { on_human_message: true, ..Exits::default() };
    let mut desk = Desk::new().publishes(Workflow { exits, ..shortcut("it", 10) }).online(&["sue"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.does("sue", chat, Act::TakeOver);
    desk.starts("sue", chat, "it", &[]).unwrap();
    desk.agent_says("sue", chat, "Hello");
    assert_eq!(desk.ended(chat), ["it: human_wrote"]);
}

fn refund() -> Workflow {
    let field = |name: &str, kind, required| FormField { name: name.to_owned(), kind, required };
    let form = vec![
        field("amount", Kind::Number { min: Some(1.0), max: None }, true),
        field("why", Kind::Text, false),
    ];
    on(
        Trigger::Shortcut { form },
        workflow("refund", |_| vec![step("note", comment("$trigger.amount for $trigger.why"))]),
    )
}

fn shortcut(id: &'static str, minutes_: u64) -> Workflow {
    let steps = workflow(id, |_| match minutes_ {
        0 => vec![step("note", comment(id))],
        _ => vec![step("wait", minutes(minutes_))],
    });
    on(Trigger::Shortcut { form: vec![] }, steps)
}
