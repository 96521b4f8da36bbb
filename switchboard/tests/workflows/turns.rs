//! Only one run of a conversation has a question open.

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use protocol::Act;
use switchboard::workflow::Workflow;
use switchboard::workflow::definition::*;

#[test]
fn questions_of_two_workflows_are_asked_one_after_the_other() {
    both_ways(|with| {
        let mut desk =
            with(Desk::new().publishes(question("a")).publishes(question("b")).publishes(question("c")));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.said(chat), ["a?"]);
        desk.visitor_says(1, "one");
        assert_eq!(desk.said(chat), ["a?", "a: one", "b?"]);
        desk.visitor_says(1, "two");
        desk.visitor_says(1, "three");
        assert_eq!(desk.said(chat), ["a?", "a: one", "b?", "b: two", "c?", "c: three"]);
        assert!(desk.told(chat).assistant_enabled);
    });
}

#[test]
fn the_log_says_once_that_a_question_waits_and_whether_for_its_turn() {
    let mut desk = Desk::new().publishes(question("a")).publishes(question("b"));
    desk.visitor_says(1, "Hello");
    let waits = |log: Vec<String>| log.iter().filter(|line| line.contains("waits")).count();
    assert_eq!(waits(desk.log("a")), 1, "{:?}", desk.log("a"));
    assert!(desk.log("b").last().unwrap().contains("another question is open"), "{:?}", desk.log("b"));
    desk.visitor_says(1, "one");
    assert_eq!(waits(desk.log("b")), 2, "for its turn, then for the answer: {:?}", desk.log("b"));
}

#[test]
fn one_that_does_not_want_to_wait_goes_its_other_way() {
    let mut desk = Desk::new().publishes(question("a")).publishes(workflow("b", |to| {
        let ask = Ask { if_busy: IfBusy::Go(to("busy")), ..ask("b?", Kind::Text) };
        vec![then("ask", asks(ask), None), step("busy", comment("busy"))]
    }));
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!((desk.said(chat), desk.comments(chat)), (vec!["a?".to_owned()], vec!["busy".to_owned()]));
}

#[test]
fn the_turn_is_free_again_however_the_run_with_the_question_ends() {
    let ends: [fn(&mut Desk, protocol::ConversationId); 4] = [
        |desk, chat| desk.does("sue", chat, Act::StopWorkflow { workflow: crate::desk::workflow_id("a") }),
        |desk, _| desk.minutes(10),
        |desk, chat| {
            desk.does("sue", chat, Act::TakeOver);
            desk.agent_says("sue", chat, "I am here");
        },
        |desk, _| desk.stops("a", true),
    ];
    for end in ends {
        both_ways(|with| {
            let first = workflow("a", |_| {
                vec![step("ask", asks(Ask { timeout_seconds: Some(600), ..ask("a?", Kind::Text) }))]
            });
            let exits = Exits { agent_may_stop: true, on_human_message: true, ..Exits::default() };
            let first = Workflow { exits, ..first };
            let mut desk = with(Desk::new().publishes(first).publishes(question("b")).online(&["sue"]));
            let chat = desk.visitor_says(1, "Hello");
            end(&mut desk, chat);
            assert_eq!(desk.said(chat), ["a?", "b?"]);
            desk.visitor_says(1, "yes");
            assert_eq!(desk.said(chat).last().unwrap(), "b: yes");
        });
    }
}

#[test]
fn who_gives_up_waiting_leaves_the_line() {
    both_ways(|with| {
        let impatient = workflow("b", |_| {
            vec![step("ask", asks(Ask { timeout_seconds: Some(60), ..ask("b?", Kind::Text) }))]
        });
        let mut desk =
            with(Desk::new().publishes(question("a")).publishes(impatient).publishes(question("c")));
        let chat = desk.visitor_says(1, "Hello");
        desk.minutes(2);
        assert_eq!(desk.ended(chat), ["b: no_way_out"]);
        desk.visitor_says(1, "one");
        assert_eq!(desk.said(chat), ["a?", "a: one", "c?"]);
    });
}

#[test]
fn who_waits_already_comes_before_who_wants_to_ask_at_the_moment_the_turn_is_free() {
    both_ways(|with| {
        let first = workflow("a", |_| {
            vec![
                step("ask", asks(Ask { save: vec![Save::Tag], ..ask("a?", Kind::Text) })),
                step("say", say("a")),
            ]
        });
        let mut desk = with(Desk::new().publishes(first).publishes(question("b")));
        desk.publish(1, on(tag_added("one"), question("c")));
        let chat = desk.visitor_says(1, "Hello");
        desk.visitor_says(1, "one");
        assert_eq!(desk.said(chat), ["a?", "a", "b?"]);
        desk.visitor_says(1, "two");
        assert_eq!(desk.said(chat).last().unwrap(), "c?");
    });
}

#[test]
fn a_turn_that_nobody_has_any_more_is_given_to_who_waits_when_the_process_begins_again() {
    let mut desk = Desk::new().publishes(question("a")).publishes(question("b"));
    let chat = desk.visitor_says(1, "Hello");
    let waits: Vec<_> = desk.board.runs_in(chat).filter(|moved| !moved.run.has_question()).cloned().collect();
    let (directory, now) = (desk.board.directory().clone(), desk.now);
    let conversations = vec![desk.conversation(chat)];
    let mut board = switchboard::Switchboard::restore(directory, Default::default(), conversations, now);
    let definition = std::sync::Arc::new(question("b"));
    board.take_up(waits, Vec::new(), |_, _| Some(std::sync::Arc::clone(&definition)), now);
    let changes = board.route(now).expect("its turn has come");
    changes.iter().for_each(|change| board.apply(change));
    assert!(board.runs_in(chat).all(|moved| moved.run.has_question()));
}

#[test]
fn conversations_do_not_wait_for_each_other() {
    let mut desk = Desk::new().publishes(question("a"));
    let (one, two) = (desk.visitor_says(1, "Hello"), desk.visitor_says(2, "Hello"));
    assert_eq!((desk.said(one).len(), desk.said(two).len()), (1, 1));
}

#[test]
fn a_message_ends_runs_that_want_that_even_when_it_answers_another() {
    let exits = Exits { on_visitor_message: true, ..Exits::default() };
    let waits = Workflow { exits, ..workflow("b", |_| vec![step("wait", minutes(60))]) };
    let mut desk = Desk::new().publishes(question("a")).publishes(waits);
    let chat = desk.visitor_says(1, "Hello");
    assert_eq!(desk.running(chat), ["a", "b"], "the opening message ends nothing");
    desk.visitor_says(1, "one");
    assert_eq!(desk.ended(chat), ["a: finished", "b: visitor_wrote"]);
}

fn question(id: &'static str) -> Workflow {
    workflow(id, |_| {
        vec![
            step("ask", asks(ask(&format!("{id}?"), Kind::Text))),
            step("say", say(&format!("{id}: $step.ask"))),
        ]
    })
}
