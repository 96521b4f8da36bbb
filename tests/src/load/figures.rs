//! Figures of a run, and how they are written.

use super::ledger::{Ledger, Message, Side, Verdict};
use super::pace::Stretch;
use hdrhistogram::Histogram;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Longest time that is told apart from longer ones, in microseconds.
const MICROS_MAX: u64 = 120_000_000;

/// Digits that are right.
const DIGITS: u8 = 3;

/// A slice of a run of which a percentile is taken by itself.
const SLICE: Duration = Duration::from_secs(1);

/// How times are spread, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Spread {
    /// Half of them are below.
    pub p50: f64,
    /// All but one in a hundred.
    pub p99: f64,
    /// All but one in a thousand.
    pub p999: f64,
    /// The longest.
    pub max: f64,
}

/// What one stretch of load came to.
#[derive(Clone, Debug, Serialize)]
pub struct Load {
    /// Messages a second that were asked for.
    pub asked_per_second: f64,
    /// Messages that fell due.
    pub messages: usize,
    /// Those that were delivered within the stretch, by its seconds.
    pub delivered_per_second: f64,
    /// Whether the bridge kept up to the end and then delivered everything.
    pub kept_up: bool,
    /// From due to the other side.
    pub delivery: Spread,
    /// The same, of what visitors said.
    pub to_agents: Spread,
    /// The same, of what agents said.
    pub to_visitors: Spread,
    /// From due to acknowledged.
    pub acceptance: Spread,
    /// The median over seconds of each second's own 99th percentile of delivery.
    pub typical_p99: f64,
    /// From due to sent: the generator's own delay, inside all of the above.
    pub lateness: Spread,
    /// Processor time of the bridge for each message, in microseconds.
    pub bridge_micros_per_message: f64,
    /// The same of the database's server, where there is one.
    pub store_micros_per_message: f64,
    /// The same of this generator.
    pub generator_micros_per_message: f64,
    /// The bridge's resident memory at the end, in MiB.
    pub resident_mib: f64,
}

/// Times, as they come.
pub struct Times(Histogram<u64>);

impl Times {
    /// None yet.
    pub fn new() -> Self {
        Self(Histogram::new_with_max(MICROS_MAX, DIGITS).expect("the bounds are sound"))
    }

    /// Takes them all.
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut all = Self::new();
        times.into_iter().for_each(|time| all.take(time));
        all
    }

    /// One more.
    pub fn take(&mut self, time: Duration) {
        self.0.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX).min(MICROS_MAX));
    }

    /// How they are spread.
    pub fn spread(&self) -> Spread {
        let at = |quantile| self.0.value_at_quantile(quantile) as f64 / 1_000.0;
        Spread { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: self.0.max() as f64 / 1_000.0 }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self::new()
    }
}

impl Load {
    /// Reads the times of a stretch; the costs are the caller's to fill in.
    pub fn of(ledger: &Ledger, asked: f64, stretch: Stretch, drained: bool) -> Self {
        let due = || ledger.due_within(stretch.from, stretch.until);
        let by = |side| due().filter(move |message| message.by == side).filter_map(Message::delivery);
        let delivered = due().filter(|m| m.delivered.is_some_and(|at| at <= stretch.until)).count();
        let seconds = (stretch.until - stretch.from).as_secs_f64();
        Self {
            asked_per_second: asked,
            messages: due().count(),
            delivered_per_second: delivered as f64 / seconds,
            kept_up: stretch.kept_up && drained,
            delivery: Times::of(due().filter_map(Message::delivery)).spread(),
            to_agents: Times::of(by(Side::Visitor)).spread(),
            to_visitors: Times::of(by(Side::Agent)).spread(),
            acceptance: Times::of(due().filter_map(Message::acceptance)).spread(),
            typical_p99: typical_p99(ledger, stretch.from, stretch.until),
            lateness: Times::of(due().filter_map(Message::lateness)).spread(),
            bridge_micros_per_message: 0.0,
            store_micros_per_message: 0.0,
            generator_micros_per_message: 0.0,
            resident_mib: 0.0,
        }
    }
}

/// What is wrong with a run, in words; empty when nothing is.
pub fn complaints(verdict: &Verdict, troubles: &BTreeMap<String, u64>) -> String {
    let mut words = Vec::new();
    if !verdict.is_clean() {
        words.push(format!("{verdict:?}"));
    }
    words.extend(troubles.iter().map(|(what, times)| format!("{times}× {what}")));
    words.join("; ")
}

/// The middle one; the lower of two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

fn typical_p99(ledger: &Ledger, from: Instant, until: Instant) -> f64 {
    let mut slices: BTreeMap<u64, Times> = BTreeMap::new();
    for message in ledger.due_within(from, until) {
        let slice = (message.due - from).as_secs() / SLICE.as_secs();
        // What never came took as long as can be told.
        slices.entry(slice).or_default().take(message.delivery().unwrap_or(Duration::MAX));
    }
    median(slices.values().map(|slice| slice.spread().p99).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_times() {
        let spread = Times::of((1..=1_000).map(Duration::from_millis)).spread();
        let near = |value: f64, expected: f64| (value - expected).abs() < expected / 500.0;
        assert!(
            near(spread.p50, 500.0) && near(spread.p99, 990.0) && near(spread.max, 1_000.0),
            "{spread:?}"
        );
    }

    #[test]
    fn the_median_is_a_value_that_was_measured() {
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }
}
