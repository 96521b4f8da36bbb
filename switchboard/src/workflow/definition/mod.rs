//! What a workflow is, once checked and compiled: a trigger, conditions, and a flat list of named steps.
//!
//! Every way out of a step names the step that follows by its place in the list, so a branch and a jump are the same
//! thing: a place. What an author's file may hold is checked where it is compiled; the engine trusts none of it, and a
//! place that does not exist ends the run.

mod ask;
mod condition;
mod ids;
mod owner;
mod request;
mod task;
mod trigger;

pub use ask::{Ask, DateOrder, IfBusy, Kind, Save};
pub use condition::{Clause, Condition, Join, Operand, Operator, Subject, Test};
pub use ids::{AgentName, TeamId, WorkflowId};
pub use owner::{Assign, Choosing, Owner};
pub use request::{Body, Header, HeaderValue, Mapping, Method, PathPart, Request};
pub use task::{Case, ChangeOfTag, Mention, Source, Task, WhenOpen};
pub use trigger::{ClosedBy, ContactAt, ContactKey, FormField, OpenedBy, Trigger, WebhookValue};

use serde::{Deserialize, Serialize};

/// One published version of a workflow. A run keeps to the version it began with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workflow {
    /// Which.
    pub id: WorkflowId,
    /// As people call it.
    pub name: String,
    /// What starts it.
    pub trigger: Trigger,
    /// What must hold besides.
    pub condition: Condition,
    /// Whether a contact that it ever ran for is left alone.
    pub once_per_contact: bool,
    /// Whether its trigger, while it runs, ends the run and begins another. Otherwise the trigger is passed over.
    pub restart_when_triggered_again: bool,
    /// Whether it goes on when the conversation is closed. One that a closing starts always does.
    pub survives_close: bool,
    /// What else ends a run.
    pub exits: Exits,
    /// The steps; a run begins with the first.
    pub steps: Vec<Step>,
}

/// What ends a run before its last step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exits {
    /// An agent may stop it.
    pub agent_may_stop: bool,
    /// A message of the visitor's that answers no question of the run's.
    pub on_visitor_message: bool,
    /// A person's message to the visitor.
    pub on_human_message: bool,
    /// Somebody assigned the conversation by hand.
    pub on_manual_assignment: bool,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name: for people, for `$step.name`, and for workflows that start here.
    pub name: String,
    /// What it does.
    pub task: Task,
    /// What follows when all goes well. Other ways out are the task's.
    pub next: Next,
}

/// What follows; `None` is the end of the run.
pub type Next = Option<StepAt>;

/// A step, by its place in the workflow's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepAt(pub u16);

impl Workflow {
    /// The step at a place; `None` when there is none.
    pub fn step(&self, at: StepAt) -> Option<&Step> {
        self.steps.get(usize::from(at.0))
    }

    /// Where the step of that name stands.
    pub fn place_of(&self, name: &str) -> Option<StepAt> {
        let place = self.steps.iter().position(|step| step.name == name)?;
        u16::try_from(place).ok().map(StepAt)
    }

    /// Whether a run goes on when the conversation is closed.
    pub fn outlives_closing(&self) -> bool {
        self.survives_close || matches!(self.trigger, Trigger::Closed { .. })
    }
}
