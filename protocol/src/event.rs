//! What happened to a conversation: saved, numbered, told. Names are past tense.

use crate::{
    AgentBadge, AgentId, Content, ConversationId, HandOff, HandOffReason, QueueId, RequestId, SiteId,
    Timestamp, VisitorId,
};
use serde::{Deserialize, Serialize};

/// One thing that happened. `number` grows by one in its conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// To which conversation.
    pub conversation: ConversationId,
    /// Its place there, from 1.
    pub number: u64,
    /// When, by the bridge's clock.
    pub at: Timestamp,
    /// The request it answers, when a client asked for it.
    pub request: Option<RequestId>,
    /// What.
    pub happening: Happening,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Somebody in the visitor's browser. It can never be an agent: the bridge takes nothing else from there.
    Browser(BrowserAuthor),
    /// A signed-in agent.
    Agent(AgentBadge),
}

/// Who speaks in the visitor's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrowserAuthor {
    /// The person.
    Visitor,
    /// The assistant that runs there, as the browser reports it.
    Assistant,
}

/// Why an offer is no longer pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferEnd {
    /// The agent said no.
    Declined,
    /// The agent said nothing in time.
    TimedOut,
    /// The agent went away.
    AgentLeft,
}

/// What can happen to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// The visitor wrote, and no conversation of theirs was open.
    Opened {
        /// Whose it is.
        visitor: VisitorId,
        /// Where it began.
        site: SiteId,
    },
    /// Something was said.
    Said {
        /// By whom.
        author: Author,
        /// What.
        content: Content,
        /// When, by the writer's own clock; the browser may have been offline since.
        written_at: Timestamp,
    },
    /// A person was asked for; the conversation has a place in a queue from here on.
    AgentRequested {
        /// Where it waits.
        queue: QueueId,
        /// Whether an agent of that queue was online at that moment.
        online: bool,
        /// What was asked.
        hand_off: HandOff,
    },
    /// One agent was asked to accept.
    Offered {
        /// Who.
        to: AgentId,
        /// When the offer ends by itself.
        until: Timestamp,
    },
    /// The offer ended unaccepted; the conversation waits again, in its old place.
    OfferEnded {
        /// Whose offer.
        agent: AgentId,
        /// Why.
        why: OfferEnd,
    },
    /// An agent took the conversation.
    AgentJoined {
        /// Who.
        agent: AgentBadge,
    },
    /// It is over; the assistant answers again.
    Closed {
        /// The agent who closed it; `None` when the visitor ended it.
        by: Option<AgentBadge>,
    },
}

impl Event {
    /// What the visitor may know of it; `None` when that is nothing.
    pub fn for_visitor(&self) -> Option<Self> {
        let happening = match &self.happening {
            Happening::AgentRequested { queue, online, hand_off } => Happening::AgentRequested {
                queue: queue.clone(),
                online: *online,
                hand_off: hand_off.without_staff_notes(),
            },
            Happening::Offered { .. } | Happening::OfferEnded { .. } => return None,
            Happening::Opened { .. }
            | Happening::Said { .. }
            | Happening::AgentJoined { .. }
            | Happening::Closed { .. } => self.happening.clone(),
        };
        Some(Self { happening, ..self.clone() })
    }
}

impl HandOff {
    /// The same request without what is meant for agents.
    pub fn without_staff_notes(&self) -> Self {
        Self { message_to_agent: None, collected: Vec::new(), ..self.clone() }
    }

    /// What the visitor is told, given whether somebody is there.
    pub fn told(&self, online: bool) -> &str {
        if online { &self.online_message } else { &self.offline_message }
    }
}

impl HandOffReason {
    /// The reason in words, for agents.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Planned => "Planned step",
            Self::AgentRequested => "Asked for a person",
            Self::NoMatches => "Not understood",
            Self::ValidationFailed => "Invalid answers",
            Self::TopicReturnFailed => "Unclear whether to go on",
            Self::DangerWord => "Danger word",
            Self::Profanity => "Profanity",
        }
    }
}
