//! What a run wants done.

use super::{End, Line, Ticket};
use crate::workflow::definition::{
    AgentName, ChangeOfTag, Choosing, Mention, Method, PathPart, TeamId, WorkflowId,
};
use crate::workflow::value::Value;
use protocol::{QueueId, Timestamp};
use std::collections::BTreeMap;

/// What the caller has to do. What is answered carries a ticket, and its answer is an input with the same ticket.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Say something to the visitor.
    Say {
        /// What.
        text: String,
        /// What can be answered by a click.
        options: Vec<String>,
    },
    /// Write something that only the staff sees.
    Comment {
        /// What.
        text: String,
        /// Who is told.
        mentions: Vec<Mention>,
    },
    /// Give the conversation to somebody, instead of whom was wished for before. Answered by `Assigned` or
    /// `NobodyToAssign`. The wish outlives the run: whoever waits for a person goes on waiting.
    Assign(AssignWanted),
    /// Nobody was found in time: do not look any longer.
    WithdrawAssign {
        /// Which wish is taken back.
        ticket: Ticket,
    },
    /// Take the conversation from its owner.
    Unassign,
    /// Change the contact's tags.
    Tag {
        /// How.
        change: ChangeOfTag,
        /// Which.
        tags: Vec<String>,
    },
    /// Set a field of the contact's; a missing value clears it.
    Field {
        /// Which.
        field: String,
        /// To what.
        value: Value,
    },
    /// Open the conversation.
    Open,
    /// Close the conversation.
    Close {
        /// What it was about.
        category: Option<String>,
        /// In some words.
        summary: String,
    },
    /// Call another system. Answered by `HttpAnswered`.
    Request(Box<HttpWanted>),
    /// Start another workflow.
    Trigger {
        /// Which.
        workflow: WorkflowId,
        /// The name of the step to begin with; `None` is the first.
        from: Option<String>,
        /// What it is told.
        told: BTreeMap<String, Value>,
        /// What led to it.
        causes: Vec<WorkflowId>,
    },
    /// This run has a question. Answered by `TurnGranted` or `TurnRefused`; one refused keeps its place in the line
    /// until it releases its turn.
    AskForTurn {
        /// Which wish this is.
        ticket: Ticket,
    },
    /// This run has no question any more: the turn, or the place in the line, is another's.
    ReleaseTurn,
    /// Say `TimeReached` then. Replaces what was said of it before.
    WakeAt(Timestamp),
    /// Keep this for people to read.
    Log(Line),
    /// The run is over. Always the last one.
    Ended(End),
}

/// Who should get the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignWanted {
    /// Which wish this is.
    pub ticket: Ticket,
    /// Who, or one of whom.
    pub to: Whom,
    /// How one of several is chosen.
    pub choosing: Choosing,
    /// Only who is online.
    pub online_only: bool,
    /// Only who has fewer open conversations than this.
    pub fewer_open_than: Option<u32>,
}

/// To whom a conversation is to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// This person.
    Agent(AgentName),
    /// One of a team.
    Team(TeamId),
    /// One who serves a queue.
    Queue(QueueId),
    /// Anybody.
    Workspace,
}

/// A call of another system.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpWanted {
    /// Which wish this is.
    pub ticket: Ticket,
    /// How.
    pub method: Method,
    /// Where to.
    pub url: String,
    /// With these.
    pub headers: Vec<(String, HeaderWanted)>,
    /// With this.
    pub body: Option<(BodyKind, String)>,
    /// What of the answer is wanted, in the order of the answer's values.
    pub wanted: Vec<Vec<PathPart>>,
}

/// What a header is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderWanted {
    /// This.
    Text(String),
    /// The secret of this name.
    Secret(String),
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/plain`.
    Text,
}
