//! Who gets a conversation.

use super::{Next, TeamId};
use crate::matching::Strategy;
use crate::workflow::text::Template;
use protocol::QueueId;
use serde::{Deserialize, Serialize};

/// An assignment. Whoever it is has the conversation when the next step begins: an offer is not enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assign {
    /// To whom.
    pub to: Owner,
    /// How one of several is chosen.
    pub choosing: Choosing,
    /// Only who is online; busy is not.
    pub online_only: bool,
    /// Only who has fewer open conversations than this.
    pub fewer_open_than: Option<u32>,
    /// How long somebody is waited for; `None` is for ever.
    pub timeout_seconds: Option<u64>,
    /// What follows when nobody had it in time.
    pub timed_out: Next,
    /// What follows when there is nobody who ever could: a team without members.
    pub nobody: Next,
}

/// To whom a conversation is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// This person, whatever else the step says: the e-mail address or the id that the text comes to. Nobody, when it
    /// comes to nothing.
    Agent(Template),
    /// One of a team.
    Team(TeamId),
    /// One who serves a queue, by the queue's own plan.
    Queue(QueueId),
    /// Anybody.
    Workspace,
}

/// How one of several is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choosing {
    /// As configured where they belong.
    #[default]
    AsConfigured,
    /// In this way.
    By(#[serde(with = "StrategyWritten")] Strategy),
}

/// [`Strategy`] as definitions spell it.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Strategy", rename_all = "snake_case")]
enum StrategyWritten {
    RoundRobin,
    LeastOpen,
    MostAvailable,
    LongestIdle,
    BestSkill,
    Manual,
}
