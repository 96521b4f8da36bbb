//! What the tests across crates share: the rules of the tree, and a world of real processes and real browsers.

pub mod day;
pub mod postgres;
pub mod tidy;

use std::path::{Path, PathBuf};

/// The top folder of the tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
