//! `/api/sites/…`: what a site looks like, and the assistant it runs.

use super::guard::OwnPage;
use super::sessions::SignedIn;
use crate::app::App;
use crate::config::Site;
use crate::error::{ApiError, ApiResult};
use crate::published::NotPublished;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::limits::ASSISTANT_BYTES_MAX;
use protocol::{AgentRole, SiteCard, SiteId, SiteLook};
use serde_json::json;
use std::sync::Arc;

/// A definition fits, and nothing much larger is read.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(ASSISTANT_BYTES_MAX)
}

/// `GET /api/sites/{site}`. Public facts, so any page may read them.
pub async fn card(State(app): State<Arc<App>>, Path(site): Path<String>) -> ApiResult<Response> {
    let (site, facts) = find(&app, &site)?;
    let card = SiteCard {
        site: site.clone(),
        name: facts.name.clone(),
        look: SiteLook { accent: facts.accent.clone() },
        assistant: app.published.current(site).map(|row| row.hash.clone()),
    };
    let headers = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Json(card)).into_response())
}

/// `GET /api/sites/{site}/assistant/{hash}`. What has a hash in its address never changes.
pub async fn definition(
    State(app): State<Arc<App>>,
    Path((site, hash)): Path<(String, String)>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let current = app.published.current(site).filter(|row| row.hash == hash);
    let definition = match current {
        Some(row) => row.definition.clone(),
        None => {
            let kept = app.store.assistant(&app.workspace.id, site, &hash).await?;
            kept.ok_or_else(|| ApiError::not_found("this site has never run that assistant"))?.definition
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, definition).into_response())
}

/// `PUT /api/sites/{site}/assistant`: publishes a definition. A broken one is refused with each of its mistakes, and the
/// one in use stays in use.
pub async fn publish(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    _: OwnPage,
    signed_in: SignedIn,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    match signed_in.role {
        AgentRole::Admin => {}
        AgentRole::Agent => return Err(ApiError::not_allowed("only an admin can publish assistants")),
    }
    let (site, _) = find(&app, &site)?;
    let body = body.map_err(|_| {
        ApiError::too_large(format!(
            "an assistant can have {ASSISTANT_BYTES_MAX} bytes: split its longest texts"
        ))
    })?;
    let definition = String::from_utf8(body.into())
        .map_err(|error| ApiError::malformed(format!("an assistant is JSON in UTF-8: {error}")))?;
    let published =
        app.published.publish(&app.workspace, app.store.as_ref(), &app.clock, site, definition).await;
    match published {
        Ok(hash) => Ok(Json(json!({ "assistant": hash })).into_response()),
        Err(NotPublished::Broken(mistakes)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "mistakes": mistakes }))).into_response())
        }
        Err(NotPublished::NotSaved(error)) => Err(error.into()),
    }
}

/// A site by the name in an address.
pub fn find<'a>(app: &'a App, name: &str) -> ApiResult<(&'a SiteId, &'a Site)> {
    let site = SiteId::new(name).ok().and_then(|id| app.workspace.sites.get_key_value(&id));
    site.ok_or_else(|| ApiError::not_found("there is no such site here"))
}
