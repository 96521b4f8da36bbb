//! Fields and elements of values. What is not there is nothing.

use super::Failed;
use crate::number::number_text;
use crate::value::Value;

/// `value.name`. Answers have the fields that the original gives them: `value`, `literal` and `item` of an option,
/// `value` and `unit` of an amount of money. Of an answer that is a map, the element behind a dynamic option, `item` is
/// the map and `value` its label.
pub fn field(of: Value, name: &str, answer: bool) -> Value {
    match of {
        Value::Map(mut map) => match map.remove(name) {
            Some(value) => value,
            None if answer && name == "item" => Value::Map(map),
            None if answer && name == "value" => map.remove("label").unwrap_or_default(),
            None => Value::Nothing,
        },
        Value::Money { amount, currency } => match name {
            "value" | "amount" => Value::Number(amount),
            "unit" | "currency" if !currency.is_empty() => Value::Text(currency),
            _ => Value::Nothing,
        },
        Value::Percent(percent) if name == "value" => Value::Number(percent),
        Value::Text(_)
        | Value::Number(_)
        | Value::YesNo(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_) => match name {
            "value" | "item" => of,
            "literal" | "label" => Value::Text(of.plain()),
            _ => Value::Nothing,
        },
        Value::Nothing | Value::Percent(_) | Value::List(_) => Value::Nothing,
    }
}

/// `value[index]`: an element of a list by its place from 0, of a map by its name.
pub fn indexed(of: Value, index: &Value) -> Result<Value, Failed> {
    match of {
        Value::List(mut items) => {
            let place = place(index)?;
            Ok(if place < items.len() { items.swap_remove(place) } else { Value::Nothing })
        }
        Value::Map(mut map) => Ok(map.remove(&index.plain()).unwrap_or_default()),
        Value::Nothing => Ok(Value::Nothing),
        Value::Text(_)
        | Value::Number(_)
        | Value::YesNo(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Money { .. }
        | Value::Percent(_) => Err(Failed(format!("{} has no elements: use a list or a map", of.kind()))),
    }
}

/// A place in a list.
pub fn place(index: &Value) -> Result<usize, Failed> {
    const PLACE_MAX: f64 = 1e9;
    match index.number() {
        Some(number) if number.fract() == 0.0 && (0.0..PLACE_MAX).contains(&number) => Ok(number as usize),
        Some(number) => Err(no_place(&number_text(number))),
        None => Err(no_place(index.kind())),
    }
}

fn no_place(given: &str) -> Failed {
    Failed(format!("a place in a list must be a whole number from 0, not {given}"))
}
