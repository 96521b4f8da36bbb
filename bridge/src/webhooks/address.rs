//! Where webhooks may lead: to encrypted addresses of the public internet, and to those of one's own network that the
//! workspace file names.

use crate::client::Reach;
use axum::http::Uri;
use protocol::limits::URL_BYTES_MAX;

/// Checks an address; the error says what would be right. `private` are the origins the workspace file allows.
pub fn check(url: &str, private: &[String]) -> Result<(), String> {
    let right = "write one such as `https://hooks.example.com/passerelle`";
    let uri: Uri = url.parse().map_err(|_| format!("this is not an address: {right}"))?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if url.len() > URL_BYTES_MAX {
        return Err(format!("an address can have {URL_BYTES_MAX} bytes"));
    }
    if uri.host().is_none_or(str::is_empty) || !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(format!("this is not an https address: {right}"));
    }
    if url.contains('#') || authority.contains('@') {
        return Err(format!("an address has neither a `#` nor a sign-in: {right}"));
    }
    if uri.scheme_str() == Some("http") && reach(url, private) == Reach::Public {
        return Err(format!(
            "this address is not encrypted: {right}; http is for origins that the workspace file names in \
             [webhooks] allow_private"
        ));
    }
    Ok(())
}

/// Where a request to an address may go.
pub fn reach(url: &str, private: &[String]) -> Reach {
    let allowed = origin(url).is_some_and(|origin| private.contains(&origin));
    if allowed { Reach::Anywhere } else { Reach::Public }
}

/// Scheme, host and port of an address, in lower case; the port only when it is not the scheme's own.
pub fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let (scheme, host) = (uri.scheme_str()?.to_ascii_lowercase(), uri.host()?.to_ascii_lowercase());
    let own = if scheme == "https" { 443 } else { 80 };
    let port = uri.port_u16().filter(|port| *port != own);
    Some(port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encrypted_or_named_in_the_workspace_file() {
        let private = vec!["http://localhost:9000".to_owned()];
        for good in ["https://hooks.example.com/x?y=1", "http://LOCALHOST:9000/x", "https://10.0.0.1/x"] {
            assert_eq!(check(good, &private), Ok(()), "{good}");
        }
        for bad in [
            "http://hooks.example.com/",
            "http://localhost:9001/",
            "ftp://a.example",
            "hooks.example.com",
            "",
            "https://ada:secret@hooks.example.com/",
            "https://hooks.example.com/#x",
            "https:///x",
        ] {
            assert!(check(bad, &private).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_what_the_workspace_file_names_may_be_private() {
        let private = vec!["http://localhost:9000".to_owned(), "https://hooks.internal".to_owned()];
        assert_eq!(reach("http://localhost:9000/a", &private), Reach::Anywhere);
        assert_eq!(reach("https://hooks.internal:443/a", &private), Reach::Anywhere);
        assert_eq!(reach("http://localhost:9000.evil.example/a", &private), Reach::Public);
        assert_eq!(reach("https://10.0.0.1/", &private), Reach::Public);
    }
}
