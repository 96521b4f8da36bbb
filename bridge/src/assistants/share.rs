//! Links that show an assistant to people who cannot sign in: signed, expiring, and each of one file. The link is the
//! right to look: whoever has it sees what it shows, until it ends.

use crate::secret::hex;
use hmac::{Hmac, KeyInit, Mac};
use protocol::{SiteId, Timestamp};
use sha2::Sha256;
use std::fmt;

/// For this the workspace's key is kept.
pub const PURPOSE: &str = "share";

/// Random bytes of the key.
pub const KEY_BYTES: usize = 32;

/// The longest a link can last.
pub const SHARE_HOURS_MAX: u64 = 31 * 24;

/// A longer token is none; an honest one names a site, a version, a digest, a time and a signature.
const TOKEN_BYTES_MAX: usize = 320;

/// What a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The site.
    pub site: SiteId,
    /// The version it was made of; `None` is a draft, as it was then.
    pub version: Option<u64>,
    /// The file.
    pub digest: String,
    /// When the link ends.
    pub until: Timestamp,
}

/// Why a token shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShare {
    /// It was not made here, or not all of it is there.
    Invalid,
    /// It has ended.
    Expired,
}

/// The workspace's key. It does not print.
pub struct ShareKey(Vec<u8>);

impl ShareKey {
    /// Takes the key the store keeps.
    pub fn new(key: Vec<u8>) -> Self {
        Self(key)
    }

    /// The token of a link.
    pub fn sign(&self, share: &Share) -> String {
        let claim = share.to_string();
        let signature = hex(&self.mac(&claim).finalize().into_bytes());
        format!("{claim}.{signature}")
    }

    /// What a token shows at that time.
    pub fn read(&self, token: &str, now: Timestamp) -> Result<Share, NoShare> {
        let short = Some(token).filter(|token| token.len() <= TOKEN_BYTES_MAX);
        let (claim, signature) = short.and_then(|token| token.rsplit_once('.')).ok_or(NoShare::Invalid)?;
        let signature = from_hex(signature).ok_or(NoShare::Invalid)?;
        // Compares in constant time.
        self.mac(claim).verify_slice(&signature).map_err(|_| NoShare::Invalid)?;
        let share = Share::read(claim).ok_or(NoShare::Invalid)?;
        if now < share.until { Ok(share) } else { Err(NoShare::Expired) }
    }

    fn mac(&self, claim: &str) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length is taken");
        mac.chain_update(claim.as_bytes())
    }
}

impl fmt::Debug for ShareKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShareKey(…)")
    }
}

/// The signed part: `site.version.digest.seconds`, none of which holds a dot.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.until.millis() / 1_000;
        match self.version {
            Some(number) => write!(f, "{}.{number}.{}.{seconds}", self.site, self.digest),
            None => write!(f, "{}.draft.{}.{seconds}", self.site, self.digest),
        }
    }
}

impl Share {
    fn read(claim: &str) -> Option<Self> {
        let mut parts = claim.split('.');
        let (site, version, digest, seconds) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let version = if version == "draft" { None } else { Some(version.parse().ok()?) };
        let until = Timestamp::default().plus_seconds(seconds.parse().ok()?);
        Some(Self { site: SiteId::new(site).ok()?, version, digest: digest.to_owned(), until })
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_shows_what_it_was_made_for_until_it_ends() {
        let key = ShareKey::new(vec![7; KEY_BYTES]);
        for version in [None, Some(12)] {
            let share = share(version);
            let token = key.sign(&share);
            assert_eq!(key.read(&token, at(99)), Ok(share));
            assert_eq!(key.read(&token, at(100)), Err(NoShare::Expired));
        }
    }

    #[test]
    fn nothing_in_a_link_can_be_changed() {
        let key = ShareKey::new(vec![7; KEY_BYTES]);
        let token = key.sign(&share(None));
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[place] = if changed[place] == b'1' { b'2' } else { b'1' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(key.read(&changed, at(0)), Err(NoShare::Invalid), "{changed}");
        }
        for text in ["", ".", "shop", "shop.draft", &token[..token.len() - 1], &"x.".repeat(TOKEN_BYTES_MAX)]
        {
            assert_eq!(key.read(text, at(0)), Err(NoShare::Invalid), "{text}");
        }
    }

    #[test]
    fn a_link_of_another_workspace_is_none_here() {
        let token = ShareKey::new(vec![7; KEY_BYTES]).sign(&share(None));
        assert_eq!(ShareKey::new(vec![8; KEY_BYTES]).read(&token, at(0)), Err(NoShare::Invalid));
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", ShareKey::new(vec![7; KEY_BYTES])), "ShareKey(…)");
    }

    fn share(version: Option<u64>) -> Share {
        let site = SiteId::new("shop").unwrap();
        Share { site, version, digest: "ab".repeat(32), until: at(100) }
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
