//! Runs of workflows: what they did, what another system starts, and what one would do on a conversation.

use super::api::{Caller, Page, PageQuery, Query, Sent};
use super::{live, workflows};
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::performer::value_at;
use crate::store::{RunRow, RunsOf, WorkflowFile};
use crate::workflows::{definition, recording};
use authoring::Mistake;
use authoring::tree::Notation;
use authoring::workflow::{Recording, Rehearsal, read_recording, rehearse};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{AgentId, AgentRole, ConversationId, RunId, Timestamp, VisitorId, WorkflowId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Body;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use switchboard::workflow::definition::{ContactKey, Trigger};
use switchboard::workflow::{End, Workflow};
use switchboard::{Command, Switchboard};

/// A run.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Run")]
pub struct RunCard {
    /// Which.
    id: RunId,
    /// Of which workflow.
    workflow: WorkflowId,
    /// In which version.
    version: u32,
    /// In which conversation.
    conversation: ConversationId,
    /// When it began.
    began_at: Timestamp,
    /// When it ended; `null` while it goes on.
    ended_at: Option<Timestamp>,
    /// How it ended; `null` while it goes on.
    #[schemars(extend("enum" = endings()))]
    ended: Option<&'static str>,
    /// The step it waits at.
    waits_at: Option<String>,
    /// Until when.
    waits_until: Option<Timestamp>,
}

/// Every way in which a run ends, and that it has not.
fn endings() -> Vec<Option<&'static str>> {
    End::CODES.into_iter().map(Some).chain([None]).collect()
}

/// A run with what it did.
#[derive(Serialize, JsonSchema)]
pub struct RunInFull {
    /// The run.
    run: RunCard,
    /// What it did, the oldest first.
    log: Vec<LogLine>,
    /// How many older lines are gone.
    forgotten: u32,
}

/// One thing a run did.
#[derive(Serialize, JsonSchema)]
pub struct LogLine {
    /// When.
    at: Timestamp,
    /// In words, with the step's id in front.
    text: String,
}

/// What a workflow is tried on: a kept conversation, or a recording.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RehearsalWanted {
    /// The version that is tried; the draft, if not given.
    #[serde(default)]
    version: Option<u32>,
    /// A conversation. What workflows did in it is left out, and people are as they are set up now.
    #[serde(default)]
    conversation: Option<ConversationId>,
    /// A recording: its text, JSON or YAML.
    #[serde(default)]
    recording: Option<String>,
}

/// What a workflow did when it was tried.
#[derive(Serialize, JsonSchema)]
pub struct Rehearsed {
    /// Everything that happened, and what became of it.
    rehearsal: Rehearsal,
    /// Whether everything is as the recording expects.
    passed: bool,
}

/// `GET /workflows/{workflow}/runs`.
pub async fn of_workflow(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    Query(query): Query<PageQuery>,
) -> ApiResult<Json<Page<RunCard>>> {
    page(&app, RunsOf::Workflow(workflows::id(&workflow)?), &query).await
}

/// `GET /conversations/{conversation}/runs`.
pub async fn of_conversation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(conversation): Path<String>,
    Query(query): Query<PageQuery>,
) -> ApiResult<Json<Page<RunCard>>> {
    let row = live::readable(&app, &caller, &conversation).await?;
    page(&app, RunsOf::Conversation(row.conversation), &query).await
}

/// `GET /runs/{run}`.
pub async fn show(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(run): Path<String>,
) -> ApiResult<Json<RunInFull>> {
    let unknown = || ApiError::not_found("there is no such run for you, or none any more");
    let id: RunId = run.parse().map_err(|_| unknown())?;
    let row = app.store.workflows().run(&app.workspace.id, id).await?.ok_or_else(unknown)?;
    let conversation = row.moved.conversation.to_string();
    live::readable(&app, &caller, &conversation).await.map_err(|_| unknown())?;
    let kept = workflows::version(&app, &row.moved.workflow, row.moved.version).await;
    let known = kept.ok().as_ref().and_then(definition);
    let log = row.moved.run.log();
    let directory = app.directory();
    let name = |agent| Some(directory.badge(agent).name).filter(|name| !name.is_empty());
    let called = |agent: AgentId| name(agent).unwrap_or_else(|| agent.to_string());
    let told = |line: &switchboard::workflow::Line| LogLine {
        at: line.at,
        text: known.as_ref().map_or_else(String::new, |workflow| line.told_with(workflow, called)),
    };
    let (lines, forgotten) = (log.lines().map(told).collect(), log.forgotten());
    Ok(Json(RunInFull { run: card(&row, known.as_ref()), log: lines, forgotten }))
}

/// `POST /workflows/{workflow}/calls`: another system starts it, for the contact its trigger finds in the body.
pub async fn call(
    State(app): State<Arc<App>>,
    Path(workflow): Path<String>,
    Sent(body): Sent<Body>,
) -> ApiResult<StatusCode> {
    let id = workflows::id(&workflow)?;
    let (contact, values) = trigger(&app, &id).await?;
    let written = value_at(Some(&body), &contact.path).written().trim().to_owned();
    if written.is_empty() {
        return Err(ApiError::malformed("the contact is not where the workflow looks for it").at("body"));
    }
    let key = contact.key;
    let visitor = live::look(&app, move |board| find(board, key, &written)).await?;
    let visitor =
        visitor.ok_or_else(|| ApiError::not_found("nobody of that name has an open conversation"))?;
    let told = values.iter().map(|value| (value.name.clone(), value_at(Some(&body), &value.path)));
    let command = Command::WebhookCalled { workflow: id, visitor, told: told.collect() };
    live::order(&app, command).await?;
    Ok(StatusCode::ACCEPTED)
}

/// `POST /workflows/{workflow}/rehearsals`: what it would do. Nothing is done, and nothing is kept.
pub async fn rehearsal(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(workflow): Path<String>,
    Sent(wanted): Sent<RehearsalWanted>,
) -> ApiResult<Response> {
    let id = workflows::id(&workflow)?;
    let file = tried(&app, &id, wanted.version).await?;
    let (checked, _) = workflows::checked(&app, &file).await?;
    let Some(workflow) = checked.workflow else { return Ok(super::assistants::broken(&checked.mistakes)) };
    let recording = match played(&app, &caller, &id, wanted.conversation, wanted.recording).await? {
        Ok(recording) => recording,
        Err(mistakes) => return Ok(super::assistants::broken(&mistakes)),
    };
    let played = tokio::task::spawn_blocking(move || rehearse(&workflow, &recording));
    Ok(match played.await.map_err(ApiError::internal)? {
        Ok(rehearsal) => {
            let passed = rehearsal.passed();
            Json(Rehearsed { rehearsal, passed }).into_response()
        }
        Err(mistakes) => super::assistants::broken(&mistakes),
    })
}

async fn page(app: &Arc<App>, of: RunsOf, query: &PageQuery) -> ApiResult<Json<Page<RunCard>>> {
    let cursor = query.cursor::<RunId>()?;
    let found = app.store.workflows().runs(&app.workspace.id, &of, cursor.behind, cursor.limit).await?;
    let mut definitions: BTreeMap<(WorkflowId, u32), Option<Workflow>> = BTreeMap::new();
    for row in &found {
        let (workflow, number) = (&row.moved.workflow, row.moved.version);
        if let Entry::Vacant(place) = definitions.entry((workflow.clone(), number)) {
            let kept = workflows::version(app, workflow, number).await.ok();
            place.insert(kept.as_ref().and_then(definition));
        }
    }
    let known = |row: &RunRow| definitions.get(&(row.moved.workflow.clone(), row.moved.version));
    let told = |row: RunRow| card(&row, known(&row).and_then(Option::as_ref));
    Ok(Json(cursor.page(found, |row| row.moved.id, told)))
}

fn card(row: &RunRow, workflow: Option<&Workflow>) -> RunCard {
    let moved = &row.moved;
    let step = moved.run.waits_at().and_then(|at| workflow?.step(at));
    // A run's id begins with the moment it began at.
    let began = u64::try_from(moved.id.0.as_u128() >> 80).unwrap_or_default();
    RunCard {
        id: moved.id,
        workflow: moved.workflow.clone(),
        version: moved.version,
        conversation: moved.conversation,
        began_at: Timestamp::from_millis(began),
        ended_at: row.ended_at,
        ended: moved.run.ended().map(switchboard::workflow::End::code),
        waits_at: step.map(|step| step.name.clone()),
        waits_until: moved.run.wakes_at(),
    }
}

/// What the trigger of the version that starts takes from a call.
async fn trigger(
    app: &App,
    id: &WorkflowId,
) -> ApiResult<(
    switchboard::workflow::definition::ContactAt,
    Vec<switchboard::workflow::definition::WebhookValue>,
)> {
    let unknown = || ApiError::not_found("no workflow of this name starts by a call");
    let of = id.clone();
    let number = live::look(app, move |board| board.published(&of)).await?.ok_or_else(unknown)?;
    let kept = workflows::version(app, id, number).await?;
    match definition(&kept).map(|workflow| workflow.trigger) {
        Some(Trigger::Webhook { contact, values }) => Ok((contact, values)),
        Some(
            Trigger::Opened { .. }
            | Trigger::Closed { .. }
            | Trigger::TagChanged { .. }
            | Trigger::FieldChanged { .. }
            | Trigger::Shortcut { .. }
            | Trigger::Manual
            | Trigger::PageEvent { .. },
        )
        | None => Err(unknown()),
    }
}

/// Whose open conversation it is: by their id, or by what is known of them.
fn find(board: &Switchboard, key: ContactKey, written: &str) -> Option<VisitorId> {
    let field = match key {
        ContactKey::Id => {
            let visitor = written.parse().ok();
            return visitor.filter(|visitor| board.conversation_of(*visitor).is_some());
        }
        ContactKey::Email => "email",
        ContactKey::Phone => "phone",
    };
    board.visitor_named(field, written)
}

/// What is tried: a version, or the draft.
async fn tried(app: &App, id: &WorkflowId, version: Option<u32>) -> ApiResult<WorkflowFile> {
    match version {
        Some(number) => Ok(workflows::version(app, id, number).await?.file),
        None => {
            let draft = app.store.workflows().workflow_draft(&app.workspace.id, id).await?;
            draft.map(|draft| draft.file).ok_or_else(workflows::no_draft)
        }
    }
}

/// What it is tried on, or what is wrong with that.
async fn played(
    app: &Arc<App>,
    caller: &Caller,
    tried: &WorkflowId,
    conversation: Option<ConversationId>,
    text: Option<String>,
) -> ApiResult<Result<Recording, Vec<Mistake>>> {
    match (conversation, text) {
        // JSON is YAML too.
        (None, Some(text)) => Ok(read_recording(Notation::Yaml, &text)),
        (Some(id), None) => {
            caller.require(AgentRole::Agent, Some(crate::keys::Scope::ConversationsRead))?;
            let id = live::readable(app, caller, &id.to_string()).await?.conversation;
            let missing = || ApiError::not_found("there is no such conversation for you");
            let kept = app.store.whole_conversation(&app.workspace.id, id).await?.ok_or_else(missing)?;
            let events = app.store.events_after(id, 0, recording::EVENTS_MAX).await?;
            let made = recording::of(&kept, &events, &app.directory(), tried);
            Ok(Ok(made.ok_or_else(|| ApiError::of(Code::WrongState, "this conversation cannot be played"))?))
        }
        (Some(_), Some(_)) | (None, None) => {
            Err(ApiError::malformed("give either `conversation` or `recording`").at("body"))
        }
    }
}
