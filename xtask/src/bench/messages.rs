//! `bench messages`: the bridge as it is installed, and the generator of `tests/src/load/`, which starts it.

use crate::flavour::Flavour;
use crate::places::Places;
use crate::run::run;
use crate::say;
use anyhow::Result;
use std::env;
use std::fs;
use std::process::Command;

/// The generator's program, of the crate of all tests.
const GENERATOR: &str = "load";

pub fn messages(places: &Places, details: &[String]) -> Result<()> {
    say::doing("Building the bridge and the generator");
    let mut build = Command::new("cargo");
    build.current_dir(&places.root).args(["build", "--package", "bridge", "--package", "acceptance"]);
    build.args(["--bin", "passerelle", "--bin", GENERATOR, "--profile", Flavour::Dist.bridge_profile()]);
    run("building the benchmark", &mut build)?;
    let bridge = places.bridge(Flavour::Dist);
    // The system's folder for what is temporary may lie in memory, where syncing costs nothing.
    let folder = places.target.join("bench-messages");
    fs::create_dir_all(&folder)?;
    let mut generator =
        Command::new(bridge.with_file_name(format!("{GENERATOR}{}", env::consts::EXE_SUFFIX)));
    generator.arg("--bridge").arg(&bridge).arg("--folder").arg(&folder).args(details);
    run("giving load", &mut generator)
}
