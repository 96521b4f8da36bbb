//! What authors need not write.

use super::*;
use protocol::HandOffReason;

fn nothing_written() -> Definition {
    sound(&json!({ "format": 1, "name": "Test", "language": "en", "actions": [] }))
}

fn only_said(step: &Step) -> String {
    said(step).concat()
}

#[test]
fn the_built_in_actions_say_what_the_specification_says() {
    let definition = nothing_written();
    let [greeting, no_matches, fallback, trigger_words] = definition.actions.as_slice() else {
        panic!("four")
    };
    let ids: Vec<&str> = definition.actions.iter().map(|action| action.id.as_str()).collect();
    assert_eq!(ids, BUILT_IN_ACTIONS);
    assert!(definition.actions.iter().all(|action| !action.offered));
    assert_eq!(only_said(&greeting.steps[0]), "Welcome, how can I assist you?");
    assert_eq!(greeting.steps[0].then, Then::End);

    let first = &no_matches.steps[0];
    assert_eq!(only_said(first), "I'm afraid I don't understand. Please rephrase your question.");
    assert_eq!(no_matches.steps[1].suggest, 3);
    assert_eq!(no_matches.steps[3].then, Then::Fallback(HandOffReason::NoMatches));
    assert_eq!(no_matches.steps[3].when, None);

    assert_eq!(
        fallback.phrases[..5],
        [
            "Agent help",
            "Call agent",
            "Can I connect to an agent?",
            "I would like to speak to a human",
            "I would like to speak to someone",
        ]
    );
    assert_fallback(fallback);

    let [danger, profanity] = trigger_words.steps.as_slice() else { panic!("two steps") };
    assert_eq!(danger.when, Some(Condition::Said("danger_words".to_owned())));
    assert_eq!(danger.then, Then::Fallback(HandOffReason::DangerWord));
    assert_eq!(profanity.when, Some(Condition::Said("profane_words".to_owned())));
    assert_eq!(only_said(profanity), "Please use appropriate language when interacting with the assistant.");
    assert_eq!(profanity.then, Then::End);
    assert_eq!(profanity.visits, Some(Visits { max: 2, reason: HandOffReason::Profanity }));
    assert!(definition.words.iter().all(|list| list.words.is_empty()));
    assert_eq!(definition.words.len(), 2);
}

fn assert_fallback(fallback: &Action) {
    let by_human = "It seems this conversation would be best managed by a human agent. Let me connect you to one of our agents.";
    for (reason, text) in [
        (
            "topic_return_failed",
            "Sorry I couldn't confirm if you wanted to return to previous topic, let me connect to an agent.",
        ),
        ("validation_failed", "I'm afraid I don't understand. I can connect you to an agent."),
        ("agent_requested", "Sorry I couldn't assist you. I will connect you to an agent right away."),
        (
            "no_matches",
            "I am afraid I do not understand what you are asking, let me connect you to an agent.",
        ),
        ("danger_word", by_human),
        ("profanity", by_human),
    ] {
        let step = fallback.steps.iter().find(|step| step.id == reason).unwrap();
        assert_eq!(only_said(step), text);
        let Then::ConnectToAgent(connect) = &step.then else { panic!("connects to an agent") };
        assert_eq!(connect.queue, None);
        assert_eq!(plain(&connect.online_message), "Let's send you to an available agent.");
        assert_eq!(
            plain(&connect.offline_message),
            "There are no agents available at this time. When one becomes available, we'll connect you."
        );
        if reason != "no_matches" {
            let test = Test {
                left: Expr::Variable("fallback_reason".to_owned()),
                op: TestOp::Is,
                right: text_of(reason),
            };
            assert_eq!(step.when, Some(Condition::Test(test)));
        }
    }
    // Whatever the reason is, somebody is asked for.
    assert_eq!(fallback.steps.last().map(|step| (step.id.as_str(), &step.when)), Some(("no_matches", &None)));
}

fn text_of(text: &str) -> Expr {
    super::text(text)
}

#[test]
fn the_settings_are_those_of_the_specification() {
    let Settings { threshold, clarify, topics, modes } = nothing_written().settings;
    assert!((threshold - assistant::THRESHOLD_DEFAULT).abs() < f32::EPSILON);
    assert!(clarify.enabled && !clarify.shuffle);
    assert_eq!(clarify.most, 5);
    assert_eq!(plain(&clarify.intro), "Did you mean:");
    assert_eq!(clarify.none.as_ref().map(plain).as_deref(), Some("None of the above"));
    assert_eq!(clarify.one.as_ref().map(plain).as_deref(), Some("Something else"));
    assert_eq!(clarify.support.as_ref().map(plain).as_deref(), Some("Connect to support"));
    assert!(topics.enabled && topics.ask_to_return);
    assert_eq!(topics.attempts, 3);
    assert_eq!(
        plain(&topics.request),
        "Do you want to continue with the previous topic: {${digressed_from}}?"
    );
    assert_eq!(
        topics.not_understood.iter().map(plain).collect::<Vec<_>>(),
        ["I'm sorry, I did not catch that, please confirm."]
    );
    assert_eq!(modes, None);
}

#[test]
fn an_empty_text_leaves_a_choice_out() {
    let mut document = json!({ "format": 1, "name": "Test", "language": "en", "actions": [] });
    document["clarify"] = json!({ "none": "", "support": "A person" });
    document["topics"] = json!({ "unchanged": "" });
    let Settings { clarify, topics, .. } = sound(&document).settings;
    assert_eq!(clarify.none, None);
    assert_eq!(clarify.support.as_ref().map(plain).as_deref(), Some("A person"));
    assert_eq!(topics.unchanged, None);
}

#[test]
fn values_look_as_in_the_original() {
    let display = nothing_written().display;
    let expected = Display {
        locale: "en".to_owned(),
        date: DateStyle::Medium,
        time: TimeStyle::Short,
        decimals: Decimals::AsNeeded,
        money_decimals: Decimals::Fixed(2),
        thousands: Thousands::None,
        currency_symbol: true,
    };
    assert_eq!(display, expected);
}

#[test]
fn modes_have_their_own_defaults() {
    let mut document = with_steps(&json!([{ "id": "a", "say": "?", "ask": { "kind": "number" } }]));
    document["modes"] = json!({ "confident": { "offer_support": "less_often" } });
    document["actions"][1]["mode"] = json!("confident");
    let definition = sound(&document);
    let modes = definition.settings.modes.unwrap();
    assert_eq!(modes.clarifying.clarify_one, Frequency::MoreOften);
    assert_eq!(modes.confident.clarify_several, Frequency::Sometimes);
    assert_eq!(modes.confident.offer_support, Frequency::LessOften);
    let attempts = |action: usize| definition.actions[action].steps[0].ask.as_ref().unwrap().attempts;
    assert_eq!((attempts(4), attempts(5)), (2, 4));
}

#[test]
fn what_an_author_writes_of_a_built_in_action_replaces_only_that() {
    let document = json!({
        "format": 1, "name": "Test", "language": "en", "actions": [],
        "fallback": { "phrases": ["help me"] },
        "no_matches": { "steps": [{ "id": "only", "say": "Pardon?", "then": "fallback" }] }
    });
    let definition = sound(&document);
    assert_eq!(definition.actions[FALLBACK].phrases, ["help me"]);
    assert_eq!(definition.actions[FALLBACK].steps.len(), 6);
    let [only] = definition.actions[NO_MATCHES].steps.as_slice() else { panic!("one step") };
    assert_eq!(only.then, Then::Fallback(HandOffReason::NoMatches));
}

#[test]
fn every_language_has_all_of_its_own() {
    let english = nothing_written();
    for tag in super::super::defaults::LANGUAGES {
        let document = json!({ "format": 1, "name": "Test", "language": tag, "actions": [] });
        let definition = sound(&document);
        let lengths = |d: &Definition| d.actions.iter().map(|action| action.steps.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&definition), lengths(&english), "{tag}");
        assert!(definition.actions[FALLBACK].phrases.len() >= 20, "{tag}");
        for marker in ["{first}", "{second}"] {
            assert!(definition.texts.which_reading.contains(marker), "{tag}");
        }
        assert!(plain(&definition.settings.topics.request).contains("{${digressed_from}}"), "{tag}");
        if *tag != "en" {
            assert_eq!(untranslated(&definition, &english), Vec::<String>::new(), "{tag}");
        }
    }
}

/// What two languages say in the same words.
fn untranslated(definition: &Definition, english: &Definition) -> Vec<String> {
    let texts = |d: &Definition| -> Vec<String> {
        let steps = d.actions.iter().flat_map(|action| &action.steps).map(only_said);
        let own = [&d.texts.nothing_to_say, &d.texts.let_go, &d.texts.which_reading, &d.texts.yes]
            .map(Clone::clone);
        steps.chain(own).filter(|text| !text.is_empty()).collect()
    };
    texts(definition).into_iter().zip(texts(english)).filter(|(a, b)| a == b).map(|(a, _)| a).collect()
}

#[test]
fn the_word_for_a_person_that_the_third_miss_names_is_a_phrase_of_the_fallback() {
    for tag in super::super::defaults::LANGUAGES {
        let document = json!({ "format": 1, "name": "Test", "language": tag, "actions": [] });
        let definition = sound(&document);
        let third = only_said(&definition.actions[NO_MATCHES].steps[2]);
        let quotes = |c: char| "“”„«»".contains(c);
        let word = third.split(quotes).nth(1).unwrap().trim().to_owned();
        assert!(definition.actions[FALLBACK].phrases.contains(&word), "{tag}: {word}");
    }
}

#[test]
fn sentences_about_limits_name_their_limits_in_every_language() {
    for tag in super::super::defaults::LANGUAGES {
        let within = &Defaults::of(tag).texts.within;
        for limits in
            [&within.number, &within.whole, &within.currency, &within.percent, &within.date, &within.time]
        {
            for (text, min, max) in
                [(&limits.between, true, true), (&limits.least, true, false), (&limits.most, false, true)]
            {
                assert_eq!((text.contains("{min}"), text.contains("{max}")), (min, max), "{tag}: {text}");
            }
        }
        assert!(within.weekdays.contains("{days}"), "{tag}");
    }
}

#[test]
fn other_languages_get_the_english_texts_and_are_told_so() {
    let (definitions, found) =
        compiled(&json!({ "format": 1, "name": "Test", "language": "it-CH", "actions": [] }));
    assert_eq!(only_said(&definitions[0].1.actions[GREETING].steps[0]), "Welcome, how can I assist you?");
    let [found] = found.as_slice() else { panic!("one warning") };
    assert_eq!((found.code, found.path.as_str()), ("no-ready-texts", "/language"));
}
