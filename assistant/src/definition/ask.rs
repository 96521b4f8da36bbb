//! Questions.

use super::{Expr, Text};
use serde::{Deserialize, Serialize};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What counts as an answer.
    pub kind: Kind,
    /// Whether it is asked although the answer was already given.
    pub collect: Collect,
    /// Invalid answers tolerated; the next one goes to [`Ask::exhausted`].
    pub attempts: u32,
    /// What is said to the first invalid answer, to the second, …; the last one repeats. Never empty.
    pub invalid: Vec<Text>,
    /// The same for an answer of the right kind outside its limits; empty takes [`Ask::invalid`].
    pub out_of_range: Vec<Text>,
    /// Whether the question is said again after those.
    pub repeat: bool,
    /// What happens after the last attempt.
    pub exhausted: Exhausted,
    /// The answer's name for the agent; `None` is the step's id in words.
    pub label: Option<String>,
    /// The answer is masked wherever a person could read it, and not handed over.
    pub protected: bool,
    /// Whether another topic is looked for before the answer is (`watsonx.md` 1.13).
    pub topic: TopicFirst,
}

/// What happens after the last attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exhausted {
    /// The fallback runs, with reason `validation_failed`.
    #[default]
    Fallback,
    /// The action ends.
    End,
    /// The step is passed over, its answer stays undefined.
    Continue,
}

/// Whether a question is asked although its answer was already given (`watsonx.md` 1.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Collect {
    /// Not asked when an earlier message of the action held the answer; a later message replaces it.
    #[default]
    SkipIfMentioned,
    /// Always asked; earlier messages do not count.
    Always,
    /// Never asked; only earlier messages count.
    Never,
}

/// Whether another topic is looked for before the answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TopicFirst {
    /// A valid answer wins; only an invalid one can change the topic. For free text: never changes it.
    #[default]
    AfterAnswer,
    /// Another topic wins over a valid answer of free text or a pattern.
    BeforeAnswer,
    /// The topic does not change here.
    Never,
}

/// What counts as an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// One of these.
    Options {
        /// The choices, in order.
        choices: Vec<Choice>,
        /// How they are shown.
        show: protocol::rich::Show,
    },
    /// One of a list known only when it is asked. Inside `label` and `value`, `Expr::Local("item")` is the element.
    Dynamic {
        /// A list.
        from: Expr,
        /// The label of an element.
        label: Expr,
        /// The value of an element; it is what the answer holds.
        value: Expr,
        /// A last choice that is always there.
        otherwise: Option<Choice>,
        /// How they are shown.
        show: protocol::rich::Show,
    },
    /// Yes or no.
    YesNo {
        /// The label of yes, then its synonyms.
        yes: Vec<String>,
        /// The label of no, then its synonyms.
        no: Vec<String>,
    },
    /// Something of a shape. The answer is the text that matched.
    Pattern(Vec<NamedPattern>),
    /// A number.
    Number(Limits),
    /// An amount of money.
    Currency(Limits),
    /// A percentage.
    Percent(Limits),
    /// A day.
    Date {
        /// The first day that is valid.
        from: Option<Expr>,
        /// The last day that is valid.
        to: Option<Expr>,
        /// Days of the week that are valid, Monday is 1; empty is all.
        weekdays: Vec<u8>,
        /// Whether a date that can be read in two ways is asked about.
        confirm: bool,
    },
    /// A time of day.
    Time {
        /// The first that is valid.
        from: Option<Expr>,
        /// The last that is valid.
        to: Option<Expr>,
        /// Whether a time that can be read in two ways is asked about.
        confirm: bool,
    },
    /// Anything at all.
    Text,
}

/// Which numbers are valid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The least.
    pub min: Option<Expr>,
    /// The greatest.
    pub max: Option<Expr>,
    /// Whether fractions are refused.
    pub whole: bool,
}

/// One of the options.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What the answer holds, in every language.
    pub value: String,
    /// What its button says.
    pub label: String,
    /// What else it is called.
    pub synonyms: Vec<String>,
}

/// A shape of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NamedPattern {
    /// Its name, such as `email`.
    pub name: String,
    /// Regular expressions, any of which may match.
    pub patterns: Vec<String>,
}
