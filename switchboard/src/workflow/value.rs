//! Values: what variables hold, what fields hold, what conditions compare.
//!
//! A value is read as something else where a test or a field needs that: text that looks like a number is one. What
//! cannot be read so is missing, and what says nothing (blank text, an empty list) is missing from the start.

pub use jiff::civil::{Date, Time};

use protocol::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes one value can have as text; what is longer is cut. As much as a message may be.
pub const VALUE_BYTES_MAX: usize = protocol::limits::MESSAGE_BYTES_MAX;

/// Something known, or that nothing is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing is known.
    #[default]
    Missing,
    /// Words.
    Text(String),
    /// A number. One that is infinite or none at all is missing.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A moment.
    Moment(Timestamp),
    /// Several texts, as tags are.
    List(Vec<String>),
}

impl Value {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether nothing is known: blank text and empty lists say nothing.
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(number) => !number.is_finite(),
            Self::List(items) => items.iter().all(|item| item.trim().is_empty()),
            Self::Bool(_) | Self::Date(_) | Self::Time(_) | Self::Moment(_) => false,
        }
    }

    /// As it is written into texts: nothing for a missing one, ISO 8601 for days and times.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) if !number.is_finite() => Cow::Borrowed(""),
            // Adding zero makes of a negative zero a plain one.
            Self::Number(number) => Cow::Owned((number + 0.0).to_string()),
            Self::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Time(time) => Cow::Owned(written_time(*time)),
            Self::Moment(at) => Cow::Owned(moment(*at).to_string()),
            Self::List(items) => Cow::Owned(items.join(", ")),
        }
    }

    /// As a number: one, or a text that is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number).filter(|number| number.is_finite()),
            Self::Text(text) => read_number(text),
            Self::Missing
            | Self::Bool(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Moment(_)
            | Self::List(_) => None,
        }
    }

    /// As a moment: one, or a text such as `2026-12-24T18:00:00Z`.
    pub fn as_moment(&self) -> Option<Timestamp> {
        match self {
            Self::Moment(at) => Some(*at),
            Self::Text(text) => read_moment(text),
            Self::Missing
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::List(_) => None,
        }
    }

    /// As a day: one, or a text such as `2026-12-24`.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Text(text) => {
                Some(text.trim()).filter(|text| text.len() == "2026-12-24".len())?.parse().ok()
            }
            Self::Missing
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Time(_)
            | Self::Moment(_)
            | Self::List(_) => None,
        }
    }

    /// As a time of day: one, or a text such as `18:00`.
    pub fn as_time(&self) -> Option<Time> {
        match self {
            Self::Time(time) => Some(*time),
            Self::Text(text) => read_time(text),
            Self::Missing
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Date(_)
            | Self::Moment(_)
            | Self::List(_) => None,
        }
    }

    /// As yes or no: one, or the texts `true` and `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            Self::Text(text) => match fold(text).as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            Self::Missing
            | Self::Number(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Moment(_)
            | Self::List(_) => None,
        }
    }

    /// What it consists of: the items of a list, or the one thing it is, folded. Nothing when it is missing.
    pub fn items(&self) -> Vec<String> {
        let items = match self {
            Self::List(items) => items.iter().map(|item| fold(item)).collect(),
            Self::Missing
            | Self::Text(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Moment(_) => vec![fold(&self.written())],
        };
        items.into_iter().filter(|item: &String| !item.is_empty()).collect()
    }

    /// The same within [`VALUE_BYTES_MAX`], so that a run's memory has a bound.
    pub fn within_bounds(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(cut(text, VALUE_BYTES_MAX)),
            Self::List(items) => Self::List(cut_list(items)),
            Self::Number(number) if !number.is_finite() => Self::Missing,
            Self::Missing
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Moment(_) => self,
        }
    }
}

/// A text as it is compared: without blanks around it and without differences of case, letter by letter.
pub fn fold(text: &str) -> String {
    // Upper case first: `ß` becomes `ss`, as it does in names written in capitals.
    text.trim().chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A text's beginning, of at most so many bytes, ending between two letters.
pub fn cut(mut text: String, bytes: usize) -> String {
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// A decimal number: digits with a point, or with a comma that cannot separate thousands.
pub fn read_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    if !text.chars().all(plain) {
        return None;
    }
    let number = match text.split_once(',') {
        None => text.parse::<f64>(),
        Some((_, after)) if after.len() == "000".len() || text.contains('.') => return None,
        Some((whole, after)) => format!("{whole}.{after}").parse(),
    };
    number.ok().filter(|number| number.is_finite())
}

/// A time of day with two digits each: hours and minutes, and perhaps seconds.
pub fn read_time(text: &str) -> Option<Time> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let two_digits = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(two_digits) {
        return None;
    }
    let part = |place: usize| parts.get(place).map_or(Some(0), |part| part.parse::<i8>().ok());
    Time::new(part(0)?, part(1)?, part(2)?, 0).ok()
}

fn read_moment(text: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = text.trim().parse().ok()?;
    u64::try_from(at.as_millisecond()).ok().map(Timestamp::from_millis)
}

fn written_time(time: Time) -> String {
    match time.second() {
        0 => format!("{:02}:{:02}", time.hour(), time.minute()),
        second => format!("{:02}:{:02}:{second:02}", time.hour(), time.minute()),
    }
}

fn moment(at: Timestamp) -> jiff::Timestamp {
    let millis = i64::try_from(at.millis()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX)
}

fn cut_list(items: Vec<String>) -> Vec<String> {
    let mut left = VALUE_BYTES_MAX;
    let mut kept = Vec::new();
    for item in items {
        // An item costs one byte more than its text, so that empty ones are bounded too.
        if item.len() >= left {
            break;
        }
        left -= item.len() + 1;
        kept.push(item);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal_and_never_guessed() {
        for (text, number) in [
            (" 12 ", Some(12.0)),
            ("-0.5", Some(-0.5)),
            ("1,5", Some(1.5)),
            ("1,000", None),
            ("1,000.5", None),
            ("1e5", None),
            ("inf", None),
            ("NaN", None),
            ("", None),
            ("1-2", None),
            ("1,2,3", None),
        ] {
            assert_eq!(read_number(text), number, "{text}");
        }
    }

    #[test]
    fn times_of_day_are_hours_and_minutes() {
        for (text, written) in [("9:05", Some("09:05")), ("18:00:07", Some("18:00:07")), ("24:00", None)] {
            assert_eq!(read_time(text).map(written_time).as_deref(), written, "{text}");
        }
        for text in ["", "9", "9:5:1:1", "-1:00", "9:", "123:00"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_missing() {
        let nothing = [Value::Missing, Value::text(" \n"), Value::List(vec![]), Value::Number(f64::NAN)];
        assert!(nothing.iter().all(|value| value.is_missing() && value.items().is_empty()));
        assert!(!Value::Bool(false).is_missing() && !Value::Number(0.0).is_missing());
    }

    #[test]
    fn folding_forgets_case_and_blanks_but_no_letters() {
        assert_eq!(fold("  STRASSE "), fold("Straße"));
        assert_eq!(fold("ΣΑΣ"), fold("σας"));
        assert_ne!(fold("cafe"), fold("café"));
    }

    #[test]
    fn a_long_value_is_cut_between_letters() {
        let long = Value::text("é".repeat(VALUE_BYTES_MAX)).within_bounds();
        assert_eq!(long.written().len(), VALUE_BYTES_MAX);
        let odd = Value::text(format!("x{}", "é".repeat(VALUE_BYTES_MAX))).within_bounds();
        assert_eq!(odd.written().len(), VALUE_BYTES_MAX - 1);
        let list = Value::List(vec![String::new(); VALUE_BYTES_MAX * 2]).within_bounds();
        assert!(matches!(list, Value::List(items) if items.len() == VALUE_BYTES_MAX));
    }

    #[test]
    fn every_kind_is_written_so_that_it_can_be_read_again() {
        let date: Date = "2026-12-24".parse().unwrap();
        let at = Timestamp::from_millis(1_798_000_000_000);
        let text = |value: Value| Value::text(value.written());
        assert_eq!(text(Value::Number(-1.5)).as_number(), Some(-1.5));
        assert_eq!(text(Value::Bool(true)).as_bool(), Some(true));
        assert_eq!(text(Value::Date(date)).as_date(), Some(date));
        assert_eq!(text(Value::Moment(at)).as_moment(), Some(at));
    }
}
