//! What is said about files that fit the format and are still wrong, and about files that are right.

use crate::{ACTION, HEAD, check_file, check_steps, expect};
use authoring::{Mistake, World, check};
use protocol::QueueId;

const EVERYTHING: &str = include_str!("../everything.yaml");

#[test]
fn a_file_with_everything_in_it_is_in_order() {
    let world = World {
        queues: Some(vec![QueueId::new("front-desk").unwrap()]),
        extensions: Some(vec!["weather".to_owned()]),
    };
    let checked = check("everything.yaml", EVERYTHING, &world);
    let found: Vec<String> =
        checked.mistakes.iter().filter(|m| m.code != "untranslated").map(Mistake::to_string).collect();
    assert_eq!(found, Vec::<String>::new());
    let tags: Vec<&str> = checked.definitions.iter().map(|(tag, _)| tag.as_str()).collect();
    assert_eq!(tags, ["en-GB", "fr"]);
}

#[test]
fn names_mean_one_thing() {
    check_file(
        r#"
actions:
  - { id: a, title: One, phrases: [one, uno, eins], steps: [{ id: x, say: X. }, { id: x, say: X. }] }
  - { id: a, title: Two, phrases: [two, dos, zwei], steps: [{ id: x, say: X. }] }
  - { id: fallback, title: Three, phrases: [three, tres, drei], steps: [{ id: price, say: '{price}', ask: { kind: number } }] }
variables: { price: { initial: 1, shown_as: Price } }
"#,
        &[
            "6:87 error[duplicate-id] /actions/0/steps/1/id `x` is already the id of another step of this action",
            "7:11 error[duplicate-id] /actions/1/id `a` is already the id of another action",
            "8:11 error[duplicate-id] /actions/2/id `fallback` is the id of a built-in action",
            "8:79 warning[hidden-variable] /actions/2/steps/0/id `price` is also the name of a variable",
        ],
    );
}

#[test]
fn the_same_words_mean_one_action() {
    check_file(
        r#"
counterexamples: [One!]
fallback: { phrases: [help me] }
actions:
  - { id: a, title: Help me, phrases: [one, uno, eins, Éins?], steps: [{ id: x, say: X. }] }
  - { id: b, title: Two, phrases: [TWO, Uno., '?'], steps: [{ id: x, say: X. }] }
  - { id: c, title: Three, phrases: [three, drei], counterexamples: [free, Drei!], steps: [{ id: x, say: X. }] }
"#,
        &[
            "5:19 warning[counterexample-is-phrase] /counterexamples/0 `One!` is a phrase of the action `a`",
            "8:21 warning[phrase-in-two-actions] /actions/0/title `Help me` is also said for the action `fallback`",
            "8:56 warning[phrase-again] /actions/0/phrases/3 `Éins?` stands here again",
            "9:41 warning[phrase-in-two-actions] /actions/1/phrases/1 `Uno.` is also said for the action `a`",
            "9:47 warning[empty-phrase] /actions/1/phrases/2 this phrase has no letters or digits",
            "10:37 warning[few-phrases] /actions/2/phrases there are 2 phrases; write ten",
            "10:76 warning[counterexample-is-phrase] /actions/2/counterexamples/1 `Drei!` is a phrase of this action",
        ],
    );
}

#[test]
fn every_step_can_be_reached() {
    for (steps, expected) in [
        (
            "[{ id: a, say: A., then: end }, { id: b, say: B. }, { id: c, say: C. }]",
            vec!["unreachable-step] /actions/0/steps/1 "],
        ),
        (
            "[{ id: a, then: { go_to: c } }, { id: b, say: B. }, { id: c, say: C. }]",
            vec!["unreachable-step] /actions/0/steps/1 "],
        ),
        ("[{ id: a, when: { said: profane_words }, say: A., then: end }, { id: b, say: B. }]", vec![]),
        (
            "[{ id: a, say: A., ask: { kind: number, exhausted: continue }, then: end }, { id: b, say: B. }]",
            vec![],
        ),
        (
            "[{ id: a, say: A., then: { go_to: b } }, { id: b, say: B. }]",
            vec!["needless-jump] /actions/0/steps/0/then `b` follows anyway"],
        ),
        (
            "[{ id: a, say: A., ask: { kind: number } }, { id: b, say: B., then: { ask_again: a } }, { id: c, say: '{a}' }]",
            vec!["always-asked-again] /actions/0/steps/1/then everybody is asked again here"],
        ),
    ] {
        check_steps(steps, &expected);
    }
}

#[test]
fn no_circle_is_without_a_way_out() {
    let circle = "error[circle] ";
    for (steps, expected) in [
        ("[{ id: a, say: A., then: { go_to: a } }]", vec![circle]),
        (
            "[{ id: a, say: A. }, { id: b, when: { variable: x, operator: is, value: 1 }, then: { go_to: a } }, { id: c, say: '{x}' }]",
            vec![circle],
        ),
        (
            "[{ id: a, set: { x: { expression: '${x} + 1' } } }, { id: b, when: { variable: x, operator: <, value: 9 }, then: { go_to: a } }]",
            vec![],
        ),
        (
            "[{ id: a, set: { x: 1 }, then: { go_to: a } }, { id: b, say: '{x}' }]",
            vec![circle, "unreachable-step"],
        ),
        ("[{ id: a, say: A?, ask: { kind: text } }, { id: b, say: '{a}', then: { go_to: a } }]", vec![]),
        (
            "[{ id: a, say: A?, ask: { kind: number, collect: never } }, { id: b, say: '{a}', then: { go_to: a } }]",
            vec![circle],
        ),
        ("[{ id: a, say: A., then: { run: { action: try } } }]", vec![circle]),
        (
            "[{ id: a, say: A?, ask: { kind: text } }, { id: b, say: '{a}', then: { run: { action: try } } }]",
            vec![],
        ),
        ("[{ id: a, say: A., then: { go_to: a }, visits: { max: 3 } }]", vec![]),
    ] {
        let variables =
            if steps.contains('x') { "variables: { x: { initial: 1, shown_as: X } }\n" } else { "" };
        check_file(&format!("{variables}{ACTION}{steps}\n"), &expected);
    }
    let two = "actions:\n  - { id: one, title: One, phrases: [one, uno, eins], steps: [{ id: a, then: { run: { action: two } } }] }\n  - { id: two, title: Two, phrases: [two, dos, zwei], steps: [{ id: b, then: { run: { action: one } } }] }\n";
    check_file(two, &["circle] /actions/1/steps/0/then `one` leads back here"]);
}

#[test]
fn every_option_can_be_chosen() {
    for (options, expected) in [
        (
            "options: [City, 'city!']",
            vec!["same-option] /actions/0/steps/0/ask/options/1 `city!` can also mean the option `City`"],
        ),
        (
            "options: [City, City]",
            vec!["same-option] /actions/0/steps/0/ask/options/1 nobody can choose this"],
        ),
        (
            "options: [{ label: City, synonyms: [town] }, { label: Village, synonyms: [TOWN] }]",
            vec!["same-option] /actions/0/steps/0/ask/options/1 `TOWN` can also mean the option `City`"],
        ),
        ("options: [👍, 👎]", vec![]),
        (
            "options: [👍, B], show: hidden",
            vec!["unsayable-option] /actions/0/steps/0/ask/options/0 nobody can say"],
        ),
    ] {
        check_steps(
            &format!("[{{ id: q, say: Q?, ask: {{ kind: options, {options} }} }}, {{ id: end, say: So. }}]"),
            &expected,
        );
    }
    check_steps(
        "[{ id: q, say: Q?, ask: { kind: yes_no, yes: [Oui, si], no: ['No', oui!] } }, { id: end, say: So. }]",
        &["same-option] /actions/0/steps/0/ask/no/1 `oui!` means yes and no"],
    );
    let many: Vec<String> = (0..51).map(|n| format!("o{n}")).collect();
    check_steps(
        &format!(
            "[{{ id: q, say: Q?, ask: {{ kind: options, options: [{}] }} }}, {{ id: end, say: So. }}]",
            many.join(", ")
        ),
        &["too-many] /actions/0/steps/0/ask/options there are 51 options; 50 fit"],
    );
}

#[test]
fn comparisons_can_come_true() {
    for (ask, test, expected) in [
        (
            "kind: options, options: [City, Road]",
            "operator: is, value: 1",
            "the answer is one of `City`, `Road`",
        ),
        ("kind: options, options: ['1', '2']", "operator: is, value: 1", ""),
        (
            "kind: options, options: [City, Road]",
            "operator: '>', value: 1",
            "the answer is one of `City`, `Road`",
        ),
        (
            "kind: options, options: [City, Road]",
            "operator: is, value: Town",
            "the options here are `City`, `Road`",
        ),
        ("kind: yes_no", "operator: is, value: 1", "yes or no is asked there"),
        ("kind: yes_no", "operator: '<', value: 1", "yes or no is asked there"),
        ("kind: number, max: 5", "operator: is, value: 7", "only a number of 5 or less is"),
        ("kind: number, max: 5", "operator: '<', value: 7", ""),
        (
            "kind: number, min: 1, max: 5, whole: true",
            "operator: is_any_of, value: [1.5, 9]",
            "only a whole number from 1 to 5 is",
        ),
        ("kind: number, min: 1, max: 5, whole: true", "operator: is_any_of, value: [1.5, 2]", ""),
        ("kind: number", "operator: is, value: true", "a number is asked there"),
        ("kind: date", "operator: is, value: 3", "a date is asked there"),
        ("kind: date", "operator: is, value: mondy", "write a date as `2026-11-21`"),
        ("kind: date", "operator: after, value: 2026-01-31", ""),
        ("kind: time", "operator: before, value: noon", "write a time as `17:30`"),
        ("kind: text", "operator: '<', value: b", "nothing else has an order"),
        ("kind: text", "operator: is, value: yes", ""),
    ] {
        let expected: Vec<&str> = Some(expected).filter(|e| !e.is_empty()).into_iter().collect();
        check_steps(
            &format!(
                "[{{ id: q, say: Q?, ask: {{ {ask} }} }}, {{ id: t, when: {{ step: q, {test} }}, say: T. }}]"
            ),
            &expected,
        );
    }
}

#[test]
fn values_are_given_before_they_are_looked_at() {
    check_file(
        r#"
variables:
  idle: {}
  never: {}
  given: { initial: 1 }
  shown: { initial: 1, shown_as: Shown }
  late: {}
saved: { sizes: { options: [S, M] } }
extensions: { crm: { operations: {} } }
words: { rude: [blast] }
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: early, say: '{never} {late}' }
      - { id: set, set: { late: 1 } }
      - { id: end, say: '{late}' }
"#,
        &[
            "6:3 warning[unused-variable] /variables/idle nothing looks at `idle`",
            "7:3 warning[unset-variable] /variables/never `never` never gets a value",
            "8:3 warning[unused-variable] /variables/given nothing looks at `given`",
            "11:10 warning[unused] /saved/sizes nothing uses `sizes`",
            "12:15 warning[unused] /extensions/crm nothing uses `crm`",
            "13:10 warning[untested-words] /words/rude nothing looks for these words",
            "19:27 warning[unset-variable] /actions/0/steps/0/say `late` has no value yet",
        ],
    );
}

#[test]
fn answers_are_used_after_they_are_given() {
    for (steps, expected) in [
        (
            "[{ id: a, say: '{b}' }, { id: b, say: B?, ask: { kind: number } }]",
            vec!["unset-answer] /actions/0/steps/0/say there is no answer to `b` yet"],
        ),
        ("[{ id: b, say: B?, ask: { kind: number } }, { id: a, say: '{b}' }]", vec![]),
        (
            "[{ id: s, when: { said: profane_words }, then: { go_to: a } }, { id: b, say: B?, ask: { kind: number } }, { id: a, say: '{b}' }]",
            vec!["unset-answer] /actions/0/steps/2/say there may be no answer to `b`: a jump leads past it"],
        ),
        (
            "[{ id: s, when: { said: profane_words }, then: { go_to: a } }, { id: b, say: B?, ask: { kind: number } }, { id: a, when: { step: b, operator: is_defined }, say: '{b}' }]",
            vec![],
        ),
        (
            "[{ id: a, when: { step: b, operator: is_defined }, say: '{b}' }, { id: b, say: B?, ask: { kind: number } }, { id: c, when: { step: b, operator: is, value: 3 }, then: { go_to: a } }]",
            vec![],
        ),
    ] {
        check_steps(steps, &expected);
    }
}

#[test]
fn actions_are_for_somebody() {
    check_file(
        "actions:\n  - { id: a, title: One, steps: [{ id: x, then: { run: { action: b } } }] }\n  - { id: b, title: Two, steps: [] }\n",
        &[
            "5:5 warning[unreached-action] /actions/0 no visitor comes here",
            "6:5 warning[empty-action] /actions/1 this action does nothing",
        ],
    );
    check_file("actions: []\n", &["4:10 warning[no-actions] /actions there are no actions"]);
}

#[test]
fn a_language_that_is_not_built_in_is_told_with_what_that_means() {
    let file = |language: &str| {
        format!("format: 1\nname: Test\nlanguage: {language}\n{ACTION}[{{ id: a, say: A. }}]\n")
    };
    for (language, expected) in [
        ("en-GB", ""),
        ("pt-BR", ""),
        (
            "xx-nonsense",
            "3:1 warning[no-ready-texts] /language `xx-nonsense` is not built in: texts you leave out are English",
        ),
        ("zh-Hant-TW", "built in are `en`, `es`, `fr`, `pt`, `de`, `ru`, with any region"),
        ("en_GB", "3:11 error[malformed] /language `en_GB` cannot stand here; write a language tag"),
        ("english", "3:11 error[malformed] /language"),
        ("en-G", "3:11 error[malformed] /language"),
    ] {
        let expected: Vec<&str> =
            Some(expected).filter(|expected| !expected.is_empty()).into_iter().collect();
        let told = check("a.yaml", &file(language), &World::default()).mistakes;
        let told: Vec<Mistake> = told.into_iter().filter(|told| told.path == "/language").collect();
        expect(language, &told, &expected);
    }
}

#[test]
fn what_is_wrong_with_a_name_points_at_the_name() {
    check_file(
        r#"
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: x, set: { prise: 1 }, say: X, ask: { kind: number, yes: [Yes] } }
      - { id: y, then: { run: { action: b, with: { z: 1 } } } }
  - { id: b, title: Two, steps: [{ id: q, say: '{price}', ask: { kind: text } }] }
variables: { price: { initial: 1 }, spare: {} }
"#,
        &[
            "10:25 error[unknown-variable] /actions/0/steps/0/set/prise",
            "10:66 error[key-of-other-kind] /actions/0/steps/0/ask/yes",
            "11:52 error[unknown-step] /actions/0/steps/1/then/run/with/z",
            "13:37 warning[unused-variable] /variables/spare",
        ],
    );
}

#[test]
fn settings_without_an_effect_are_told() {
    let action = format!("{ACTION}[{{ id: a, say: A. }}]\n");
    for (settings, expected) in [
        (
            "clarify: { support: A person }",
            vec!["warning[no-effect] /clarify/support `support` has no effect: a person is among"],
        ),
        ("clarify: { support: A person }\nmodes: {}", vec![]),
        (
            "clarify: { enabled: false, most: 3 }\ntopics: { ask_to_return: false, attempts: 2 }",
            vec!["no-effect] /clarify/most", "no-effect] /topics/attempts"],
        ),
        ("topics: { enabled: false, request: Back? }", vec!["no-effect] /topics/request"]),
    ] {
        check_file(&format!("{settings}\n{action}"), &expected);
    }
}

#[test]
fn a_call_that_is_not_made_again_is_told() {
    let file = |again: &str| {
        format!(
            "extensions: {{ crm: {{ operations: {{ find: {{ method: GET, path: /x, parameters: {{ of: {{ in: query }} }} }} }} }} }}\n{ACTION}[{{ id: a, say: A?, ask: {{ kind: number }} }}, {{ id: b, then: {{ call: {{ extension: crm, operation: find, with: {{ of: {{ step: a }} }} }} }} }}, {{ id: c, say: '{{= ${{b}}.body }}?', ask: {{ kind: yes_no }} }}, {{ id: d, when: {{ step: c, operator: is, value: false }}, then: {{ ask_again: {again} }} }}]\n"
        )
    };
    let told = "warning[stale-result] /actions/0/steps/3/then `b` was called with an answer that is asked again here";
    for (again, expected) in [("[a, c]", vec![told]), ("[a, b, c]", vec![]), ("a", vec![]), ("[c]", vec![])] {
        check_file(&file(again), &expected);
    }
}

#[test]
fn actions_are_suggested_where_there_are_any() {
    for (steps, expected) in [
        ("[{ id: a, say: One of these?, suggest: 2 }]", "nothing-to-suggest] /actions/0/steps/0/suggest"),
        (
            "[{ id: a, suggest: 2 }]",
            "no-effect] /actions/0/steps/0/suggest `suggest` has no effect without `say`",
        ),
        (
            "[{ id: a, say: Well?, ask: { kind: text }, suggest: 2 }]",
            "no-effect] /actions/0/steps/0/suggest `suggest` has no effect beside `ask`",
        ),
    ] {
        check_steps(steps, &[expected]);
    }
    let other =
        "- { id: b, title: Other, phrases: [other, another, the other], steps: [{ id: x, say: X. }] }";
    check_file(&format!("{ACTION}\n  - {{ id: a, say: One of these?, suggest: 2 }}\n{other}\n"), &[]);
}

#[test]
fn translations_say_the_same() {
    check_file(
        r#"
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: x, say: 'Which size, {when_open}?', ask: { kind: options, options: [{ label: Small, synonyms: [little] }] } }
      - { id: y, say: Goodbye. }
variables: { when_open: { initial: 1 } }
translations:
  en: {}
  fr:
    texts: { 'Which size, {when_open}?': Quelle taille ?, Godbye.: Au revoir. }
    synonyms: { Smal: [petit], yes: [oui] }
    words: { none: [x] }
    phrases: { b: [deux, trois, quatre] }
"#,
        &[
            "14:3 error[own-language] /translations/en `en` is the language of the assistant itself",
            "16:12 warning[untranslated] /translations/fr/texts 3 texts are not translated; add to `texts`: `One`, `Small`, `Goodbye.`",
            "16:42 warning[lost-insert] /translations/fr/texts/Which size, {when_open}? the translation leaves out `{when_open}`",
            "16:59 warning[unknown-text] /translations/fr/texts/Godbye. no such text stands in the assistant; did you mean `Goodbye.`?",
            "17:17 warning[unknown-option] /translations/fr/synonyms/Smal no option is called `Smal`; did you mean `Small`?",
            "18:14 error[unknown-list] /translations/fr/words/none",
            "19:14 warning[untranslated] /translations/fr/phrases one action has no phrases in this language; add to `phrases`: `a`",
            "19:16 error[unknown-action] /translations/fr/phrases/b",
        ],
    );
}

#[test]
fn what_the_bridge_does_not_have_is_named() {
    let file = format!(
        "{HEAD}extensions: {{ crm: {{ operations: {{ find: {{ method: GET, path: '/x/{{id}}', parameters: {{ key: {{ in: path }}, note: {{ in: body }} }} }} }} }} }}\n{ACTION}[{{ id: a, then: {{ call: {{ extension: crm, operation: find }} }} }}, {{ id: b, then: {{ connect_to_agent: {{ queue: front-dsk }} }} }}]\n"
    );
    let world =
        World { queues: Some(vec![QueueId::new("front-desk").unwrap()]), extensions: Some(Vec::new()) };
    let expected = [
        "warning[extension-not-configured] /extensions/crm the bridge has no address for `crm`",
        "error[path-parameter] /extensions/crm/operations/find/path `{id}` is no parameter",
        "error[path-parameter] /extensions/crm/operations/find/parameters/key the path has no `{key}`",
        "warning[needless-body] /extensions/crm/operations/find/parameters/note most servers ignore",
        "error[unknown-queue] /actions/0/steps/1/then/connect_to_agent/queue there is no queue `front-dsk` in this workspace; did you mean `front-desk`?",
    ];
    expect(&file, &check("a.yaml", &file, &world).mistakes, &expected);
}

#[test]
fn what_an_import_left_is_recalled_with_its_reason() {
    check_steps(
        "[{ id: a, say: A., kept: [{ what: A call of `SAP`, why: Its API is not known. Declare it under `extensions`., original: { x: [1] } }] }]",
        &[
            "warning[imported-leftover] /actions/0/steps/0/kept/0 not carried over: A call of `SAP`; Its API is not known. Declare it under `extensions`; remove this entry when it is settled",
        ],
    );
}

#[test]
fn a_group_without_conditions_is_told() {
    check_steps(
        "\n  - { id: a, when: { all: [] }, say: A }\n  - { id: b, when: { not: { any: [] } }, say: B }",
        &["empty-group] /actions/0/steps/0/when/all", "empty-group] /actions/0/steps/1/when/not/any"],
    );
}

#[test]
fn a_part_of_a_number_is_not_looked_for() {
    check_steps(
        "\n  - { id: n, ask: { kind: number } }\n  - { id: t, ask: { kind: text } }\n  \
         - { id: a, when: { step: n, operator: contains, value: 1 }, say: A }\n  \
         - { id: b, when: { step: t, operator: contains, value: x }, say: B }\n  \
         - { id: c, when: { step: n, operator: matches, value: '^1' }, say: C }",
        &["odd-operator] /actions/0/steps/2/when/operator", "odd-operator] /actions/0/steps/4/when/operator"],
    );
}

#[test]
fn a_span_that_goes_back_is_told_for_dates_and_goes_over_midnight_for_times() {
    check_steps(
        "\n  - { id: d, ask: { kind: date, earliest: 2026-03-03, latest: 2026-03-01 } }\n  \
         - { id: t, ask: { kind: time, earliest: '18:00', latest: '09:00' } }",
        &["empty-range] /actions/0/steps/0/ask/earliest"],
    );
}

#[test]
fn something_is_said_after_what_can_be_chosen() {
    let file = |then: &str, next: &str| {
        format!(
            "greeting:\n  steps:\n  - {{ id: q, say: Hi!, ask: {{ kind: options, options: [Next] }}, then: {then} }}\n{next}\
             {ACTION}[{{ id: a, say: A. }}]\n"
        )
    };
    check_file(
        &file("end", ""),
        &["nothing-said] /greeting/steps/0/ask nothing is said after this question"],
    );
    check_file(&file("continue", "  - { id: n, set: {} }\n"), &["nothing-said] /greeting/steps/0/ask"]);
    check_file(&file("continue", "  - { id: n, say: Well. }\n"), &[]);
    check_file(&file("{ run: { action: try } }", ""), &[]);
    let silent = format!(
        "{}- {{ id: hush, title: Hush, steps: [{{ id: a, set: {{}} }}] }}\n",
        file("{ run: { action: hush } }", "")
    );
    check_file(&silent, &["nothing-said] /greeting/steps/0/ask"]);
}
