//! Questions.

use super::Next;
use crate::workflow::text::Template;
use serde::{Deserialize, Serialize};

/// A question. Answered goes to the next step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What is asked.
    pub text: Template,
    /// What counts as an answer.
    pub kind: Kind,
    /// How often it is asked again: [`crate::workflow::RETRIES_MAX`] at most.
    pub retries: u8,
    /// What is said then; `None` is the question.
    pub retry_text: Option<Template>,
    /// How long its turn is waited for, and then, from the first asking, an answer; `None` is for ever.
    pub timeout_seconds: Option<u64>,
    /// Where the answer is kept, besides `$step.name`.
    pub save: Vec<Save>,
    /// What happens while another run waits for an answer in this conversation.
    pub if_busy: IfBusy,
    /// What follows one invalid answer too many.
    pub invalid: Next,
    /// What follows when no turn or no answer came in time.
    pub timed_out: Next,
}

/// What counts as an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Any words.
    Text,
    /// One of these: its label or its number, from 1.
    Choice(Vec<String>),
    /// A number, both bounds included.
    Number {
        /// Not less.
        min: Option<f64>,
        /// Not more.
        max: Option<f64>,
    },
    /// A day.
    Date(DateOrder),
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 12/24/2026.
    #[default]
    MonthFirst,
    /// 24/12/2026.
    DayFirst,
}

/// Where an answer is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Save {
    /// In a variable of the run.
    Variable(String),
    /// In a field of the contact's.
    Field(String),
    /// As a tag of the contact's: the label that was chosen.
    Tag,
}

/// What a question does while another run waits for an answer in the same conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IfBusy {
    /// It waits for its turn.
    #[default]
    Wait,
    /// It is not asked; this follows.
    Go(Next),
}
