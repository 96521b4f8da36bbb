//! The rules of a conversation, each as a short talk.

use crate::talk::{assistant, check, turn};
use assistant::{Assistant, Session};

const KIND: &str = r#"{ "id": "kind", "say": "Which kind?", "ask": { "kind": "options", "options":
    [{ "label": "City bike", "synonyms": ["town bike"] }, "Electric bike"] } }"#;

#[test]
fn opening_the_chat_greets() {
    check(&trying(r#"{ "id": "a", "say": "Yes." }"#), "> (opens)\n Welcome, how can I assist you?");
}

#[test]
fn a_phrase_starts_its_action_and_so_does_the_title() {
    check(
        &trying(r#"{ "id": "a", "say": "One." }, { "id": "b", "say": "Two." }"#),
        "> TRY!
         One.
         Two.
         > Opening hours
         From 8 to 6.",
    );
}

#[test]
fn a_valid_answer_goes_on_and_can_be_inserted() {
    check(
        &trying(&format!(r#"{KIND}, {{ "id": "so", "say": "A {{kind}}, in {{colour}}." }}"#)),
        "> try
         Which kind? [City bike | Electric bike]
         > town bike
         A City bike, in red.",
    );
}

#[test]
fn an_invalid_answer_is_asked_again_and_the_fourth_brings_a_person() {
    check(
        &trying(KIND),
        "> try
         Which kind? [City bike | Electric bike]
         > spaceship
         I didn't catch that. Select a valid option: [City bike | Electric bike]
         > submarine
         I didn't catch that. Select a valid option: [City bike | Electric bike]
         > balloon
         I didn't catch that. Select a valid option: [City bike | Electric bike]
         > zeppelin
         I'm afraid I don't understand. I can connect you to an agent.
         => the default queue, validation_failed
         action: Try
         Colour: red",
    );
}

#[test]
fn authors_word_each_attempt_and_say_how_many_there_are() {
    let steps = r#"{ "id": "days", "say": "How long?", "ask": { "kind": "number", "min": 1, "max": 30, "whole": true,
        "attempts": 2, "invalid": ["First hint.", "Second hint."] } }"#;
    check(
        &trying(steps),
        "> try
         How long?
         > long
         First hint.
         > 31
         Second hint.
         > 2.5
         I'm afraid I don't understand. I can connect you to an agent.
         => the default queue, validation_failed
         action: Try
         Colour: red",
    );
}

#[test]
fn a_number_is_asked_with_its_range() {
    let steps = r#"{ "id": "days", "say": "How long?", "ask": { "kind": "number", "min": 1, "max": 30, "whole": true } },
                   { "id": "so", "say": "{days} days." }"#;
    check(
        &trying(steps),
        "> try
         How long?
         > as long as I can
         I didn't catch that. Enter a whole number from 1 to 30.
         > about twenty-one, I think
         21 days.",
    );
}

#[test]
fn yes_and_no_are_offered_as_options() {
    let steps = r#"{ "id": "ok", "say": "All right?", "ask": { "kind": "yes_no" } },
                   { "id": "fine", "when": { "step": "ok", "operator": "is", "value": true }, "say": "Fine: {ok}." },
                   { "id": "sad", "when": { "step": "ok", "operator": "is_not", "value": true }, "say": "Sad: {ok}." }"#;
    check(
        &trying(steps),
        "> try
         All right? [Yes | No]
         > perhaps
         I'm sorry, I did not catch that, please restate your response. [Yes | No]
         > yup
         Fine: yes.
         > try
         All right? [Yes | No]
         > no thanks
         Sad: no.",
    );
}

#[test]
fn the_author_can_ask_in_another_language() {
    let steps = r#"{ "id": "ok", "say": "D'accord ?", "ask": { "kind": "yes_no", "yes": ["Oui", "ouais"], "no": ["Non"] } },
                   { "id": "bien", "when": { "step": "ok", "operator": "is", "value": true }, "say": "Bien." }"#;
    check(&trying(steps), "> try\n D'accord ? [Oui | Non]\n > Ouais !\n Bien.");
}

#[test]
fn steps_are_skipped_while_their_condition_is_false() {
    let steps = r#"{ "id": "n", "say": "How many?", "ask": { "kind": "number" } },
        { "id": "few", "when": { "step": "n", "operator": "<", "value": 3 }, "say": "Few." },
        { "id": "some", "when": { "all": [{ "step": "n", "operator": ">=", "value": 3 },
            { "any": [{ "step": "n", "operator": "<=", "value": 9 }, { "variable": "colour", "operator": "is", "value": "blue" }] }] },
          "say": "Some." },
        { "id": "many", "when": { "step": "n", "operator": ">", "value": 9 }, "say": "Many.", "then": "end" },
        { "id": "last", "say": "That is all." }"#;
    check(
        &trying(steps),
        "> try
         How many?
         > 2
         Few.
         That is all.
         > try
         How many?
         > five
         Some.
         That is all.
         > try
         How many?
         > 10
         Many.",
    );
}

#[test]
fn variables_are_set_from_values_answers_and_each_other() {
    let steps = r#"{ "id": "c", "say": "Colour?", "ask": { "kind": "text" } },
        { "id": "keep", "set": { "colour": { "step": "c" } } },
        { "id": "copy", "set": { "note": { "variable": "colour" } }, "say": "Noted: {note}." }"#;
    check(
        &trying(steps),
        "> try
         Colour?
         > sea green
         Noted: sea green.
         > agent
         Sorry I couldn't assist you. I will connect you to an agent right away.
         => the default queue, agent_requested
         Colour: sea green",
    );
}

#[test]
fn connecting_hands_over_what_was_collected() {
    let steps = format!(
        r#"{KIND}, {{ "id": "who_is_it", "say": "Who?", "ask": {{ "kind": "text", "label": "Name" }} }},
        {{ "id": "go", "say": "Just a moment.", "then": {{ "connect_to_agent": {{ "queue": "workshop",
            "message_to_agent": "{{who_is_it}} has a {{kind}}." }} }} }}"#
    );
    check(
        &trying(&steps),
        "> try
         Which kind? [City bike | Electric bike]
         > 2
         Who?
         > Ada
         Just a moment.
         => workshop, planned
         action: Try
         for the agent: Ada has a Electric bike.
         Kind: Electric bike
         Name: Ada
         Colour: red",
    );
}

#[test]
fn the_words_about_agents_have_the_documented_defaults() {
    let assistant = trying(r#"{ "id": "go", "then": "connect_to_agent" }"#);
    let hand_off = turn(&assistant, &mut Session::default(), "try").hand_off.unwrap();
    assert_eq!(hand_off.online_message, "Let's send you to an available agent.");
    assert_eq!(
        hand_off.offline_message,
        "There are no agents available at this time. When one becomes available, we'll connect you."
    );
}

#[test]
fn a_jump_goes_forward_or_back_to_a_question() {
    let steps = format!(
        r#"{KIND}, {{ "id": "sure", "say": "Sure about {{kind}}?", "ask": {{ "kind": "yes_no" }} }},
        {{ "id": "again", "when": {{ "step": "sure", "operator": "is", "value": false }}, "then": {{ "go_to": "kind" }} }},
        {{ "id": "skip", "then": {{ "go_to": "end" }} }}, {{ "id": "never", "when": {{ "variable": "note", "operator": "is", "value": "x" }}, "say": "Never." }},
        {{ "id": "end", "say": "Done." }}"#
    );
    let steps = steps.replace(
        r#"{ "id": "skip","#,
        r#"{ "id": "skip", "when": { "step": "sure", "operator": "is", "value": true },"#,
    );
    check(
        &trying(&steps),
        "> try
         Which kind? [City bike | Electric bike]
         > city bike
         Sure about City bike? [Yes | No]
         > no
         Which kind? [City bike | Electric bike]
         > electric bike
         Sure about Electric bike? [Yes | No]
         > yes
         Done.",
    );
}

#[test]
fn misses_are_answered_differently_each_time_and_the_fourth_brings_a_person() {
    check(
        &trying(r#"{ "id": "a", "say": "Yes." }"#),
        "> blue moon
         I'm afraid I don't understand. Please rephrase your question.
         > zzz
         I still don't understand. Is it one of these? [Try | Opening hours]
         > qqq
         I'm sorry, I don't know that either. Ask me something else, or write “agent” and a person will help you.
         > xxx
         I am afraid I do not understand what you are asking, let me connect you to an agent.
         => the default queue, no_matches
         Colour: red
         > blue moon
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

#[test]
fn a_recognised_action_starts_the_count_of_misses_anew() {
    check(
        &trying(r#"{ "id": "a", "say": "Yes." }"#),
        "> zzz
         I'm afraid I don't understand. Please rephrase your question.
         > qqq
         I still don't understand. Is it one of these? [Try | Opening hours]
         > Opening hours
         From 8 to 6.
         > zzz
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

#[test]
fn a_person_is_brought_at_any_point() {
    let text = r#"{ "id": "t", "say": "Tell me.", "ask": { "kind": "text" } }, { "id": "so", "say": "I see: {t}." }"#;
    for (steps, question) in [(KIND, "Which kind? [City bike | Electric bike]"), (text, "Tell me.")] {
        check(
            &trying(steps),
            &format!(
                "> try
                 {question}
                 > I would like to speak to a human
                 Sorry I couldn't assist you. I will connect you to an agent right away.
                 => the default queue, agent_requested
                 action: Try
                 Colour: red"
            ),
        );
    }
}

#[test]
fn a_sure_change_of_topic_gives_the_question_up() {
    check(
        &trying(KIND),
        "> try
         Which kind? [City bike | Electric bike]
         > when are you open?
         From 8 to 6.
         > city bike
         I'm afraid I don't understand. Please rephrase your question.",
    );
}

#[test]
fn a_valid_answer_is_an_answer_even_when_it_is_also_a_topic() {
    let steps = r#"{ "id": "about", "say": "About what?", "ask": { "kind": "options", "options": ["Opening hours", "Prices"] } },
                   { "id": "so", "say": "So about {about}." }"#;
    check(
        &trying(steps),
        "> try\n About what? [Opening hours | Prices]\n > Opening hours\n So about Opening hours.",
    );
}

#[test]
fn a_free_text_is_taken_even_when_it_sounds_like_a_topic() {
    let steps =
        r#"{ "id": "t", "say": "Tell me.", "ask": { "kind": "text" } }, { "id": "so", "say": "I see: {t}" }"#;
    check(&trying(steps), "> try\n Tell me.\n > when are you open\n I see: when are you open");
}

#[test]
fn wordings_take_turns_or_are_drawn_without_repeating() {
    let steps = r#"{ "id": "a", "say": { "in_turn": ["One.", "Two."] } }"#;
    check(&trying(steps), "> try\n One.\n > try\n Two.\n > try\n One.");
    let assistant = trying(r#"{ "id": "a", "say": { "random": ["One.", "Two.", "Three."] } }"#);
    let mut session = Session::default();
    let mut said: Vec<_> = (0..20).map(|_| turn(&assistant, &mut session, "try").replies).collect();
    said.windows(2).for_each(|pair| assert_ne!(pair[0], pair[1]));
    said.dedup();
    assert_eq!(said.len(), 20);
}

#[test]
fn an_action_going_in_circles_is_stopped_and_the_trace_says_so() {
    // The check cannot see this circle: it leads through a question that is skipped.
    let steps = r#"{ "id": "a", "set": { "note": "x" } },
        { "id": "q", "when": { "variable": "note", "operator": "is_not", "value": "x" }, "say": "?", "ask": { "kind": "text" } },
        { "id": "back", "then": { "go_to": "a" } }"#;
    let turn = turn(&trying(steps), &mut Session::default(), "try");
    let last = turn.trace.steps.last().unwrap();
    assert!(last.note.contains("more than 50 times"), "{last:?}");
    assert_eq!(turn.replies.len(), 1, "the visitor is answered all the same: {:?}", turn.replies);
}

#[test]
fn a_question_asked_too_often_ends_the_action() {
    let steps = r#"{ "id": "q", "say": "Again?", "ask": { "kind": "yes_no" }, "then": { "go_to": "q" } }"#;
    let assistant = trying(steps);
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    let turns: Vec<_> = (0..50).map(|_| turn(&assistant, &mut session, "yes")).collect();
    assert!(turns[48].trace.steps.last().unwrap().note == "asked");
    assert!(turns[49].trace.steps.last().unwrap().note.contains("more than 50 times"));
}

#[test]
fn an_action_with_nothing_to_say_is_answered_all_the_same() {
    check(
        &trying(r#"{ "id": "a", "set": { "note": "x" } }"#),
        "> try\n I'm sorry, I have no answer to that. Please ask me something else.",
    );
}

#[test]
fn the_built_in_actions_can_be_written_by_the_author() {
    let assistant = assistant(
        r#"{ "format": 1, "name": "T", "language": "en",
        "greeting": { "steps": [{ "id": "who", "say": "Who are you?", "ask": { "kind": "text", "label": "Name" } },
                                { "id": "hi", "say": "Hello {who}." }] },
        "no_matches": { "phrases": ["sing a song"], "steps": [
            { "id": "once", "when": { "variable": "no_matches_count", "operator": "is", "value": 1 }, "say": "Pardon?", "then": "end" },
            { "id": "up", "then": "fallback" }] },
        "fallback": { "phrases": ["help me"], "steps": [
            { "id": "ask", "say": "A person? ({fallback_reason})", "ask": { "kind": "yes_no" } },
            { "id": "yes", "when": { "step": "ask", "operator": "is", "value": true }, "then": "connect_to_agent" },
            { "id": "no", "say": "As you like." }] },
        "actions": [{ "id": "a", "title": "Prices", "phrases": ["prices"], "steps": [{ "id": "a", "say": "Ten." }] }] }"#,
    );
    check(
        &assistant,
        "> (opens)
         Who are you?
         > Ada
         Hello Ada.
         > sing a song
         Pardon?
         > sing a song
         A person? (no_matches) [Yes | No]
         > no
         As you like.
         > help me
         A person? (agent_requested) [Yes | No]
         > yes
         => the default queue, agent_requested
         Ask: yes",
    );
}

#[test]
fn a_fallback_that_is_not_understood_itself_brings_a_person() {
    let assistant = assistant(
        r#"{ "format": 1, "name": "T", "language": "en",
        "fallback": { "steps": [{ "id": "ask", "say": "A person?", "ask": { "kind": "yes_no", "attempts": 0 } }] },
        "actions": [{ "id": "a", "title": "Prices", "phrases": ["prices"], "steps": [{ "id": "a", "say": "Ten." }] }] }"#,
    );
    check(
        &assistant,
        "> agent
         A person? [Yes | No]
         > perhaps
         => the default queue, validation_failed",
    );
}

#[test]
fn a_session_outlives_its_definition_where_it_still_fits() {
    let mut session = Session::default();
    turn(&trying(KIND), &mut session, "try");
    let reworded = KIND.replace("Which kind?", "What kind is it?");
    let mut kept = session.clone();
    let after = turn(
        &trying(&format!(r#"{reworded}, {{ "id": "so", "say": "A {{kind}}." }}"#)),
        &mut kept,
        "city bike",
    );
    assert_eq!(after.replies[0].as_plain_text(), "A City bike.");

    let after = turn(&trying(r#"{ "id": "other", "say": "Yes." }"#), &mut session, "try");
    assert_eq!(after.replies[0].as_plain_text(), "Yes.");
    assert!(after.trace.verdict.contains("no longer in this definition"), "{}", after.trace.verdict);
}

#[test]
fn opening_again_forgets_the_question_and_keeps_the_variables() {
    let steps = format!(r#"{{ "id": "set", "set": {{ "colour": "blue" }} }}, {KIND}"#);
    let assistant = trying(&steps);
    let mut session = Session::default();
    turn(&assistant, &mut session, "try");
    turn(&assistant, &mut session, "(opens)");
    let after = turn(&assistant, &mut session, "city bike");
    assert!(after.replies[0].as_plain_text().starts_with("I'm afraid"));
    assert_eq!(after.trace.variables[0].value, "blue");
}

#[test]
fn the_trace_explains_a_turn() {
    let assistant = trying(&format!(
        r#"{{ "id": "skip", "when": {{ "variable": "note", "operator": "is", "value": "x" }}, "say": "X." }}, {KIND}"#
    ));
    let mut session = Session::default();
    let trace = turn(&assistant, &mut session, "are you open").trace;
    assert_eq!(trace.heard.as_deref(), Some("are you open"));
    assert!(trace.verdict.starts_with("“Opening hours” is meant (9"), "{}", trace.verdict);
    assert_eq!(trace.candidates[0].action, "hours");
    assert!(trace.candidates.windows(2).all(|pair| pair[0].confidence >= pair[1].confidence));
    assert_eq!(trace.action.as_deref(), Some("Opening hours"));

    let trace = turn(&assistant, &mut session, "try").trace;
    let notes: Vec<String> = trace.steps.iter().map(|step| format!("{}: {}", step.step, step.note)).collect();
    assert_eq!(notes, ["skip: skipped: condition is false", "kind: asked"]);

    let trace = turn(&assistant, &mut session, "spaceship").trace;
    assert_eq!(trace.steps[0].note, "answer 1 refused: none of the options");
    assert_eq!(trace.verdict, "Not a valid answer to the question of “Try”: none of the options.");

    let trace = turn(&assistant, &mut session, "are you open today").trace;
    assert_eq!(trace.verdict, "The topic changed (100 %): “Try” is given up for “Opening hours”.");
    assert_eq!(trace.steps[0].note, "given up: the topic changed");

    let trace = turn(&assistant, &mut session, "zzz").trace;
    assert_eq!(trace.no_matches_count, 1);
    assert!(trace.verdict.contains("Nothing is sure enough"), "{}", trace.verdict);
}

#[test]
fn what_a_visitor_writes_at_length_is_handed_over_within_limits() {
    let steps = r#"{ "id": "t", "say": "Tell me.", "ask": { "kind": "text" } },
        { "id": "go", "say": "{t}{t}", "then": { "connect_to_agent": { "message_to_agent": "{t}", "online_message": "{t}", "offline_message": "{t}" } } }"#;
    let assistant = trying(steps);
    for letter in ["x", "é", "\u{1}", "\""] {
        let mut session = Session::default();
        turn(&assistant, &mut session, "try");
        let turn = turn(&assistant, &mut session, &format!("a{}", letter.repeat(20_000)));
        let bytes = serde_json::to_string(&turn.hand_off.unwrap()).unwrap().len();
        assert!(bytes < protocol::limits::FRAME_BYTES_MAX, "{bytes}");
    }
}

/// A small assistant with one action `Try`, started by `try`, with these steps; and one beside it.
fn trying(steps: &str) -> Assistant {
    assistant(&format!(
        r#"{{
  "format": 1, "name": "Test", "language": "en",
  "variables": {{ "colour": {{ "initial": "red", "shown_as": "Colour" }}, "note": {{ "initial": "" }} }},
  "actions": [
    {{ "id": "try", "title": "Try", "phrases": ["try"], "steps": [{steps}] }},
    {{ "id": "hours", "title": "Opening hours", "phrases": ["when are you open", "are you open today"],
      "steps": [{{ "id": "hours", "say": "From 8 to 6." }}] }}
  ]
}}"#
    ))
}
