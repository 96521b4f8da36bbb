//! What an author writes, as the engine holds it. `read/` makes it from JSON, `check.rs` looks for what cannot work.

mod question;

pub use question::{Ask, Choice, Kind, Range};

use crate::value::Value;
use protocol::QueueId;

/// The only version of the format so far.
pub const FORMAT: f64 = 1.0;

/// Places of the built-in actions in [`Definition::actions`].
pub const GREETING: usize = 0;
/// Runs when nothing was recognised.
pub const NO_MATCHES: usize = 1;
/// Runs when a person is asked for, or needed.
pub const FALLBACK: usize = 2;
/// Ids of the built-in actions, in their places.
pub const BUILT_IN_ACTIONS: [&str; 3] = ["greeting", "no_matches", "fallback"];

/// Why the fallback runs: a code of `protocol::HandOffReason`.
pub const FALLBACK_REASON: &str = "fallback_reason";
/// Inputs in a row that matched nothing, this one included.
pub const NO_MATCHES_COUNT: &str = "no_matches_count";
/// Variables the engine sets; authors can test and insert them.
pub const BUILT_IN_VARIABLES: [&str; 2] = [FALLBACK_REASON, NO_MATCHES_COUNT];

/// What the visitor is told when agents are online, unless the step says otherwise.
pub const ONLINE_MESSAGE: &str = "Let's send you to an available agent.";
/// What the visitor is told when no agent is online, unless the step says otherwise.
pub const OFFLINE_MESSAGE: &str =
    "There are no agents available at this time. When one becomes available, we'll connect you.";

/// A whole assistant.
#[derive(Debug, Default)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// A language tag such as `en` or `fr-CA`.
    pub language: String,
    /// Below this confidence an action is not taken.
    pub threshold: f32,
    /// Session variables.
    pub variables: Vec<Variable>,
    /// The three built-in actions, then the author's.
    pub actions: Vec<Action>,
}

/// A variable of the whole session.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it holds until it is set.
    pub initial: Option<Value>,
    /// Its label in what is handed over; `None` keeps it from the agent.
    pub shown_as: Option<String>,
}

/// One goal of a visitor and the way to it.
#[derive(Debug, Default)]
pub struct Action {
    /// Its name in programs.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What visitors say when they want it.
    pub phrases: Vec<String>,
    /// What is done.
    pub steps: Vec<Step>,
    /// Where it stands in the file, as a JSON pointer.
    pub path: String,
}

/// One step of an action: a condition, then assignments, words, a question, and where to go next.
#[derive(Debug, Default)]
pub struct Step {
    /// Its name; also the name of its answer.
    pub id: String,
    /// The step is passed over while this is false.
    pub when: Option<Condition>,
    /// Variables it sets, before it says anything.
    pub set: Vec<(String, Operand)>,
    /// What it says.
    pub say: Option<Say>,
    /// How many likely topics it offers as options.
    pub suggest: usize,
    /// What it asks.
    pub ask: Option<Ask>,
    /// What comes after it.
    pub then: Then,
}

/// Something that is true or false.
#[derive(Debug)]
pub enum Condition {
    /// Each of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// One comparison.
    Test(Test),
}

/// One comparison.
#[derive(Debug)]
pub struct Test {
    /// What is looked at.
    pub left: Source,
    /// How.
    pub operator: Operator,
    /// What it is compared with; `None` for the operators that need nothing.
    pub right: Option<Operand>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A variable of the session, or one the engine sets.
    Variable(String),
    /// The answer to a step of the same action.
    Step(String),
}

/// A value, or where to find it.
#[derive(Debug)]
pub enum Operand {
    /// Written in the file.
    Literal(Value),
    /// Looked up.
    From(Source),
}

/// Ways to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Equal; texts regardless of case and accents.
    Is,
    /// The opposite of `is`.
    IsNot,
    /// Numbers.
    Less,
    /// Numbers.
    LessOrEqual,
    /// Numbers.
    Greater,
    /// Numbers.
    GreaterOrEqual,
    /// Has a value.
    IsDefined,
    /// Has none.
    IsNotDefined,
    /// The text on the left has the text on the right in it.
    Contains,
}

impl Operator {
    /// Every operator and its spelling.
    pub const ALL: [(&'static str, Self); 9] = [
        ("is", Self::Is),
        ("is_not", Self::IsNot),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
        ("is_defined", Self::IsDefined),
        ("is_not_defined", Self::IsNotDefined),
        ("contains", Self::Contains),
    ];

    /// Whether it compares with something.
    pub fn needs_value(self) -> bool {
        !matches!(self, Self::IsDefined | Self::IsNotDefined)
    }

    /// Whether it compares sizes.
    pub fn needs_number(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual)
    }
}

/// Words, in one or several wordings.
#[derive(Debug)]
pub struct Say {
    /// How the wording is chosen.
    pub order: Order,
    /// The wordings; at least one.
    pub texts: Vec<Text>,
}

/// How one of several wordings is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first the first time, then the second, and around.
    InTurn,
    /// By chance, never the same twice in a row.
    Random,
}

/// A text with values to insert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Part>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Words(String),
    /// The value of the variable or step of this name.
    Insert(String),
}

impl Text {
    /// A text with nothing to insert.
    pub fn plain(words: &str) -> Self {
        Self(vec![Part::Words(words.to_owned())])
    }

    /// Names of what is inserted.
    pub fn inserts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Words(_) => None,
            Part::Insert(name) => Some(name.as_str()),
        })
    }
}

/// What comes after a step.
#[derive(Debug, Default)]
pub enum Then {
    /// The step below.
    #[default]
    Continue,
    /// Nothing: the action is done.
    End,
    /// The step of this id.
    GoTo(String),
    /// A person. Ends the action.
    ConnectToAgent(Box<Connect>),
    /// The built-in fallback; only in `no_matches`.
    Fallback,
}

/// How a person is asked for.
#[derive(Debug)]
pub struct Connect {
    /// `None` is the site's default queue.
    pub queue: Option<QueueId>,
    /// For the visitor, when agents of the queue are online.
    pub online_message: Text,
    /// For the visitor, when none is.
    pub offline_message: Text,
    /// For the agent.
    pub message_to_agent: Option<Text>,
}

impl Default for Connect {
    fn default() -> Self {
        Self {
            queue: None,
            online_message: Text::plain(ONLINE_MESSAGE),
            offline_message: Text::plain(OFFLINE_MESSAGE),
            message_to_agent: None,
        }
    }
}
