//! Outcomes as JSON and as a table.

use super::figures::{Load, complaints, median};
use super::ledger::Verdict;
use super::machine::Machine;
use super::world::StoreKind;
use serde::Serialize;
use std::collections::BTreeMap;

/// One run of one measurement.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Which.
    pub what: String,
    /// On which database.
    pub store: StoreKind,
    /// Which time.
    pub run: usize,
    /// Visitors' connections.
    pub connections: usize,
    /// Agents' connections.
    pub agents: usize,
    /// Messages stored before.
    pub stored: usize,
    /// Figures of load, where there was any.
    pub load: Option<Load>,
    /// Other figures, by what they are.
    pub figures: Vec<(String, f64)>,
    /// What went wrong with messages.
    pub verdict: Verdict,
    /// What else was unexpected, with how often.
    pub troubles: BTreeMap<String, u64>,
}

/// All of them.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// On which machine.
    pub machine: Machine,
    /// In the order they came.
    pub outcomes: Vec<Outcome>,
}

impl Outcome {
    /// Nothing measured yet, and nothing wrong.
    pub fn new(what: &str, store: StoreKind, run: usize, connections: usize, agents: usize) -> Self {
        Self {
            what: what.to_owned(),
            store,
            run,
            connections,
            agents,
            stored: 0,
            load: None,
            figures: Vec::new(),
            verdict: Verdict::default(),
            troubles: BTreeMap::new(),
        }
    }

    /// Adds a figure.
    pub fn figure(&mut self, what: &str, value: f64) {
        self.figures.push((what.to_owned(), value));
    }

    /// Whether no message went wrong. A bridge that cannot keep up with a rate is not at fault.
    pub fn is_clean(&self) -> bool {
        match self.is_broken_off() {
            true => self.without_what_was_on_its_way().is_clean(),
            false => self.verdict.is_clean() && self.troubles.is_empty(),
        }
    }

    fn is_broken_off(&self) -> bool {
        self.load.as_ref().is_some_and(|load| !load.kept_up)
    }

    fn without_what_was_on_its_way(&self) -> Verdict {
        Verdict { lost: 0, unanswered: 0, ..self.verdict }
    }

    /// One line, and what went wrong.
    pub fn line(&self) -> String {
        let place = format!(
            "{:<12} {:<8} {:>6} conns {:>8} stored",
            self.what,
            format!("{:?}", self.store).to_lowercase(),
            self.connections,
            self.stored
        );
        let load = self.load.as_ref().map(load_line).unwrap_or_default();
        let figures: Vec<String> =
            self.figures.iter().map(|(what, value)| format!("{what} {value:.2}")).collect();
        let wrong = match self.is_broken_off() {
            true => complaints(&self.without_what_was_on_its_way(), &self.troubles),
            false => complaints(&self.verdict, &self.troubles),
        };
        let wrong = match (self.is_broken_off(), wrong.as_str()) {
            (false, "") => "ledger clean".to_owned(),
            (true, "") => "broken off, ledger clean but for what was on its way".to_owned(),
            (true, _) => format!("broken off: {wrong}"),
            (false, _) => format!("WRONG: {wrong}"),
        };
        format!("{place} | {load}{} | {wrong}", figures.join(", "))
    }
}

impl Report {
    /// Whether no message of any run went wrong.
    pub fn is_clean(&self) -> bool {
        self.outcomes.iter().all(Outcome::is_clean)
    }

    /// Medians of what was repeated.
    pub fn medians(&self) -> Vec<String> {
        let mut groups: BTreeMap<String, Vec<&Outcome>> = BTreeMap::new();
        for outcome in self.outcomes.iter().filter(|outcome| outcome.what != "sweep step") {
            let rate = match (&outcome.load, outcome.what.as_str()) {
                (Some(load), "steady") => load.asked_per_second,
                (Some(_) | None, _) => 0.0,
            };
            let key = format!(
                "{} {:?} {} conns {} stored {rate}/s",
                outcome.what, outcome.store, outcome.connections, outcome.stored
            );
            groups.entry(key).or_default().push(outcome);
        }
        let repeated = groups.into_iter().filter(|(_, group)| group.len() > 1);
        repeated.map(|(key, group)| format!("{key}: {}", medians_of(&group))).collect()
    }
}

fn medians_of(group: &[&Outcome]) -> String {
    let loads: Vec<&Load> = group.iter().filter_map(|outcome| outcome.load.as_ref()).collect();
    let of = |value: fn(&Load) -> f64| median(loads.iter().map(|load| value(load)).collect());
    let mut words = vec![format!("{} runs", group.len())];
    if !loads.is_empty() {
        words.push(format!(
            "{:.0}/s, p50 {:.2}, p99 {:.2}, p99.9 {:.2}, typical p99 {:.2} ms, CPU {:.0} + {:.0} us",
            of(|load| load.asked_per_second),
            of(|load| load.delivery.p50),
            of(|load| load.delivery.p99),
            of(|load| load.delivery.p999),
            of(|load| load.typical_p99),
            of(|load| load.bridge_micros_per_message),
            of(|load| load.store_micros_per_message),
        ));
    }
    let names = group.first().map(|outcome| outcome.figures.iter().map(|(what, _)| what));
    for name in names.into_iter().flatten() {
        let named = |outcome: &&Outcome| outcome.figures.iter().find(|(what, _)| what == name).map(|f| f.1);
        words.push(format!("{name} {:.2}", median(group.iter().filter_map(named).collect())));
    }
    words.join(", ")
}

fn load_line(load: &Load) -> String {
    format!(
        "{:>6.0}/s{} p50 {:>6.2} p99 {:>7.2} p99.9 {:>7.2} max {:>7.1} typical p99 {:>7.2} ack p99 {:>7.2} late p99 \
         {:>6.2} ms, CPU {:>4.0} + {:>4.0} us (generator {:>3.0}), RSS {:.0} MiB ",
        load.asked_per_second,
        if load.kept_up { " " } else { "!" },
        load.delivery.p50,
        load.delivery.p99,
        load.delivery.p999,
        load.delivery.max,
        load.typical_p99,
        load.acceptance.p99,
        load.lateness.p99,
        load.bridge_micros_per_message,
        load.store_micros_per_message,
        load.generator_micros_per_message,
        load.resident_mib,
    )
}
