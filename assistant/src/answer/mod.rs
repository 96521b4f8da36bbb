//! Reading what was said as the answer to a question, and finding answers inside longer utterances.
//!
//! An utterance is read once into a [`scan::Scan`]: its pieces, and what each of them can mean in the assistant's
//! language. `number`, `date`, `time` and `money` find what they know in it; `choice` and `yes_no` compare words.
//! `deny` leaves out what is said not to be meant, `correct` what was taken back, and `settle` decides which of the findings is the answer.

mod choice;
mod compound;
mod correct;
mod count;
mod cursor;
mod date;
mod deny;
mod find;
mod money;
mod number;
mod numeral;
mod pattern;
mod scan;
mod settle;
mod sure;
#[cfg(test)]
mod tests;
mod time;
mod yes_no;

use crate::definition::NamedPattern;
use crate::language::{Lexicon, Locale};
use crate::value::Value;
use jiff::civil::{Date, DateTime, Time};
use protocol::inspect::Refused;
use protocol::limits::MESSAGE_BYTES_MAX;
use scan::{Scan, Spelling};

/// Nobody mentions an answer later than this in a text.
const MENTIONED_BYTES_MAX: usize = 4096;

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

impl<'a> Expected<'a> {
    /// The same kind of value, of any size and on any day.
    pub fn without_limits(&self) -> Expected<'a> {
        match self {
            Self::Number(_) => Expected::Number(Bounds::default()),
            Self::Currency(_) => Expected::Currency(Bounds::default()),
            Self::Percent(_) => Expected::Percent(Bounds::default()),
            Self::Date { confirm, .. } => {
                Expected::Date { from: None, to: None, weekdays: &[], confirm: *confirm }
            }
            Self::Time { confirm, .. } => Expected::Time { from: None, to: None, confirm: *confirm },
            Self::Options(_) | Self::YesNo { .. } | Self::Pattern(_) | Self::Text => self.clone(),
        }
    }
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
    /// The words of that language.
    pub lexicon: &'a Lexicon,
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

/// Reads an utterance as the answer to a waiting question. What is no answer is read again with misspelt words
/// forgiven.
pub fn read(expected: &Expected<'_>, said: &str, context: &Context<'_>) -> Reading {
    let locale = Locale::of(context.language, context.lexicon);
    match expected {
        _ if said.trim().is_empty() => return Reading::Refused(Refused::Empty),
        Expected::Text => return Reading::Plain(Value::text(cut(said.trim(), MESSAGE_BYTES_MAX))),
        Expected::Pattern(patterns) => return pattern::read(patterns, said),
        Expected::Options(_)
        | Expected::YesNo { .. }
        | Expected::Number(_)
        | Expected::Currency(_)
        | Expected::Percent(_)
        | Expected::Date { .. }
        | Expected::Time { .. } => {}
    }
    let scan = Scan::of(said, locale, context.now, Spelling::Right);
    corrected(expected, said, &scan).unwrap_or_else(|| read_forgiving(expected, said, &scan))
}

/// The valid answer an utterance holds although it was not asked for; careful where [`read`] is generous: a lone `2` is
/// no option, and free text is never mentioned.
pub fn mentioned(expected: &Expected<'_>, said: &str, context: &Context<'_>) -> Option<Value> {
    let said = cut(said, MENTIONED_BYTES_MAX);
    match expected {
        Expected::Text => return None,
        Expected::Pattern(patterns) => return pattern::mentioned(patterns, said),
        Expected::Options(_)
        | Expected::YesNo { .. }
        | Expected::Number(_)
        | Expected::Currency(_)
        | Expected::Percent(_)
        | Expected::Date { .. }
        | Expected::Time { .. } => {}
    }
    let locale = Locale::of(context.language, context.lexicon);
    let scan = Scan::of(said, locale, context.now, Spelling::Right);
    // What was taken back is not mentioned.
    match correct::parts(said, &scan).filter(|_| corrected(expected, said, &scan).is_some()) {
        Some((_, after)) => mentioned_in(expected, &scan.reads(after, Spelling::Right)),
        None => mentioned_in(expected, &scan),
    }
}

/// The first bytes of a text, cut between characters.
pub fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

fn mentioned_in(expected: &Expected<'_>, scan: &Scan<'_>) -> Option<Value> {
    match expected {
        Expected::Options(offers) => choice::mentioned(offers, scan),
        Expected::YesNo { yes, no } => yes_no::mentioned(yes, no, scan),
        Expected::Number(bounds) => settle::number_mentioned(*bounds, scan),
        Expected::Currency(bounds) => settle::money_mentioned(*bounds, scan),
        Expected::Percent(bounds) => settle::percent_mentioned(*bounds, scan),
        Expected::Date { from, to, weekdays, confirm } => {
            settle::date_mentioned(&settle::Days { from: *from, to: *to, weekdays }, *confirm, scan)
        }
        Expected::Time { from, to, confirm } => {
            settle::time_mentioned(&settle::Hours { from: *from, to: *to }, *confirm, scan)
        }
        Expected::Pattern(_) | Expected::Text => None,
    }
}

/// What was corrected to. In a longer sentence about days and hours nobody could say what was.
fn corrected(expected: &Expected<'_>, said: &str, scan: &Scan<'_>) -> Option<Reading> {
    let (before, after) =
        correct::parts(said, scan).filter(|_| !matches!(expected, Expected::YesNo { .. }))?;
    let read = |said| read_forgiving(expected, said, &scan.reads(said, Spelling::Right));
    let is_none = |reading: &Reading| *reading == Reading::Refused(Refused::NotOfThisKind);
    let moment = matches!(expected, Expected::Date { .. } | Expected::Time { .. });
    match (read(before), read(after)) {
        (before, after) if is_none(&before) || is_none(&after) => None,
        (_, Reading::Inside(_)) if moment => Some(Reading::Refused(Refused::SeveralMeant)),
        (_, after) => Some(after),
    }
}

fn read_forgiving(expected: &Expected<'_>, said: &str, scan: &Scan<'_>) -> Reading {
    let reading = read_scan(expected, said, scan);
    match reading == Reading::Refused(Refused::NotOfThisKind) && scan.is_short() {
        true => read_scan(expected, said, &scan.reads(said, Spelling::Forgiven)),
        false => reading,
    }
}

fn read_scan(expected: &Expected<'_>, said: &str, scan: &Scan<'_>) -> Reading {
    match expected {
        Expected::Options(offers) => choice::read(offers, said, scan),
        Expected::YesNo { yes, no } => yes_no::read(yes, no, said, scan),
        Expected::Number(bounds) => settle::number(*bounds, scan),
        Expected::Currency(bounds) => settle::money(*bounds, scan),
        Expected::Percent(bounds) => settle::percent(*bounds, scan),
        Expected::Date { from, to, weekdays, confirm } => {
            settle::date(&settle::Days { from: *from, to: *to, weekdays }, *confirm, scan)
        }
        Expected::Time { from, to, confirm } => {
            settle::time(&settle::Hours { from: *from, to: *to }, *confirm, scan)
        }
        Expected::Pattern(_) | Expected::Text => Reading::Refused(Refused::NotOfThisKind),
    }
}
