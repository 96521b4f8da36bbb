//! Files that commands write: what is there is written over on demand alone.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// Refuses when a file is there already. Asked before anything is read, so that nothing is done for nothing.
pub fn check_free(path: &Path, force: bool) -> Result<()> {
    if path.exists() && !force {
        bail!("{} is there already: name another file, or say --force to write over it", path.display());
    }
    Ok(())
}

/// Writes a file.
pub fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
