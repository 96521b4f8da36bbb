//! `/api/v1/sites/{site}/assistant…`: drafts and versions of what a site runs.

use super::api::{Caller, Query, Sent};
use super::sites::find;
use crate::app::App;
use crate::assistants::{NOTE_CHARS_MAX, NotDone, Published, VERSIONS_KEPT_MAX, card};
use crate::error::{ApiError, ApiResult, Code, Problem};
use crate::store::{FileRow, Mark};
use authoring::{Mistake, Severity};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::limits::ASSISTANT_BYTES_MAX;
use protocol::{AssistantCard, Timestamp};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The name of a file that is sent without one.
const NAME_DEFAULT: &str = "assistant.json";

/// A file's name fits a line.
const NAME_BYTES_MAX: usize = 255;

/// What goes with a file.
#[derive(Deserialize, JsonSchema)]
pub struct FileQuery {
    /// The file's name, whose ending says how it is read; JSON, if not given.
    name: Option<String>,
    /// What is new: up to 500 characters. Only publishing looks at it.
    note: Option<String>,
}

impl FileQuery {
    /// What is new.
    pub fn note(&self) -> &str {
        self.note.as_deref().unwrap_or_default()
    }
}

/// What is said about a version.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishWanted {
    /// What is new: up to 500 characters.
    #[serde(default)]
    note: String,
}

/// Which version becomes current.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollBackWanted {
    /// Its number.
    version: u64,
}

/// What a site runs from now on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Published")]
pub struct PublishedCard {
    /// The number of the current version.
    version: u64,
    /// Whether visitors got something else before.
    new: bool,
    /// As the site's card names it.
    assistant: AssistantCard,
    /// What is doubtful about it.
    mistakes: Vec<Mistake>,
}

/// A draft, with its text.
#[derive(Serialize, JsonSchema)]
pub struct DraftFile {
    /// The file's name.
    name: String,
    /// What is in it.
    source: String,
    /// When it was saved.
    saved_at: Timestamp,
    /// By whom.
    saved_by: Option<String>,
}

/// A draft that was saved.
#[derive(Serialize, JsonSchema)]
pub struct DraftSaved {
    /// Where widgets would find it.
    assistant: AssistantCard,
    /// What is doubtful about it.
    mistakes: Vec<Mistake>,
}

/// What a site runs, ran, and is worked on.
#[derive(Serialize, JsonSchema)]
pub struct Versions {
    /// The number of the current version.
    current: Option<u64>,
    /// How many versions are kept.
    kept: u64,
    /// The draft.
    draft: Option<DraftCard>,
    /// Those that are kept, the newest first.
    versions: Vec<VersionCard>,
    /// Which became current when, the newest first.
    releases: Vec<ReleaseCard>,
}

/// A draft.
#[derive(Serialize, JsonSchema)]
pub struct DraftCard {
    /// The file's name.
    name: String,
    /// When it was saved.
    saved_at: Timestamp,
    /// By whom.
    saved_by: Option<String>,
}

/// A version.
#[derive(Serialize, JsonSchema)]
pub struct VersionCard {
    /// Its number.
    number: u64,
    /// The file's name.
    name: String,
    /// What is said about it.
    note: String,
    /// When it was published.
    published_at: Timestamp,
    /// By whom; `null` is the file that the workspace file names.
    published_by: Option<String>,
}

/// A version became current.
#[derive(Serialize, JsonSchema)]
pub struct ReleaseCard {
    /// Which.
    version: u64,
    /// When.
    released_at: Timestamp,
    /// By whom.
    released_by: Option<String>,
}

/// A file that cannot run.
#[derive(Serialize, JsonSchema)]
pub struct Broken {
    /// That it cannot.
    error: Problem,
    /// Everything that is wrong with it, and everything that is doubtful.
    mistakes: Vec<Mistake>,
}

/// A file fits, and nothing much larger is read.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(ASSISTANT_BYTES_MAX)
}

/// `PUT …/assistant?name=&note=`: publishes a file at once; the draft stays as it is.
pub async fn publish(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    caller: Caller,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let note = note(query.note.as_deref().unwrap_or_default())?.to_owned();
    let (name, source) = file(query, body)?;
    let mark = caller.mark(app.clock.now());
    published(app.assistants.publish(site, name, source, mark, &note).await)
}

/// `GET …/assistant/draft`.
pub async fn draft(State(app): State<Arc<App>>, Path(site): Path<String>) -> ApiResult<Json<DraftFile>> {
    let (site, _) = find(&app, &site)?;
    let (draft, file) = app.assistants.draft(site).await.map_err(refused)?;
    let Mark { at, by } = draft.saved;
    Ok(Json(DraftFile { name: file.name, source: file.source, saved_at: at, saved_by: by }))
}

/// `PUT …/assistant/draft`: keeps a file that can run, doubtful places or not.
pub async fn save_draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    caller: Caller,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let (name, source) = file(query, body)?;
    let mark = caller.mark(app.clock.now());
    match app.assistants.save_draft(site, name, source, mark).await {
        Ok(built) => {
            let told = DraftSaved { assistant: card(&built.builds), mistakes: built.warnings };
            Ok(Json(told).into_response())
        }
        Err(NotDone::Broken(mistakes)) => Ok(broken(&mistakes)),
        Err(other) => Err(refused(other)),
    }
}

/// `DELETE …/assistant/draft`.
pub async fn delete_draft(State(app): State<Arc<App>>, Path(site): Path<String>) -> ApiResult<StatusCode> {
    let (site, _) = find(&app, &site)?;
    app.assistants.delete_draft(site).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST …/assistant/publish` `{note}`: the draft becomes the next version.
pub async fn publish_draft(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    caller: Caller,
    Sent(PublishWanted { note: said }): Sent<PublishWanted>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let mark = caller.mark(app.clock.now());
    published(app.assistants.publish_draft(site, mark, note(&said)?).await)
}

/// `POST …/assistant/rollback` `{version}`: an earlier version becomes current again.
pub async fn roll_back(
    State(app): State<Arc<App>>,
    Path(site): Path<String>,
    caller: Caller,
    Sent(RollBackWanted { version }): Sent<RollBackWanted>,
) -> ApiResult<Response> {
    let (site, _) = find(&app, &site)?;
    let mark = caller.mark(app.clock.now());
    published(app.assistants.roll_back(site, version, mark).await)
}

/// `GET …/assistant/versions`.
pub async fn versions(State(app): State<Arc<App>>, Path(site): Path<String>) -> ApiResult<Json<Versions>> {
    let (site, _) = find(&app, &site)?;
    let current = app.assistants.current(site).map(|current| current.version);
    let versions = app.assistants.versions(site).await?.into_iter().map(|version| VersionCard {
        number: version.number,
        name: version.name,
        note: version.note,
        published_at: version.published.at,
        published_by: version.published.by,
    });
    let releases = app.assistants.releases(site).await?.into_iter().map(|release| {
        let Mark { at, by } = release.released;
        ReleaseCard { version: release.version, released_at: at, released_by: by }
    });
    let draft = match app.assistants.draft(site).await {
        Ok((draft, _)) => {
            Some(DraftCard { name: draft.name, saved_at: draft.saved.at, saved_by: draft.saved.by })
        }
        Err(NotDone::NoDraft) => None,
        Err(other) => return Err(refused(other)),
    };
    let (versions, releases) = (versions.collect(), releases.collect());
    Ok(Json(Versions { current, kept: VERSIONS_KEPT_MAX, draft, versions, releases }))
}

/// `GET …/assistant/versions/{n}`: the file as it was published.
pub async fn source(
    State(app): State<Arc<App>>,
    Path((site, number)): Path<(String, u64)>,
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
    file_named(query, body, (NAME_DEFAULT, "an assistant", ASSISTANT_BYTES_MAX))
}

/// The same, of any kind of file: the name of one that has none, what it is, and how large it may be.
pub fn file_named(
    query: FileQuery,
    body: Result<Bytes, BytesRejection>,
    (name, what, bytes_max): (&str, &str, usize),
) -> ApiResult<(String, String)> {
    let name = query.name.unwrap_or_else(|| name.to_owned());
    let unfit = |c: char| c.is_control() || c == '/' || c == '\\';
    if name.is_empty() || name.len() > NAME_BYTES_MAX || name.contains(unfit) {
        return Err(ApiError::malformed("a file's name is one such as `assistant.yaml`, without a folder"));
    }
    let body = body.map_err(|_| {
        ApiError::too_large(format!("{what} can have {bytes_max} bytes: split its longest texts"))
    })?;
    let source = String::from_utf8(body.into())
        .map_err(|error| ApiError::malformed(format!("{what} is text in UTF-8: {error}")))?;
    if source.contains('\0') {
        // Not every database keeps it.
        return Err(ApiError::malformed(format!("{what} is text, and has no null characters")));
    }
    Ok((name, source))
}

/// Reads a small body; nothing at all is an empty object.
pub fn read_json<T: DeserializeOwned>(body: &[u8], expected: &str) -> ApiResult<T> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| ApiError::malformed(format!("expected {expected}: {error}")))
}

/// 422: everything that is wrong with a file.
pub fn broken(mistakes: &[Mistake]) -> Response {
    let error = ApiError::of(Code::Mistakes, cannot_run("this file", mistakes)).body().error;
    let told = Broken { error, mistakes: mistakes.to_vec() };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(told)).into_response()
}

/// The first error, and how many more there are: warnings keep nothing from running.
fn cannot_run(what: &str, mistakes: &[Mistake]) -> String {
    let errors = || mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
    let first = errors().next().map(ToString::to_string).unwrap_or_default();
    match errors().count().saturating_sub(1) {
        0 => format!("{what} cannot run: {first}"),
        1 => format!("{what} cannot run: {first}; and there is one more error"),
        more => format!("{what} cannot run: {first}; and there are {more} more errors"),
    }
}

/// Why something was not done, for whoever asked for it.
pub fn refused(not_done: NotDone) -> ApiError {
    match not_done {
        NotDone::NoDraft => ApiError::not_found("this site has no draft"),
        NotDone::NoVersion => ApiError::not_found("this site has no such version, or has it no longer"),
        NotDone::Store(error) => error.into(),
        NotDone::Interrupted(error) => ApiError::internal(format!("{error:#}")),
        NotDone::Broken(mistakes) => {
            ApiError::not_found(cannot_run("with this version of the bridge, that assistant", &mistakes))
        }
    }
}

fn note(said: &str) -> ApiResult<&str> {
    let said = said.trim();
    if said.chars().count() > NOTE_CHARS_MAX {
        let right = format!("a note can have {NOTE_CHARS_MAX} characters");
        return Err(ApiError::malformed(right).at("note"));
    }
    Ok(said)
}

fn published(outcome: Result<Published, NotDone>) -> ApiResult<Response> {
    match outcome {
        Ok(Published { version, card, warnings, is_new }) => {
            let told = PublishedCard { version, new: is_new, assistant: card, mistakes: warnings };
            Ok(Json(told).into_response())
        }
        Err(NotDone::Broken(mistakes)) => Ok(broken(&mistakes)),
        Err(other) => Err(refused(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_is_told_its_first_error_and_not_a_warning_before_it() {
        let mistake = |severity, line, problem: &str| Mistake {
            severity,
            line,
            column: 1,
            path: String::new(),
            code: "some-code".to_owned(),
            problem: problem.to_owned(),
            remedy: "write another".to_owned(),
        };
        let mistakes = [
            mistake(Severity::Warning, 1, "harmless"),
            mistake(Severity::Error, 2, "the cause"),
            mistake(Severity::Error, 3, "another"),
        ];
        let told = cannot_run("this file", &mistakes);
        assert!(told.starts_with("this file cannot run: 2:1") && told.contains("the cause"), "{told}");
        assert!(!told.contains("harmless") && told.ends_with("one more error"), "{told}");
    }
}
