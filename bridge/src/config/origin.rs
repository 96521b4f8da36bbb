//! Whose pages may embed the chat.

use serde::Deserialize;
use std::fmt;

/// The origin of a page: `self`, or scheme, host and perhaps port.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Origin {
    /// The bridge's own pages, under whatever name and port it is reached.
    Own,
    /// Pages of this origin.
    At(String),
}

impl TryFrom<String> for Origin {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "self" {
            return Ok(Self::Own);
        }
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if host.is_some_and(is_host_and_port) {
            return Ok(Self::At(text));
        }
        Err(format!(
            "`{text}` is not an origin: write `self`, or scheme and host without a path, such as `https://www.example.com`"
        ))
    }
}

impl fmt::Display for Origin {
    /// As a source in a content-security policy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("'self'"),
            Self::At(origin) => f.write_str(origin),
        }
    }
}

/// Strict, because the text ends up in a response header.
fn is_host_and_port(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    let host_is_good = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        && !host.starts_with(['.', '-']);
    host_is_good && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_perhaps_port() {
        for good in ["self", "https://www.example.com", "http://localhost:3000", "https://a-b.example"] {
            assert!(Origin::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in
            ["", "example.com", "https://", "https://a/b", "https://a b", "https://a;x", "*", "https://a:x"]
        {
            assert!(Origin::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
