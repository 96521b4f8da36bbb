//! Secrets: made, digested, and never printed.

use crate::clock;
use sha2::{Digest, Sha256};
use std::fmt;

/// Random bytes of a session's secret: as hard to guess as the key of a cipher.
const SESSION_SECRET_BYTES: usize = 32;

/// Characters of a generated password, five bits each; without those that are mistaken for one another.
const PASSWORD_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Letters of a generated password: 80 bits, which nobody guesses and somebody can type.
const PASSWORD_LETTERS_COUNT: usize = 16;

/// A text that must not be seen: it does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A fresh secret for a session's cookie, in hexadecimal.
    pub fn for_session() -> Self {
        Self(hex(&clock::random::<SESSION_SECRET_BYTES>()))
    }

    /// A fresh password that can be typed: four groups of four.
    pub fn password() -> Self {
        let letters = letters::<PASSWORD_LETTERS_COUNT>();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Self(groups.join("-"))
    }

    /// So many random letters, five bits each.
    pub fn letters<const N: usize>() -> Self {
        Self(letters::<N>().iter().collect())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its SHA-256.
    pub fn digest(&self) -> [u8; 32] {
        sha256(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn letters<const N: usize>() -> [char; N] {
    clock::random::<N>().map(|byte| char::from(PASSWORD_LETTERS[usize::from(byte) % PASSWORD_LETTERS.len()]))
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        assert_eq!(format!("{:?}", Secret::new("open sesame")), "Secret(…)");
    }

    #[test]
    fn a_password_is_four_groups_of_four_easily_told_letters() {
        let password = Secret::password();
        let groups: Vec<&str> = password.expose().split('-').collect();
        assert_eq!(groups.len(), 4);
        let known = |c: u8| PASSWORD_LETTERS.contains(&c);
        assert!(groups.iter().all(|group| group.len() == 4 && group.bytes().all(known)));
    }

    #[test]
    fn digests_are_the_standard_ones() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex(&sha256(b"")), empty);
    }
}
