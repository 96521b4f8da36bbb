//! The folder the bridge embeds: hashed files with their compressed twins, a manifest of their names, and the pages'
//! templates. Made anew only when what it is made of has changed.

use crate::bindgen::{bind, minified};
use crate::compress;
use crate::flavour::Flavour;
use crate::places::Places;
use crate::tools::Shrinkers;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Raised when the same inputs come to give other files.
const FORMAT: &str = "3";

/// Of a file's SHA-256 in its name: enough to never meet twice.
const HASH_HEX_DIGITS: usize = 12;

pub const FRONT_ENDS: [&str; 2] = ["widget", "console"];

/// Files shipped as they are written: logical name and source.
const WRITTEN: [(&str, &str); 5] = [
    ("loader.js", "widget/loader/loader.js"),
    ("widget-boot.js", "widget/boot.js"),
    ("widget.css", "widget/style.css"),
    ("console-boot.js", "console/boot.js"),
    ("console.css", "console/style.css"),
];

/// Templates: the bridge fills in the hashed names.
const PAGES: [(&str, &str); 2] = [("widget.html", "widget/page.html"), ("console.html", "console/page.html")];

/// Makes the folder of a flavour, unless it would be the same; tells whether it was made.
pub fn make(places: &Places, flavour: Flavour, wasm_bindgen: &Path, shrinkers: &Shrinkers) -> Result<bool> {
    let folder = places.assets(flavour);
    let (stamp, digest) = (folder.with_extension("digest"), digest_of_inputs(places, flavour, shrinkers)?);
    if folder.join("manifest.json").is_file() && fs::read_to_string(&stamp).is_ok_and(|made| made == digest) {
        return Ok(false);
    }
    // Built beside and then put in place: a reader never sees half of it.
    let next = folder.with_extension("next");
    let _ = fs::remove_dir_all(&next);
    fs::create_dir_all(&next)?;
    fill(places, flavour, &next, wasm_bindgen, shrinkers)?;
    let _ = fs::remove_dir_all(&folder);
    fs::rename(&next, &folder)?;
    fs::write(&stamp, digest)?;
    Ok(true)
}

/// "widget-1a2b3c4d5e6f.wasm" for "widget.wasm": the name changes exactly when the content does.
pub fn hashed_name(logical: &str, content: &[u8]) -> String {
    let hash = hex(&Sha256::digest(content));
    let hash = &hash[..HASH_HEX_DIGITS];
    match logical.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{logical}-{hash}"),
    }
}

fn fill(
    places: &Places,
    flavour: Flavour,
    folder: &Path,
    wasm_bindgen: &Path,
    shrinkers: &Shrinkers,
) -> Result<()> {
    let mut manifest = BTreeMap::new();
    let mut keep = |logical: &str, content: &[u8]| -> Result<()> {
        manifest.insert(logical.to_owned(), write_hashed(folder, logical, content, flavour)?);
        Ok(())
    };
    for front_end in FRONT_ENDS {
        let bound = bind(places, front_end, flavour, wasm_bindgen, shrinkers)?;
        keep(&format!("{front_end}.js"), &bound.script)?;
        keep(&format!("{front_end}.wasm"), &bound.wasm)?;
    }
    for (logical, source) in WRITTEN {
        keep(logical, &minified(&places.root.join(source), shrinkers)?)?;
    }
    for (name, source) in PAGES {
        copy(&places.root.join(source), &folder.join(name))?;
    }
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
    Ok(())
}

fn write_hashed(folder: &Path, logical: &str, content: &[u8], flavour: Flavour) -> Result<String> {
    let name = hashed_name(logical, content);
    fs::write(folder.join(&name), content)?;
    fs::write(folder.join(format!("{name}.br")), compress::brotli(content, flavour)?)?;
    fs::write(folder.join(format!("{name}.gz")), compress::gzip(content, flavour)?)?;
    Ok(name)
}

/// One digest over all that decides what the folder holds.
fn digest_of_inputs(places: &Places, flavour: Flavour, shrinkers: &Shrinkers) -> Result<String> {
    let mut inputs: Vec<PathBuf> =
        FRONT_ENDS.iter().map(|front_end| places.wasm(front_end, flavour)).collect();
    inputs.extend(WRITTEN.iter().chain(&PAGES).map(|(_, source)| places.root.join(source)));
    let mut digest = Sha256::new();
    digest.update(format!("{FORMAT} {} {}", flavour.name(), shrinkers.fingerprint()));
    for input in inputs {
        let content = fs::read(&input).with_context(|| format!("{} cannot be read", input.display()))?;
        digest.update(input.as_os_str().as_encoded_bytes());
        digest.update(content.len().to_le_bytes());
        digest.update(content);
    }
    Ok(hex(&digest.finalize()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("{} cannot be copied", from.display()))?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_first_digits_of_its_contents_digest() {
        // The SHA-256 of nothing begins with e3b0c44298fc.
        assert_eq!(hashed_name("widget.wasm", b""), "widget-e3b0c44298fc.wasm");
        assert_eq!(hashed_name("widget-boot.js", b""), "widget-boot-e3b0c44298fc.js");
        assert_ne!(hashed_name("widget.js", b"a"), hashed_name("widget.js", b"b"));
    }

    #[test]
    fn a_hashed_file_lies_beside_its_compressed_twins() {
        let folder = std::env::temp_dir().join(format!("xtask-twins-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let name = write_hashed(&folder, "loader.js", b"let a = 1;", Flavour::Quick).unwrap();
        let found = ["", ".br", ".gz"].map(|ending| folder.join(format!("{name}{ending}")).is_file());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, [true, true, true]);
    }
}
