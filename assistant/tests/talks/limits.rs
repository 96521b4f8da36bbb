//! What goes in circles is stopped, and the visitor is answered all the same.

use crate::build::*;
use crate::talk::{told, turn};
use assistant::definition::Then;
use assistant::limits::{REPLIES_MAX, STEP_VISITS_MAX, TALKS_MAX};
use assistant::{Assistant, Session, Turn};
use protocol::inspect::{Happened, Limit};

#[test]
fn a_step_visited_too_often_ends_the_action() {
    let steps = vec![step("a"), step("back").then(Then::GoTo("a".to_owned()))];
    check(&assistant(trying(steps)), "try", Limit::StepVisits, "a");
}

#[test]
fn a_question_asked_too_often_ends_the_action() {
    let steps = vec![step("q").say("Again?").asks(yes_no()).then(Then::GoTo("q".to_owned()))];
    let assistant = assistant(trying(steps));
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    for _ in 1..STEP_VISITS_MAX {
        assert_eq!(told(&turn(&assistant, &mut session, "yes")), ["Again? [Yes | No]"]);
    }
    assert_eq!(told(&turn(&assistant, &mut session, "yes")), ["I have no answer to that."]);
}

#[test]
fn actions_that_run_each_other_are_stopped() {
    let calling = |id: &str, other: &str| {
        action(id, id, &[id], vec![step("go").then(Then::Run(run(other, "r"))), step("end").say("Never.")])
    };
    let assistant = assistant(vec![calling("ping", "pong"), calling("pong", "ping")]);
    check(&assistant, "ping", Limit::ActionsVisited, "go");
}

#[test]
fn actions_inside_each_other_turn_after_turn_are_stopped() {
    let steps = vec![step("n").say("Deeper?").asks(yes_no()), step("go").then(Then::Run(run("ping", "r")))];
    let assistant = assistant(vec![action("ping", "Ping", &["ping"], steps)]);
    let mut session = Session::default();
    turn(&assistant, &mut session, "ping");
    for _ in 1..TALKS_MAX {
        assert_eq!(told(&turn(&assistant, &mut session, "yes")), ["Deeper? [Yes | No]"]);
    }
    expect(&turn(&assistant, &mut session, "yes"), Limit::Depth, "go");
}

#[test]
fn too_many_actions_in_one_turn_are_stopped() {
    let steps =
        vec![step("go").then(Then::Run(run("inner", "r"))), step("back").then(Then::GoTo("go".to_owned()))];
    let inner = action("inner", "Inner", &[], vec![step("a")]);
    let assistant = assistant(vec![action("ping", "Ping", &["ping"], steps), inner]);
    check(&assistant, "ping", Limit::ActionsVisited, "go");
}

#[test]
fn a_turn_says_no_more_than_anybody_reads() {
    let steps = (0..2 * REPLIES_MAX).map(|at| step(&format!("s{at}")).say("Blah.")).collect();
    let replies = turn(&assistant(trying(steps)), &mut Session::default(), "try").replies;
    assert_eq!(replies.len(), REPLIES_MAX);
}

#[test]
fn many_interruptions_inside_each_other_forget_the_oldest() {
    let names: Vec<String> = ('a'..='z').map(|letter| format!("{letter}uzzle{letter}")).collect();
    let topic = |name: &String| action(name, name, &[name], vec![step("q").say(name).asks(yes_no())]);
    let assistant = assistant(names.iter().map(topic).collect());
    let mut session = Session::default();
    for name in &names {
        assert_eq!(told(&turn(&assistant, &mut session, name)), [format!("{name} [Yes | No]")]);
    }
}

/// Says something, and expects this limit at this step, and an answer.
fn check(assistant: &Assistant, line: &str, limit: Limit, step: &str) {
    expect(&turn(assistant, &mut Session::default(), line), limit, step);
}

fn expect(turn: &Turn, limit: Limit, step: &str) {
    let reached = turn.trace.happenings.iter().find_map(|happened| {
        let Happened::LimitReached { limit, step, .. } = happened else { return None };
        Some((*limit, step.as_str()))
    });
    assert_eq!(reached, Some((limit, step)), "{:?}", turn.trace.happenings);
    assert_eq!(told(turn), ["I have no answer to that."]);
    assert_eq!(turn.trace.waiting, None);
}
