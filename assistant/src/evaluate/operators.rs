//! Operators on values. Money keeps its currency as long as that makes sense.

use super::{Failed, dates, order};
use crate::definition::BinaryOp;
use crate::number::remainder;
use crate::value::Value;
use std::cmp::Ordering;

/// Whether a value is yes; nothing for values that are neither yes nor no.
pub fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Nothing => Some(false),
        Value::YesNo(yes) => Some(*yes),
        Value::List(_) | Value::Map(_) => Some(true),
        Value::Text(text) => yes_no(text),
        Value::Number(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Money { .. }
        | Value::Percent(_) => None,
    }
}

/// Reads `yes`, `no`, `true`, `false`, regardless of case.
pub fn yes_no(text: &str) -> Option<bool> {
    let is = |word: &&str| text.trim().eq_ignore_ascii_case(word);
    let yes = ["yes", "true"].iter().any(is);
    (yes || ["no", "false"].iter().any(is)).then_some(yes)
}

/// A number with a function applied; money stays money.
pub fn mapped(name: &str, value: &Value, apply: fn(f64) -> f64) -> Result<Value, Failed> {
    let number =
        value.number().ok_or_else(|| Failed(format!("`{name}` needs a number, not {}", value.kind())))?;
    Ok(like(value, finite(name, apply(number))?))
}

/// `-`, `*`, `/`, `%`, and `+` of numbers.
pub fn arithmetic(op: BinaryOp, left: &Value, right: &Value) -> Result<Value, Failed> {
    let name = op.spelling();
    let (Some(a), Some(b)) = (left.number(), right.number()) else {
        let (left, right) = (left.kind(), right.kind());
        return Err(Failed(format!("`{name}` needs numbers, not {left} and {right}")));
    };
    if let (Value::Money { currency: a, .. }, Value::Money { currency: b, .. }) = (left, right)
        && differ(a, b)
    {
        return Err(Failed(format!("`{name}` cannot mix {a} and {b}")));
    }
    if b == 0.0 && matches!(op, BinaryOp::Divide | BinaryOp::Remainder) {
        return Err(Failed(format!("`{name}` by zero")));
    }
    let number = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Remainder => remainder(a, b),
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual
        | BinaryOp::And
        | BinaryOp::Or => return Err(Failed(format!("`{name}` does not compute"))),
    };
    let number = finite(name, number)?;
    let both = std::mem::discriminant(left) == std::mem::discriminant(right);
    let linear = matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Remainder);
    Ok(match (left, right) {
        (Value::Money { currency, .. }, _) if linear && currency.is_empty() => like(right, number),
        (Value::Money { .. }, _) if linear || !both => like(left, number),
        (_, Value::Money { .. }) if op != BinaryOp::Divide && !both => like(right, number),
        (Value::Percent(_), Value::Percent(_)) if linear => Value::Percent(number),
        (_, _) => Value::Number(number),
    })
}

/// `<`, `<=`, `>`, `>=`. Texts that are no numbers and no dates stand in the order of their letters; of a date and a
/// time neither is before the other.
pub fn ordered(op: BinaryOp, left: &Value, right: &Value) -> Result<Value, Failed> {
    let found = order(left, right).or_else(|| match (left, right) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (_, _) => None,
    });
    match found {
        Some(found) => Ok(Value::YesNo(fits(op, found))),
        None if dates::Moment::of(left).is_some() && dates::Moment::of(right).is_some() => {
            Ok(Value::YesNo(false))
        }
        None => {
            let (left, right) = (left.kind(), right.kind());
            Err(Failed(format!("`{}` cannot compare {left} with {right}", op.spelling())))
        }
    }
}

/// Whether two currencies are known to differ.
pub fn differ(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && a != b
}

/// A number that can be a value.
pub fn finite(name: &str, number: f64) -> Result<f64, Failed> {
    match number.is_finite() {
        true => Ok(number),
        false => Err(Failed(format!("`{name}` has no result that is a number"))),
    }
}

/// A number of the same kind as this value.
fn like(value: &Value, number: f64) -> Value {
    match value {
        Value::Money { currency, .. } => Value::Money { amount: number, currency: currency.clone() },
        Value::Percent(_) => Value::Percent(number),
        Value::Nothing
        | Value::Text(_)
        | Value::Number(_)
        | Value::YesNo(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::List(_)
        | Value::Map(_) => Value::Number(number),
    }
}

fn fits(op: BinaryOp, found: Ordering) -> bool {
    match op {
        BinaryOp::Less => found.is_lt(),
        BinaryOp::LessOrEqual => found.is_le(),
        BinaryOp::Greater => found.is_gt(),
        BinaryOp::GreaterOrEqual => found.is_ge(),
        BinaryOp::Equal => found.is_eq(),
        BinaryOp::NotEqual => found.is_ne(),
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::Divide
        | BinaryOp::Remainder
        | BinaryOp::And
        | BinaryOp::Or => false,
    }
}
