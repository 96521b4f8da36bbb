//! No expression runs for ever or fills the memory.

use super::*;
use crate::definition::UnaryOp;
use crate::evaluate::Scope;
use crate::limits::{EXPRESSION_DEPTH_MAX, VALUE_BYTES_MAX, VALUE_DEPTH_MAX};
use proptest::prelude::*;

#[test]
fn arguments_are_counted() {
    let too_few = Expr::Method(Box::new(value("\"a\"")), Method::Substring, Vec::new());
    assert_eq!(worth(&too_few), "! `substring` takes 1 to 2 arguments, not 0");
    let too_many = Expr::Call(Function::Abs, vec![value("1"), value("2")]);
    assert_eq!(worth(&too_many), "! `Math.abs` takes 1 to 1 arguments, not 2");
    for (index, (name, method, ..)) in Method::ALL.iter().enumerate() {
        assert_eq!((*method as usize, method.spelling()), (index, *name));
    }
}

#[test]
fn no_value_grows_out_of_bounds() {
    let mut scope = Sample::new();
    scope.variables.insert("text".to_owned(), Value::Text("a".repeat(VALUE_BYTES_MAX / 2 + 1)));
    for doubled in [
        binary(BinaryOp::Add, variable("text"), variable("text")),
        Expr::Method(Box::new(variable("text")), Method::Append, vec![variable("text")]),
        Expr::Method(Box::new(variable("text")), Method::Replace, vec![value("\"a\""), variable("text")]),
        Expr::List(vec![variable("text"), variable("text")]),
    ] {
        let failed = evaluate(&doubled, &mut scope).unwrap_err();
        assert!(failed.0.contains("a value can have 262144 bytes"), "{failed}");
    }
    let nest = Expr::List(vec![variable("nested")]);
    let deepest = (0..=VALUE_DEPTH_MAX).find(|_| match evaluate(&nest, &mut scope) {
        Ok(deeper) => {
            scope.change_variable("nested", deeper);
            false
        }
        Err(_) => true,
    });
    assert!(deepest.is_some_and(|levels| levels >= VALUE_DEPTH_MAX - 1), "{deepest:?}");
}

#[test]
fn no_expression_runs_for_long() {
    let mut scope = Sample::new();
    let many = Value::List(vec![Value::Number(1.0); 2_000]);
    scope.variables.insert("many".to_owned(), many);
    let each = |name: &str, test: Expr| Expr::Filter {
        of: Box::new(variable("many")),
        name: name.to_owned(),
        test: Box::new(test),
    };
    let inner = binary(BinaryOp::Greater, called(each("y", value("true")), "size", "[]"), value("0"));
    let failed = evaluate(&each("x", inner), &mut scope).unwrap_err();
    assert!(failed.0.contains("takes too long"), "{failed}");
}

#[test]
fn deep_expressions_fail_before_the_stack_does() {
    let deeper: [fn(Expr) -> Expr; 4] = [
        |of| Expr::Unary(UnaryOp::Minus, Box::new(of)),
        |of| called(of, "toInt", "[]"),
        |of| Expr::Method(Box::new(value("1")), Method::Equals, vec![of]),
        |of| Expr::Filter {
            of: Box::new(Expr::List(vec![of])),
            name: "x".to_owned(),
            test: Box::new(value("true")),
        },
    ];
    for deeper in deeper {
        let mut deep = value("1");
        for _ in 0..EXPRESSION_DEPTH_MAX {
            deep = deeper(deep);
        }
        assert!(worth(&deep).contains("nested"), "{}", worth(&deep));
    }
}

proptest! {
    #[test]
    fn no_expression_panics_or_makes_an_improper_value(expr in any_expr()) {
        let mut scope = Sample::new();
        if let Ok(value) = evaluate(&expr, &mut scope) {
            prop_assert!(proper(&value), "{:?}", value);
        }
        prop_assert!(scope.variables.values().chain(scope.steps.values()).all(proper));
    }
}

/// Within its bounds, and without numbers that are none.
fn proper(value: &Value) -> bool {
    fn finite(value: &Value) -> bool {
        if let Value::List(items) = value {
            return items.iter().all(finite);
        }
        if let Value::Map(map) = value {
            return map.values().all(finite);
        }
        value.number().is_none_or(f64::is_finite)
    }
    let (bytes, depth) = value.measure();
    finite(value) && bytes <= VALUE_BYTES_MAX + 64 && depth <= VALUE_DEPTH_MAX
}

fn any_expr() -> impl Strategy<Value = Expr> {
    let names = prop::sample::select(vec!["list", "map", "count", "name", "ghost"]);
    let steps = prop::sample::select(vec!["day", "hour", "price", "rate", "sure", "size", "choice"]);
    let values = prop::sample::select(vec![
        "0",
        "1",
        "-2",
        "3.5",
        "1e300",
        "1e15",
        "\"\"",
        "\"a\"",
        "\"%s%05d\"",
        "\"(a|b)*$1\"",
        "\"2024-02-29\"",
        "\"23:59\"",
        "\"EEEE d 'x' z\"",
        "true",
        "null",
        "[]",
        "[1,[2],\"a\"]",
        "{\"p\":1}",
        "\"%e.p% %e%\"",
        "\"é\u{1f600}\"",
    ]);
    let leaf = prop_oneof![
        names.prop_map(variable),
        steps.prop_map(|name| Expr::Step(name.to_owned())),
        values.prop_map(value),
        Just(Expr::Input),
        Just(Expr::Local("x".to_owned())),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let method = prop::sample::select(Method::ALL);
        let function = prop::sample::select(Function::ALL);
        let four = || prop::collection::vec(inner.clone(), 4);
        let several = || prop::collection::vec(inner.clone(), 0..5);
        let op = prop::sample::select(vec![
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Multiply,
            BinaryOp::Divide,
            BinaryOp::Remainder,
            BinaryOp::Equal,
            BinaryOp::NotEqual,
            BinaryOp::Less,
            BinaryOp::GreaterOrEqual,
            BinaryOp::And,
            BinaryOp::Or,
        ]);
        prop_oneof![
            4 => (boxed(), method, four(), 0..5usize).prop_map(|(of, (_, method, least, most), args, count)| {
                Expr::Method(of, method, args.into_iter().take(count.clamp(least, most)).collect())
            }),
            2 => (function, four(), 0..5usize).prop_map(|((_, function, least, most), args, count)| {
                Expr::Call(function, args.into_iter().take(count.clamp(least, most)).collect())
            }),
            2 => (op, boxed(), boxed()).prop_map(|(op, a, b)| Expr::Binary(op, a, b)),
            1 => (boxed(), boxed(), boxed()).prop_map(|(a, b, c)| Expr::Choose(a, b, c)),
            1 => (boxed(), boxed()).prop_map(|(a, b)| Expr::Index(a, b)),
            1 => boxed().prop_map(|a| Expr::Field(a, "p".to_owned())),
            1 => boxed().prop_map(|a| Expr::Unary(UnaryOp::Minus, a)),
            1 => several().prop_map(Expr::List),
            1 => several().prop_map(|all| Expr::Map(all.into_iter().map(|a| ("p".to_owned(), a)).collect())),
            1 => (boxed(), boxed()).prop_map(|(of, test)| Expr::Filter { of, name: "x".to_owned(), test }),
        ]
    })
}
