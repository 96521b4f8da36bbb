//! Questions: whose turn it is, what is asked again, where answers go.

use super::desk::Desk;
use super::flow::*;
use super::world::TODAY;
use crate::workflow::definition::*;
use crate::workflow::{Effect, End, Input, Outcome, RETRIES_MAX, Ticket, Value, Workflow, advance};

#[test]
fn a_question_waits_while_another_run_has_one_open() {
    let mut desk = busy(asking(ask("Size?", Kind::Text)));
    assert_eq!((desk.said().len(), desk.run.has_question()), (0, false));
    desk.visitor_says("for the other one");
    desk.busy = false;
    desk.tell(Input::TurnGranted { ticket: Ticket(1) });
    assert_eq!(desk.said(), ["Size?"]);
    desk.visitor_says("large");
    assert_eq!(desk.said(), ["Size?", "So large."]);
}

#[test]
fn a_question_that_is_not_to_wait_goes_another_way() {
    let mut desk = busy(workflow("ask", |to| {
        let question = Ask { if_busy: IfBusy::Go(to("later")), ..ask("Size?", Kind::Text) };
        vec![then("size", Task::Ask(Box::new(question)), None), step("later", say("Later, then."))]
    }));
    assert_eq!(desk.said(), ["Later, then."]);
    assert_eq!(released(&desk), 1, "its place in the line is given back");
    let nowhere = Ask { if_busy: IfBusy::Go(None), ..ask("Size?", Kind::Text) };
    desk = busy(asking(nowhere));
    assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::Busy)));
}

#[test]
fn the_turn_is_given_back_however_a_question_ends() {
    let timed = || Ask { timeout_seconds: Some(60), retries: 0, ..ask("How many?", NUMBER) };
    let ends: [fn(&mut Desk); 5] = [
        |desk| desk.visitor_says("5"),
        |desk| desk.visitor_says("many"),
        |desk| desk.minutes(1),
        |desk| desk.close(),
        |desk| desk.tell(Input::Stopped(crate::workflow::Stop::WithWorkflow)),
    ];
    for (place, end) in ends.into_iter().enumerate() {
        let mut desk = Desk::of(asking(timed())).open(OpenedBy::Visitor);
        assert_eq!((desk.run.has_question(), released(&desk)), (true, 0), "{place}");
        end(&mut desk);
        assert_eq!((desk.run.has_question(), released(&desk), desk.turn), (false, 1, None), "{place}");
    }
}

#[test]
fn a_place_in_the_line_is_given_back_too() {
    let mut desk = busy(asking(ask("Size?", Kind::Text)));
    desk.close();
    assert_eq!(released(&desk), 1);
}

#[test]
fn a_turn_is_not_waited_for_longer_than_an_answer_would_be() {
    let mut desk = busy(asking(Ask { timeout_seconds: Some(60), ..ask("Size?", Kind::Text) }));
    desk.minutes(1);
    assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::TimedOut)));
    assert_eq!((desk.said().len(), released(&desk)), (0, 1));
}

#[test]
fn two_questions_in_a_row_each_take_a_turn_and_one_message() {
    let mut desk = Desk::of(workflow("two", |_| {
        vec![
            step("size", Task::Ask(Box::new(ask("Size?", Kind::Text)))),
            step("colour", Task::Ask(Box::new(ask("Colour?", Kind::Text)))),
            step("so", say("$step.size, $step.colour")),
        ]
    }))
    .open(OpenedBy::Visitor);
    desk.visitor_says("large");
    assert_eq!(desk.said(), ["Size?", "Colour?"]);
    desk.visitor_says("red");
    assert_eq!((desk.said()[2], released(&desk)), ("large, red", 2));
}

#[test]
fn it_is_asked_again_as_often_as_the_step_says_and_never_without_end() {
    for (retries, asked_again) in [(0, 0), (1, 1), (2, 2), (255, usize::from(RETRIES_MAX))] {
        let question =
            Ask { retries, retry_text: Some(text("A number, please.")), ..ask("How many?", NUMBER) };
        let mut desk = Desk::of(asking(question)).open(OpenedBy::Visitor);
        for _ in 0..=asked_again {
            assert_eq!(desk.run.ended(), None, "{retries}");
            desk.visitor_says("many");
        }
        assert_eq!(desk.said().len(), 1 + asked_again);
        assert!(desk.said()[1..].iter().all(|said| *said == "A number, please."));
        assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::Invalid)), "{retries}");
    }
}

#[test]
fn invalid_answers_buy_no_time() {
    let question = Ask { timeout_seconds: Some(600), ..ask("How many?", NUMBER) };
    let mut desk = Desk::of(asking(question)).open(OpenedBy::Visitor);
    desk.minutes(9);
    desk.visitor_says("many");
    desk.minutes(1);
    assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::TimedOut)));
}

#[test]
fn an_answer_at_the_very_last_moment_counts_and_a_later_one_does_not() {
    let question = || Ask { timeout_seconds: Some(60), ..ask("Size?", Kind::Text) };
    let mut desk = Desk::of(asking(question())).open(OpenedBy::Visitor);
    desk.now = TODAY.plus_seconds(60);
    desk.visitor_says("large");
    assert_eq!(desk.run.ended(), Some(End::Finished));
    desk = Desk::of(asking(question())).open(OpenedBy::Visitor);
    desk.now = TODAY.plus_seconds(61);
    desk.visitor_says("large");
    assert_eq!(desk.run.ended(), Some(End::NoBranch(Outcome::TimedOut)), "nobody had woken it yet");
}

#[test]
fn choices_are_shown_each_time() {
    let mut desk = Desk::of(asking(ask("Size?", choice(&["S", "L"])))).open(OpenedBy::Visitor);
    desk.visitor_says("no idea");
    let options: Vec<&Vec<String>> = desk
        .done
        .iter()
        .filter_map(|effect| if let Effect::Say { options, .. } = effect { Some(options) } else { None })
        .collect();
    assert_eq!(options, [&["S".to_owned(), "L".to_owned()], &["S".to_owned(), "L".to_owned()]]);
}

#[test]
fn an_answer_is_kept_wherever_the_step_says() {
    let save = vec![Save::Variable("size".to_owned()), Save::Field("shirt_size".to_owned()), Save::Tag];
    let mut desk =
        Desk::of(asking(Ask { save, ..ask("Size?", choice(&["Small", "Large"])) })).open(OpenedBy::Visitor);
    desk.visitor_says("2");
    assert_eq!(desk.run.memory().variables()["size"], Value::text("Large"));
    assert_eq!(desk.world.contact["shirt_size"], Value::text("Large"));
    assert_eq!(desk.world.tags, ["Large"]);
}

#[test]
fn a_turn_that_was_not_wished_for_changes_nothing() {
    let mut desk = busy(asking(ask("Size?", Kind::Text)));
    for ticket in [Ticket(0), Ticket(2)] {
        let before = desk.run.clone();
        for input in [Input::TurnGranted { ticket }, Input::TurnRefused { ticket }] {
            assert_eq!(advance(&desk.workflow, &mut desk.run, input, &desk.world, desk.now), []);
        }
        assert_eq!(desk.run, before);
    }
}

const NUMBER: Kind = Kind::Number { min: None, max: None };

fn asking(question: Ask) -> Workflow {
    workflow("ask", |_| {
        vec![step("size", Task::Ask(Box::new(question.clone()))), step("so", say("So $step.size."))]
    })
}

fn busy(workflow: Workflow) -> Desk {
    let mut desk = Desk::of(workflow);
    desk.busy = true;
    desk.open(OpenedBy::Visitor)
}

fn released(desk: &Desk) -> usize {
    desk.done.iter().filter(|effect| **effect == Effect::ReleaseTurn).count()
}
