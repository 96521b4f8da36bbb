//! `/api/v1/setup`: how the workspace is set up. Every change is a new revision; one that was made from an older revision is
//! refused, so that nobody overwrites what they have not seen.

use super::api::{Caller, Sent};
use super::live;
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::runtime::{Input, NoAnswer, SetupChange, SetupRefused};
use crate::store::SetupRow;
use axum::Json;
use axum::extract::{Path, State};
use protocol::Timestamp;
use protocol::setup::{Fault, Setup};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Attempts to change one part while others change other parts.
const TRIES_MAX: usize = 5;

/// How the workspace is set up.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SetupNow {
    /// Grows by one with every change.
    revision: u64,
    /// When it was changed last.
    changed_at: Timestamp,
    /// By whom.
    changed_by: String,
    /// Everything that is set up.
    setup: Setup,
}

/// A setup that is to replace the one there is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupWanted {
    /// The revision it was made from.
    revision: u64,
    /// Everything that is set up.
    setup: Setup,
}

/// What a change led to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    /// The revision now.
    revision: u64,
}

/// `GET /setup`.
pub async fn show(State(app): State<Arc<App>>) -> ApiResult<Json<SetupNow>> {
    let SetupRow { revision, changed_at, changed_by, setup } = now(&app).await?;
    Ok(Json(SetupNow { revision, changed_at, changed_by, setup }))
}

/// `PUT /setup`.
pub async fn replace(
    State(app): State<Arc<App>>,
    caller: Caller,
    Sent(SetupWanted { revision, setup }): Sent<SetupWanted>,
) -> ApiResult<Json<Changed>> {
    let change = SetupChange { from: revision, by: caller.name(), setup };
    change_it(&app, change)
        .await?
        .map(|revision| Json(Changed { revision }))
        .map_err(|now| outdated(revision, now))
}

/// `POST /setup/check`.
pub async fn check(Sent(SetupWanted { setup, .. }): Sent<SetupWanted>) -> Json<Vec<Told>> {
    let faults = switchboard::Directory::new(setup).err().unwrap_or_default();
    Json(faults.into_iter().map(Told::from).collect())
}

/// One thing that is wrong in a setup.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fault")]
pub struct Told {
    /// Where, as a path of keys.
    place: String,
    /// What is wrong and what would be right.
    message: String,
}

/// `PUT /setup/{part}/{id}`.
pub async fn put_part(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((part, id)): Path<(String, String)>,
    Sent(value): Sent<Value>,
) -> ApiResult<Json<Changed>> {
    edit(&app, &caller, &part, &id, Some(value)).await
}

/// `DELETE /setup/{part}/{id}`.
pub async fn remove_part(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((part, id)): Path<(String, String)>,
) -> ApiResult<Json<Changed>> {
    edit(&app, &caller, &part, &id, None).await
}

/// `PUT /setup/rules`.
pub async fn put_rules(
    State(app): State<Arc<App>>,
    caller: Caller,
    Sent(value): Sent<Value>,
) -> ApiResult<Json<Changed>> {
    for _ in 0..TRIES_MAX {
        let row = now(&app).await?;
        let rules = serde_path_to_error::deserialize(value.clone())
            .map_err(|error| unreadable(&error.path().to_string(), &error.inner().to_string()))?;
        let setup = Setup { rules, ..row.setup };
        let change = SetupChange { from: row.revision, by: caller.name(), setup };
        if let Ok(revision) = change_it(&app, change).await? {
            return Ok(Json(Changed { revision }));
        }
    }
    Err(ApiError::try_again("others are changing the setup at this moment"))
}

/// Changes one part, whatever happens to the others meanwhile.
async fn edit(
    app: &Arc<App>,
    caller: &Caller,
    part: &str,
    id: &str,
    value: Option<Value>,
) -> ApiResult<Json<Changed>> {
    const PARTS: [&str; 6] = ["agents", "teams", "queues", "sites", "calendars", "reasons"];
    if !PARTS.contains(&part) {
        return Err(ApiError::not_found(format!("the parts of a setup are: {}", PARTS.join(", "))));
    }
    for _ in 0..TRIES_MAX {
        let row = now(app).await?;
        let mut whole = serde_json::to_value(&row.setup).map_err(ApiError::internal)?;
        let Some(things) = whole.get_mut(part).and_then(Value::as_object_mut) else {
            return Err(ApiError::internal("a part of the setup is no object"));
        };
        match &value {
            Some(value) => drop(things.insert(id.to_owned(), value.clone())),
            None if things.remove(id).is_none() => {
                return Err(ApiError::not_found(format!("there is no `{id}` among the {part}")));
            }
            None => {}
        }
        let setup = serde_path_to_error::deserialize(whole)
            .map_err(|error| unreadable(&error.path().to_string(), &error.inner().to_string()))?;
        let change = SetupChange { from: row.revision, by: caller.name(), setup };
        if let Ok(revision) = change_it(app, change).await? {
            return Ok(Json(Changed { revision }));
        }
    }
    Err(ApiError::try_again("others are changing the setup at this moment"))
}

async fn now(app: &Arc<App>) -> ApiResult<SetupRow> {
    let row = app.store.setup(&app.workspace.id).await?;
    row.ok_or_else(|| ApiError::not_found("this workspace is not set up yet"))
}

/// The new revision, or the one there is when the change was made from another.
async fn change_it(app: &App, change: SetupChange) -> ApiResult<Result<u64, u64>> {
    let asked = app.runtime.ask(|answer| Input::SetsUp { change: Box::new(change), answer }).await;
    match asked {
        Ok(Ok(revision)) => Ok(Ok(revision)),
        Ok(Err(SetupRefused::Outdated(revision))) => Ok(Err(revision)),
        Ok(Err(SetupRefused::Faults(faults))) => Err(wrong(&faults)),
        Ok(Err(SetupRefused::TryAgain)) | Err(NoAnswer) => Err(live::away()),
    }
}

fn wrong(faults: &[Fault]) -> ApiError {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let place = faults.first().map(|fault| format!("body.{}", fault.place)).unwrap_or_default();
    ApiError::of(Code::Faults, told.join("; ")).at(place)
}

fn outdated(from: u64, now: u64) -> ApiError {
    let message = format!("this was made from revision {from}, and the setup is at {now}: read it again");
    ApiError::of(Code::Outdated, message).at("body.revision")
}

fn unreadable(path: &str, message: &str) -> ApiError {
    ApiError::malformed(message).at(format!("body.{path}"))
}

impl From<Fault> for Told {
    fn from(Fault { place, message }: Fault) -> Self {
        Self { place, message }
    }
}
