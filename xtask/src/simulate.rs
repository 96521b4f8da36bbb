//! `simulate`: lives through random days of the switchboard, or through one of them again.

use crate::places::Places;
use crate::run::run;
use crate::say;
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;
use std::process::Command;

#[derive(Args)]
pub struct Options {
    /// The day of this seed alone
    #[arg(long, conflicts_with_all = ["days", "file"])]
    seed: Option<u64>,
    /// As many days, from seed 0
    #[arg(long, conflicts_with = "file")]
    days: Option<u64>,
    /// The day that was written to this file
    #[arg(long)]
    file: Option<PathBuf>,
}

pub fn simulate(places: &Places, options: &Options) -> Result<()> {
    let mut command = Command::new("cargo");
    command.current_dir(&places.root).args(["test", "--package", "acceptance", "--test", "simulate"]);
    command.args(["whatever_happens", "--", "--nocapture"]);
    if let Some(seed) = options.seed {
        command.env("PASSERELLE_SEED", seed.to_string());
    }
    if let Some(days) = options.days {
        command.env("PASSERELLE_DAYS", days.to_string());
    }
    if let Some(file) = &options.file {
        let named = || format!("--file {}: `simulate` writes such a file when a day fails", file.display());
        let file = std::fs::canonicalize(file).with_context(named)?;
        command.env("PASSERELLE_DAY", file);
    }
    // A day that fails tells its own story.
    command.env("RUST_BACKTRACE", "0");
    say::doing("Living through random days of the switchboard");
    run("simulating", &mut command)
}
