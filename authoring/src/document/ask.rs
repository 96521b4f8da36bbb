//! Questions.

use super::OperandDoc;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question. Which keys it can have beside the common ones depends on its `kind`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskDoc {
    /// What counts as an answer.
    pub kind: KindDoc,
    /// The answer's name for the agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub label: Option<String>,
    /// Whether it is asked although the answer was already given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collect: Option<CollectDoc>,
    /// Invalid answers tolerated; the next one goes to `exhausted`. 3 unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 10))]
    pub attempts: Option<u32>,
    /// What is said to an invalid answer: a text, or one for each attempt, of which the last repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invalid: Option<TextsDoc>,
    /// The same for an answer outside its limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_range: Option<TextsDoc>,
    /// Whether the question is said again after those.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub repeat: bool,
    /// What happens after the last attempt.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub exhausted: ExhaustedDoc,
    /// The answer is masked wherever a person could read it, and not handed over.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub protected: bool,
    /// Whether another topic is looked for before the answer is.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub topic: TopicDoc,

    /// `options`: the choices, or the name of `saved` ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<OptionsDoc>,
    /// `options`: a list known only when it is asked, instead of `options`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<OperandDoc>,
    /// With `from`: an expression for the label of `${item}`. `${item}.label`, or the element itself, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_label: Option<String>,
    /// With `from`: an expression for the value of `${item}`. The element itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_value: Option<String>,
    /// With `from`: a last choice that is always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<OptionDoc>,
    /// `options`, `yes_no`: how the choices are shown.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub show: ShowDoc,
    /// `yes_no`: your words for yes, the first is the button.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub yes: Vec<String>,
    /// `yes_no`: your words for no, the first is the button.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub no: Vec<String>,
    /// `pattern`: regular expressions by name, or the name of `saved` ones. Ready ones: `email`, `phone`, `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patterns: Option<PatternsDoc>,
    /// `number`, `currency`, `percent`: the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<OperandDoc>,
    /// `number`, `currency`, `percent`: the greatest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<OperandDoc>,
    /// `number`: whether fractions are refused.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub whole: bool,
    /// `date`, `time`: the first that is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<OperandDoc>,
    /// `date`, `time`: the last that is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<OperandDoc>,
    /// `date`: the only days of the week that are valid.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub weekdays: Vec<WeekdayDoc>,
    /// `date`, `time`: whether an answer that can be read in two ways, such as `3/4` or `at 5`, is asked about.
    #[serde(default = "super::yes", skip_serializing_if = "super::is_yes")]
    pub confirm: bool,
}

/// What counts as an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindDoc {
    /// One of several choices.
    Options,
    /// Yes or no.
    YesNo,
    /// Something of a shape, such as an e-mail address.
    Pattern,
    /// A number.
    Number,
    /// An amount of money.
    Currency,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// Anything.
    #[default]
    Text,
}

/// Whether a question is asked although its answer was already given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CollectDoc {
    /// Not asked when an earlier message of the action held the answer. The default of most kinds.
    #[default]
    SkipIfMentioned,
    /// Always asked. The default of `yes_no` and `text`.
    Always,
    /// Never asked; only earlier messages count.
    Never,
}

/// What happens after the last attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExhaustedDoc {
    /// The fallback runs, with reason `validation_failed`.
    #[default]
    Fallback,
    /// The action ends.
    End,
    /// The next step; the answer stays undefined.
    Continue,
}

/// Whether another topic is looked for before the answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TopicDoc {
    /// Only what is no valid answer can change the topic. Free text is always valid.
    #[default]
    AfterAnswer,
    /// Another topic wins over a valid answer. For `text` and `pattern`.
    BeforeAnswer,
    /// The topic does not change here.
    Never,
}

/// How choices are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShowDoc {
    /// Buttons up to four, a list from five on.
    #[default]
    Auto,
    /// Buttons.
    Buttons,
    /// A list to open.
    List,
    /// Not at all: the question is open.
    Hidden,
}

/// Choices, or the name of `saved` ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OptionsDoc {
    /// The name of `saved` ones.
    Saved(String),
    /// The choices.
    List(Vec<OptionDoc>),
}

/// Patterns, or the name of `saved` ones, or of a ready one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PatternsDoc {
    /// The name of `saved` ones, or `email`, `phone`, `url`.
    Named(String),
    /// Regular expressions by name.
    Own(IndexMap<String, Vec<String>>),
}

/// A choice: its label, or more about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OptionDoc {
    /// The label, which is also the value.
    Label(String),
    /// More about it.
    Full(FullOptionDoc),
}

/// A choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullOptionDoc {
    /// What its button says.
    #[schemars(length(min = 1, max = 256))]
    pub label: String,
    /// What the answer holds, where it is not the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What else it is called.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub synonyms: Vec<String>,
}

/// One text, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TextsDoc {
    /// One text.
    One(String),
    /// Several, in order.
    Several(Vec<String>),
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeekdayDoc {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}
