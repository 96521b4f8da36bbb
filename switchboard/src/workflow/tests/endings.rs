//! How runs end, and what does not end them.

use super::desk::{Desk, agent};
use super::flow::*;
use super::world::TODAY;
use crate::workflow::definition::*;
use crate::workflow::*;
use std::collections::BTreeMap;

#[test]
fn each_exit_ends_a_run_only_where_it_is_chosen() {
    let exits = |set: fn(&mut Exits)| {
        let mut exits = Exits::default();
        set(&mut exits);
        exits
    };
    let said = || Input::VisitorSaid { text: "Hello?".to_owned() };
    let by_hand = || Input::AssignedByHand { agent: agent("ada") };
    let by_agent = || Input::Stopped(Stop::ByAgent);
    for (input, exits, end) in [
        (said(), exits(|exits| exits.on_visitor_message = true), End::VisitorWrote),
        (Input::HumanSaid, exits(|exits| exits.on_human_message = true), End::HumanWrote),
        (by_hand(), exits(|exits| exits.on_manual_assignment = true), End::AssignedByHand),
        (by_agent(), exits(|exits| exits.agent_may_stop = true), End::Stopped(Stop::ByAgent)),
    ] {
        let mut open = waiting(Exits::default());
        open.tell(input.clone());
        assert_eq!(open.run.ended(), None, "{input:?}");
        let mut ending = waiting(exits);
        ending.tell(input.clone());
        assert_eq!(ending.run.ended(), Some(end), "{input:?}");
        assert_eq!(ending.done.last(), Some(&Effect::Ended(end)));
    }
}

#[test]
fn a_message_that_answers_a_question_is_no_reason_to_leave() {
    let mut workflow = workflow("ask", |_| {
        vec![step("size", Task::Ask(Box::new(ask("How many?", Kind::Rating)))), step("wait", minutes(1))]
    });
    workflow.exits.on_visitor_message = true;
    let mut desk = Desk::of(workflow).open(OpenedBy::Visitor);
    desk.visitor_says("many");
    desk.visitor_says("5");
    assert_eq!(desk.run.ended(), None);
    desk.visitor_says("Still there?");
    assert_eq!(desk.run.ended(), Some(End::VisitorWrote));
}

#[test]
fn an_agent_who_may_not_stop_it_is_told_so_in_the_log() {
    let mut desk = waiting(Exits::default());
    desk.tell(Input::Stopped(Stop::ByAgent));
    assert_eq!(desk.log().last().unwrap(), "wait: agents may not stop it");
    desk.tell(Input::Stopped(Stop::WithWorkflow));
    assert_eq!(desk.run.ended(), Some(End::Stopped(Stop::WithWorkflow)));
}

#[test]
fn closing_ends_a_run_unless_it_survives_that_or_began_with_one() {
    for (survives, trigger, ends) in [
        (false, Trigger::Manual, true),
        (true, Trigger::Manual, false),
        (false, Trigger::Closed { by: vec![], categories: vec![] }, false),
    ] {
        let mut desk = waiting(Exits::default());
        (desk.workflow.survives_close, desk.workflow.trigger) = (survives, trigger);
        desk.close();
        assert_eq!(desk.run.ended().is_some(), ends);
    }
}

#[test]
fn a_close_of_its_own_is_a_close_like_any_other() {
    let mut closing = workflow("close", |_| {
        let close = Task::Close { category: None, summary: text("$conversation.status") };
        let closed = vec![value("conversation.status", equals("closed"))];
        vec![
            step("close", close),
            step("closed?", Task::Branch(vec![case("closed", closed, Some(StepAt(3)))])),
            then("no", say("Still open."), None),
            step("yes", comment("Closed.")),
        ]
    });
    let desk = Desk::of(closing.clone()).open(OpenedBy::Visitor);
    assert_eq!((desk.comments().len(), desk.run.ended()), (0, Some(End::Closed)));
    closing.survives_close = true;
    let desk = Desk::of(closing).open(OpenedBy::Visitor);
    assert_eq!((desk.comments(), desk.run.ended()), (vec!["Closed."], Some(End::Finished)));
}

#[test]
fn steps_in_a_circle_come_to_an_end() {
    let desk = Desk::of(workflow("circle", |to| {
        vec![step("a", comment("round")), then("b", comment("and round"), to("a"))]
    }))
    .open(OpenedBy::Visitor);
    assert_eq!(desk.run.ended(), Some(End::TooManySteps));
    assert_eq!(desk.comments().len(), usize::try_from(STEPS_MAX).unwrap());
}

#[test]
fn a_circle_that_waits_comes_to_an_end_too() {
    let mut desk =
        Desk::of(workflow("circle", |to| vec![then("a", minutes(1), to("a"))])).open(OpenedBy::Visitor);
    desk.minutes(u64::from(STEPS_MAX) - 1);
    assert_eq!(desk.run.ended(), None);
    desk.minutes(1);
    assert_eq!(desk.run.ended(), Some(End::TooManySteps));
}

#[test]
fn a_jump_is_taken_so_often_and_then_passed_over() {
    for (times, taken) in [(0, 0), (1, 1), (3, 3), (255, usize::from(JUMPS_MAX))] {
        let desk = Desk::of(workflow("jump", |to| {
            let jump = Task::Jump { to: to("again").unwrap(), times };
            vec![step("again", comment("again")), step("jump", jump), step("on", say("on"))]
        }))
        .open(OpenedBy::Visitor);
        assert_eq!((desk.comments().len(), desk.said().len()), (1 + taken, 1), "{times}");
    }
}

#[test]
fn a_step_that_does_not_exist_ends_the_run() {
    let mut workflow = workflow("gap", |_| vec![then("a", comment("a"), Some(StepAt(7)))]);
    assert_eq!(Desk::of(workflow.clone()).open(OpenedBy::Visitor).run.ended(), Some(End::NoSuchStep));
    workflow.steps.clear();
    assert_eq!(Desk::of(workflow).open(OpenedBy::Visitor).run.ended(), Some(End::Finished));
}

#[test]
fn a_run_begins_with_the_step_that_was_named() {
    let begun = |from: &str| {
        let mut desk =
            Desk::of(workflow("two", |_| vec![step("first", say("first")), step("second", say("second"))]));
        desk.tell(Input::Started { told: BTreeMap::new(), from: Some(from.to_owned()) });
        (desk.said().join(" "), desk.run.ended())
    };
    assert_eq!(begun("second"), ("second".to_owned(), Some(End::Finished)));
    assert_eq!(begun("third"), (String::new(), Some(End::NoSuchStep)));
}

#[test]
fn what_is_overdue_happens_at_once_and_before_what_comes_after_it() {
    let mut desk = waiting(Exits { on_visitor_message: true, ..Exits::default() });
    desk.now = TODAY.plus_seconds(3_600);
    desk.visitor_says("Hello?");
    assert_eq!((desk.said(), desk.run.ended()), (vec!["waited"], Some(End::Finished)));
}

#[test]
fn a_wake_up_too_early_changes_nothing() {
    let mut desk = waiting(Exits::default());
    desk.now = TODAY.plus_seconds(59);
    let before = desk.run.clone();
    desk.tell(Input::TimeReached);
    assert_eq!(desk.run, before);
    assert_eq!(desk.run.wakes_at(), Some(TODAY.plus_seconds(60)));
}

#[test]
fn a_run_read_by_another_version_of_its_workflow_ends_instead_of_guessing() {
    let mut desk = waiting(Exits::default());
    desk.workflow.steps[0].task = say("Something else");
    desk.minutes(5);
    assert_eq!(desk.run.ended(), Some(End::NoSuchStep));
}

#[test]
fn before_it_begins_and_after_it_ended_a_run_hears_nothing() {
    let mut desk = waiting(Exits::default());
    desk.run = Run::new(Vec::new());
    desk.tell(Input::TimeReached);
    desk.tell(Input::Closed);
    assert_eq!((desk.run.ended(), &desk.run), (None, &Run::new(Vec::new())));
    desk.tell(Input::Stopped(Stop::WithWorkflow));
    let over = desk.run.clone();
    assert!(over.ended().is_some());
    desk.tell(Input::Started { told: BTreeMap::new(), from: None });
    assert_eq!(desk.run, over);
}

fn waiting(exits: Exits) -> Desk {
    let mut workflow = workflow("wait", |_| vec![step("wait", minutes(1)), step("said", say("waited"))]);
    workflow.exits = exits;
    Desk::of(workflow).open(OpenedBy::Visitor)
}
