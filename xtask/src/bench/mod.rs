//! `bench`: what `docs/benchmarks.md` records.

mod page_server;
pub mod size;
mod turn;

use crate::places::Places;
use anyhow::Result;
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum What {
    /// Bytes on the wire, against the budget
    Size,
    /// Time of one assistant turn in the browser
    Turn,
}

pub fn bench(places: &Places, what: What) -> Result<()> {
    match what {
        What::Size => size::size(places),
        What::Turn => turn::turn(places),
    }
}
