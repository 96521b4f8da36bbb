//! How a page is sent. None of them holds a script or a style of its own, and each says in its content-security policy what
//! it needs and nothing more.

use crate::error::ApiError;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The console: its own scripts, WebAssembly among them, and its own bridge. Nobody's forms: a password typed before the
/// script runs must not end up in an address. No pictures from elsewhere: what a visitor's browser reports could name one
/// to learn where agents sit.
pub const CONSOLE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The chat: the same, and what an assistant may show from elsewhere: pictures, films, sounds, and pages in frames. Whose
/// pages may embed it comes behind.
pub const CHAT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: https:; media-src 'self' https:; frame-src https:; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

/// A site with the chat on it: what any site has to allow is its bridge as a source of one script, one frame and one
/// look-up, which here are all its own.
pub const EMBEDDING_SITE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page of text.
const MESSAGE: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("../../pages/page.css");
const MESSAGE_PAGE: &str = include_str!("../../pages/message.html");

/// A page.
pub fn page(status: StatusCode, html: impl Into<Body>, policy: &str) -> Response {
    let Ok(policy) = HeaderValue::try_from(policy) else {
        return ApiError::internal("a content-security policy cannot be sent").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (status, headers, html.into()).into_response()
}

/// A page of a front end, where it was built.
pub fn front_end(html: Option<String>, policy: &str) -> Response {
    match html {
        Some(html) => page(StatusCode::OK, html, policy),
        None => message(
            StatusCode::SERVICE_UNAVAILABLE,
            "This build has no front ends",
            "Run cargo xtask build, then start the bridge again.",
        ),
    }
}

/// A page that says one thing.
pub fn message(status: StatusCode, title: &str, text: &str) -> Response {
    page(status, filled(MESSAGE_PAGE, &[("title", title), ("text", text)]), MESSAGE)
}

/// `GET /page.css`: how such pages look.
pub async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, STYLE).into_response()
}

/// Puts texts into a page, as text. Each place is filled once, so that no text can hold a place for another.
pub fn filled(page: &str, texts: &[(&str, &str)]) -> String {
    let mut pieces = page.split("{{");
    let mut html = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let text = texts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        html.push_str(&escaped(text));
        html.push_str(rest);
    }
    html
}

/// A text, as it stands in a page.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_a_page_is_text_and_nothing_else() {
        let page =
            filled("<b title=\"{{a}}\">{{b}}{{c}}</b>", &[("a", "\"Tea & Co\""), ("b", "<i>{{a}}</i>")]);
        assert_eq!(page, "<b title=\"&quot;Tea &amp; Co&quot;\">&lt;i&gt;{{a}}&lt;/i&gt;</b>");
    }

    #[test]
    fn no_page_has_a_script_or_a_style_of_its_own() {
        for page in [MESSAGE_PAGE, crate::http::share::SHARED_PAGE] {
            assert!(!page.contains("style=") && !page.contains("<style") && !page.contains("onclick"));
            assert!(!page.contains("<script>"));
        }
        for policy in [CONSOLE, CHAT, EMBEDDING_SITE, MESSAGE] {
            assert!(
                policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe-inline"),
                "{policy}"
            );
            let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src"));
            assert!(!scripts.unwrap_or_default().contains("https:"), "{policy}");
        }
    }
}
