//! Workflows and the end of conversations.

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use protocol::{Act, ConversationId, ConversationState};
use switchboard::AFTER_CLOSE_SECONDS_MAX;
use switchboard::workflow::Workflow;
use switchboard::workflow::definition::*;

#[test]
fn a_closing_starts_workflows_that_find_who_closed_it_as_what() {
    both_ways(|with| {
        let tells = workflow("after", |_| {
            vec![step(
                "tell",
                comment("$trigger.source, $trigger.category, $trigger.summary, $conversation.status"),
            )]
        });
        let mut desk = with(Desk::new().publishes(on(closed(), tells)).online(&["sue"]));
        let chat = opened(&mut desk);
        let category = Some(protocol::ReasonId::new("solved").unwrap());
        desk.does("sue", chat, Act::Close { category, note: Some("All fine".to_owned()) });
        assert_eq!(desk.comments(chat), ["agent, solved, All fine, closed"]);
        assert_eq!(desk.board.conversation(chat), None, "then it is let go of");
    });
}

#[test]
fn what_a_trigger_asks_of_a_closing_must_be_so() {
    let by_silence = Trigger::Closed { by: vec![ClosedBy::Silence], categories: vec![] };
    let mut desk =
        Desk::new().publishes(on(by_silence, workflow("after", |_| vec![step("tell", comment("silent"))])));
    desk = desk.online(&["sue"]);
    let chat = opened(&mut desk);
    desk.closes("sue", chat);
    let quiet = desk.visitor_says(2, "Hello");
    desk.minutes(24 * 60);
    assert_eq!((desk.comments(chat).len(), desk.comments(quiet).len()), (0, 1));
}

#[test]
fn a_run_that_survives_goes_on_in_a_conversation_that_nobody_sees_any_more() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(surveys()).online(&["sue"]));
        let chat = opened(&mut desk);
        desk.closes("sue", chat);
        assert_eq!(desk.board.state_now(chat), None);
        assert_eq!(desk.tries("sue", chat, Act::Join), Err(protocol::RefusalCode::Closed));
        assert_eq!(desk.tries("sue", chat, Act::Tag { tag: "x".to_owned(), add: true }), Ok(()));
        assert!(desk.board.conversation(chat).is_some(), "it is kept for its run");
        desk.minutes(60);
        assert_eq!(
            (desk.comments(chat), desk.said(chat)),
            (vec!["an hour later".to_owned()], vec!["Were you helped?".to_owned()])
        );
        assert!(desk.conversation(chat).contact.tags.contains("asked"));
        assert_eq!(desk.board.conversation(chat), None);
    });
}

#[test]
fn what_it_does_to_the_contact_is_known_in_the_conversation_they_have_meanwhile() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(surveys()).online(&["sue"]));
        let first = opened(&mut desk);
        desk.closes("sue", first);
        let second = opened(&mut desk);
        assert_ne!(first, second);
        desk.does("sue", second, Act::Tag { tag: "new".to_owned(), add: true });
        desk.minutes(60);
        let tags = &desk.board.conversation(second).unwrap().contact.tags;
        assert!(tags.contains("asked") && tags.contains("new"), "{tags:?}");
    });
}

#[test]
fn nothing_outlives_a_conversation_by_more_than_a_week() {
    both_ways(|with| {
        let waits = workflow("waits", |_| vec![step("who", asks(ask("Well?", Kind::Text)))]);
        let mut desk = with(Desk::new().publishes(on(closed(), waits)).online(&["sue"]));
        let chat = opened(&mut desk);
        desk.closes("sue", chat);
        desk.seconds(AFTER_CLOSE_SECONDS_MAX - 1);
        assert_eq!(desk.running(chat), ["waits"]);
        desk.seconds(1);
        assert_eq!(desk.ended(chat), ["waits: stopped"]);
        assert_eq!(desk.board.conversation(chat), None);
        assert_eq!(desk.board.next_deadline(), None);
    });
}

#[test]
fn a_visitor_who_comes_back_meanwhile_begins_another_conversation() {
    both_ways(|with| {
        let mut desk = with(Desk::new().publishes(surveys()).online(&["sue"]));
        let first = opened(&mut desk);
        desk.closes("sue", first);
        let second = desk.visitor_says(1, "Me again");
        assert_ne!(first, second);
        assert_eq!(desk.board.conversation_of(crate::desk::visitor(1)), Some(second));
    });
}

#[test]
fn a_visitor_who_comes_back_soon_finds_the_same_conversation_and_its_run() {
    both_ways(|with| {
        let mut desk = with(Desk::with(|setup| setup.rules.reopen_seconds = 600));
        desk.publish(1, surveys());
        let mut desk = desk.online(&["sue"]);
        let chat = opened(&mut desk);
        desk.closes("sue", chat);
        desk.minutes(5);
        assert_eq!(desk.visitor_says(1, "One more thing"), chat);
        assert_eq!((desk.state(chat), desk.owner(chat)), (ConversationState::Open, "sue"));
        desk.minutes(55);
        assert_eq!(desk.comments(chat).len(), 1);
        assert_eq!(desk.count(chat, "workflow_started"), 1, "reopening is no opening");
    });
}

#[test]
fn a_step_opens_it_again_and_that_is_an_opening() {
    both_ways(|with| {
        let again = workflow("again", |_| {
            vec![
                step("wait", minutes(5)),
                step("open", Task::Open),
                step("who", gives(assign(team("second")))),
            ]
        });
        let opened_by = Trigger::Opened { by: vec![OpenedBy::Workflow] };
        let mut desk = with(
            Desk::new()
                .publishes(on(closed(), again))
                .publishes(on(
                    opened_by,
                    workflow("seen", |_| vec![step("say", comment("opened by $trigger.source"))]),
                ))
                .online(&["sue"]),
        );
        let chat = opened(&mut desk);
        desk.closes("sue", chat);
        desk.minutes(5);
        assert_eq!((desk.state(chat), desk.owner(chat)), (ConversationState::Open, "bob"));
        assert_eq!(desk.comments(chat), ["opened by workflow"]);
    });
}

#[test]
fn a_step_that_opens_it_again_ends_the_notes_on_it() {
    let again = workflow("again", |_| {
        vec![step("wait", minutes(5)), step("open", Task::Open), step("who", gives(assign(team("second"))))]
    });
    let mut desk = Desk::with(|setup| setup.rules.conduct.wrap_up_seconds = 600);
    desk.publish(1, on(closed(), again));
    let mut desk = desk.online(&["sue"]);
    let chat = opened(&mut desk);
    desk.closes("sue", chat);
    desk.minutes(5);
    assert_eq!((desk.owner(chat), desk.count(chat, "wrapped_up")), ("bob", 1));
}

#[test]
fn it_stays_closed_when_the_visitor_has_another_by_then() {
    let again = workflow("again", |_| {
        vec![step("wait", minutes(5)), step("open", Task::Open), step("who", gives(assign(team("second"))))]
    });
    let mut desk = Desk::new().publishes(on(closed(), again)).online(&["sue"]);
    let first = opened(&mut desk);
    desk.closes("sue", first);
    let second = desk.visitor_says(1, "Me again");
    desk.minutes(5);
    assert_eq!(
        (desk.state(first), desk.state(second)),
        (ConversationState::Closed, ConversationState::Automated)
    );
    assert_eq!(desk.ended(first), ["again: no_way_out"], "what is closed is given to nobody");
}

#[test]
fn runs_end_with_notes_still_to_be_finished() {
    let waits = workflow("waits", |_| vec![step("wait", minutes(60))]);
    let mut desk = Desk::with(|setup| setup.rules.conduct.wrap_up_seconds = 60);
    desk.publish(1, waits);
    let mut desk = desk.online(&["sue"]);
    let chat = opened(&mut desk);
    desk.closes("sue", chat);
    assert_eq!(
        (desk.state(chat), desk.ended(chat)),
        (ConversationState::WrapUp, vec!["waits: closed".to_owned()])
    );
    desk.minutes(1);
    assert_eq!(desk.board.conversation(chat), None);
}

fn opened(desk: &mut Desk) -> ConversationId {
    let chat = desk.visitor_says(1, "Hello");
    desk.does("sue", chat, Act::TakeOver);
    chat
}

fn surveys() -> Workflow {
    on(
        closed(),
        workflow("survey", |_| {
            vec![
                step("wait", minutes(60)),
                step("note", comment("an hour later")),
                step("tag", tag("asked")),
                step("ask", say("Were you helped?")),
            ]
        }),
    )
}
