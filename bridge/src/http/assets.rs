//! The front ends inside the binary: hashed names that never change, compressed once when they were built.

use super::encoding::Encoding;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use anyhow::Context;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The loader's address stays the same, so sites get a new one within minutes and a 304 in between.
const LOADER_CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

/// The names, before hashing, of everything the pages need.
const NAMES: &[&str] = &[
    "widget.js",
    "widget.wasm",
    "widget.css",
    "widget-boot.js",
    "console.js",
    "console.wasm",
    "console.css",
    "console-boot.js",
    "loader.js",
];

#[derive(RustEmbed)]
#[folder = "$PASSERELLE_ASSETS"]
#[allow_missing = true]
struct Files;

/// What was built.
pub struct Assets {
    built: Option<Built>,
}

struct Built {
    hashed_by_name: BTreeMap<String, String>,
    widget_page: String,
    console_page: String,
}

impl Assets {
    /// Reads the list of what was built. A build without front ends still serves sockets and its API.
    pub fn load() -> anyhow::Result<Self> {
        let Some(manifest) = Files::get("manifest.json") else {
            tracing::warn!("this build has no front ends: run `cargo xtask build`");
            return Ok(Self { built: None });
        };
        let hashed_by_name: BTreeMap<String, String> =
            serde_json::from_slice(&manifest.data).context("the list of front ends cannot be read")?;
        for name in NAMES {
            let hashed = hashed_by_name.get(*name).with_context(|| format!("the front ends lack {name}"))?;
            anyhow::ensure!(Files::get(hashed).is_some(), "the front ends lack {hashed}: build them again");
        }
        Ok(Self {
            built: Some(Built {
                hashed_by_name,
                widget_page: page("widget.html")?,
                console_page: page("console.html")?,
            }),
        })
    }

    /// The widget's page for a site, if it was built. `shared` is a link's token that was found good, or empty.
    pub fn widget_page(&self, site: &str, preview: bool, shared: &str) -> Option<String> {
        let built = self.built.as_ref()?;
        let page = built.fill(&built.widget_page, "widget");
        let preview = if preview { "true" } else { "false" };
        Some(page.replace("{{site}}", site).replace("{{preview}}", preview).replace("{{shared}}", shared))
    }

    /// The console's page, if it was built. Its preview shows this site.
    pub fn console_page(&self, site: &str) -> Option<String> {
        let built = self.built.as_ref()?;
        Some(built.fill(&built.console_page, "console").replace("{{site}}", site))
    }

    /// A file by its hashed name, in the form the browser likes best.
    pub fn file(&self, name: &str, headers: &HeaderMap) -> ApiResult<Response> {
        if !self.is_asset(name) {
            return Err(ApiError::not_found("this build has no such file"));
        }
        send(name, headers, IMMUTABLE)
    }

    fn hashed(&self, name: &str) -> Option<&str> {
        self.built.as_ref()?.hashed_by_name.get(name).map(String::as_str)
    }

    fn is_asset(&self, hashed: &str) -> bool {
        self.built.as_ref().is_some_and(|built| built.hashed_by_name.values().any(|name| name == hashed))
    }
}

impl Built {
    /// Puts the addresses of a front end's files into its page.
    fn fill(&self, page: &str, end: &str) -> String {
        let files = [("boot", "-boot.js"), ("script", ".js"), ("wasm", ".wasm"), ("style", ".css")];
        files.into_iter().fold(page.to_owned(), |page, (placeholder, ending)| {
            let hashed = self.hashed_by_name.get(&format!("{end}{ending}")).map_or("", String::as_str);
            page.replace(&format!("{{{{{placeholder}}}}}"), &format!("/assets/{hashed}"))
        })
    }
}

/// `GET /assets/{name}`.
pub async fn asset(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    app.assets.file(&name, &headers)
}

/// `GET /passerelle.js`: the script that sites embed.
pub async fn loader(State(app): State<Arc<App>>, headers: HeaderMap) -> ApiResult<Response> {
    let hashed = app.assets.hashed("loader.js").ok_or_else(|| {
        ApiError::not_found(
            "this build has no front ends: run `cargo xtask build`, then start the bridge again",
        )
    })?;
    let etag = format!("\"{hashed}\"");
    let validators = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, LOADER_CACHE.to_owned())];
    if is_known(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, validators).into_response());
    }
    let mut response = send(hashed, &headers, LOADER_CACHE)?;
    response.headers_mut().extend((validators, ()).into_response().headers().clone());
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    Ok(response)
}

/// The answer that carries a file's bytes; those inside the binary are not copied.
pub fn body(bytes: Cow<'static, [u8]>) -> Body {
    match bytes {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// A file's media type, by its name.
pub fn content_type(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = kind.type_() == mime_guess::mime::TEXT || kind == mime_guess::mime::APPLICATION_JAVASCRIPT;
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

fn send(name: &str, headers: &HeaderMap, cache: &str) -> ApiResult<Response> {
    let accept = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let found = Encoding::preferred(accept)
        .into_iter()
        .find_map(|encoding| Some((encoding, Files::get(&format!("{name}{}", encoding.suffix()))?)));
    let (encoding, file) = found.ok_or_else(|| ApiError::not_found("this build has no such file"))?;
    let mut response = body(file.data).into_response();
    let answer = response.headers_mut();
    let kind = HeaderValue::try_from(content_type(name)).map_err(ApiError::internal)?;
    answer.insert(header::CONTENT_TYPE, kind);
    answer.insert(header::CACHE_CONTROL, HeaderValue::try_from(cache).map_err(ApiError::internal)?);
    answer.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(name) = encoding.name() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

/// Whether the browser has this version already.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

fn page(name: &str) -> anyhow::Result<String> {
    let file = Files::get(name).with_context(|| format!("the front ends lack {name}"))?;
    String::from_utf8(file.data.into_owned()).with_context(|| format!("{name} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_what_they_are() {
        assert_eq!(content_type("widget-1a2b.wasm"), "application/wasm");
        assert_eq!(content_type("widget-1a2b.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("widget-1a2b.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("bell.svg"), "image/svg+xml");
    }

    #[test]
    fn a_page_is_given_the_addresses_of_its_files() {
        let built = Built {
            hashed_by_name: NAMES.iter().map(|name| ((*name).to_owned(), format!("{name}-1"))).collect(),
            widget_page: String::new(),
            console_page: String::new(),
        };
        let page = built.fill("{{boot}} {{script}} {{wasm}} {{style}} {{site}}", "widget");
        assert_eq!(
            page,
            "/assets/widget-boot.js-1 /assets/widget.js-1 /assets/widget.wasm-1 /assets/widget.css-1 {{site}}"
        );
    }

    #[test]
    fn a_known_version_is_recognised_in_every_spelling() {
        for (header, known) in
            [("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(header));
            assert_eq!(is_known(&headers, "\"a\""), known, "{header}");
        }
    }
}
