//! `/api/v1/sites…`: what a site looks like, and the bytes its widgets run.

use super::api::Query;
use crate::app::App;
use crate::assistants::share::{NoShare, Share};
use crate::config::Site;
use crate::error::{ApiError, ApiResult};
use crate::http::assistants::refused;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::{SiteCard, SiteId, SiteLook};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a hash or an unguessable name stands for never changes.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Which assistant is asked for.
#[derive(Deserialize, JsonSchema)]
pub struct CardQuery {
    /// A link's token: then the assistant is the one that the link shows.
    shared: Option<String>,
}

/// Every site.
#[derive(Serialize, JsonSchema)]
pub struct Sites {
    /// In order of name.
    sites: Vec<SiteRow>,
}

/// A site.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Site")]
pub struct SiteRow {
    /// Which.
    site: SiteId,
    /// The business, as the chat's header names it.
    name: String,
    /// The number of its assistant's current version; `null` while there is none.
    version: Option<u64>,
}

/// `GET /sites`: every site and the number of its current version.
pub async fn list(State(app): State<Arc<App>>) -> Json<Sites> {
    let sites = app.workspace.sites.iter().map(|(site, facts)| {
        let version = app.assistants.current(site).map(|current| current.version);
        SiteRow { site: site.clone(), name: facts.name.clone(), version }
    });
    Json(Sites { sites: sites.collect() })
}

/// `GET /sites/{site}`. Public facts, so any page may read them. With `?shared=TOKEN`, the assistant is the one the
/// link shows.
pub async fn card(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    Query(query): Query<CardQuery>,
) -> ApiResult<Response> {
    let (site, facts) = find(&app, &site)?;
    let assistant = match query.shared {
        None => app.assistants.current(site).map(|current| current.card()),
        Some(token) => {
            let share = shared(&app, &token)?;
            if share.site != *site {
                return Err(ApiError::not_found("this link is for another site"));
            }
            Some(app.assistants.card_of(site, &share.digest).await.map_err(refused)?)
        }
    };
    let card = SiteCard {
        site: site.clone(),
        name: facts.name.clone(),
        look: SiteLook { accent: facts.accent.clone() },
        assistant,
    };
    let headers = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Json(card)).into_response())
}

/// `GET /sites/{site}/assistant/{hash}`. What has a hash in its address never changes.
pub async fn assistant(
    State(app): State<Arc<App>>,
    Path((site, hash)): Path<(String, String)>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let bytes = app.assistants.bytes(site, &hash).await?;
    let bytes = bytes.ok_or_else(|| ApiError::not_found("this site has no such assistant"))?;
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, IMMUTABLE)];
    Ok((headers, bytes).into_response())
}

/// A site by the name in an address.
pub fn find<'a>(app: &'a App, name: &str) -> ApiResult<(&'a SiteId, &'a Site)> {
    let site = SiteId::new(name).ok().and_then(|id| app.workspace.sites.get_key_value(&id));
    site.ok_or_else(|| ApiError::not_found("there is no such site here"))
}

/// What a link shows now.
pub fn shared(app: &App, token: &str) -> ApiResult<Share> {
    app.share_key.read(token, app.clock.now()).map_err(|error| match error {
        NoShare::Expired => ApiError::not_found("this link has ended: ask whoever sent it for another"),
        NoShare::Invalid => ApiError::not_found("this link is not complete, or was not made here"),
    })
}
