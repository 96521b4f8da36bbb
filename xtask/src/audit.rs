//! `audit`: every dependency's licence, source and known vulnerabilities, as `deny.toml` allows them.

use crate::places::{Places, on_path};
use crate::run::run;
use crate::say;
use crate::tools::cargo_install;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

const CARGO_DENY_VERSION: &str = "0.20.2";

pub fn audit(places: &Places) -> Result<()> {
    if cargo_deny(places).is_none() {
        say::doing("Installing cargo-deny into target/tools (several minutes, once)");
        cargo_install(places, "cargo-deny", CARGO_DENY_VERSION)?;
    }
    say::doing("Checking the dependencies");
    run("cargo deny", check(places, cargo_deny(places).unwrap_or_else(|| "cargo-deny".into())).arg("all"))
}

/// What can be checked without asking the network; `None` without cargo-deny.
pub fn offline(places: &Places) -> Option<Command> {
    let mut command = check(places, cargo_deny(places)?);
    command.args(["licenses", "bans", "sources"]);
    Some(command)
}

fn cargo_deny(places: &Places) -> Option<PathBuf> {
    let ours = places.tools().join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if ours.is_file() { Some(ours) } else { on_path(&["cargo-deny"]) }
}

fn check(places: &Places, program: PathBuf) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&places.root).arg("check");
    command
}
