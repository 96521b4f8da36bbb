//! Which waiting conversation is offered to whom: the one that has waited longest, over all queues, to the agent of its
//! queue who has gone longest without being asked.
//!
//! An agent is eligible who is online, has room, and did not let this conversation go within [`EXCLUDED_SECONDS`]. The
//! matcher is told of every change as it is applied, so that an offer is found without looking at what did not change.

use crate::conversation::{Conversation, Stage};
use crate::matching::{Match, Matcher, PoolId, Profile, Ranking, Standing, Strategy, Wish};
use crate::{Change, Directory, Switchboard};
use protocol::{AgentId, AgentStatus, ConversationId, Event, Happening, QueueId, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How long an agent has to accept.
pub const OFFER_SECONDS: u64 = 30;

/// How long an agent who declined, or did not answer, is not asked again for the same conversation: without it the only
/// agent there would be asked again at once.
pub const EXCLUDED_SECONDS: u64 = 60;

/// Room one conversation takes.
const WEIGHT: u32 = 1;

/// What waits and who could take it. Follows from the rest of the switchboard.
#[derive(Clone, Debug, Default)]
pub struct Routing {
    matcher: Matcher,
    pools: BTreeMap<QueueId, PoolId>,
    /// Waiting conversations that somebody let go, by when the first of those may be asked again.
    exclusions: BTreeSet<(Timestamp, ConversationId)>,
    excluded_until: HashMap<ConversationId, Timestamp>,
}

impl Routing {
    /// Nothing waits, and nobody is there.
    pub fn new(directory: &Directory) -> Self {
        let numbered = directory.queues.keys().zip((0..).map(PoolId));
        let pools: BTreeMap<QueueId, PoolId> = numbered.map(|(queue, pool)| (queue.clone(), pool)).collect();
        let members = directory.queues.values().map(|queue| (pools[&queue.badge.id], queue.members.clone()));
        let agents = directory.agents.keys().map(|agent| (*agent, Profile::default())).collect();
        Self { matcher: Matcher::new(members.collect(), agents), pools, ..Self::default() }
    }

    /// Notes whether and how a conversation waits now.
    pub fn file(&mut self, conversation: &Conversation, now: Timestamp) {
        self.forget(conversation.id);
        let Stage::Queued { passed_over } = &conversation.stage else { return };
        let Some(asked) = &conversation.asked else { return };
        let Some(pool) = self.pools.get(&asked.queue) else { return };
        let ends = passed_over.iter().map(|(agent, at)| (*agent, at.plus_seconds(EXCLUDED_SECONDS)));
        let ends: Vec<(AgentId, Timestamp)> = ends.filter(|(_, end)| *end > now).collect();
        if let Some(first) = ends.iter().map(|(_, end)| *end).min() {
            self.exclusions.insert((first, conversation.id));
            self.excluded_until.insert(conversation.id, first);
        }
        let rank = Ranking::default().rank(asked.since, 0, None);
        let excluded = ends.into_iter().map(|(agent, _)| agent).collect();
        self.matcher.waits(conversation.id, &wish(*pool), rank, excluded);
    }

    /// Notes that a conversation does not wait, or not any more.
    pub fn forget(&mut self, id: ConversationId) {
        self.matcher.leaves(id);
        if let Some(end) = self.excluded_until.remove(&id) {
            self.exclusions.remove(&(end, id));
        }
    }

    /// When an agent who let something go can next be asked for it again.
    pub fn next_exclusion_end(&self) -> Option<Timestamp> {
        self.exclusions.first().map(|(end, _)| *end)
    }
}

impl Switchboard {
    /// The next offer that should be made now. Call after applying anything, until there is none; save and apply each
    /// answer like any decision before asking for the next.
    pub fn route(&mut self, now: Timestamp) -> Option<Change> {
        self.catch_up(now);
        let Match { conversation, agents } = self.routing.matcher.next_match()?;
        let conversation = self.conversations.get(&conversation)?;
        Some(offer(conversation, *agents.first()?, now))
    }

    /// Tells the matcher how an agent stands now.
    pub(crate) fn file_agent(&mut self, agent: AgentId) {
        let standing = Standing {
            available: self.presence.effective(agent) == AgentStatus::Online,
            capacity: self.directory.agents.get(&agent).map_or(0, |profile| profile.capacity),
            load: self.load(agent),
            last_asked: self.presence.last_asked(agent),
            // Every queue goes round robin, which does not look at it.
            last_released: None,
        };
        self.routing.matcher.stands(agent, standing);
    }

    /// Ends what time alone has ended: agents who let something go can be asked for it again.
    pub fn catch_up(&mut self, now: Timestamp) {
        while let Some((_, id)) = self.routing.exclusions.first().copied().filter(|(end, _)| *end <= now) {
            match self.conversations.get(&id) {
                Some(conversation) => self.routing.file(conversation, now),
                None => self.routing.forget(id),
            }
        }
    }
}

/// Agents take turns.
fn wish(pool: PoolId) -> Wish {
    let strategy = Strategy::RoundRobin;
    Wish { pool, skills: Vec::new(), weight: WEIGHT, strategy, tiered: false, asked_at_once: 1 }
}

fn offer(conversation: &Conversation, to: AgentId, now: Timestamp) -> Change {
    let happening = Happening::Offered { to, until: now.plus_seconds(OFFER_SECONDS) };
    let number = conversation.number + 1;
    let event = Event { conversation: conversation.id, number, at: now, request: None, happening };
    Change::Happened { event, asker: None }
}
