//! Times matching alone: so many conversations wait, so many agents are full, one is freed at a time.

use protocol::{AgentId, ConversationId, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};
use switchboard::matching::{Matcher, PoolId, Profile, Ranking, Standing, Strategy, Wish};

const ROUNDS: usize = 200_000;
const CAPACITY: u32 = 5;

fn main() {
    println!(
        "{:>8} {:>7} {:>6} {:>12} {:>9} {:>9} {:>9}",
        "waiting", "agents", "queues", "per second", "p50 us", "p99 us", "max us"
    );
    for waiting in [100, 10_000, 100_000] {
        for agents in [10, 1_000, 10_000] {
            for queues in [1, 50] {
                run(waiting, agents, queues);
            }
        }
    }
}

fn run(waiting: usize, agents: usize, queues: u32) {
    let mut chance = 7_u64;
    let mut random = move |bound: u64| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        chance % bound
    };
    let ids: Vec<AgentId> =
        (0..agents as u64).map(|n| AgentId::at(Timestamp::from_millis(n), [1; 10])).collect();
    let mut pools: HashMap<PoolId, BTreeSet<AgentId>> = HashMap::new();
    for id in &ids {
        for _ in 0..3 {
            pools.entry(PoolId(random(u64::from(queues)) as u32)).or_default().insert(*id);
        }
    }
    let mut matcher = Matcher::new(pools, ids.iter().map(|id| (*id, Profile::default())).collect());
    let wish = |queue: u64| Wish {
        pool: PoolId(queue as u32),
        skills: Vec::new(),
        wished: Vec::new(),
        weight: 1,
        strategy: Strategy::LeastOpen,
        tiered: false,
        asked_at_once: 1,
        load_below: None,
    };
    let mut now = 1_000_000_u64;
    let fresh = |matcher: &mut Matcher, now: u64, queue: u64| {
        let at = Timestamp::from_millis(now);
        matcher.waits(
            ConversationId::at(at, [(now % 251) as u8; 10]),
            &wish(queue),
            Ranking::HeadStart.rank(at, 0, None),
            Vec::new(),
        );
    };
    for _ in 0..waiting {
        now += 1;
        fresh(&mut matcher, now, random(u64::from(queues)));
    }
    for id in &ids {
        matcher.stands(
            *id,
            Standing { available: true, capacity: CAPACITY, load: CAPACITY, ..Standing::default() },
        );
    }
    while matcher.next_match().is_some() {}
    let mut took = Vec::with_capacity(ROUNDS);
    let all = Instant::now();
    for _ in 0..ROUNDS {
        let agent = ids[random(agents as u64) as usize];
        now += 1;
        let begun = Instant::now();
        matcher.stands(agent, Standing { load: CAPACITY - 1, ..matcher.standing(agent) });
        let Some(found) = matcher.next_match() else { continue };
        matcher.leaves(found.conversation);
        let standing = matcher.standing(found.agents[0]);
        matcher.stands(
            found.agents[0],
            Standing { load: standing.load + 1, last_asked: Some(Timestamp::from_millis(now)), ..standing },
        );
        took.push(begun.elapsed().as_nanos() as u64);
        fresh(&mut matcher, now, random(u64::from(queues)));
        if let Some(found) = matcher.next_match() {
            matcher.leaves(found.conversation);
        }
    }
    print_row(waiting, agents, queues, all.elapsed(), took);
}

fn print_row(waiting: usize, agents: usize, queues: u32, all: Duration, mut took: Vec<u64>) {
    took.sort_unstable();
    let us = |share: f64| took[((took.len() - 1) as f64 * share) as usize] as f64 / 1e3;
    let rate = took.len() as f64 / all.as_secs_f64();
    println!(
        "{waiting:>8} {agents:>7} {queues:>6} {rate:>12.0} {:>9.2} {:>9.2} {:>9.1}",
        us(0.5),
        us(0.99),
        us(1.0)
    );
}
