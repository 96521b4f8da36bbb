//! Conditions and what is compared in them.

use super::*;
use assistant::civil::{read_date, read_time};

const ASKED: &str = r#"[
    { "id": "what", "say": "?", "ask": { "kind": "options", "options": [{ "label": "A bike", "value": "bike" }, "Car"] } },
    { "id": "sure", "say": "?", "ask": { "kind": "yes_no", "yes": ["Go on"] } },
    { "id": "many", "say": "?", "ask": { "kind": "number" } },
    { "id": "day", "say": "?", "ask": { "kind": "date" } },
    { "id": "at", "say": "?", "ask": { "kind": "time" } },
    { "id": "mail", "say": "?", "ask": { "kind": "pattern", "patterns": "email" } },
    { "id": "quiet", "say": "." }
]"#;

/// Questions of every kind, and a last step with this condition.
fn asked(when: Json) -> Json {
    let mut steps: Json = serde_json::from_str(ASKED).unwrap();
    steps.as_array_mut().unwrap().push(json!({ "id": "last", "when": when, "say": "." }));
    steps
}

fn condition(when: Json) -> Condition {
    steps(asked(when)).pop().unwrap().when.unwrap()
}

fn check(when: Json, op: TestOp, right: Expr) {
    let Condition::Test(test) = condition(when.clone()) else { panic!("a comparison: {when}") };
    assert_eq!((test.op, test.right), (op, right), "{when}");
}

#[test]
fn literals_become_values_of_the_kind_they_are_compared_with() {
    let date = |text| Expr::Value(Value::Date(read_date(text).unwrap()));
    let time = |text| Expr::Value(Value::Time(read_time(text).unwrap()));
    let yes = |yes| Expr::Value(Value::YesNo(yes));
    for (step, value, right) in [
        ("what", json!("a BIKE"), text("bike")),
        ("what", json!("bike"), text("bike")),
        ("what", json!("car"), text("Car")),
        ("sure", json!("yes"), yes(true)),
        ("sure", json!("go on"), yes(true)),
        ("sure", json!("No"), yes(false)),
        ("sure", json!(true), yes(true)),
        ("many", json!("7.5"), number(7.5)),
        ("many", json!(7), number(7.0)),
        ("day", json!("2026-11-21"), date("2026-11-21")),
        ("day", json!("Monday"), text("monday")),
        ("at", json!("17:30"), time("17:30")),
        ("mail", json!("x"), text("x")),
    ] {
        check(json!({ "step": step, "operator": "is", "value": value }), TestOp::Is, right);
    }
    check(
        json!({ "variable": "current_date", "operator": "before", "value": "2026-11-21" }),
        TestOp::Less,
        date("2026-11-21"),
    );
    check(
        json!({ "step": "what", "operator": "is_any_of", "value": ["A bike", "Car"] }),
        TestOp::IsAnyOf,
        Value::List(vec![Value::text("bike"), Value::text("Car")]).into(),
    );
    check(json!({ "variable": "price", "operator": "is", "value": "7" }), TestOp::Is, text("7"));
}

#[test]
fn every_operator_is_known() {
    for (operator, op) in [
        ("is", TestOp::Is),
        ("is_not", TestOp::IsNot),
        ("<", TestOp::Less),
        ("<=", TestOp::LessOrEqual),
        (">", TestOp::Greater),
        (">=", TestOp::GreaterOrEqual),
        ("before", TestOp::Less),
        ("on_or_before", TestOp::LessOrEqual),
        ("after", TestOp::Greater),
        ("on_or_after", TestOp::GreaterOrEqual),
        ("contains", TestOp::Contains),
        ("does_not_contain", TestOp::DoesNotContain),
        ("matches", TestOp::Matches),
        ("does_not_match", TestOp::DoesNotMatch),
    ] {
        check(json!({ "variable": "price", "operator": operator, "value": 1 }), op, number(1.0));
    }
    for (operator, op) in [("is_defined", TestOp::IsDefined), ("is_not_defined", TestOp::IsNotDefined)] {
        check(json!({ "variable": "price", "operator": operator }), op, Expr::default());
    }
}

#[test]
fn groups_words_and_expressions_are_conditions() {
    let found = condition(json!({ "all": [
        { "any": [{ "said": "urgent_words" }, { "not": { "expression": "${many} > 3" } }] },
        { "left": { "to": { "variable": "current_date" }, "add": { "weeks": 1, "days": -2 } }, "operator": "after", "value": { "step": "day" } }
    ] }));
    let Condition::All(all) = found else { panic!("all") };
    let [Condition::Any(any), Condition::Test(test)] = all.as_slice() else { panic!("two") };
    assert_eq!(any[0], Condition::Said("urgent_words".to_owned()));
    let Condition::Not(not) = &any[1] else { panic!("not") };
    assert!(matches!(not.as_ref(), Condition::Expression(Expr::Binary(BinaryOp::Greater, ..))));
    assert_eq!(expression::print(&test.left), "${current_date}.plusDays(5)");
    assert_eq!(test.right, Expr::Step("day".to_owned()));
}

#[test]
fn what_cannot_be_compared_is_noted() {
    for (when, code, path) in [
        (json!({ "operator": "is", "value": 1 }), "one-left-side", ""),
        (json!({ "variable": "price", "step": "many", "operator": "is", "value": 1 }), "one-left-side", ""),
        (json!({ "variable": "price", "operator": "is" }), "missing-value", ""),
        (json!({ "variable": "price", "operator": "is_defined", "value": 1 }), "superfluous-value", "/value"),
        (json!({ "step": "quiet", "operator": "is", "value": 1 }), "step-without-answer", "/step"),
        (json!({ "step": "prise", "operator": "is", "value": 1 }), "unknown-step", "/step"),
        (json!({ "variable": "many", "operator": "is", "value": 1 }), "unknown-variable", "/variable"),
        (json!({ "step": "what", "operator": "is", "value": "Boat" }), "unknown-option", "/value"),
        (
            json!({ "step": "what", "operator": "is_any_of", "value": ["Car", "Boat"] }),
            "unknown-option",
            "/value/1",
        ),
        (json!({ "step": "what", "operator": "is_any_of", "value": "Car" }), "not-a-list", "/value"),
        (json!({ "step": "what", "operator": "is_none_of", "value": [] }), "empty-list", "/value"),
        (json!({ "step": "sure", "operator": "is", "value": "maybe" }), "wrong-kind", "/value"),
        (json!({ "step": "many", "operator": ">", "value": "few" }), "wrong-kind", "/value"),
        (json!({ "step": "day", "operator": "after", "value": "21.11.2026" }), "bad-date", "/value"),
        (json!({ "step": "at", "operator": "after", "value": "5 pm" }), "bad-time", "/value"),
        (json!({ "variable": "price", "operator": "matches", "value": "(" }), "bad-pattern", "/value"),
        (json!({ "said": "urgent" }), "unknown-list", "/said"),
        (json!({ "not": { "all": [{ "expression": "${x}" }] } }), "unknown-name", "/not/all/0/expression"),
    ] {
        check_wrong(asked(when), &[(code, &format!("7/when{path}"))]);
    }
}

#[test]
fn remedies_name_what_was_probably_meant() {
    for (when, told) in [
        (json!({ "variable": "prise", "operator": "is_defined" }), "did you mean `price`?"),
        (json!({ "variable": "many", "operator": "is_defined" }), "write `step` instead of `variable`"),
        (json!({ "step": "price", "operator": "is_defined" }), "write `variable` instead of `step`"),
        (json!({ "step": "mnay", "operator": "is_defined" }), "did you mean `many`?"),
        (json!({ "step": "what", "operator": "is", "value": "A bikes" }), "did you mean `A bike`?"),
        (json!({ "said": "urgent" }), "`urgent_words`, `danger_words`, `profane_words`"),
    ] {
        let found = remedy(asked(when));
        assert!(found.contains(told), "{found}");
    }
}
