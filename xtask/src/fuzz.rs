//! `fuzz`: runs a fuzz target of `fuzz/` for a while, from seeds that lie in the tree.

use crate::places::Places;
use crate::run::run;
use crate::say;
use crate::tools;
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Pinned like every tool.
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// Longer inputs find nothing that shorter ones do not.
const INPUT_BYTES_MAX: &str = "20000";

/// An input that takes longer is a finding.
const SECONDS_PER_INPUT: &str = "5";

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Target {
    /// Reading, checking and compiling authors' files
    Checker,
    /// Importing exports of watsonx Assistant
    Importer,
    /// Talking to an assistant
    Interpreter,
    /// Reading, checking and trying workflows
    Workflows,
}

impl Target {
    const fn name(self) -> &'static str {
        match self {
            Self::Checker => "checker",
            Self::Importer => "importer",
            Self::Interpreter => "interpreter",
            Self::Workflows => "workflows",
        }
    }
}

pub fn fuzz(places: &Places, target: Target, seconds: u64) -> Result<()> {
    let program = cargo_fuzz(places)?;
    let corpus = places.target.join("fuzz-corpus").join(target.name());
    seed(places, &corpus)?;
    say::doing(&format!("Fuzzing the {} for {seconds} s", target.name()));
    let mut command = Command::new(program);
    // The product has no unsafe code, so no sanitizer is needed, and without one it runs several times as fast. What the
    // instrumentation needs of the compiler is not stable yet.
    command.current_dir(&places.root).env("RUSTC_BOOTSTRAP", "1");
    command.args(["run", "--fuzz-dir", "fuzz", "--sanitizer", "none"]);
    command.arg("--target-dir").arg(places.target.join("fuzz")).arg(target.name()).arg(&corpus);
    command.args(["--", &format!("-max_total_time={seconds}"), &format!("-max_len={INPUT_BYTES_MAX}")]);
    command.arg(format!("-timeout={SECONDS_PER_INPUT}"));
    run("fuzzing", &mut command)
}

fn cargo_fuzz(places: &Places) -> Result<PathBuf> {
    let program = places.tools().join("bin/cargo-fuzz");
    if !program.is_file() {
        say::doing("Installing cargo-fuzz into target/tools (about 1 min, once)");
        tools::cargo_install(places, "cargo-fuzz", CARGO_FUZZ_VERSION)?;
    }
    Ok(program)
}

/// Real files to begin with: random bytes would take days to become one.
fn seed(places: &Places, corpus: &std::path::Path) -> Result<()> {
    fs::create_dir_all(corpus).with_context(|| format!("{} cannot be made", corpus.display()))?;
    const FOLDERS: [&str; 5] = [
        "examples/demo",
        "examples/demo/talks",
        "examples/workflows",
        "authoring/tests",
        "authoring/tests/exports",
    ];
    for folder in FOLDERS {
        let Ok(entries) = fs::read_dir(places.root.join(folder)) else { continue };
        for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), corpus.join(entry.file_name()))?;
        }
    }
    Ok(())
}
