//! `dist`: the one binary to install.

use crate::bench::size;
use crate::build;
use crate::flavour::Flavour;
use crate::places::{Places, shown};
use crate::say;
use anyhow::{Context, Result};
use std::{env, fs};

pub fn dist(places: &Places) -> Result<()> {
    let built = build::everything(places, Flavour::Dist)?;
    let target = places.root.join("dist").join(format!("passerelle{}", env::consts::EXE_SUFFIX));
    fs::create_dir_all(places.root.join("dist"))?;
    // Replaced, not overwritten: a copy that is running keeps its file.
    let _ = fs::remove_file(&target);
    fs::copy(&built, &target).with_context(|| format!("{} cannot be copied", built.display()))?;
    for load in size::report(&places.assets(Flavour::Dist))? {
        say::note(&format!("over its budget: {load}"));
    }
    println!("{}  {:.1} MB", shown(&target), fs::metadata(&target)?.len() as f64 / 1e6);
    say::doing("Done. It needs no other file: `passerelle serve` runs it");
    Ok(())
}
