//! What the loop takes, and the line on which sockets and pages reach it.

use super::turn::Answer;
use crate::socket::hub::{ConnectionId, Outbox, SessionDigest};
use crate::store::{Mark, WorkflowFile};
use protocol::setup::{Fault, Setup};
use protocol::{AgentId, BridgeToAgent, BridgeToVisitor, ConversationId, StateNow, VisitorId, WorkflowId};
use std::sync::Arc;
use switchboard::workflow::Workflow;
use switchboard::{Command, Switchboard};
use tokio::sync::{mpsc, oneshot};

/// Inputs that may wait for the loop. When they do, sockets stop reading: the network holds back the senders.
pub const INPUTS_WAITING_MAX: usize = 1024;

/// One thing for the loop to do. Commands change the world and are saved; the others do not.
pub enum Input {
    /// A widget was greeted: from now on it is told what happens to its visitor.
    VisitorJoins {
        /// The connection.
        id: ConnectionId,
        /// Whose.
        visitor: VisitorId,
        /// Where to put frames for it.
        outbox: Outbox<BridgeToVisitor>,
        /// Where their open conversation stands, `None` when none is open.
        state: oneshot::Sender<Option<StateNow>>,
    },
    /// Where a visitor's open conversation stands.
    VisitorState {
        /// Whose.
        visitor: VisitorId,
        /// The answer.
        state: oneshot::Sender<Option<StateNow>>,
    },
    /// Whether a visitor has a window.
    IsHere {
        /// Who.
        visitor: VisitorId,
        /// The answer.
        here: oneshot::Sender<bool>,
    },
    /// A console was greeted.
    AgentJoins {
        /// The connection.
        id: ConnectionId,
        /// Whose.
        agent: AgentId,
        /// Of which sign-in.
        session: SessionDigest,
        /// Where to put frames for it.
        outbox: Outbox<BridgeToAgent>,
        /// The frame to greet it with.
        welcome: oneshot::Sender<BridgeToAgent>,
    },
    /// A connection has ended.
    Leaves(ConnectionId),
    /// Somebody asks for something. The answer is put in the connection's outbox.
    Asks {
        /// The connection.
        from: ConnectionId,
        /// What.
        command: Command,
    },
    /// Somebody without a connection asks for something: a page of the API, or what was done outside.
    Orders {
        /// What.
        command: Command,
        /// The answer; `None` when nobody waits for one.
        answer: Option<oneshot::Sender<Answer>>,
    },
    /// The workspace is to be set up otherwise.
    SetsUp {
        /// How, if the present revision is the one the change was made from.
        change: Box<SetupChange>,
        /// The new revision, or why not.
        answer: oneshot::Sender<Result<u64, SetupRefused>>,
    },
    /// A workflow is to start from now on, or no more.
    Releases {
        /// Which of the two.
        change: Box<WorkflowChange>,
        /// The version that starts, or started until now; or why not.
        answer: oneshot::Sender<Result<u32, WorkflowRefused>>,
    },
    /// What the switchboard knows is asked, without changing it.
    Looks(Box<dyn FnOnce(&Switchboard) + Send>),
    /// A console wants to be told what happens in a conversation.
    Watches {
        /// The connection.
        from: ConnectionId,
        /// Which conversation.
        conversation: ConversationId,
        /// Whether it is now watched: it is open and the agent may read it.
        watched: oneshot::Sender<bool>,
    },
    /// A console no longer looks at a conversation.
    Unwatches {
        /// The connection.
        from: ConnectionId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// A visitor writes, or has stopped. Passed on, never kept.
    VisitorTypes {
        /// Who.
        visitor: VisitorId,
        /// Which of the two.
        typing: bool,
    },
    /// An agent writes, or has stopped. Passed on, never kept.
    AgentTypes {
        /// Who.
        agent: AgentId,
        /// Where.
        conversation: ConversationId,
        /// Which of the two.
        typing: bool,
    },
    /// Nothing was typed in a console for a while, or something is again.
    AgentIdles {
        /// The connection.
        from: ConnectionId,
        /// Which of the two.
        idle: bool,
    },
    /// A sign-in has ended, and its consoles with it.
    SessionEnds(SessionDigest),
}

/// A change of the setup.
#[derive(Debug)]
pub struct SetupChange {
    /// The revision the change was made from.
    pub from: u64,
    /// Who made it, as people read it.
    pub by: String,
    /// Everything that is set up, as changed.
    pub setup: Setup,
}

/// Why a setup was not changed.
#[derive(Debug)]
pub enum SetupRefused {
    /// It is wrong.
    Faults(Vec<Fault>),
    /// Somebody else changed it meanwhile; this is the revision now.
    Outdated(u64),
    /// It could not be saved.
    TryAgain,
}

/// A change of which workflows start.
#[derive(Debug)]
pub enum WorkflowChange {
    /// One starts from now on, in its next version.
    Publish {
        /// What its author wrote.
        file: WorkflowFile,
        /// What the engine runs.
        definition: Arc<Workflow>,
        /// The earlier version that it is, when it is one.
        again: Option<u32>,
        /// Who publishes it, and when.
        by: Mark,
        /// What they say about it.
        note: String,
    },
    /// One starts no more.
    Stop {
        /// Which.
        workflow: WorkflowId,
        /// Whether its runs end too.
        cancel_runs: bool,
        /// Who stops it, and when.
        by: Mark,
    },
    /// One that starts no more is gone, with all that is kept of it.
    Delete {
        /// Which.
        workflow: WorkflowId,
    },
}

/// Why a workflow was neither published nor stopped nor deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkflowRefused {
    /// It starts no more already, or never did.
    NotPublished,
    /// It starts, or runs of it go on.
    AtWork,
    /// Nothing is kept of it.
    Unknown,
    /// It could not be saved.
    TryAgain,
}

/// The loop does not answer: it has stopped, or cannot read its store at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer;

/// The line to the loop.
#[derive(Clone)]
pub struct RuntimeLine(mpsc::Sender<Input>);

impl RuntimeLine {
    /// A line and its other end.
    pub fn new() -> (Self, mpsc::Receiver<Input>) {
        let (sender, receiver) = mpsc::channel(INPUTS_WAITING_MAX);
        (Self(sender), receiver)
    }

    /// Hands an input over, waiting while too many others wait.
    pub async fn put(&self, input: Input) -> Result<(), NoAnswer> {
        self.0.send(input).await.map_err(|_| NoAnswer)
    }

    /// Hands over an input that is answered, and waits for the answer.
    pub async fn ask<A>(&self, input: impl FnOnce(oneshot::Sender<A>) -> Input) -> Result<A, NoAnswer> {
        let (answer, answered) = oneshot::channel();
        self.put(input(answer)).await?;
        answered.await.map_err(|_| NoAnswer)
    }

    /// Waits until the loop takes nothing more.
    pub async fn closed(&self) {
        self.0.closed().await;
    }
}
