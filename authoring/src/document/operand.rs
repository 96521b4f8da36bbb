//! Values, and where to find them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A value, or where to find it. A text, a number, `true`, `false` and `null` stand for themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OperandDoc {
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(f64),
    /// A text. Compared with a date, `2026-11-21` is a date and `monday` a day of the week; with a time, `17:30` is one.
    Text(String),
    /// No value.
    Nothing(()),
    /// Several.
    List(Vec<OperandDoc>),
    /// The value of a variable.
    Variable(VariableOperandDoc),
    /// The answer to a step of the same action, or a result.
    Step(StepOperandDoc),
    /// The value of an expression.
    Expression(ExpressionDoc),
    /// A date or time and what is added to it.
    Add(AddDoc),
    /// Any JSON, as it stands.
    Value(ValueDoc),
}

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariableOperandDoc {
    /// Its name.
    pub variable: String,
}

/// The answer to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepOperandDoc {
    /// Its id, or the name of a result.
    pub step: String,
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpressionDoc {
    /// As in `"${price} * 2"`. Variables and steps are written `${name}`.
    #[schemars(length(min = 1))]
    pub expression: String,
}

/// A date or time and what is added to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDoc {
    /// The date or time.
    pub to: Box<OperandDoc>,
    /// How much is added; negative takes away.
    pub add: DurationDoc,
}

/// A length of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DurationDoc {
    /// Years.
    #[serde(skip_serializing_if = "super::is_default")]
    pub years: i32,
    /// Months.
    #[serde(skip_serializing_if = "super::is_default")]
    pub months: i32,
    /// Weeks.
    #[serde(skip_serializing_if = "super::is_default")]
    pub weeks: i32,
    /// Days.
    #[serde(skip_serializing_if = "super::is_default")]
    pub days: i32,
    /// Hours.
    #[serde(skip_serializing_if = "super::is_default")]
    pub hours: i32,
    /// Minutes.
    #[serde(skip_serializing_if = "super::is_default")]
    pub minutes: i32,
}

/// Any JSON, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueDoc {
    /// The JSON.
    pub value: Json,
}
