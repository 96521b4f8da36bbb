//! A run: one workflow on its way through one conversation.

mod afterwards;
mod effect;
mod hear;
mod input;
mod log;
mod steps;
mod walk;

pub use effect::{AssignWanted, BodyKind, Effect, HeaderWanted, HttpWanted, Whom};
pub use input::{HttpAnswer, Input, Stop};
pub use log::{LOG_LINES_MAX, Line, Log, What};

use super::definition::{StepAt, Workflow, WorkflowId};
use super::facts::Facts;
use super::memory::Memory;
use afterwards::Afterwards;
use protocol::{AgentId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use walk::Walk;

/// Steps one run takes. A run of a hundred steps that jumps as often as it may stays far below.
pub const STEPS_MAX: u32 = 1_000;

/// Times one jump is taken in a run, whatever its step says.
pub const JUMPS_MAX: u8 = 10;

/// Times a question is asked again, whatever its step says.
pub const RETRIES_MAX: u8 = 10;

/// An answer from another system that is not there by then does not come: the caller was interrupted.
pub const REQUEST_SECONDS_MAX: u64 = 60;

/// One workflow on its way through one conversation, as the caller keeps it between two inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    stage: Stage,
    memory: Memory,
    /// The workflows that led to this run, the first one first.
    causes: Vec<WorkflowId>,
    steps_taken: u32,
    jumps_taken: BTreeMap<StepAt, u8>,
    last_ticket: u32,
    /// Whether it has the turn to ask, or stands in line for it.
    has_turn: bool,
    log: Log,
}

/// What was asked of the caller, by number: an answer with another number comes too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticket(pub u32);

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Stage {
    /// It has not begun.
    Fresh,
    /// It waits at a step.
    Waiting { at: StepAt, until: Option<Timestamp>, of: Awaited },
    /// It is over.
    Ended(End),
}

/// What a run waits for, besides the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Awaited {
    /// Nothing.
    Time,
    /// Its turn to ask.
    Turn(Ticket),
    /// The visitor's answer, after so many invalid ones.
    Answer { invalid: u8 },
    /// Somebody who has the conversation.
    Owner(Ticket),
    /// Another system.
    Response(Ticket),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// After its last step.
    Finished,
    /// A step came out in a way after which nothing follows.
    NoBranch(Outcome),
    /// The conversation was closed.
    Closed,
    /// The conversation is spam.
    Spam,
    /// The visitor wrote.
    VisitorWrote,
    /// A person wrote to the visitor.
    HumanWrote,
    /// Somebody assigned the conversation by hand.
    AssignedByHand,
    /// Somebody or something stopped it.
    Stopped(Stop),
    /// It took [`STEPS_MAX`] steps.
    TooManySteps,
    /// A step was to follow that does not exist.
    NoSuchStep,
}

impl End {
    /// Every code, as [`End::code`] gives them.
    pub const CODES: [&'static str; 13] = [
        "finished",
        "no_way_out",
        "closed",
        "spam",
        "visitor_wrote",
        "human_wrote",
        "assigned_by_hand",
        "stopped_by_agent",
        "stopped_by_supervisor",
        "stopped",
        "restarted",
        "too_many_steps",
        "no_such_step",
    ];

    /// Its stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::NoBranch(_) => "no_way_out",
            Self::Closed => "closed",
            Self::Spam => "spam",
            Self::VisitorWrote => "visitor_wrote",
            Self::HumanWrote => "human_wrote",
            Self::AssignedByHand => "assigned_by_hand",
            Self::Stopped(Stop::ByAgent) => "stopped_by_agent",
            Self::Stopped(Stop::BySupervisor) => "stopped_by_supervisor",
            Self::Stopped(Stop::WithWorkflow) => "stopped",
            Self::Stopped(Stop::Restarted) => "restarted",
            Self::TooManySteps => "too_many_steps",
            Self::NoSuchStep => "no_such_step",
        }
    }
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is done.
    Done,
    /// The visitor answered.
    Answered,
    /// The visitor gave one invalid answer too many.
    Invalid,
    /// What was waited for did not come in time.
    TimedOut,
    /// Another run had a question open.
    Busy,
    /// Somebody has the conversation.
    Assigned(AgentId),
    /// There is nobody who could have it.
    Nobody,
    /// This case of a branch held, from 0.
    Case(u16),
    /// No case held.
    Otherwise,
    /// It jumped.
    Jumped,
    /// It had jumped as often as it may.
    JumpSkipped,
    /// It is time.
    Inside,
    /// It is not the time.
    Outside,
    /// The other system answered with success, with this status.
    Succeeded(u16),
    /// It answered otherwise, or not at all.
    Failed(Option<u16>),
}

/// Takes a run one input further. What comes back is to be done in this order; a run that is over gives nothing back.
pub fn advance(
    workflow: &Workflow,
    run: &mut Run,
    input: Input,
    facts: &dyn Facts,
    now: Timestamp,
) -> Vec<Effect> {
    let facts = Afterwards::of(facts, now);
    let mut walk = Walk { workflow, run, facts, now, effects: Vec::new() };
    walk.hear(input);
    walk.effects
}

impl Run {
    /// A run that has yet to begin, and the workflows that led to it.
    pub fn new(causes: Vec<WorkflowId>) -> Self {
        Self {
            stage: Stage::Fresh,
            memory: Memory::default(),
            causes,
            steps_taken: 0,
            jumps_taken: BTreeMap::new(),
            last_ticket: 0,
            has_turn: false,
            log: Log::default(),
        }
    }

    /// How it ended; `None` while it has not.
    pub fn ended(&self) -> Option<End> {
        match self.stage {
            Stage::Ended(end) => Some(end),
            Stage::Fresh | Stage::Waiting { .. } => None,
        }
    }

    /// The step it waits at.
    pub fn waits_at(&self) -> Option<StepAt> {
        match self.stage {
            Stage::Waiting { at, .. } => Some(at),
            Stage::Fresh | Stage::Ended(_) => None,
        }
    }

    /// When it wants [`Input::TimeReached`]. After a restart the caller asks this of every run.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Waiting { until, .. } => until,
            Stage::Fresh | Stage::Ended(_) => None,
        }
    }

    /// Whether the visitor's next message is its answer.
    pub fn has_question(&self) -> bool {
        matches!(self.stage, Stage::Waiting { of: Awaited::Answer { .. }, .. })
    }

    /// The wish it waits for: somebody who has the conversation.
    pub fn wish(&self) -> Option<Ticket> {
        match self.stage {
            Stage::Waiting { of: Awaited::Owner(ticket), .. } => Some(ticket),
            Stage::Fresh | Stage::Waiting { .. } | Stage::Ended(_) => None,
        }
    }

    /// The turn to ask it waits for.
    pub fn turn_wanted(&self) -> Option<Ticket> {
        match self.stage {
            Stage::Waiting { of: Awaited::Turn(ticket), .. } => Some(ticket),
            Stage::Fresh | Stage::Waiting { .. } | Stage::Ended(_) => None,
        }
    }

    /// Writes into its log what the caller made of something it did, or of its trigger.
    pub fn note(&mut self, what: What, now: Timestamp) {
        self.log.write(Line { at: now, step: self.waits_at(), what });
    }

    /// Ends a run whose conversation or workflow does not exist any more.
    pub fn lose(&mut self, now: Timestamp) {
        let end = End::Stopped(Stop::WithWorkflow);
        self.note(What::Ended(end), now);
        self.stage = Stage::Ended(end);
    }

    /// What it knows.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What it did.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The causes of whatever it does: those of its own, and itself.
    pub fn causes_of_its_own(&self, workflow: &Workflow) -> Vec<WorkflowId> {
        self.causes.iter().chain([&workflow.id]).cloned().collect()
    }
}
