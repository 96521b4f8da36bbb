//! What is wrong with a definition is reported at its place, all of it at once, with what would be right.

use assistant::read;

#[test]
fn what_is_not_json_is_placed() {
    check("{\n  \"format\": 1,\n  \"é\" 2 }", &["line 3, column 7: this is not JSON: expected `:`"]);
    check("", &["line 1, column 1: this is not JSON: EOF while parsing a value"]);
    check("[]", &["line 1, column 1: a list stands here; write an object with `format`"]);
}

#[test]
fn every_mistake_is_reported_at_once_and_in_order() {
    check(
        r#"{
  "name": "Test", "langage": "en",
  "threshold": 2,
  "actions": [
    { "id": "a b", "title": "", "phrases": ["hi", "?"], "steps": [
      { "id": "x", "say": 5, "the": "end" },
      { "id": "x", "say": "{y}", "then": { "go_to": "z" } }
    ] }
  ]
}"#,
        &[
            "line 1, column 1: `format` is missing; add it: write `\"format\": 1`",
            "line 1, column 1: `language` is missing",
            "line 2, column 30 (/langage): `langage` is not known here; did you mean `language`?",
            "line 3, column 16 (/threshold): 2 is not a confidence",
            "line 5, column 13 (/actions/0/id): `a b` cannot be a name",
            "line 5, column 29 (/actions/0/title): this text is empty",
            "line 5, column 51 (/actions/0/phrases/1): this phrase has no letters or digits",
            "line 6, column 27 (/actions/0/steps/0/say): the number 5 stands here; write an object with `in_turn`, `random`",
            "line 6, column 37 (/actions/0/steps/0/the): `the` is not known here; remove it; known here:",
            "line 7, column 15 (/actions/0/steps/1/id): `x` is already the id of another step",
            "line 7, column 27 (/actions/0/steps/1/say): `{y}` inserts a value that does not exist",
            "line 7, column 53 (/actions/0/steps/1/then/go_to): there is no step `z` in this action; go to one of `x`",
        ],
    );
}

#[test]
fn another_version_of_the_format_is_refused() {
    check(
        &definition(r#"{ "id": "a", "say": "A." }"#).replace("\"format\": 1", "\"format\": 2"),
        &["line 1, column 13 (/format): this version of the format is not known; write `\"format\": 1`"],
    );
}

#[test]
fn a_key_written_twice_is_a_mistake() {
    check_step(
        r#"{ "id": "a", "say": "A.", "say": "B." }"#,
        "the key `say` stands here for the second time; keep this one or the one in line 2",
    );
}

#[test]
fn actions_differ_in_id_title_and_phrases() {
    let twice = r#"{ "format": 1, "name": "T", "language": "en", "actions": [
{ "id": "a", "title": "Prices", "phrases": ["how much"], "steps": [{ "id": "a", "say": "A." }] },
{ "id": "a", "title": "prices", "phrases": ["How much?", "human"], "steps": [{ "id": "a", "say": "A." }] },
{ "id": "fallback", "title": "Help", "phrases": ["how   MUCH"], "steps": [{ "id": "a", "say": "A." }] } ] }"#;
    check(
        twice,
        &[
            "line 3, column 9 (/actions/1/id): `a` is already the id of another action",
            "line 3, column 23 (/actions/1/title): `prices` already belongs to the action `a`",
            "line 3, column 45 (/actions/1/phrases/0): `How much?` already belongs to the action `a`",
            "line 3, column 58 (/actions/1/phrases/1): `human` already belongs to the action `fallback`",
            "line 4, column 9 (/actions/2/id): `fallback` is already the id of another action",
            "line 4, column 50 (/actions/2/phrases/0): `how   MUCH` already belongs to the action `a`",
        ],
    );
}

#[test]
fn there_is_something_to_do_and_something_to_say_it_with() {
    check(
        r#"{ "format": 1, "name": "T", "language": "en", "actions": [] }"#,
        &["line 1, column 58 (/actions): there are 0 actions"],
    );
    check(
        r#"{ "format": 1, "name": "T", "language": "en", "actions": [{ "id": "a", "title": "A", "phrases": [], "steps": [] }] }"#,
        &["(/actions/0/phrases): there are no phrases here", "(/actions/0/steps): there are no steps here"],
    );
    check_step(
        r#"{ "id": "a", "ask": { "kind": "yes_no" } }"#,
        "asks and says nothing; add the question as `say`",
    );
}

#[test]
fn names_must_mean_something() {
    let asks = r#"{ "id": "n", "say": "?", "ask": { "kind": "number" } }"#;
    for (step, problem) in [
        (r#""when": { "variable": "color", "operator": "is", "value": 1 }"#, "there is no variable `color`"),
        (
            r#""when": { "step": "m", "operator": "is", "value": 1 }"#,
            "no step `m` of this action asks anything; steps that ask here: `n`",
        ),
        (
            r#""when": { "step": "n", "operator": "=", "value": 1 }"#,
            "there is no operator `=`; write one of `is`",
        ),
        (
            r#""when": { "operator": "is", "value": 1 }"#,
            "it is not clear what is meant; name one `variable` or one `step`",
        ),
        (r#""when": { "step": "n", "operator": "is" }"#, "`value` is missing"),
        (
            r#""when": { "step": "n", "operator": "is_defined", "value": 1 }"#,
            "compares with nothing; remove `value`",
        ),
        (r#""when": { "all": [] }"#, "this group has no conditions"),
        (
            r#""when": { "all": [{ "step": "n", "operator": "is_defined" }], "step": "n" }"#,
            "give `all` or `any` an object of its own",
        ),
        (r#""set": { "color": 1 }"#, "there is no variable `color`; declare it in `variables`"),
        (r#""set": { "fallback_reason": "x" }"#, "the assistant itself sets this variable"),
        (r#""set": { "colour": { "step": "m" } }"#, "no step `m` of this action asks anything"),
        (r#""set": { "colour": null }"#, "`null` stands here; write a text, a number, true or false"),
        (r#""say": "a {b""#, "a `{` is not closed; insert a value as `{name}`"),
        (r#""say": "{b}""#, "`{b}` inserts a value that does not exist"),
        (
            r#""then": { "connect_to_agent": { "message_to_agent": "{b}" } }"#,
            "`{b}` inserts a value that does not exist",
        ),
        (
            r#""then": { "connect_to_agent": { "queue": "Front Desk" } }"#,
            "`Front Desk` cannot be a queue's name; use lower-case",
        ),
        (r#""then": "stop""#, "the text `stop` stands here; write `\"continue\"`, `\"end\"`"),
        (r#""then": "fallback""#, "only `no_matches` can go on to the fallback"),
        (r#""then": { "go_to": "m" }"#, "there is no step `m` in this action"),
        (r#""then": {}"#, "it is not clear what comes next"),
        (r#""say": { "in_turn": [] }"#, "there are no wordings here"),
        (r#""say": {}"#, "it is not clear which wordings are meant"),
    ] {
        check_step(&format!(r#"{asks}, {{ "id": "a", {step} }}"#), problem);
    }
}

#[test]
fn questions_can_be_answered() {
    for (ask, problem) in [
        (
            r#"{ "kind": "date" }"#,
            "there is no such kind of question; write one of `options`, `number`, `yes_no`, `text`",
        ),
        (r#"{}"#, "`kind` is missing"),
        (r#"{ "kind": "options" }"#, "`options` is missing"),
        (r#"{ "kind": "options", "options": [] }"#, "there are no options to choose from; add at least one"),
        (
            r#"{ "kind": "options", "options": ["A", { "label": "B", "synonyms": ["a!"] }] }"#,
            "`a` already means another option",
        ),
        (r#"{ "kind": "options", "options": [{ "synonyms": ["B"] }] }"#, "`label` is missing"),
        (r#"{ "kind": "number", "min": 3, "max": 1 }"#, "no number lies between 3 and 1"),
        (
            r#"{ "kind": "number", "attempts": 99 }"#,
            "the number 99 stands here; write a whole number from 0 to 10",
        ),
        (r#"{ "kind": "yes_no", "options": ["A"] }"#, "`options` is not known here"),
        (r#"{ "kind": "yes_no", "yes": ["Oui"], "no": ["oui"] }"#, "`oui` already means another option"),
        (r#"{ "kind": "text", "invalid": "?" }"#, "`invalid` is not known here"),
    ] {
        check_step(&format!(r#"{{ "id": "q", "say": "?", "ask": {ask} }}"#), problem);
    }
}

#[test]
fn comparisons_can_come_true() {
    for (ask, test, problem) in [
        (
            r#"{ "kind": "options", "options": ["City", "Road"] }"#,
            r#""is", "value": "Town""#,
            "`Town` here; write one of `City`, `Road`",
        ),
        (
            r#"{ "kind": "options", "options": ["City", "Road"] }"#,
            r#""is", "value": 1"#,
            "the step `q` is answered with `City`, `Road`",
        ),
        (r#"{ "kind": "yes_no" }"#, r#""is", "value": "yes""#, "write `true` for yes, `false` for no"),
        (r#"{ "kind": "number" }"#, r#""is", "value": "3""#, "a number is asked there: write one"),
        (r#"{ "kind": "number" }"#, r#""<", "value": "3""#, "this operator compares numbers"),
        (r#"{ "kind": "text" }"#, r#""contains", "value": 3"#, "a text is asked there"),
    ] {
        let when = format!(r#"{{ "step": "q", "operator": {test} }}"#);
        check_step(
            &format!(
                r#"{{ "id": "q", "say": "?", "ask": {ask} }}, {{ "id": "t", "when": {when}, "say": "T." }}"#
            ),
            problem,
        );
    }
}

#[test]
fn variables_get_a_value_and_are_not_mistaken_for_steps() {
    let with = |variables: &str| {
        definition(r#"{ "id": "colour", "say": "A.", "set": { "used": 1 } }"#)
            .replace(r#""colour": { "initial": "red" }"#, variables)
    };
    check(&with(r#""used": {}, "idle": {}"#), &["(/variables/idle): `idle` never gets a value"]);
    check(
        &with(r#""used": {}, "colour": { "initial": 1 }"#),
        &["(/actions/0/steps/0/id): `colour` is also the name of a variable"],
    );
    check(
        &with(r#""used": {}, "no_matches_count": { "initial": 1 }"#),
        &["the assistant itself sets this variable"],
    );
    check(
        &with(r#""used": {}, "a b": { "initial": 1 }"#),
        &["(/variables/a b): this variable's name cannot be inserted"],
    );
}

#[test]
fn every_step_is_reached_and_no_circle_is_without_a_question() {
    check_step(
        r#"{ "id": "a", "say": "A.", "then": "end" }, { "id": "b", "say": "B." }, { "id": "c", "say": "C." }"#,
        "(/actions/0/steps/1): this step is never reached",
    );
    check_step(
        r#"{ "id": "a", "then": { "go_to": "c" } }, { "id": "b", "say": "B." }, { "id": "c", "say": "C." }"#,
        "(/actions/0/steps/1): this step is never reached",
    );
    check_step(
        r#"{ "id": "a", "say": "A.", "then": { "go_to": "a" } }"#,
        "this jump leads back here and nothing is asked on the way",
    );
    let reaches = r#"{ "id": "a", "when": { "variable": "colour", "operator": "is", "value": "red" }, "say": "A.", "then": "end" }, { "id": "b", "say": "B." }"#;
    let circle_with_question =
        r#"{ "id": "a", "say": "A?", "ask": { "kind": "text" } }, { "id": "b", "then": { "go_to": "a" } }"#;
    for steps in [reaches, circle_with_question] {
        assert!(read(&definition(steps)).is_ok(), "{steps}");
    }
}

#[test]
fn thousands_of_mistakes_are_cut_short() {
    let steps = vec!["5"; 900].join(",");
    let mistakes = read(&definition(&steps)).unwrap_err();
    assert_eq!(mistakes.len(), 201);
    assert_eq!(mistakes[200].problem, "there are 700 more mistakes");
}

#[test]
fn an_oversized_file_is_refused_unread() {
    let mistakes = read(&" ".repeat(protocol::limits::ASSISTANT_BYTES_MAX + 1)).unwrap_err();
    assert!(mistakes[0].problem.contains("bytes"), "{}", mistakes[0]);
}

#[test]
fn a_mistake_is_json_for_the_page_that_shows_it() {
    let mistakes = read("{").unwrap_err();
    let json = serde_json::to_value(&mistakes[0]).unwrap();
    for key in ["line", "column", "path", "problem", "remedy"] {
        assert!(json.get(key).is_some(), "{key}");
    }
}

/// The one mistake of these steps.
fn check_step(steps: &str, problem: &str) {
    check(&definition(steps), &[problem]);
}

/// Each mistake as a line must contain its expected words, and there must be no others.
fn check(json: &str, expected: &[&str]) {
    let mistakes = read(json).map(|_| ()).expect_err("there are mistakes");
    let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    let matching = lines.iter().zip(expected).all(|(line, expected)| line.contains(expected));
    assert!(matching && lines.len() == expected.len(), "in {json}\nfound {lines:#?}\nexpected {expected:#?}");
}

fn definition(steps: &str) -> String {
    format!(
        r#"{{ "format": 1, "name": "Test", "language": "en", "variables": {{ "colour": {{ "initial": "red" }} }},
"actions": [{{ "id": "try", "title": "Try", "phrases": ["try it"], "steps": [{steps}] }}] }}"#
    )
}
