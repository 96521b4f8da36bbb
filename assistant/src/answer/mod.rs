//! Reading what was said as the answer to a question, and finding answers inside longer utterances.

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
    let _ = (expected, said, context);
    todo!()
}

/// The valid answer an utterance holds although it was not asked for; careful where [`read`] is generous: a lone `2` is
/// no option, and free text is never mentioned.
pub fn mentioned(expected: &Expected<'_>, said: &str, context: &Context<'_>) -> Option<Value> {
    let _ = (expected, said, context);
    todo!()
}
