//! Every operator, by the kinds of its sides.

use super::*;
use crate::definition::UnaryOp;
use crate::evaluate::evaluate_with;

#[test]
fn fields_of_answers() {
    let step = |name: &str| Expr::Step(name.to_owned());
    for (of, name, value) in [
        ("size", "value", "\"Large\""),
        ("size", "literal", "\"Large\""),
        ("size", "item", "\"Large\""),
        ("size", "ghost", "null"),
        ("price", "value", "12.5"),
        ("price", "unit", "\"EUR\""),
        ("rate", "value", "15"),
        ("sure", "value", "true"),
        ("day", "value", "\"2026-04-20\""),
        ("choice", "id", "7"),
        ("choice", "ghost", "null"),
        ("choice", "value", "\"Seven\""),
        ("choice", "label", "\"Seven\""),
        ("choice", "item", r#"{"id":7,"label":"Seven"}"#),
        ("ghost", "value", "null"),
    ] {
        assert_eq!(worth(&field(step(of), name)), value, "{of}.{name}");
    }
    for name in ["item", "value"] {
        assert_eq!(worth(&field(variable("map"), name)), "null");
    }
    assert_eq!(worth(&field(field(variable("map"), "deep"), "n")), "1");
}

#[test]
fn elements_by_place_and_by_name() {
    let index = |of: Expr, at: &str| worth(&Expr::Index(Box::new(of), Box::new(value(at))));
    assert_eq!(index(variable("list"), "1"), "\"b\"");
    assert_eq!(index(variable("list"), "9"), "null");
    assert_eq!(index(variable("map"), "\"name\""), "\"Ada\"");
    assert_eq!(index(variable("ghost"), "0"), "null");
    assert!(index(variable("list"), "0.5").contains("not 0.5"));
    assert!(index(variable("name"), "0").contains("a text has no elements"));
}

#[test]
fn what_is_missing_is_named() {
    let of_ghost = called(field(variable("map"), "ghost"), "append", "[1]");
    assert_eq!(worth(&of_ghost), "! `ghost` of `${map}` has no value: test first whether it is defined");
    let sum = binary(BinaryOp::Subtract, variable("count"), Expr::Step("ghost".to_owned()));
    assert_eq!(worth(&sum), "! `${ghost}` has no value: test first whether it is defined");
}

#[test]
fn numbers_are_computed() {
    operators(&[
        ("7", BinaryOp::Divide, "2", "3.5"),
        ("-7", BinaryOp::Remainder, "2", "-1"),
        ("7", BinaryOp::Subtract, "\"2\"", "5"),
        ("1.5", BinaryOp::Multiply, "4", "6"),
        ("1", BinaryOp::Add, "2", "3"),
        ("1", BinaryOp::Divide, "0", "! `/` by zero"),
        ("1", BinaryOp::Remainder, "0", "! `%` by zero"),
        ("1e308", BinaryOp::Multiply, "10", "! no result that is a number"),
        ("1", BinaryOp::Subtract, "\"x\"", "! `-` needs numbers, not a number and a text"),
        ("[1]", BinaryOp::Add, "1", "! `+` needs numbers, not a list and a number"),
        ("null", BinaryOp::Add, "1", "! has no value"),
    ]);
    assert_eq!(worth(&Expr::Unary(UnaryOp::Minus, Box::new(value("3")))), "-3");
    assert!(worth(&Expr::Unary(UnaryOp::Minus, Box::new(value("true")))).contains("needs a number"));
}

#[test]
fn a_text_is_joined_with_what_stands_beside_it() {
    operators(&[
        ("\"a\"", BinaryOp::Add, "1.5", "\"a1.5\""),
        ("1", BinaryOp::Add, "\"2\"", "\"12\""),
        ("\"a\"", BinaryOp::Add, "null", "\"a\""),
        ("\"a\"", BinaryOp::Add, "[1]", "\"a[1]\""),
        ("true", BinaryOp::Add, "\"!\"", "\"yes!\""),
    ]);
}

#[test]
fn money_keeps_its_currency() {
    let price = || Expr::Step("price".to_owned());
    for (op, right, worth_) in [
        (BinaryOp::Add, value("1"), r#"{"unit":"EUR","value":13.5}"#),
        (BinaryOp::Multiply, value("2"), r#"{"unit":"EUR","value":25}"#),
        (BinaryOp::Add, price(), r#"{"unit":"EUR","value":25}"#),
        (BinaryOp::Divide, price(), "1"),
        (BinaryOp::Subtract, Expr::Value(money(1.0, "USD")), "! `-` cannot mix EUR and USD"),
        (BinaryOp::Add, Expr::Value(money(1.0, "")), r#"{"unit":"EUR","value":13.5}"#),
        (BinaryOp::Multiply, Expr::Step("rate".to_owned()), r#"{"unit":"EUR","value":187.5}"#),
        (BinaryOp::Greater, value("12"), "true"),
        (BinaryOp::Less, Expr::Value(money(20.0, "USD")), "! cannot compare"),
        (BinaryOp::Equal, Expr::Value(money(12.5, "USD")), "false"),
        (BinaryOp::Equal, value("12.5"), "true"),
    ] {
        same(&worth(&binary(op, price(), right)), worth_);
    }
    same(
        &worth(&binary(BinaryOp::Add, Expr::Value(money(1.0, "")), price())),
        r#"{"unit":"EUR","value":13.5}"#,
    );
    same(&worth(&binary(BinaryOp::Multiply, value("2"), price())), r#"{"unit":"EUR","value":25}"#);
    same(&worth(&binary(BinaryOp::Divide, value("25"), price())), "2");
}

#[test]
fn values_are_equal_where_the_meaning_is_plain() {
    operators(&[
        ("5", BinaryOp::Equal, "\"5\"", "true"),
        ("5", BinaryOp::Equal, "\"5.0\"", "true"),
        ("5", BinaryOp::Equal, "\"05\"", "false"),
        ("5", BinaryOp::NotEqual, "\"5 apples\"", "true"),
        ("\"a\"", BinaryOp::Equal, "\"A\"", "false"),
        ("true", BinaryOp::Equal, "\"Yes\"", "true"),
        ("false", BinaryOp::Equal, "\"false\"", "true"),
        ("true", BinaryOp::Equal, "1", "false"),
        ("null", BinaryOp::Equal, "null", "true"),
        ("null", BinaryOp::Equal, "\"\"", "false"),
        ("[1,\"a\"]", BinaryOp::Equal, "[\"1\",\"a\"]", "true"),
        ("[1]", BinaryOp::Equal, "[1,2]", "false"),
        ("{\"a\":1}", BinaryOp::Equal, "{\"a\":1}", "true"),
        ("{\"a\":1}", BinaryOp::Equal, "{\"b\":1}", "false"),
        ("{\"label\":\"A\",\"id\":1}", BinaryOp::Equal, "\"A\"", "true"),
        ("\"A\"", BinaryOp::Equal, "{\"label\":\"A\",\"value\":\"a\"}", "false"),
    ]);
    for (right, expected) in [("\"2026-04-20\"", "true"), ("\"Monday\"", "true"), ("\"tuesday\"", "false")] {
        assert_eq!(worth(&binary(BinaryOp::Equal, Expr::Step("day".to_owned()), value(right))), expected);
    }
    for (right, expected) in [("\"09:05\"", "true"), ("\"09:05:01\"", "false"), ("\"nine\"", "false")] {
        assert_eq!(worth(&binary(BinaryOp::Equal, Expr::Step("hour".to_owned()), value(right))), expected);
    }
}

#[test]
fn values_stand_in_an_order() {
    operators(&[
        ("2", BinaryOp::Less, "\"10\"", "true"),
        ("\"2\"", BinaryOp::Less, "\"10\"", "true"),
        ("\"b\"", BinaryOp::Greater, "\"a\"", "true"),
        ("2", BinaryOp::LessOrEqual, "2", "true"),
        ("2", BinaryOp::GreaterOrEqual, "3", "false"),
        ("\"2026-01-02\"", BinaryOp::Greater, "\"2026-01-01\"", "true"),
        ("\"2026-01-02\"", BinaryOp::Greater, "\"10:00\"", "true"),
        ("2", BinaryOp::Less, "\"many\"", "! `<` cannot compare a number with a text"),
        ("2", BinaryOp::Less, "null", "! has no value"),
        ("true", BinaryOp::Less, "2", "! cannot compare yes or no with a number"),
    ]);
    for op in [BinaryOp::Less, BinaryOp::LessOrEqual, BinaryOp::Greater, BinaryOp::GreaterOrEqual] {
        let mixed = binary(op, Expr::Step("day".to_owned()), Expr::Step("hour".to_owned()));
        assert_eq!(worth(&mixed), "false", "{op:?}");
    }
}

#[test]
fn what_is_not_needed_is_not_evaluated() {
    let fails = || binary(BinaryOp::Divide, value("1"), value("0"));
    assert_eq!(worth(&binary(BinaryOp::And, value("false"), fails())), "false");
    assert_eq!(worth(&binary(BinaryOp::Or, value("true"), fails())), "true");
    let choose = |test: Expr| Expr::Choose(Box::new(test), Box::new(value("1")), Box::new(fails()));
    assert_eq!(worth(&choose(value("\"yes\""))), "1");
    assert!(worth(&choose(value("null"))).contains("by zero"));
    assert_eq!(worth(&choose(variable("map"))), "1");
    assert!(worth(&choose(variable("count"))).contains("`${count}` must be yes or no and is a number"));
    assert_eq!(worth(&Expr::Unary(UnaryOp::Not, Box::new(variable("ghost")))), "true");
}

#[test]
fn filters_test_each_element() {
    let items = r#"[{"p":1},{"p":5},{"q":9},{"p":7}]"#;
    let filter = |of: &str, test: Expr| Expr::Filter {
        of: Box::new(value(of)),
        name: "x".to_owned(),
        test: Box::new(test),
    };
    let p = || field(Expr::Local("x".to_owned()), "p");
    let defined = binary(BinaryOp::NotEqual, p(), value("null"));
    let large = binary(BinaryOp::And, defined, binary(BinaryOp::Greater, p(), value("3")));
    assert_eq!(worth(&filter(items, large)), r#"[{"p":5},{"p":7}]"#);
    assert!(
        worth(&filter(items, binary(BinaryOp::Greater, p(), value("3")))).contains("`p` of `x` has no value")
    );
    assert!(worth(&filter("7", value("true"))).contains("`filter` needs a list"));
    assert_eq!(worth(&Expr::Local("x".to_owned())), "null");
}

#[test]
fn input_and_literals() {
    assert_eq!(worth(&Expr::Input), "\"I said: help, SOS!\"");
    let map = Expr::Map(vec![("a".to_owned(), Expr::List(vec![variable("count"), value("null")]))]);
    assert_eq!(worth(&map), r#"{"a":[2,null]}"#);
    let mut scope = Sample::new();
    let item = field(Expr::Local("item".to_owned()), "id");
    assert_eq!(evaluate_with(&item, "item", &json(r#"{"id":7}"#), &mut scope), Ok(Value::Number(7.0)));
}

fn operators(rows: &[(&str, BinaryOp, &str, &str)]) {
    for (left, op, right, expected) in rows {
        let found = worth(&binary(*op, value(left), value(right)));
        assert!(fits(&found, expected), "{left} {op:?} {right} is {found}, not {expected}");
    }
}

fn money(amount: f64, currency: &str) -> Value {
    Value::Money { amount, currency: currency.to_owned() }
}
