//! What steps do.

use super::{AgentName, Ask, Assign, Condition, Next, Request, StepAt, TeamId, WorkflowId};
use crate::workflow::text::Template;
use crate::workflow::value::Value;
use protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// What a step does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Says something to the visitor.
    Say(Template),
    /// Asks the visitor and waits for the answer.
    Ask(Box<Ask>),
    /// Gives the conversation to somebody and waits until they have it.
    Assign(Box<Assign>),
    /// Takes the conversation from its owner.
    Unassign,
    /// Goes where the first case that holds says; else to the next step.
    Branch(Vec<Case>),
    /// Adds tags to the contact or removes them.
    Tag {
        /// Which of the two.
        change: ChangeOfTag,
        /// Which tags.
        tags: Vec<Template>,
    },
    /// Sets a field of the contact's.
    Field {
        /// Which.
        field: String,
        /// To what.
        to: Source,
    },
    /// Opens the conversation.
    Open,
    /// Closes the conversation, and with it the run, unless it survives that.
    Close {
        /// What it was about.
        category: Option<String>,
        /// In some words.
        summary: Template,
    },
    /// Writes what only the staff sees.
    Comment {
        /// What.
        text: Template,
        /// Who is told.
        mentions: Vec<Mention>,
    },
    /// Goes to a step; past so many times in a run, to the next one.
    Jump {
        /// To which.
        to: StepAt,
        /// How often: [`crate::workflow::JUMPS_MAX`] at most.
        times: u8,
    },
    /// Waits.
    Wait {
        /// How long.
        seconds: u64,
    },
    /// Looks at the time: inside goes to the next step.
    WhenOpen {
        /// What is inside.
        when: WhenOpen,
        /// What follows outside.
        outside: Next,
    },
    /// Calls another system and waits for its answer.
    Request(Box<Request>),
    /// Starts another workflow, which finds this run's variables as `$trigger.name`.
    Trigger {
        /// Which.
        workflow: WorkflowId,
        /// At which of its steps; `None` is the first.
        from: Option<String>,
    },
    /// Sets a variable.
    Set {
        /// Which.
        variable: String,
        /// To what.
        to: Source,
    },
}

/// One way out of a branch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// As people call it.
    pub name: String,
    /// When it is taken.
    pub condition: Condition,
    /// What follows.
    pub then: Next,
}

/// What happens to a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeOfTag {
    /// It is added.
    Added,
    /// It is removed.
    Removed,
}

/// Who is told of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mention {
    /// One person.
    Agent(AgentName),
    /// All of a team.
    Team(TeamId),
}

/// Where a field's or variable's value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// This very value.
    Constant(Value),
    /// A text with variables. One variable and nothing around it keeps its kind: a number stays a number.
    Text(Template),
}

/// A time that is inside or outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenOpen {
    /// While this calendar is open. One that does not exist never is.
    Calendar(String),
    /// From a moment to another, both included.
    Range {
        /// The first.
        from: Timestamp,
        /// The last.
        to: Timestamp,
    },
}
