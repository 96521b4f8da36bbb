//! Changing the topic, and coming back.

use crate::build::*;
use crate::talk::check;
use assistant::Assistant;
use assistant::definition::{Definition, Kind, Then, TopicFirst};

const INTERRUPTED: &str = "> try
     How many?
     > when are you open
     From 8 to 6.
     Do you want to continue with the previous topic: Try? [Yes | No]";

#[test]
fn another_topic_interrupts_and_the_visitor_is_asked_whether_to_return() {
    check(&counting(|_| {}), &format!("{INTERRUPTED}\n > yes\n How many?\n > 3\n So: 3."));
}

#[test]
fn who_does_not_want_to_return_does_not() {
    check(&counting(|_| {}), &format!("{INTERRUPTED}\n > no\n All right.\n > 3\n {PARDON}"));
}

#[test]
fn naming_the_interrupted_topic_returns_to_it() {
    check(&counting(|_| {}), &format!("{INTERRUPTED}\n > try\n How many?"));
}

#[test]
fn the_return_question_is_asked_three_times() {
    let again = "I'm sorry, I did not catch that, please confirm. [Yes | No]";
    check(
        &counting(|_| {}),
        &format!(
            "{INTERRUPTED}
             > perhaps
             {again}
             > who knows
             {again}
             > blue
             (topic_return_failed)
             => the default queue, topic_return_failed
             action: Try"
        ),
    );
}

#[test]
fn without_a_return_question_the_waiting_one_is_repeated() {
    check(
        &counting(|definition| definition.settings.topics.ask_to_return = false),
        "> try
         How many?
         > when are you open
         From 8 to 6.
         How many?
         > 2
         So: 2.",
    );
}

#[test]
fn a_topic_that_never_returns_ends_what_it_interrupted() {
    check(
        &counting(|definition| definition.actions[5].never_return = true),
        &format!("> try\n How many?\n > when are you open\n From 8 to 6.\n > 3\n {PARDON}"),
    );
}

#[test]
fn topics_stay_where_the_author_says_so() {
    let changes: [fn(&mut Definition); 4] = [
        |definition| definition.settings.topics.enabled = false,
        |definition| definition.actions[4].leave = false,
        |definition| definition.actions[5].enter = false,
        |definition| definition.actions[4].steps[0].ask.as_mut().unwrap().topic = TopicFirst::Never,
    ];
    for change in changes {
        check(&counting(change), "> try\n How many?\n > when are you open\n Pardon?\n > 4\n So: 4.");
    }
}

#[test]
fn an_action_under_way_is_not_begun_again() {
    check(&counting(|_| {}), "> try\n How many?\n > try\n Pardon?");
}

#[test]
fn a_topic_can_be_interrupted_by_another_one() {
    let prices = action(
        "prices",
        "Prices",
        &["prices"],
        vec![step("what").say("Of what?").asks(options(&["Tea", "Milk"])), step("so").say("Ten.")],
    );
    check(
        &counting(move |definition| definition.actions.push(prices)),
        "> try
         How many?
         > prices
         Of what? [Tea | Milk]
         > when are you open
         From 8 to 6.
         Do you want to continue with the previous topic: Prices? [Yes | No]
         > yes
         Of what? [Tea | Milk]
         > tea
         Ten.
         Do you want to continue with the previous topic: Try? [Yes | No]
         > yes
         How many?",
    );
}

#[test]
fn a_valid_answer_is_an_answer_even_when_it_is_also_a_topic() {
    let steps = vec![
        step("about").say("About what?").asks(options(&["Opening hours", "Prices"])),
        step("so").say("So about {#about}."),
    ];
    check(
        &assistant(trying(steps)),
        "> try\n About what? [Opening hours | Prices]\n > Opening hours\n So about Opening hours.",
    );
}

#[test]
fn a_free_text_is_taken_even_when_it_sounds_like_a_topic_unless_the_author_wants_topics_first() {
    let telling = |topic| {
        let tell = step("t").say("Tell me.").asks(Kind::Text).asked(|ask| ask.topic = topic);
        assistant(trying(vec![tell, step("so").say("I see: {#t}")]))
    };
    check(
        &telling(TopicFirst::AfterAnswer),
        "> try\n Tell me.\n > when are you open\n I see: when are you open",
    );
    check(
        &telling(TopicFirst::BeforeAnswer),
        "> try
         Tell me.
         > when are you open
         From 8 to 6.
         Do you want to continue with the previous topic: Try? [Yes | No]",
    );
}

#[test]
fn a_person_is_brought_at_any_point() {
    for kind in [number(), Kind::Text, options(&["A", "B"])] {
        let mut step = step("t").say("Tell me.").asks(kind).asked(|ask| ask.topic = TopicFirst::Never);
        step.then = Then::End;
        let assistant = assistant(trying(vec![step]));
        let mut session = assistant::Session::default();
        crate::talk::turn(&assistant, &mut session, "try");
        for line in ["I would like to speak to a human", "(person)"] {
            let told = crate::talk::told(&crate::talk::turn(&assistant, &mut session.clone(), line));
            assert_eq!(told, ["(agent_requested)", "=> the default queue, agent_requested", "action: Try"]);
        }
    }
}

#[test]
fn the_page_starts_an_action_in_the_middle_of_another_one() {
    check(
        &counting(|_| {}),
        "> try
         How many?
         > (starts hours)
         From 8 to 6.
         Do you want to continue with the previous topic: Try? [Yes | No]
         > (starts ghost)
         I have no answer to that.
         > yes
         How many?",
    );
}

#[test]
fn a_greeting_that_asks_is_left_for_good() {
    let mut definition = definition(trying(vec![step("a").say("Yes.")]));
    definition.actions[0].steps = vec![
        step("who").say("Who are you?").asks(options(&["A customer", "A dealer"])),
        step("hi").say("Hello."),
    ];
    check(
        &Assistant::new(definition),
        "> (opens)
         Who are you? [A customer | A dealer]
         > when are you open
         From 8 to 6.
         > a dealer
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

const PARDON: &str = "I'm afraid I don't understand. Please rephrase your question.";

/// An action that asks for a number, changed.
fn counting(change: impl FnOnce(&mut Definition)) -> Assistant {
    let steps = vec![step("n").say("How many?").asks(number()), step("so").say("So: {#n}.")];
    let mut definition = definition(trying(steps));
    change(&mut definition);
    Assistant::new(definition)
}
