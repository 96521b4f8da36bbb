//! Debian's `rustc-web`, kept current for its browsers. Its standard library comes as source: cargo builds it.

use super::{Toolchain, has_source, sysroot};
use crate::places::on_path;
use crate::run::ask;
use crate::system::{apt_install, apt_update};
use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;
use std::process::Command;

pub const RUSTC: &str = "/usr/bin/rustc";

/// `None` where Debian's packages are neither installed nor to be had.
pub fn find() -> Result<Option<Toolchain>> {
    if let Some(installed) = installed() {
        return Ok(Some(installed));
    }
    let Some(packages) = packages() else { return Ok(None) };
    let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
    apt_install("Debian's compiler for WebAssembly", &packages)?;
    let installed =
        installed().context("the packages are installed, but there is no whole compiler in them")?;
    Ok(Some(installed))
}

fn installed() -> Option<Toolchain> {
    let source = sysroot(RUSTC).is_some_and(|sysroot| has_source(&sysroot));
    let linker = newest_linker()?;
    source.then_some(Toolchain::Debian { linker })
}

/// The packages to install; `None` on a system that has none of that name.
fn packages() -> Option<Vec<String>> {
    let known = || ask(Command::new("apt-cache").args(["show", "rustc-web"]));
    if known().is_none() {
        apt_update()?;
        known()?;
    }
    let found = ask(Command::new("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]))?;
    let linker = newest(found.lines().filter_map(|line| line.split(' ').next()), "lld-")?;
    Some(vec!["rustc-web".to_owned(), "rust-web-src".to_owned(), linker])
}

fn newest_linker() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders = env::split_paths(&path).filter_map(|folder| folder.read_dir().ok());
    let files = folders.flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let files: Vec<String> = files.collect();
    let newest = newest(files.iter().map(String::as_str), "wasm-ld-")?;
    on_path(&[&newest])
}

/// Of names like `lld-19` and `lld-22` the one with the greatest number: bitcode of a newer compiler needs a newer linker.
fn newest<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> Option<String> {
    let numbered = names.filter_map(|name| Some((name.strip_prefix(prefix)?.parse::<u32>().ok()?, name)));
    numbered.max().map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_linker_is_found_by_number_not_by_spelling() {
        check(&["lld-9", "lld-22", "lld-19", "lld-22-dev", "lld"], Some("lld-22"));
        check(&["lld"], None);
    }

    fn check(names: &[&str], expected: Option<&str>) {
        assert_eq!(newest(names.iter().copied(), "lld-").as_deref(), expected);
    }
}
