//! What the visitor is told of what happened.

use super::{Author, BrowserAuthor, ClosingSource, Event, Happening, QueuedWhy};
use crate::{AgentBadge, Content, ConversationId, HandOff, HandOffReason, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

/// One thing that happened, as the visitor's browser is told. Numbers have gaps where something is not theirs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorEvent {
    /// To which conversation.
    pub conversation: ConversationId,
    /// Its place there, from 1.
    pub number: u64,
    /// When, by the bridge's clock.
    pub at: Timestamp,
    /// The request it answers, when this visitor asked for it; of what was said, the message's name.
    pub request: Option<RequestId>,
    /// What.
    pub told: Told,
}

/// Who speaks, as visitors are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// They themselves.
    Visitor,
    /// The assistant in their browser.
    Assistant,
    /// A person.
    Agent(AgentBadge),
    /// The business, by itself.
    Business,
}

/// What visitors are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Their conversation began.
    Opened,
    /// Something was said.
    Said {
        /// By whom.
        author: Speaker,
        /// What.
        content: Content,
        /// When, by the writer's own clock.
        written_at: Timestamp,
    },
    /// A person was asked for.
    AgentRequested {
        /// Whether somebody was there at that moment.
        online: bool,
        /// What is told about that.
        message: String,
    },
    /// They wait for somebody again, who may be another than before.
    Waiting,
    /// Nobody is there: they may leave a message.
    LeaveMessage {
        /// What is told about that.
        message: String,
    },
    /// An agent answers from now on.
    AgentJoined {
        /// Who.
        agent: AgentBadge,
    },
    /// The assistant answers again, although the conversation goes on.
    AssistantBack,
    /// It is over; the assistant answers again.
    Closed {
        /// Whether the visitor ended it.
        by_visitor: bool,
    },
    /// It goes on after all.
    Reopened,
}

impl Event {
    /// What the visitor may know of it; `None` when that is nothing.
    pub fn for_visitor(&self) -> Option<VisitorEvent> {
        let told = match &self.happening {
            Happening::Opened { .. } => Told::Opened,
            Happening::Said { author, content, written_at } => {
                Told::Said { author: speaker(author), content: content.clone(), written_at: *written_at }
            }
            Happening::AgentRequested { online, hand_off, .. } => {
                Told::AgentRequested { online: *online, message: hand_off.told(*online).to_owned() }
            }
            Happening::Queued { why, .. } => waiting(*why)?,
            Happening::Parked { message } => Told::LeaveMessage { message: message.clone() },
            Happening::Assigned { to, .. } => Told::AgentJoined { agent: to.clone() },
            Happening::Closed(closing) => {
                Told::Closed { by_visitor: closing.source == ClosingSource::Visitor }
            }
            Happening::Reopened => Told::Reopened,
            Happening::ReturnedToAssistant { .. } => Told::AssistantBack,
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
            | Happening::WorkflowEnded { .. } => return None,
        };
        // A message's name is its name for everybody; what else others asked for is no business of this browser's.
        let own = self.by == super::Actor::Visitor || matches!(self.happening, Happening::Said { .. });
        let request = self.request.filter(|_| own);
        Some(VisitorEvent {
            conversation: self.conversation,
            number: self.number,
            at: self.at,
            request,
            told,
        })
    }
}

fn speaker(author: &Author) -> Speaker {
    match author {
        Author::Browser(BrowserAuthor::Visitor) => Speaker::Visitor,
        Author::Browser(BrowserAuthor::Assistant) => Speaker::Assistant,
        Author::Agent(agent) => Speaker::Agent(agent.clone()),
        Author::Workflow(_) | Author::Program { .. } | Author::Bridge => Speaker::Business,
    }
}

/// Who asked for a person has just been told so.
fn waiting(why: QueuedWhy) -> Option<Told> {
    match why {
        QueuedWhy::HandOff | QueuedWhy::Overflowed | QueuedWhy::Unmarked => None,
        QueuedWhy::Transferred
        | QueuedWhy::Unassigned
        | QueuedWhy::Woken
        | QueuedWhy::Reopened
        | QueuedWhy::Assigned => Some(Told::Waiting),
    }
}

impl HandOff {
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
