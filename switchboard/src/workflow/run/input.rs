//! What a run is told.

use super::Ticket;
use crate::workflow::value::Value;
use protocol::AgentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a run is told. What it does not wait for, and what comes too late, changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// It begins.
    Started {
        /// What the trigger tells, read as `$trigger.name`.
        told: BTreeMap<String, Value>,
        /// The name of the step to begin with; `None` is the first.
        from: Option<String>,
    },
    /// The time it asked to be woken at has come.
    TimeReached,
    /// The visitor wrote.
    VisitorSaid {
        /// What.
        text: String,
    },
    /// A person wrote to the visitor.
    HumanSaid,
    /// It is this run's turn to ask: no other run of the conversation waits for an answer.
    TurnGranted {
        /// Which wish is granted.
        ticket: Ticket,
    },
    /// Another run of the conversation waits for an answer. A question that waits for its turn is granted it later.
    TurnRefused {
        /// Which wish is refused.
        ticket: Ticket,
    },
    /// Somebody has the conversation, as this run wanted.
    Assigned {
        /// Which wish came true.
        ticket: Ticket,
        /// Who.
        agent: AgentId,
    },
    /// Nobody there could ever have the conversation.
    NobodyToAssign {
        /// Which wish cannot come true.
        ticket: Ticket,
    },
    /// Somebody assigned the conversation by hand, or took it.
    AssignedByHand {
        /// To whom.
        agent: AgentId,
    },
    /// Another system answered, or failed to.
    HttpAnswered {
        /// To which call.
        ticket: Ticket,
        /// What.
        answer: HttpAnswer,
    },
    /// The conversation was closed.
    Closed,
    /// The conversation was taken for spam.
    Spam,
    /// It is stopped.
    Stopped(Stop),
}

/// What another system answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HttpAnswer {
    /// The status; `None` when there was no answer at all.
    pub status: Option<u16>,
    /// What stood where the call wanted it, in the same order.
    pub values: Vec<Value>,
}

/// Why a run is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// An agent stopped it in this conversation; only where its workflow allows that.
    ByAgent,
    /// A supervisor, an admin or a program stopped it in this conversation.
    BySupervisor,
    /// The workflow was stopped with all its runs.
    WithWorkflow,
    /// Its trigger came again, and another run takes its place.
    Restarted,
}
