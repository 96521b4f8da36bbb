//! `/api/v1/setup`: how the workspace is set up. Every change is a new revision; one that was made from an older revision is
//! refused, so that nobody overwrites what they have not seen.

pub mod faults;

use self::faults::Held;
use super::api::{Caller, IfMatch, Page, PageQuery, Query, Revised, Sent};
use super::live;
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code, Flaw};
use crate::people;
use crate::runtime::{Input, NoAnswer, SetupChange, SetupRefused};
use crate::store::SetupRow;
use crate::unreadable::in_words;
use axum::Json;
use axum::extract::{Path, State};
use protocol::setup::{
    AgentRole, AgentSetup, CalendarSetup, QueueSetup, Reason, Setup, SiteSetup, TeamSetup,
};
use protocol::{AgentId, Timestamp};
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

/// What the setup was, or is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SetupRevision")]
pub struct Revision {
    /// Which; the greatest is in force.
    revision: u64,
    /// When it was made.
    changed_at: Timestamp,
    /// By whom.
    changed_by: String,
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
pub async fn show(State(app): State<Arc<App>>) -> ApiResult<Revised<Json<SetupNow>>> {
    let SetupRow { revision, changed_at, changed_by, setup } = now(&app).await?;
    Ok(Revised(revision, Json(SetupNow { revision, changed_at, changed_by, setup })))
}

/// `GET /setup/revisions`.
pub async fn revisions(
    State(app): State<Arc<App>>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Revision>>> {
    let cursor = page.cursor::<u64>()?;
    let before = cursor.behind.unwrap_or(u64::MAX);
    let found = app.store.setup_revisions(&app.workspace.id, before, cursor.limit).await?;
    let card = |(revision, changed_at, changed_by)| Revision { revision, changed_at, changed_by };
    Ok(Json(cursor.page(found, |(revision, ..)| *revision, card)))
}

/// `GET /setup/revisions/{revision}`.
pub async fn revision(
    State(app): State<Arc<App>>,
    Path(revision): Path<String>,
) -> ApiResult<Json<SetupNow>> {
    let missing = || ApiError::not_found("there was no such revision");
    let number = revision.parse().map_err(|_| missing())?;
    let kept = app.store.setup_at(&app.workspace.id, number).await?.ok_or_else(missing)?;
    let SetupRow { revision, changed_at, changed_by, setup } = kept;
    Ok(Json(SetupNow { revision, changed_at, changed_by, setup }))
}

/// `PUT /setup`.
pub async fn replace(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: IfMatch,
    Sent(SetupWanted { revision, setup }): Sent<SetupWanted>,
) -> ApiResult<Revised<Json<Changed>>> {
    let row = now(&app).await?;
    from.check(row.revision)?;
    may_change(&caller, &row.setup, &setup, Held::Whole)?;
    let change = SetupChange { from: revision, by: caller.name(), setup };
    let made = change_it(&app, change, Held::Whole).await?;
    made.map(revised).map_err(|now| outdated(revision, now))
}

/// `POST /setup/check`.
pub async fn check(
    State(app): State<Arc<App>>,
    Sent(SetupWanted { setup, .. }): Sent<SetupWanted>,
) -> ApiResult<Json<Vec<Flaw>>> {
    let strangers = people::strangers(&setup, &app.store.agents(&app.workspace.id).await?);
    let odd = protocol::setup::odd(&setup);
    let mut faults = switchboard::Directory::new(setup).err().unwrap_or_default();
    faults.extend(odd.into_iter().chain(strangers));
    Ok(Json(Held::Whole.told(&faults)))
}

/// One thing of a setup, as its part has it.
#[derive(JsonSchema)]
#[schemars(untagged, rename = "SetupPart")]
#[expect(
    dead_code,
    reason = "it says what a body looks like; which of these one is read as depends on its address"
)]
pub enum PartWanted {
    /// In `agents`.
    Agent(AgentSetup),
    /// In `teams`.
    Team(TeamSetup),
    /// In `queues`.
    Queue(QueueSetup),
    /// In `sites`.
    Site(SiteSetup),
    /// In `calendars`.
    Calendar(CalendarSetup),
    /// In `reasons`.
    Reason(Reason),
}

/// `PUT /setup/{part}/{id}`.
pub async fn put_part(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((part, id)): Path<(String, String)>,
    from: IfMatch,
    Sent(value): Sent<Value>,
) -> ApiResult<Revised<Json<Changed>>> {
    let place = format!("{part}.{id}");
    let change = Edit { held: Held::At(&place), from };
    edit(&app, &caller, change, (&part, &id), Some(value)).await
}

/// `DELETE /setup/{part}/{id}`.
pub async fn remove_part(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path((part, id)): Path<(String, String)>,
    from: IfMatch,
) -> ApiResult<Revised<Json<Changed>>> {
    let change = Edit { held: Held::Gone(&part, &id), from };
    edit(&app, &caller, change, (&part, &id), None).await
}

/// `PUT /setup/rules`.
pub async fn put_rules(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: IfMatch,
    Sent(value): Sent<Value>,
) -> ApiResult<Revised<Json<Changed>>> {
    let held = Held::At("rules");
    let with_rules = |setup: Setup| {
        let mut whole = serde_json::to_value(&setup).map_err(ApiError::internal)?;
        whole["rules"] = value.clone();
        read(whole, held)
    };
    alter(&app, &caller, Edit { held, from }, with_rules).await.map(revised)
}

/// Adds, replaces or removes one thing.
async fn edit(
    app: &Arc<App>,
    caller: &Caller,
    change: Edit<'_>,
    (part, id): (&str, &str),
    value: Option<Value>,
) -> ApiResult<Revised<Json<Changed>>> {
    const PARTS: [&str; 6] = ["agents", "teams", "queues", "sites", "calendars", "reasons"];
    if !PARTS.contains(&part) {
        return Err(ApiError::not_found(format!("the parts of a setup are: {}", PARTS.join(", "))));
    }
    let held = change.held;
    let edited = |setup: Setup| {
        let mut whole = serde_json::to_value(&setup).map_err(ApiError::internal)?;
        let Some(things) = whole.get_mut(part).and_then(Value::as_object_mut) else {
            return Err(ApiError::internal("a part of the setup is no object"));
        };
        match &value {
            Some(value) => drop(things.insert(id.to_owned(), value.clone())),
            // What was done for a reason keeps its words.
            None if part == "reasons" && things.contains_key(id) => things[id]["retired"] = Value::Bool(true),
            None if things.remove(id).is_none() => {
                return Err(ApiError::not_found(format!("there is no `{id}` among the {part}")));
            }
            None => {}
        }
        read(whole, held)
    };
    alter(app, caller, change, edited).await.map(revised)
}

/// A change of a part.
pub struct Edit<'a> {
    /// What the request holds of the setup.
    pub held: Held<'a>,
    /// The revisions it may be made from.
    pub from: IfMatch,
}

/// Changes a part, whatever happens to the others meanwhile unless the change was made from one revision alone.
pub async fn alter(
    app: &App,
    caller: &Caller,
    Edit { held, from }: Edit<'_>,
    altered: impl Fn(Setup) -> ApiResult<Setup>,
) -> ApiResult<u64> {
    for _ in 0..TRIES_MAX {
        let row = now(app).await?;
        from.check(row.revision)?;
        let setup = altered(row.setup.clone())?;
        may_change(caller, &row.setup, &setup, held)?;
        let change = SetupChange { from: row.revision, by: caller.name(), setup };
        if let Ok(revision) = change_it(app, change, held).await? {
            return Ok(revision);
        }
    }
    Err(ApiError::try_again("others are changing the setup at this moment"))
}

fn revised(revision: u64) -> Revised<Json<Changed>> {
    Revised(revision, Json(Changed { revision }))
}

fn read(whole: Value, held: Held<'_>) -> ApiResult<Setup> {
    serde_path_to_error::deserialize(whole).map_err(|error| {
        let place = held.place(&error.path().to_string());
        ApiError::malformed(in_words(&error.inner().to_string()))
            .at(place.unwrap_or_else(|| "body".to_owned()))
    })
}

/// An admin may make keys, so a key that makes admins could do whatever it liked.
fn may_change(caller: &Caller, before: &Setup, after: &Setup, held: Held<'_>) -> ApiResult<()> {
    let Caller::Program(_) = caller else { return Ok(()) };
    let is_admin = |setup: &Setup, id: &AgentId| {
        setup.agents.get(id).is_some_and(|agent| agent.role == AgentRole::Admin && agent.active)
    };
    match after.agents.keys().find(|id| is_admin(after, id) && !is_admin(before, id)) {
        Some(id) => {
            let message = "a key makes nobody an admin: that takes an admin who is signed in";
            let place = held.place(&format!("agents.{id}.role"));
            Err(ApiError::not_allowed(message).at(place.unwrap_or_else(|| "body".to_owned())))
        }
        None => Ok(()),
    }
}

async fn now(app: &App) -> ApiResult<SetupRow> {
    let row = app.store.setup(&app.workspace.id).await?;
    row.ok_or_else(|| ApiError::not_found("this workspace is not set up yet"))
}

/// The new revision, or the one there is when the change was made from another.
async fn change_it(app: &App, change: SetupChange, held: Held<'_>) -> ApiResult<Result<u64, u64>> {
    let asked = app.runtime.ask(|answer| Input::SetsUp { change: Box::new(change), answer }).await;
    match asked {
        Ok(Ok(revision)) => Ok(Ok(revision)),
        Ok(Err(SetupRefused::Outdated(revision))) => Ok(Err(revision)),
        Ok(Err(SetupRefused::Faults(faults))) => Err(held.refused(&faults)),
        Ok(Err(SetupRefused::TryAgain)) | Err(NoAnswer) => Err(live::away()),
    }
}

fn outdated(from: u64, now: u64) -> ApiError {
    let message = format!("this was made from revision {from}, and the setup is at {now}: read it again");
    ApiError::of(Code::Outdated, message).at("body.revision")
}
