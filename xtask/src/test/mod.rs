//! `test`: every check, in parts that each run to their end. The last line is `N passed, N failed` and nothing else.

mod count;
mod parts;

use crate::places::Places;
use crate::say;
use anyhow::Result;
use clap::ValueEnum;
use count::Counts;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A part of the checks, in the order they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Format, clippy, dependencies
    Lint,
    /// Each crate's own tests
    Unit,
    /// Store contract, wire, simulation, rules of the tree
    Across,
    /// Widget and console in headless Chromium
    Wasm,
    /// Visitor and agent in real browser windows
    Browser,
}

/// How one part went.
struct Outcome {
    part: Part,
    counts: Counts,
    /// What failed without being a test: a lint, a build, a set-up.
    troubles: Vec<String>,
    took: Duration,
}

pub fn test(places: &Places, part: Option<Part>) -> Result<ExitCode> {
    let parts = part.map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let outcomes: Vec<Outcome> = parts.into_iter().map(|part| run(places, part)).collect();
    let mut total = Counts::default();
    println!("\n{:<8} {:>7} {:>7}  time", "part", "passed", "failed");
    for outcome in &outcomes {
        total += outcome.counts;
        println!("{}", outcome.row());
    }
    for trouble in outcomes.iter().flat_map(|outcome| &outcome.troubles) {
        println!("failed: {trouble}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(places: &Places, part: Part) -> Outcome {
    println!("\n== {} ==", part.title());
    let began = Instant::now();
    let mut tally = Tally::default();
    if let Err(error) = parts::run(places, part, &mut tally) {
        say::error(&error);
        tally.trouble(&format!("{}: {error}", part.title()));
    }
    Outcome { part, counts: tally.counts, troubles: tally.troubles, took: began.elapsed() }
}

/// What a part has counted so far.
#[derive(Default)]
struct Tally {
    counts: Counts,
    troubles: Vec<String>,
}

impl Tally {
    /// A failure that no test counted.
    fn trouble(&mut self, what: &str) {
        self.counts.failed += 1;
        self.troubles.push(what.to_owned());
    }
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Lint => "Format and lints",
            Self::Unit => "Unit tests",
            Self::Across => "Across crates: stores, wire, simulation, rules of the tree",
            Self::Wasm => "In the browser: widget and console",
            Self::Browser => "Scenarios in real browsers",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Across => "across",
            Self::Wasm => "wasm",
            Self::Browser => "browser",
        }
    }
}

impl Outcome {
    fn row(&self) -> String {
        let Counts { passed, failed } = self.counts;
        format!("{:<8} {passed:>7} {failed:>7}  {}", self.part.name(), say::duration(self.took))
    }
}
