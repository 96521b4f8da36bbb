//! Questions.

use super::{DURATION, NAME, OPTIONS_MAX};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use switchboard::workflow::RETRIES_MAX;

/// A question. Which keys it can have beside the common ones depends on its `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskDoc {
    /// What is asked, with variables.
    #[schemars(length(min = 1))]
    pub text: String,
    /// What counts as an answer.
    pub kind: KindDoc,
    /// `choice`: what can be chosen, by its words or its number.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(length(max = OPTIONS_MAX))]
    pub options: Vec<String>,
    /// `number`: the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// `number`: the greatest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// `date`: how `3/4` is read; `month_first` unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrderDoc>,
    /// How often it is asked again after an invalid answer; 2 unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = RETRIES_MAX))]
    pub retries: Option<u8>,
    /// What is said then, with variables; the question itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_text: Option<String>,
    /// How long an answer is waited for, such as `10m`; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = DURATION))]
    pub timeout: Option<String>,
    /// Where the answer is kept, besides `$step.` and the step's name.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(length(max = 10))]
    pub save: Vec<SaveDoc>,
}

/// What counts as an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindDoc {
    /// Any words.
    #[default]
    Text,
    /// One of `options`.
    Choice,
    /// A number, perhaps from `min` to `max`.
    Number,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// Yes or no, as forms ask it.
    Checkbox,
    /// A phone number with its country's code.
    Phone,
    /// An address for mail.
    Email,
    /// A web address.
    Url,
    /// From 1 to 5.
    Rating,
}

/// How days in figures are read where the year does not come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrderDoc {
    /// 12/24/2026.
    #[default]
    MonthFirst,
    /// 24/12/2026.
    DayFirst,
}

/// Where an answer is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SaveDoc {
    /// As a tag of the contact's.
    Tag(TagWord),
    /// In a variable of the run.
    Variable(SaveVariableDoc),
    /// In a field of the contact's.
    Field(SaveFieldDoc),
}

/// As a tag of the contact's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagWord {
    /// As a tag of the contact's: the label that was chosen.
    Tag,
}

/// In a variable of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveVariableDoc {
    /// Its name.
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub variable: String,
}

/// In a field of the contact's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveFieldDoc {
    /// Its name.
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub field: String,
}
