//! The inner matcher alone: an agent is freed, who comes first is found, and both are told. What is left of an assignment
//! is events, indexes, deadlines and the explanation.

use super::office::{CAPACITY, Size};
use super::pure::Timed;
use protocol::{AgentId, ConversationId, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::time::Instant;
use switchboard::matching::{Matcher, PoolId, Profile, Ranking, Standing, Strategy, Wish};

/// Queues an agent serves, where there are as many.
const QUEUES_EACH: u32 = 3;

/// Measures one size, with so many matches.
pub fn measure(size: Size, rounds: usize) -> Timed {
    let mut chance = fastrand::Rng::with_seed(7);
    let queues = u32::try_from(size.queues).unwrap_or(u32::MAX);
    let id = |n: usize| AgentId::at(Timestamp::from_millis(n as u64), [1; 10]);
    let agents: Vec<AgentId> = (0..size.agents).map(id).collect();
    let mut pools: HashMap<PoolId, BTreeSet<AgentId>> = HashMap::new();
    for agent in &agents {
        for _ in 0..QUEUES_EACH {
            pools.entry(PoolId(chance.u32(..queues))).or_default().insert(*agent);
        }
    }
    let profiles = agents.iter().map(|id| (*id, Profile::default())).collect();
    let mut waiting =
        Queue { matcher: Matcher::new(pools, profiles), now: Timestamp::from_millis(1_000_000) };
    for _ in 0..size.waiting {
        waiting.somebody_waits(chance.u32(..queues));
    }
    let full = Standing { available: true, capacity: CAPACITY, load: CAPACITY, ..Standing::default() };
    agents.iter().for_each(|agent| waiting.matcher.stands(*agent, full));
    while waiting.matcher.next_match().is_some() {}
    let mut timed = Timed::new();
    for _ in 0..rounds {
        let agent = agents[chance.usize(..agents.len())];
        let begun = Instant::now();
        if waiting.is_freed(agent) {
            timed.record(begun.elapsed());
            waiting.somebody_waits(chance.u32(..queues));
        }
        // A queue that nobody serves, or that nobody waited in, leaves somebody free.
        while let Some(found) = waiting.matcher.next_match() {
            waiting.matcher.leaves(found.conversation);
        }
    }
    timed
}

struct Queue {
    matcher: Matcher,
    now: Timestamp,
}

impl Queue {
    fn somebody_waits(&mut self, queue: u32) {
        self.now = Timestamp::from_millis(self.now.millis() + 1);
        let wish = Wish {
            pool: PoolId(queue),
            skills: Vec::new(),
            wished: Vec::new(),
            weight: 1,
            strategy: Strategy::LeastOpen,
            tiered: false,
            asked_at_once: 1,
            load_below: None,
        };
        let rank = Ranking::HeadStart.rank(self.now, 0, None);
        self.matcher.waits(ConversationId::at(self.now, [1; 10]), &wish, rank, Vec::new());
    }

    /// Whether somebody waited for them.
    fn is_freed(&mut self, agent: AgentId) -> bool {
        let standing = self.matcher.standing(agent);
        self.matcher.stands(agent, Standing { load: CAPACITY - 1, ..standing });
        let Some(found) = self.matcher.next_match() else { return false };
        self.matcher.leaves(found.conversation);
        for taker in found.agents {
            let standing = self.matcher.standing(taker);
            let (load, last_asked) = (standing.load + 1, Some(self.now));
            self.matcher.stands(taker, Standing { load, last_asked, ..standing });
        }
        true
    }
}
