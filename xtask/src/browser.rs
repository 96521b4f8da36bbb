//! The browser that tests and benchmarks use.

use crate::places::on_path;
use crate::say;
use crate::system::{BROWSER, provide};
use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// The browser that is there (`CHROME` and `CHROMEDRIVER` name others), or the system's packages of it.
pub fn find() -> Result<Browser> {
    if let Some(present) = present() {
        return Ok(present);
    }
    say::doing("Real browser tests need Chromium and chromedriver");
    provide(&BROWSER)?;
    present().context(
        "Chromium and chromedriver are installed, but not on PATH; name them in CHROME and CHROMEDRIVER",
    )
}

fn present() -> Option<Browser> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from);
    let chromium = || on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
    Some(Browser {
        chromium: named("CHROME").or_else(chromium)?,
        chromedriver: named("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?,
    })
}
