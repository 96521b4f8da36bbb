//! What a variable or an answer holds.

use crate::civil::{date_text, date_time_text, time_text};
use crate::json::to_json;
use crate::map::Map;
use crate::number::{number_text, read_plain};
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// A value. `display.rs` words it for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// None: undefined, or null.
    #[default]
    Nothing,
    /// Words; also the value of a chosen option.
    Text(String),
    /// A number; never infinite or undefined.
    Number(f64),
    /// Yes is true.
    YesNo(bool),
    /// A day.
    #[serde(with = "crate::civil::date")]
    Date(Date),
    /// A time of day.
    #[serde(with = "crate::civil::time")]
    Time(Time),
    /// A day and a time of it.
    #[serde(with = "crate::civil::date_time")]
    DateTime(DateTime),
    /// An amount of money.
    Money {
        /// How much.
        amount: f64,
        /// Of what, as ISO 4217 says; empty when it was not said.
        currency: String,
    },
    /// A percentage: 15 is fifteen percent.
    Percent(f64),
    /// Several.
    List(Vec<Value>),
    /// Several with names.
    Map(Map<Value>),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it is a value at all.
    pub fn is_defined(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// As programs write it, the same in every language: ISO 8601 dates, a point in numbers, `yes` and `no`, the bare
    /// amount of money, lists and maps as JSON. It is what methods of texts see of other values.
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) | Self::Money { amount: number, .. } | Self::Percent(number) => {
                number_text(*number)
            }
            Self::YesNo(yes) => yes_no_text(*yes).to_owned(),
            Self::Date(date) => date_text(*date),
            Self::Time(time) => time_text(*time),
            Self::DateTime(at) => date_time_text(*at),
            Self::List(_) | Self::Map(_) => to_json(self),
        }
    }

    /// The number it is: of money the amount, of a percentage the percents, of a text the number that is all of it.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) | Self::Money { amount: number, .. } | Self::Percent(number) => {
                Some(*number)
            }
            Self::Text(text) => read_plain(text),
            Self::Nothing
            | Self::YesNo(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::DateTime(_)
            | Self::List(_)
            | Self::Map(_) => None,
        }
    }

    /// Its kind, for messages to authors.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::YesNo(_) => "yes or no",
            Self::Date(_) => "a date",
            Self::Time(_) => "a time",
            Self::DateTime(_) => "a date and time",
            Self::Money { .. } => "an amount of money",
            Self::Percent(_) => "a percentage",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    /// Roughly how many bytes it takes, and how deep it is nested: 1 for what holds no other values.
    pub(crate) fn measure(&self) -> (usize, usize) {
        const SELF_BYTES: usize = 32;
        let inside = |(bytes, depth): (usize, usize), (more, deeper): (usize, usize)| {
            (bytes + more, depth.max(deeper + 1))
        };
        match self {
            Self::Text(text) => (SELF_BYTES + text.len(), 1),
            Self::List(items) => items.iter().map(Self::measure).fold((SELF_BYTES, 1), inside),
            Self::Map(map) => {
                let names: usize = map.keys().map(String::len).sum();
                map.values().map(Self::measure).fold((SELF_BYTES + names, 1), inside)
            }
            Self::Nothing
            | Self::Number(_)
            | Self::YesNo(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::DateTime(_)
            | Self::Money { .. }
            | Self::Percent(_) => (SELF_BYTES, 1),
        }
    }
}

/// `yes` or `no`, as programs write it.
fn yes_no_text(yes: bool) -> &'static str {
    match yes {
        true => "yes",
        false => "no",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_see_the_same_text_in_every_language() {
        let money = Value::Money { amount: 1234.5, currency: "EUR".to_owned() };
        for (value, plain) in [
            (Value::Nothing, ""),
            (Value::Number(-0.5), "-0.5"),
            (Value::YesNo(true), "yes"),
            (Value::Date(jiff::civil::date(2026, 3, 4)), "2026-03-04"),
            (Value::Time(jiff::civil::time(7, 5, 0, 0)), "07:05:00"),
            (money, "1234.5"),
            (Value::List(vec![Value::Number(1.0), Value::text("a")]), r#"[1,"a"]"#),
        ] {
            assert_eq!(value.plain(), plain);
        }
    }

    #[test]
    fn a_text_is_a_number_when_nothing_else_is_in_it() {
        assert_eq!(Value::text(" 12.50 ").number(), Some(12.5));
        assert_eq!(Value::text("12 apples").number(), None);
        assert_eq!(Value::YesNo(true).number(), None);
    }

    #[test]
    fn nested_values_are_measured() {
        let inner = Value::List(vec![Value::text("abc")]);
        assert_eq!(Value::List(vec![inner, Value::Nothing]).measure(), (32 + 32 + 35 + 32, 3));
    }
}
