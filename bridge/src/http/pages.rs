//! The pages of sites, agents and authors.

use super::assets::{body, content_type};
use super::page::{CHAT, CONSOLE, EMBEDDING_SITE, front_end, message, page};
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

/// How a frame may be started.
#[derive(Deserialize)]
pub struct FrameQuery {
    preview: Option<String>,
    shared: Option<String>,
}

/// `GET /`: the demo's site, or a word on what to do next.
pub async fn front(State(app): State<Arc<App>>) -> Response {
    let home = demo::site_file("index.html").filter(|_| app.workspace.is_demo);
    match home {
        Some(file) => page(StatusCode::OK, body(file.data), EMBEDDING_SITE),
        None if app.workspace.sites.is_empty() => message(
            StatusCode::OK,
            "Nothing is set up yet",
            "Write a workspace file with a site, a queue and an agent, and start again with --workspace FILE; \
             --demo shows a complete one. docs/operating.md explains both.",
        ),
        None => {
            message(StatusCode::OK, &app.workspace.name, "Passerelle is running. Agents sign in at /console.")
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
    // For the preview. The first is as good as any: the author chooses another there.
    let site = app.workspace.sites.keys().next().map_or("", SiteId::as_str);
    front_end(app.assets.console_page(site), CONSOLE)
}

/// `GET /preview`: the same front end, which looks at its address and shows the preview.
pub async fn preview(app: State<Arc<App>>) -> Response {
    console(app).await
}

/// `GET /frame/{site}`: the chat, in the frame that the loader opens. As a preview it obeys the page around it, and what a
/// link shows is no public matter: in both cases that page must be the bridge's own.
pub async fn frame(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    Query(query): Query<FrameQuery>,
) -> Response {
    let Ok((id, facts)) = sites::find(&app, &site) else {
        let remedy = "Check the name in data-site, in the page that embeds the chat.";
        return message(StatusCode::NOT_FOUND, "There is no such site here", remedy);
    };
    let preview = query.preview.as_deref() == Some("1");
    let shared = query.shared.as_deref().unwrap_or_default();
    if !shared.is_empty() && sites::shared(&app, shared).is_err() {
        let remedy = "Ask whoever sent you the link for another.";
        return message(StatusCode::NOT_FOUND, "This preview has ended", remedy);
    }
    let ancestors = if preview || !shared.is_empty() { "'self'".to_owned() } else { ancestors(facts) };
    let html = app.assets.widget_page(id.as_str(), preview, shared);
    front_end(html, &format!("{CHAT}{ancestors}"))
}

fn ancestors(site: &Site) -> String {
    let mut sources = vec!["'self'".to_owned()];
    sources.extend(site.origins.iter().map(ToString::to_string).filter(|source| source != "'self'"));
    sources.join(" ")
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
}
