//! When to act, to ask, to change the topic; how values look; the engine's own words.

use super::Text;
use serde::{Deserialize, Serialize};

/// When to act, to ask, to change the topic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Below this confidence an action is not taken.
    pub threshold: f32,
    /// Clarifying questions.
    pub clarify: Clarify,
    /// Changing the topic.
    pub topics: Topics,
    /// Response modes; `None` while they are off, and every action acts alike.
    pub modes: Option<Modes>,
}

/// Clarifying questions (`watsonx.md` 1.3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clarify {
    /// Whether they are asked at all.
    pub enabled: bool,
    /// The question.
    pub intro: Text,
    /// The choice that none is meant; `None` leaves it out.
    pub none: Option<Text>,
    /// The same where only one action is offered.
    pub one: Option<Text>,
    /// The choice of a person; `None` leaves it out.
    pub support: Option<Text>,
    /// The most actions offered.
    pub most: u8,
    /// Whether they are offered in random order instead of by likelihood.
    pub shuffle: bool,
}

/// Changing the topic, and coming back (`watsonx.md` 1.13).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topics {
    /// Whether the topic can change in the middle of an action.
    pub enabled: bool,
    /// Whether the visitor is asked before an interrupted action goes on; otherwise it just does.
    pub ask_to_return: bool,
    /// That question. `{digressed_from}` is the interrupted action.
    pub request: Text,
    /// What is said when its answer is neither yes nor no, by attempt; the last one repeats.
    pub not_understood: Vec<Text>,
    /// Attempts; after the last one the fallback runs with reason `topic_return_failed`.
    pub attempts: u32,
    /// What is said when a question is asked again and its answer stayed the same.
    pub unchanged: Option<Text>,
}

/// How readily an action acts (`watsonx.md` 1.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Asks rather than acts.
    #[default]
    Clarifying,
    /// Acts rather than asks.
    Confident,
}

/// What the modes mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Modes {
    /// For [`Mode::Clarifying`].
    pub clarifying: ModeRules,
    /// For [`Mode::Confident`].
    pub confident: ModeRules,
}

/// What one mode means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeRules {
    /// How often is asked although a single action matches.
    pub clarify_one: Frequency,
    /// How often is asked when several match.
    pub clarify_several: Frequency,
    /// How often a person is among the choices.
    pub offer_support: Frequency,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frequency {
    /// More often.
    MoreOften,
    /// In between.
    #[default]
    Sometimes,
    /// Less often.
    LessOften,
}

/// How values look in texts (`watsonx.md` 1.10).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Display {
    /// A locale tag such as `en-US` or `fr-CA`.
    pub locale: String,
    /// Dates.
    pub date: DateStyle,
    /// Times of day.
    pub time: TimeStyle,
    /// Digits after the point, of numbers.
    pub decimals: Decimals,
    /// Digits after the point, of amounts of money.
    pub money_decimals: Decimals,
    /// What stands between thousands.
    pub thousands: Thousands,
    /// Whether amounts are written with their currency and percentages with `%`, where the locale has them.
    pub currency_symbol: bool,
}

/// How dates look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateStyle {
    /// `6/30/21`
    Short,
    /// `Jun 30, 2021`
    #[default]
    Medium,
    /// `June 30, 2021`
    Long,
    /// `Wednesday, June 30, 2021`
    Full,
    /// `21/06/30`
    YearMonthDayShort,
    /// `2021/06/30`
    YearMonthDay,
}

/// How times look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeStyle {
    /// `5:15 PM`
    #[default]
    Short,
    /// `5:15:00 PM`
    Medium,
}

/// Digits after the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decimals {
    /// As many as there are, 14 at most.
    #[default]
    AsNeeded,
    /// Always so many.
    Fixed(u8),
}

/// What stands between thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thousands {
    /// Nothing, and the locale's decimal sign.
    #[default]
    None,
    /// What the locale uses.
    Locale,
    /// A comma, and a decimal point.
    Comma,
    /// A point, and a decimal comma.
    Point,
}

/// The engine's own words, in the assistant's language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    /// Said when an action that was started has nothing to say.
    pub nothing_to_say: String,
    /// Said when the visitor does not want to return to an interrupted action; may be empty.
    pub let_go: String,
    /// The answer yes, as a button and in texts.
    pub yes: String,
    /// The answer no.
    pub no: String,
    /// Asks which reading of a date or time is meant; `{first}` and `{second}` are replaced.
    pub which_reading: String,
    /// A protected value, where it would be shown.
    pub masked: String,
}
