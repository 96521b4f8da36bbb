//! Conditions: tests, joined by `all` or `any`, in groups that hold no further groups.

use super::TESTS_MAX;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What must hold: one test, or several of which all or any must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ConditionDoc {
    /// All of these.
    All(AllDoc),
    /// One of these at least.
    Any(AnyDoc),
    /// This.
    Test(TestDoc),
}

/// All of these must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllDoc {
    /// Tests, and groups of tests.
    #[schemars(length(max = TESTS_MAX))]
    pub all: Vec<ClauseDoc>,
}

/// One of these at least must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnyDoc {
    /// Tests, and groups of tests.
    #[schemars(length(max = TESTS_MAX))]
    pub any: Vec<ClauseDoc>,
}

/// A test, or a group of tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ClauseDoc {
    /// All of these.
    All(TestsAllDoc),
    /// One of these at least.
    Any(TestsAnyDoc),
    /// This.
    Test(TestDoc),
}

/// All of these tests must hold. Groups hold no groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestsAllDoc {
    /// The tests.
    #[schemars(length(max = TESTS_MAX))]
    pub all: Vec<TestDoc>,
}

/// One of these tests at least must hold. Groups hold no groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestsAnyDoc {
    /// The tests.
    #[schemars(length(max = TESTS_MAX))]
    pub any: Vec<TestDoc>,
}

/// One test: what is looked at, how, and what it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestDoc {
    /// What is looked at.
    #[schemars(extend("examples" = ["$contact.email"]))]
    pub subject: SubjectDoc,
    /// How.
    pub operator: OperatorDoc,
    /// What it is compared with: one value, or a list where the operator needs several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<OperandDoc>,
}

/// What a test looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SubjectDoc {
    /// What a name stands for, such as `$contact.email` or `$topic`; or `tags`, the contact's.
    Name(String),
    /// What the last such message says.
    LastMessage(LastMessageDoc),
    /// When the last such message was sent.
    LastMessageAt(LastMessageAtDoc),
    /// From where the last such message came: `human`, `assistant`, `workflow` or `api`.
    LastMessageSource(LastMessageSourceDoc),
    /// Whether a calendar is open now: `true` or `false`.
    Calendar(CalendarSubjectDoc),
}

/// What the last such message says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastMessageDoc {
    /// Which messages.
    pub last_message: AboutDoc,
}

/// When the last such message was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastMessageAtDoc {
    /// Which messages.
    pub last_message_at: AboutDoc,
}

/// From where the last such message came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastMessageSourceDoc {
    /// Which messages; never the visitor's.
    pub last_message_source: AboutDoc,
}

/// Whether a calendar is open now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSubjectDoc {
    /// The calendar's name.
    pub calendar: String,
}

/// Which messages are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutDoc {
    /// Who wrote them.
    pub from: FromDoc,
    /// How far back is looked; in this conversation when absent.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub scope: ScopeDoc,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FromDoc {
    /// The visitor.
    Visitor,
    /// A person of the staff.
    Human,
    /// The assistant.
    Assistant,
    /// A workflow.
    Workflow,
    /// Whoever wrote to the visitor.
    Any,
}

/// How far back messages are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeDoc {
    /// In this conversation.
    #[default]
    Conversation,
    /// Since its present owner has it.
    SinceAssignment,
    /// In all the contact's conversations.
    Contact,
}

/// Ways to compare. Of what is missing all is false, but `not_equals`, `not_contains`, `none_of` and `not_exists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorDoc {
    /// The same; of texts, but for case and blanks around.
    Equals,
    /// Not the same.
    NotEquals,
    /// More: numbers, days, times, moments.
    Greater,
    /// Less.
    Less,
    /// From the first of two values to the second, both included.
    Between,
    /// Has a value. Takes no `value`.
    Exists,
    /// Has none. Takes no `value`.
    NotExists,
    /// A part of the text; an item of the list.
    Contains,
    /// No part and no item.
    NotContains,
    /// One of several values at least.
    AnyOf,
    /// Every one of several values.
    AllOf,
    /// None of several values.
    NoneOf,
    /// Later: days, times, moments.
    After,
    /// Earlier.
    Before,
    /// From the first of two days, times or moments to the second, both included.
    Within,
    /// Longer ago than a length of time, such as `15m`.
    OlderThan,
    /// Less long ago than a length of time.
    NewerThan,
    /// So long ago, from the first of two lengths of time to the second, both included.
    AgeBetween,
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OperandDoc {
    /// One value. A text can hold variables.
    One(super::ValueDoc),
    /// Several.
    Several(Vec<super::ValueDoc>),
}

/// How tests are joined, and the tests, whichever way they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupDoc<'a> {
    /// Whether one is enough.
    pub any: bool,
    /// The key they stand under; empty for a single test.
    pub key: &'static str,
    /// The tests.
    pub tests: &'a [TestDoc],
}

impl ClauseDoc {
    /// The tests in it.
    pub fn group(&self) -> GroupDoc<'_> {
        match self {
            Self::All(all) => GroupDoc { any: false, key: "all", tests: &all.all },
            Self::Any(any) => GroupDoc { any: true, key: "any", tests: &any.any },
            Self::Test(test) => GroupDoc { any: false, key: "", tests: std::slice::from_ref(test) },
        }
    }
}

impl ClauseDoc {
    /// The tests in it, with their JSON pointers.
    pub fn tests(&self, path: &str) -> Vec<(String, &TestDoc)> {
        let group = self.group();
        let place = |at: usize| match group.key {
            "" => path.to_owned(),
            key => format!("{path}/{key}/{at}"),
        };
        group.tests.iter().enumerate().map(|(at, test)| (place(at), test)).collect()
    }
}

impl ConditionDoc {
    /// Every test in it, with its JSON pointer below the condition's.
    pub fn tests(&self) -> Vec<(String, &TestDoc)> {
        let (key, clauses) = match self {
            Self::All(all) => ("all", &all.all),
            Self::Any(any) => ("any", &any.any),
            Self::Test(test) => return vec![(String::new(), test)],
        };
        let clauses = clauses.iter().enumerate();
        clauses.flat_map(|(index, clause)| clause.tests(&format!("/{key}/{index}"))).collect()
    }
}
