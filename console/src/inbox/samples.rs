//! Conversations for the tests beside, named by small numbers.

use super::office::Office;
use protocol::setup::ReasonUse;
use protocol::*;

/// The signed-in agent.
pub const ME: AgentId = AgentId(uuid::Uuid::from_u128(1));
/// Somebody else of the team.
pub const COLLEAGUE: AgentId = AgentId(uuid::Uuid::from_u128(2));

/// A third one.
pub const CLEO: AgentId = AgentId(uuid::Uuid::from_u128(3));

/// The conversation with this number.
pub fn conversation(n: u64) -> ConversationId {
    ConversationId::at(Timestamp::from_millis(n), [0; 10])
}

/// The request with this number.
pub fn request(n: u64) -> RequestId {
    RequestId::at(Timestamp::from_millis(n), [0; 10])
}

/// What [`conversation`] was called with.
pub fn number_of(id: ConversationId) -> u64 {
    u64::from_str_radix(&id.to_string().replace('-', "")[..12], 16).expect("an id starts with its time")
}

/// A time in seconds.
pub fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

/// An agent's badge.
pub fn badge(id: AgentId) -> AgentBadge {
    let name = match id {
        ME => "Ana",
        CLEO => "Cleo",
        _ => "Ben",
    };
    AgentBadge { id, name: name.to_owned() }
}

/// Waits in the queue since then.
pub fn queued(n: u64, since: u64) -> Summary {
    Summary {
        conversation: conversation(n),
        visitor: VisitorId::of_digest([7; 32]),
        site: SiteId::new("demo").expect("a slug"),
        state: ConversationState::Queued,
        number: 3,
        queue: Some(QueueId::new("front-desk").expect("a slug")),
        team: None,
        reason: Some(HandOffReason::AgentRequested),
        waiting_since: Some(at(since)),
        parked: false,
        priority: 0,
        agent: None,
        offered_to: vec![],
        offer_until: None,
        transfer_to: None,
        until: None,
        preview: "A person, please".to_owned(),
        last_at: at(since),
        unanswered_since: Some(at(since)),
        tags: vec![],
    }
}

/// Offered to somebody until then.
pub fn offered(n: u64, to: AgentId, until: u64) -> Summary {
    let offer_until = Some(at(until));
    Summary { state: ConversationState::Offered, offered_to: vec![badge(to)], offer_until, ..queued(n, 1) }
}

/// Somebody's, with its last word then.
pub fn open(n: u64, of: AgentId, last: u64) -> Summary {
    Summary { state: ConversationState::Open, agent: Some(badge(of)), last_at: at(last), ..queued(n, 1) }
}

/// An event of conversation 1.
pub fn event(number: u64, happening: Happening) -> Event {
    Event {
        conversation: conversation(1),
        number,
        at: at(number),
        request: None,
        by: Actor::Bridge,
        cause: Cause::Asked,
        happening,
    }
}

/// Something said in conversation 1.
pub fn said(number: u64, author: Author, text: &str) -> Event {
    let content = Content::text(text).expect("a line");
    event(number, Happening::Said { author, content, written_at: at(number) })
}

/// The visitor's line in conversation 1.
pub fn visitor_said(number: u64, text: &str) -> Event {
    said(number, Author::Browser(BrowserAuthor::Visitor), text)
}

/// Conversation 1 from its opening to the request for a person: events 1 to 4.
pub fn handed_over() -> Vec<Event> {
    vec![
        event(
            1,
            Happening::Opened {
                visitor: VisitorId::of_digest([7; 32]),
                site: SiteId::new("demo").expect("a slug"),
                source: OpeningSource::Visitor,
            },
        ),
        visitor_said(2, "Where is my order?"),
        said(3, Author::Browser(BrowserAuthor::Assistant), "Which number has it?"),
        event(
            4,
            Happening::AgentRequested {
                queue: QueueId::new("front-desk").expect("a slug"),
                online: true,
                hand_off: hand_off(),
            },
        ),
    ]
}

/// A request for a person with one collected answer.
pub fn hand_off() -> HandOff {
    HandOff {
        queue: None,
        needs: Vec::new(),
        language: None,
        agent: None,
        reason: HandOffReason::NoMatches,
        online_message: "Somebody is coming.".to_owned(),
        offline_message: "Nobody is here.".to_owned(),
        message_to_agent: Some("A late parcel".to_owned()),
        action: Some("Track an order".to_owned()),
        collected: vec![Collected { label: "Order".to_owned(), value: "4711".to_owned() }],
    }
}

/// Offered to these until then.
pub fn offered_to(to: &[AgentId], until: u64) -> Happening {
    Happening::Offered { to: to.to_vec(), until: at(until), routed: routed() }
}

/// The offer to one of them ended.
pub fn offer_ended(agent: AgentId, why: OfferEnd) -> Happening {
    Happening::OfferEnded { agent, why, reason: None }
}

/// It is theirs.
pub fn assigned(to: AgentId, how: AssignedHow) -> Happening {
    Happening::Assigned { to: badge(to), how, team: None, routed: None }
}

/// Its owner asked a colleague to take it.
pub fn passed_to(to: AgentId, until: u64) -> Happening {
    let reason = ReasonId::new("billing").expect("a slug");
    Happening::TransferOffered { to, reason, note: None, until: at(until) }
}

/// It is over, and nobody finishes notes.
pub fn closed_by_agent() -> Happening {
    Happening::Closed(Closing { source: ClosingSource::Agent, category: None, note: None, wrap_up: None })
}

/// A decision of routing.
pub fn routed() -> Box<Routed> {
    Box::new(Routed {
        queue: Some(QueueId::new("front-desk").expect("a slug")),
        step: PlanPlace::Step(1),
        strategy: "longest_idle".to_owned(),
        waiting_since: at(10),
        priority: 0,
        ready: 2,
        next: Some(COLLEAGUE),
        unavailable: [(PassedOver::Offline, 3), (PassedOver::Full, 1)].into(),
        passed: vec![(CLEO, PassedOver::Full)],
    })
}

/// What the welcome says of the workspace.
pub fn office_told() -> super::office::Told {
    let reason = |id: &str, label: &str, of: ReasonUse| ReasonBadge {
        id: ReasonId::new(id).expect("a slug"),
        label: label.to_owned(),
        uses: [of].into(),
    };
    let queue = QueueId::new("front-desk").expect("a slug");
    super::office::Told {
        me: badge(ME),
        role: AgentRole::Agent,
        queues: vec![
            QueueBadge {
                id: QueueId::new("workshop").expect("a slug"),
                name: "Workshop".to_owned(),
                served: false,
            },
            QueueBadge { id: queue, name: "Front desk".to_owned(), served: true },
        ],
        teams: vec![TeamBadge { id: TeamId::new("sales").expect("a slug"), name: "Sales".to_owned() }],
        colleagues: vec![
            Colleague { badge: badge(COLLEAGUE), status: AgentStatus::Away, free: 3 },
            Colleague { badge: badge(CLEO), status: AgentStatus::Online, free: 0 },
            Colleague { badge: badge(ME), status: AgentStatus::Online, free: 4 },
        ],
        reasons: vec![
            reason("billing", "About a bill", ReasonUse::Transfer),
            reason("solved", "Solved", ReasonUse::Close),
            reason("busy", "Too busy", ReasonUse::Decline),
        ],
        terms: protocol::Terms::default(),
    }
}

/// The workspace.
pub fn office() -> Office {
    Office::new(office_told())
}
