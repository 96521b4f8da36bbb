//! From cargo's wasm to what a browser loads: a module script and its wasm.

use crate::flavour::Flavour;
use crate::places::Places;
use crate::run::run;
use crate::say;
use crate::tools::Shrinkers;
use crate::wasm::imports::shortened;
use crate::wasm::order;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the browser may be asked to know; all of it has been in every browser since 2023.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What saves raw bytes and costs bytes on the wire: brotli finds less that repeats afterwards. Worth 5 %. For the same
/// reason `-Os` is half a percent better than `-Oz`.
const PASSES_SKIPPED: [&str; 5] = [
    "--skip-pass=inlining",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--skip-pass=simplify-locals",
];

/// One front end, ready for the browser.
pub struct Bound {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// Joins one front end's wasm to JavaScript, and makes both smaller where `shrinkers` can.
pub fn bind(
    places: &Places,
    front_end: &str,
    flavour: Flavour,
    folder: &Path,
    shrinkers: &Shrinkers,
) -> Result<Bound> {
    let out = places.web_target().join("bindgen").join(flavour.name()).join(front_end);
    let _ = fs::remove_dir_all(&out);
    let mut command = Command::new(folder.join("wasm-bindgen"));
    command.args([
        "--target",
        "web",
        "--no-typescript",
        "--omit-default-module-path",
        "--out-name",
        front_end,
        "--out-dir",
    ]);
    command.arg(&out);
    match flavour {
        Flavour::Quick => (),
        Flavour::Dist => drop(command.args(["--remove-name-section", "--remove-producers-section"])),
    }
    run(&format!("binding the {front_end}"), command.arg(places.wasm(front_end, flavour)))?;
    if out.join("snippets").exists() {
        bail!(
            "{front_end}: a dependency brings JavaScript of its own (wasm-bindgen snippets), which hashed names cannot carry"
        );
    }
    let wasm = optimised(out.join(format!("{front_end}_bg.wasm")), shrinkers)?;
    let mut wasm = fs::read(&wasm).with_context(|| wasm.display().to_string())?;
    let script = out.join(format!("{front_end}.js"));
    if flavour == Flavour::Dist {
        let (shorter, renamed) = shortened(&fs::read_to_string(&script)?, &wasm)?;
        fs::write(&script, shorter)?;
        wasm = renamed;
    }
    Ok(Bound { script: minified(&script, shrinkers)?, wasm })
}

/// A script's or stylesheet's text, shorter where esbuild is there.
pub fn minified(source: &Path, shrinkers: &Shrinkers) -> Result<Vec<u8>> {
    let written = || fs::read(source).with_context(|| format!("{} cannot be read", source.display()));
    let Some(esbuild) = &shrinkers.esbuild else { return written() };
    let output = Command::new(esbuild)
        .args(["--minify", "--charset=utf8", "--log-level=warning"])
        .arg(source)
        .output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    say::note(&format!(
        "esbuild cannot read {}: {}",
        source.display(),
        String::from_utf8_lossy(&output.stderr)
    ));
    written()
}

fn optimised(wasm: PathBuf, shrinkers: &Shrinkers) -> Result<PathBuf> {
    let Some(wasm_opt) = &shrinkers.wasm_opt else { return Ok(wasm) };
    let smaller = wasm.with_extension("small.wasm");
    let mut command = Command::new(wasm_opt);
    command.arg("-Os").args(PASSES_SKIPPED).args(WASM_FEATURES).arg(&wasm).arg("--output").arg(&smaller);
    run("wasm-opt", &mut command)?;
    let named = wasm.with_extension("named.wasm");
    fs::write(&named, order::named(&fs::read(&smaller)?)?)?;
    let mut command = Command::new(wasm_opt);
    command.args(order::PASSES).args(WASM_FEATURES).arg(&named).arg("--output").arg(&smaller);
    run("wasm-opt", &mut command)?;
    Ok(smaller)
}
