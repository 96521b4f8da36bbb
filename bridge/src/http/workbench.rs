//! `/api/v1/check` and `/api/v1/preview`: what authors need before they keep anything. For whoever is signed in; nothing is
//! stored.

use super::api::Query;
use super::assistants::{FileQuery, broken, file};
use super::sessions::SignedIn;
use super::sites::find;
use crate::app::App;
use crate::assistants::build::{self, Operations, Reading};
use crate::assistants::previews::Preview;
use crate::error::{ApiError, ApiResult};
use authoring::Mistake;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::AgentRole;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// For which site something is previewed.
#[derive(Deserialize, JsonSchema)]
pub struct PreviewQuery {
    /// A site; without one no extension is called.
    site: Option<String>,
}

/// What a check tells of a file.
#[derive(Serialize, JsonSchema)]
pub struct Checked {
    /// Everything that is wrong, and everything that is doubtful.
    mistakes: Vec<Mistake>,
    /// The assistant's name; `null` when the file cannot be read.
    name: Option<String>,
    /// Its own language; `null` when the file cannot be read.
    language: Option<String>,
    /// Its actions.
    actions: Vec<ActionCard>,
}

/// An action of an assistant.
#[derive(Serialize, JsonSchema)]
pub struct ActionCard {
    /// Which.
    id: String,
    /// As visitors see it.
    title: String,
}

/// Where a preview lies.
#[derive(Serialize, JsonSchema)]
pub struct Previewed {
    /// In its own language.
    path: Option<String>,
    /// In each language.
    languages: Vec<PreviewedIn>,
    /// What is doubtful about it.
    mistakes: Vec<Mistake>,
}

/// Where a preview lies in one language.
#[derive(Serialize, JsonSchema)]
pub struct PreviewedIn {
    /// The language.
    tag: String,
    /// Where.
    path: String,
}

/// `POST /api/check?name=`: what is wrong with a file, and what it holds.
pub async fn check(
    State(app): State<Arc<App>>,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (name, source) = file(query, body)?;
    let reading = build::read(name, source, app.assistants.world()).await.map_err(interrupted)?;
    Ok(Json(checked(&reading)).into_response())
}

/// `POST /api/preview?site=&name=`: keeps what a file makes in memory for a while, for the preview's widget. Only an admin's
/// preview may have extensions called, because a file says which calls there are.
pub async fn preview(
    State(app): State<Arc<App>>,
    signed_in: SignedIn,
    Query(PreviewQuery { site }): Query<PreviewQuery>,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let site = site.as_deref().map(|site| find(&app, site)).transpose()?.map(|(site, _)| site);
    let (name, source) = file(query, body)?;
    let reading = build::read(name, source, app.assistants.world()).await.map_err(interrupted)?;
    let operations = match signed_in.role {
        AgentRole::Admin => operations(&reading),
        AgentRole::Agent | AgentRole::Supervisor => Operations::new(),
    };
    match reading.build() {
        Ok(built) => {
            let names = app.previews.add(built.builds, operations, site, app.clock.now());
            Ok(Json(previewed(&names, built.warnings)).into_response())
        }
        Err(mistakes) => Ok(broken(&mistakes)),
    }
}

/// `GET /api/preview/{id}`: the bytes, for whoever knows the name.
pub async fn bytes(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult<Response> {
    sent(app.previews.get(&id, app.clock.now()))
}

/// A preview's bytes.
pub fn sent(preview: Option<Preview>) -> ApiResult<Response> {
    let preview = preview
        .ok_or_else(|| ApiError::not_found("this preview has ended: send the file to /api/preview again"))?;
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, preview.bytes.to_vec()).into_response())
}

/// What a file declares of extensions.
pub fn operations(reading: &Reading) -> Operations {
    reading.checked.document.as_ref().map(|document| document.extensions.clone()).unwrap_or_default()
}

/// What a check tells.
pub fn checked(reading: &Reading) -> Checked {
    let document = reading.checked.document.as_ref();
    let actions = document.map(|document| {
        let card = |action: &authoring::document::ActionDoc| ActionCard {
            id: action.id.to_string(),
            title: action.title.to_string(),
        };
        document.actions.iter().map(card).collect()
    });
    Checked {
        mistakes: reading.checked.mistakes.clone(),
        name: document.map(|document| document.name.to_string()),
        language: document.map(|document| document.language.to_string()),
        actions: actions.unwrap_or_default(),
    }
}

/// Where a preview lies, in its own language and in the others.
pub fn previewed(names: &[(String, String)], mistakes: Vec<Mistake>) -> Previewed {
    let path = |id: &String| format!("/api/preview/{id}");
    let languages = names.iter().map(|(tag, id)| PreviewedIn { tag: tag.clone(), path: path(id) });
    Previewed { path: names.first().map(|(_, id)| path(id)), languages: languages.collect(), mistakes }
}

fn interrupted(error: anyhow::Error) -> ApiError {
    ApiError::internal(format!("{error:#}"))
}
