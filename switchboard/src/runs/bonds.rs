//! What ties a run to its conversation, besides what it knows itself.

use crate::workflow::{HttpWanted, Value};
use protocol::{AgentId, Target, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What ties a run to its conversation; saved with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bonds {
    /// Its place among those who wait for their turn to ask.
    pub line: Option<u64>,
    /// The waiting it has caused and would end.
    pub wish: Option<Wish>,
}

/// That a conversation waits because a run wants somebody to have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Since when.
    pub at: Timestamp,
    /// For whom.
    pub target: Target,
    /// What the conversation goes back to when nobody takes it in time.
    pub before: Before,
}

/// What a conversation was before a run wanted somebody to have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// The assistant's.
    Automated,
    /// This agent's.
    Owned(AgentId),
    /// It waited for others.
    Waited(Target),
}

/// What a run wants besides events.
#[derive(Clone, Debug, PartialEq)]
pub enum Want {
    /// That another system is called.
    Call(Box<HttpWanted>),
    /// That another workflow starts.
    Start {
        /// Which.
        workflow: WorkflowId,
        /// The name of the step to begin with; `None` is the first.
        from: Option<String>,
        /// What it is told.
        told: BTreeMap<String, Value>,
        /// The workflows that lead to it, the first one first.
        causes: Vec<WorkflowId>,
    },
}
