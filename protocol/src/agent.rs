//! Frames between the console and the bridge.

use crate::setup::{AgentRole, ReasonUse};
use crate::{
    Act, AgentId, Author, ConversationId, ConversationState, Event, HandOffReason, Promise, QueueId,
    ReasonId, Refusal, RequestId, SiteId, TeamId, Timestamp, VisitorId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How an agent is. Only `online` is given anything by routing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentStatus {
    /// Ready for the next conversation.
    Online,
    /// Here, but asked for nothing new; may still pick from the queue.
    Busy,
    /// Not at the desk, by choice or because nothing was typed for a while.
    Away,
    /// Did not answer an offer. Ends only when they choose another.
    NotResponding,
    /// Not here.
    #[default]
    Offline,
}

/// An agent, as visitors and colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentBadge {
    /// Who.
    pub id: AgentId,
    /// The name shown.
    pub name: String,
}

/// A queue, as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QueueBadge {
    /// Which.
    pub id: QueueId,
    /// The name shown.
    pub name: String,
    /// Whether the agent serves it. Conversations can be passed on to any.
    pub served: bool,
}

/// What has to be said before something is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Terms {
    /// Whether closing needs a category.
    pub closing_needs_category: bool,
    /// Whether closing needs a note.
    pub closing_needs_note: bool,
    /// Whether passing on needs a note; a reason is always needed.
    pub transfer_needs_note: bool,
}

/// A team, as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TeamBadge {
    /// Which.
    pub id: TeamId,
    /// The name shown.
    pub name: String,
}

/// A reason that can be chosen, as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReasonBadge {
    /// Which.
    pub id: ReasonId,
    /// As it is shown.
    pub label: String,
    /// For what it can be chosen.
    pub uses: BTreeSet<ReasonUse>,
}

/// Somebody of the staff, as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Colleague {
    /// Who.
    pub badge: AgentBadge,
    /// How they are.
    pub status: AgentStatus,
    /// Room they have left.
    pub free: u32,
}

/// A conversation, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Which.
    pub conversation: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Where it began.
    pub site: SiteId,
    /// Who answers.
    pub state: ConversationState,
    /// Number of its last event.
    pub number: u64,
    /// Where it waits, or waited.
    pub queue: Option<QueueId>,
    /// The team it waits for, or belongs to.
    pub team: Option<TeamId>,
    /// Why a person was asked for.
    pub reason: Option<HandOffReason>,
    /// Since when it waits or waited, by the age that counts.
    pub waiting_since: Option<Timestamp>,
    /// Whether nobody is asked by routing: somebody has to pick it.
    pub parked: bool,
    /// Points of priority.
    pub priority: i32,
    /// Whose it is.
    pub agent: Option<AgentBadge>,
    /// Those who are asked to accept it.
    pub offered_to: Vec<AgentBadge>,
    /// When that offer, or the offered transfer, ends.
    pub offer_until: Option<Timestamp>,
    /// The colleague its owner has asked to take it.
    pub transfer_to: Option<AgentBadge>,
    /// Until when it is put aside, or notes can be finished.
    pub until: Option<Timestamp>,
    /// Beginning of the last thing said.
    pub preview: String,
    /// When that was.
    pub last_at: Timestamp,
    /// Since when the visitor waits for an answer; `None` when the last word is ours.
    pub unanswered_since: Option<Timestamp>,
    /// The visitor's tags.
    pub tags: Vec<String>,
}

/// Something an agent is told wherever they look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notice {
    /// In which conversation.
    pub conversation: ConversationId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub about: NoticeAbout,
}

/// What an agent is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeAbout {
    /// A comment names them, or a team or a queue of theirs.
    Mentioned {
        /// Who wrote it.
        by: Author,
    },
    /// It has been passed on so often that a supervisor should look at it.
    PassedOnTooOften {
        /// How often.
        transfers: u32,
    },
    /// An answer that was promised is late.
    PromiseMissed {
        /// Which.
        promise: Promise,
        /// Since when it is late.
        since: Timestamp,
    },
}

/// What a console may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentFrame {
    /// First of all. Who it is comes from the session cookie, never from a frame.
    Hello {
        /// [`crate::VERSION`].
        version: u16,
    },
    /// From now on I am this.
    SetStatus {
        /// The choice.
        status: AgentStatus,
    },
    /// Nothing was typed here for a while, or something is again.
    Idle {
        /// Which of the two.
        idle: bool,
    },
    /// Tell me what happened there after `after`, and what happens from now on.
    Watch {
        /// Which conversation.
        conversation: ConversationId,
        /// The last number seen in it.
        after: u64,
    },
    /// I have stopped looking at it.
    Unwatch {
        /// Which conversation.
        conversation: ConversationId,
    },
    /// I do this with a conversation.
    Act {
        /// The request's name; of a message, the message's name.
        id: RequestId,
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        act: Act,
    },
    /// I am writing, or have stopped.
    Typing {
        /// Which conversation.
        conversation: ConversationId,
        /// Which of the two.
        typing: bool,
    },
    /// Is anybody there?
    Ping,
}

impl AgentFrame {
    /// The name of what it asks for, when it asks for something.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Act { id, .. } => Some(*id),
            Self::Hello { .. }
            | Self::SetStatus { .. }
            | Self::Idle { .. }
            | Self::Watch { .. }
            | Self::Unwatch { .. }
            | Self::Typing { .. }
            | Self::Ping => None,
        }
    }
}

/// What the bridge tells a console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BridgeToAgent {
    /// The answer to `hello`: everything the lists need. It replaces what the console knew.
    Welcome {
        /// Who is signed in.
        me: AgentBadge,
        /// What they may do.
        role: AgentRole,
        /// What they chose to be.
        status: AgentStatus,
        /// All queues of the workspace.
        queues: Vec<QueueBadge>,
        /// All teams of the workspace.
        teams: Vec<TeamBadge>,
        /// Who else there is.
        colleagues: Vec<Colleague>,
        /// Reasons to choose from; those of no use any more, because history names them.
        reasons: Vec<ReasonBadge>,
        /// What has to be said before something is done.
        terms: Terms,
        /// Waiting in the queues they serve, offered to them, or theirs.
        conversations: Vec<Summary>,
    },
    /// A conversation of the lists is new or has changed.
    Changed(Summary),
    /// A conversation has left the agent's lists: somebody else took it, or it is closed.
    Gone {
        /// Which.
        conversation: ConversationId,
    },
    /// The answer to `watch`. When `more` is true, watch again after the last number.
    Events {
        /// Which conversation.
        conversation: ConversationId,
        /// What came after the number said in `watch`.
        events: Vec<Event>,
        /// Whether there is more.
        more: bool,
    },
    /// Something happened in a watched conversation.
    Happened(Event),
    /// A watched conversation may not be read any more: nothing further is told of it.
    Unwatched {
        /// Which.
        conversation: ConversationId,
    },
    /// Something the agent is to know, whether or not they watch its conversation.
    Notice(Notice),
    /// Another agent's status or room changed.
    Colleague(Colleague),
    /// The agent is this from now on: they chose it, here or in another window, missed an offer, or have typed nothing for a
    /// while in any of their windows.
    Status {
        /// The new one.
        status: AgentStatus,
    },
    /// The visitor is writing, or has stopped.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Which of the two.
        typing: bool,
    },
    /// The request was carried out; its event has this number.
    Accepted {
        /// Which request.
        id: RequestId,
        /// In which conversation.
        conversation: ConversationId,
        /// Its event's number.
        number: u64,
    },
    /// The request was not carried out, or the frame was not one.
    Refused {
        /// Which request; `None` when the frame could not be read or asked for nothing by name.
        id: Option<RequestId>,
        /// Why.
        refusal: Refusal,
    },
    /// Yes.
    Pong,
}
