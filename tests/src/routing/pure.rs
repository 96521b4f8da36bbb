//! The switchboard alone: a command is decided, its changes are applied, and what follows is routed and applied, with the
//! explanation that is kept of it. Nothing is saved, and nobody is told.

use super::held::Held;
use super::matcher;
use super::office::{Became, CAPACITY, Office, Size, became_of};
use hdrhistogram::Histogram;
use std::time::{Duration, Instant};
use switchboard::{Change, Command};

/// Longest time that is told apart from longer ones.
const NANOS_MAX: u64 = 10_000_000_000;

/// Digits that are right.
const DIGITS: u8 = 3;

/// How long one kind of assignment took, each by itself.
#[derive(Clone, Debug)]
pub struct Timed {
    nanos: Histogram<u64>,
    all: Duration,
}

/// What one size of office came to.
#[derive(Clone, Debug)]
pub struct Row {
    /// How large it was.
    pub size: Size,
    /// A conversation is closed, and who waited first gets the agent.
    pub freed: Timed,
    /// Of that, what comes after the closing: who waited first is found, and given with the explanation.
    pub given: Timed,
    /// A visitor asks for a person where somebody is free, and gets them.
    pub free: Timed,
    /// A visitor asks for a person where nobody is free, and waits: no assignment, but as frequent.
    pub joins: Timed,
    /// The same as `freed`, by the matcher alone.
    pub matcher: Timed,
}

/// Measures one size, with so many assignments of each kind.
pub fn measure(size: Size, rounds: usize) -> Row {
    let [freed, given, joins] = freed(size, rounds);
    Row { size, freed, given, joins, free: free(size, rounds), matcher: matcher::measure(size, rounds) }
}

impl Timed {
    /// None yet.
    pub fn new() -> Self {
        let nanos = Histogram::new_with_max(NANOS_MAX, DIGITS).expect("the bounds are sound");
        Self { nanos, all: Duration::ZERO }
    }

    /// Times one more.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.record(begun.elapsed());
        done
    }

    /// Takes note of one more.
    pub fn record(&mut self, took: Duration) {
        self.all += took;
        self.nanos.saturating_record(u64::try_from(took.as_nanos()).unwrap_or(NANOS_MAX));
    }

    /// How many a second.
    pub fn per_second(&self) -> f64 {
        self.nanos.len() as f64 / self.all.as_secs_f64()
    }

    /// All but this share of them took no longer, in microseconds.
    pub fn micros(&self, quantile: f64) -> f64 {
        self.nanos.value_at_quantile(quantile) as f64 / 1_000.0
    }
}

impl Default for Timed {
    fn default() -> Self {
        Self::new()
    }
}

/// All are full and the others wait, but for queues that ran out of one or the other by chance. An agent closes one at a time, so that the next is assigned; a new one begins to wait.
fn freed(size: Size, rounds: usize) -> [Timed; 3] {
    let mut office = Office::open(size);
    let mut held = Held::default();
    let room = size.agents * CAPACITY as usize;
    for _ in 0..size.waiting + room {
        let asks = office.visitor_asks();
        held.note(office.take(&asks));
        office.tick();
    }
    let [mut freed, mut given, mut joins] = [Timed::new(), Timed::new(), Timed::new()];
    for _ in 0..rounds {
        let agent = office.somebody();
        let Some(conversation) = held.one_of(agent) else { continue };
        let closes = office.closes(agent, conversation);
        let before = held.assigned;
        let mut became = Vec::new();
        let (after_closing, all) = close_and_route(&mut office, &closes, &mut became);
        held.note(became);
        // In a queue of few, it can be that nobody waited for this agent.
        if held.assigned > before {
            given.record(after_closing);
            freed.record(all);
        }
        office.tick();
        let asks = office.visitor_asks();
        let became = joins.take(|| office.take(&asks));
        held.note(became);
        office.tick();
    }
    [freed, given, joins]
}

/// How long what followed the closing took, and all of it.
fn close_and_route(office: &mut Office, closes: &Command, became: &mut Vec<Became>) -> (Duration, Duration) {
    let mut heard = |change: &Change| became.extend(became_of(change));
    let begun = Instant::now();
    office.decide(closes, &mut heard);
    let closed = Instant::now();
    office.route(&mut heard);
    office.board.saved();
    (closed.elapsed(), begun.elapsed())
}

/// Those who wait, wait elsewhere; half of the room is free.
fn free(size: Size, rounds: usize) -> Timed {
    let mut office = Office::open(size);
    let mut held = Held::default();
    for _ in 0..size.waiting {
        let asks = office.visitor_asks_in_vain();
        office.take(&asks);
        office.tick();
    }
    let most = size.agents * CAPACITY as usize / 2;
    let mut free = Timed::new();
    for round in 0..rounds + most {
        let asks = office.visitor_asks();
        let became = match round < most {
            true => office.take(&asks),
            false => free.take(|| office.take(&asks)),
        };
        held.note(became);
        office.tick();
        while held.count() >= most.max(1) {
            let agent = office.somebody();
            let Some(conversation) = held.one_of(agent) else { continue };
            let closes = office.closes(agent, conversation);
            held.note(office.take(&closes));
            office.tick();
        }
    }
    free
}
