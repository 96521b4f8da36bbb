//! What leaves the switchboard: changes to save, answers to askers, and who is told.

use crate::runs::{Bonds, Want};
use crate::workflow::{Happened, HttpWanted, Run, Value, Workflow};
use crate::{Asker, Reach};
use protocol::{
    AgentId, AgentStatus, ConversationId, Event, PageSeen, RequestId, RunId, VisitorId, WorkflowId,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One thing to save and then apply.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Something happened to a conversation.
    Happened {
        /// What.
        event: Event,
        /// Who asked for it, when `event.request` is set.
        asker: Option<Asker>,
    },
    /// An agent chose a status.
    StatusChosen {
        /// Who.
        agent: AgentId,
        /// Which.
        status: AgentStatus,
        /// When.
        at: protocol::Timestamp,
    },
    /// An agent's first console came or the last one went. After a restart nobody is connected; that somebody was is saved.
    Connection {
        /// Who.
        agent: AgentId,
        /// Whether they can be reached now.
        reach: Reach,
        /// When.
        at: protocol::Timestamp,
    },
    /// An agent has typed nothing for a while, or does so again. Applied, never saved.
    Idle {
        /// Who.
        agent: AgentId,
        /// Which of the two.
        idle: bool,
    },
    /// A visitor's first window came or the last one went. Applied, never saved.
    VisitorConnection {
        /// Who.
        visitor: VisitorId,
        /// Since when they are gone; `None` when they are here.
        gone: Option<protocol::Timestamp>,
    },
    /// A visitor who is here looks at a page. Applied, never saved: what a conversation keeps of it are events.
    PageSeen {
        /// Who.
        visitor: VisitorId,
        /// Which.
        page: PageSeen,
    },
    /// Something happened that is no event of the conversation's and may start workflows. Applied, never saved.
    Occurred {
        /// In which conversation.
        conversation: ConversationId,
        /// What.
        happened: Happened,
        /// What it tells, read as `$trigger.name`.
        told: BTreeMap<String, Value>,
    },
    /// A workflow's run began, went on, or ended.
    Ran(RunMoved),
}

/// A run as it is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunMoved {
    /// Which.
    pub id: RunId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Of which workflow.
    pub workflow: WorkflowId,
    /// In which version.
    pub version: u32,
    /// Where it stands. One that has ended is kept for its log alone.
    pub run: Run,
    /// What ties it to its conversation.
    pub bonds: Bonds,
    /// What it wants from here on, besides its events. Applied, never saved: a call that was not made is one that fails.
    #[serde(skip)]
    pub wants: Vec<Want>,
}

/// Something to be done outside, once everything is saved: [`crate::Switchboard::take_effects`]. Its answer comes back as
/// a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Call another system for a run; the answer is [`crate::Command::RunAnswered`].
    Request {
        /// For which run.
        run: RunId,
        /// What.
        wanted: Box<HttpWanted>,
    },
}

/// What a command leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// To save in one transaction, in this order, and to apply.
    pub changes: Vec<Change>,
    /// Where the request's event is to be found: the answer to the asker.
    pub accepted: Option<(RequestId, ConversationId, u64)>,
}

/// Who is told of a conversation's events and state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Its visitor.
    pub visitor: VisitorId,
    /// Agents in whose lists it stands.
    pub agents: BTreeSet<AgentId>,
}

/// A published workflow with its version.
pub type Published = (u32, Arc<Workflow>);

impl Decision {
    /// These changes, in answer to nobody.
    pub(crate) fn of(changes: Vec<Change>) -> Self {
        Self { changes, ..Self::default() }
    }
}
