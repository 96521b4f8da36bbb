//! What a session keeps, and what it drops.

use crate::build::*;
use crate::talk::{told, turn};
use assistant::definition::Expr;
use assistant::{Assistant, Session, Value};
use protocol::inspect::Happened;

#[test]
fn a_session_outlives_its_definition_where_it_still_fits() {
    let kind = || step("kind").asks(options(&["City", "Road"]));
    let mut session = Session::default();
    turn(&assistant(trying(vec![kind().say("Which kind?")])), &mut session, "try");
    let reworded = assistant(trying(vec![kind().say("What kind is it?"), step("so").say("A {#kind} bike.")]));
    assert_eq!(told(&turn(&reworded, &mut session.clone(), "city")), ["A City bike."]);

    let other = turn(&assistant(trying(vec![step("other").say("Yes.")])), &mut session, "try");
    assert_eq!(told(&other), ["Yes."]);
    let dropped = Happened::TalkDropped { action: "try".to_owned(), step: "kind".to_owned() };
    assert_eq!(other.trace.happenings[0], dropped);
}

#[test]
fn opening_again_forgets_the_question_and_keeps_the_variables() {
    let steps =
        vec![step("set").set("colour", Value::text("blue")), step("n").say("How many?").asks(number())];
    let assistant = assistant(trying(steps));
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    turn(&assistant, &mut session, "(opens)");
    let after = turn(&assistant, &mut session, "3");
    assert!(told(&after)[0].starts_with("I'm afraid"), "{after:?}");
    assert_eq!(session.variable(&assistant, "colour"), Value::text("blue"));
}

#[test]
fn initial_values_are_evaluated_once() {
    let mut definition = definition(trying(vec![step("a").say("{drawn}")]));
    let mut drawn = variable("drawn", Value::Nothing);
    let bound = vec![Expr::Value(Value::Number(1e9))];
    drawn.initial = Some(Expr::Call(assistant::definition::Function::RandomInt, bound));
    definition.variables.push(drawn);
    let assistant = Assistant::new(definition);
    let mut session = Session::default();
    let first = told(&crate::talk::turn_by_chance(&assistant, &mut session, "try", 1));
    let second = told(&crate::talk::turn_by_chance(&assistant, &mut session, "try", 2));
    assert_eq!(first, second);
    let other = told(&crate::talk::turn_by_chance(&assistant, &mut Session::default(), "try", 2));
    assert_ne!(first, other);
}

#[test]
fn variables_and_answers_can_be_set_by_hand() {
    let steps = vec![
        step("n").say("How many?").asks(number()),
        step("m").say("And?").asks(number()),
        step("so").say("{colour} {#n} {#m}"),
    ];
    let assistant = assistant(trying(steps));
    let mut session = Session::default();
    assert!(session.set_answer(&assistant, "n", Value::Number(1.0)).unwrap_err().contains("no action runs"));
    turn(&assistant, &mut session, "try");
    turn(&assistant, &mut session, "1");
    session.set_variable(&assistant, "colour", Value::text("blue")).unwrap();
    session.set_answer(&assistant, "n", Value::Number(5.0)).unwrap();
    let answers = session.answers(&assistant);
    assert_eq!((answers[0].name.as_str(), answers[0].value.as_str()), ("n", "5"));
    assert_eq!(told(&turn(&assistant, &mut session, "2")), ["blue 5 2"]);
}

#[test]
fn what_cannot_be_set_by_hand_is_refused_with_what_can() {
    let assistant = assistant(trying(vec![step("n").say("How many?").asks(number())]));
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    let error = session.set_variable(&assistant, "ghost", Value::Nothing).unwrap_err();
    assert!(error.contains("`colour`"), "{error}");
    let error = session.set_variable(&assistant, "now", Value::Nothing).unwrap_err();
    assert!(error.contains("set by the engine"), "{error}");
    let error = session.set_answer(&assistant, "ghost", Value::Nothing).unwrap_err();
    assert!(error.contains("`n`"), "{error}");
}
