//! `/api/v1/workflows`: what authors of workflows write, which versions start, and what they are tried on.

mod cards;

pub use cards::{
    StopWanted, TemplateCard, Templates, WorkflowChecked, WorkflowDraftFile, WorkflowInFull, WorkflowList,
    WorkflowPublishWanted, WorkflowPublished, WorkflowReleaseCard, WorkflowRollBackWanted, WorkflowStopped,
    WorkflowVersionCard,
};

use super::api::{Caller, Query, Sent};
use super::assistants::{FileQuery, broken, file_named};
use super::live;
use crate::app::App;
use crate::assistants::NOTE_CHARS_MAX;
use crate::error::{ApiError, ApiResult, Code};
use crate::runtime::{Input, NoAnswer, WorkflowChange, WorkflowRefused};
use crate::store::{Mark, WorkflowDraft, WorkflowFile, WorkflowVersion};
use crate::workflows::{Neighbours, WORKFLOW_BYTES_MAX, WORKFLOWS_MAX};
use authoring::workflow::templates::{TEMPLATES, template};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cards::card;
use protocol::WorkflowId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of a file that is sent without one.
const NAME_DEFAULT: &str = "workflow.json";

/// Versions and releases that are listed.
const LISTED_MAX: u64 = 100;

/// `GET /workflows`.
pub async fn list(State(app): State<Arc<App>>) -> ApiResult<Json<WorkflowList>> {
    let kept = app.store.workflows();
    let mut drafts: BTreeMap<WorkflowId, WorkflowFile> = BTreeMap::new();
    for draft in kept.workflow_drafts(&app.workspace.id).await? {
        drafts.insert(draft.workflow, draft.file);
    }
    let mut all = Vec::new();
    for state in kept.workflow_states(&app.workspace.id).await? {
        let version = kept.workflow_version(&app.workspace.id, &state.workflow, state.version).await?;
        let draft = drafts.remove(&state.workflow).is_some();
        all.push((state.workflow.clone(), Some(state), draft, version.map(|version| version.file)));
    }
    all.extend(drafts.into_iter().map(|(id, file)| (id, None, true, Some(file))));
    all.sort_by(|one, other| one.0.cmp(&other.0));
    let cards =
        move || all.into_iter().map(|(id, last, draft, file)| card(id, last, draft, file.as_ref())).collect();
    let items = tokio::task::spawn_blocking(cards).await.map_err(ApiError::internal)?;
    Ok(Json(WorkflowList { items }))
}

/// `GET /workflows/{workflow}`.
pub async fn show(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
) -> ApiResult<Json<WorkflowInFull>> {
    let id = id(&workflow)?;
    let kept = app.store.workflows();
    let draft = kept.workflow_draft(&app.workspace.id, &id).await?;
    let releases = kept.workflow_releases(&app.workspace.id, &id, LISTED_MAX).await?;
    if draft.is_none() && releases.is_empty() {
        return Err(unknown());
    }
    let versions = kept.workflow_versions(&app.workspace.id, &id, LISTED_MAX).await?;
    let file = versions.first().map(|version| &version.file).or(draft.as_ref().map(|draft| &draft.file));
    Ok(Json(WorkflowInFull {
        workflow: card(id, releases.first().cloned(), draft.is_some(), file),
        draft: draft.map(WorkflowDraftFile::from),
        versions: versions.into_iter().map(WorkflowVersionCard::from).collect(),
        releases: releases.into_iter().map(WorkflowReleaseCard::from).collect(),
    }))
}

/// `GET /workflows/{workflow}/versions/{number}`: the file as it was published.
pub async fn source(
    State(app): State<Arc<App>>,
    Path((workflow, number)): Path<(String, u32)>,
) -> ApiResult<Response> {
    let version = version(&app, &id(&workflow)?, number).await?;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((headers, version.file.source).into_response())
}

/// `POST /check/workflow`.
pub async fn check(
    State(app): State<Arc<App>>,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Json<WorkflowChecked>> {
    let file = sent(query, body)?.0;
    let (checked, _) = checked(&app, &file).await?;
    let sound = checked.is_sound();
    Ok(Json(WorkflowChecked {
        sound,
        id: checked.document.map(|document| document.id),
        mistakes: checked.mistakes,
    }))
}

/// `PUT /workflows/{workflow}/draft`: keeps a file, mistakes or not.
pub async fn save_draft(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    caller: Caller,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Json<WorkflowChecked>> {
    let id = id(&workflow)?;
    let file = sent(query, body)?.0;
    let (checked, neighbours) = checked(&app, &file).await?;
    is_its_own(&checked, &id)?;
    has_room(neighbours.drafts_besides(&id), "drafts of workflows")?;
    let draft = WorkflowDraft { workflow: id, file, saved: caller.mark(app.clock.now()) };
    app.store.workflows().keep_workflow_draft(&app.workspace.id, &draft).await?;
    let sound = checked.is_sound();
    Ok(Json(WorkflowChecked {
        sound,
        id: checked.document.map(|document| document.id),
        mistakes: checked.mistakes,
    }))
}

/// `DELETE /workflows/{workflow}/draft`.
pub async fn delete_draft(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
) -> ApiResult<StatusCode> {
    match app.store.workflows().drop_workflow_draft(&app.workspace.id, &id(&workflow)?).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(no_draft()),
    }
}

/// `PUT /workflows/{workflow}?name=&note=`: publishes a file at once; the draft stays as it is.
pub async fn publish(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    caller: Caller,
    Query(query): Query<FileQuery>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Response> {
    let (file, note) = sent(query, body)?;
    let by = caller.mark(app.clock.now());
    release(&app, &id(&workflow)?, file, None, by, &note).await
}

/// `POST /workflows/{workflow}/publish` `{note}`: the draft becomes the next version.
pub async fn publish_draft(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    caller: Caller,
    Sent(WorkflowPublishWanted { note }): Sent<WorkflowPublishWanted>,
) -> ApiResult<Response> {
    let id = id(&workflow)?;
    let draft = app.store.workflows().workflow_draft(&app.workspace.id, &id).await?.ok_or_else(no_draft)?;
    let by = caller.mark(app.clock.now());
    release(&app, &id, draft.file, None, by, &note).await
}

/// `POST /workflows/{workflow}/rollback` `{version}`: an earlier version is published again.
pub async fn roll_back(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    caller: Caller,
    Sent(WorkflowRollBackWanted { version: number }): Sent<WorkflowRollBackWanted>,
) -> ApiResult<Response> {
    let id = id(&workflow)?;
    let earlier = version(&app, &id, number).await?;
    let by = caller.mark(app.clock.now());
    release(&app, &id, earlier.file, Some(number), by, &earlier.note).await
}

/// `POST /workflows/{workflow}/stop` `{cancel_runs}`.
pub async fn stop(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    caller: Caller,
    Sent(StopWanted { cancel_runs }): Sent<StopWanted>,
) -> ApiResult<Json<WorkflowStopped>> {
    let by = caller.mark(app.clock.now());
    let change = WorkflowChange::Stop { workflow: id(&workflow)?, cancel_runs, by };
    let version = ask(&app, change).await?;
    Ok(Json(WorkflowStopped { version }))
}

/// `DELETE /workflows/{workflow}`: with all its versions, its draft, and the runs it had.
pub async fn delete(State(app): State<Arc<App>>, Path(workflow): Path<String>) -> ApiResult<StatusCode> {
    ask(&app, WorkflowChange::Delete { workflow: id(&workflow)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /workflow-templates`.
pub async fn templates() -> Json<Templates> {
    let items = TEMPLATES.iter().map(|one| TemplateCard { name: one.name, source: one.text });
    Json(Templates { items: items.collect() })
}

/// `GET /workflow-templates/{template}`.
pub async fn one_template(Path(name): Path<String>) -> ApiResult<Response> {
    let found = template(&name).ok_or_else(|| ApiError::not_found("there is no such template"))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], found.text).into_response())
}

/// The id in an address.
pub fn id(text: &str) -> ApiResult<WorkflowId> {
    WorkflowId::new(text).map_err(|error| ApiError::malformed(error.to_string()).at("path.workflow"))
}

/// A version that is kept.
pub async fn version(app: &App, id: &WorkflowId, number: u32) -> ApiResult<WorkflowVersion> {
    let found = app.store.workflows().workflow_version(&app.workspace.id, id, number).await?;
    found.ok_or_else(|| ApiError::not_found("this workflow has no such version"))
}

/// There is nothing of that name.
pub fn unknown() -> ApiError {
    ApiError::not_found("there is no such workflow")
}

/// It is not being worked on.
pub fn no_draft() -> ApiError {
    ApiError::not_found("this workflow has no draft")
}

/// What is wrong with a file in this workspace, and what stands beside it.
pub async fn checked(
    app: &Arc<App>,
    file: &WorkflowFile,
) -> ApiResult<(authoring::workflow::Checked, Neighbours)> {
    let neighbours = Neighbours::read(&app.workspace, app.store.as_ref()).await?;
    let (app, file, directory) = (Arc::clone(app), file.clone(), app.directory());
    let checking = tokio::task::spawn_blocking(move || {
        let checked = neighbours.check(&file.name, &file.source, &app.workspace, &directory);
        (checked, neighbours)
    });
    checking.await.map_err(ApiError::internal)
}

async fn release(
    app: &Arc<App>,
    id: &WorkflowId,
    file: WorkflowFile,
    again: Option<u32>,
    by: Mark,
    note: &str,
) -> ApiResult<Response> {
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS_MAX {
        return Err(ApiError::malformed(format!("a note can have {NOTE_CHARS_MAX} characters")).at("note"));
    }
    let (checked, neighbours) = checked(app, &file).await?;
    let Some(definition) = checked.workflow.clone() else { return Ok(broken(&checked.mistakes)) };
    is_its_own(&checked, id)?;
    has_room(neighbours.count_besides(id), "workflows")?;
    let definition = Arc::new(definition);
    let change = WorkflowChange::Publish { file, definition, again, by, note: note.to_owned() };
    let version = ask(app, change).await?;
    Ok(Json(WorkflowPublished { version, mistakes: checked.mistakes }).into_response())
}

async fn ask(app: &App, change: WorkflowChange) -> ApiResult<u32> {
    match app.runtime.ask(|answer| Input::Releases { change: Box::new(change), answer }).await {
        Ok(Ok(version)) => Ok(version),
        Ok(Err(WorkflowRefused::NotPublished)) => {
            Err(ApiError::of(Code::WrongState, "this workflow starts no more already, or never did"))
        }
        Ok(Err(WorkflowRefused::Unknown)) => Err(unknown()),
        Ok(Err(WorkflowRefused::AtWork)) => Err(ApiError::of(
            Code::WrongState,
            "it starts still, or runs of it go on: stop it first, with `cancel_runs`",
        )),
        Ok(Err(WorkflowRefused::TryAgain)) | Err(NoAnswer) => Err(live::away()),
    }
}

/// The id in the file is that of the address.
fn is_its_own(checked: &authoring::workflow::Checked, id: &WorkflowId) -> ApiResult<()> {
    match &checked.document {
        Some(document) if document.id != id.as_str() => {
            let what = format!("the file's workflow is `{}`, and the address is that of `{id}`", document.id);
            Err(ApiError::malformed(what).at("body.id"))
        }
        Some(_) | None => Ok(()),
    }
}

fn has_room(besides: usize, what: &str) -> ApiResult<()> {
    match besides < WORKFLOWS_MAX {
        true => Ok(()),
        false => {
            Err(ApiError::of(Code::TooManyThings, format!("a workspace can have {WORKFLOWS_MAX} {what}")))
        }
    }
}

/// A file that was sent, and what is said about it.
fn sent(query: FileQuery, body: Result<Bytes, BytesRejection>) -> ApiResult<(WorkflowFile, String)> {
    let note = query.note().to_owned();
    let (name, source) = file_named(query, body, (NAME_DEFAULT, "a workflow", WORKFLOW_BYTES_MAX))?;
    Ok((WorkflowFile { name, source }, note))
}
