//! The definition as bytes, from the bridge to the browser, and with it the words of its language.

use super::Definition;
use super::read::read;
use crate::language::{Vocabulary, words_of};
use std::fmt;

/// Written first. Bridge and widget are built together, but a cached definition can be older than the widget.
pub const FORMAT_VERSION: u8 = 3;

/// After the version: the sum of what follows.
const SUM_BYTES: usize = 8;

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
        let body = postcard::to_allocvec(&(words_of(&self.language), self))
            .expect("writing to memory cannot fail, and every sequence knows its length");
        [&[FORMAT_VERSION], sum_of(&body).as_slice(), &body].concat()
    }

    /// Reads what [`Definition::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (_, definition) = unpacked(bytes)?;
        Ok(definition)
    }

    /// The same, with the words of its language.
    pub(crate) fn and_vocabulary(bytes: &[u8]) -> Result<(Self, Vocabulary), Unreadable> {
        let (words, definition) = unpacked(bytes)?;
        let vocabulary = Vocabulary::of(&definition.language, words);
        Ok((definition, vocabulary))
    }
}

fn unpacked(bytes: &[u8]) -> Result<(&str, Definition), Unreadable> {
    let (version, rest) = bytes.split_first().ok_or(Unreadable)?;
    let (sum, body) = rest.split_at_checked(SUM_BYTES).ok_or(Unreadable)?;
    if *version == FORMAT_VERSION && sum == sum_of(body) { Ok(read(body)) } else { Err(Unreadable) }
}

/// FNV-1a, which finds what was cut off or changed on the way. Nobody is kept from forging it: a definition is trusted
/// because the bridge sent it.
fn sum_of(bytes: &[u8]) -> [u8; SUM_BYTES] {
    let sum = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, sum).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_were_cut_or_changed_are_no_definition() {
        let bytes = Definition { name: "Lamps".to_owned(), ..Definition::default() }.to_bytes();
        assert!(Definition::from_bytes(&bytes).is_ok());
        for length in 0..bytes.len() {
            assert_eq!(Definition::from_bytes(&bytes[..length]), Err(Unreadable));
        }
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            assert_eq!(Definition::from_bytes(&changed), Err(Unreadable));
        }
    }
}
