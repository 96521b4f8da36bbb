//! What visitors are told of everything that can happen, and that it reads back.

mod examples;

use super::*;
use crate::WorkflowId;
use examples::{badge, event, hand_off, happenings, queue, said};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Stands in everything that is the staff's alone.
const STAFF: &str = "staff-only";

#[test]
fn the_visitor_is_told_of_what_concerns_them_and_of_nothing_of_the_staffs() {
    for happening in happenings() {
        let event = event(happening.clone());
        let told = event.for_visitor();
        let kind = told.as_ref().map(|told| kind_of(&told.told));
        assert_eq!(kind, expected(&happening), "{happening:?}");
        let text = serde_json::to_string(&told).unwrap();
        assert!(!text.contains(STAFF), "{text}");
        let is_named = text.contains(&Uuid::from_u128(99).to_string());
        let is_message = matches!(happening, Happening::Said { .. });
        assert_eq!(is_named, is_message, "a message's name is everybody's, another's request is not: {text}");
    }
}

#[test]
fn there_is_an_example_of_everything_that_can_happen() {
    let kinds: BTreeSet<&str> = happenings().iter().map(Happening::kind).collect();
    assert_eq!(kinds.len(), 36);
}

#[test]
fn what_happened_is_on_the_wire_by_its_kind_and_reads_back() {
    for happening in happenings() {
        let json = serde_json::to_value(&happening).unwrap();
        let tag = json.as_str().or_else(|| json.as_object()?.keys().next().map(String::as_str));
        assert_eq!(tag, Some(happening.kind()));
        let event = event(happening);
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
        if let Some(told) = event.for_visitor() {
            let text = serde_json::to_string(&told).unwrap();
            assert_eq!(serde_json::from_str::<VisitorEvent>(&text).unwrap(), told);
        }
    }
}

#[test]
fn a_visitors_own_request_is_named_to_them() {
    let own = Event { by: Actor::Visitor, ..event(Happening::Reopened) };
    assert_eq!(own.for_visitor().unwrap().request, own.request);
}

#[test]
fn visitors_see_people_by_name_and_everything_else_as_themselves_the_assistant_or_the_business() {
    let speakers = [
        (Author::Browser(BrowserAuthor::Visitor), Speaker::Visitor),
        (Author::Browser(BrowserAuthor::Assistant), Speaker::Assistant),
        (Author::Agent(badge()), Speaker::Agent(badge())),
        (Author::Workflow(WorkflowId::new(STAFF).unwrap()), Speaker::Business),
        (Author::Program { name: STAFF.to_owned() }, Speaker::Business),
        (Author::Bridge, Speaker::Business),
    ];
    for (author, expected) in speakers {
        let told = event(said(author)).for_visitor().unwrap().told;
        assert!(matches!(told, Told::Said { author, .. } if author == expected));
    }
}

#[test]
fn the_message_for_online_or_offline_is_told_and_not_both() {
    for (online, told) in [(true, "Somebody is coming."), (false, "Nobody is here.")] {
        let asked = Happening::AgentRequested { queue: queue(), online, hand_off: hand_off() };
        let message = told.to_owned();
        assert_eq!(event(asked).for_visitor().unwrap().told, Told::AgentRequested { online, message });
    }
}

/// What the visitor is told of each; a new happening is decided on here.
fn expected(happening: &Happening) -> Option<&'static str> {
    match happening {
        Happening::Opened { .. } => Some("opened"),
        Happening::Said { .. } => Some("said"),
        Happening::AgentRequested { .. } => Some("agent_requested"),
        Happening::Queued { why, .. } => match why {
            QueuedWhy::HandOff | QueuedWhy::Overflowed | QueuedWhy::Unmarked => None,
            QueuedWhy::Transferred
            | QueuedWhy::Unassigned
            | QueuedWhy::Woken
            | QueuedWhy::Reopened
            | QueuedWhy::Assigned => Some("waiting"),
        },
        Happening::Parked { .. } => Some("leave_message"),
        Happening::Assigned { .. } => Some("agent_joined"),
        Happening::Closed(_) => Some("closed"),
        Happening::Reopened => Some("reopened"),
        Happening::ReturnedToAssistant { .. } => Some("assistant_back"),
        Happening::Commented { .. }
        | Happening::StepReached { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::Overflowed { .. }
        | Happening::Unassigned { .. }
        | Happening::TransferOffered { .. }
        | Happening::TransferEnded { .. }
        | Happening::Transferred { .. }
        | Happening::Joined { .. }
        | Happening::Parted { .. }
        | Happening::Snoozed { .. }
        | Happening::Woken { .. }
        | Happening::WrappedUp { .. }
        | Happening::MarkedSpam(_)
        | Happening::UnmarkedSpam
        | Happening::Tagged { .. }
        | Happening::FieldSet { .. }
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

fn kind_of(told: &Told) -> &'static str {
    match told {
        Told::Opened => "opened",
        Told::Said { .. } => "said",
        Told::AgentRequested { .. } => "agent_requested",
        Told::Waiting => "waiting",
        Told::LeaveMessage { .. } => "leave_message",
        Told::AgentJoined { .. } => "agent_joined",
        Told::AssistantBack => "assistant_back",
        Told::Closed { .. } => "closed",
        Told::Reopened => "reopened",
    }
}
