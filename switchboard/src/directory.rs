//! Who and what a workspace consists of, as configured. Replaced as a whole when the configuration changes.

use protocol::{AgentBadge, AgentId, AgentRole, AgentStatus, QueueBadge, QueueId, SiteId};
use std::collections::{BTreeMap, BTreeSet};

/// An agent, as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProfile {
    /// Id and shown name.
    pub badge: AgentBadge,
    /// What they may do.
    pub role: AgentRole,
    /// Conversations they can hold at once, offers included.
    pub capacity: u32,
    /// The status they chose last; takes effect when a console of theirs connects.
    pub status: AgentStatus,
}

/// A queue, as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueProfile {
    /// Id and shown name.
    pub badge: QueueBadge,
    /// Who serves it.
    pub members: BTreeSet<AgentId>,
}

/// A site, as far as routing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteProfile {
    /// Where conversations wait when the assistant names no queue.
    pub default_queue: QueueId,
}

/// Everything configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Agents by id.
    pub agents: BTreeMap<AgentId, AgentProfile>,
    /// Queues by id.
    pub queues: BTreeMap<QueueId, QueueProfile>,
    /// Sites by id. A site's default queue is one of `queues`: whoever builds a directory checks that.
    pub sites: BTreeMap<SiteId, SiteProfile>,
}

impl Directory {
    /// Queues this agent serves, in order of id.
    pub fn queues_of(&self, agent: AgentId) -> impl Iterator<Item = &QueueProfile> {
        self.queues.values().filter(move |queue| queue.members.contains(&agent))
    }
}
