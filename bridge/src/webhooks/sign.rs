//! Secrets and signatures as the Standard Webhooks specification has them: `v1,` and the HMAC-SHA256 of
//! `id.timestamp.body` in base64; one for each secret that is good, so that receivers can change theirs in peace.

use crate::clock;
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How every secret begins.
const PREFIX: &str = "whsec_";

/// Random bytes of a secret.
const SECRET_BYTES: usize = 32;

/// A fresh secret.
pub fn fresh_secret() -> Secret {
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(clock::random::<SECRET_BYTES>())))
}

/// What goes into `webhook-signature`.
pub fn signatures<'a>(
    secrets: impl IntoIterator<Item = &'a str>,
    id: &str,
    seconds: u64,
    body: &str,
) -> String {
    let signed: Vec<String> = secrets.into_iter().map(|secret| sign(secret, id, seconds, body)).collect();
    signed.join(" ")
}

fn sign(secret: &str, id: &str, seconds: u64, body: &str) -> String {
    let bare = secret.strip_prefix(PREFIX).unwrap_or(secret);
    let key = STANDARD.decode(bare).unwrap_or_else(|_| bare.as_bytes().to_vec());
    let mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key of any length is taken");
    let mac = mac.chain_update(format!("{id}.{seconds}.")).chain_update(body).finalize();
    format!("v1,{}", STANDARD.encode(mac.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the specification's own libraries are tested with.
    #[test]
    fn the_signature_is_the_standard_one() {
        let signed = signatures(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn there_is_a_signature_for_each_secret() {
        let (old, new) = (fresh_secret(), fresh_secret());
        assert_ne!(old, new);
        let both = signatures([new.expose(), old.expose()], "a", 1, "{}");
        let parts: Vec<&str> = both.split(' ').collect();
        assert_eq!(parts, [sign(new.expose(), "a", 1, "{}"), sign(old.expose(), "a", 1, "{}")]);
    }
}
