//! Passwords: hashed with Argon2id, off the threads that serve sockets, a few at a time.

use crate::secret::Secret;
use anyhow::Context;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Shorter passwords are refused.
pub const PASSWORD_BYTES_MIN: usize = 10;

/// Longer ones too: hashing them would only cost time.
pub const PASSWORD_BYTES_MAX: usize = 1024;

/// Each hash takes 19 MiB and a core for tens of milliseconds; a storm of sign-ins must not take all of either.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash of no password, checked when nobody has the email: the answer then takes as long as for everybody else.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZWJvZHksbm9ib2R5$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";

/// The hash to keep, in PHC string form.
pub async fn hash(password: &Secret) -> anyhow::Result<String> {
    let length = password.expose().len();
    anyhow::ensure!(
        (PASSWORD_BYTES_MIN..=PASSWORD_BYTES_MAX).contains(&length),
        "a password must have {PASSWORD_BYTES_MIN} to {PASSWORD_BYTES_MAX} bytes and this one has {length}"
    );
    let password = password.clone();
    blocking(move || {
        let hash = Argon2::default().hash_password(password.expose().as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|error| anyhow::anyhow!("a password could not be hashed: {error}"))
    })
    .await?
}

/// The hash of a password that nobody has.
pub fn of_nobody() -> &'static str {
    DECOY
}

/// Whether this is the password of that hash. `None` stands for an agent who does not exist: never right, and as slow.
pub async fn is_right(password: Secret, hash: Option<String>) -> anyhow::Result<bool> {
    let exists = hash.is_some();
    let hash = hash.unwrap_or_else(|| DECOY.to_owned());
    let right = blocking(move || {
        let hash = PasswordHash::new(&hash)
            .map_err(|error| anyhow::anyhow!("a kept hash cannot be read: {error}"))?;
        Ok::<_, anyhow::Error>(Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
    })
    .await??;
    Ok(right && exists)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let _turn = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(work).await.context("hashing was interrupted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let hash = hash(&Secret::new("correct horse")).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_right(Secret::new("correct horse"), Some(hash.clone())).await.unwrap());
        assert!(!is_right(Secret::new("wrong horse"), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_signs_in_as_nobody() {
        assert!(!is_right(Secret::new("anything at all"), None).await.unwrap());
    }

    #[test]
    fn the_decoy_costs_as_much_as_a_real_hash() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        let real = Argon2::default().hash_password(b"correct horse").unwrap();
        assert_eq!(decoy.params.to_string(), real.params.to_string());
        assert_eq!(decoy.hash.unwrap().len(), real.hash.unwrap().len());
    }

    #[tokio::test]
    async fn a_short_password_is_refused() {
        assert!(hash(&Secret::new("short")).await.unwrap_err().to_string().contains("10 to 1024"));
    }
}
