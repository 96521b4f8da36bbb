//! `bench engine`: assistants of 10, 100 and 1,000 actions, loaded and talked to, natively and in headless Chromium. The
//! work is `assistant/examples/engine.rs`; in the browser a page holds the watch.

use super::page_server::PageServer;
use crate::browser;
use crate::flavour::Flavour;
use crate::places::Places;
use crate::run::run;
use crate::say;
use crate::toolchain::Toolchain;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Long enough for a slow machine; then something is broken.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);

/// What was measured with one assistant, times in milliseconds.
#[derive(Deserialize)]
struct Measured {
    actions: usize,
    /// Of the definition; the browser does not repeat it.
    bytes: Option<u64>,
    /// Of the process, or of the module's memory.
    resident_kib: f64,
    load: Vec<f64>,
    recognise: Vec<f64>,
    answer: Vec<f64>,
}

pub fn engine(places: &Places) -> Result<()> {
    say::doing("Building the engine natively");
    let native = native()?;
    let toolchain = Toolchain::find(Flavour::Dist)?;
    let browser = browser::find()?;
    say::doing("Building the engine for the browser, as for installing");
    let mut command = toolchain.cargo(places, "build", Flavour::Dist);
    command.args(["--package", "assistant", "--example", "engine", "--profile", Flavour::Dist.web_profile()]);
    run("building the benchmark", &mut command)?;
    let wasm = fs::read(places.web_artefacts(Flavour::Dist).join("examples/engine.wasm"))?;
    say::doing("Talking in headless Chromium");
    let server = PageServer::start(wasm)?;
    let profile = places.target.join("bench-browser");
    let _browser = Headless::open(&browser.chromium, &server.address(), &profile)?;
    let in_browser = read(&server.answer_within(ANSWER_WITHIN)?)?;
    print("natively", &native);
    print("in Chromium", &in_browser);
    Ok(())
}

fn native() -> Result<Vec<Measured>> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "--package", "assistant", "--example", "engine"]);
    let output = command.stderr(Stdio::inherit()).output().context("cargo does not start")?;
    ensure!(output.status.success(), "the engine's benchmark failed");
    let lines = String::from_utf8(output.stdout)?;
    lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn read(answer: &str) -> Result<Vec<Measured>> {
    if let Ok(error) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(answer) {
        bail!("the page reports {error:?}");
    }
    serde_json::from_str(answer).context("the page's answer cannot be read")
}

fn print(place: &str, measured: &[Measured]) {
    println!(
        "\n{place:<12} {:>9} {:>10} {:>22} {:>22} {:>10}",
        "load ms", "memory KiB", "recognised turn ms", "answer turn ms", "turns/s"
    );
    println!("{:<12} {:>9} {:>10} {:>22} {:>22}", "actions", "", "", "median / p95", "median / p95");
    for m in measured {
        let spread = |times: &[f64]| format!("{:.4} / {:.4}", share(times, 0.5), share(times, 0.95));
        let total: f64 = m.recognise.iter().chain(&m.answer).sum();
        let per_second = (m.recognise.len() + m.answer.len()) as f64 * 1_000.0 / total;
        println!(
            "{:<12} {:>9.2} {:>10.0} {:>22} {:>22} {:>10.0}",
            m.actions,
            share(&m.load, 0.5),
            m.resident_kib,
            spread(&m.recognise),
            spread(&m.answer),
            per_second
        );
        if let Some(bytes) = m.bytes {
            println!("{:<12} its definition has {bytes} bytes", "");
        }
    }
}

/// The time that so large a share of them keeps to.
fn share(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get(((last as f64) * share).round() as usize).copied().unwrap_or(f64::NAN)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_time_that_was_measured() {
        let times = [4.0, 1.0, 3.0, 2.0, 5.0];
        assert_eq!((share(&times, 0.5), share(&times, 0.95), share(&times, 0.0)), (3.0, 5.0, 1.0));
        assert!(share(&[], 0.5).is_nan());
    }

    #[test]
    fn a_page_that_failed_is_an_error() {
        assert!(read("{\"error\":\"no module\"}").is_err());
    }
}
