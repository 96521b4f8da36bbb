//! What starts workflows.

use super::codes;
use crate::workflow::definition::{ChangeOfTag, ClosedBy, OpenedBy, Trigger};
use crate::workflow::{self, Happened, Value};
use protocol::{Actor, Closing, Event, Happening, RunId, WorkflowId};
use std::collections::BTreeMap;

/// Something that may start workflows.
#[derive(Clone, Debug)]
pub struct Occasion {
    pub happened: Happened,
    pub told: BTreeMap<String, Value>,
    /// The step to begin with; `None` is the first.
    pub from: Option<String>,
    /// The workflows that led to it, the first one first.
    pub causes: Vec<WorkflowId>,
    /// The run that led to it.
    pub by: Option<RunId>,
}

/// What an event is to triggers, and what it tells.
pub fn occasion(event: &Event) -> Option<(Happened, BTreeMap<String, Value>)> {
    let text = |text: &str| Value::text(text);
    match &event.happening {
        Happening::Opened { source, .. } => {
            let told = BTreeMap::from([("source".to_owned(), text(codes::opened_by(*source)))]);
            Some((Happened::Opened((*source).into()), told))
        }
        // Opened again by a step: for the visitor's own coming back it is the same conversation that goes on.
        Happening::Reopened if matches!(event.by, Actor::Workflow { .. }) => {
            let told = BTreeMap::from([("source".to_owned(), text("workflow"))]);
            Some((Happened::Opened(OpenedBy::Workflow), told))
        }
        Happening::Closed(closing) => Some(closed(closing)),
        Happening::Tagged { tag, added } => {
            let change = if *added { ChangeOfTag::Added } else { ChangeOfTag::Removed };
            let told = BTreeMap::from([("tag".to_owned(), text(tag))]);
            Some((Happened::TagChanged { tag: tag.clone(), change }, told))
        }
        Happening::FieldSet { field, value } => {
            let value = value.as_ref().map_or(Value::Missing, Value::text);
            let told = BTreeMap::from([("field".to_owned(), text(field)), ("value".to_owned(), value)]);
            Some((Happened::FieldChanged { field: field.clone() }, told))
        }
        Happening::Said { .. }
        | Happening::Commented { .. }
        | Happening::AgentRequested { .. }
        | Happening::Queued { .. }
        | Happening::StepReached { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::Overflowed { .. }
        | Happening::Parked { .. }
        | Happening::Assigned { .. }
        | Happening::Unassigned { .. }
        | Happening::TransferOffered { .. }
        | Happening::TransferEnded { .. }
        | Happening::Transferred { .. }
        | Happening::Joined { .. }
        | Happening::Parted { .. }
        | Happening::Snoozed { .. }
        | Happening::Woken { .. }
        | Happening::WrappedUp { .. }
        | Happening::Reopened
        | Happening::ReturnedToAssistant { .. }
        | Happening::MarkedSpam(_)
        | Happening::UnmarkedSpam
        | Happening::Dedicated { .. }
        | Happening::PrioritySet { .. }
        | Happening::PromiseMissed { .. }
        | Happening::Reminded
        | Happening::PassedOnTooOften { .. }
        | Happening::UnansweredTooOften { .. }
        | Happening::WentQuiet
        | Happening::WorkflowStarted { .. }
        | Happening::WorkflowEnded { .. } => None,
    }
}

fn closed(closing: &Closing) -> (Happened, BTreeMap<String, Value>) {
    let category = closing.category.as_ref().map(ToString::to_string);
    let told = BTreeMap::from([
        ("source".to_owned(), Value::text(codes::closed_by(closing.source))),
        ("category".to_owned(), category.clone().map_or(Value::Missing, Value::Text)),
        ("summary".to_owned(), closing.note.clone().map_or(Value::Missing, Value::Text)),
    ]);
    (Happened::Closed { by: closing.source.into(), category }, told)
}

/// The kind of what starts a trigger's workflow; `None` for what only a program, a person or a run asks for by name.
pub fn starts_with(trigger: &Trigger) -> Option<std::mem::Discriminant<Happened>> {
    let like = match trigger {
        Trigger::Opened { .. } => Happened::Opened(OpenedBy::Visitor),
        Trigger::Closed { .. } => Happened::Closed { by: ClosedBy::Visitor, category: None },
        Trigger::TagChanged { .. } => Happened::TagChanged { tag: String::new(), change: ChangeOfTag::Added },
        Trigger::FieldChanged { .. } => Happened::FieldChanged { field: String::new() },
        Trigger::PageEvent { .. } => Happened::PageEvent { name: String::new() },
        Trigger::Webhook { .. } => Happened::Webhook(workflow::WorkflowId(String::new())),
        Trigger::Shortcut { .. } | Trigger::Manual => return None,
    };
    Some(std::mem::discriminant(&like))
}
