//! One of everything that can happen, with what is the staff's alone marked as such.

use super::super::*;
use super::STAFF;
use crate::setup::{Need, Subject};
use crate::{
    AgentBadge, AgentId, Content, HandOff, HandOffReason, KeyId, QueueId, ReasonId, RunId, SiteId, SkillId,
    TeamId, VisitorId, WorkflowId,
};
use uuid::Uuid;

pub fn happenings() -> Vec<Happening> {
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
        needs: vec![Need {
            subject: Subject::Skill(SkillId::new(STAFF).unwrap()),
            level: 2,
            mandatory: true,
        }],
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
        Happening::UnansweredTooOften { times: 3 },
        Happening::WentQuiet,
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

pub fn event(happening: Happening) -> Event {
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

pub fn said(author: Author) -> Happening {
    Happening::Said { author, content: Content::text("Hello").unwrap(), written_at: at() }
}

pub fn hand_off() -> HandOff {
    let collected = vec![crate::Collected { label: STAFF.to_owned(), value: STAFF.to_owned() }];
    HandOff {
        queue: Some(queue()),
        needs: vec![Need {
            subject: Subject::Skill(SkillId::new(STAFF).unwrap()),
            level: 2,
            mandatory: false,
        }],
        language: Some(STAFF.to_owned()),
        agent: Some(STAFF.to_owned()),
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

pub fn badge() -> AgentBadge {
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

pub fn queue() -> QueueId {
    QueueId::new(STAFF).unwrap()
}

fn team() -> TeamId {
    TeamId::new(STAFF).unwrap()
}

fn reason() -> ReasonId {
    ReasonId::new(STAFF).unwrap()
}
