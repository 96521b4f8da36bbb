//! Who is there: an agent is what they chose while a console of theirs is connected, unless they have typed nothing for a
//! while, or missed an offer (`routing-and-inbox.md` E.1). Whoever has just dropped out is what they were for a while, and is
//! asked for nothing.

use crate::ids::IdMap;
use protocol::{AgentId, AgentStatus, QueueId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// What the switchboard knows of its agents' whereabouts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    by_agent: IdMap<AgentId, Whereabouts>,
}

/// Whether an agent can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// A console of theirs is connected.
    Here,
    /// The last one was there a moment ago: they may be back soon, and keep what is theirs.
    Dropped,
    /// None is, for longer than that.
    #[default]
    Gone,
}

/// How one agent is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Whereabouts {
    reach: Reach,
    idle: bool,
    /// Since when they are offline: without a console, or because they chose it.
    offline_since: Option<Timestamp>,
    /// Since when they are not.
    back_since: Option<Timestamp>,
    kept: Standing,
}

/// What of an agent's whereabouts outlives the process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// What they chose last, or `not_responding`.
    pub status: AgentStatus,
    /// Whether they were there, or had been a moment before: after a restart they have the time to come back.
    pub here: bool,
    /// Offers missed in a row.
    pub misses: u32,
    /// When they were last asked or given something by routing.
    pub last_asked: Option<Timestamp>,
    /// When they last let go of a conversation.
    pub last_released: Option<Timestamp>,
    /// When routing gave them something of a queue lately, the oldest first; only where the queue bounds that.
    pub given: BTreeMap<QueueId, VecDeque<Timestamp>>,
}

impl Presence {
    /// As it was saved; nobody is connected, and those who were have just dropped out.
    pub fn restore(&mut self, agent: AgentId, kept: Standing, now: Timestamp) {
        let reach = if kept.here { Reach::Dropped } else { Reach::Gone };
        let mut whereabouts = Whereabouts { reach, kept, ..Whereabouts::default() };
        whereabouts.note_whether_offline(now);
        self.by_agent.insert(agent, whereabouts);
    }

    /// What is to be saved.
    pub fn kept(&self, agent: AgentId) -> Standing {
        self.by_agent.get(&agent).map(|whereabouts| whereabouts.kept.clone()).unwrap_or_default()
    }

    /// They chose a status: whatever they missed is forgiven.
    pub fn chose(&mut self, agent: AgentId, status: AgentStatus, now: Timestamp) {
        let whereabouts = self.of(agent);
        whereabouts.kept.status = status;
        whereabouts.kept.misses = 0;
        whereabouts.idle = false;
        whereabouts.note_whether_offline(now);
    }

    /// Their first console came, or the last one has gone. Whether what is to be saved is another.
    pub fn reached(&mut self, agent: AgentId, reach: Reach, now: Timestamp) -> bool {
        let whereabouts = self.of(agent);
        let here = reach != Reach::Gone;
        let moved = std::mem::replace(&mut whereabouts.kept.here, here) != here;
        whereabouts.reach = reach;
        whereabouts.idle = false;
        whereabouts.note_whether_offline(now);
        moved
    }

    /// They have typed nothing for a while, or do so again.
    pub fn idles(&mut self, agent: AgentId, idle: bool) {
        self.of(agent).idle = idle;
    }

    /// Routing asked them, or gave them something.
    pub fn was_asked(&mut self, agent: AgentId, at: Timestamp) {
        self.of(agent).kept.last_asked = Some(at);
    }

    /// Routing gave them something of a queue that bounds what is given since `horizon`.
    pub fn was_given(&mut self, agent: AgentId, queue: &QueueId, at: Timestamp, horizon: Timestamp) {
        let given = self.of(agent).kept.given.entry(queue.clone()).or_default();
        while given.front().is_some_and(|oldest| *oldest <= horizon) {
            given.pop_front();
        }
        given.push_back(at);
    }

    /// They let go of a conversation.
    pub fn released(&mut self, agent: AgentId, at: Timestamp) {
        self.of(agent).kept.last_released = Some(at);
    }

    /// They did not answer an offer; as many in a row as `most` mean that they do not respond.
    pub fn missed(&mut self, agent: AgentId, most: u32) {
        let kept = &mut self.of(agent).kept;
        kept.misses += 1;
        if kept.misses >= most {
            kept.status = AgentStatus::NotResponding;
        }
    }

    /// They answered an offer.
    pub fn answered(&mut self, agent: AgentId) {
        self.of(agent).kept.misses = 0;
    }

    /// What they chose, whether or not they are connected.
    pub fn chosen(&self, agent: AgentId) -> AgentStatus {
        self.by_agent.get(&agent).map_or(AgentStatus::Offline, |whereabouts| whereabouts.kept.status)
    }

    /// What they are: nobody is anything but offline without a console, but for a moment.
    pub fn effective(&self, agent: AgentId) -> AgentStatus {
        self.by_agent.get(&agent).map_or(AgentStatus::Offline, Whereabouts::effective)
    }

    /// What they are when something is to be asked of them, when routing last asked them, and when they last let go of a
    /// conversation.
    pub fn now(&self, agent: AgentId) -> (AgentStatus, Option<Timestamp>, Option<Timestamp>) {
        let Some(whereabouts) = self.by_agent.get(&agent) else { return (AgentStatus::Offline, None, None) };
        (whereabouts.askable(), whereabouts.kept.last_asked, whereabouts.kept.last_released)
    }

    /// What they are when something is to be asked of them: nobody can be asked without a console.
    pub fn askable(&self, agent: AgentId) -> AgentStatus {
        self.by_agent.get(&agent).map_or(AgentStatus::Offline, Whereabouts::askable)
    }

    /// Since when they are offline, by choice or without a console; `None` while they are not.
    pub fn offline_since(&self, agent: AgentId) -> Option<Timestamp> {
        self.by_agent.get(&agent)?.offline_since
    }

    /// Since when they are not offline any more; `None` while they are.
    pub fn back_since(&self, agent: AgentId) -> Option<Timestamp> {
        self.by_agent.get(&agent)?.back_since
    }

    /// Whether they can be reached.
    pub fn reach(&self, agent: AgentId) -> Reach {
        self.by_agent.get(&agent).map(|whereabouts| whereabouts.reach).unwrap_or_default()
    }

    /// Whether they have typed nothing for a while.
    pub fn is_idle(&self, agent: AgentId) -> bool {
        self.by_agent.get(&agent).is_some_and(|whereabouts| whereabouts.idle)
    }

    /// Those who have dropped out and may be back soon.
    pub fn dropped(&self) -> impl Iterator<Item = AgentId> {
        let dropped = self.by_agent.iter().filter(|(_, whereabouts)| whereabouts.reach == Reach::Dropped);
        dropped.map(|(agent, _)| *agent)
    }

    /// What routing gave them of a queue after `horizon`, the oldest first.
    pub fn given_since(
        &self,
        agent: AgentId,
        queue: &QueueId,
        horizon: Timestamp,
    ) -> impl Iterator<Item = Timestamp> {
        let given = self.by_agent.get(&agent).and_then(|whereabouts| whereabouts.kept.given.get(queue));
        given.into_iter().flatten().copied().filter(move |at| *at > horizon)
    }

    fn of(&mut self, agent: AgentId) -> &mut Whereabouts {
        self.by_agent.entry(agent).or_default()
    }
}

impl Whereabouts {
    fn effective(&self) -> AgentStatus {
        match self.kept.status {
            _ if self.reach == Reach::Gone => AgentStatus::Offline,
            AgentStatus::Online | AgentStatus::Busy if self.idle => AgentStatus::Away,
            chosen @ (AgentStatus::Online
            | AgentStatus::Busy
            | AgentStatus::Away
            | AgentStatus::NotResponding
            | AgentStatus::Offline) => chosen,
        }
    }

    fn askable(&self) -> AgentStatus {
        match self.reach {
            Reach::Here => self.effective(),
            Reach::Dropped | Reach::Gone => AgentStatus::Offline,
        }
    }

    fn note_whether_offline(&mut self, now: Timestamp) {
        let offline = self.reach == Reach::Gone || self.kept.status == AgentStatus::Offline;
        self.offline_since = offline.then(|| self.offline_since.unwrap_or(now));
        self.back_since = (!offline).then(|| self.back_since.unwrap_or(now));
    }
}
