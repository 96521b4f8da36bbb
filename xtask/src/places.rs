//! Where things are in the checkout and in cargo's target folder.

use crate::flavour::Flavour;
use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub struct Places {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's target folder for native builds; everything made here lies within.
    pub target: PathBuf,
}

impl Places {
    pub fn find() -> Result<Self> {
        // The variable follows a checkout that was moved after this was compiled.
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = here.parent().context("xtask's own folder has no parent")?.to_path_buf();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// Browser builds have a target folder of their own, so that they and native builds need not wait for each other.
    pub fn web_target(&self) -> PathBuf {
        self.target.join("web")
    }

    /// Programs installed for this checkout alone.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// What the bridge embeds.
    pub fn assets(&self, flavour: Flavour) -> PathBuf {
        self.target.join("assets").join(flavour.name())
    }

    /// What cargo makes of a front-end crate.
    pub fn wasm(&self, front_end: &str, flavour: Flavour) -> PathBuf {
        self.web_artefacts(flavour).join(format!("{front_end}.wasm"))
    }

    /// Cargo's output folder for browser builds.
    pub fn web_artefacts(&self, flavour: Flavour) -> PathBuf {
        self.web_target().join(WASM_TARGET).join(flavour.web_profile())
    }

    /// The bridge's binary.
    pub fn bridge(&self, flavour: Flavour) -> PathBuf {
        self.target.join(flavour.bridge_profile()).join(format!("passerelle{}", env::consts::EXE_SUFFIX))
    }
}

/// A path as short as it can be said: relative to where the user stands, if it is below.
pub fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

/// The first program of these names on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    candidates.into_iter().find(|candidate| candidate.is_file())
}
