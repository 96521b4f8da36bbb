//! The definition as bytes, from the bridge to the browser, and with it the words of its language.

use super::Definition;
use crate::language::{Vocabulary, words_of};
use std::fmt;

/// Written first. Bridge and widget are built together, but a cached definition can be older than the widget.
pub const FORMAT_VERSION: u8 = 2;

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
        postcard::to_extend(&(words_of(&self.language), self), vec![FORMAT_VERSION])
            .expect("writing to memory cannot fail, and every sequence knows its length")
    }

    /// Reads what [`Definition::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (_, definition) = read(bytes)?;
        Ok(definition)
    }

    /// The same, with the words of its language.
    pub(crate) fn and_vocabulary(bytes: &[u8]) -> Result<(Self, Vocabulary), Unreadable> {
        let (words, definition) = read(bytes)?;
        let vocabulary = Vocabulary::of(&definition.language, words);
        Ok((definition, vocabulary))
    }
}

fn read(bytes: &[u8]) -> Result<(&str, Definition), Unreadable> {
    match bytes.split_first() {
        Some((&FORMAT_VERSION, rest)) => postcard::from_bytes(rest).map_err(|_| Unreadable),
        Some(_) | None => Err(Unreadable),
    }
}
