//! What steps do, but for questions and calls of other systems.

use super::{DURATION, NAME, SLUG};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use switchboard::workflow::JUMPS_MAX;

/// An assignment. The step is done when somebody has the conversation: an offer is not enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignDoc {
    /// To whom.
    #[schemars(extend("examples" = [{ "team": "support" }]))]
    pub to: OwnerDoc,
    /// How one of several is chosen; as configured where they belong when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ByDoc>,
    /// Only who is online; busy is not. One person is then waited for.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub online_only: bool,
    /// Only who has fewer open conversations than this; those of a queue with a weight count as that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub fewer_open_than: Option<u32>,
    /// How long somebody is waited for, such as `1h`; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = DURATION))]
    pub timeout: Option<String>,
}

/// To whom a conversation is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OwnerDoc {
    /// Anybody.
    Anybody(AnybodyWord),
    /// One person.
    Agent(ToAgentDoc),
    /// One of a team.
    Team(ToTeamDoc),
    /// One who serves a queue, by the queue's own plan.
    Queue(ToQueueDoc),
}

/// Anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnybodyWord {
    /// Anybody of the workspace.
    Anybody,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToAgentDoc {
    /// Their e-mail address or id, or a variable that holds one, such as `$contact.agent`.
    #[schemars(length(min = 1))]
    pub agent: String,
}

/// One of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToTeamDoc {
    /// The team's name.
    #[schemars(length(max = 64), regex(pattern = SLUG))]
    pub team: String,
}

/// One who serves a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToQueueDoc {
    /// The queue's name.
    #[schemars(length(max = 64), regex(pattern = SLUG))]
    pub queue: String,
}

/// How one of several is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ByDoc {
    /// Each in turn.
    RoundRobin,
    /// Who has the fewest open conversations.
    LeastOpen,
    /// Who has the most room left.
    MostAvailable,
    /// Who has had nothing new for longest.
    LongestIdle,
    /// Who has the skills that are wanted, best.
    BestSkill,
    /// Nobody is chosen: somebody takes it.
    Manual,
}

/// A change of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoDoc {
    /// Opens it.
    Open,
    /// Takes it from its owner.
    Unassign,
}

/// A field of the contact's and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetFieldDoc {
    /// The field's name.
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub field: String,
    /// What it is set to. A text can hold variables, one alone keeps its kind; an empty text clears the field.
    pub to: ValueDoc,
}

/// A variable of the run and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDoc {
    /// The variable's name.
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub variable: String,
    /// What it is set to. A text can hold variables, one alone keeps its kind; an empty text clears the variable.
    pub to: ValueDoc,
}

/// A value. A text can hold variables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ValueDoc {
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// As what a conversation is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CloseDoc {
    /// The id of a reason for closing, as it is set up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64), regex(pattern = SLUG))]
    pub category: Option<String>,
    /// In some words, with variables.
    #[serde(skip_serializing_if = "super::is_default")]
    pub summary: String,
}

/// What only the staff sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum CommentDoc {
    /// A text with variables.
    Text(String),
    /// A text, and who is told of it.
    Full(CommentTextDoc),
}

/// A text that only the staff sees, and who is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentTextDoc {
    /// What, with variables.
    #[schemars(length(min = 1))]
    pub text: String,
    /// Who is told.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(length(max = 20))]
    pub mention: Vec<MentionDoc>,
}

/// Who is told of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MentionDoc {
    /// One person, without variables.
    Agent(ToAgentDoc),
    /// All of a team.
    Team(ToTeamDoc),
}

/// A jump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JumpDoc {
    /// The step it leads to.
    pub to: String,
    /// How often in one run.
    #[schemars(range(min = 1, max = JUMPS_MAX))]
    pub times: u8,
}

/// A time that is inside or outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DuringDoc {
    /// While a calendar is open.
    Calendar(CalendarDoc),
    /// From a moment to another.
    Range(RangeDoc),
}

/// While a calendar is open. One that does not exist never is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarDoc {
    /// Its name.
    #[schemars(length(min = 1))]
    pub calendar: String,
}

/// From a moment to another, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeDoc {
    /// The first, such as `2026-12-24T18:00Z` or `2026-12-24T18:00[Europe/Berlin]`.
    pub from: String,
    /// The last.
    pub to: String,
}

/// Another workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunDoc {
    /// Its `id`. Its trigger has to be `manual`.
    #[schemars(length(max = 64), regex(pattern = SLUG))]
    pub workflow: String,
    /// The step it begins with; its first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}
