//! Asking which of several actions is meant.

use crate::build::*;
use crate::talk::{check, told, turn, turn_by_chance};
use assistant::definition::{Definition, Frequency, ModeRules, Modes};
use assistant::{Assistant, Session};

const ASKED: &str = "> order\n Did you mean: [Track an order | Change an order | None of the above]";

#[test]
fn the_visitor_is_asked_and_chooses() {
    check(&orders(|_| {}), &format!("{ASKED}\n > Change an order\n Changed."));
    check(&orders(|_| {}), &format!("{ASKED}\n > 1\n Tracked."));
}

#[test]
fn none_of_them_is_no_match_while_nothing_waits() {
    check(&orders(|_| {}), &format!("{ASKED}\n > none of the above\n {PARDON}"));
}

#[test]
fn none_of_them_is_an_invalid_answer_while_a_question_waits() {
    check(
        &orders(|_| {}),
        "> count
         How many?
         > order
         Did you mean: [Track an order | Change an order | None of the above]
         > none of the above
         Pardon?
         > 3
         So: 3.",
    );
}

#[test]
fn one_of_them_interrupts_what_waits() {
    check(
        &orders(|_| {}),
        "> count
         How many?
         > order
         Did you mean: [Track an order | Change an order | None of the above]
         > track an order
         Tracked.
         Do you want to continue with the previous topic: Count? [Yes | No]",
    );
}

#[test]
fn what_is_none_of_the_choices_is_heard_afresh() {
    check(&orders(|_| {}), &format!("{ASKED}\n > count\n How many?"));
    check(&orders(|_| {}), &format!("> count\n How many?\n {ASKED}\n > 5\n So: 5."));
}

#[test]
fn after_a_warning_it_is_asked_again() {
    check(
        &orders(|_| {}),
        "> order
         Did you mean: [Track an order | Change an order | None of the above]
         > damn
         Please use appropriate language when interacting with the assistant.
         Did you mean: [Track an order | Change an order | None of the above]
         > change an order
         Changed.",
    );
}

#[test]
fn an_action_that_is_not_offered_is_left_out() {
    check(&orders(|definition| definition.actions[5].offered = false), "> order\n Tracked.");
}

#[test]
fn an_action_that_is_not_offered_acts_when_it_is_the_likeliest() {
    check(&orders(|definition| definition.actions[4].offered = false), "> order\n Tracked.");
}

#[test]
fn visitors_see_the_name_made_for_them() {
    let change =
        |definition: &mut Definition| definition.actions[4].shown_as = Some("Where it is".to_owned());
    check(
        &orders(change),
        "> order\n Did you mean: [Where it is | Change an order | None of the above]\n > where it is\n Tracked.",
    );
}

#[test]
fn nothing_is_asked_when_the_author_does_not_want_it() {
    check(&orders(|definition| definition.settings.clarify.enabled = false), "> order\n Tracked.");
}

#[test]
fn choices_are_shuffled_by_chance() {
    let assistant = orders(|definition| definition.settings.clarify.shuffle = true);
    let orders: std::collections::BTreeSet<String> = (0..20)
        .map(|chance| told(&turn_by_chance(&assistant, &mut Session::default(), "order", chance)).join("\n"))
        .collect();
    assert_eq!(orders.len(), 2, "{orders:?}");
}

#[test]
fn modes_ask_about_one_action_and_offer_a_person() {
    let often = Frequency::MoreOften;
    let rules = ModeRules { clarify_one: often, clarify_several: often, offer_support: often };
    let seldom = Frequency::LessOften;
    let confident = ModeRules { clarify_one: seldom, clarify_several: seldom, offer_support: seldom };
    let assistant = orders(|definition| {
        definition.settings.modes = Some(Modes { clarifying: rules, confident });
        definition.settings.threshold = 0.1;
    });
    let mut session = Session::default();
    let asked = told(&turn(&assistant, &mut session, "counting apples"));
    assert_eq!(asked, ["Did you mean: [Count | Something else | Connect to support]"]);
    assert_eq!(told(&turn(&assistant, &mut session.clone(), "count")), ["How many?"]);
    assert_eq!(
        told(&turn(&assistant, &mut session, "connect to support")),
        ["(agent_requested)", "=> the default queue, agent_requested"]
    );
}

#[test]
fn a_counterexample_that_is_nearer_matches_nothing() {
    check(
        &orders(|definition| definition.counterexamples = vec!["order a pizza".to_owned()]),
        &format!("> order a pizza\n {PARDON}"),
    );
}

#[test]
fn what_was_said_first_counts_for_the_action_that_was_chosen() {
    let steps = |say: &str| {
        vec![step("n").say("How many?").asks(number()), step("so").say(&format!("{say} {{#n}}."))]
    };
    let actions = vec![
        action("tea", "Tea", &["a cup please"], steps("Tea for")),
        action("milk", "Milk", &["a cup please"], steps("Milk for")),
    ];
    check(
        &assistant(actions),
        "> a cup please, 3
         Did you mean: [Tea | Milk | None of the above]
         > Milk
         Milk for 3.",
    );
}

const PARDON: &str = "I'm afraid I don't understand. Please rephrase your question.";

/// Two actions with one phrase, and one that asks.
fn orders(change: impl FnOnce(&mut Definition)) -> Assistant {
    let count = vec![step("n").say("How many?").asks(number()), step("so").say("So: {#n}.")];
    let mut definition = definition(vec![
        action("track", "Track an order", &["order", "where is it"], vec![step("a").say("Tracked.")]),
        action("change", "Change an order", &["order", "change it"], vec![step("a").say("Changed.")]),
        action("count", "Count", &["count"], count),
    ]);
    change(&mut definition);
    Assistant::new(definition)
}
