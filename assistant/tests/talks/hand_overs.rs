//! What agents get.

use crate::build::*;
use crate::talk::{check, turn};
use assistant::definition::{Choice, Connect, Kind, Run, Then};
use assistant::{Assistant, Session, Value};
use protocol::HandOffReason;
use protocol::limits::FRAME_BYTES_MAX;

#[test]
fn agents_read_the_label_of_what_was_chosen() {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        synonyms: Vec::new(),
    };
    let kind = Kind::Options {
        choices: vec![choice("c", "City bike"), choice("r", "Road bike")],
        show: protocol::rich::Show::Auto,
    };
    let steps = vec![
        step("kind").say("Which kind?").asks(kind),
        step("go").say("{#kind}").then(Then::Fallback(HandOffReason::Planned)),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         Which kind? [City bike | Road bike]
         > road bike
         r
         (planned)
         => the default queue, planned
         action: Try
         Kind: Road bike",
    );
}

#[test]
fn connecting_hands_over_what_was_collected() {
    let connect = Connect {
        queue: Some("workshop".parse().unwrap()),
        online_message: text("Soon."),
        offline_message: text("Later."),
        message_to_agent: Some(text("{#who_is_it} has a {#kind}, {note}.")),
    };
    let steps = vec![
        step("kind").say("Which kind?").asks(options(&["City bike", "Road bike"])),
        step("who_is_it").say("Who?").asks(Kind::Text).asked(|ask| ask.label = Some("Name".to_owned())),
        step("go").say("Just a moment.").then(Then::ConnectToAgent(Box::new(connect))),
        step("never").say("Never."),
    ];
    let mut definition = definition(trying(steps));
    definition.variables[0].shown_as = Some("Colour".to_owned());
    check(
        &Assistant::new(definition),
        "> try
         Which kind? [City bike | Road bike]
         > 2
         Who?
         > Ada
         Just a moment.
         => workshop, planned
         action: Try
         for the agent: Ada has a Road bike, .
         Kind: Road bike
         Name: Ada
         Colour: red
         > Ada
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

#[test]
fn answers_of_interrupted_actions_callers_and_finished_sub_actions_are_handed_over() {
    let inner = action("inner", "Inner", &[], vec![step("town").say("Town?").asks(Kind::Text)]);
    let person = action(
        "person",
        "Complaint",
        &["complain"],
        vec![step("why").say("Why?").asks(Kind::Text), step("go").then(connect())],
    );
    let steps = vec![
        step("n").say("How many?").asks(number()),
        step("in").then(Then::Run(Run { ..run("inner", "where") })),
        step("m").say("And?").asks(number()),
    ];
    check(
        &assistant(vec![action("try", "Try", &["try"], steps), inner, person]),
        "> try
         How many?
         > 3
         Town?
         > Lyme
         And?
         > complain
         Why?
         > because
         => the default queue, planned
         action: Complaint
         N: 3
         Town: Lyme
         Why: because",
    );
}

#[test]
fn the_fallback_hands_over_what_the_action_it_ended_had_collected() {
    let steps = vec![
        step("a").say("First?").asks(Kind::Text),
        step("b").say("Second?").asks(number()).asked(|ask| ask.attempts = 0),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         First?
         > one
         Second?
         > many
         (validation_failed)
         => the default queue, validation_failed
         action: Try
         A: one",
    );
}

#[test]
fn what_is_protected_is_neither_handed_over_nor_told() {
    let connect = Connect {
        queue: None,
        online_message: text(""),
        offline_message: text(""),
        message_to_agent: Some(text("{#pin} {secret}")),
    };
    let steps = vec![
        step("pin").say("PIN?").asks(Kind::Text).asked(|ask| ask.protected = true),
        step("keep").set("secret", answer("pin")),
        step("go").then(Then::ConnectToAgent(Box::new(connect))),
    ];
    let mut definition = definition(trying(steps));
    let mut secret = variable("secret", Value::Nothing);
    (secret.protected, secret.shown_as) = (true, Some("Secret".to_owned()));
    definition.variables.push(secret);
    let assistant = Assistant::new(definition);
    check(
        &assistant,
        "> try
         PIN?
         > 4711
         => the default queue, planned
         action: Try
         for the agent: *** ***",
    );
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    let trace = turn(&assistant, &mut session, "4711").trace;
    assert!(!serde_json::to_string(&trace).unwrap().contains("4711"), "{trace:?}");
}

#[test]
fn what_a_step_fetches_is_protected_whatever_it_asks_itself() {
    let runs = |name: &str, result: &str| {
        Then::Run(Run { action: name.to_owned(), result: result.to_owned(), ..Run::default() })
    };
    let mut actions = trying(vec![
        step("outer").say("One moment.").then(runs("middle", "all")),
        step("more").say("More?").asks(Kind::Text),
    ]);
    actions.push(action(
        "middle",
        "Middle",
        &[],
        vec![step("name").say("Name?").asks(Kind::Text).then(runs("inner", "kept"))],
    ));
    actions.push(action(
        "inner",
        "Inner",
        &[],
        vec![step("pin").say("PIN?").asks(Kind::Text).asked(|ask| ask.protected = true)],
    ));
    let assistant = assistant(actions);
    let mut session = Session::default();
    for said in ["try", "Ada", "4711"] {
        turn(&assistant, &mut session, said);
    }
    let answers = session.answers(&assistant);
    assert_eq!(answers.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["all"]);
    assert!(!format!("{answers:?}").contains("4711"), "{answers:?}");
}

#[test]
fn what_a_visitor_writes_at_length_is_handed_over_within_limits() {
    let connect = Connect {
        queue: None,
        online_message: text("{#t}"),
        offline_message: text("{#t}"),
        message_to_agent: Some(text("{#t}{#t}")),
    };
    let steps = vec![
        step("t").say("Tell me.").asks(Kind::Text),
        step("go").say("{#t}{#t}").then(Then::ConnectToAgent(Box::new(connect))),
    ];
    let assistant = assistant(trying(steps));
    for letter in ["x", "é", "\u{1}", "\""] {
        let mut session = Session::default();
        turn(&assistant, &mut session, "try");
        let turn = turn(&assistant, &mut session, &format!("a{}", letter.repeat(20_000)));
        let bytes = serde_json::to_string(&turn.hand_off.unwrap()).unwrap().len();
        assert!(bytes < FRAME_BYTES_MAX, "{bytes}");
    }
}
