//! `bench turn`: the time of one assistant turn in the browser. A page calls a module whose `main` is one turn
//! (`widget/examples/turn.rs`), a few thousand times, and posts what it measured.

use super::page_server::PageServer;
use crate::browser;
use crate::flavour::Flavour;
use crate::places::Places;
use crate::run::run;
use crate::say;
use crate::toolchain::Toolchain;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Long enough for a slow machine; then something is broken.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

pub fn turn(places: &Places) -> Result<()> {
    let toolchain = Toolchain::find(Flavour::Dist)?;
    let browser = browser::find()?;
    say::doing("Building the assistant for the browser, as for installing");
    let mut command = toolchain.cargo(places, "build", Flavour::Dist);
    command.args(["--package", "widget", "--example", "turn", "--profile", Flavour::Dist.web_profile()]);
    run("building the benchmark", &mut command)?;
    let wasm = fs::read(places.web_artefacts(Flavour::Dist).join("examples/turn.wasm"))?;
    say::doing("Taking the turns in headless Chromium");
    let server = PageServer::start(wasm)?;
    let profile = places.target.join("bench-browser");
    let _browser = Headless::open(&browser.chromium, &server.address(), &profile)?;
    let answer = server.answer_within(ANSWER_WITHIN)?;
    print(&serde_json::from_str(&answer).context("the page's answer cannot be read")?)
}

fn print(answer: &serde_json::Value) -> Result<()> {
    if let Some(error) = answer.get("error") {
        bail!("the page reports {error}");
    }
    let number = |name: &str| answer[name].as_f64().with_context(|| format!("the page reports no {name}"));
    println!("one turn of the demo's assistant, {} turns, milliseconds", number("turns")?);
    for name in ["min", "median", "p95", "max"] {
        println!("  {name:<8} {:>8.3}", number(name)?);
    }
    println!("  {:<8} {:>8.3}  (reads the definition as well)", "first", number("first")?);
    Ok(())
}

/// A browser without windows, ended when this is dropped.
struct Headless(Child);

impl Headless {
    fn open(chromium: &Path, address: &str, profile: &Path) -> Result<Self> {
        let mut command = Command::new(chromium);
        // Chromium's sandbox does not start for root, as whom containers run; the page is our own.
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-dev-shm-usage",
        ]);
        command.arg(format!("--user-data-dir={}", profile.display())).arg(address);
        let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(silent.spawn().with_context(|| format!("{} does not start", chromium.display()))?))
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
