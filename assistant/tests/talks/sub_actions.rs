//! Actions run by steps of others.

use crate::build::*;
use crate::talk::check;
use assistant::definition::{Expr, Run, Then};
use assistant::{Assistant, Value};

#[test]
fn a_step_runs_another_action_and_reads_what_it_learned() {
    check(
        &booking(run("address", "where")),
        "> try
         Which bike? [City | Road]
         > city
         Which town?
         > Port Ellery
         In Port Ellery, with a City bike.",
    );
}

#[test]
fn values_can_be_passed_as_answers() {
    let with = vec![("town".to_owned(), Expr::Value(Value::text("Lyme")))];
    check(
        &booking(Run { with, ..run("address", "where") }),
        "> try
         Which bike? [City | Road]
         > road
         In Lyme, with a Road bike.",
    );
}

#[test]
fn a_passed_value_that_is_none_is_asked_for() {
    let with = vec![("town".to_owned(), of_variable("note"))];
    check(
        &booking(Run { with, ..run("address", "where") }),
        "> try\n Which bike? [City | Road]\n > road\n Which town?",
    );
}

#[test]
fn the_caller_can_end_with_it() {
    let talk = "> try
         Which bike? [City | Road]
         > city
         Which town?
         > Lyme
         I have no answer to that.";
    check(&booking(Run { ends: true, ..run("address", "where") }), talk);
}

#[test]
fn ending_a_sub_action_does_not_end_its_caller() {
    let inner =
        action("inner", "Inner", &[], vec![step("a").say("In.").then(Then::End), step("b").say("Never.")]);
    let steps = vec![step("go").then(Then::Run(run("inner", "r"))), step("out").say("Out.")];
    check(&assistant(vec![action("try", "Try", &["try"], steps), inner]), "> try\n In.\n Out.");
}

#[test]
fn results_are_read_through_two_levels() {
    let inner = action("inner", "Inner", &[], vec![step("n").say("How many?").asks(number())]);
    let middle = action("middle", "Middle", &[], vec![step("go").then(Then::Run(run("inner", "deep")))]);
    let field = |of: Expr, name: &str| Expr::Field(Box::new(of), name.to_owned());
    let n = field(field(answer("r"), "deep"), "n");
    let steps =
        vec![step("go").then(Then::Run(run("middle", "r"))), step("keep").set("note", n).say("{note} then.")];
    let actions = vec![action("try", "Try", &["try"], steps), middle, inner];
    check(&assistant(actions), "> try\n How many?\n > 4\n 4 then.");
}

#[test]
fn an_action_without_phrases_is_only_run_by_others() {
    check(
        &booking(run("address", "where")),
        "> Address
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

/// An action that asks for a bike, and for a town by another action.
fn booking(run: Run) -> Assistant {
    let town = Expr::Field(Box::new(answer("where")), "town".to_owned());
    let steps = vec![
        step("bike").say("Which bike?").asks(options(&["City", "Road"])),
        step("run").then(Then::Run(run)),
        step("keep").set("note", town).say("In {note}, with a {#bike} bike."),
    ];
    let address = vec![step("town").say("Which town?").asks(assistant::definition::Kind::Text)];
    assistant(vec![action("try", "Try", &["try"], steps), action("address", "Address", &[], address)])
}
