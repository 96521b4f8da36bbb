//! `bench size`: bytes of what the browser loads, raw and on the wire.

use crate::build;
use crate::compress;
use crate::flavour::Flavour;
use crate::places::Places;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

/// What is loaded together, and what it may weigh.
struct Load {
    name: &'static str,
    files: &'static [&'static str],
    /// Of brotli.
    bytes_max: Option<u64>,
}

const KB: u64 = 1024;

const LOADS: [Load; 3] = [
    // Every page of the host pays for this, chat or no chat.
    Load { name: "a page with the chat closed", files: &["loader.js"], bytes_max: Some(4 * KB) },
    // The assistant comes with it.
    Load {
        name: "the open chat",
        files: &["loader.js", "widget.html", "widget-boot.js", "widget.css", "widget.js", "widget.wasm"],
        bytes_max: Some(150 * KB),
    },
    Load {
        name: "the console",
        files: &["console.html", "console-boot.js", "console.css", "console.js", "console.wasm"],
        bytes_max: None,
    },
];

#[derive(Clone, Copy, Default)]
struct Bytes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// An error when something is over its budget.
pub fn size(places: &Places) -> Result<()> {
    let over = report(&build::front_ends(places, Flavour::Dist)?)?;
    if over.is_empty() { Ok(()) } else { bail!("over the budget: {}", over.join("; ")) }
}

/// Prints the table of a folder of assets; gives what is over its budget.
pub fn report(folder: &Path) -> Result<Vec<String>> {
    let manifest = fs::read(folder.join("manifest.json")).context("the assets have no manifest")?;
    let manifest: BTreeMap<String, String> = serde_json::from_slice(&manifest)?;
    let mut over = Vec::new();
    for load in &LOADS {
        println!("\n{:<20} {:>9} {:>9} {:>9}", load.name_and_unit(), "raw", "gzip", "brotli");
        let mut sum = Bytes::default();
        for file in load.files {
            let bytes = measure(folder, manifest.get(*file).map_or(file, String::as_str))?;
            println!("{}", row(file, bytes));
            sum += bytes;
        }
        println!("{}", row("sum", sum));
        over.extend(load.verdict(sum.brotli));
    }
    println!();
    Ok(over)
}

fn measure(folder: &Path, name: &str) -> Result<Bytes> {
    let length = |name: &str| -> Result<u64> {
        Ok(fs::metadata(folder.join(name)).with_context(|| format!("{name} is not among the assets"))?.len())
    };
    if Path::new(name).extension().is_some_and(|extension| extension == "html") {
        // Pages are filled in and encoded by the bridge; the template's bytes are nearly theirs.
        let page = fs::read(folder.join(name)).with_context(|| format!("{name} is not among the assets"))?;
        let encoded = |bytes: Vec<u8>| bytes.len() as u64;
        return Ok(Bytes {
            raw: page.len() as u64,
            gzip: encoded(compress::gzip(&page, Flavour::Dist)?),
            brotli: encoded(compress::brotli(&page, Flavour::Dist)?),
        });
    }
    Ok(Bytes {
        raw: length(name)?,
        gzip: length(&format!("{name}.gz"))?,
        brotli: length(&format!("{name}.br"))?,
    })
}

fn row(name: &str, bytes: Bytes) -> String {
    format!("  {name:<18} {:>9} {:>9} {:>9}", bytes.raw, bytes.gzip, bytes.brotli)
}

impl Load {
    fn name_and_unit(&self) -> String {
        format!("{} (bytes)", self.name)
    }

    /// Prints how the sum compares to the budget, and tells when it is over.
    fn verdict(&self, brotli: u64) -> Option<String> {
        let bytes_max = self.bytes_max?;
        println!("  budget {bytes_max}: {}", if brotli <= bytes_max { "kept" } else { "EXCEEDED" });
        (brotli > bytes_max).then(|| format!("{} weighs {brotli} of {bytes_max} bytes", self.name))
    }
}

impl AddAssign for Bytes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_exceeded_by_one_byte_and_not_before() {
        let load = &LOADS[0];
        assert!(load.verdict(4 * KB).is_none());
        assert!(load.verdict(4 * KB + 1).is_some());
    }
}
