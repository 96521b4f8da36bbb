//! `bench`: what `docs/benchmarks.md` records.

mod engine;
mod messages;
mod page_server;
mod routing;
pub mod size;

use crate::places::Places;
use anyhow::{Result, ensure};
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum What {
    /// Bytes on the wire, against the budget
    Size,
    /// The assistant's engine: loading, turns, memory, natively and in the browser
    Engine,
    /// Load for a bridge: latency, the highest rate, failures. `-- --help` lists the measurements
    Messages,
    /// What is lost, and for how long nobody is served, when things fail
    Failures,
    /// Assignments and deadlines: how many, how quickly, and whether any goes wrong. `-- --help` lists the measurements
    Routing,
}

pub fn bench(places: &Places, what: What, details: &[String]) -> Result<()> {
    let takes_details = matches!(what, What::Messages | What::Routing);
    ensure!(
        details.is_empty() || takes_details,
        "only `messages` and `routing` take details after `--`; the `--help` of `messages` lists the failures too"
    );
    match what {
        What::Size => size::size(places),
        What::Engine => engine::engine(places),
        What::Messages => messages::messages(places, details),
        What::Failures => messages::messages(places, &["failures".to_owned()]),
        What::Routing => routing::routing(places, details),
    }
}
