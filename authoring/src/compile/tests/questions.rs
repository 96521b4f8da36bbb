//! Questions.

use super::*;
use assistant::civil::read_date;
use protocol::rich::Show;

fn ask(ask: Json) -> Ask {
    step(json!({ "id": "a", "say": "?", "ask": ask })).ask.unwrap()
}

#[test]
fn each_kind_is_collected_and_refused_as_the_specification_says() {
    let restate = "I'm sorry, I did not catch that, please restate your response.";
    let select = "I didn't catch that. Select a valid option:";
    let number = "I didn't catch that. Enter a number.";
    for (kind, collect, invalid) in [
        (json!({ "kind": "options", "options": ["A"] }), Collect::SkipIfMentioned, select),
        (json!({ "kind": "options", "from": [1, 2] }), Collect::SkipIfMentioned, select),
        (json!({ "kind": "yes_no" }), Collect::Always, restate),
        (json!({ "kind": "pattern", "patterns": "url" }), Collect::SkipIfMentioned, restate),
        (json!({ "kind": "number" }), Collect::SkipIfMentioned, number),
        (json!({ "kind": "date" }), Collect::SkipIfMentioned, restate),
        (json!({ "kind": "time" }), Collect::SkipIfMentioned, restate),
        (json!({ "kind": "text" }), Collect::Always, restate),
    ] {
        let found = ask(kind.clone());
        assert_eq!(found.collect, collect, "{kind}");
        assert_eq!(found.invalid.iter().map(plain).collect::<Vec<_>>(), [invalid], "{kind}");
        assert_eq!((found.attempts, found.repeat, found.exhausted), (3, false, Exhausted::Fallback));
        assert_eq!(found.out_of_range, Vec::new(), "{kind}");
    }
}

#[test]
fn limits_are_told_where_there_are_any() {
    for (kind, told) in [
        (json!({ "kind": "number", "min": 1, "max": 8 }), "Enter a number from {1} to {8}."),
        (json!({ "kind": "number", "min": 1, "whole": true }), "Enter a whole number of {1} or more."),
        (json!({ "kind": "number", "whole": true }), "Enter a whole number."),
        (
            json!({ "kind": "currency", "max": { "variable": "price" } }),
            "Enter an amount of {${price}} or less.",
        ),
        (json!({ "kind": "date", "weekdays": ["monday", "friday"] }), "It must be a Monday or Friday."),
        (
            json!({ "kind": "date", "earliest": "2026-11-21", "weekdays": ["monday"] }),
            "Enter a date that is {'2026-11-21'} or later. It must be a Monday.",
        ),
        (
            json!({ "kind": "time", "earliest": "09:00", "latest": "17:00" }),
            "Enter a time from {'09:00:00'} to {'17:00:00'}.",
        ),
    ] {
        let found = ask(kind.clone());
        assert_eq!(found.out_of_range.iter().map(plain).collect::<Vec<_>>(), [told], "{kind}");
        assert_eq!(plain(&found.invalid[0]), format!("I didn't catch that. {told}"), "{kind}");
    }
}

#[test]
fn an_authors_own_words_stand_for_both() {
    let found = ask(json!({ "kind": "number", "min": 1, "invalid": ["One.", "Two."] }));
    assert_eq!(found.invalid.iter().map(plain).collect::<Vec<_>>(), ["One.", "Two."]);
    assert_eq!(found.out_of_range, Vec::new());
    let found = ask(json!({ "kind": "number", "min": 1, "out_of_range": "Too small." }));
    assert_eq!(found.out_of_range.iter().map(plain).collect::<Vec<_>>(), ["Too small."]);
    assert_eq!(plain(&found.invalid[0]), "I didn't catch that. Enter a number of {1} or more.");
}

#[test]
fn saved_answers_stand_where_they_are_named() {
    let Kind::Options { choices, show } =
        ask(json!({ "kind": "options", "options": "sizes", "show": "list" })).kind
    else {
        panic!("options")
    };
    assert_eq!(show, Show::List);
    let seen: Vec<(&str, &str)> = choices.iter().map(|c| (c.value.as_str(), c.label.as_str())).collect();
    assert_eq!(seen, [("S", "S"), ("L", "Large")]);
    let Kind::Pattern(patterns) = ask(json!({ "kind": "pattern", "patterns": "codes" })).kind else {
        panic!("patterns")
    };
    assert_eq!(patterns, [NamedPattern { name: "short".to_owned(), patterns: vec!["\\d{3}".to_owned()] }]);
}

#[test]
fn a_list_known_only_when_asked_has_labels_and_values() {
    let found = ask(json!({ "kind": "options", "from": { "variable": "price" }, "otherwise": "None" }));
    let Kind::Dynamic { from, label, value, otherwise, .. } = found.kind else { panic!("dynamic") };
    assert_eq!(from, Expr::Variable("price".to_owned()));
    assert_eq!(expression::print(&label), "item.label != null ? item.label : item");
    assert_eq!(value, Expr::Local("item".to_owned()));
    assert_eq!(otherwise.map(|choice| choice.value).as_deref(), Some("None"));
    let own = json!({ "kind": "options", "from": { "variable": "price" }, "item_label": "${item}.name", "item_value": "${item.id}" });
    let Kind::Dynamic { label, value, .. } = ask(own).kind else { panic!("dynamic") };
    assert_eq!(
        (expression::print(&label).as_str(), expression::print(&value).as_str()),
        ("item.name", "item.id")
    );
}

#[test]
fn limits_are_values_of_the_kind() {
    let found = ask(
        json!({ "kind": "date", "earliest": { "to": { "variable": "current_date" }, "add": { "days": 1 } }, "latest": "2026-12-31", "weekdays": ["sunday"], "confirm": false }),
    );
    let Kind::Date { from, to, weekdays, confirm } = found.kind else { panic!("a date") };
    assert_eq!(from.map(|from| expression::print(&from)).as_deref(), Some("${current_date}.plusDays(1)"));
    assert_eq!(to, Some(Value::Date(read_date("2026-12-31").unwrap()).into()));
    assert_eq!((weekdays, confirm), (vec![7], false));
}

#[test]
fn yes_and_no_have_the_authors_words_first() {
    let Kind::YesNo { yes, no } = ask(json!({ "kind": "yes_no", "yes": ["Go on", "do it"] })).kind else {
        panic!("yes or no")
    };
    assert_eq!((yes, no), (vec!["Go on".to_owned(), "do it".to_owned()], vec!["No".to_owned()]));
}

#[test]
fn what_is_no_question_is_noted() {
    for (ask, code, path) in [
        (json!({ "kind": "options" }), "missing-options", ""),
        (json!({ "kind": "options", "options": [] }), "missing-options", "/options"),
        (json!({ "kind": "options", "options": "size" }), "unknown-saved", "/options"),
        (json!({ "kind": "options", "options": "codes" }), "unknown-saved", "/options"),
        (json!({ "kind": "options", "options": ["A"], "from": [1] }), "two-lists", "/options"),
        (json!({ "kind": "options", "options": ["A"], "otherwise": "B" }), "key-without-from", "/otherwise"),
        (json!({ "kind": "options", "from": [1], "item_label": "${item" }), "bad-expression", "/item_label"),
        (json!({ "kind": "pattern" }), "missing-patterns", ""),
        (json!({ "kind": "pattern", "patterns": "mail" }), "unknown-saved", "/patterns"),
        (json!({ "kind": "pattern", "patterns": { "x": ["a", "("] } }), "bad-pattern", "/patterns/x/1"),
        (json!({ "kind": "text", "min": 1 }), "key-of-other-kind", "/min"),
        (json!({ "kind": "number", "weekdays": ["monday"] }), "key-of-other-kind", "/weekdays"),
        (json!({ "kind": "number", "min": 9, "max": 1 }), "empty-range", "/min"),
        (json!({ "kind": "number", "min": true }), "wrong-kind", "/min"),
        (json!({ "kind": "date", "earliest": "monday" }), "wrong-kind", "/earliest"),
        (
            json!({ "kind": "date", "earliest": "2026-12-02", "latest": "2026-12-01" }),
            "empty-range",
            "/earliest",
        ),
        (json!({ "kind": "date", "latest": "soon" }), "bad-date", "/latest"),
        (json!({ "kind": "text", "invalid": ["Fine.", "{"] }), "bad-text", "/invalid/1"),
    ] {
        check_wrong(json!([{ "id": "a", "say": "?", "ask": ask }]), &[(code, &format!("0/ask{path}"))]);
    }
    let found = remedy(json!([{ "id": "a", "say": "?", "ask": { "kind": "pattern", "patterns": "emial" } }]));
    assert_eq!(found, "did you mean `email`?");
}
