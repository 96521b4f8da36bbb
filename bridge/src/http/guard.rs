//! Whether a call comes from the bridge's own pages. Browsers send the session's cookie along with whatever a foreign
//! page asks for, so whoever changes something with it is asked where they come from.

use crate::error::ApiError;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

/// Extracted by handlers that change something. Refuses calls that a browser makes for another site's page; programs
/// that are not browsers send neither header and carry no cookie they were not given.
pub struct OwnPage;

impl<S: Sync> axum::extract::FromRequestParts<S> for OwnPage {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        let own = match (headers.get(header::ORIGIN), headers.get("sec-fetch-site")) {
            (Some(_), _) => is_own_page(headers),
            (None, Some(site)) => site == "same-origin" || site == "none",
            (None, None) => true,
        };
        if own { Ok(Self) } else { Err(ApiError::foreign_origin()) }
    }
}

/// Whether `Origin` is there and names the host that was asked.
pub fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    let origin_host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    origin_host.is_some_and(|origin_host| origin_host.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::extract::FromRequestParts;
    use axum::http::Request;

    #[tokio::test]
    async fn the_bridges_own_pages_and_programs_may_call() {
        assert!(may(&[("host", "chat.example"), ("origin", "https://chat.example")]).await);
        assert!(may(&[("host", "localhost:8080"), ("origin", "http://localhost:8080")]).await);
        assert!(may(&[("host", "chat.example"), ("sec-fetch-site", "same-origin")]).await);
        assert!(may(&[("host", "chat.example")]).await);
    }

    #[tokio::test]
    async fn other_sites_pages_may_not() {
        assert!(!may(&[("host", "chat.example"), ("origin", "https://evil.example")]).await);
        assert!(!may(&[("host", "chat.example"), ("origin", "https://chat.example:8443")]).await);
        assert!(!may(&[("host", "chat.example"), ("origin", "null")]).await);
        assert!(!may(&[("host", "chat.example"), ("sec-fetch-site", "cross-site")]).await);
        let both =
            [("host", "chat.example"), ("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")];
        assert!(!may(&both).await);
    }

    async fn may(headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        OwnPage::from_request_parts(&mut parts, &()).await.is_ok()
    }
}
