//! Workflows that lead to each other come to an end.

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use switchboard::workflow::definition::*;
use switchboard::workflow::{CAUSES_MAX, STEPS_MAX, Workflow};
use switchboard::{BEGUN_MAX, BEGUN_WITHIN_SECONDS};

#[test]
fn a_workflow_does_not_start_itself_by_what_it_does() {
    let mut desk = Desk::new().publishes(workflow("begin", |_| vec![step("x", tag("x"))])).publishes(on(
        tag_added("x"),
        workflow("loop", |_| vec![step("off", untag("x")), step("on", tag("x")), step("say", say("once"))]),
    ));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!((desk.said(chat).len(), desk.count(chat, "workflow_started")), (1, 2));
}

#[test]
fn a_circle_of_two_ends_where_it_closes() {
    let flips = |id: &'static str, on_tag: &'static str, next: &'static str| {
        on(tag_added(on_tag), workflow(id, move |_| vec![step("off", untag(next)), step("on", tag(next))]))
    };
    let mut desk = Desk::new()
        .publishes(workflow("begin", |_| vec![step("ping", tag("ping"))]))
        .publishes(flips("a", "ping", "pong"))
        .publishes(flips("b", "pong", "ping"));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.count(chat, "workflow_started"), 3);
    let log = desk.log("b");
    let refused =
        log.last().is_some_and(|line| line.starts_with("`a` was not started: it led to this itself"));
    assert!(refused, "the run has ended by then, and its log says so all the same: {log:?}");
    assert!(!desk.log("a").iter().any(|line| line.contains("not started")));
}

#[test]
fn a_step_that_would_start_its_own_workflow_is_written_into_the_log() {
    let mut desk = Desk::new().publishes(workflow("self", |_| vec![step("go", trigger("self"))]));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.count(chat, "workflow_started"), 1);
    let log = desk.log("self");
    assert!(log.iter().any(|line| line.contains("for ever")), "{log:?}");
}

#[test]
fn a_chain_has_an_end() {
    let mut desk = Desk::new();
    for n in 0..20 {
        let next = format!("w{}", n + 1);
        let made = workflow(&format!("w{n}"), |_| vec![step("go", trigger(&next))]);
        desk.publish(1, if n == 0 { made } else { on(Trigger::Manual, made) });
    }
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.count(chat, "workflow_started"), CAUSES_MAX + 1);
}

#[test]
fn one_that_starts_others_without_end_is_stopped_by_the_budget_of_the_conversation() {
    let starts = |id: &'static str, other: &'static str| {
        workflow(id, move |_| {
            let again = Task::Jump { to: StepAt(0), times: 10 };
            vec![step("one", trigger(other)), step("two", trigger(other)), step("again", again)]
        })
    };
    let mut desk = Desk::new().publishes(starts("a", "b"));
    for (id, other) in [("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")] {
        desk.publish(1, on(Trigger::Manual, starts(id, other)));
    }
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.count(chat, "workflow_started"), BEGUN_MAX);
    desk.seconds(BEGUN_WITHIN_SECONDS + 1);
    let other = desk.visitor_says(2, "Hello");
    assert_eq!(desk.count(other, "workflow_started"), BEGUN_MAX, "others are not concerned");
}

#[test]
fn a_run_takes_only_so_many_steps() {
    let spins = workflow("spin", |to| {
        vec![step("note", set("n", "$n.")), then("again", Task::Branch(vec![]), to("note"))]
    });
    let mut desk = Desk::new().publishes(spins);
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.ended(chat), ["spin: too_many_steps"]);
    assert!(desk.log("spin").len() <= STEPS_MAX as usize);
}

#[test]
fn a_trigger_that_comes_again_is_passed_over_and_noted_or_begins_anew() {
    both_ways(|with| {
        for restart in [false, true] {
            let waits = on(
                tag_added("x"),
                workflow("it", |_| vec![step("wait", minutes(10)), step("say", say("done"))]),
            );
            let waits = Workflow { restart_when_triggered_again: restart, ..waits };
            let mut desk = with(Desk::new().publishes(waits).online(&["sue"]));
            let chat = desk.visitor_says(1, "Hello");
            let tags = |desk: &mut Desk, add| {
                desk.does("sue", chat, protocol::Act::Tag { tag: "x".to_owned(), add });
            };
            tags(&mut desk, true);
            desk.minutes(5);
            tags(&mut desk, false);
            tags(&mut desk, true);
            assert_eq!(desk.running(chat), ["it"]);
            desk.minutes(6);
            let log = desk.log("it");
            if restart {
                assert_eq!((desk.ended(chat), desk.said(chat).len()), (vec!["it: restarted".to_owned()], 0));
                desk.minutes(4);
            } else {
                assert!(
                    log.iter().any(|line| line.contains("running in this conversation already")),
                    "{log:?}"
                );
            }
            assert_eq!(desk.said(chat), ["done"]);
        }
    });
}

#[test]
fn one_that_runs_once_for_each_contact_knows_that_for_ever() {
    both_ways(|with| {
        let once =
            Workflow { once_per_contact: true, ..workflow("once", |_| vec![step("say", say("Welcome!"))]) };
        let mut desk = with(Desk::new().publishes(once.clone()).online(&["sue"]));
        let first = desk.visitor_says(1, "Hello");
        desk.does("sue", first, protocol::Act::TakeOver);
        desk.closes("sue", first);
        desk.publish(2, once.clone());
        let second = desk.visitor_says(1, "Me again");
        let other = desk.visitor_says(2, "Hello");
        let said = [first, second, other].map(|chat| desk.said(chat).len());
        assert_eq!(said, [1, 0, 1]);
    });
}

#[test]
fn what_follows_by_routing_from_closing_and_opening_again_comes_to_an_end() {
    let mut desk = Desk::with(|setup| {
        let second = setup.queues.get_mut(&crate::desk::queue("second")).unwrap();
        second.overflow = protocol::Outlet::Close;
        second.max_length = Some(0);
    });
    let again = workflow("again", |_| {
        vec![
            step("open", Task::Open),
            step("wait", gives(assign(Owner::Queue(crate::desk::queue("second"))))),
        ]
    });
    desk.publish(1, Workflow { restart_when_triggered_again: true, ..on(closed(), again) });
    let mut desk = desk.online(&["sue"]);
    let chat = desk.visitor_says(1, "Hello");
    desk.does("sue", chat, protocol::Act::TakeOver);
    desk.closes("sue", chat);
    assert!(desk.count(chat, "workflow_started") <= BEGUN_MAX);
}
