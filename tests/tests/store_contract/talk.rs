//! Conversations to save: small numbers name everything, and each event gets the next number by itself.

use bridge::store::{AgentRow, Lease, Store, StoreError};
use protocol::{
    Actor, AgentBadge, AgentId, AssignedHow, Author, BrowserAuthor, Cause, Closing, ClosingSource, Content,
    ConversationId, Event, Happening, OfferEnd, OpeningSource, PlanPlace, QueueId, QueuedWhy, RequestId,
    Routed, SiteId, Target, Timestamp, VisitorId, WorkspaceId,
};
use std::collections::BTreeMap;
use switchboard::{Asker, Change, Standing};
use uuid::Uuid;

pub use acceptance::saving::{ALL, replayed, save, save_with};

/// A conversation being written.
#[derive(Clone)]
pub struct Talk {
    pub id: ConversationId,
    pub visitor: VisitorId,
    pub number: u64,
}

impl Talk {
    /// Nothing has happened in it yet.
    pub fn new(id: u128, of: u128) -> Self {
        Self { id: conversation(id), visitor: visitor(of), number: 0 }
    }

    /// The next event, asked for by nobody.
    pub fn next(&mut self, happening: Happening) -> Change {
        self.answer(None, happening)
    }

    /// The next event, which answers a request.
    pub fn answer(&mut self, asked: Option<(Asker, RequestId)>, happening: Happening) -> Change {
        self.number += 1;
        let event = Event {
            conversation: self.id,
            number: self.number,
            at: Timestamp::from_millis(1_700_000_000_000 + self.number),
            request: asked.map(|(_, request)| request),
            by: Actor::Visitor,
            cause: Cause::Asked,
            happening,
        };
        Change::Happened { event, asker: asked.map(|(asker, _)| asker) }
    }

    pub fn opens(&mut self) -> Change {
        let visitor = self.visitor;
        self.next(Happening::Opened { visitor, site: site("shop"), source: OpeningSource::Visitor })
    }

    /// The visitor says something under that name.
    pub fn says(&mut self, name: u128) -> Change {
        let asker = Asker::Visitor(self.visitor);
        self.answer(Some((asker, request(name))), said(Author::Browser(BrowserAuthor::Visitor), "Hello?"))
    }

    /// An agent says something under that name.
    pub fn replies(&mut self, by: u128, name: u128) -> Change {
        self.answer(
            Some((Asker::Agent(agent(by)), request(name))),
            said(Author::Agent(badge(by)), "Good morning."),
        )
    }

    pub fn asks_for_a_person(&mut self, queue: &str) -> Change {
        self.next(Happening::Queued {
            target: Target::Queue(named(queue)),
            why: QueuedWhy::HandOff,
            team: None,
            since: Timestamp::from_millis(6),
            needs: Vec::new(),
            preferred: Vec::new(),
            excluded: Vec::new(),
            choice: None,
        })
    }

    pub fn offered(&mut self, to: u128) -> Change {
        let routed = Box::new(Routed {
            queue: None,
            step: PlanPlace::Step(0),
            strategy: "round_robin".to_owned(),
            waiting_since: Timestamp::from_millis(6),
            priority: 0,
            ready: 1,
            next: None,
            unavailable: BTreeMap::new(),
            passed: Vec::new(),
        });
        self.next(Happening::Offered { to: vec![agent(to)], until: Timestamp::from_millis(9), routed })
    }

    pub fn offer_ends(&mut self, of: u128) -> Change {
        self.next(Happening::OfferEnded { agent: agent(of), why: OfferEnd::TimedOut, reason: None })
    }

    pub fn joined(&mut self, by: u128) -> Change {
        self.next(joined(by))
    }

    pub fn closes(&mut self) -> Change {
        self.next(closed())
    }
}

/// The conversation is an agent's.
pub fn joined(by: u128) -> Happening {
    Happening::Assigned { to: badge(by), how: AssignedHow::Picked, team: None, routed: None }
}

/// It is over.
pub fn closed() -> Happening {
    Happening::Closed(Closing { source: ClosingSource::Visitor, category: None, note: None, wrap_up: None })
}

pub fn conversation(n: u128) -> ConversationId {
    ConversationId(Uuid::from_u128(n))
}

pub fn visitor(n: u128) -> VisitorId {
    VisitorId(Uuid::from_u128(n))
}

pub fn agent(n: u128) -> AgentId {
    AgentId(Uuid::from_u128(n))
}

pub fn request(n: u128) -> RequestId {
    RequestId(Uuid::from_u128(n))
}

pub fn site(name: &str) -> SiteId {
    SiteId::new(name).expect("a name")
}

pub fn named(queue: &str) -> QueueId {
    QueueId::new(queue).expect("a name")
}

/// The workspace of every rule that needs only one.
pub fn here() -> WorkspaceId {
    WorkspaceId::new("here").expect("a name")
}

/// Another one.
pub fn elsewhere() -> WorkspaceId {
    WorkspaceId::new("elsewhere").expect("a name")
}

pub fn badge(n: u128) -> AgentBadge {
    AgentBadge { id: agent(n), name: format!("Agent {n}") }
}

pub fn said(author: Author, text: &str) -> Happening {
    let content = Content::text(text).expect("a line");
    Happening::Said { author, content, written_at: Timestamp::from_millis(5) }
}

pub fn agent_row(n: u128, email: &str) -> AgentRow {
    let password_hash = format!("$argon2id${n}");
    AgentRow { id: agent(n), email: email.to_owned(), password_hash, standing: Standing::default() }
}

/// The events among changes.
pub fn events(changes: &[Change]) -> Vec<Event> {
    changes.iter().filter_map(event).cloned().collect()
}

fn event(change: &Change) -> Option<&Event> {
    if let Change::Happened { event, .. } = change { Some(event) } else { None }
}

/// Takes the lease of [`here`].
pub async fn owner(store: &dyn Store) -> Lease {
    store.take_lease(&here()).await.expect("the lease is free to take")
}

/// Everything that happened in a conversation.
pub async fn history(store: &dyn Store, of: &Talk) -> Vec<Event> {
    store.events_after(of.id, 0, ALL).await.expect("events are read")
}

/// That the store found the changes not to follow from what it has.
pub fn refused(outcome: &Result<(), StoreError>) {
    assert!(matches!(outcome, Err(StoreError::OutOfStep(_))), "{outcome:?}");
}
