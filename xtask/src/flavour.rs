//! The two ways everything is built: soon, or small and fast.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Flavour {
    /// For working and testing: compiles soonest.
    Quick,
    /// For installing: the fewest bytes in the browser, the fastest server.
    Dist,
}

impl Flavour {
    /// The folder of its assets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Dist => "dist",
        }
    }

    /// Cargo's profile for what runs in the browser.
    pub fn web_profile(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Dist => "web",
        }
    }

    /// Cargo's profile for the bridge.
    pub fn bridge_profile(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Dist => "release",
        }
    }

    /// Brotli's quality, 0 to 11.
    pub fn brotli_quality(self) -> i32 {
        match self {
            Self::Quick => 5,
            Self::Dist => 11,
        }
    }

    /// Gzip's level, 0 to 9.
    pub fn gzip_level(self) -> u32 {
        match self {
            Self::Quick => 6,
            Self::Dist => 9,
        }
    }
}
