//! Who did something, and what led them to it.

use crate::{AgentBadge, KeyId, RunId, WorkflowId};
use serde::{Deserialize, Serialize};

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Somebody in the visitor's browser. It can never be an agent: the bridge takes nothing else from there.
    Browser(BrowserAuthor),
    /// A signed-in agent.
    Agent(AgentBadge),
    /// A workflow's step.
    Workflow(WorkflowId),
    /// A customer's own program.
    Program {
        /// As its key is called.
        name: String,
    },
    /// The bridge itself: reminders and notices.
    Bridge,
}

/// Who speaks in the visitor's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BrowserAuthor {
    /// The person.
    Visitor,
    /// The assistant that runs there, as the browser reports it.
    Assistant,
}

/// Who did something to a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The visitor, or the assistant in their browser.
    Visitor,
    /// A signed-in agent.
    Agent(AgentBadge),
    /// A workflow.
    Workflow {
        /// Which.
        workflow: WorkflowId,
        /// On which of its ways.
        run: RunId,
    },
    /// A customer's own program.
    Program {
        /// With which key.
        key: KeyId,
        /// As the key is called.
        name: String,
    },
    /// A customer's own program, in an agent's name.
    ForAgent {
        /// In whose name.
        agent: AgentBadge,
        /// With which key.
        key: KeyId,
        /// As the key is called.
        name: String,
    },
    /// The rules of routing.
    Router,
    /// The bridge itself: timers, and what follows from people coming and going.
    Bridge,
}

/// What led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The actor wanted it.
    Asked,
    /// It follows from what happened just before, in the same conversation.
    Follows,
    /// Somebody could take what waited.
    Matched,
    /// It was time.
    Timer(TimerKind),
    /// An agent came, went, or changed their status.
    Presence,
    /// The configuration was changed.
    Setup,
    /// Workflows that led to each other, the first one first.
    Workflows(Vec<WorkflowId>),
}

/// What can be waited for (`routing-and-inbox.md` E.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimerKind {
    /// An offer, or an offered transfer, ends.
    Offer,
    /// The next step of a queue's plan begins.
    PlanStep,
    /// Agents who let something go can be asked for it again.
    Exclusion,
    /// A queue's longest wait is over.
    MaxWait,
    /// A visitor who left while waiting does not come back.
    Abandon,
    /// An agent was to write by now.
    FirstReply,
    /// An answer was promised by now.
    Promise,
    /// The visitor is reminded.
    Reminder,
    /// Nobody has written for too long.
    AutoClose,
    /// A pending conversation returns.
    Snooze,
    /// A visitor who does not write takes no room any more.
    Quiet,
    /// Finishing notes takes too long.
    WrapUp,
    /// The owner does not come back.
    Orphan,
}
