//! Who is there: an agent is available when a console of theirs is connected *and* they chose to be online.

use protocol::{AgentId, AgentStatus, Timestamp};
use std::collections::BTreeMap;

/// What the switchboard knows of its agents' whereabouts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    by_agent: BTreeMap<AgentId, Whereabouts>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Whereabouts {
    connected: bool,
    chosen: AgentStatus,
    /// When they last got a conversation or an offer; `None` sorts first, so newcomers are asked first.
    last_asked: Option<Timestamp>,
}

impl Presence {
    pub fn chose(&mut self, agent: AgentId, status: AgentStatus) {
        self.by_agent.entry(agent).or_default().chosen = status;
    }

    pub fn connected(&mut self, agent: AgentId, connected: bool) {
        self.by_agent.entry(agent).or_default().connected = connected;
    }

    pub fn was_asked(&mut self, agent: AgentId, at: Timestamp) {
        self.by_agent.entry(agent).or_default().last_asked = Some(at);
    }

    /// What they chose, whether or not they are connected.
    pub fn chosen(&self, agent: AgentId) -> AgentStatus {
        self.of(agent).chosen
    }

    /// What they are: nobody is anything but offline without a console.
    pub fn effective(&self, agent: AgentId) -> AgentStatus {
        let whereabouts = self.of(agent);
        if whereabouts.connected { whereabouts.chosen } else { AgentStatus::Offline }
    }

    pub fn last_asked(&self, agent: AgentId) -> Option<Timestamp> {
        self.of(agent).last_asked
    }

    fn of(&self, agent: AgentId) -> Whereabouts {
        self.by_agent.get(&agent).copied().unwrap_or_default()
    }
}
