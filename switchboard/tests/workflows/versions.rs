//! Publishing, stopping, going back: runs keep to the version they began with.

use crate::desk::{Desk, both_ways, workflow_id};
use crate::flow::*;
use protocol::Happening;
use switchboard::workflow::Workflow;

#[test]
fn a_run_keeps_to_its_version_whatever_is_published_meanwhile() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(version("one")));
        let first = desk.visitor_says(1, "Hello");
        desk.publish(2, version("two"));
        let second = desk.visitor_says(2, "Hello");
        desk.publish(3, version("one"));
        let third = desk.visitor_says(3, "Hello");
        desk.minutes(10);
        let said = [first, second, third].map(|chat| desk.said(chat));
        assert_eq!(said, [["one"], ["two"], ["one"]], "going back is publishing the old one again");
        assert_eq!([first, second, third].map(|chat| started(&desk, chat)), [1, 2, 3]);
        assert_eq!(desk.board.published(&workflow_id("it")), Some(3));
    });
}

#[test]
fn a_workflow_that_is_stopped_starts_no_more_and_its_runs_go_on() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(version("one")));
        let first = desk.visitor_says(1, "Hello");
        desk.stops("it", false);
        let second = desk.visitor_says(2, "Hello");
        desk.minutes(10);
        assert_eq!((desk.said(first).len(), desk.said(second).len()), (1, 0));
        assert_eq!(desk.board.published(&workflow_id("it")), None);
    });
}

#[test]
fn its_runs_are_stopped_with_it_where_that_is_chosen() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(version("one")).publishes(other()));
        let chats = [1, 2].map(|n| desk.visitor_says(n, "Hello"));
        desk.stops("it", true);
        desk.minutes(10);
        for chat in chats {
            assert_eq!(
                (desk.said(chat).len(), desk.ended(chat)),
                (1, vec!["it: stopped".to_owned(), "other: finished".to_owned()])
            );
        }
    });
}

#[test]
fn a_run_whose_definition_is_lost_ends_when_the_process_begins_again() {
    let mut desk = Desk::new().publishes(version("one"));
    let chat = desk.visitor_says(1, "Hello");
    let runs: Vec<_> = desk.board.runs_in(chat).cloned().collect();
    assert_eq!(runs.len(), 1);
    let (directory, now) = (desk.board.directory().clone(), desk.now);
    let conversations = vec![desk.conversation(chat)];
    let mut board = switchboard::Switchboard::restore(directory, Default::default(), conversations, now);
    board.take_up(runs, Vec::new(), |_, _| None, now);
    let changes = board.route(now).expect("it ends");
    let ended = |change: &switchboard::Change| match change {
        switchboard::Change::Happened { event, .. } => event.happening.kind() == "workflow_ended",
        _ => false,
    };
    assert!(changes.iter().any(ended), "{changes:?}");
    changes.iter().for_each(|change| board.apply(change));
    assert_eq!(board.runs_in(chat).count(), 0);
}

fn started(desk: &Desk, chat: protocol::ConversationId) -> u32 {
    let version = desk.of(chat).find_map(|event| match &event.happening {
        Happening::WorkflowStarted { version, .. } => Some(*version),
        _ => None,
    });
    version.expect("it began")
}

fn version(words: &'static str) -> Workflow {
    workflow("it", |_| vec![step("wait", minutes(5)), step("still", minutes(5)), step("say", say(words))])
}

fn other() -> Workflow {
    workflow("other", |_| vec![step("wait", minutes(10)), step("say", say("other"))])
}
