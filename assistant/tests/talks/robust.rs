//! Whatever an author writes and a visitor says, the engine neither fails nor turns in circles, and answers.

use crate::build::*;
use crate::talk::turn;
use assistant::definition::{
    Action, Call, Collect, Condition, Definition, Exhausted, Expr, Frequency, Kind, ModeRules, Modes, Order,
    Output, Step, Text, Then, TopicFirst, Visits, Wordings,
};
use assistant::{Assistant, Reply, Session, Turn, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use protocol::HandOffReason;
use protocol::inspect::Happened;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_said_to_whatever_assistant_is_answered(definition in definitions(), lines in vec(line(), 1..30)) {
        let assistant = Assistant::new(definition);
        let mut session = Session::default();
        for line in lines {
            let turn = turn(&assistant, &mut session, &line);
            let silent = turn.replies.is_empty() && turn.hand_off.is_none() && turn.call.is_none();
            prop_assert!(!silent || line.starts_with("(called") || line == "(opens)", "{line}");
            prop_assert!(visits(&turn) <= 3000, "{} steps were visited", visits(&turn));
            prop_assert!(session_waits_as_told(&session, &turn));
        }
    }

    #[test]
    fn a_definition_that_changes_under_a_talk_does_no_harm(one in definitions(), other in definitions(), lines in vec(line(), 2..20)) {
        let assistants = [Assistant::new(one), Assistant::new(other)];
        let mut session = Session::default();
        for (at, line) in lines.iter().enumerate() {
            let turn = turn(&assistants[at / 3 % 2], &mut session, line);
            prop_assert!(session_waits_as_told(&session, &turn));
        }
    }

    #[test]
    fn a_session_that_was_tampered_with_does_no_harm(definition in definitions(), lines in vec(line(), 1..8), at in any::<prop::sample::Index>(), with in 0..6_usize) {
        let assistant = Assistant::new(definition);
        let mut session = Session::default();
        for line in &lines {
            turn(&assistant, &mut session, line);
        }
        let mut json = serde_json::to_value(&session).unwrap();
        let values = ["null", "4294967295", "\"s0\"", "\"run\"", "[]", "{}"];
        let nodes = count(&json);
        replace(&mut json, &mut at.index(nodes), &serde_json::from_str(values[with]).unwrap());
        if let Ok(mut session) = serde_json::from_value::<Session>(json) {
            for line in &lines {
                turn(&assistant, &mut session, line);
            }
        }
    }
}

fn visits(turn: &Turn) -> usize {
    let visited = |happened: &&Happened| matches!(happened, Happened::StepVisited { .. });
    turn.trace.happenings.iter().filter(visited).count()
}

/// Whether the session waits for what the trace tells.
fn session_waits_as_told(session: &Session, turn: &Turn) -> bool {
    let json = serde_json::to_value(session).expect("a session is JSON");
    let waits =
        json["talks"].as_array().is_some_and(|talks| !talks.is_empty()) || !json["question"].is_null();
    waits == turn.trace.waiting.is_some()
}

/// Three of the author's actions, with four steps each, that know each other; and the built-in ones.
fn definitions() -> impl Strategy<Value = Definition> {
    let actions = (vec(steps(), 3), vec((any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()), 3));
    let settings = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), 0..4_u32);
    let built_in =
        (proptest::option::of(steps()), proptest::option::of(steps()), proptest::option::of(steps()));
    (actions, settings, built_in).prop_map(|((steps, switches), settings, (missed, fallback, watch))| {
        let actions = steps.into_iter().zip(switches).enumerate().map(|(at, (steps, switches))| {
            let (leave, enter, never_return, offered) = switches;
            let phrases = [format!("topic {at}"), "order".to_owned()];
            let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
            let action = action(&format!("a{at}"), &format!("Topic {at}"), &phrases, steps);
            Action { leave, enter, never_return, offered, ..action }
        });
        let mut definition = definition(actions.collect());
        for (place, steps) in [(1, missed), (2, fallback), (3, watch)] {
            if let Some(steps) = steps {
                definition.actions[place].steps = steps;
            }
        }
        let (ask_to_return, clarify, shuffle, modes, attempts) = settings;
        definition.settings.topics.ask_to_return = ask_to_return;
        definition.settings.topics.attempts = attempts;
        definition.settings.clarify.enabled = clarify;
        definition.settings.clarify.shuffle = shuffle;
        let often = Frequency::MoreOften;
        let rules = ModeRules { clarify_one: often, clarify_several: often, offer_support: often };
        definition.settings.modes = modes.then(|| Modes { clarifying: rules.clone(), confident: rules });
        definition
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec((condition(), output(), proptest::option::of(kind()), then(), switches()), 0..4).prop_map(|steps| {
        let step = |(at, (when, say, ask, then, switches)): (usize, _)| {
            make_step(at, when, say, ask, then, switches)
        };
        steps.into_iter().enumerate().map(step).collect()
    })
}

type Switches = (Collect, Exhausted, TopicFirst, u32, bool, u8);

fn make_step(
    at: usize,
    when: Option<Condition>,
    say: Vec<Output>,
    ask: Option<Kind>,
    then: Then,
    switches: Switches,
) -> Step {
    let (collect, exhausted, topic, attempts, flag, suggest) = switches;
    let mut step = step(&format!("s{at}")).set("note", of_variable("no_matches_count")).then(then);
    step.when = when;
    step.say = say;
    step.suggest = suggest;
    step.visits = (suggest == 2).then_some(Visits { max: 3, reason: HandOffReason::Profanity });
    match ask {
        None => step,
        Some(kind) => step.asks(kind).asked(|ask| {
            (ask.collect, ask.exhausted, ask.topic, ask.attempts) = (collect, exhausted, topic, attempts);
            (ask.repeat, ask.protected) = (flag, flag);
            if flag {
                ask.invalid.clear();
            }
        }),
    }
}

fn condition() -> impl Strategy<Value = Option<Condition>> {
    let tests = prop_oneof![
        Just(is(answer("s0"), yes())),
        Just(is(of_variable("fallback_reason"), Value::text("agent_requested"))),
        Just(Condition::Said("danger".to_owned())),
        Just(Condition::Any(Vec::new())),
        Just(Condition::Expression(Expr::Local("item".to_owned()))),
    ];
    proptest::option::of(tests)
}

fn output() -> impl Strategy<Value = Vec<Output>> {
    let words = |order| {
        Output::Text(Wordings {
            order,
            texts: vec![text("Said {#s0}."), text("{note}"), text("{digressed_from}!")],
        })
    };
    let outputs = vec![
        words(Order::InTurn),
        words(Order::Random),
        words(Order::All),
        Output::Text(Wordings { order: Order::InTurn, texts: Vec::new() }),
        Output::Pause { ms: u32::MAX, typing: false },
        Output::DatePicker,
        Output::UserDefined { json: Text::plain("{}"), text: Text::default() },
    ];
    vec(select(outputs), 0..3)
}

fn kind() -> impl Strategy<Value = Kind> {
    let item = || Expr::Local("item".to_owned());
    let dynamic = Kind::Dynamic {
        from: Expr::List(vec![of_variable("colour"), of_variable("note")]),
        label: item(),
        value: item(),
        otherwise: None,
        show: protocol::rich::Show::List,
    };
    select(vec![options(&["Red", "Topic 1"]), dynamic, yes_no(), number(), date(true), Kind::Text])
}

fn then() -> impl Strategy<Value = Then> {
    let target = || select(vec!["s0", "s1", "s2", "s3", "ghost"]).prop_map(str::to_owned);
    let ran = || select(vec!["a0", "a1", "a2", "fallback", "ghost"]).prop_map(str::to_owned);
    let call = Call { result: "called".to_owned(), ..Call::default() };
    prop_oneof![
        4 => Just(Then::Continue),
        1 => Just(Then::End),
        2 => target().prop_map(Then::GoTo),
        2 => vec(target(), 0..3).prop_map(Then::AskAgain),
        2 => (ran(), any::<bool>()).prop_map(|(action, ends)| {
            let mut run = run(&action, "ran");
            run.ends = ends;
            run.with = vec![("s0".to_owned(), of_variable("colour"))];
            Then::Run(run)
        }),
        1 => Just(Then::Call(Box::new(call))),
        1 => Just(connect()),
        1 => select(HandOffReason::ALL.to_vec()).prop_map(|(reason, _)| Then::Fallback(reason)),
    ]
}

fn switches() -> impl Strategy<Value = Switches> {
    (
        select(vec![Collect::SkipIfMentioned, Collect::Always, Collect::Never]),
        select(vec![Exhausted::Fallback, Exhausted::End, Exhausted::Continue]),
        select(vec![TopicFirst::AfterAnswer, TopicFirst::BeforeAnswer, TopicFirst::Never]),
        0..3_u32,
        any::<bool>(),
        0..4_u8,
    )
}

/// Words that lead somewhere, and words that lead nowhere.
fn line() -> impl Strategy<Value = String> {
    let known = [
        "topic 0",
        "topic 1",
        "topic 2",
        "order",
        "yes",
        "no",
        "3",
        "red",
        "2026-05-03",
        "3/4",
        "agent",
        "damn",
        "fire",
        "(opens)",
        "(person)",
        "(starts a1)",
        "(starts fallback)",
        "(called 200 x)",
        "none of the above",
        "something else",
        "connect to support",
        "topic 1, 5 red ones",
        "",
        " ",
        "👍",
    ];
    prop_oneof![4 => select(known.to_vec()).prop_map(str::to_owned), 1 => "[^()]{0,40}".prop_map(String::from)]
}

fn count(json: &serde_json::Value) -> usize {
    match json {
        serde_json::Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        serde_json::Value::Object(map) => 1 + map.values().map(count).sum::<usize>(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => 1,
    }
}

/// Replaces the value met after `left` others.
fn replace(json: &mut serde_json::Value, left: &mut usize, with: &serde_json::Value) {
    if *left == 0 {
        *json = with.clone();
    }
    *left = left.wrapping_sub(1);
    let children: Vec<&mut serde_json::Value> = match json {
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        serde_json::Value::Object(map) => map.values_mut().collect(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => return,
    };
    children.into_iter().for_each(|child| replace(child, left, with));
}

/// Only what is shown matters to the reader of this file.
#[test]
fn a_pause_is_never_longer_than_the_wire_allows() {
    let pause = step("a").shows(Output::Pause { ms: u32::MAX, typing: true }).say("Here.");
    let turn = turn(&assistant(trying(vec![pause])), &mut Session::default(), "try");
    let ms = protocol::limits::PAUSE_MS_MAX;
    assert_eq!(turn.replies[0], Reply::Pause { ms, typing: true });
}
