//! What the tests across crates share: the rules of the tree, random days on the switchboard, throwaway databases, and a
//! world of real processes and real browsers.

pub mod agent;

pub mod author;
pub mod browser;
pub mod child;
pub mod day;
pub mod faulty;
pub mod load;
pub mod picture;
pub mod postgres;
pub mod raw;
pub mod routing;
pub mod saving;
pub mod scenario;
pub mod test_bridge;
pub mod tidy;
pub mod transcript;
pub mod visitor;

use std::path::{Path, PathBuf};

/// The top folder of the tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
