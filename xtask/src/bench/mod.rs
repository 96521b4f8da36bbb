//! `bench`: what `docs/benchmarks.md` records.

mod engine;
mod page_server;
pub mod size;

use crate::places::Places;
use anyhow::Result;
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum What {
    /// Bytes on the wire, against the budget
    Size,
    /// The assistant's engine: loading, turns, memory, natively and in the browser
    Engine,
}

pub fn bench(places: &Places, what: What) -> Result<()> {
    match what {
        What::Size => size::size(places),
        What::Engine => engine::engine(places),
    }
}
