//! Steps: conditions, assignments, what comes after them.

use crate::build::*;
use crate::talk::{check, turn};
use assistant::definition::{Condition, Exhausted, Expr, Kind, Method, TestOp, Then};
use assistant::{Session, Value};
use protocol::HandOffReason;
use protocol::inspect::Happened;

#[test]
fn opening_the_chat_greets() {
    check(&assistant(trying(vec![])), "> (opens)\n Welcome, how can I assist you?");
}

#[test]
fn a_phrase_starts_its_action_and_so_does_the_title() {
    check(
        &assistant(trying(vec![step("a").say("One."), step("b").say("Two.")])),
        "> TRY!
         One.
         Two.
         > Opening hours
         From 8 to 6.",
    );
}

#[test]
fn a_valid_answer_goes_on_and_can_be_inserted() {
    let steps = vec![
        step("kind").say("Which kind?").asks(options(&["City bike", "Electric bike"])),
        step("so").say("A {#kind}, in {colour}."),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         Which kind? [City bike | Electric bike]
         > city bike
         A City bike, in red.",
    );
}

#[test]
fn steps_are_skipped_while_their_condition_is_false() {
    let n = || answer("n");
    let many = test(n(), TestOp::Greater, Value::Number(9.0));
    let some = Condition::All(vec![
        test(n(), TestOp::GreaterOrEqual, Value::Number(3.0)),
        Condition::Not(Box::new(many.clone())),
    ]);
    let steps = vec![
        step("n").say("How many?").asks(number()),
        step("few").when(test(n(), TestOp::Less, Value::Number(3.0))).say("Few."),
        step("some").when(some).say("Some."),
        step("many").when(many).say("Many.").then(Then::End),
        step("last").say("That is all."),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         How many?
         > 2
         Few.
         That is all.
         > try
         How many?
         > 5
         Some.
         That is all.
         > try
         How many?
         > 10
         Many.",
    );
}

#[test]
fn variables_are_set_before_the_step_speaks() {
    let steps = vec![
        step("c").say("Colour?").asks(Kind::Text),
        step("so").set("colour", answer("c")).set("note", of_variable("colour")).say("Noted: {note}."),
    ];
    check(&assistant(trying(steps)), "> try\n Colour?\n > sea green\n Noted: sea green.");
}

#[test]
fn an_action_is_not_recognised_while_its_condition_is_false() {
    let mut actions = trying(vec![step("a").say("Yes.")]);
    actions[0].when = Some(is(of_variable("note"), Value::text("on")));
    actions.push(action(
        "on",
        "Switch on",
        &["switch on"],
        vec![step("a").set("note", Value::text("on")).say("On.")],
    ));
    check(
        &assistant(actions),
        "> try
         I'm afraid I don't understand. Please rephrase your question.
         > switch on
         On.
         > try
         Yes.",
    );
}

#[test]
fn a_jump_goes_forward_or_back_to_a_question() {
    let sure = || answer("sure");
    let steps = vec![
        step("kind").say("Which kind?").asks(options(&["City bike", "Electric bike"])),
        step("sure").say("Sure about {#kind}?").asks(yes_no()),
        step("again").when(is(sure(), no())).then(Then::GoTo("kind".to_owned())),
        step("skip").then(Then::GoTo("end".to_owned())),
        step("never").say("Never."),
        step("end").say("Done."),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         Which kind? [City bike | Electric bike]
         > city bike
         Sure about City bike? [Yes | No]
         > no
         Which kind? [City bike | Electric bike]
         > electric bike
         Sure about Electric bike? [Yes | No]
         > yes
         Done.",
    );
}

#[test]
fn what_a_step_leaves_to_the_fallback_is_given_its_reason() {
    let steps =
        vec![step("a").say("Hm.").then(Then::Fallback(HandOffReason::NoMatches)), step("b").say("Never.")];
    check(
        &assistant(trying(steps)),
        "> try
         Hm.
         (no_matches)
         => the default queue, no_matches
         action: Try",
    );
}

#[test]
fn after_the_last_attempt_the_author_decides() {
    let asking = |exhausted| {
        vec![
            step("n").say("How many?").asks(number()).asked(|ask| {
                ask.attempts = 0;
                ask.exhausted = exhausted;
            }),
            step("so").say("So: {#n}."),
        ]
    };
    let beginning = "> try\n How many?\n > many";
    for (exhausted, end) in [
        (Exhausted::Fallback, "(validation_failed)\n => the default queue, validation_failed\n action: Try"),
        (Exhausted::Continue, "So: ."),
        (Exhausted::End, "I have no answer to that."),
    ] {
        check(&assistant(trying(asking(exhausted))), &format!("{beginning}\n {end}"));
    }
}

#[test]
fn an_expression_that_fails_makes_its_condition_false_and_is_told() {
    let fails = Expr::Method(
        Box::new(Expr::Value(Value::YesNo(true))),
        Method::PlusDays,
        vec![Expr::Value(Value::Number(1.0))],
    );
    let steps =
        vec![step("a").when(Condition::Expression(fails)).say("Never."), step("b").say("Still here.")];
    let assistant = assistant(trying(steps));
    check(&assistant, "> try\n Still here.");
    let turn = turn(&assistant, &mut Session::default(), "try");
    let told = |happened: &Happened| {
        matches!(happened, Happened::ExpressionFailed { action, step, .. }
            if action == "try" && step.as_deref() == Some("a"))
    };
    assert!(turn.trace.happenings.iter().any(told), "{:?}", turn.trace.happenings);
}

#[test]
fn an_action_with_nothing_to_say_is_answered_all_the_same() {
    let steps = vec![step("a").set("note", Value::text("x"))];
    check(&assistant(trying(steps)), "> try\n I have no answer to that.");
}
