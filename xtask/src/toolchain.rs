//! The way to WebAssembly: rustup's target where there is or can be one, Debian's compiler otherwise.
//! `docs/decisions/0006-webassembly-two-ways.md` says why there are two.

mod debian;
mod rustup;

use crate::flavour::Flavour;
use crate::places::{Places, WASM_TARGET};
use crate::run::ask;
use crate::say;
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Forces one way: `rustup` or `debian`.
const FORCED_BY: &str = "PASSERELLE_WASM";

/// A compiler for the browser.
pub enum Toolchain {
    /// The compiler cargo uses anyway, with a standard library built for WebAssembly.
    Rustup {
        /// The source of that library is there too, so it can be built anew, smaller.
        source: bool,
    },
    /// Debian's `rustc-web`: cargo builds the standard library for it, Debian's `wasm-ld` links.
    Debian { linker: PathBuf },
}

impl Toolchain {
    /// Chooses a way, sets up what it needs, and says which it is.
    pub fn find(flavour: Flavour) -> Result<Self> {
        let toolchain = match env::var(FORCED_BY).ok().as_deref() {
            None | Some("") => match rustup::find(flavour) {
                Some(found) => Some(found),
                None => debian::find()?,
            },
            Some("rustup") => rustup::find(flavour),
            Some("debian") => debian::find()?,
            Some(other) => bail!("{FORCED_BY} is `{other}`; it can be `rustup` or `debian`"),
        };
        let Some(toolchain) = toolchain else { bail!("{NEITHER}") };
        say::doing(&format!("WebAssembly: {}", toolchain.described(flavour)));
        Ok(toolchain)
    }

    /// A cargo command that builds for the browser; the caller adds what.
    pub fn cargo(&self, places: &Places, verb: &str, flavour: Flavour) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&places.root).args([verb, "--target", WASM_TARGET]);
        command.env("CARGO_TARGET_DIR", places.web_target());
        // It would take the place of the target's own flags.
        command.env_remove("RUSTFLAGS");
        command.envs(self.variables(flavour));
        command
    }

    /// What turns a plain cargo towards this compiler.
    pub fn variables(&self, flavour: Flavour) -> Vec<(&'static str, String)> {
        let mut variables = Vec::new();
        if let Self::Debian { linker } = self {
            variables.push(("RUSTC", debian::RUSTC.to_owned()));
            variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.display().to_string()));
        }
        if self.builds_std(flavour) {
            variables.push(("RUSTC_BOOTSTRAP", "1".to_owned()));
            variables.push(("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()));
        }
        if self.builds_std(flavour) && flavour == Flavour::Dist {
            variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALLEST.to_owned()));
            variables.push(("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size".to_owned()));
        }
        variables
    }

    /// The way to fall back to when the standard library does not build here.
    pub fn without_source(&self) -> Option<Self> {
        match self {
            Self::Rustup { source: true } => Some(Self::Rustup { source: false }),
            Self::Rustup { source: false } | Self::Debian { .. } => None,
        }
    }

    /// Whether rustup's clippy can check for the browser: it knows only rustup's compiler.
    pub fn has_clippy(&self) -> bool {
        matches!(self, Self::Rustup { .. })
    }

    fn builds_std(&self, flavour: Flavour) -> bool {
        match self {
            Self::Rustup { source } => *source && flavour == Flavour::Dist,
            Self::Debian { .. } => true,
        }
    }

    fn described(&self, flavour: Flavour) -> String {
        let compiler = match self {
            Self::Rustup { .. } => format!("rustup's target {WASM_TARGET}"),
            Self::Debian { linker } => format!("Debian's {}, linked by {}", debian::RUSTC, linker.display()),
        };
        let library = match (self.builds_std(flavour), flavour) {
            (false, Flavour::Quick | Flavour::Dist) => "its ready-made standard library",
            (true, Flavour::Quick) => "a standard library built here",
            (true, Flavour::Dist) => {
                "a standard library built here, without panic messages (the fewest bytes)"
            }
        };
        format!("{compiler}, {library}")
    }
}

/// A panic ends at once, without a message: a fifth of the bytes less. The standard library's `optimize_for_size` saves
/// one or two percent on top of it.
const SMALLEST: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

const NEITHER: &str = "no way to WebAssembly on this machine. Bring one of the two:
    rustup's target:     rustup target add wasm32-unknown-unknown
    Debian's compiler:   sudo apt-get install rustc-web rust-web-src and the newest lld-N
and start this again.";

/// The root of what a compiler brought.
fn sysroot(rustc: &str) -> Option<PathBuf> {
    ask(Command::new(rustc).args(["--print", "sysroot"])).map(PathBuf::from)
}

/// Whether the source of the standard library is there.
fn has_source(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_build_with_rustup_needs_no_unstable_feature() {
        assert!(Toolchain::Rustup { source: true }.variables(Flavour::Quick).is_empty());
        assert!(Toolchain::Rustup { source: false }.variables(Flavour::Dist).is_empty());
    }

    #[test]
    fn only_the_build_for_installing_gives_up_panic_messages() {
        let debian = Toolchain::Debian { linker: "wasm-ld-22".into() };
        assert!(!flags(&debian, Flavour::Quick));
        assert!(flags(&debian, Flavour::Dist));
        assert!(flags(&Toolchain::Rustup { source: true }, Flavour::Dist));
    }

    fn flags(toolchain: &Toolchain, flavour: Flavour) -> bool {
        toolchain.variables(flavour).iter().any(|(_, value)| value == SMALLEST)
    }
}
