//! When the switchboard is told that an agent has come, dropped out or gone. A reload of the console, or a short break of
//! the network, is not going: that counts after a grace. But nobody is asked for anything who could not see it.

use protocol::{AgentId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Command, Reach};

/// An agent whose last console went away for longer than this is gone.
pub const AGENT_GRACE_SECONDS: u64 = 30;

/// Agents the switchboard knows to be here, or to have dropped out, and those of whom it has to be told.
#[derive(Debug)]
pub struct Presence {
    grace_seconds: u64,
    here: BTreeSet<AgentId>,
    /// Those without a console, and until when they may be back.
    dropped: BTreeMap<AgentId, Timestamp>,
    arriving: BTreeSet<AgentId>,
    dropping: BTreeSet<AgentId>,
}

/// What the switchboard is to be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Who has come.
    pub come: Vec<AgentId>,
    /// Whose last console has gone.
    pub dropped: Vec<AgentId>,
    /// Who has stayed away for the grace.
    pub gone: Vec<AgentId>,
}

impl Presence {
    /// Nobody is here yet.
    pub fn new(grace_seconds: u64) -> Self {
        Self {
            grace_seconds,
            here: BTreeSet::new(),
            dropped: BTreeMap::new(),
            arriving: BTreeSet::new(),
            dropping: BTreeSet::new(),
        }
    }

    /// A console of the agent's is connected.
    pub fn joined(&mut self, agent: AgentId) {
        self.dropping.remove(&agent);
        if !self.here.contains(&agent) {
            self.arriving.insert(agent);
        }
    }

    /// The last one has gone.
    pub fn departed(&mut self, agent: AgentId) {
        self.arriving.remove(&agent);
        if self.here.contains(&agent) {
            self.dropping.insert(agent);
        }
    }

    /// The store says that they were here when it was last written, and they may be back.
    pub fn found(&mut self, agent: AgentId, now: Timestamp) {
        if !self.here.contains(&agent) {
            self.dropped.entry(agent).or_insert_with(|| now.plus_seconds(self.grace_seconds));
        }
    }

    /// What the switchboard is to be told now.
    pub fn due(&self, now: Timestamp) -> Moves {
        let gone = self.staying_away().filter(|(_, until)| *until <= now).map(|(agent, _)| agent);
        Moves {
            come: self.arriving.iter().copied().collect(),
            dropped: self.dropping.iter().copied().collect(),
            gone: gone.collect(),
        }
    }

    /// The switchboard knows, and it is saved.
    pub fn told(&mut self, moves: &Moves, now: Timestamp) {
        for agent in &moves.come {
            self.arriving.remove(agent);
            self.dropped.remove(agent);
            self.here.insert(*agent);
        }
        for agent in &moves.dropped {
            self.dropping.remove(agent);
            self.here.remove(agent);
            self.dropped.insert(*agent, now.plus_seconds(self.grace_seconds));
        }
        for agent in &moves.gone {
            self.dropped.remove(agent);
        }
    }

    /// How the switchboard knows those who are not gone.
    pub fn known(&self) -> impl Iterator<Item = (AgentId, Reach)> {
        let here = self.here.iter().map(|agent| (*agent, Reach::Here));
        here.chain(self.dropped.keys().map(|agent| (*agent, Reach::Dropped)))
    }

    /// When somebody has next stayed away for the grace.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.staying_away().map(|(_, until)| until).min()
    }

    fn staying_away(&self) -> impl Iterator<Item = (AgentId, Timestamp)> {
        let away = self.dropped.iter().filter(|(agent, _)| !self.arriving.contains(agent));
        away.map(|(agent, until)| (*agent, *until))
    }
}

impl Moves {
    /// As the switchboard is told.
    pub fn commands(&self) -> impl Iterator<Item = Command> {
        let come = self.come.iter().map(|agent| Command::AgentConnects { agent: *agent });
        let dropped = self.dropped.iter().map(|agent| Command::AgentDrops { agent: *agent });
        let gone = self.gone.iter().map(|agent| Command::AgentDisconnects { agent: *agent });
        come.chain(dropped).chain(gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: u64 = 30;

    #[test]
    fn whoever_returns_before_it_is_told_was_never_gone() {
        let mut presence = present();
        presence.departed(agent());
        presence.joined(agent());
        assert_eq!(presence.due(at(GRACE)), Moves::default());
        assert_eq!(presence.next_deadline(), None);
    }

    #[test]
    fn whoever_drops_out_is_told_of_at_once_and_is_gone_when_the_grace_ends() {
        let mut presence = present();
        presence.departed(agent());
        let drops = Moves { dropped: vec![agent()], ..Moves::default() };
        assert_eq!(presence.due(at(0)), drops);
        presence.told(&drops, at(0));
        assert_eq!(presence.due(at(GRACE - 1)), Moves::default());
        assert_eq!(presence.next_deadline(), Some(at(GRACE)));
        let goes = Moves { gone: vec![agent()], ..Moves::default() };
        assert_eq!(presence.due(at(GRACE)), goes);
        presence.told(&goes, at(GRACE));
        assert_eq!((presence.known().count(), presence.next_deadline()), (0, None));
    }

    #[test]
    fn whoever_returns_within_the_grace_is_here_and_not_gone() {
        let mut presence = present();
        presence.departed(agent());
        presence.told(&presence.due(at(0)), at(0));
        presence.joined(agent());
        assert_eq!(presence.due(at(GRACE)), Moves { come: vec![agent()], ..Moves::default() });
        presence.told(&presence.due(at(GRACE)), at(GRACE));
        assert_eq!(presence.known().collect::<Vec<_>>(), [(agent(), Reach::Here)]);
        assert_eq!(presence.next_deadline(), None);
    }

    #[test]
    fn what_could_not_be_saved_stays_due() {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        assert_eq!(presence.due(at(0)), presence.due(at(1)));
        presence.told(&presence.due(at(0)), at(0));
        assert_eq!(presence.due(at(1)), Moves::default());
    }

    #[test]
    fn a_glimpse_too_short_to_be_told_leaves_no_trace() {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        presence.departed(agent());
        assert_eq!(presence.due(at(GRACE)), Moves::default());
    }

    #[test]
    fn who_was_here_before_a_restart_has_the_grace_once() {
        let mut presence = Presence::new(GRACE);
        presence.found(agent(), at(0));
        presence.found(agent(), at(10));
        assert_eq!(presence.next_deadline(), Some(at(GRACE)));
    }

    fn present() -> Presence {
        let mut presence = Presence::new(GRACE);
        presence.joined(agent());
        presence.told(&presence.due(at(0)), at(0));
        presence
    }

    fn agent() -> AgentId {
        AgentId::at(Timestamp::default(), [1; 10])
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
