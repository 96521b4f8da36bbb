//! When the switchboard is told that an agent has come or gone. A reload of the console, or a short break of the
//! network, is neither: going counts after a grace.

use protocol::{AgentId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// An agent whose last console went away for longer than this is gone.
pub const AGENT_GRACE_SECONDS: u64 = 30;

/// Agents the switchboard knows to be here, and those about to come or go.
#[derive(Debug)]
pub struct Presence {
    grace_seconds: u64,
    here: BTreeSet<AgentId>,
    arriving: BTreeSet<AgentId>,
    leaving: BTreeMap<AgentId, Timestamp>,
}

impl Presence {
    /// Nobody is here yet.
    pub fn new(grace_seconds: u64) -> Self {
        Self { grace_seconds, here: BTreeSet::new(), arriving: BTreeSet::new(), leaving: BTreeMap::new() }
    }

    /// A console of the agent's is connected.
    pub fn joined(&mut self, agent: AgentId) {
        self.leaving.remove(&agent);
        if !self.here.contains(&agent) {
            self.arriving.insert(agent);
        }
    }

    /// The last one has gone.
    pub fn departed(&mut self, agent: AgentId, now: Timestamp) {
        self.arriving.remove(&agent);
        if self.here.contains(&agent) {
            self.leaving.insert(agent, now.plus_seconds(self.grace_seconds));
        }
    }

    /// Who has come, and who has been gone for the grace: what the switchboard is to be told now.
    pub fn due(&self, now: Timestamp) -> (Vec<AgentId>, Vec<AgentId>) {
        let gone = self.leaving.iter().filter(|(_, until)| **until <= now).map(|(agent, _)| *agent);
        (self.arriving.iter().copied().collect(), gone.collect())
    }

    /// The switchboard knows, and it is saved.
    pub fn told(&mut self, come: &[AgentId], gone: &[AgentId]) {
        for agent in come {
            self.arriving.remove(agent);
            self.here.insert(*agent);
        }
        for agent in gone {
            self.leaving.remove(agent);
            self.here.remove(agent);
        }
    }

    /// Agents the switchboard knows to be here.
    pub fn here(&self) -> impl Iterator<Item = AgentId> {
        self.here.iter().copied()
    }

    /// When somebody is next gone for the grace.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.leaving.values().min().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: u64 = 30;

    #[test]
    fn whoever_returns_within_the_grace_was_never_gone() {
        let mut presence = present();
        presence.departed(agent(), at(0));
        presence.joined(agent());
        assert_eq!(presence.due(at(GRACE)), (vec![], vec![]));
        assert_eq!(presence.next_deadline(), None);
    }

    #[test]
    fn whoever_stays_away_is_gone_when_the_grace_ends() {
        let mut presence = present();
        presence.departed(agent(), at(0));
        assert_eq!(presence.due(at(GRACE - 1)), (vec![], vec![]));
        assert_eq!(presence.next_deadline(), Some(at(GRACE)));
        assert_eq!(presence.due(at(GRACE)), (vec![], vec![agent()]));
    }

    #[test]
    fn what_could_not_be_saved_stays_due() {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        assert_eq!(presence.due(at(0)), presence.due(at(1)));
        presence.told(&[agent()], &[]);
        assert_eq!(presence.due(at(1)), (vec![], vec![]));
        assert_eq!(presence.here().collect::<Vec<_>>(), [agent()]);
    }

    #[test]
    fn a_glimpse_too_short_to_be_told_leaves_no_trace() {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        presence.departed(agent(), at(0));
        assert_eq!(presence.due(at(GRACE)), (vec![], vec![]));
    }

    fn present() -> Presence {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        presence.told(&[agent()], &[]);
        presence
    }

    fn agent() -> AgentId {
        AgentId::at(Timestamp::default(), [1; 10])
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
