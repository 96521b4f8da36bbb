//! Sets of people, and how they work.

use crate::AgentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A set of people who work in the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TeamSetup {
    /// The name colleagues see.
    pub name: String,
    /// Who is in it.
    #[serde(default)]
    pub members: BTreeSet<AgentId>,
    /// How they work.
    #[serde(default)]
    pub conduct: Conduct,
}

/// How a team works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Conduct {
    /// Whether they are asked before they get something.
    pub offer: OfferMode,
    /// Offers missed in a row after which an agent counts as not responding; from 1.
    pub misses_max: u32,
    /// Whether they may decline what they are asked.
    pub may_decline: bool,
    /// Whether they decline only with a reason of the list.
    pub decline_needs_reason: bool,
    /// Whether declining makes an agent busy.
    pub busy_after_decline: bool,
    /// Seconds for finishing notes after a conversation is closed, up to 28,800; 0 is none.
    pub wrap_up_seconds: u32,
    /// Whether finishing notes takes room.
    pub wrap_up_takes_room: bool,
    /// What becomes of a conversation that a colleague was asked to take and did not.
    pub untaken_transfers: UntakenTransfers,
    /// What becomes of conversations whose owner goes away.
    pub orphans: Orphans,
    /// Seconds in which an owner writes their first word; then somebody else gets the conversation. 0 is for ever.
    pub first_reply_seconds: u32,
    /// How often a conversation goes on to somebody else for that.
    pub first_reply_tries: u32,
    /// Seconds without a word of the visitor's after which a conversation takes no room until they write again; `None` is
    /// never.
    pub quiet_after_seconds: Option<u32>,
    /// Whether people may pick, be given, or be passed more than they have room for. Routing never does that.
    pub may_exceed_capacity: bool,
    /// Whether others of the team may write to the visitor without taking the conversation over.
    pub anyone_may_reply: bool,
}

/// Whether people are asked before they get something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferMode {
    /// They are not: it is theirs at once, and cannot be declined.
    AutoAccept,
    /// They accept or decline, within this many seconds.
    Ask {
        /// From 5 to 900.
        seconds: u32,
    },
}

/// What becomes of a conversation that a colleague was asked to take and did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UntakenTransfers {
    /// It stays with whoever asked.
    #[default]
    Stay,
    /// It waits for somebody else, in its queue.
    Requeue,
}

/// What becomes of conversations whose owner goes offline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Orphans {
    /// They stay theirs.
    #[default]
    Keep,
    /// They wait for somebody else once their owner has been gone for so long.
    Requeue {
        /// How long.
        after_seconds: u32,
    },
    /// They wait for somebody else when the visitor writes.
    RequeueWhenVisitorWrites,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            offer: OfferMode::Ask { seconds: 30 },
            misses_max: 1,
            may_decline: true,
            decline_needs_reason: false,
            busy_after_decline: false,
            wrap_up_seconds: 0,
            wrap_up_takes_room: true,
            untaken_transfers: UntakenTransfers::Stay,
            orphans: Orphans::Keep,
            first_reply_seconds: 900,
            first_reply_tries: 3,
            quiet_after_seconds: None,
            may_exceed_capacity: false,
            anyone_may_reply: false,
        }
    }
}
