//! Answers that were given before they were asked for.

use crate::build::*;
use crate::talk::check;
use assistant::Assistant;
use assistant::definition::{Collect, Condition, Kind, TestOp, Then};

#[test]
fn what_the_first_message_holds_is_not_asked() {
    check(
        &booking(),
        "> book a road bike
         From when?
         > 2026-05-03
         How many?
         > 2
         Road bike, May 3, 2026, 2.",
    );
}

#[test]
fn what_a_later_message_holds_is_not_asked_either() {
    check(
        &booking(),
        "> book
         Which bike? [City bike | Road bike]
         > a road bike, 4 of them
         From when?
         > 2026-05-03
         Road bike, May 3, 2026, 4.",
    );
}

#[test]
fn a_plain_answer_answers_one_question_only() {
    let steps = vec![
        step("from").say("From?").asks(date(false)),
        step("to").say("To?").asks(date(false)),
        step("so").say("{#from} - {#to}"),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         From?
         > 2026-05-03
         To?
         > 2026-05-05
         May 3, 2026 - May 5, 2026",
    );
}

#[test]
fn one_message_answers_one_of_two_alike_questions() {
    let steps = vec![
        step("adults").say("Adults?").asks(number()),
        step("children").say("Children?").asks(number()),
        step("so").say("{#adults} and {#children}"),
    ];
    check(&assistant(trying(steps)), "> try it with 3 of them\n Children?\n > 1\n 3 and 1");
}

#[test]
fn a_later_mention_replaces_an_earlier_answer() {
    check(
        &booking(),
        "> book a road bike
         From when?
         > oh, make it a city bike please
         From when?
         > 2026-05-03
         How many?
         > 2
         City bike, May 3, 2026, 2.",
    );
}

#[test]
fn who_wants_to_ask_in_any_case_does() {
    let change = |collect| {
        let mut definition = definition(vec![booking_action()]);
        definition.actions[4].steps[0].ask.as_mut().unwrap().collect = collect;
        Assistant::new(definition)
    };
    check(&change(Collect::Always), "> book a road bike\n Which bike? [City bike | Road bike]");
}

#[test]
fn what_is_never_asked_is_only_found() {
    let steps = vec![
        step("n").say("Never said.").asks(number()).collect(Collect::Never),
        step("some")
            .when(test(answer("n"), TestOp::IsDefined, assistant::Value::Nothing))
            .say("{#n} it is.")
            .then(Then::End),
        step("none").say("None, then."),
    ];
    let assistant = assistant(trying(steps));
    check(&assistant, "> try\n None, then.");
    check(&assistant, "> try it with 5 of them\n 5 it is.");
}

#[test]
fn a_step_that_is_jumped_back_to_is_asked_although_it_was_mentioned() {
    let mut action = booking_action();
    action.steps[3] = step("right").say("{#bike}?").asks(yes_no());
    action.steps.push(step("back").when(is(answer("right"), no())).then(Then::GoTo("bike".to_owned())));
    action.steps.drain(1..3);
    check(
        &assistant(vec![action]),
        "> book a road bike
         Road bike? [Yes | No]
         > no
         Which bike? [City bike | Road bike]
         > city bike
         City bike? [Yes | No]",
    );
}

#[test]
fn a_step_whose_answer_is_known_says_nothing_and_still_goes_on_as_it_should() {
    let steps = vec![
        step("n")
            .say("How many?")
            .asks(number())
            .set("note", assistant::Value::text("set"))
            .then(Then::GoTo("end".to_owned())),
        step("never").say("Never."),
        step("end").say("{#n}, {note}."),
    ];
    check(&assistant(trying(steps)), "> try it with 3 of them\n 3, set.");
}

#[test]
fn a_free_text_can_hold_more_than_it_was_asked_for_but_not_when_it_is_nothing_else() {
    let steps = vec![
        step("t").say("Tell me.").asks(Kind::Text),
        step("bike").say("Which bike?").asks(options(&["City bike", "Road bike"])),
        step("so").say("{#bike}: {#t}"),
    ];
    let assistant = assistant(trying(steps));
    check(&assistant, "> try\n Tell me.\n > my road bike squeals\n Road bike: my road bike squeals");
    check(&assistant, "> try\n Tell me.\n > Road bike\n Which bike? [City bike | Road bike]");
}

#[test]
fn a_confirmation_is_never_taken_from_what_was_said_before() {
    let steps = vec![
        step("battery").say("The battery?").asks(yes_no()),
        step("sure").say("Shall I?").asks(options(&["Yes, send it", "No, leave it"])),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         The battery? [Yes | No]
         > yes, send it soon please
         Shall I? [Yes, send it | No, leave it]",
    );
}

#[test]
fn a_condition_decides_first() {
    let never = Condition::Any(Vec::new());
    let steps = vec![step("n").when(never).say("How many?").asks(number()), step("so").say("So: {#n}.")];
    check(&assistant(trying(steps)), "> try it with 3 of them\n So: .");
}

fn booking() -> Assistant {
    assistant(vec![booking_action()])
}

fn booking_action() -> assistant::definition::Action {
    let steps = vec![
        step("bike").say("Which bike?").asks(options(&["City bike", "Road bike"])),
        step("day").say("From when?").asks(date(false)),
        step("n").say("How many?").asks(number()),
        step("so").say("{#bike}, {#day}, {#n}."),
    ];
    action("book", "Book", &["book", "book a bike"], steps)
}
