//! Random days on the switchboard, with virtual time. A failing day prints its seed; `PASSERELLE_SEED=n` lives through
//! that one alone.

use acceptance::day::{Tally, live};

/// Days of an ordinary run.
const DAYS: u64 = 600;
/// Things that happen in a day.
const STEPS: usize = 300;

#[test]
fn whatever_happens_in_a_day_every_rule_holds() {
    let replayed =
        std::env::var("PASSERELLE_SEED").ok().map(|seed| seed.parse().expect("PASSERELLE_SEED=number"));
    let seeds = replayed.map_or(0..=DAYS, |seed: u64| seed..=seed);
    let mut sum = Tally::default();
    for seed in seeds {
        let tally = live(seed, STEPS).unwrap_or_else(|why| {
            panic!("seed {seed}: {why}\nPASSERELLE_SEED={seed} cargo test -p acceptance --test simulate")
        });
        sum.events += tally.events;
        sum.refusals += tally.refusals;
        sum.restarts += tally.restarts;
    }
    println!("{sum:?}");
    assert!(
        replayed.is_some() || (sum.events > 10_000 && sum.refusals > 1_000 && sum.restarts > 1_000),
        "{sum:?}"
    );
}

#[test]
fn the_same_seed_is_the_same_day() {
    let day = |seed| live(seed, STEPS).map(|tally| (tally.events, tally.refusals, tally.restarts));
    assert_eq!(day(7), day(7));
    assert_ne!(day(7), day(8));
}
