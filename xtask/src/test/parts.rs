//! What each part runs. A step that fails does not keep the next from running.

use super::count::Counts;
use super::{Part, Tally};
use crate::browser;
use crate::build;
use crate::flavour::Flavour;
use crate::places::{Places, on_path};
use crate::say;
use crate::system::{POSTGRESQL, provide};
use crate::toolchain::Toolchain;
use crate::{audit, run, tools};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

const CRATES: [&str; 8] =
    ["protocol", "assistant", "authoring", "switchboard", "bridge", "widget", "console", "xtask"];

/// Test programs of this prefix drive real browsers.
const BROWSER_TESTS: &str = "browser";

/// For all tests of one program together: its runner's own 20 are too few on a busy machine.
const WASM_PROGRAM_SECONDS_MAX: u32 = 300;

/// Debian keeps PostgreSQL's server programs here, off `PATH`.
const DEBIAN_POSTGRESQL: &str = "/usr/lib/postgresql";

/// An error is what kept the part from running; failures are in the tally.
pub fn run(places: &Places, part: Part, tally: &mut Tally) -> Result<()> {
    match part {
        Part::Lint => lint(places, tally),
        Part::Unit => unit(places, tally),
        Part::Across => across(places, tally),
        Part::Wasm => wasm(places, tally),
        Part::Browser => in_browsers(places, tally),
    }
}

fn lint(places: &Places, tally: &mut Tally) -> Result<()> {
    check("cargo fmt", cargo(places, "fmt").args(["--all", "--check"]), tally)?;
    let strict = ["--all-targets", "--", "-D", "warnings"];
    check("clippy", cargo(places, "clippy").arg("--workspace").args(strict), tally)?;
    let toolchain = Toolchain::find(Flavour::Quick)?;
    if toolchain.has_clippy() {
        let mut clippy = toolchain.cargo(places, "clippy", Flavour::Quick);
        check(
            "clippy for the browser",
            clippy.args(["--package", "widget", "--package", "console"]).args(strict),
            tally,
        )?;
    } else {
        say::note("clippy for the browser is skipped: it needs rustup's target");
    }
    match audit::offline(places) {
        Some(mut command) => check("cargo deny", &mut command, tally),
        None => {
            say::note(
                "the dependencies' licences are not checked: `cargo xtask audit` installs cargo-deny and does",
            );
            Ok(())
        }
    }
}

fn unit(places: &Places, tally: &mut Tally) -> Result<()> {
    let packages = CRATES.iter().flat_map(|name| ["--package", name]);
    counted("unit tests", cargo(places, "test").arg("--no-fail-fast").args(packages), tally)
}

fn across(places: &Places, tally: &mut Tally) -> Result<()> {
    if !Path::new(DEBIAN_POSTGRESQL).is_dir() && on_path(&["initdb"]).is_none() {
        say::doing("The store contract runs on PostgreSQL too");
        provide(&POSTGRESQL)?;
    }
    // Some of them run the bridge itself, as a process that they kill.
    check("the bridge", cargo(places, "build").args(["--package", "bridge"]), tally)?;
    let mut command = cargo(places, "test");
    command.env("PASSERELLE_BIN", places.target.join("debug/passerelle"));
    command.args(["--no-fail-fast", "--package", "acceptance", "--lib"]);
    for name in acceptance_tests(&places.root)?.iter().filter(|name| !name.starts_with(BROWSER_TESTS)) {
        command.args(["--test", name]);
    }
    counted("tests across crates", &mut command, tally)
}

fn wasm(places: &Places, tally: &mut Tally) -> Result<()> {
    let toolchain = Toolchain::find(Flavour::Quick)?;
    let runner = tools::wasm_bindgen(places)?.join("wasm-bindgen-test-runner");
    let browser = browser::find()?;
    let mut command = toolchain.cargo(places, "test", Flavour::Quick);
    // Not their doc tests: those are of the native build.
    command.args(["--no-fail-fast", "--package", "widget", "--package", "console", "--tests"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    command.env("WASM_BINDGEN_USE_BROWSER", "1").env("CHROMEDRIVER", browser.chromedriver);
    command.env("WASM_BINDGEN_TEST_TIMEOUT", WASM_PROGRAM_SECONDS_MAX.to_string());
    counted("tests in the browser", &mut command, tally)
}

fn in_browsers(places: &Places, tally: &mut Tally) -> Result<()> {
    let browser = browser::find()?;
    let bridge = build::everything(places, Flavour::Quick)?;
    let mut command = cargo(places, "test");
    command.args(["--no-fail-fast", "--package", "acceptance", "--test"]).arg(format!("{BROWSER_TESTS}*"));
    command
        .env("PASSERELLE_BIN", bridge)
        .env("CHROMEDRIVER", browser.chromedriver)
        .env("CHROME", browser.chromium);
    counted("scenarios in browsers", &mut command, tally)
}

fn cargo(places: &Places, verb: &str) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&places.root).arg(verb);
    // The same for every native build here, so that none undoes another's.
    command.env(build::ASSETS_VARIABLE, places.assets(Flavour::Quick));
    command
}

/// Passes or fails as a whole.
fn check(what: &str, command: &mut Command, tally: &mut Tally) -> Result<()> {
    say::doing(&run::line(command));
    if !run::watch(what, command)?.success() {
        tally.trouble(what);
    }
    Ok(())
}

/// Its tests are counted. It can fail without a test failing: then it does not compile, or was killed.
fn counted(what: &str, command: &mut Command, tally: &mut Tally) -> Result<()> {
    say::doing(&run::line(command));
    let mut counts = Counts::default();
    let status = run::follow(what, command, |line| {
        if let Some(more) = Counts::of_line(line) {
            counts += more;
        }
    })?;
    tally.counts += counts;
    if !status.success() && counts.failed == 0 {
        tally.trouble(&format!("{what}: {status}, with no test to blame"));
    }
    if status.success() && counts.passed == 0 {
        tally.trouble(&format!("{what}: no test ran"));
    }
    Ok(())
}

/// The names of the test programs in `tests/tests/`.
fn acceptance_tests(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("tests/tests");
    let entries = folder.read_dir().with_context(|| format!("{} cannot be listed", folder.display()))?;
    let files = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> =
        files.filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned())).collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_lint_counts_as_one_failure_and_says_which() {
        let mut tally = Tally::default();
        check("a lint", &mut shell("exit 1"), &mut tally).unwrap();
        assert_eq!((tally.counts.failed, tally.troubles), (1, vec!["a lint".to_owned()]));
    }

    #[test]
    fn what_a_test_program_prints_is_summed() {
        let line = "test result: FAILED. 3 passed; 2 failed; 0 ignored";
        let mut tally = Tally::default();
        counted("tests", &mut shell(&format!("echo '{line}'; echo '{line}'; exit 101")), &mut tally).unwrap();
        assert_eq!((tally.counts, tally.troubles.len()), (Counts { passed: 6, failed: 4 }, 0));
    }

    #[test]
    fn a_program_that_fails_without_a_result_counts_as_one_failure() {
        let mut tally = Tally::default();
        counted("tests", &mut shell("exit 101"), &mut tally).unwrap();
        assert_eq!((tally.counts, tally.troubles.len()), (Counts { passed: 0, failed: 1 }, 1));
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }
}
