//! From sources to a running server: front ends, their assets, the bridge that embeds them.

use crate::assets;
use crate::flavour::Flavour;
use crate::places::{Places, shown};
use crate::run::{attempt, run};
use crate::say;
use crate::toolchain::Toolchain;
use crate::tools::{Shrinkers, wasm_bindgen};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// The variable that names the folder the bridge embeds.
pub const ASSETS_VARIABLE: &str = "PASSERELLE_ASSETS";

/// Builds all of it; gives the bridge's binary.
pub fn everything(places: &Places, flavour: Flavour) -> Result<PathBuf> {
    front_ends(places, flavour)?;
    bridge(places, flavour)
}

/// Builds widget and console and makes their assets; gives the assets' folder.
pub fn front_ends(places: &Places, flavour: Flavour) -> Result<PathBuf> {
    let toolchain = Toolchain::find(flavour)?;
    let bindgen = wasm_bindgen(places)?;
    let shrinkers = match flavour {
        Flavour::Quick => Shrinkers::NONE,
        Flavour::Dist => Shrinkers::find(places),
    };
    say::doing("Building the widget and the console for the browser");
    compile(places, &toolchain, flavour)?;
    let folder = places.assets(flavour);
    if assets::make(places, flavour, &bindgen, &shrinkers)? {
        say::doing(&format!("Made the assets: {}", shown(&folder)));
    }
    Ok(folder)
}

/// Builds the bridge around the assets that are there.
pub fn bridge(places: &Places, flavour: Flavour) -> Result<PathBuf> {
    say::doing("Building the bridge, the server");
    let mut command = Command::new("cargo");
    command.current_dir(&places.root).args([
        "build",
        "--package",
        "bridge",
        "--profile",
        flavour.bridge_profile(),
    ]);
    command.env(ASSETS_VARIABLE, places.assets(flavour));
    run("building the bridge", &mut command)?;
    Ok(places.bridge(flavour))
}

fn compile(places: &Places, toolchain: &Toolchain, flavour: Flavour) -> Result<()> {
    let with = |toolchain: &Toolchain| {
        let mut command = toolchain.cargo(places, "build", flavour);
        command.args([
            "--package",
            "widget",
            "--package",
            "console",
            "--lib",
            "--profile",
            flavour.web_profile(),
        ]);
        command
    };
    let step = "building the front ends";
    match toolchain.without_source() {
        None => run(step, &mut with(toolchain)),
        Some(_) if attempt(step, &mut with(toolchain)) => Ok(()),
        Some(ready_made) => {
            say::note("once more with the ready-made standard library: a few kilobytes larger");
            run(step, &mut with(&ready_made))
        }
    }
}
