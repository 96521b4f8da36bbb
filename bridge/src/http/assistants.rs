//! `/api/sites/{site}/assistant…`: drafts and versions of what a site runs. Whoever is signed in may look, admins change.

use super::sessions::{Author, SignedIn};
use super::sites::find;
use crate::app::App;
use crate::assistants::{NOTE_CHARS_MAX, NotDone, Published, VERSIONS_KEPT_MAX, card};
use crate::error::{ApiError, ApiResult};
use crate::store::{FileRow, Mark};
use authoring::Mistake;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::limits::ASSISTANT_BYTES_MAX;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::sync::Arc;

/// The name of a file that is sent without one.
const NAME_DEFAULT: &str = "assistant.json";

/// A file's name fits a line.
const NAME_BYTES_MAX: usize = 255;

/// What goes with a file.
#[derive(Deserialize)]
pub struct FileQuery {
    name: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishBody {
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RollBackBody {
    version: u64,
}

/// A file fits, and nothing much larger is read.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(ASSISTANT_BYTES_MAX)
}

/// `PUT …/assistant?name=&note=`: publishes a file at once; the draft stays as it is.
pub async fn publish(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    author: Author,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let note = note(query.note.as_deref().unwrap_or_default())?.to_owned();
    let (name, source) = file(query, body)?;
    let mark = author.mark(app.clock.now());
    published(app.assistants.publish(site, name, source, mark, &note).await)
}

/// `GET …/assistant/draft`.
pub async fn draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    _: SignedIn,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let (draft, file) = app.assistants.draft(site).await.map_err(refused)?;
    let Mark { at, by } = draft.saved;
    let told = json!({ "name": file.name, "source": file.source, "saved_at": at, "saved_by": by });
    Ok(Json(told).into_response())
}

/// `PUT …/assistant/draft`: keeps a file that can run, doubtful places or not.
pub async fn save_draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    author: Author,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let (name, source) = file(query, body)?;
    let mark = author.mark(app.clock.now());
    match app.assistants.save_draft(site, name, source, mark).await {
        Ok(built) => {
            let told = json!({ "assistant": card(&built.builds), "mistakes": built.warnings });
            Ok(Json(told).into_response())
        }
        Err(NotDone::Broken(mistakes)) => Ok(broken(&mistakes)),
        Err(other) => Err(refused(other)),
    }
}

/// `DELETE …/assistant/draft`.
pub async fn delete_draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    _: Author,
) -> ApiResult<StatusCode> {
    let (site, _) = find(&app, &site)?;
    app.assistants.delete_draft(site).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST …/assistant/publish` `{note}`: the draft becomes the next version.
pub async fn publish_draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    author: Author,
    body: Bytes,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let PublishBody { note: said } = read_json(&body, "{\"note\":\"…\"}")?;
    let mark = author.mark(app.clock.now());
    published(app.assistants.publish_draft(site, mark, note(&said)?).await)
}

/// `POST …/assistant/rollback` `{version}`: an earlier version becomes current again.
pub async fn roll_back(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    author: Author,
    body: Bytes,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let RollBackBody { version } = read_json(&body, "{\"version\":…}")?;
    let mark = author.mark(app.clock.now());
    published(app.assistants.roll_back(site, version, mark).await)
}

/// `GET …/assistant/versions`.
pub async fn versions(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    _: SignedIn,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let current = app.assistants.current(site).map(|current| current.version);
    let versions = app.assistants.versions(site).await?.into_iter().map(|version| {
        json!({
            "number": version.number, "name": version.name, "note": version.note,
            "published_at": version.published.at, "published_by": version.published.by,
        })
    });
    let releases = app.assistants.releases(site).await?.into_iter().map(|release| {
        let Mark { at, by } = release.released;
        json!({ "version": release.version, "released_at": at, "released_by": by })
    });
    let draft = match app.assistants.draft(site).await {
        Ok((draft, _)) => {
            json!({ "name": draft.name, "saved_at": draft.saved.at, "saved_by": draft.saved.by })
        }
        Err(NotDone::NoDraft) => serde_json::Value::Null,
        Err(other) => return Err(refused(other)),
    };
    let told = json!({
        "current": current, "kept": VERSIONS_KEPT_MAX, "draft": draft,
        "versions": versions.collect::<Vec<serde_json::Value>>(), "releases": releases.collect::<Vec<serde_json::Value>>(),
    });
    Ok(Json(told).into_response())
}

/// `GET …/assistant/versions/{n}`: the file as it was published.
pub async fn source(
    State(app): State<Arc<App>>,
    Path((site, number)): Path<(String, u64)>,
    _: SignedIn,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let FileRow { name, source, .. } = app.assistants.source(site, number).await.map_err(refused)?;
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    Ok((headers, source).into_response())
}

/// A file that was sent: its name and its text.
pub fn file(query: FileQuery, body: Result<Bytes, BytesRejection>) -> ApiResult<(String, String)> {
    let name = query.name.unwrap_or_else(|| NAME_DEFAULT.to_owned());
    let unfit = |c: char| c.is_control() || c == '/' || c == '\\';
    if name.is_empty() || name.len() > NAME_BYTES_MAX || name.contains(unfit) {
        return Err(ApiError::malformed("a file's name is one such as `assistant.yaml`, without a folder"));
    }
    let body = body.map_err(|_| {
        ApiError::too_large(format!(
            "an assistant can have {ASSISTANT_BYTES_MAX} bytes: split its longest texts"
        ))
    })?;
    let source = String::from_utf8(body.into())
        .map_err(|error| ApiError::malformed(format!("an assistant is text in UTF-8: {error}")))?;
    Ok((name, source))
}

/// Reads a small body; nothing at all is an empty object.
pub fn read_json<T: DeserializeOwned>(body: &[u8], expected: &str) -> ApiResult<T> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| ApiError::malformed(format!("expected {expected}: {error}")))
}

/// 422: everything that is wrong with a file.
pub fn broken(mistakes: &[Mistake]) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "mistakes": mistakes }))).into_response()
}

/// Why something was not done, for whoever asked for it.
pub fn refused(not_done: NotDone) -> ApiError {
    match not_done {
        NotDone::NoDraft => ApiError::not_found("this site has no draft"),
        NotDone::NoVersion => ApiError::not_found("this site has no such version, or has it no longer"),
        NotDone::Store(error) => error.into(),
        NotDone::Interrupted(error) => ApiError::internal(format!("{error:#}")),
        NotDone::Broken(mistakes) => {
            let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
            ApiError::not_found(format!("this version of the bridge cannot run that assistant: {first}"))
        }
    }
}

fn note(said: &str) -> ApiResult<&str> {
    let said = said.trim();
    if said.chars().count() > NOTE_CHARS_MAX {
        return Err(ApiError::malformed(format!("a note can have {NOTE_CHARS_MAX} characters")));
    }
    Ok(said)
}

fn published(outcome: Result<Published, NotDone>) -> ApiResult<Response> {
    match outcome {
        Ok(Published { version, card, warnings, is_new }) => {
            let told = json!({ "version": version, "new": is_new, "assistant": card, "mistakes": warnings });
            Ok(Json(told).into_response())
        }
        Err(NotDone::Broken(mistakes)) => Ok(broken(&mistakes)),
        Err(other) => Err(refused(other)),
    }
}
