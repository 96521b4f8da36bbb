//! Steps that are asked again.

use crate::build::*;
use crate::talk::{check, turn};
use assistant::definition::{Call, Step, Then};
use assistant::{Assistant, Session};
use protocol::inspect::Happened;

#[test]
fn chosen_steps_are_asked_again_and_their_answers_replaced() {
    check(
        &checking(),
        "> try
         Size? [Small | Large]
         > small
         Colour? [Red | Blue]
         > red
         Small and Red? [Yes | No]
         > no
         Again, then.
         Size? [Small | Large]
         > large
         Colour? [Red | Blue]
         > blue
         Large and Blue? [Yes | No]
         > yes
         Done: Large, Blue.",
    );
}

#[test]
fn it_is_asked_again_as_long_as_the_condition_holds() {
    check(
        &checking(),
        "> try
         Size? [Small | Large]
         > small
         Colour? [Red | Blue]
         > red
         Small and Red? [Yes | No]
         > no
         Again, then.
         Size? [Small | Large]
         > small
         Nothing changed there.
         Colour? [Red | Blue]
         > blue
         Small and Blue? [Yes | No]
         > no
         Nothing changed there.
         Again, then.
         Size? [Small | Large]",
    );
}

#[test]
fn an_answer_that_stays_the_same_is_told() {
    let assistant = checking();
    let mut session = Session::default();
    for line in ["try", "small", "red", "no"] {
        turn(&assistant, &mut session, line);
    }
    let unchanged = Happened::Unchanged { action: "try".to_owned(), step: "size".to_owned() };
    assert!(turn(&assistant, &mut session, "small").trace.happenings.contains(&unchanged));
}

#[test]
fn what_comes_after_the_steps_that_are_asked_again_does_not_count() {
    let steps = vec![
        step("a").say("A?").asks(number()),
        step("b").say("B?").asks(number()).then(Then::GoTo("check".to_owned())),
        step("skipped").say("Never."),
        step("check").say("Sure?").asks(yes_no()),
        step("again").when(is(answer("check"), no())).then(again(&["a", "b", "check"])),
        step("done").say("{#a} {#b}"),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         A?
         > 1
         B?
         > 2
         Sure? [Yes | No]
         > no
         A?
         > 3
         B?
         > 4
         Sure? [Yes | No]
         > yes
         3 4",
    );
}

#[test]
fn a_step_that_asks_itself_is_asked_once_more_with_the_others() {
    let steps = vec![
        step("a").say("A?").asks(number()),
        step("b").say("B?").asks(number()),
        step("c").say("C?").asks(number()).then(again(&["a"])),
        step("done").say("{#a} {#b} {#c}"),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         A?
         > 1
         B?
         > 2
         C?
         > 3
         A?
         > 4
         C?
         > 5
         4 2 5",
    );
}

#[test]
fn calls_of_the_steps_that_are_asked_again_are_made_again() {
    let call = Call {
        extension: "shop".to_owned(),
        operation: "find".to_owned(),
        result: "r".to_owned(),
        ..Call::default()
    };
    let failed = is(assistant::definition::Expr::Field(Box::new(answer("r")), "success".to_owned()), no());
    let steps = vec![
        step("n").say("Number?").asks(number()),
        step("look").then(Then::Call(Box::new(call))),
        step("again").when(failed).say("Not found.").then(again(&["n", "look"])),
        step("done").say("Found."),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         Number?
         > 1
         ! shop.find()
         > (called 404 no)
         Not found.
         Number?
         > 2
         ! shop.find()
         > (called 200 yes)
         Found.",
    );
}

fn again(steps: &[&str]) -> Then {
    Then::AskAgain(steps.iter().map(|step| (*step).to_owned()).collect())
}

/// An action that asks two things and whether they are right.
fn checking() -> Assistant {
    let steps: Vec<Step> = vec![
        step("size").say("Size?").asks(options(&["Small", "Large"])),
        step("colour").say("Colour?").asks(options(&["Red", "Blue"])),
        step("right").say("{#size} and {#colour}?").asks(yes_no()),
        step("again")
            .when(is(answer("right"), no()))
            .say("Again, then.")
            .then(again(&["size", "colour", "right"])),
        step("done").say("Done: {#size}, {#colour}."),
    ];
    let mut definition = definition(trying(steps));
    definition.settings.topics.unchanged = Some(text("Nothing changed there."));
    Assistant::new(definition)
}
