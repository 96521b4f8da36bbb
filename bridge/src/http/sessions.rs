//! `/api/v1/session`: signing in and out. The cookie holds a random secret of which the store keeps a digest.

use super::api::Caller;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::password::{self, PASSWORD_BYTES_MAX};
use crate::runtime::Input;
use crate::secret::Secret;
use crate::socket::hub::SessionDigest;
use crate::store::SessionRow;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{AgentBadge, AgentRole, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;

const COOKIE: &str = "passerelle_session";

/// A sign-in ends by itself after this long.
const SESSION_SECONDS_MAX: u64 = 7 * 24 * 60 * 60;

/// Who a call comes from. Handlers that take it are for agents only.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub badge: AgentBadge,
    /// What they may do.
    pub role: AgentRole,
    /// By which sign-in.
    pub session: SessionDigest,
    /// When it ends.
    pub until: Timestamp,
}

/// What an agent signs in with.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// In whatever case.
    email: String,
    /// Theirs.
    password: String,
}

/// Who is signed in.
#[derive(Serialize, JsonSchema)]
pub struct Session {
    /// Who.
    agent: AgentBadge,
    /// What they may do.
    role: AgentRole,
}

/// `GET`: who is signed in.
pub async fn current(signed_in: SignedIn) -> Response {
    Json(Session { agent: signed_in.badge, role: signed_in.role }).into_response()
}

/// `POST`: signs in.
pub async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Response> {
    let address = app.guests.address(peer.ip(), &headers).unwrap_or(peer.ip());
    let passed = app.sign_in_gate.pass(address, app.clock.now());
    passed.map_err(|wait| ApiError::too_many("wrong passwords from this address", wait))?;
    let credentials: Credentials = serde_json::from_slice(&body)
        .map_err(|error| ApiError::malformed(format!("expected {{\"email\":…,\"password\":…}}: {error}")))?;
    let email = credentials.email.trim().to_lowercase();
    let wait = app.backoff.wait_seconds(&email, app.clock.now());
    if wait > 0 {
        return Err(ApiError::too_many("wrong passwords for this email", wait));
    }
    let Some((badge, role)) = check(&app, &email, Secret::new(credentials.password)).await? else {
        app.backoff.failed(&email, app.clock.now());
        tracing::info!("a sign-in was refused");
        return Err(ApiError::wrong_sign_in());
    };
    app.backoff.succeeded(&email);
    app.sign_in_gate.refund(address);
    let secret = Secret::for_session();
    let until = app.clock.now().plus_seconds(SESSION_SECONDS_MAX);
    let row = SessionRow { secret_digest: secret.digest().to_vec(), agent: badge.id, until };
    app.store.add_session(&row).await?;
    let cookie = cookie(secret.expose(), SESSION_SECONDS_MAX, is_encrypted(&headers));
    Ok(([(header::SET_COOKIE, cookie)], Json(Session { agent: badge, role })).into_response())
}

/// `DELETE`: signs out, and disconnects this sign-in's consoles.
pub async fn sign_out(
    State(app): State<Arc<App>>,
    signed_in: SignedIn,
    headers: HeaderMap,
) -> ApiResult<Response> {
    app.store.remove_session(&signed_in.session).await?;
    // A loop that has stopped has disconnected everybody.
    let _ = app.runtime.put(Input::SessionEnds(signed_in.session)).await;
    let cookie = cookie("", 0, is_encrypted(&headers));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        if let Some(Caller::Agent(known)) = parts.extensions.get() {
            return Ok(known.clone());
        }
        let secret = session_secret(&parts.headers).ok_or_else(ApiError::not_signed_in)?;
        let session = secret.digest();
        let row = app.store.session(&session, app.clock.now()).await?.ok_or_else(ApiError::not_signed_in)?;
        let directory = app.directory();
        let profile = directory.active(row.agent).ok_or_else(ApiError::not_signed_in)?;
        Ok(Self { badge: directory.badge(row.agent), role: profile.role, session, until: row.until })
    }
}

/// Whose email and password these are. As slow for an email nobody has.
async fn check(app: &App, email: &str, password: Secret) -> ApiResult<Option<(AgentBadge, AgentRole)>> {
    if password.expose().len() > PASSWORD_BYTES_MAX {
        return Ok(None);
    }
    let rows = app.store.agents(&app.workspace.id).await?;
    let found = rows.into_iter().find(|row| row.email == email);
    let directory = app.directory();
    let known = found.filter(|row| directory.active(row.id).is_some());
    let hash = known.as_ref().map(|row| row.password_hash.clone());
    let right = password::is_right(password, hash).await.map_err(ApiError::internal)?;
    let id = known.filter(|_| right).map(|row| row.id);
    Ok(id.and_then(|id| Some((directory.badge(id), directory.active(id)?.role))))
}

fn session_secret(headers: &HeaderMap) -> Option<Secret> {
    cookie_named(headers, COOKIE)
}

/// What a cookie holds.
pub fn cookie_named(headers: &HeaderMap, wanted: &str) -> Option<Secret> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == wanted).map(|(_, value)| Secret::new(value))
}

/// Strict: the console is always opened by its own address, never followed into from a foreign page with rights.
fn cookie(value: &str, seconds: u64, encrypted: bool) -> String {
    let secure = if encrypted { "; Secure" } else { "" };
    format!("{COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}")
}

/// Whether the page was loaded by HTTPS; the bridge itself stands behind whatever ends TLS.
fn is_encrypted(headers: &HeaderMap) -> bool {
    headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes().starts_with(b"https://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_sessions_cookie_is_found_among_others() {
        for (header, expected) in [
            ("passerelle_session=abc", Some("abc")),
            ("theme=dark; passerelle_session=abc; x=y", Some("abc")),
            ("passerelle_session_old=abc", None),
            ("theme=passerelle_session", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(header));
            assert_eq!(session_secret(&headers).as_ref().map(Secret::expose), expected, "{header}");
        }
    }

    #[test]
    fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let plain = cookie("abc", 60, false);
        assert_eq!(plain, "passerelle_session=abc; HttpOnly; SameSite=Strict; Path=/; Max-Age=60");
        assert!(cookie("abc", 60, true).ends_with("; Secure"));
    }
}
