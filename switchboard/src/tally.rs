//! What there is of each queue, of each agent, and by what visitors can be found: counted as conversations move, so that looking
//! walks through none of them.

use crate::Switchboard;
use crate::conversation::{Conversation, Stage};
use crate::directory::Directory;
use protocol::{AgentId, ConversationId, ConversationState, QueueId, Timestamp, VisitorId};
use std::collections::{BTreeSet, HashMap};

/// An answer that is due within this is at risk.
pub const AT_RISK_SECONDS: u64 = 120;

/// Fields of contacts by which other systems name them.
const NAMED_BY: [&str; 2] = ["email", "phone"];

/// A queue at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// How many wait.
    pub waiting: usize,
    /// Since when the one that waits longest does.
    pub longest_since: Option<Timestamp>,
    /// How many belong to somebody who is at work on them.
    pub in_service: usize,
    /// Room in all of those who serve it and are online.
    pub slots: u64,
    /// Of that, what conversations of this queue take.
    pub own: u64,
    /// Of that, what others take.
    pub foreign: u64,
    /// Of that, what is left.
    pub free: u64,
    /// Promised answers that are due within [`AT_RISK_SECONDS`].
    pub at_risk: usize,
    /// Promised answers that are late.
    pub late: usize,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    queues: HashMap<QueueId, Counts>,
    room: HashMap<AgentId, HashMap<QueueId, u32>>,
    owned: HashMap<AgentId, usize>,
    named: HashMap<(&'static str, String), BTreeSet<ConversationId>>,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    in_service: usize,
    waiting: BTreeSet<(Timestamp, ConversationId)>,
    due: BTreeSet<(Timestamp, ConversationId)>,
}

/// What counts of one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    queue: Option<QueueId>,
    waits_since: Option<Timestamp>,
    due: Option<Timestamp>,
    owner: Option<AgentId>,
    named: Vec<(&'static str, String)>,
}

impl Counted {
    /// Of this conversation, as it is now.
    pub fn of(conversation: &Conversation, directory: &Directory) -> Self {
        let promised = match conversation.stage {
            Stage::Queued(_) | Stage::Offered { .. } | Stage::Open(_) => conversation.promise_due(directory),
            Stage::Automated | Stage::Pending { .. } | Stage::Spam { .. } | Stage::Closed { .. } => None,
        };
        let is_open = conversation.state() == ConversationState::Open;
        let fields = NAMED_BY.iter().filter(|_| !conversation.state().is_over());
        let named = fields.filter_map(|field| {
            let value = conversation.contact.fields.get(*field)?;
            Some((*field, plain(value)))
        });
        Self {
            queue: conversation.queue.clone(),
            waits_since: conversation.waits_in().and_then(|_| Some(conversation.visit()?.since)),
            due: promised.map(|(_, until)| until),
            owner: conversation.owner().filter(|_| is_open),
            named: named.collect(),
        }
    }
}

impl Tally {
    /// Counts a conversation that takes this room of agents, or does not count it any more.
    pub fn count(&mut self, id: ConversationId, entry: &Counted, room: &[(AgentId, u32)], more: bool) {
        if let Some(queue) = &entry.queue {
            let counts = match self.queues.get_mut(queue) {
                Some(counts) => counts,
                None => self.queues.entry(queue.clone()).or_default(),
            };
            put(&mut counts.waiting, entry.waits_since, id, more);
            put(&mut counts.due, entry.due, id, more);
            if entry.owner.is_some() {
                step(&mut counts.in_service, more);
            }
            for (agent, weight) in room {
                let room = self.room.entry(*agent).or_default().entry(queue.clone()).or_default();
                *room = if more { *room + weight } else { room.saturating_sub(*weight) };
            }
        }
        if let Some(owner) = entry.owner {
            step(self.owned.entry(owner).or_default(), more);
        }
        for name in &entry.named {
            let ids = self.named.entry(name.clone()).or_default();
            match more {
                true => ids.insert(id),
                false => ids.remove(&id),
            };
            if ids.is_empty() {
                self.named.remove(name);
            }
        }
    }
}

impl Counts {
    fn board(&self, now: Timestamp) -> Board {
        let due_by = |at: Timestamp| self.due.iter().take_while(|(until, _)| *until <= at).count();
        let late = due_by(now);
        Board {
            waiting: self.waiting.len(),
            longest_since: self.waiting.first().map(|(since, _)| *since),
            in_service: self.in_service,
            late,
            at_risk: due_by(now.plus_seconds(AT_RISK_SECONDS)).saturating_sub(late),
            ..Board::default()
        }
    }
}

impl Switchboard {
    /// A queue at this moment. Costs what its agents do, whatever waits.
    pub fn board(&self, queue: &QueueId, now: Timestamp) -> Board {
        let mut board = self.tally.queues.get(queue).map(|counts| counts.board(now)).unwrap_or_default();
        board.slots = self.slots(queue);
        let agents = self.directory.plan(queue).map(|plan| plan.everybody());
        for agent in agents.into_iter().flatten().filter(|agent| self.is_online(**agent)) {
            let own =
                self.tally.room.get(agent).and_then(|room| room.get(queue)).copied().unwrap_or_default();
            board.own += u64::from(own);
            board.foreign += u64::from(self.load(*agent).saturating_sub(own));
            board.free += u64::from(self.free_capacity(*agent));
        }
        board
    }

    /// How many conversations an agent is at work on.
    pub fn owned(&self, agent: AgentId) -> usize {
        self.tally.owned.get(&agent).copied().unwrap_or_default()
    }

    /// The visitor with an open conversation whose contact has this in a field, `email` or `phone`; of several, who wrote or was
    /// written to last.
    pub fn visitor_named(&self, field: &str, value: &str) -> Option<VisitorId> {
        let field = NAMED_BY.iter().find(|known| **known == field)?;
        let ids = self.tally.named.get(&(*field, plain(value)))?;
        let found = ids.iter().filter_map(|id| self.conversations.get(id));
        found.map(|one| (one.words.last_at, one.visitor)).max().map(|(_, visitor)| visitor)
    }
}

fn plain(value: &str) -> String {
    value.trim().to_ascii_lowercase()
}

fn put(
    set: &mut BTreeSet<(Timestamp, ConversationId)>,
    at: Option<Timestamp>,
    id: ConversationId,
    more: bool,
) {
    if let Some(at) = at {
        match more {
            true => set.insert((at, id)),
            false => set.remove(&(at, id)),
        };
    }
}

fn step(count: &mut usize, more: bool) {
    *count = if more { *count + 1 } else { count.saturating_sub(1) };
}
