//! Whether something that happened starts a workflow.

use super::condition::holds;
use super::definition::{ChangeOfTag, ClosedBy, OpenedBy, Trigger, Workflow, WorkflowId};
use super::facts::Facts;
use super::memory::{Memory, Sight};
use super::value::{Value, fold};
use protocol::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Workflows in a chain of which each caused the next. Honest ones are short; longer ones are taken for circles.
pub const CAUSES_MAX: usize = 10;

/// Something that can start workflows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A conversation was opened.
    Opened(OpenedBy),
    /// A conversation was closed.
    Closed {
        /// By whom.
        by: ClosedBy,
        /// As what.
        category: Option<String>,
    },
    /// A tag of the contact's changed.
    TagChanged {
        /// Which.
        tag: String,
        /// How.
        change: ChangeOfTag,
    },
    /// A field of the contact's changed.
    FieldChanged {
        /// Which.
        field: String,
    },
    /// An agent asked for this workflow.
    Shortcut(WorkflowId),
    /// Another system asked for this workflow.
    Webhook(WorkflowId),
    /// Another workflow's step asked for this workflow.
    Manual(WorkflowId),
    /// The page around the chat told of something.
    PageEvent {
        /// What it calls it.
        name: String,
    },
}

/// What happened, and in which circumstances.
#[derive(Clone, Debug)]
pub struct Occasion<'a> {
    /// What.
    pub happened: &'a Happened,
    /// What it tells, read as `$trigger.name`.
    pub told: &'a BTreeMap<String, Value>,
    /// The workflows that led to it, the first one first: [`crate::workflow::Run::causes_of_its_own`].
    pub causes: &'a [WorkflowId],
    /// Whether the workflow runs in this conversation already.
    pub running: bool,
    /// Whether it ever ran for this contact.
    pub ran_before: bool,
}

/// How a workflow starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Beside whatever runs.
    Fresh,
    /// In place of its own run, which is first stopped with [`crate::workflow::Stop::Restarted`].
    InPlace,
}

/// Why a workflow does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotStarted {
    /// Something else would start it.
    #[error("its trigger is another")]
    OtherTrigger,
    /// Its condition does not hold.
    #[error("its condition does not hold")]
    Condition,
    /// It led to this itself.
    #[error("it led to this itself: it would start itself for ever")]
    Circle,
    /// Too many workflows led to this.
    #[error("more than {CAUSES_MAX} workflows started each other before it")]
    ChainTooLong,
    /// It is to run once for each contact, and did.
    #[error("it runs once for each contact, and did so for this one")]
    RanBefore,
    /// It runs here, and is not one to begin again.
    #[error("it is running in this conversation already")]
    AlreadyRunning,
    /// Too many runs began in this conversation in a short while.
    #[error("too many workflows began in this conversation within a minute")]
    TooOften,
    /// The conversation is spam.
    #[error("the conversation is spam")]
    Spam,
    /// It is not published, or was stopped.
    #[error("no workflow of that name is published")]
    NotPublished,
}

/// Whether an occasion starts a workflow, and how.
pub fn may_start(
    workflow: &Workflow,
    occasion: &Occasion<'_>,
    facts: &dyn Facts,
    now: Timestamp,
) -> Result<Start, NotStarted> {
    if !is_triggered(workflow, occasion.happened) {
        return Err(NotStarted::OtherTrigger);
    }
    if occasion.causes.contains(&workflow.id) {
        return Err(NotStarted::Circle);
    }
    if occasion.causes.len() > CAUSES_MAX {
        return Err(NotStarted::ChainTooLong);
    }
    if workflow.once_per_contact && occasion.ran_before {
        return Err(NotStarted::RanBefore);
    }
    let memory = Memory::of_trigger(occasion.told.clone());
    if !holds(&workflow.condition, &Sight { memory: &memory, facts, now }) {
        return Err(NotStarted::Condition);
    }
    match (occasion.running, workflow.restart_when_triggered_again) {
        (false, _) => Ok(Start::Fresh),
        (true, true) => Ok(Start::InPlace),
        (true, false) => Err(NotStarted::AlreadyRunning),
    }
}

fn is_triggered(workflow: &Workflow, happened: &Happened) -> bool {
    let called = |id: &WorkflowId| *id == workflow.id;
    match (&workflow.trigger, happened) {
        (Trigger::Opened { by }, Happened::Opened(opener)) => by.is_empty() || by.contains(opener),
        (Trigger::Closed { by, categories }, Happened::Closed { by: closer, category }) => {
            (by.is_empty() || by.contains(closer))
                && (categories.is_empty()
                    || category.as_ref().is_some_and(|category| named(categories, category)))
        }
        (Trigger::TagChanged { change, tags }, Happened::TagChanged { tag, change: changed }) => {
            change == changed && (tags.is_empty() || named(tags, tag))
        }
        (Trigger::FieldChanged { field }, Happened::FieldChanged { field: changed }) => field == changed,
        (Trigger::PageEvent { name }, Happened::PageEvent { name: told }) => name == told,
        (Trigger::Shortcut { .. }, Happened::Shortcut(id))
        | (Trigger::Webhook { .. }, Happened::Webhook(id))
        | (Trigger::Manual, Happened::Manual(id)) => called(id),
        (
            Trigger::Opened { .. }
            | Trigger::Closed { .. }
            | Trigger::TagChanged { .. }
            | Trigger::FieldChanged { .. }
            | Trigger::Shortcut { .. }
            | Trigger::Webhook { .. }
            | Trigger::Manual
            | Trigger::PageEvent { .. },
            _,
        ) => false,
    }
}

fn named(names: &[String], name: &str) -> bool {
    names.iter().any(|one| fold(one) == fold(name))
}
