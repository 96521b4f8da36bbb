//! The definition as bytes, from the bridge to the browser.

use super::Definition;
use std::fmt;

/// Written first. Bridge and widget are built together, but a cached definition can be older than the widget.
pub const FORMAT_VERSION: u8 = 1;

/// Bytes that are no definition of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no assistant of this version")
    }
}

impl std::error::Error for Unreadable {}

impl Definition {
    /// The definition as bytes. Equal definitions give equal bytes, so a digest of them names one.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![FORMAT_VERSION])
            .expect("writing to memory cannot fail, and every sequence knows its length")
    }

    /// Reads what [`Definition::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        match bytes.split_first() {
            Some((&FORMAT_VERSION, rest)) => postcard::from_bytes(rest).map_err(|_| Unreadable),
            Some(_) | None => Err(Unreadable),
        }
    }
}
