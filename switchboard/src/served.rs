//! How many of each queue are online and what room they have in all, kept up to date so that asking costs nothing that
//! grows with the queue.

use crate::ids::IdMap;
use protocol::{AgentId, QueueId};
use std::collections::HashMap;

/// Who of each queue is online.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// Room of each agent who is online.
    online: IdMap<AgentId, u32>,
    by_queue: HashMap<QueueId, Online>,
}

/// Those of one queue who are online.
#[derive(Clone, Copy, Debug, Default)]
struct Online {
    agents: u32,
    slots: u64,
}

impl Served {
    /// Notes that an agent of these queues is online with this much room in all, or is not.
    pub fn note<'q, Q: Iterator<Item = &'q QueueId>>(
        &mut self,
        agent: AgentId,
        capacity: Option<u32>,
        queues: impl FnOnce() -> Q,
    ) {
        let before = match capacity {
            Some(capacity) => self.online.insert(agent, capacity),
            None => self.online.remove(&agent),
        };
        if before == capacity {
            return;
        }
        for queue in queues() {
            let online = self.by_queue.entry(queue.clone()).or_default();
            if let Some(before) = before {
                online.agents = online.agents.saturating_sub(1);
                online.slots = online.slots.saturating_sub(before.into());
            }
            if let Some(capacity) = capacity {
                online.agents += 1;
                online.slots += u64::from(capacity);
            }
        }
    }

    /// Whether somebody of a queue is online.
    pub fn is_served(&self, queue: &QueueId) -> bool {
        self.by_queue.get(queue).is_some_and(|online| online.agents > 0)
    }

    /// Room that those have in all who serve a queue and are online.
    pub fn slots(&self, queue: &QueueId) -> u64 {
        self.by_queue.get(queue).map_or(0, |online| online.slots)
    }
}
