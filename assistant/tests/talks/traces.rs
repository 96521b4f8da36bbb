//! The trace tells what happened.

use crate::build::*;
use crate::talk::turn;
use assistant::definition::Condition;
use assistant::{Assistant, Session, Value};
use protocol::inspect::{Denied, Happened, Understood, WaitingFor};

#[test]
fn every_turn_tells_how_it_was_understood() {
    let mut actions = trying(vec![step("n").say("How many?").asks(number()), step("so").say("So.")]);
    actions[1].steps.push(step("more").say("More?").asks(yes_no()));
    let assistant = assistant(actions);
    let mut session = Session::default();
    for (line, understood) in [
        ("(opens)", Understood::Nothing),
        ("zzz", Understood::NoMatch),
        ("damn", Understood::TriggerWord),
        ("try", Understood::Action),
        ("what", Understood::InvalidAnswer),
        ("when are you open", Understood::TopicChange),
        ("yes", Understood::Answer),
        ("perhaps", Understood::InvalidAnswer),
        ("(person)", Understood::Person),
    ] {
        assert_eq!(turn(&assistant, &mut session, line).trace.understood, understood, "{line}");
    }
}

#[test]
fn what_was_done_is_told_in_order() {
    let steps = vec![
        step("skip").when(Condition::Any(Vec::new())).say("Never."),
        step("set").set("note", Value::text("x")),
        step("n").say("How many?").asks(number()),
    ];
    let assistant = assistant(trying(steps));
    let mut session = Session::default();
    assert_eq!(
        happenings(&assistant, &mut session, "try"),
        [
            "action_started try intent",
            "step_skipped try skip",
            "step_visited try set false",
            "variable_set note x",
            "step_visited try n true",
        ]
    );
    assert_eq!(happenings(&assistant, &mut session, "what"), ["answer_refused try n 2"]);
    assert_eq!(
        happenings(&assistant, &mut session, "when are you open"),
        [
            "action_started hours topic_change",
            "step_visited hours hours false",
            "action_ended hours all_steps_done",
            "return_asked try",
        ]
    );
    assert_eq!(happenings(&assistant, &mut session, "yes"), ["action_started try topic_return"]);
    assert_eq!(
        happenings(&assistant, &mut session, "3"),
        ["step_answered try n 3 true", "action_ended try all_steps_done",]
    );
}

#[test]
fn what_waits_is_told() {
    let assistant = assistant(trying(vec![step("n").say("How many?").asks(number())]));
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    let waiting = turn(&assistant, &mut session, "what").trace.waiting.unwrap();
    assert_eq!((waiting.action.as_str(), waiting.step.as_str()), ("try", "n"));
    assert_eq!((waiting.what, waiting.attempts_left), (WaitingFor::Number, 2));
    assert!(waiting.interrupted.is_empty());

    let waiting = turn(&assistant, &mut session, "when are you open").trace.waiting.unwrap();
    assert_eq!((waiting.what, waiting.attempts_left), (WaitingFor::Return, 3));
    assert_eq!(waiting.interrupted, ["try"]);
}

#[test]
fn candidates_are_told_with_what_kept_them_from_being_taken() {
    let mut actions = trying(vec![step("n").say("How many?").asks(number())]);
    actions[1].when = Some(is(of_variable("note"), Value::text("open")));
    let assistant = assistant(actions);
    let mut session = Session::default();
    let candidates = turn(&assistant, &mut session, "when are you open").trace.candidates;
    assert_eq!(
        (candidates[0].action.as_str(), candidates[0].denied),
        ("hours", Some(Denied::ConditionFalse))
    );
    assert!(candidates.windows(2).all(|pair| pair[0].confidence >= pair[1].confidence));

    turn(&assistant, &mut session, "try");
    let candidates = turn(&assistant, &mut session, "try").trace.candidates;
    assert_eq!((candidates[0].action.as_str(), candidates[0].denied), ("try", Some(Denied::AlreadyRunning)));
    assert!(turn(&assistant, &mut session, "3").trace.candidates.is_empty(), "nothing had to be recognised");
}

/// What happened, each in a few words.
fn happenings(assistant: &Assistant, session: &mut Session, line: &str) -> Vec<String> {
    let happenings = turn(assistant, session, line).trace.happenings;
    happenings.iter().map(told).collect()
}

fn told(happened: &Happened) -> String {
    let json = serde_json::to_value(happened).expect("what happens is JSON");
    let (kind, fields) = json.as_object().and_then(|map| map.iter().next()).expect("one kind of happening");
    let words = match kind.as_str() {
        "action_started" => ["action", "why"].as_slice(),
        "action_ended" => &["action", "how"],
        "step_visited" => &["action", "step", "asked"],
        "step_answered" => &["action", "step", "value", "prompted"],
        "answer_refused" => &["action", "step", "attempts_left"],
        "variable_set" => &["name", "value"],
        "return_asked" => &["action"],
        _ => &["action", "step"],
    };
    let words = words
        .iter()
        .map(|name| fields[name].as_str().map_or_else(|| fields[name].to_string(), str::to_owned));
    std::iter::once(kind.clone()).chain(words).collect::<Vec<String>>().join(" ")
}
