//! Calls of extensions.

use crate::build::*;
use crate::talk::check;
use assistant::definition::{Call, Expr, Then};
use assistant::{Assistant, Value};

#[test]
fn a_call_is_wanted_and_its_outcome_goes_on() {
    check(
        &looking_up(),
        "> try
         Which order?
         > 42
         Let me look.
         ! shop.status(number=42)
         > (called 200 on its way)
         It is on its way.",
    );
}

#[test]
fn a_call_that_fails_can_be_told_apart() {
    check(
        &looking_up(),
        "> try
         Which order?
         > 42
         Let me look.
         ! shop.status(number=42)
         > (called 503 broken)
         It failed: 503.
         Anything else? [Yes | No]",
    );
}

#[test]
fn who_speaks_first_gives_the_call_up_and_does_not_answer_what_is_asked_then() {
    check(
        &looking_up(),
        "> try
         Which order?
         > 42
         Let me look.
         ! shop.status(number=42)
         > no
         It failed: 0.
         Anything else? [Yes | No]
         > (called 200 late)
         > no
         Bye: No.",
    );
}

#[test]
fn who_changes_the_topic_during_a_call_is_heard() {
    check(
        &looking_up(),
        "> try
         Which order?
         > 42
         Let me look.
         ! shop.status(number=42)
         > when are you open
         It failed: 0.
         Anything else? [Yes | No]
         From 8 to 6.
         Do you want to continue with the previous topic: Try? [Yes | No]",
    );
}

#[test]
fn an_outcome_nobody_waits_for_changes_nothing() {
    check(
        &looking_up(),
        "> (called 200 what)\n > try\n Which order?\n > (called 200 what)\n > 7\n Let me look.\n ! shop.status(number=7)",
    );
}

/// An action that looks an order up.
fn looking_up() -> Assistant {
    let field = |name: &str| Expr::Field(Box::new(answer("found")), name.to_owned());
    let call = Call {
        extension: "shop".to_owned(),
        operation: "status".to_owned(),
        with: vec![("number".to_owned(), answer("n")), ("nothing".to_owned(), of_variable("note"))],
        result: "found".to_owned(),
    };
    let steps = vec![
        step("n").say("Which order?").asks(number()),
        step("look").say("Let me look.").then(Then::Call(Box::new(call))),
        step("keep").set("note", field("body")).set("colour", field("status")),
        step("good").when(is(field("success"), yes())).say("It is {note}.").then(Then::End),
        step("bad").when(is(field("success"), Value::YesNo(false))).say("It failed: {colour}."),
        step("more").say("Anything else?").asks(yes_no()),
        step("bye").say("Bye: {#more}."),
    ];
    assistant(trying(steps))
}
