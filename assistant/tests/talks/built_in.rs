//! The built-in actions, and the variables the engine sets.

use crate::build::*;
use crate::talk::{check, turn};
use assistant::definition::{Call, Definition, Kind, Then, built_in};
use assistant::{Assistant, Session, Value};

const PARDON: &str = "I'm afraid I don't understand. Please rephrase your question.";

#[test]
fn the_fourth_miss_in_a_row_brings_a_person_and_the_count_starts_anew() {
    check(
        &plain(|_| {}),
        &format!(
            "> blue moon
             {PARDON}
             > zzz
             {PARDON}
             > qqq
             {PARDON}
             > xxx
             (no_matches)
             => the default queue, no_matches
             > blue moon
             {PARDON}"
        ),
    );
}

#[test]
fn a_recognised_action_starts_the_count_anew() {
    let assistant = plain(|_| {});
    let mut session = Session::default();
    let counts: Vec<u32> = ["zzz", "qqq", "try", "zzz"]
        .map(|line| turn(&assistant, &mut session, line).trace.no_matches_count)
        .to_vec();
    assert_eq!(counts, [1, 2, 0, 1]);
}

#[test]
fn the_author_can_make_phrases_that_match_nothing() {
    check(
        &plain(|definition| definition.actions[1].phrases = vec!["sing a song".to_owned()]),
        &format!("> sing a song\n {PARDON}"),
    );
}

#[test]
fn a_danger_word_brings_a_person_and_a_profane_one_a_warning_first() {
    check(
        &plain(|_| {}),
        "> there is a FIRE here
         (danger_word)
         => the default queue, danger_word
         > damn it
         Please use appropriate language when interacting with the assistant.
         > damn again
         (profanity)
         => the default queue, profanity",
    );
}

#[test]
fn after_a_warning_the_waiting_question_is_put_again() {
    let steps = vec![step("n").say("How many?").asks(number()), step("so").say("So: {#n}.")];
    check(
        &assistant(trying(steps)),
        "> try
         How many?
         > damn
         Please use appropriate language when interacting with the assistant.
         How many?
         > 3
         So: 3.",
    );
}

#[test]
fn a_fallback_that_says_nothing_brings_a_person_all_the_same() {
    check(
        &plain(|definition| definition.actions[2].steps = vec![step("a").set("note", Value::text("x"))]),
        "> agent\n => the default queue, agent_requested",
    );
}

#[test]
fn a_fallback_that_only_calls_brings_a_person_afterwards() {
    let call = Call { extension: "desk".to_owned(), operation: "open".to_owned(), ..Call::default() };
    check(
        &plain(|definition| definition.actions[2].steps = vec![step("a").then(Then::Call(Box::new(call)))]),
        "> agent\n ! desk.open()\n > (called 200 ok)\n => the default queue, agent_requested",
    );
}

#[test]
fn a_fallback_that_is_not_understood_brings_a_person() {
    let asking = step("ask").say("A person?").asks(yes_no()).asked(|ask| ask.attempts = 0);
    check(
        &plain(|definition| definition.actions[2].steps = vec![asking]),
        "> agent
         A person? [Yes | No]
         > perhaps
         => the default queue, validation_failed",
    );
}

#[test]
fn who_asks_for_a_person_twice_gets_one() {
    let asking = step("ask").say("A person?").asks(yes_no());
    check(
        &plain(|definition| definition.actions[2].steps = vec![asking, step("end").say("As you like.")]),
        "> agent
         A person? [Yes | No]
         > I would like to speak to a human
         => the default queue, agent_requested",
    );
}

#[test]
fn a_fallback_that_offers_something_else_returns_to_what_it_interrupted() {
    let mut definition = definition(trying(vec![step("n").say("How many?").asks(number())]));
    definition.actions[2].steps = vec![
        step("ask").say("A person?").asks(yes_no()),
        step("yes").when(is(answer("ask"), yes())).then(connect()),
        step("end").say("As you like."),
    ];
    let assistant = Assistant::new(definition);
    check(
        &assistant,
        "> try
         How many?
         > agent
         A person? [Yes | No]
         > no
         As you like.
         Do you want to continue with the previous topic: Try? [Yes | No]
         > yes
         How many?
         > agent
         A person? [Yes | No]
         > yes
         => the default queue, agent_requested
         action: Try
         Ask: Yes",
    );
}

#[test]
fn likely_topics_are_suggested() {
    let change = |definition: &mut Definition| {
        let mut step = step("a").say("Is it one of these?");
        step.suggest = 2;
        definition.actions[1].steps = vec![step.then(Then::End)];
    };
    check(&plain(change), "> blue moon\n Is it one of these? [Try | Opening hours]\n > Try\n Yes.");
}

#[test]
fn where_nothing_can_be_suggested_nothing_is_announced() {
    let change = |definition: &mut Definition| {
        let mut step = step("a").say("Is it one of these?");
        step.suggest = 2;
        definition.actions[1].steps = vec![step.then(Then::End), super::build::step("b").say("Pardon?")];
        definition.actions.iter_mut().for_each(|action| action.offered = false);
    };
    check(&plain(change), "> blue moon\n Pardon?");
}

#[test]
fn what_is_under_way_is_not_suggested() {
    let mut other = step("other").say("Or one of these?");
    other.suggest = 2;
    check(&assistant(trying(vec![other])), "> try\n Or one of these? [Opening hours]");
}

#[test]
fn the_engine_tells_what_it_knows() {
    let says = "{now} | {current_date} | {timezone} | {channel_name} | {no_matches_count}";
    check(
        &assistant(trying(vec![step("a").say(says)])),
        "> try\n Mar 4, 2026, 12:00 PM | Mar 4, 2026 | UTC | chat | 0",
    );
}

#[test]
fn the_last_messages_are_known_without_what_is_protected() {
    let steps = vec![
        step("pin").say("PIN?").asks(Kind::Text).asked(|ask| ask.protected = true),
        step("keep").set("note", of_variable(built_in::SESSION_HISTORY)),
    ];
    let assistant = assistant(trying(steps));
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    let trace = turn(&assistant, &mut session, "1234").trace;
    let note = trace.variables.iter().find(|variable| variable.name == "note").unwrap();
    assert_eq!(note.json, r#"[{"n":true,"u":"try"},{"a":"PIN?"},{"u":"***"}]"#);
    assert_eq!(trace.heard.as_deref(), Some("***"));
}

fn plain(change: impl FnOnce(&mut Definition)) -> Assistant {
    let mut definition = definition(trying(vec![step("a").say("Yes.")]));
    change(&mut definition);
    Assistant::new(definition)
}
