//! Whether two values are the same, and which comes first. Values of different kinds are compared where the meaning is
//! plain: a number with a text that is one, a date with a text of ISO 8601 or the English name of a weekday, yes and no
//! with their English names, money with a bare number, the element behind a dynamic option with its value or label.

use super::dates::Moment;
use super::operators::{differ, yes_no};
use crate::fold::fold;
use crate::value::Value;
use jiff::civil::Weekday;
use std::cmp::Ordering;

/// Whether they are the same, texts to the letter: `==` in an expression.
pub fn equal(left: &Value, right: &Value) -> bool {
    same(left, right, |a, b| a == b)
}

/// Whether they are the same, texts regardless of case, accents and punctuation: `is` in a condition.
pub fn is(left: &Value, right: &Value) -> bool {
    same(left, right, alike)
}

/// Which is smaller or earlier; nothing where that has no meaning.
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Value::Money { currency: a, .. }, Value::Money { currency: b, .. }) = (left, right)
        && differ(a, b)
    {
        return None;
    }
    match (left.number(), right.number()) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        (_, _) => Moment::of(left)?.order(Moment::of(right)?),
    }
}

fn same(left: &Value, right: &Value, texts: fn(&str, &str) -> bool) -> bool {
    match (left, right) {
        (Value::Text(a), Value::Text(b)) => texts(a, b),
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b, texts))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|((m, a), (n, b))| m == n && same(a, b, texts))
        }
        (Value::Text(text), Value::Map(map)) | (Value::Map(map), Value::Text(text)) => {
            let told = map.get("value").or_else(|| map.get("label"));
            matches!(told, Some(Value::Text(told)) if texts(text, told))
        }
        (Value::Text(text), other) | (other, Value::Text(text)) => means(text, other),
        (left, right) if left.number().is_some() => order(left, right) == Some(Ordering::Equal),
        (left, right) => left == right,
    }
}

/// Whether a text stands for a value of another kind.
fn means(text: &str, value: &Value) -> bool {
    match value {
        Value::YesNo(yes) => yes_no(text) == Some(*yes),
        Value::Number(_) | Value::Money { .. } | Value::Percent(_) => {
            order(&Value::text(text), value) == Some(Ordering::Equal)
        }
        Value::Date(date) if weekday(text) == Some(date.weekday()) => true,
        Value::DateTime(at) if weekday(text) == Some(at.weekday()) => true,
        Value::Date(_) | Value::Time(_) | Value::DateTime(_) => {
            order(&Value::text(text.trim()), value) == Some(Ordering::Equal)
        }
        Value::Nothing | Value::Text(_) | Value::List(_) | Value::Map(_) => false,
    }
}

fn weekday(text: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let index = NAMES.iter().position(|name| text.trim().eq_ignore_ascii_case(name))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

/// Texts without any letter, such as emoji, are the same only as themselves.
fn alike(a: &str, b: &str) -> bool {
    let folded = || Some(fold(a)).filter(|a| !a.is_empty());
    a == b || folded().is_some_and(|a| a == fold(b))
}
