//! `/api/v1/me` and `/api/v1/keys`: who calls, and the keys of programs.

use super::api::{Caller, Page, PageQuery, Query, Sent};
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::keys::{NewKey, NotMade, Scope, scopes};
use crate::store::KeyRow;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::{AgentRole, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Who calls.
#[derive(Serialize, JsonSchema)]
pub struct Me {
    /// What they are.
    kind: MeKind,
    /// The agent's id, or the key's.
    id: Uuid,
    /// The agent's name, or the key's.
    name: String,
    /// What an agent may do; `null` for a key.
    role: Option<AgentRole>,
    /// What a key may do; `null` for an agent.
    scopes: Option<BTreeSet<Scope>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum MeKind {
    Agent,
    Key,
}

/// A key that is asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyWanted {
    /// What it is for: 1 to 80 characters.
    name: String,
    /// What it may do: at least one scope.
    scopes: BTreeSet<Scope>,
    /// For how many days it works, 1 to 3650; until it is revoked, if not given.
    #[serde(default)]
    days: Option<u64>,
}

/// A key. The key itself is not kept.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Key")]
pub struct KeyCard {
    /// Which.
    id: Uuid,
    /// How the key begins.
    prefix: String,
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: BTreeSet<Scope>,
    /// When it was made.
    made_at: Timestamp,
    /// Who made it; `null` is the command line.
    made_by: Option<String>,
    /// When it ends by itself; `null` is never.
    expires_at: Option<Timestamp>,
    /// When it was last used, to the minute; `null` is never.
    used_at: Option<Timestamp>,
    /// When it was revoked; `null` when it was not.
    revoked_at: Option<Timestamp>,
    /// Who revoked it.
    revoked_by: Option<String>,
}

/// A key that was made just now.
#[derive(Serialize, JsonSchema)]
pub struct KeyMade {
    /// The whole key. It is shown this once.
    secret: String,
    /// What is kept of it.
    key: KeyCard,
}

/// `GET /me`.
pub async fn me(caller: Caller) -> Json<Me> {
    Json(match caller {
        Caller::Agent(signed_in) => Me {
            kind: MeKind::Agent,
            id: signed_in.badge.id.0,
            name: signed_in.badge.name,
            role: Some(signed_in.role),
            scopes: None,
        },
        Caller::Program(program) => Me {
            kind: MeKind::Key,
            id: program.id,
            name: program.name,
            role: None,
            scopes: Some(program.scopes),
        },
    })
}

/// `GET /keys`.
pub async fn list(
    State(app): State<Arc<App>>,
    Query(query): Query<PageQuery>,
) -> ApiResult<Json<Page<KeyCard>>> {
    let cursor = query.cursor::<Uuid>()?;
    let found = app.keys.list(cursor.behind, cursor.limit).await?;
    Ok(Json(cursor.page(found, |row| row.id, KeyCard::from)))
}

/// `POST /keys`.
pub async fn make(
    State(app): State<Arc<App>>,
    caller: Caller,
    Sent(wanted): Sent<KeyWanted>,
) -> ApiResult<(StatusCode, Json<KeyMade>)> {
    let KeyWanted { name, scopes, days } = wanted;
    let made = app.keys.make(NewKey { name, scopes, days }, Some(caller.name())).await.map_err(not_made)?;
    let (row, secret) = made;
    Ok((StatusCode::CREATED, Json(KeyMade { secret: secret.expose().to_owned(), key: row.into() })))
}

/// `DELETE /keys/{key}`.
pub async fn revoke(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(key): Path<String>,
) -> ApiResult<StatusCode> {
    let missing = || ApiError::not_found("there is no such key, or it was revoked already");
    let id = key.parse().map_err(|_| missing())?;
    match app.keys.revoke(id, Some(caller.name())).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(missing()),
    }
}

impl From<KeyRow> for KeyCard {
    fn from(row: KeyRow) -> Self {
        let revoked = row.revoked;
        Self {
            id: row.id,
            prefix: row.prefix,
            name: row.name,
            scopes: scopes(&row.scopes),
            made_at: row.made.at,
            made_by: row.made.by,
            expires_at: row.until,
            used_at: row.used_at,
            revoked_at: revoked.as_ref().map(|mark| mark.at),
            revoked_by: revoked.and_then(|mark| mark.by),
        }
    }
}

fn not_made(not_made: NotMade) -> ApiError {
    match not_made {
        NotMade::Unfit(part, right) => ApiError::malformed(right).at(format!("body.{part}")),
        NotMade::TooMany => ApiError::of(Code::TooManyThings, not_made.to_string()),
        NotMade::Store(error) => error.into(),
    }
}
