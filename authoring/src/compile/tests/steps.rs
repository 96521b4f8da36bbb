//! What steps set, say and lead to.

use super::*;
use protocol::HandOffReason;
use protocol::rich::{CardPart, MediaKind, Press};

#[test]
fn names_are_answers_first_then_variables_then_built_in_ones() {
    let found = steps(json!([
        { "id": "count", "say": "How many?", "ask": { "kind": "number" } },
        { "id": "b", "say": "{count} at {price}, {now.x[0]}: {= ${count} * ${price} > 3 ? 'much' : input.text}" }
    ]));
    assert_eq!(
        said(&found[1]),
        ["{${count}} at {${price}}, {${now}.x[0]}: {${count} * ${price} > 3 ? 'much' : input.text}"]
    );
    let Output::Text(wordings) = &found[1].say[0] else { panic!("a text") };
    assert_eq!(wordings.texts[0].0[0], Part::Insert(Expr::Step("count".to_owned())));
    assert_eq!(wordings.texts[0].0[2], Part::Insert(Expr::Variable("price".to_owned())));
}

#[test]
fn names_of_the_specification_stand_for_built_in_variables() {
    let found = step(json!({ "id": "a", "set": { "price": { "expression": "${system_current_date}" } } }));
    assert_eq!(found.set[0].value, Expr::Variable("current_date".to_owned()));
}

#[test]
fn assignments_come_in_order_and_bare_expressions_last() {
    let found = step(json!({
        "id": "a",
        "set": { "price": ["x", 2, null], "count": { "value": { "a": [1, true] } } },
        "evaluate": ["${price}.add(1)"]
    }));
    let shown: Vec<(Option<&str>, String)> =
        found.set.iter().map(|set| (set.target.as_deref(), expression::print(&set.value))).collect();
    assert_eq!(
        shown,
        [
            (Some("price"), "['x', 2, null]".to_owned()),
            (Some("count"), "{\"a\": [1, true]}".to_owned()),
            (None, "${price}.add(1)".to_owned()),
        ]
    );
}

#[test]
fn everything_that_can_be_said_is_said() {
    let found = step(json!({ "id": "a", "say": [
        "",
        { "random": ["A", "B"] },
        { "all": ["C"] },
        { "pause": { "ms": 500, "typing": true } },
        { "image": { "source": "https://a.example/{count}.png", "alt": "{count}" } },
        { "button": { "label": "Go", "open": "https://a.example/" } },
        { "card": { "body": ["Hello", { "video": { "source": "https://a.example/v" } }], "buttons": [{ "label": "Say", "say": "{count}" }] } },
        { "carousel": [{ "body": ["One"] }] },
        { "table": { "headers": ["H"], "rows": [["{count}"]] } },
        { "date_picker": true },
        { "date_picker": false },
        { "user_defined": { "a": "{{b}}", "n": 1 }, "text": "T" }
    ] }));
    let [random, all, pause, image, button, card, carousel, table, picker, own] = found.say.as_slice() else {
        panic!("ten things, not {:#?}", found.say)
    };
    let is = |output: &Output, order, count| matches!(output, Output::Text(wordings) if wordings.order == order && wordings.texts.len() == count);
    assert!(is(random, Order::Random, 2) && is(all, Order::All, 1));
    assert_eq!(*pause, Output::Pause { ms: 500, typing: true });
    assert!(
        matches!(image, Output::Media(media) if media.kind == MediaKind::Image && plain(&media.source) == "https://a.example/{${count}}.png")
    );
    assert!(matches!(button, Output::Button(button) if matches!(&button.press, Press::Open(_))));
    let Output::Card(card) = card else { panic!("a card") };
    assert!(matches!(&card.body[1], CardPart::Media(media) if media.kind == MediaKind::Video));
    assert!(matches!(&card.buttons[0].press, Press::Say(said) if plain(said) == "{${count}}"));
    assert!(matches!(carousel, Output::Carousel(cards) if cards.len() == 1));
    assert!(matches!(table, Output::Table(table) if plain(&table.rows[0][0]) == "{${count}}"));
    assert_eq!(*picker, Output::DatePicker);
    let Output::UserDefined { json, text } = own else { panic!("own content") };
    assert_eq!((plain(json).as_str(), plain(text).as_str()), (r#"{"a":"{b}","n":1}"#, "T"));
}

#[test]
fn json_with_values_in_it_is_made_as_a_whole() {
    let found =
        step(json!({ "id": "a", "say": { "user_defined": { "to": "Dear {count}!", "n": [1, null] } } }));
    let Output::UserDefined { json, .. } = &found.say[0] else { panic!("own content") };
    let [Part::Insert(made)] = json.0.as_slice() else { panic!("one insert") };
    assert_eq!(
        expression::print(made),
        "{\"to\": T(String).format('%s%s%s', 'Dear ', ${count}, '!'), \"n\": [1, null]}.toJson()"
    );
}

#[test]
fn what_comes_after_a_step_is_resolved() {
    let found = steps(json!([
        { "id": "a", "say": "?", "ask": { "kind": "number" }, "then": { "go_to": "c" } },
        { "id": "b", "then": { "run": { "action": "other", "with": { "size": "small one", "day": "2026-11-21" }, "end": true } } },
        { "id": "c", "then": { "call": { "extension": "shop", "operation": "find", "with": { "id": { "step": "a" } }, "result": "found" } } },
        { "id": "d", "say": "{found.body.name} {b.size}", "then": { "fallback": "no_matches" } },
        { "id": "e", "then": { "connect_to_agent": { "queue": "front-desk", "online_message": "Soon, {a}.", "message_to_agent": "About {a}" } } },
        { "id": "f", "then": "fallback", "visits": { "max": 3 } },
        { "id": "g", "say": "?", "ask": { "kind": "text" }, "then": { "run": { "action": "greeting" } } }
    ]));
    assert_eq!(found[0].then, Then::GoTo("c".to_owned()));
    let Then::Run(run) = &found[1].then else { panic!("runs") };
    let day = assistant::civil::read_date("2026-11-21").unwrap();
    assert_eq!(run.with, [("size".to_owned(), text("S")), ("day".to_owned(), Value::Date(day).into())]);
    assert_eq!((run.result.as_str(), run.ends), ("b", true));
    let Then::Call(call) = &found[2].then else { panic!("calls") };
    assert_eq!((call.result.as_str(), call.with.len()), ("found", 1));
    assert_eq!(found[3].then, Then::Fallback(HandOffReason::NoMatches));
    let Then::ConnectToAgent(connect) = &found[4].then else { panic!("connects") };
    assert_eq!(connect.queue.as_ref().map(|queue| queue.as_str()), Some("front-desk"));
    assert_eq!(plain(&connect.online_message), "Soon, {${a}}.");
    assert_eq!(connect.message_to_agent.as_ref().map(plain).as_deref(), Some("About {${a}}"));
    assert_eq!(found[5].then, Then::Fallback(HandOffReason::AgentRequested));
    assert_eq!(found[5].visits, Some(Visits { max: 3, reason: HandOffReason::AgentRequested }));
    assert!(matches!(&found[6].then, Then::Run(run) if run.result == "g_result"));
}

#[test]
fn asking_again_takes_everything_along_that_an_answer_changes() {
    let questions = |again: Json| {
        json!([
            { "id": "a", "say": "?", "ask": { "kind": "number" } },
            { "id": "b", "say": "Unrelated." },
            { "id": "c", "say": "?", "ask": { "kind": "number" } },
            { "id": "reset", "set": { "price": 0 } },
            { "id": "told", "say": "That is {price}." },
            { "id": "found", "then": { "call": { "extension": "shop", "operation": "find", "with": { "id": { "step": "a" } } } } },
            { "id": "fetched", "then": { "call": { "extension": "shop", "operation": "find", "with": { "id": 1 } } } },
            { "id": "d", "say": "?", "ask": { "kind": "yes_no" }, "then": { "ask_again": again } },
            { "id": "e", "say": "?", "ask": { "kind": "number" } }
        ])
    };
    for (again, steps_again) in [
        (json!("a"), vec!["a", "c", "reset", "told", "found"]),
        (json!("b"), vec!["c", "reset", "told"]),
        (json!(["c", "d"]), vec!["c"]),
        (json!(["a", "fetched"]), vec!["a", "fetched"]),
    ] {
        let found = steps(questions(again.clone())).swap_remove(7).then;
        let expected = steps_again.into_iter().map(str::to_owned).collect();
        assert_eq!(found, Then::AskAgain(expected), "{again}");
    }
    for (again, code, path) in [
        (json!("e"), "not-earlier", ""),
        (json!("d"), "not-earlier", ""),
        (json!("x"), "unknown-step", ""),
        (json!("reset"), "nothing-to-ask-again", ""),
        (json!(["a", "e"]), "not-earlier", "/1"),
    ] {
        check_wrong(questions(again), &[(code, &format!("7/then/ask_again{path}"))]);
    }
}

#[test]
fn what_cannot_be_done_is_noted_where_it_stands() {
    for (step, code, path) in [
        (json!({ "set": { "now": 1 } }), "built-in-variable", "set/now"),
        (json!({ "set": { "proce": 1 } }), "unknown-variable", "set/proce"),
        (json!({ "set": { "price": "for {count}" } }), "not-inserted", "set/price"),
        (json!({ "set": { "price": "{ x" } }), "", ""),
        (json!({ "set": { "price": "{other} {{count}}" } }), "", ""),
        (json!({ "evaluate": ["1", "a ="] }), "unknown-name", "evaluate/1"),
        (json!({ "evaluate": ["${input}.trim()"] }), "unknown-name", "evaluate/0"),
        (
            json!({ "say": { "image": { "source": "javascript:alert(1)" } } }),
            "bad-address",
            "say/image/source",
        ),
        (json!({ "say": { "image": { "source": "http://{count}" } } }), "", ""),
        (json!({ "say": { "button": { "label": "x" } } }), "one-press", "say/button"),
        (
            json!({ "say": { "table": { "headers": ["a", "b"], "rows": [["1", "2"], ["1"]] } } }),
            "ragged-table",
            "say/table/rows/1",
        ),
        (json!({ "say": { "user_defined": "{count}" } }), "bad-text", "say/user_defined"),
        (json!({ "say": { "user_defined": { "a": ["x", "{"] } } }), "bad-text", "say/user_defined/a/1"),
        (json!({ "then": { "run": { "action": "othr" } } }), "unknown-action", "then/run/action"),
        (json!({ "then": { "run": { "action": "fallback" } } }), "unknown-action", "then/run/action"),
        (
            json!({ "then": { "run": { "action": "other", "with": { "sise": 1 } } } }),
            "unknown-step",
            "then/run/with/sise",
        ),
        (
            json!({ "then": { "run": { "action": "other", "with": { "day": "soon" } } } }),
            "bad-date",
            "then/run/with/day",
        ),
        (
            json!({ "then": { "call": { "extension": "shp", "operation": "find" } } }),
            "unknown-extension",
            "then/call/extension",
        ),
        (
            json!({ "then": { "call": { "extension": "shop", "operation": "fnd" } } }),
            "unknown-operation",
            "then/call/operation",
        ),
        (
            json!({ "then": { "call": { "extension": "shop", "operation": "find" } } }),
            "missing-parameter",
            "then/call",
        ),
        (
            json!({ "then": { "call": { "extension": "shop", "operation": "find", "with": { "id": 1, "ful": 1 } } } }),
            "unknown-parameter",
            "then/call/with/ful",
        ),
        (
            json!({ "then": { "connect_to_agent": { "queue": "Front desk" } } }),
            "bad-queue",
            "then/connect_to_agent/queue",
        ),
        (json!({ "then": { "run": { "action": "other", "result": "z" } } }), "name-taken", "then/run/result"),
    ] {
        let mut step = step;
        step["id"] = json!("a");
        let document = json!([step, { "id": "z", "say": "." }]);
        let found = wrong(document.clone());
        let expected = if code.is_empty() { vec![] } else { vec![(code.to_owned(), format!("0/{path}"))] };
        // Only the first counts: `a =` names something unknown and assigns to it.
        assert_eq!(found.first(), expected.first(), "{document}");
    }
}

#[test]
fn a_variable_cannot_take_the_name_of_a_built_in_one() {
    let mut document = with_steps(&json!([]));
    document["variables"]["timezone"] = json!({});
    let (_, found) = compiled(&document);
    assert_eq!((found[0].code, found[0].path.as_str()), ("name-taken", "/variables/timezone"));
}

#[test]
fn uses_of_names_are_surveyed() {
    let document = with_steps(&json!([
        { "id": "a", "say": "{price}", "ask": { "kind": "number" }, "set": { "count": { "step": "a" } } },
        { "id": "b", "then": { "run": { "action": "other" } } }
    ]));
    let document: Document = serde_json::from_value(document).unwrap();
    let (_, survey) = compile_surveying(&document, &Findings::default());
    let own: Vec<(names::Used, &str, Option<usize>)> = survey
        .uses
        .iter()
        .filter(|found| found.action == Some(4))
        .map(|found| (found.what, found.name.as_str(), found.step))
        .collect();
    use names::Used;
    assert_eq!(
        own,
        [
            (Used::SetVariable, "count", Some(0)),
            (Used::Answer, "a", Some(0)),
            (Used::Variable, "price", Some(0)),
            (Used::Action, "other", Some(1)),
        ]
    );
}
