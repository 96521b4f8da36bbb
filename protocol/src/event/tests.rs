//! What visitors are told of everything that can happen, and that it reads back.

use super::*;
use crate::setup::{Need, Subject};
use crate::{
    AgentBadge, AgentId, Content, HandOff, HandOffReason, KeyId, QueueId, ReasonId, RunId, SiteId, SkillId,
    TeamId, VisitorId, WorkflowId,
};
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
        assert!(!text.contains(&Uuid::from_u128(99).to_string()), "another's request is named: {text}");
    }
}

#[test]
fn there_is_an_example_of_everything_that_can_happen() {
    let kinds: BTreeSet<&str> = happenings().iter().map(Happening::kind).collect();
    assert_eq!(kinds.len(), 34);
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
        assert_eq!(event(asked).for_visitor().unwrap().told, Told::AgentRequested { message });
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

fn happenings() -> Vec<Happening> {
    [of_talk(), of_waiting(), of_owners(), of_endings(), of_notes()].concat()
}

fn of_talk() -> Vec<Happening> {
    vec![
        Happening::Opened {
            visitor: VisitorId(id()),
            site: SiteId::new("shop").unwrap(),
            source: OpeningSource::Agent,
        },
        said(Author::Program { name: STAFF.to_owned() }),
        Happening::Commented {
            author: Author::Bridge,
            text: STAFF.to_owned(),
            mentions: vec![Target::Team(team())],
        },
        Happening::AgentRequested { queue: queue(), online: true, hand_off: hand_off() },
        Happening::Reminded,
    ]
}

fn of_waiting() -> Vec<Happening> {
    let whys = [
        QueuedWhy::HandOff,
        QueuedWhy::Transferred,
        QueuedWhy::Unassigned,
        QueuedWhy::Overflowed,
        QueuedWhy::Woken,
        QueuedWhy::Reopened,
        QueuedWhy::Unmarked,
        QueuedWhy::Assigned,
    ];
    let queued = whys.map(|why| Happening::Queued {
        target: Target::Queue(queue()),
        why,
        team: Some(team()),
        since: at(),
        needs: vec![Need { subject: Subject::Skill(SkillId::new(STAFF).unwrap()), level: 2 }],
        preferred: vec![(agent(), Some(60))],
        excluded: vec![(agent(), at())],
        choice: Some(Choice { by: None, fewer_than: Some(3) }),
    });
    let mut all = queued.to_vec();
    all.extend([
        Happening::StepReached {
            step: PlanPlace::Step(1),
            why: SkipReason::TooMany,
            since: at(),
            priority_delta: -2,
        },
        Happening::Offered { to: vec![agent()], until: at(), routed: routed() },
        Happening::OfferEnded { agent: agent(), why: OfferEnd::Declined, reason: Some(reason()) },
        Happening::Overflowed { queue: queue(), why: OverflowWhy::Full, outlet: Outlet::Queue(queue()) },
        Happening::Parked { message: "Leave a message.".to_owned() },
        Happening::PromiseMissed { promise: Promise::NextReply, since: at() },
    ]);
    all
}

fn of_owners() -> Vec<Happening> {
    let note = Some(STAFF.to_owned());
    vec![
        Happening::Assigned {
            to: badge(),
            how: AssignedHow::Routed,
            team: Some(team()),
            routed: Some(routed()),
        },
        Happening::Unassigned { from: agent(), why: UnassignedWhy::NoReply },
        Happening::TransferOffered { to: agent(), reason: reason(), note: note.clone(), until: at() },
        Happening::TransferEnded { agent: agent(), why: OfferEnd::TimedOut },
        Happening::Transferred {
            from: Some(agent()),
            to: Target::Anybody,
            reason: reason(),
            note: note.clone(),
        },
        Happening::Joined { agent: badge() },
        Happening::Parted { agent: agent() },
        Happening::ReturnedToAssistant { why: ReturnWhy::Staff, note },
        Happening::PassedOnTooOften { transfers: 6 },
    ]
}

fn of_endings() -> Vec<Happening> {
    vec![
        Happening::Snoozed { until: at() },
        Happening::Woken { why: WakeWhy::StaffAsked },
        Happening::Closed(Closing {
            source: ClosingSource::Agent,
            category: Some(reason()),
            note: Some(STAFF.to_owned()),
            wrap_up: Some((agent(), at())),
        }),
        Happening::WrappedUp { agent: agent(), end: WrapUpEnd::TimedOut },
        Happening::Reopened,
        Happening::MarkedSpam(SpamWhy::Detected(vec![SpamSign::Word(STAFF.to_owned()), SpamSign::Blocked])),
        Happening::UnmarkedSpam,
    ]
}

fn of_notes() -> Vec<Happening> {
    let workflow = WorkflowId::new(STAFF).unwrap();
    vec![
        Happening::Tagged { tag: STAFF.to_owned(), added: true },
        Happening::FieldSet { field: STAFF.to_owned(), value: Some(STAFF.to_owned()) },
        Happening::Dedicated { agent: Some(agent()) },
        Happening::PrioritySet { priority: 7 },
        Happening::WorkflowStarted { workflow: workflow.clone(), version: 3, run: RunId(id()) },
        Happening::WorkflowEnded { workflow, run: RunId(id()), how: STAFF.to_owned() },
    ]
}

fn event(happening: Happening) -> Event {
    Event {
        conversation: crate::ConversationId(id()),
        number: 7,
        at: at(),
        request: Some(crate::RequestId(Uuid::from_u128(99))),
        by: Actor::Program { key: KeyId(id()), name: STAFF.to_owned() },
        cause: Cause::Workflows(vec![WorkflowId::new(STAFF).unwrap()]),
        happening,
    }
}

fn said(author: Author) -> Happening {
    Happening::Said { author, content: Content::text("Hello").unwrap(), written_at: at() }
}

fn hand_off() -> HandOff {
    let collected = vec![crate::Collected { label: STAFF.to_owned(), value: STAFF.to_owned() }];
    HandOff {
        queue: Some(queue()),
        reason: HandOffReason::Planned,
        online_message: "Somebody is coming.".to_owned(),
        offline_message: "Nobody is here.".to_owned(),
        message_to_agent: Some(STAFF.to_owned()),
        action: Some(STAFF.to_owned()),
        collected,
    }
}

fn routed() -> Box<Routed> {
    Box::new(Routed {
        queue: Some(queue()),
        step: PlanPlace::Preferred(0),
        strategy: STAFF.to_owned(),
        waiting_since: at(),
        priority: 1,
        ready: 2,
        next: Some(agent()),
        unavailable: [(PassedOver::Busy, 3)].into(),
        passed: vec![(agent(), PassedOver::LetGo)],
    })
}

fn badge() -> AgentBadge {
    AgentBadge { id: AgentId(id()), name: "Anna".to_owned() }
}

/// Somebody whose id is no business of the visitor's; it is not [`badge`]'s.
fn agent() -> AgentId {
    AgentId(Uuid::from_u128(99))
}

fn id() -> Uuid {
    Uuid::from_u128(5)
}

fn at() -> Timestamp {
    Timestamp::from_millis(1_790_000_000_000)
}

fn queue() -> QueueId {
    QueueId::new(STAFF).unwrap()
}

fn team() -> TeamId {
    TeamId::new(STAFF).unwrap()
}

fn reason() -> ReasonId {
    ReasonId::new(STAFF).unwrap()
}
