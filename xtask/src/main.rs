//! `cargo xtask …`: set up, build, run, test, bench, dist. `cargo xtask --help` lists the tasks.
//!
//! What it says about its own work goes to stderr; results (tables, paths, `export` lines, test output) go to stdout.

mod assets;
mod audit;
mod bench;
mod bindgen;
mod browser;
mod build;
mod compress;
mod dist;
mod env;
mod flavour;
mod fuzz;
mod places;
mod run;
mod say;
mod system;
mod test;
mod toolchain;
mod tools;
mod up;
mod wasm;

use clap::{Parser, Subcommand};
use flavour::Flavour;
use places::Places;
use std::process::ExitCode;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Sets up, builds, runs and tests Passerelle.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up what is missing, build everything and serve it
    Up(up::Options),
    /// Build the front ends, their assets and the bridge
    Build {
        /// quick compiles sooner, dist runs smaller and faster
        #[arg(long, value_enum, default_value = "quick")]
        flavour: Flavour,
    },
    /// Make the one binary to install: dist/passerelle
    Dist,
    /// Run every check, or one part of them
    Test {
        #[arg(value_enum)]
        part: Option<test::Part>,
    },
    /// Measure
    Bench {
        #[arg(value_enum)]
        what: bench::What,
        /// For `messages`: what to measure, and how
        #[arg(last = true)]
        details: Vec<String>,
    },
    /// Print the `export` lines that make cargo and trunk build for WebAssembly as this does: eval "$(cargo xtask env)"
    Env,
    /// Throw changed inputs at what reads people's files and words
    Fuzz {
        #[arg(value_enum)]
        target: fuzz::Target,
        /// For how long
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Check every dependency's licence, source and known vulnerabilities
    Audit,
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(code) => code,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<ExitCode> {
    let places = Places::find()?;
    match task {
        Task::Up(options) => up::up(&places, &options)?,
        Task::Build { flavour } => drop(build::everything(&places, flavour)?),
        Task::Dist => dist::dist(&places)?,
        Task::Test { part } => return test::test(&places, part),
        Task::Bench { what, details } => bench::bench(&places, what, &details)?,
        Task::Env => env::print(&places)?,
        Task::Fuzz { target, seconds } => fuzz::fuzz(&places, target, seconds)?,
        Task::Audit => audit::audit(&places)?,
    }
    Ok(ExitCode::SUCCESS)
}
