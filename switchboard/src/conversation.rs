//! One conversation that is not closed, and how events move it. A stage is a variant with just the data that is true in
//! it; closing removes the conversation, so there is no closed stage.

use protocol::limits::PREVIEW_CHARS_MAX;
use protocol::{
    AgentBadge, AgentId, Author, BrowserAuthor, Content, ConversationId, ConversationState, HandOffReason,
    OfferEnd, QueueId, SiteId, Timestamp, VisitorId,
};
use std::collections::BTreeMap;

/// What is kept of a conversation in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub visitor: VisitorId,
    pub site: SiteId,
    /// Number of its last event.
    pub number: u64,
    pub last: LastWord,
    pub asked: Option<Asked>,
    pub stage: Stage,
}

/// The last thing said, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastWord {
    pub preview: String,
    pub at: Timestamp,
    pub by_visitor: bool,
}

/// That a person was asked for, and where and since when it therefore waits. Kept while somebody answers, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub queue: QueueId,
    pub since: Timestamp,
    pub reason: HandOffReason,
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The assistant.
    Automated,
    /// Nobody yet.
    Queued { passed_over: PassedOver },
    /// Nobody yet; one agent is being asked.
    Offered { to: AgentId, until: Timestamp, passed_over: PassedOver },
    /// An agent.
    Open { agent: AgentBadge },
}

/// Agents who let an offer of this conversation go, and when.
pub type PassedOver = BTreeMap<AgentId, Timestamp>;

impl Conversation {
    /// A conversation that has just opened.
    pub fn opened(id: ConversationId, visitor: VisitorId, site: SiteId, number: u64, at: Timestamp) -> Self {
        let last = LastWord { preview: String::new(), at, by_visitor: false };
        Self { id, visitor, site, number, last, asked: None, stage: Stage::Automated }
    }

    pub fn state(&self) -> ConversationState {
        match self.stage {
            Stage::Automated => ConversationState::Automated,
            Stage::Queued { .. } => ConversationState::Queued,
            Stage::Offered { .. } => ConversationState::Offered,
            Stage::Open { .. } => ConversationState::Open,
        }
    }

    /// The queue it waits in now, with its key there: the earlier came first.
    pub fn waits(&self) -> Option<(&QueueId, (Timestamp, ConversationId))> {
        let asked = self.asked.as_ref().filter(|_| self.state().is_waiting())?;
        Some((&asked.queue, (asked.since, self.id)))
    }

    /// The agent whose capacity it takes: its owner, or the one it is offered to.
    pub fn occupies(&self) -> Option<AgentId> {
        match &self.stage {
            Stage::Automated | Stage::Queued { .. } => None,
            Stage::Offered { to, .. } => Some(*to),
            Stage::Open { agent } => Some(agent.id),
        }
    }

    pub fn said(&mut self, author: &Author, content: &Content, at: Timestamp) {
        self.last = LastWord {
            preview: content.as_plain_text().chars().take(PREVIEW_CHARS_MAX).collect(),
            at,
            by_visitor: *author == Author::Browser(BrowserAuthor::Visitor),
        };
    }

    pub fn agent_requested(&mut self, queue: QueueId, reason: HandOffReason, at: Timestamp) {
        self.asked = Some(Asked { queue, since: at, reason });
        self.stage = Stage::Queued { passed_over: PassedOver::new() };
    }

    pub fn offered(&mut self, to: AgentId, until: Timestamp) {
        let passed_over = self.take_passed_over();
        self.stage = Stage::Offered { to, until, passed_over };
    }

    /// Back to waiting, in the old place. An agent who left was not asked in vain and is not passed over.
    pub fn offer_ended(&mut self, agent: AgentId, why: OfferEnd, at: Timestamp) {
        let mut passed_over = self.take_passed_over();
        match why {
            OfferEnd::Declined | OfferEnd::TimedOut => {
                passed_over.insert(agent, at);
            }
            OfferEnd::AgentLeft => {}
        }
        self.stage = Stage::Queued { passed_over };
    }

    pub fn agent_joined(&mut self, agent: AgentBadge) {
        self.stage = Stage::Open { agent };
    }

    fn take_passed_over(&mut self) -> PassedOver {
        match &mut self.stage {
            Stage::Queued { passed_over } | Stage::Offered { passed_over, .. } => std::mem::take(passed_over),
            Stage::Automated | Stage::Open { .. } => PassedOver::new(),
        }
    }
}
