//! Conditions.

use super::OperandDoc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that is true or false.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ConditionDoc {
    /// True when each of these is.
    All(AllDoc),
    /// True when at least one of these is.
    Any(AnyDoc),
    /// True when this is not.
    Not(NotDoc),
    /// True when the expression yields true. One that fails is false.
    Expression(super::operand::ExpressionDoc),
    /// True when the visitor has just said a word of this list (see `words`).
    Said(SaidDoc),
    /// One comparison.
    Test(TestDoc),
}

/// True when each of these is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllDoc {
    /// The conditions.
    pub all: Vec<ConditionDoc>,
}

/// True when at least one of these is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnyDoc {
    /// The conditions.
    pub any: Vec<ConditionDoc>,
}

/// True when this is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotDoc {
    /// The condition.
    pub not: Box<ConditionDoc>,
}

/// True when the visitor has just said a word of this list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaidDoc {
    /// The list's name.
    pub said: String,
}

/// One comparison: of a `variable`, a `step`'s answer, or any `left` side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestDoc {
    /// The variable that is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// The step whose answer is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Anything else that is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<OperandDoc>,
    /// How it is compared.
    pub operator: OperatorDoc,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<OperandDoc>,
}

/// Ways to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorDoc {
    /// Equal; texts regardless of case and accents.
    #[default]
    Is,
    /// Not equal.
    IsNot,
    /// Equal to one of a list.
    IsAnyOf,
    /// Equal to none of a list.
    IsNoneOf,
    /// Smaller, or earlier.
    #[serde(rename = "<")]
    Less,
    /// Not greater, not later.
    #[serde(rename = "<=")]
    LessOrEqual,
    /// Greater, or later.
    #[serde(rename = ">")]
    Greater,
    /// Not smaller, not earlier.
    #[serde(rename = ">=")]
    GreaterOrEqual,
    /// Earlier; the same as `<`.
    Before,
    /// Not later; the same as `<=`.
    OnOrBefore,
    /// Later; the same as `>`.
    After,
    /// Not earlier; the same as `>=`.
    OnOrAfter,
    /// Has a value. Takes no `value`.
    IsDefined,
    /// Has none. Takes no `value`.
    IsNotDefined,
    /// The text has the other in it; the list has the element.
    Contains,
    /// The opposite of `contains`.
    DoesNotContain,
    /// The regular expression in `value` matches somewhere.
    Matches,
    /// The opposite of `matches`.
    DoesNotMatch,
}
