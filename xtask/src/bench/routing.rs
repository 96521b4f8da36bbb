//! `bench routing`: assignments and deadlines, by the program of `tests/src/routing/`.

use crate::flavour::Flavour;
use crate::places::Places;
use crate::run::run;
use crate::say;
use anyhow::Result;
use std::fs;
use std::process::Command;

/// The program, of the crate of all tests.
const PROGRAM: &str = "routing";

pub fn routing(places: &Places, details: &[String]) -> Result<()> {
    say::doing("Building the benchmark");
    let mut build = Command::new("cargo");
    build.current_dir(&places.root).args(["build", "--package", "acceptance", "--bin", PROGRAM]);
    build.args(["--profile", Flavour::Dist.bridge_profile()]);
    run("building the benchmark", &mut build)?;
    // The system's folder for what is temporary may lie in memory, where syncing costs nothing.
    let folder = places.target.join("bench-routing");
    fs::create_dir_all(&folder)?;
    let program =
        places.bridge(Flavour::Dist).with_file_name(format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX));
    run("assigning", Command::new(program).arg("--folder").arg(&folder).args(details))
}
