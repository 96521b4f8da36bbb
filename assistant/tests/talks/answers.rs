//! Asking, refusing, asking again.

use crate::build::*;
use crate::talk::{check, turn};
use assistant::definition::{Ask, Choice, Expr, Kind, Limits};
use assistant::{Assistant, Reply, Session, Value};
use protocol::Content;

#[test]
fn an_invalid_answer_is_asked_again_and_the_fourth_brings_a_person() {
    check(
        &asking(number(), |_| {}),
        "> try
         Well?
         > long
         Pardon?
         > longer
         Pardon?
         > longest
         Pardon?
         > endless
         (validation_failed)
         => the default queue, validation_failed
         action: Try",
    );
}

#[test]
fn authors_word_each_attempt_and_what_is_out_of_range() {
    let limits = Limits { min: None, max: Some(Expr::Value(Value::Number(30.0))), whole: false };
    let change = |ask: &mut Ask| {
        ask.invalid = vec![text("First hint."), text("Second hint.")];
        ask.out_of_range = vec![text("At most 30.")];
    };
    check(
        &asking(Kind::Number(limits), change),
        "> try
         Well?
         > long
         First hint.
         > 31
         At most 30.
         > wide
         Second hint.
         > 30
         So: 30.",
    );
}

#[test]
fn the_question_can_be_repeated_after_the_hint() {
    check(
        &asking(options(&["A tea", "A coffee"]), |ask| ask.repeat = true),
        "> try
         Well? [A tea | A coffee]
         > spaceship
         Pardon?
         Well? [A tea | A coffee]",
    );
}

#[test]
fn a_hint_offers_the_options_again() {
    check(
        &asking(yes_no(), |_| {}),
        "> try\n Well? [Yes | No]\n > spaceship\n Pardon? [Yes | No]\n > yup\n So: Yes.",
    );
}

#[test]
fn a_question_without_words_invents_none() {
    let steps = vec![step("q").asks(options(&["A", "B"]))];
    check(&assistant(trying(steps)), "> try\n … [A | B]");
}

#[test]
fn options_can_come_from_a_list() {
    let flight = |number: &str, price: f64| {
        let fields = [("number", Value::text(number)), ("price", Value::Number(price))];
        Value::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let field = |name: &str| Expr::Field(Box::new(Expr::Local("item".to_owned())), name.to_owned());
    let kind = Kind::Dynamic {
        from: of_variable("flights"),
        label: field("number"),
        value: Expr::Local("item".to_owned()),
        otherwise: Some(Choice {
            value: "none".to_owned(),
            label: "Neither".to_owned(),
            synonyms: Vec::new(),
        }),
        show: protocol::rich::Show::Auto,
    };
    let price = Expr::Field(Box::new(answer("q")), "price".to_owned());
    let steps = vec![step("q").say("Which?").asks(kind), step("so").set("note", price).say("{note}")];
    let mut definition = definition(trying(steps));
    definition
        .variables
        .push(variable("flights", Value::List(vec![flight("LX 1", 90.0), flight("LX 2", 80.0)])));
    let assistant = Assistant::new(definition);
    check(&assistant, "> try\n Which? [LX 1 | LX 2 | Neither]\n > lx 2\n 80");
}

#[test]
fn a_question_nobody_could_answer_is_passed_over() {
    let kind = Kind::Dynamic {
        from: of_variable("note"),
        label: Expr::Local("item".to_owned()),
        value: Expr::Local("item".to_owned()),
        otherwise: None,
        show: protocol::rich::Show::Auto,
    };
    check(&asking(kind, |_| {}), "> try\n So: .");
}

#[test]
fn a_date_is_asked_with_the_days_that_can_be_chosen() {
    let day = |text| Some(Expr::Value(Value::text(text)));
    let kind =
        Kind::Date { from: day("2026-05-01"), to: day("2026-05-31"), weekdays: Vec::new(), confirm: false };
    let turn = turn(&asking(kind, |_| {}), &mut Session::default(), "try");
    let Reply::Say(Content::Date { from, to, .. }) = &turn.replies[0] else { panic!("{:?}", turn.replies) };
    assert_eq!((from.as_deref(), to.as_deref()), (Some("2026-05-01"), Some("2026-05-31")));
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_asked_about() {
    check(
        &asking(date(true), |_| {}),
        "> try
         Well?
         > 3/4
         Do you mean Mar 4, 2026 or Apr 3, 2026? [Mar 4, 2026 | Apr 3, 2026]
         > Apr 3, 2026
         So: Apr 3, 2026.",
    );
    check(
        &asking(date(true), |_| {}),
        "> try
         Well?
         > 3/4
         Do you mean Mar 4, 2026 or Apr 3, 2026? [Mar 4, 2026 | Apr 3, 2026]
         > 2026-12-24
         So: Dec 24, 2026.",
    );
    check(
        &asking(date(true), |_| {}),
        "> try
         Well?
         > 3/4
         Do you mean Mar 4, 2026 or Apr 3, 2026? [Mar 4, 2026 | Apr 3, 2026]
         > damn
         Please use appropriate language when interacting with the assistant.
         Do you mean Mar 4, 2026 or Apr 3, 2026? [Mar 4, 2026 | Apr 3, 2026]
         > Apr 3, 2026
         So: Apr 3, 2026.",
    );
}

/// An action that asks this.
fn asking(kind: Kind, change: impl FnOnce(&mut Ask)) -> Assistant {
    assistant(trying(vec![step("q").say("Well?").asks(kind).asked(change), step("so").say("So: {#q}.")]))
}
