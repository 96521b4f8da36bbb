//! Reading what was said as the answer to a question, and finding answers inside longer utterances.

mod choice;
mod number;
mod yes_no;

use crate::civil::{read_date, read_time};
use crate::definition::NamedPattern;
use crate::value::Value;
use jiff::civil::{Date, DateTime, Time};
use protocol::inspect::Refused;

/// What is asked for, with every limit evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected<'a> {
    /// One of these.
    Options(Vec<Offer>),
    /// Yes or no; the author's words for each, the label first.
    YesNo { yes: &'a [String], no: &'a [String] },
    /// Something of a shape.
    Pattern(&'a [NamedPattern]),
    /// A number.
    Number(Bounds),
    /// An amount of money.
    Currency(Bounds),
    /// A percentage.
    Percent(Bounds),
    /// A day; valid weekdays, Monday is 1, empty is all.
    Date { from: Option<Date>, to: Option<Date>, weekdays: &'a [u8], confirm: bool },
    /// A time of day. When `from` is later than `to`, the span goes over midnight.
    Time { from: Option<Time>, to: Option<Time>, confirm: bool },
    /// Anything.
    Text,
}

/// One of the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What the answer holds.
    pub value: Value,
    /// What its button says.
    pub label: String,
    /// What else it is called.
    pub synonyms: Vec<String>,
}

/// Which numbers are valid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
    /// Whether fractions are refused.
    pub whole: bool,
}

/// Where and when something was said.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The assistant's language, as a tag such as `en-GB`. Its region decides between day-first and month-first.
    pub language: &'a str,
    /// Now, on the visitor's clock and calendar.
    pub now: DateTime,
}

/// What an utterance is worth as an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// It is the answer and nothing else.
    Plain(Value),
    /// The answer stands in it, among other words.
    Inside(Value),
    /// It can be read in two ways, both valid, and the question wants to be sure: `3/4`, `at 5`.
    Two(Value, Value),
    /// It is no valid answer.
    Refused(Refused),
}

/// Reads an utterance as the answer to a waiting question.
pub fn read(expected: &Expected<'_>, said: &str, context: &Context<'_>) -> Reading {
    if said.trim().is_empty() {
        return Reading::Refused(Refused::Empty);
    }
    match expected {
        Expected::Options(offers) => choice::read(offers, said),
        Expected::YesNo { yes, no } => yes_no::read(yes, no, said),
        Expected::Pattern(patterns) => pattern(patterns, said),
        Expected::Number(bounds) => number::read(*bounds, said, context.language, Value::Number),
        Expected::Currency(bounds) => {
            let wrap = |amount| Value::Money { amount, currency: String::new() };
            number::read(*bounds, said, context.language, wrap)
        }
        Expected::Percent(bounds) => number::read(*bounds, said, context.language, Value::Percent),
        Expected::Date { .. } => read_date(said.trim()).map(Value::Date).into(),
        Expected::Time { .. } => read_time(said.trim()).map(Value::Time).into(),
        Expected::Text => Reading::Plain(Value::Text(said.trim().to_owned())),
    }
}

impl From<Option<Value>> for Reading {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::Refused(Refused::NotOfThisKind), Self::Plain)
    }
}

fn pattern(patterns: &[NamedPattern], said: &str) -> Reading {
    let said = said.trim();
    let all = patterns.iter().flat_map(|named| &named.patterns);
    let found = all.filter_map(|pattern| Some(regex_lite::Regex::new(pattern).ok()?.find(said)?.as_str()));
    match found.max_by_key(|text| text.len()) {
        Some(text) if text == said => Reading::Plain(Value::text(text)),
        Some(text) => Reading::Inside(Value::text(text)),
        None => Reading::Refused(Refused::NotOfThisKind),
    }
}

/// The valid answer an utterance holds although it was not asked for; careful where [`read`] is generous: a lone `2` is
/// no option, and free text is never mentioned.
pub fn mentioned(expected: &Expected<'_>, said: &str, context: &Context<'_>) -> Option<Value> {
    match expected {
        Expected::Text | Expected::YesNo { .. } => return None,
        Expected::Options(_) if said.trim().chars().all(|c| c.is_ascii_digit()) => return None,
        _ => {}
    }
    match read(expected, said, context) {
        Reading::Plain(value) | Reading::Inside(value) => Some(value),
        Reading::Two(..) | Reading::Refused(_) => None,
    }
}
