//! Programs beside the compiler: wasm-bindgen, which is needed, and two that make the result smaller, which are not.

use crate::places::{Places, on_path};
use crate::run::{ask, attempt, run};
use crate::say;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Older ones break the tables wasm-bindgen makes, without a word.
const WASM_OPT_VERSION_MIN: u32 = 120;

/// Pinned, so that two machines make the same bytes.
const NPM_PACKAGES: [&str; 2] = ["binaryen@132.0.0", "esbuild@0.28.2"];

/// The folder with `wasm-bindgen` and `wasm-bindgen-test-runner` in the very version of the crate.
pub fn wasm_bindgen(places: &Places) -> Result<PathBuf> {
    let wanted = locked_version(&fs::read_to_string(places.root.join("Cargo.lock"))?, "wasm-bindgen")
        .context("Cargo.lock does not name wasm-bindgen")?;
    let ours = places.tools().join("bin");
    let on_path = on_path(&["wasm-bindgen"]).and_then(|program| Some(program.parent()?.to_path_buf()));
    for folder in [Some(&ours), on_path.as_ref()].into_iter().flatten() {
        if has_wasm_bindgen(folder, &wanted) {
            return Ok(folder.clone());
        }
    }
    say::doing(&format!(
        "Installing wasm-bindgen {wanted} into target/tools: it joins Rust to JavaScript (about 2 min, once)"
    ));
    cargo_install(places, "wasm-bindgen-cli", &wanted)?;
    Ok(ours)
}

/// Compiles a program from the registry into `target/tools`.
pub fn cargo_install(places: &Places, name: &str, version: &str) -> Result<()> {
    let install = |locked: &[&str]| {
        let mut command = Command::new("cargo");
        command
            .current_dir(&places.root)
            .args(["install", name, "--version", version, "--force"])
            .args(locked);
        command.arg("--root").arg(places.tools());
        command.arg("--target-dir").arg(places.tools().join("build"));
        run(&format!("installing {name}"), &mut command)
    };
    // Its lock file may ask for a version that the registry at hand does not have.
    let result = install(&["--locked"]).or_else(|_| {
        say::note("its locked dependencies are not all to be had here: once more with what is");
        install(&[])
    });
    let _ = fs::remove_dir_all(places.tools().join("build"));
    result
}

/// What makes the browser's files smaller, each only where it is to be had.
pub struct Shrinkers {
    pub wasm_opt: Option<PathBuf>,
    pub esbuild: Option<PathBuf>,
}

impl Shrinkers {
    pub const NONE: Self = Self { wasm_opt: None, esbuild: None };

    /// Looks for them, and asks npm for them where there is one.
    pub fn find(places: &Places) -> Self {
        let found = Self::present(places);
        if found.wasm_opt.is_some() && found.esbuild.is_some() {
            return found;
        }
        if on_path(&["npm"]).is_some() {
            say::doing(&format!(
                "Installing {} into target/tools: they save a few percent",
                NPM_PACKAGES.join(" and ")
            ));
            attempt("npm", &mut npm_install(places));
        }
        let found = Self::present(places);
        found.say_what_is_skipped();
        found
    }

    /// Changes when what they make may change.
    pub fn fingerprint(&self) -> String {
        let version = |program: &Option<PathBuf>| {
            program
                .as_ref()
                .map_or_else(|| "none".to_owned(), |program| version_line(program).unwrap_or_default())
        };
        format!("wasm-opt {} esbuild {}", version(&self.wasm_opt), version(&self.esbuild))
    }

    fn present(places: &Places) -> Self {
        let from_npm = places.tools().join("node/node_modules/.bin");
        let find = |name: &str| [Some(from_npm.join(name)), on_path(&[name])].into_iter().flatten();
        let recent = |program: &PathBuf| version_line(program).is_some_and(|line| is_recent(&line));
        Self {
            wasm_opt: find("wasm-opt").find(recent),
            esbuild: find("esbuild").find(|program| version_line(program).is_some()),
        }
    }

    fn say_what_is_skipped(&self) {
        if self.wasm_opt.is_none() {
            say::note(&format!(
                "no wasm-opt {WASM_OPT_VERSION_MIN} or newer: the wasm stays 3 to 5 % larger"
            ));
        }
        if self.esbuild.is_none() {
            say::note("no esbuild: the scripts are shipped as they are written");
        }
    }
}

fn npm_install(places: &Places) -> Command {
    let mut command = Command::new("npm");
    command.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
        "--prefix",
    ]);
    command.arg(places.tools().join("node")).args(NPM_PACKAGES);
    command
}

fn has_wasm_bindgen(folder: &Path, wanted: &str) -> bool {
    let version = version_line(&folder.join("wasm-bindgen"));
    let runner = folder.join(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    version.is_some_and(|line| line.split(' ').nth(1) == Some(wanted)) && runner.is_file()
}

fn version_line(program: &Path) -> Option<String> {
    ask(Command::new(program).arg("--version"))
}

/// "wasm-opt version 132 (version_132)" is, "wasm-opt version 108" is not.
fn is_recent(version_line: &str) -> bool {
    let number = version_line.split(' ').find_map(|word| word.parse::<u32>().ok());
    number.is_some_and(|number| number >= WASM_OPT_VERSION_MIN)
}

/// The version a lock file holds of a package.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    Some(after.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wasm_opt_known_to_break_things_is_not_used() {
        assert!(!is_recent("wasm-opt version 108"));
        assert!(is_recent("wasm-opt version 132 (version_132)"));
        assert!(!is_recent("wasm-opt of unknown age"));
    }

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
