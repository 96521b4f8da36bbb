//! A checked assistant, as the engine runs it: every name known, every text and expression parsed, every default filled
//! in. The `authoring` crate makes it from what authors write; it travels to the browser as [`Definition::to_bytes`].
//!
//! Nothing here is written by hand, so nothing is optional for convenience; a field that can be absent means something.

mod ask;
mod expr;
mod read;
mod say;
mod settings;
mod then;
mod travel;

pub use ask::{Ask, Choice, Collect, Exhausted, Kind, Limits, NamedPattern, TopicFirst};
pub use expr::{BinaryOp, Condition, Expr, Function, Method, Test, TestOp, UnaryOp};
pub use say::{Order, Output, Part, Text, Wordings};
pub use settings::{
    Clarify, DateStyle, Decimals, Display, Frequency, Mode, ModeRules, Modes, Settings, Texts, Thousands,
    TimeStyle, Topics,
};
pub use then::{Call, Connect, Run, Then};
pub use travel::{FORMAT_VERSION, Unreadable};

use crate::value::Value;
use serde::{Deserialize, Serialize};

/// Places of the built-in actions in [`Definition::actions`].
pub const GREETING: usize = 0;
/// Runs when nothing was recognised.
pub const NO_MATCHES: usize = 1;
/// Runs when a person is asked for, or needed.
pub const FALLBACK: usize = 2;
/// Runs on every utterance, before anything else, to look for trigger words.
pub const TRIGGER_WORDS: usize = 3;
/// Ids of the built-in actions, in their places.
pub const BUILT_IN_ACTIONS: [&str; 4] = ["greeting", "no_matches", "fallback", "trigger_words"];

/// Variables the engine sets; authors test and insert them. Named as in the specification (`watsonx.md` 1.10).
pub mod built_in {
    /// Why the fallback runs: a code of `protocol::HandOffReason`.
    pub const FALLBACK_REASON: &str = "fallback_reason";
    /// Utterances in a row that matched nothing, this one included.
    pub const NO_MATCHES_COUNT: &str = "no_matches_count";
    /// Title of the interrupted action, or nothing.
    pub const DIGRESSED_FROM: &str = "digressed_from";
    /// Date and time now, in the visitor's time zone.
    pub const NOW: &str = "now";
    /// The date now.
    pub const CURRENT_DATE: &str = "current_date";
    /// The time of day now.
    pub const CURRENT_TIME: &str = "current_time";
    /// The visitor's time zone, such as `Europe/Lisbon`.
    pub const TIMEZONE: &str = "timezone";
    /// The visitor's locale, such as `pt-PT`.
    pub const LOCALE: &str = "locale";
    /// How the visitor reached us: `chat` here.
    pub const CHANNEL_NAME: &str = "channel_name";
    /// The last messages: a list of `{u: "…", n: true}` and `{a: "…"}`.
    pub const SESSION_HISTORY: &str = "session_history";
    /// What the page and the browser tell: a map with `page_url`, `page_title`, `referrer`, `language`, `user_agent`, …
    pub const VISITOR: &str = "visitor";
    /// All of them.
    pub const ALL: [&str; 11] = [
        FALLBACK_REASON,
        NO_MATCHES_COUNT,
        DIGRESSED_FROM,
        NOW,
        CURRENT_DATE,
        CURRENT_TIME,
        TIMEZONE,
        LOCALE,
        CHANNEL_NAME,
        SESSION_HISTORY,
        VISITOR,
    ];
}

/// A whole assistant, in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// A language tag such as `en` or `fr-CA`.
    pub language: String,
    /// When to act, to ask, to change the topic.
    pub settings: Settings,
    /// How values look in texts.
    pub display: Display,
    /// The engine's own words.
    pub texts: Texts,
    /// Session variables.
    pub variables: Vec<Variable>,
    /// Lists of words that `trigger_words` looks for, by name.
    pub words: Vec<WordList>,
    /// Utterances that no action should take.
    pub counterexamples: Vec<String>,
    /// The four built-in actions in their places, then the author's.
    pub actions: Vec<Action>,
}

/// A variable of the whole session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it holds until it is set.
    pub initial: Option<Expr>,
    /// Its label in what is handed over; `None` keeps it from the agent.
    pub shown_as: Option<String>,
    /// Masked wherever a person could read it.
    pub protected: bool,
}

/// Words looked for in every utterance: whole words, regardless of case and accents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WordList {
    /// Its name.
    pub name: String,
    /// The words, or groups of words.
    pub words: Vec<String>,
}

/// One goal of a visitor and the way to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Its name in programs.
    pub id: String,
    /// Its name for authors; it is also a phrase of an author's action.
    pub title: String,
    /// Its name for visitors, in clarifying questions and suggestions; `None` is the title.
    pub shown_as: Option<String>,
    /// What visitors say when they want it.
    pub phrases: Vec<String>,
    /// What visitors say when they do not want it, near as it may sound.
    pub counterexamples: Vec<String>,
    /// It is not recognised while this is false.
    pub when: Option<Condition>,
    /// Whether it may stand in clarifying questions and suggestions. Otherwise it runs without a question when it is the
    /// likeliest, and is left out when it is not.
    pub offered: bool,
    /// How readily it acts; counts only when [`Settings::modes`] is set.
    pub mode: Mode,
    /// Whether visitors may change the topic away from it.
    pub leave: bool,
    /// Whether visitors may change the topic to it.
    pub enter: bool,
    /// Whether the interrupted action is forgotten when this one ends.
    pub never_return: bool,
    /// What is done.
    pub steps: Vec<Step>,
}

impl Default for Action {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            shown_as: None,
            phrases: Vec::new(),
            counterexamples: Vec::new(),
            when: None,
            offered: true,
            mode: Mode::default(),
            leave: true,
            enter: true,
            never_return: false,
            steps: Vec::new(),
        }
    }
}

/// One step: a condition, then assignments, words, a question, and where to go next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name; also the name of its answer.
    pub id: String,
    /// Its name for authors.
    pub title: Option<String>,
    /// The step is passed over while this is false.
    pub when: Option<Condition>,
    /// What it sets, before it says anything.
    pub set: Vec<Assignment>,
    /// What it says.
    pub say: Vec<Output>,
    /// How many likely topics it offers as options.
    pub suggest: u8,
    /// What it asks.
    pub ask: Option<Ask>,
    /// What comes after it.
    pub then: Then,
    /// How often it may be visited in one conversation before the fallback takes over instead of what comes after it.
    pub visits: Option<Visits>,
}

impl Step {
    /// The names under which it keeps what it learns: its answer, and what it fetches.
    pub fn learns(&self) -> impl Iterator<Item = &str> {
        self.ask.iter().map(|_| self.id.as_str()).chain(self.then.result())
    }
}

/// A visit limit of a step, counted over the whole session (`watsonx.md` 1.17: profanity).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visits {
    /// From this visit on the fallback runs, with [`Visits::reason`].
    pub max: u32,
    /// Why, for the fallback.
    pub reason: protocol::HandOffReason,
}

/// Sets a variable, or evaluates an expression for what it changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The session variable; `None` is a bare expression.
    pub target: Option<String>,
    /// Its new value.
    pub value: Expr,
}

/// A value written in the file.
impl From<Value> for Expr {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}
