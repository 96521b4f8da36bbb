//! The matcher against the rules, stated the long way.

use super::*;
use proptest::arbitrary::any;
use proptest::strategy::Strategy as Generator;
use proptest::{prop_assert, prop_assert_eq, prop_oneof, proptest};
use protocol::Timestamp;

#[test]
fn who_has_gone_longest_without_being_asked_is_asked_first() {
    let mut matcher = matcher(3, |_| Profile::default());
    for (number, last) in [(0, Some(3)), (1, Some(1)), (2, Some(2))] {
        matcher.stands(agent(number), Standing { last_asked: last.map(at), ..ready(1) });
    }
    matcher.waits(item(1), &wish(), rank(1), Vec::new());
    assert_eq!(matcher.next_match().unwrap().agents, [agent(1)]);
}

#[test]
fn each_strategy_prefers_whom_it_says() {
    let skill = SkillId(1);
    let levels = [9, 1, 5];
    let skills =
        |number: u8| Profile { skills: [(skill, levels[usize::from(number)])].into(), ..Profile::default() };
    let standings = [
        Standing {
            available: true,
            capacity: 9,
            load: 4,
            last_released: Some(at(1)),
            last_asked: Some(at(9)),
        },
        Standing {
            available: true,
            capacity: 4,
            load: 2,
            last_released: Some(at(5)),
            last_asked: Some(at(8)),
        },
        Standing {
            available: true,
            capacity: 9,
            load: 3,
            last_released: Some(at(3)),
            last_asked: Some(at(7)),
        },
    ];
    for (strategy, chosen) in [
        (Strategy::RoundRobin, Some(2)),
        (Strategy::LeastOpen, Some(1)),
        (Strategy::MostAvailable, Some(2)),
        (Strategy::LongestIdle, Some(0)),
        (Strategy::BestSkill, Some(0)),
        (Strategy::Manual, None),
    ] {
        let mut matcher = matcher(3, skills);
        for (number, standing) in (0..).zip(standings) {
            matcher.stands(agent(number), standing);
        }
        matcher.waits(item(1), &Wish { strategy, skills: vec![(skill, 1)], ..wish() }, rank(1), Vec::new());
        let found = matcher.next_match().map(|found| found.agents);
        assert_eq!(found, chosen.map(|number| vec![agent(number)]), "{strategy:?}");
    }
}

#[test]
fn tiers_come_before_the_strategy_and_never_is_never() {
    let tiers = [Tier::Low, Tier::High, Tier::Never];
    let mut matcher = matcher(3, |number| Profile { tier: tiers[usize::from(number)], ..Profile::default() });
    for (number, load) in [(0, 0), (1, 1), (2, 0)] {
        matcher.stands(agent(number), Standing { load, ..ready(2) });
    }
    let tiered = Wish { tiered: true, strategy: Strategy::LeastOpen, ..wish() };
    matcher.waits(item(1), &tiered, rank(1), Vec::new());
    assert_eq!(matcher.candidates(item(1)).collect::<Vec<_>>(), [agent(1), agent(0)]);
}

#[test]
fn several_are_asked_at_once_where_that_is_wanted() {
    let mut matcher = matcher(4, |_| Profile::default());
    for number in 0..4 {
        matcher.stands(agent(number), ready(1));
    }
    matcher.waits(item(1), &Wish { asked_at_once: 3, ..wish() }, rank(1), vec![agent(1)]);
    assert_eq!(matcher.next_match().unwrap().agents, [agent(0), agent(2), agent(3)]);
}

#[test]
fn who_is_freed_takes_the_first_of_all_their_queues_but_secondary_ones_come_later() {
    let (main, other) = (PoolId(0), PoolId(1));
    let everybody: BTreeSet<AgentId> = [agent(0)].into();
    let pools = [(main, everybody.clone()), (other, everybody)].into();
    let later = |later| Profile { later, ..Profile::default() };
    for (profile, first) in [
        (Profile::default(), item(1)),
        (later([(main, 1)].into()), item(1)),
        (later([(other, 1)].into()), item(2)),
    ] {
        let mut matcher = Matcher::new(HashMap::clone(&pools), [(agent(0), profile)].into());
        matcher.waits(item(1), &Wish { pool: other, ..wish() }, rank(1), Vec::new());
        matcher.waits(item(2), &Wish { pool: main, ..wish() }, rank(2), Vec::new());
        assert_eq!(matcher.next_match(), None);
        matcher.stands(agent(0), ready(1));
        assert_eq!(matcher.next_match().unwrap().conversation, first);
    }
}

#[test]
fn what_weighs_more_than_the_room_left_waits_and_holds_up_nothing() {
    let mut matcher = matcher(1, |_| Profile::default());
    matcher.waits(item(1), &Wish { weight: 2, ..wish() }, rank(1), Vec::new());
    matcher.waits(item(2), &wish(), rank(2), Vec::new());
    matcher.stands(agent(0), ready(1));
    assert_eq!(matcher.next_match().unwrap().conversation, item(2));
}

const AGENTS: u8 = 5;

#[derive(Clone, Debug)]
enum Step {
    Waits { item: u8, pool: u32, level: u8, rank: u64, weight: u32, excluded: Vec<u8> },
    Leaves(u8),
    Stands { agent: u8, available: bool, capacity: u32, load: u32, last: u64 },
}

fn step() -> impl Generator<Value = Step> {
    let waits =
        (0..12_u8, 0..2_u32, 0..4_u8, 0..20_u64, 1..3_u32, proptest::collection::vec(0..AGENTS, 0..3));
    prop_oneof![
        4 => waits.prop_map(|(item, pool, level, rank, weight, excluded)| {
            Step::Waits { item, pool, level, rank, weight, excluded }
        }),
        1 => (0..12_u8).prop_map(Step::Leaves),
        4 => (0..AGENTS, any::<bool>(), 0..4_u32, 0..4_u32, 0..9_u64).prop_map(
            |(agent, available, capacity, load, last)| Step::Stands { agent, available, capacity, load, last }
        ),
    ]
}

proptest! {
    #[test]
    fn nothing_waits_that_somebody_can_take_and_nobody_gets_more_than_they_can_hold(
        steps in proptest::collection::vec(step(), 1..60)
    ) {
        let skill = SkillId(7);
        let level = |number: u8| number % 4;
        let mut matcher = two_pools(|number| Profile { skills: [(skill, level(number))].into(), ..Profile::default() });
        let mut waiting: BTreeMap<u8, (u32, u8, u32, Vec<u8>)> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Waits { item: number, pool, level, rank: at, weight, excluded } => {
                    let wish = Wish { pool: PoolId(pool), skills: vec![(skill, level)], weight, ..wish() };
                    let out = excluded.iter().map(|number| agent(*number)).collect();
                    matcher.waits(item(number), &wish, rank(at), out);
                    waiting.insert(number, (pool, level, weight, excluded));
                }
                Step::Leaves(number) => {
                    matcher.leaves(item(number));
                    waiting.remove(&number);
                }
                Step::Stands { agent: number, available, capacity, load, last } => {
                    let standing = Standing { available, capacity, load, last_asked: Some(at(last)), last_released: None };
                    matcher.stands(agent(number), standing);
                }
            }
            let can = |matcher: &Matcher, who: u8, (pool, least, weight, excluded): &(u32, u8, u32, Vec<u8>)| {
                let standing = matcher.standing(agent(who));
                u32::from(who) % 2 <= *pool && level(who) >= *least && !excluded.contains(&who)
                    && standing.available && standing.free() >= *weight
            };
            while let Some(found) = matcher.next_match() {
                let number = (0..12).find(|number| item(*number) == found.conversation).unwrap();
                let who = (0..AGENTS).find(|who| agent(*who) == found.agents[0]).unwrap();
                let wanted = waiting.remove(&number).expect("it waits");
                prop_assert!(can(&matcher, who, &wanted), "{who} cannot take {number}");
                let asked = |who: u8| (matcher.standing(agent(who)).last_asked, who);
                let first = (0..AGENTS).filter(|who| can(&matcher, *who, &wanted)).min_by_key(|who| asked(*who));
                prop_assert_eq!(first, Some(who), "somebody comes first");
                let standing = matcher.standing(agent(who));
                matcher.leaves(found.conversation);
                matcher.stands(agent(who), Standing { load: standing.load + wanted.2, ..standing });
            }
            for (number, wanted) in &waiting {
                let taker = (0..AGENTS).find(|who| can(&matcher, *who, wanted));
                prop_assert_eq!(taker, None, "{} waits in vain", number);
            }
        }
    }
}

/// Agents of even number serve both pools, the others the second only.
fn two_pools(profile: impl Fn(u8) -> Profile) -> Matcher {
    let members = |pool: u32| (0..AGENTS).filter(|who| u32::from(*who) % 2 <= pool).map(agent).collect();
    let pools = (0..2).map(|pool| (PoolId(pool), members(pool))).collect();
    Matcher::new(pools, (0..AGENTS).map(|number| (agent(number), profile(number))).collect())
}

/// All in one pool.
fn matcher(agents: u8, profile: impl Fn(u8) -> Profile) -> Matcher {
    let everybody = (0..agents).map(agent).collect();
    Matcher::new(
        [(PoolId(0), everybody)].into(),
        (0..agents).map(|number| (agent(number), profile(number))).collect(),
    )
}

fn wish() -> Wish {
    Wish {
        pool: PoolId(0),
        skills: Vec::new(),
        wished: Vec::new(),
        weight: 1,
        strategy: Strategy::RoundRobin,
        tiered: false,
        asked_at_once: 1,
        load_below: None,
    }
}

fn ready(capacity: u32) -> Standing {
    Standing { available: true, capacity, ..Standing::default() }
}

fn rank(second: u64) -> Rank {
    Ranking::HeadStart.rank(at(second), 0, None)
}

fn at(second: u64) -> Timestamp {
    Timestamp::from_millis(1_790_000_000_000).plus_seconds(second)
}

fn agent(number: u8) -> AgentId {
    AgentId::at(at(0), [number; 10])
}

fn item(number: u8) -> ConversationId {
    ConversationId::at(at(0), [number; 10])
}
