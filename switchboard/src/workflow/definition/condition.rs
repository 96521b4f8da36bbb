//! What must hold.

use crate::workflow::facts::{Scope, Sender, Which};
use crate::workflow::text::{Reference, Template};
use serde::{Deserialize, Serialize};

/// Tests and groups of tests, joined in one way. None at all holds always.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// How they are joined.
    pub join: Join,
    /// What is joined.
    pub clauses: Vec<Clause>,
}

/// How several are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// All must hold.
    #[default]
    All,
    /// One must hold.
    Any,
}

/// A test, or tests joined among themselves. Groups hold no groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// One test.
    Test(Test),
    /// Several.
    Group {
        /// How they are joined.
        join: Join,
        /// Which.
        tests: Vec<Test>,
    },
}

/// One test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// What is looked at.
    pub subject: Subject,
    /// What is asked of it.
    pub operator: Operator,
}

/// What a test looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What a name stands for.
    Value(Reference),
    /// The contact's tags.
    Tags,
    /// What the last such message says.
    LastText(Which, Scope),
    /// When the last such message was sent: its age is the time since.
    LastAt(Which, Scope),
    /// From where the last message to the visitor came.
    LastSource(Sender, Scope),
    /// Whether a calendar is open now.
    Calendar(String),
}

/// What something is compared with: a text with variables, read as what it is compared with.
pub type Operand = Template;

/// What is asked. Of what is missing all is false, but `NotEquals`, `NotContains`, `NoneOf` and `NotExists`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// The same; of texts, but for case and blanks around.
    Equals(Operand),
    /// Not the same.
    NotEquals(Operand),
    /// More: numbers, days, times, moments.
    Greater(Operand),
    /// Less.
    Less(Operand),
    /// From one to the other, both included.
    Between(Operand, Operand),
    /// Has a value.
    Exists,
    /// Has none.
    NotExists,
    /// A part of the text; an item of the list.
    Contains(Operand),
    /// No part and no item.
    NotContains(Operand),
    /// One of these at least.
    AnyOf(Vec<Operand>),
    /// Every one of these.
    AllOf(Vec<Operand>),
    /// None of these.
    NoneOf(Vec<Operand>),
    /// Later: days, times, moments, but never numbers.
    After(Operand),
    /// Earlier.
    Before(Operand),
    /// From one to the other, both included.
    Within(Operand, Operand),
    /// Longer ago than so many seconds.
    OlderThan(u64),
    /// Less long ago than so many seconds.
    NewerThan(u64),
    /// So many seconds ago, from the first to the second number, both included.
    AgeBetween(u64, u64),
}
