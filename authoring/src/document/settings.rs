//! When to act, to ask, to change the topic; how values look.

use super::ask::TextsDoc;
use super::{LANGUAGE, is_default, is_yes, yes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Questions asked when several actions could be meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClarifyDoc {
    /// Whether they are asked at all.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intro: Option<String>,
    /// The choice that none is meant; an empty text leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<String>,
    /// The same where only one action is offered; an empty text leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one: Option<String>,
    /// The choice of a person; an empty text leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// The most actions offered: 5 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10))]
    pub most: Option<u8>,
    /// Whether they are offered in random order instead of by likelihood.
    #[serde(skip_serializing_if = "is_default")]
    pub shuffle: bool,
}

impl Default for ClarifyDoc {
    fn default() -> Self {
        Self { enabled: true, intro: None, none: None, one: None, support: None, most: None, shuffle: false }
    }
}

/// Changing the topic, and coming back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TopicsDoc {
    /// Whether the topic can change in the middle of an action.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// Whether the visitor is asked before an interrupted action goes on; otherwise it just does.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub ask_to_return: bool,
    /// That question. `{digressed_from}` inserts the interrupted action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What is said when its answer is neither yes nor no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_understood: Option<TextsDoc>,
    /// Attempts: 3 unless said otherwise. After the last one the fallback runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10))]
    pub attempts: Option<u32>,
    /// What is said when a question was asked again and its answer stayed the same; an empty text says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unchanged: Option<String>,
}

impl Default for TopicsDoc {
    fn default() -> Self {
        Self {
            enabled: true,
            ask_to_return: true,
            request: None,
            not_understood: None,
            attempts: None,
            unchanged: None,
        }
    }
}

/// How readily an action acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModeDoc {
    /// Asks rather than acts.
    #[default]
    Clarifying,
    /// Acts rather than asks.
    Confident,
}

/// What the modes mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModesDoc {
    /// For `clarifying` actions.
    #[serde(skip_serializing_if = "is_default")]
    pub clarifying: ModeRulesDoc,
    /// For `confident` actions.
    #[serde(skip_serializing_if = "is_default")]
    pub confident: ModeRulesDoc,
}

/// What one mode means. What is left out has the mode's default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ModeRulesDoc {
    /// How often is asked although a single action matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clarify_one: Option<FrequencyDoc>,
    /// How often is asked when several match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clarify_several: Option<FrequencyDoc>,
    /// How often a person is among the choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_support: Option<FrequencyDoc>,
    /// Invalid answers tolerated where the question does not say: 2 when clarifying, 4 when confident.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 10))]
    pub attempts: Option<u32>,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyDoc {
    /// More often.
    MoreOften,
    /// In between.
    Sometimes,
    /// Less often.
    LessOften,
}

/// How values look in texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisplayDoc {
    /// A locale tag such as `en-GB`; the language's own when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = LANGUAGE))]
    pub locale: Option<String>,
    /// Dates.
    #[serde(skip_serializing_if = "is_default")]
    pub date: DateStyleDoc,
    /// Times of day.
    #[serde(skip_serializing_if = "is_default")]
    pub time: TimeStyleDoc,
    /// Digits after the point, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<DecimalsDoc>,
    /// Digits after the point, of amounts of money: 2 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money_decimals: Option<DecimalsDoc>,
    /// What stands between thousands.
    #[serde(skip_serializing_if = "is_default")]
    pub thousands: ThousandsDoc,
    /// Whether amounts of money are written with their currency, where the visitor said one, and percentages with `%`:
    /// `true` unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_symbol: Option<bool>,
}

/// How dates look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DateStyleDoc {
    /// `6/30/21`
    #[serde(rename = "short")]
    Short,
    /// `Jun 30, 2021`
    #[default]
    #[serde(rename = "medium")]
    Medium,
    /// `June 30, 2021`
    #[serde(rename = "long")]
    Long,
    /// `Wednesday, June 30, 2021`
    #[serde(rename = "full")]
    Full,
    /// `21/06/30`
    #[serde(rename = "YY/MM/DD")]
    YearMonthDayShort,
    /// `2021/06/30`
    #[serde(rename = "YYYY/MM/DD")]
    YearMonthDay,
}

/// How times look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeStyleDoc {
    /// `5:15 PM`
    #[default]
    Short,
    /// `5:15:00 PM`
    Medium,
}

/// Digits after the point: a number, or `as_needed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DecimalsDoc {
    /// Always so many.
    Fixed(#[schemars(range(max = 14))] u8),
    /// As many as there are.
    Word(DecimalsWord),
}

/// Digits after the point, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalsWord {
    /// As many as there are, 14 at most.
    AsNeeded,
}

/// What stands between thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThousandsDoc {
    /// Nothing.
    #[default]
    None,
    /// What the locale uses.
    Locale,
    /// A comma, and a decimal point.
    Comma,
    /// A point, and a decimal comma.
    Point,
}
