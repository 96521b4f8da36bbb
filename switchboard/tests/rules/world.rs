//! A small workspace that tests talk to in the product's words. Time stands still unless a test moves it.

use protocol::{
    AgentBadge, AgentId, AgentRole, AgentStatus, BrowserAuthor, Content, ConversationId, Event, HandOff,
    HandOffReason, Happening, QueueBadge, QueueId, Refusal, RequestId, SiteId, StateNow, Timestamp,
    VisitorId,
};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{
    AgentProfile, Change, Command, Decision, Directory, QueueProfile, SiteProfile, Switchboard,
};
use uuid::Uuid;

/// Conversations each agent of the test workspace can hold.
pub const CAPACITY: u32 = 2;

pub struct World {
    pub board: Switchboard,
    pub now: Timestamp,
    pub events: Vec<Event>,
    named: u128,
}

pub const ANNA: u128 = 1;
pub const BEN: u128 = 2;
pub const CARLA: u128 = 3;

pub fn agent(n: u128) -> AgentId {
    AgentId(Uuid::from_u128(n))
}

pub fn visitor(n: u128) -> VisitorId {
    VisitorId(Uuid::from_u128(n))
}

pub fn queue(name: &str) -> QueueId {
    QueueId::new(name).expect("the world allows it")
}

fn site() -> SiteId {
    SiteId::new("shop").expect("the world allows it")
}

/// Anna and Ben serve the front desk, Carla the workshop.
fn directory() -> Directory {
    let profile = |n: u128, name: &str| {
        let badge = AgentBadge { id: agent(n), name: name.to_owned() };
        (
            agent(n),
            AgentProfile { badge, role: AgentRole::Agent, capacity: CAPACITY, status: AgentStatus::Offline },
        )
    };
    let serves = |name: &str, members: &[u128]| {
        let badge = QueueBadge { id: queue(name), name: name.to_owned() };
        (
            queue(name),
            QueueProfile { badge, members: members.iter().map(|n| agent(*n)).collect::<BTreeSet<_>>() },
        )
    };
    Directory {
        agents: BTreeMap::from([profile(ANNA, "Anna"), profile(BEN, "Ben"), profile(CARLA, "Carla")]),
        queues: BTreeMap::from([serves("front-desk", &[ANNA, BEN]), serves("workshop", &[CARLA])]),
        sites: BTreeMap::from([(site(), SiteProfile { default_queue: queue("front-desk") })]),
    }
}

impl World {
    pub fn new() -> Self {
        let now = Timestamp::from_millis(1_000_000);
        Self { board: Switchboard::new(directory()), now, events: Vec::new(), named: 1_000 }
    }

    /// The loop of the bridge, without the saving: decide, apply, route, apply.
    pub fn take(&mut self, command: Command) -> Result<Decision, Refusal> {
        let decision = self.board.decide(&command, self.now)?;
        self.apply_all(&decision.changes);
        while let Some(offer) = self.board.route(self.now) {
            self.apply_all(&[offer]);
        }
        Ok(decision)
    }

    pub fn wait_seconds(&mut self, seconds: u64) {
        self.now = self.now.plus_seconds(seconds);
        self.take(Command::TimePasses).expect("the world allows it");
    }

    pub fn comes_online(&mut self, n: u128) {
        self.take(Command::AgentConnects { agent: agent(n) }).expect("the world allows it");
        self.sets(n, AgentStatus::Online);
    }

    pub fn sets(&mut self, n: u128, status: AgentStatus) {
        self.take(Command::AgentSetsStatus { agent: agent(n), status }).expect("the world allows it");
    }

    pub fn visitor_says(&mut self, n: u128, text: &str) -> Result<Decision, Refusal> {
        self.browser_says(n, BrowserAuthor::Visitor, text)
    }

    pub fn browser_says(&mut self, n: u128, author: BrowserAuthor, text: &str) -> Result<Decision, Refusal> {
        let command = Command::VisitorSays {
            visitor: visitor(n),
            site: site(),
            request: self.request(),
            author,
            content: Content::text(text).expect("the world allows it"),
            written_at: self.now,
            fresh: self.fresh(),
        };
        self.take(command)
    }

    /// The visitor asks for a person, in the queue named or in the site's default. Gives back their conversation.
    pub fn asks_for_agent(&mut self, n: u128, named: Option<&str>) -> ConversationId {
        let hand_off = HandOff {
            queue: named.map(queue),
            reason: HandOffReason::Planned,
            online_message: "Somebody is coming.".to_owned(),
            offline_message: "Nobody is here.".to_owned(),
            message_to_agent: Some("For staff.".to_owned()),
            action: None,
            collected: Vec::new(),
        };
        let (request, fresh) = (self.request(), self.fresh());
        let command =
            Command::VisitorRequestsAgent { visitor: visitor(n), site: site(), request, hand_off, fresh };
        let decision = self.take(command).expect("the world allows it");
        decision.accepted.expect("the world allows it").1
    }

    pub fn ends(&mut self, n: u128) -> Result<Decision, Refusal> {
        let request = self.request();
        self.take(Command::VisitorEnds { visitor: visitor(n), request })
    }

    pub fn accepts(&mut self, n: u128, conversation: ConversationId) -> Result<Decision, Refusal> {
        let request = self.request();
        self.take(Command::AgentAccepts { agent: agent(n), request, conversation })
    }

    pub fn declines(&mut self, n: u128, conversation: ConversationId) -> Result<Decision, Refusal> {
        let request = self.request();
        self.take(Command::AgentDeclines { agent: agent(n), request, conversation })
    }

    pub fn replies(
        &mut self,
        n: u128,
        conversation: ConversationId,
        text: &str,
    ) -> Result<Decision, Refusal> {
        let (request, content) = (self.request(), Content::text(text).expect("the world allows it"));
        let written_at = self.now;
        self.take(Command::AgentSays { agent: agent(n), request, conversation, content, written_at })
    }

    pub fn closes(&mut self, n: u128, conversation: ConversationId) -> Result<Decision, Refusal> {
        let request = self.request();
        self.take(Command::AgentCloses { agent: agent(n), request, conversation })
    }

    pub fn state(&self, conversation: ConversationId) -> StateNow {
        self.board.state_now(conversation).expect("the conversation is open")
    }

    pub fn offered_to(&self, conversation: ConversationId) -> Option<AgentId> {
        let summary = self.board.summary(conversation)?;
        summary.offer_until.and(summary.agent).map(|badge| badge.id)
    }

    /// Whether the last request for a person was answered with "online".
    pub fn was_told_online(&self) -> bool {
        let asked = self.events.iter().rev().find_map(|event| match &event.happening {
            Happening::AgentRequested { online, .. } => Some(*online),
            Happening::Opened { .. }
            | Happening::Said { .. }
            | Happening::Offered { .. }
            | Happening::OfferEnded { .. }
            | Happening::AgentJoined { .. }
            | Happening::Closed { .. } => None,
        });
        asked.expect("somebody asked")
    }

    fn apply_all(&mut self, changes: &[Change]) {
        for change in changes {
            self.board.apply(change);
            if let Change::Happened { event, .. } = change {
                self.events.push(event.clone());
            }
        }
    }

    fn request(&mut self) -> RequestId {
        self.named += 1;
        RequestId(Uuid::from_u128(self.named))
    }

    fn fresh(&mut self) -> ConversationId {
        self.named += 1;
        ConversationId(Uuid::from_u128(self.named))
    }
}
