//! Operators by type, methods by family, and what keeps expressions in bounds. Values stand as JSON; in JSON dates are
//! texts, and texts of ISO 8601 are dates to every method.

mod bounds;
mod methods;
mod operators;

use super::evaluate;
use super::sample::{Sample, json};
use crate::definition::{BinaryOp, Expr, Function, Method};
use crate::json::to_json;
use crate::value::Value;

pub fn same(found: &str, expected: &str) {
    assert!(fits(found, expected), "{found}, not {expected}");
}

/// The JSON expected, or, behind `! `, words that the failure must have in it.
pub fn fits(found: &str, expected: &str) -> bool {
    match expected.strip_prefix("! ") {
        Some(words) => found.starts_with("! ") && found.contains(words),
        None => found == expected,
    }
}

/// The value as JSON, or `! ` and why there is none.
pub fn worth(expr: &Expr) -> String {
    match evaluate(expr, &mut Sample::new()) {
        Ok(value) => to_json(&value),
        Err(failed) => format!("! {failed}"),
    }
}

pub fn value(text: &str) -> Expr {
    Expr::Value(json(text))
}

pub fn variable(name: &str) -> Expr {
    Expr::Variable(name.to_owned())
}

pub fn field(of: Expr, name: &str) -> Expr {
    Expr::Field(Box::new(of), name.to_owned())
}

pub fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::Binary(op, Box::new(left), Box::new(right))
}

pub fn called(on: Expr, method: &str, args: &str) -> Expr {
    let (_, method, least, most) = Method::ALL.iter().find(|(name, ..)| *name == method).expect(method);
    let args = arguments(args, *least, *most);
    Expr::Method(Box::new(on), *method, args)
}

pub fn function(name: &str, args: &str) -> Expr {
    let (_, function, least, most) = Function::ALL.iter().find(|(known, ..)| *known == name).expect(name);
    Expr::Call(*function, arguments(args, *least, *most))
}

fn arguments(text: &str, least: usize, most: usize) -> Vec<Expr> {
    let Value::List(args) = json(text) else { panic!("no list: {text}") };
    assert!((least..=most).contains(&args.len()), "{text}");
    args.into_iter().map(Expr::Value).collect()
}
