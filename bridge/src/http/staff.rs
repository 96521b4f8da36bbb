//! `/api/v1/agents`: people are added with a sign-in, given a new password, and let go. All else about them is the setup's.

use super::api::{Caller, IfMatch, Sent};
use super::sessions::SignedIn;
use super::setup::faults::Held;
use super::setup::{self, Edit};
use crate::app::App;
use crate::clock;
use crate::error::{ApiError, ApiResult, Code};
use crate::password::{self, PASSWORD_BYTES_MAX, PASSWORD_BYTES_MIN};
use crate::people;
use crate::runtime::Input;
use crate::secret::Secret;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::setup::{AgentRole, AgentSetup, Setup};
use protocol::{AgentId, TeamId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use switchboard::Directory;

/// Somebody who is to work here.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentWanted {
    /// What they sign in with, and by which workflows name them.
    email: String,
    /// The name visitors and colleagues see.
    name: String,
    /// What they may do: `agent`, if not given. Keys add no admins.
    #[serde(default)]
    role: AgentRole,
    /// Room for conversations; 5, if not given.
    #[serde(default)]
    capacity: Option<u32>,
    /// Teams they are of from now on.
    #[serde(default)]
    teams: BTreeSet<TeamId>,
}

/// Somebody who works here from now on.
#[derive(Serialize, JsonSchema)]
pub struct AgentAdded {
    /// Their id, by which the setup and everything else names them.
    id: AgentId,
    /// What they sign in with.
    email: String,
    /// What they sign in with, too. It is shown this once; they can choose another with `PUT /session/password`.
    password: String,
}

/// A password that was made.
#[derive(Serialize, JsonSchema)]
pub struct PasswordMade {
    /// It is shown this once.
    password: String,
}

/// A password that somebody chooses.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordWanted {
    /// The one there is.
    current: String,
    /// The one there is to be: 10 to 1024 bytes.
    new: String,
}

/// `POST /agents`.
pub async fn add(
    State(app): State<Arc<App>>,
    caller: Caller,
    Sent(wanted): Sent<AgentWanted>,
) -> ApiResult<(StatusCode, Json<AgentAdded>)> {
    if wanted.role == AgentRole::Admin && matches!(caller, Caller::Program(_)) {
        let message = "a key makes nobody an admin: that takes an admin who is signed in";
        return Err(ApiError::not_allowed(message).at("body.role"));
    }
    let email = wanted.email.trim().to_lowercase();
    let fresh = AgentId::at(app.clock.now(), clock::random());
    let rows = app.store.agents(&app.workspace.id).await?;
    let known = rows.iter().find(|row| row.email == email).map(|row| row.id);
    // Looked at before anything is kept, so that what is refused leaves nothing behind.
    checked(app.directory().setup().clone(), known.unwrap_or(fresh), &wanted, &email)?;
    let password = Secret::password();
    let admitted = people::admit(&app.workspace.id, app.store.as_ref(), fresh, &email, &password).await;
    let (id, ended) = admitted.map_err(ApiError::internal)?;
    disconnect(&app, ended).await;
    let place = format!("agents.{id}");
    let edit = Edit { held: Held::At(&place), from: IfMatch::default() };
    setup::alter(&app, &caller, edit, |setup| checked(setup, id, &wanted, &email)).await?;
    let added = AgentAdded { id, email, password: password.expose().to_owned() };
    Ok((StatusCode::CREATED, Json(added)))
}

/// `DELETE /agents/{agent}`.
pub async fn let_go(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(agent): Path<String>,
) -> ApiResult<StatusCode> {
    let id = working(&app, &agent)?;
    let inactive = |mut setup: Setup| {
        setup.agents.get_mut(&id).ok_or_else(unknown)?.active = false;
        Ok(setup)
    };
    let edit = Edit { held: Held::Gone("agents", &agent), from: IfMatch::default() };
    setup::alter(&app, &caller, edit, inactive).await?;
    disconnect(&app, app.store.remove_sessions_of(id).await?).await;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /agents/{agent}/password`.
pub async fn new_password(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(agent): Path<String>,
) -> ApiResult<Json<PasswordMade>> {
    let id = working(&app, &agent)?;
    let is_admin = app.directory().is_at_least(id, AgentRole::Admin);
    if is_admin && matches!(caller, Caller::Program(_)) {
        let message = "a key gives no admin a password: that takes an admin who is signed in";
        return Err(ApiError::not_allowed(message));
    }
    let password = Secret::password();
    let hash = password::hash(&password).await.map_err(ApiError::internal)?;
    app.store.set_password(id, &hash).await?;
    disconnect(&app, app.store.remove_sessions_of(id).await?).await;
    Ok(Json(PasswordMade { password: password.expose().to_owned() }))
}

/// `PUT /session/password`.
pub async fn choose_password(
    State(app): State<Arc<App>>,
    signed_in: SignedIn,
    Sent(PasswordWanted { current, new }): Sent<PasswordWanted>,
) -> ApiResult<StatusCode> {
    if !(PASSWORD_BYTES_MIN..=PASSWORD_BYTES_MAX).contains(&new.len()) {
        let message = format!("a password has {PASSWORD_BYTES_MIN} to {PASSWORD_BYTES_MAX} bytes");
        return Err(ApiError::malformed(message).at("body.new"));
    }
    let (id, now) = (signed_in.badge.id, app.clock.now());
    let rows = app.store.agents(&app.workspace.id).await?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or_else(ApiError::not_signed_in)?;
    let wait = app.backoff.wait_seconds(&row.email, now);
    if wait > 0 {
        return Err(ApiError::too_many("wrong passwords for this email", wait));
    }
    let right = password::is_right(Secret::new(current), Some(row.password_hash)).await;
    if !right.map_err(ApiError::internal)? {
        app.backoff.failed(&row.email, now);
        return Err(ApiError::of(Code::WrongSignIn, "this is not the password there is").at("body.current"));
    }
    let hash = password::hash(&Secret::new(new)).await.map_err(ApiError::internal)?;
    app.store.set_password(id, &hash).await?;
    disconnect(&app, app.store.remove_sessions_of(id).await?).await;
    Ok(StatusCode::NO_CONTENT)
}

/// A setup with somebody in it, when it can be; or what about them is wrong.
fn checked(mut setup: Setup, id: AgentId, wanted: &AgentWanted, email: &str) -> ApiResult<Setup> {
    if setup.agents.get(&id).is_some_and(|agent| agent.active) {
        return Err(ApiError::of(Code::AlreadyThere, "somebody with this email works here").at("body.email"));
    }
    let before = setup.agents.remove(&id).unwrap_or_else(|| AgentSetup::named(""));
    let capacity = wanted.capacity.unwrap_or(before.capacity);
    let (name, email) = (wanted.name.trim().to_owned(), Some(email.to_owned()));
    let agent = AgentSetup { name, email, role: wanted.role, capacity, active: true, ..before };
    setup.agents.insert(id, agent);
    for team in &wanted.teams {
        let unknown =
            || ApiError::of(Code::UnknownName, format!("there is no team `{team}`")).at("body.teams");
        setup.teams.get_mut(team).ok_or_else(unknown)?.members.insert(id);
    }
    match Directory::new(setup.clone()) {
        Ok(_) => Ok(setup),
        Err(faults) => Err(Held::At(&format!("agents.{id}")).refused(&faults)),
    }
}

fn working(app: &App, agent: &str) -> ApiResult<AgentId> {
    let id = agent.parse().map_err(|_| unknown())?;
    app.directory().active(id).ok_or_else(unknown)?;
    Ok(id)
}

fn unknown() -> ApiError {
    ApiError::not_found("there is no such agent")
}

/// Ends the consoles of sign-ins that have ended.
async fn disconnect(app: &App, digests: Vec<Vec<u8>>) {
    for digest in digests.into_iter().filter_map(|digest| digest.try_into().ok()) {
        // A loop that has stopped has disconnected everybody.
        let _ = app.runtime.put(Input::SessionEnds(digest)).await;
    }
}
