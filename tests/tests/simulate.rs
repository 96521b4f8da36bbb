//! Random days on the switchboard, in virtual time. A day that fails is shortened, printed, and written to a file; what is
//! printed ends with the command that lives through it again. See `docs/testing.md`.

use acceptance::day::faults::Fault;
use acceptance::day::step::Day;
use acceptance::day::world::Tally;
use acceptance::day::{Failure, live, play, shorten};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// Days of an ordinary run; `PASSERELLE_DAYS` says otherwise.
const DAYS: u64 = 10_000;

/// Days in which each planted fault has to be found.
const DAYS_PER_FAULT: u64 = 2_000;

/// Kinds of events there are, but for those of workflows, which are not part of days yet.
const KINDS: usize = 34;

#[test]
fn whatever_happens_in_a_day_every_rule_holds() {
    if let Some(file) = env::var_os("PASSERELLE_DAY") {
        let text = fs::read_to_string(&file).expect("PASSERELLE_DAY names a file");
        let day: Day =
            serde_json::from_str(&text).expect("PASSERELLE_DAY names a day that was written before");
        if let Err(why) = play(&day, None) {
            panic!("{why}\n\n{day}");
        }
        return;
    }
    let (first, days) = match number("PASSERELLE_SEED") {
        Some(seed) => (seed, 1),
        None => (0, number("PASSERELLE_DAYS").unwrap_or(DAYS)),
    };
    let (sum, failure) = live_through(first, days);
    if let Some((seed, failure)) = failure {
        report(seed, &failure);
    }
    println!("{sum:#?}");
    if days >= DAYS {
        is_eventful(&sum);
    }
}

#[test]
fn every_planted_fault_is_found() {
    let blind: Vec<Fault> = thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let own = Fault::ALL.into_iter().skip(half).step_by(2);
                own.filter(|fault| !(0..DAYS_PER_FAULT).any(|seed| live(seed, Some(*fault)).is_err()))
                    .collect()
            })
        });
        halves.into_iter().flat_map(|half| -> Vec<Fault> { half.join().expect("no rule panics") }).collect()
    });
    assert_eq!(blind, [], "nobody noticed these");
}

#[test]
fn the_same_seed_is_the_same_day() {
    let day = |seed| live(seed, None).map_err(|failure| failure.why);
    assert_eq!(day(7), day(7));
    assert_ne!(day(7), day(8));
}

#[test]
fn a_day_that_fails_is_shortened_and_still_fails_when_it_is_read_back() {
    let fault = Some(Fault::EventDoubled);
    let failure = (0..DAYS_PER_FAULT).find_map(|seed| live(seed, fault).err()).expect("it is found");
    let short = shorten(&failure, fault);
    assert!(short.day.steps.len() <= 3, "{}", short.day);
    let text = serde_json::to_string(&short.day).expect("a day can be written");
    let read: Day = serde_json::from_str(&text).expect("and read");
    assert_eq!(play(&read, fault).expect_err("it still fails"), short.why);
}

/// Whoever has mended what a short day showed is told so.
#[test]
fn a_shortened_day_passes_where_the_fault_is_not() {
    for fault in Fault::ALL {
        let failure =
            (0..DAYS_PER_FAULT).find_map(|seed| live(seed, Some(fault)).err()).expect("it is found");
        let short = shorten(&failure, Some(fault));
        if let Err(why) = play(&short.day, None) {
            panic!("{fault:?}, found by {}, is mended: {why}\n\n{}", short.why, short.day);
        }
    }
}

/// Lives through days on all processors, until one fails.
fn live_through(first: u64, days: u64) -> (Tally, Option<(u64, Box<Failure>)>) {
    let (next, failed) = (AtomicU64::new(first), AtomicBool::new(false));
    let one_after_another = || {
        let mut sum = Tally::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + days || failed.load(Ordering::Relaxed) {
                return (sum, None);
            }
            match live(seed, None) {
                Ok(tally) => add(&mut sum, tally),
                Err(failure) => {
                    failed.store(true, Ordering::Relaxed);
                    return (sum, Some((seed, failure)));
                }
            }
        }
    };
    thread::scope(|scope| {
        let many = thread::available_parallelism().map_or(2, usize::from);
        let threads: Vec<_> = (0..many).map(|_| scope.spawn(one_after_another)).collect();
        let mut all = (Tally::default(), None);
        for thread in threads {
            let (sum, failure) = thread.join().expect("no rule panics");
            add(&mut all.0, sum);
            all.1 = failure.or(all.1);
        }
        all
    })
}

/// Prints the shortest day like it, writes it down, and fails.
fn report(seed: u64, failure: &Failure) -> ! {
    let short = shorten(failure, None);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (text, data) = (folder.join(format!("day-{seed}.txt")), folder.join(format!("day-{seed}.json")));
    let written = serde_json::to_string_pretty(&short.day).expect("a day can be written");
    fs::write(&text, format!("{}\n\n{}", short.why, short.day)).expect("the report can be written");
    fs::write(&data, written).expect("the day can be written");
    panic!(
        "seed {seed}: {}\n\n{}\nAt first it was, after {} steps: {}\n\nwritten to {}\n\
         the whole day again:     cargo xtask simulate --seed {seed}\n\
         the shortened day again: cargo xtask simulate --file {}",
        short.why,
        short.day,
        failure.day.steps.len(),
        failure.why,
        text.display(),
        data.display(),
    );
}

/// Days in which little happens prove little.
fn is_eventful(sum: &Tally) {
    assert!(sum.restarts > 10_000, "{} restarts", sum.restarts);
    let rare: BTreeMap<_, _> = sum.events.iter().filter(|(_, count)| **count < 50).collect();
    assert!(rare.is_empty(), "these hardly happen: {rare:?}");
    assert_eq!(sum.events.len(), KINDS, "some never happen: {:?}", sum.events);
}

fn add(sum: &mut Tally, more: Tally) {
    sum.steps += more.steps;
    sum.restarts += more.restarts;
    more.events.into_iter().for_each(|(kind, count)| *sum.events.entry(kind).or_default() += count);
    more.refusals.into_iter().for_each(|(code, count)| *sum.refusals.entry(code).or_default() += count);
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}
