//! The pages. None of them holds a script or a style of its own, and each says in its content-security policy what it
//! needs and nothing more.

use super::assets::{body, content_type};
use super::sites;
use crate::app::App;
use crate::config::Site;
use crate::demo;
use crate::error::{ApiError, ApiResult};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::SiteId;
use serde::Deserialize;
use std::sync::Arc;

/// A front end: its own scripts, WebAssembly among them, and its own bridge. Nobody's forms: a password typed before the
/// script runs must not end up in an address.
const FRONT_END: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors ";

/// A site with the chat on it: what any site has to allow is its bridge as a source of one script, one frame and one
/// look-up, which here are all its own.
const EMBEDDING_SITE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page of text.
const PLAIN: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How a frame may be started.
#[derive(Deserialize)]
pub struct FrameQuery {
    preview: Option<String>,
}

/// `GET /`: the demo's site, or a word on what to do next.
pub async fn front(State(app): State<Arc<App>>) -> Response {
    let home = demo::site_file("index.html").filter(|_| app.workspace.is_demo);
    match home {
        Some(file) => page(StatusCode::OK, body(file.data), EMBEDDING_SITE),
        None if app.workspace.sites.is_empty() => plain(
            StatusCode::OK,
            "Nothing is set up yet",
            "Write a workspace file with a site, a queue and an agent, and start again with --workspace FILE; \
             --demo shows a complete one. docs/operating.md explains both.",
        ),
        None => {
            plain(StatusCode::OK, &app.workspace.name, "Passerelle is running. Agents sign in at /console.")
        }
    }
}

/// `GET /demo/{file}`: the demo's styles and pictures.
pub async fn demo_file(State(app): State<Arc<App>>, Path(name): Path<String>) -> ApiResult<Response> {
    let file = demo::site_file(&name).filter(|_| app.workspace.is_demo);
    let file = file.ok_or_else(|| ApiError::not_found("the demo has no such file"))?;
    let kind = HeaderValue::try_from(content_type(&name)).map_err(ApiError::internal)?;
    let no_cache = HeaderValue::from_static("no-cache");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, no_cache)], body(file.data)).into_response())
}

/// `GET /console`.
pub async fn console(State(app): State<Arc<App>>) -> Response {
    // For the preview. The first is as good as any: the author loads other files there.
    let site = app.workspace.sites.keys().next().map_or("", SiteId::as_str);
    front_end(app.assets.console_page(site), &format!("{FRONT_END}'none'"))
}

/// `GET /preview`: the same front end, which looks at its address and shows the preview.
pub async fn preview(app: State<Arc<App>>) -> Response {
    console(app).await
}

/// `GET /frame/{site}`: the chat, in the frame that the loader opens. As a preview it obeys the page around it, so that
/// page must be the bridge's own.
pub async fn frame(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    Query(query): Query<FrameQuery>,
) -> Response {
    let Ok((id, facts)) = sites::find(&app, &site) else {
        let remedy = "Check the name in data-site, in the page that embeds the chat.";
        return plain(StatusCode::NOT_FOUND, "There is no such site here", remedy);
    };
    let preview = query.preview.as_deref() == Some("1");
    let ancestors = if preview { "'self'".to_owned() } else { ancestors(facts) };
    front_end(app.assets.widget_page(id.as_str(), preview), &format!("{FRONT_END}{ancestors}"))
}

fn ancestors(site: &Site) -> String {
    let mut sources = vec!["'self'".to_owned()];
    sources.extend(site.origins.iter().map(ToString::to_string).filter(|source| source != "'self'"));
    sources.join(" ")
}

fn front_end(html: Option<String>, policy: &str) -> Response {
    match html {
        Some(html) => page(StatusCode::OK, html, policy),
        None => plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "This build has no front ends",
            "Run cargo xtask build, then start the bridge again.",
        ),
    }
}

fn plain(status: StatusCode, title: &str, text: &str) -> Response {
    let (title, text) = (escaped(title), escaped(text));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
    );
    page(status, html, PLAIN)
}

fn page(status: StatusCode, html: impl Into<axum::body::Body>, policy: &str) -> Response {
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

/// For the name of a workspace, the one text here that is not ours.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Origin;
    use protocol::QueueId;

    #[test]
    fn a_sites_origins_may_embed_its_chat_and_so_may_the_bridge() {
        let origins = ["self", "https://shop.example"].map(|text| Origin::try_from(text.to_owned()).unwrap());
        let site = Site {
            name: "Shop".to_owned(),
            origins: origins.to_vec(),
            accent: "#000000".to_owned(),
            default_queue: QueueId::new("sales").unwrap(),
            assistant: None,
        };
        assert_eq!(ancestors(&site), "'self' https://shop.example");
    }

    #[test]
    fn a_workspaces_name_is_text_and_nothing_else() {
        assert_eq!(escaped("<b>\"Tea & Co\"</b>"), "&lt;b&gt;&quot;Tea &amp; Co&quot;&lt;/b&gt;");
    }
}
