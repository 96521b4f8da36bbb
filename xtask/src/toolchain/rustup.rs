//! The compiler cargo uses anyway, given WebAssembly's standard library.

use super::{Toolchain, has_source, sysroot};
use crate::flavour::Flavour;
use crate::places::{WASM_TARGET, on_path};
use crate::run::attempt;
use crate::say;
use std::path::Path;
use std::process::Command;

/// `None` when the target is not there and cannot be added.
pub fn find(flavour: Flavour) -> Option<Toolchain> {
    let sysroot = sysroot("rustc")?;
    if !has_target(&sysroot) && !add("target", WASM_TARGET) {
        return None;
    }
    let source = flavour == Flavour::Dist && (has_source(&sysroot) || add("component", "rust-src"));
    Some(Toolchain::Rustup { source })
}

fn has_target(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir()
}

fn add(kind: &str, name: &str) -> bool {
    if on_path(&["rustup"]).is_none() {
        return false;
    }
    say::doing(&format!("Asking rustup for the {kind} {name}"));
    attempt("rustup", Command::new("rustup").args([kind, "add", name]))
}
