//! The people of a simulated workspace, and who of them is truly there.

use super::chance::Chance;
use protocol::{AgentBadge, AgentId, AgentRole, AgentStatus, QueueBadge, QueueId, SiteId, VisitorId};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{AgentProfile, Directory, QueueProfile, SiteProfile};
use uuid::Uuid;

/// Agents of the workspace.
const AGENTS: u128 = 6;
/// Visitors of the day.
const VISITORS: u128 = 14;
/// Queues; nobody serves the last one.
const QUEUES: [&str; 4] = ["desk", "workshop", "billing", "forgotten"];

/// Who there is, and where they are.
#[derive(Clone, Debug)]
pub struct People {
    directory: Directory,
    connected: BTreeSet<AgentId>,
    /// Connected until the last restart, and not back.
    cut_off: BTreeSet<AgentId>,
    chosen: BTreeMap<AgentId, AgentStatus>,
}

impl People {
    /// A workspace whose agents serve random queues with random room.
    pub fn new(chance: &mut Chance) -> Self {
        let agents: BTreeMap<AgentId, AgentProfile> = (1..=AGENTS).map(|n| profile(n, chance)).collect();
        let mut members = |name: &str| {
            let joins = |_: &&AgentId| name != QUEUES[3] && chance.percent(50);
            agents.keys().filter(joins).copied().collect::<BTreeSet<_>>()
        };
        let queues = QUEUES.map(|name| {
            let badge = QueueBadge { id: queue(name), name: name.to_owned() };
            (queue(name), QueueProfile { badge, members: members(name) })
        });
        let sites = BTreeMap::from([(site(), SiteProfile { default_queue: queue(QUEUES[0]) })]);
        let directory = Directory { agents, queues: BTreeMap::from(queues), sites };
        Self { directory, connected: BTreeSet::new(), cut_off: BTreeSet::new(), chosen: BTreeMap::new() }
    }

    /// The directory a bridge would start with now: it knows what its agents chose last.
    pub fn directory(&self) -> Directory {
        let mut directory = self.directory.clone();
        for (agent, profile) in &mut directory.agents {
            profile.status = self.chosen.get(agent).copied().unwrap_or_default();
        }
        directory
    }

    /// Every agent.
    pub fn agents(&self) -> impl Iterator<Item = AgentId> {
        self.directory.agents.keys().copied()
    }

    /// Every queue.
    pub fn queues(&self) -> impl Iterator<Item = &QueueId> {
        self.directory.queues.keys()
    }

    /// Who serves a queue.
    pub fn members(&self, queue: &QueueId) -> impl Iterator<Item = AgentId> {
        self.directory.queues.get(queue).into_iter().flat_map(|queue| &queue.members).copied()
    }

    /// How many conversations an agent can hold.
    pub fn capacity(&self, agent: AgentId) -> usize {
        self.directory.agents.get(&agent).map_or(0, |profile| profile.capacity as usize)
    }

    /// A console of theirs is connected, or none is.
    pub fn connected(&mut self, agent: AgentId, connected: bool) {
        self.cut_off.remove(&agent);
        if connected {
            self.connected.insert(agent);
        } else {
            self.connected.remove(&agent);
        }
    }

    /// They chose a status.
    pub fn chose(&mut self, agent: AgentId, status: AgentStatus) {
        self.chosen.insert(agent, status);
    }

    /// The bridge was restarted: nobody is connected.
    pub fn all_cut_off(&mut self) {
        self.cut_off.append(&mut self.connected);
    }

    /// Whether a console of theirs is connected.
    pub fn is_connected(&self, agent: AgentId) -> bool {
        self.connected.contains(&agent)
    }

    /// Connected and not offline by choice.
    pub fn is_there(&self, agent: AgentId) -> bool {
        self.is_connected(agent)
            && self.chosen.get(&agent).is_some_and(|status| *status != AgentStatus::Offline)
    }

    /// Connected and online by choice.
    pub fn is_online(&self, agent: AgentId) -> bool {
        self.is_connected(agent) && self.chosen.get(&agent) == Some(&AgentStatus::Online)
    }

    /// Online, or online when a restart cut them off.
    pub fn can_still_answer(&self, agent: AgentId) -> bool {
        let reachable = self.connected.contains(&agent) || self.cut_off.contains(&agent);
        reachable && self.chosen.get(&agent) == Some(&AgentStatus::Online)
    }
}

/// Every visitor of the day.
pub fn visitors() -> Vec<VisitorId> {
    (1..=VISITORS).map(|n| VisitorId(Uuid::from_u128(1_000 + n))).collect()
}

/// The workspace's only site.
pub fn site() -> SiteId {
    SiteId::new("shop").expect("a constant that is a name")
}

fn queue(name: &str) -> QueueId {
    QueueId::new(name).expect("a constant that is a name")
}

fn profile(n: u128, chance: &mut Chance) -> (AgentId, AgentProfile) {
    let id = AgentId(Uuid::from_u128(n));
    let badge = AgentBadge { id, name: format!("Agent {n}") };
    let capacity = 1 + u32::try_from(chance.below(3)).unwrap_or_default();
    (id, AgentProfile { badge, role: AgentRole::Agent, capacity, status: AgentStatus::Offline })
}
