//! What a run did, for people to read. The last lines are kept; each is also told as an effect when it is written.

use super::{End, Outcome};
use crate::workflow::definition::{StepAt, Task, Workflow, WorkflowId};
use crate::workflow::start::NotStarted;
use crate::workflow::text::Reference;
use crate::workflow::value::{Value, cut};
use protocol::{AgentId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Lines a run keeps of what it did; the oldest go first.
pub const LOG_LINES_MAX: usize = 200;

/// Bytes of a name in a line.
const NAME_BYTES_MAX: usize = 64;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    lines: VecDeque<Line>,
    forgotten: u32,
}

/// One thing a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// At which step.
    pub step: Option<StepAt>,
    /// What.
    pub what: What,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A step waits, perhaps until a moment.
    Waits(Option<Timestamp>),
    /// A question is not asked yet, since another is open; perhaps until a moment.
    WaitsToAsk(Option<Timestamp>),
    /// A question was asked again.
    AskedAgain,
    /// A step came out so.
    Came(Outcome),
    /// A name stood for nothing.
    Unknown(String),
    /// A text was too long and lost its end.
    Cut,
    /// An agent wanted to stop the run and may not.
    StopRefused,
    /// It closed the conversation as something that is not configured any more.
    NoSuchCategory(String),
    /// A workflow was not started: this one, whose trigger came again, or one that this run led to.
    NotStarted(WorkflowId, NotStarted),
    /// The run is over.
    Ended(End),
}

impl Log {
    /// The lines that are kept, the oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }

    /// How many older lines are gone.
    pub fn forgotten(&self) -> u32 {
        self.forgotten
    }

    /// Adds a line.
    pub fn write(&mut self, line: Line) {
        self.lines.push_back(line);
        while self.lines.len() > LOG_LINES_MAX {
            self.lines.pop_front();
            self.forgotten = self.forgotten.saturating_add(1);
        }
    }
}

impl What {
    /// That a name stood for nothing.
    pub fn unknown(reference: &Reference) -> Self {
        Self::Unknown(cut(reference.to_string(), NAME_BYTES_MAX))
    }
}

impl Line {
    /// The line in words, with the step's name. Agents are told of by their ids.
    pub fn told(&self, workflow: &Workflow) -> String {
        self.told_with(workflow, |agent| agent.to_string())
    }

    /// The line in words, with the step's name, and agents as `name` calls them.
    pub fn told_with(&self, workflow: &Workflow, name: impl Fn(AgentId) -> String) -> String {
        let step = self.step.and_then(|at| workflow.step(at));
        let what = match &self.what {
            What::Waits(None) => "waits".to_owned(),
            What::Waits(Some(until)) => format!("waits until {}", Value::Moment(*until).written()),
            What::WaitsToAsk(None) => "another question is open: waits to ask".to_owned(),
            What::WaitsToAsk(Some(until)) => {
                format!("another question is open: waits to ask until {}", Value::Moment(*until).written())
            }
            What::AskedAgain => "no valid answer: asks again".to_owned(),
            What::Came(outcome) => told_outcome(*outcome, step.map(|step| &step.task), name),
            What::Unknown(name) => format!("{name} stands for nothing"),
            What::Cut => "a text was too long and lost its end".to_owned(),
            What::StopRefused => "agents may not stop it".to_owned(),
            What::NoSuchCategory(category) => {
                format!("there is no reason `{category}` for closing: it is left out")
            }
            What::NotStarted(workflow, why) => format!("`{workflow}` was not started: {why}"),
            What::Ended(end) => format!("over: {}", told_end(*end)),
        };
        match step {
            Some(step) => format!("{}: {what}", step.name),
            None => what,
        }
    }
}

fn told_outcome(outcome: Outcome, task: Option<&Task>, name: impl Fn(AgentId) -> String) -> String {
    match outcome {
        Outcome::Done => "done",
        Outcome::Answered => "answered",
        Outcome::Invalid => "one invalid answer too many",
        Outcome::TimedOut => "waited in vain",
        Outcome::Busy => "not asked: another question is open",
        Outcome::Assigned(agent) => return format!("assigned to {}", name(agent)),
        Outcome::Nobody => "nobody could have it",
        Outcome::Case(place) => return told_case(place, task),
        Outcome::Otherwise => "no case holds",
        Outcome::Jumped => "jumped",
        Outcome::JumpSkipped => "jumped as often as it may",
        Outcome::Inside => "it is time",
        Outcome::Outside => "it is not the time",
        Outcome::Succeeded(status) => return format!("answered with {status}"),
        Outcome::Failed(Some(status)) => return format!("failed with {status}"),
        Outcome::Failed(None) => "failed without an answer",
    }
    .to_owned()
}

fn told_case(place: u16, task: Option<&Task>) -> String {
    let case = match task {
        Some(Task::Branch(cases)) => cases.get(usize::from(place)),
        // A branch alone has cases; another step's line would be from another version.
        Some(_) | None => None,
    };
    case.map_or_else(
        || format!("case {}", u32::from(place) + 1),
        |case| format!("case `{}` holds", case.name),
    )
}

fn told_end(end: End) -> &'static str {
    match end {
        End::Finished => "nothing follows",
        End::NoBranch(_) => "nothing follows what came of the last step",
        End::Closed => "the conversation was closed",
        End::Spam => "the conversation is spam",
        End::VisitorWrote => "the visitor wrote",
        End::HumanWrote => "a person wrote",
        End::AssignedByHand => "assigned by hand",
        End::Stopped(super::Stop::ByAgent) => "stopped by an agent",
        End::Stopped(super::Stop::BySupervisor) => "stopped by a supervisor or a program",
        End::Stopped(super::Stop::WithWorkflow) => "its workflow was stopped",
        End::Stopped(super::Stop::Restarted) => "its trigger came again",
        End::TooManySteps => "it took too many steps",
        End::NoSuchStep => "the step that follows does not exist",
    }
}
