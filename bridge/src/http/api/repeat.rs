//! `Idempotency-Key`: a caller's own name for a request, so that one whose answer was lost can be sent again and is carried
//! out once. What was done under a name is answered the same for a day.
//!
//! A name is taken in the store before anything is done. A process that dies in between leaves it taken: then nobody knows
//! what became of the first request, and the repeat is told so rather than risked.

use super::caller::Caller;
use super::endpoint::Once;
use crate::app::App;
use crate::clock;
use crate::error::{ApiError, ApiResult, Code};
use crate::secret::sha256;
use crate::store::{Claim, Claimed};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// The header.
pub const HEADER: &str = "idempotency-key";
/// A repeat's answer says that it is one.
const REPLAYED: HeaderValue = HeaderValue::from_static("true");
/// An answer is remembered this long.
pub const KEPT_SECONDS: u64 = 24 * 60 * 60;
/// One that holds a secret is remembered this long, in memory alone.
pub const SECRET_KEPT_SECONDS: u64 = 10 * 60;
/// Such answers remembered at once.
const SECRETS_MAX: usize = 200;
/// Requests of unknown outcome that are remembered; one that is forgotten is told to be in progress.
const BROKEN_MAX: usize = 10_000;
/// Old answers are looked for this often.
const FORGET_EVERY_SECONDS: u64 = 600;
/// No answer that is kept is larger.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What this process knows of answers.
pub struct Repeats {
    process: [u8; 16],
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    secrets: BTreeMap<(String, Uuid), (Timestamp, Bytes)>,
    /// Of this process, those of which nobody knows what became.
    broken: BTreeSet<(String, Uuid)>,
    forgot_at: Timestamp,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { process: clock::random(), memory: Mutex::default() }
    }
}

impl Repeats {
    fn remember(&self, claim: &Claim, body: Bytes, now: Timestamp) {
        let mut memory = self.lock();
        memory.secrets.retain(|_, (at, _)| now < at.plus_seconds(SECRET_KEPT_SECONDS));
        if memory.secrets.len() < SECRETS_MAX {
            memory.secrets.insert((claim.caller.clone(), claim.name), (now, body));
        }
    }

    fn recall(&self, claim: &Claim, now: Timestamp) -> Option<Bytes> {
        let memory = self.lock();
        let (at, body) = memory.secrets.get(&(claim.caller.clone(), claim.name))?;
        (now < at.plus_seconds(SECRET_KEPT_SECONDS)).then(|| body.clone())
    }

    fn breaks(&self, claim: &Claim) {
        let mut memory = self.lock();
        if memory.broken.len() >= BROKEN_MAX {
            memory.broken.pop_first();
        }
        memory.broken.insert((claim.caller.clone(), claim.name));
    }

    fn is_broken(&self, claim: &Claim) -> bool {
        self.lock().broken.contains(&(claim.caller.clone(), claim.name))
    }

    fn is_time_to_forget(&self, now: Timestamp) -> bool {
        let mut memory = self.lock();
        let is_time = now >= memory.forgot_at.plus_seconds(FORGET_EVERY_SECONDS);
        if is_time {
            memory.forgot_at = now;
        }
        is_time
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Carries a named request out once. Those without a name go on as they are.
pub async fn once(
    State((app, once, bytes_max)): State<(Arc<App>, Once, usize)>,
    request: Request,
    next: Next,
) -> Response {
    if !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    match named(&app, once, bytes_max, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn named(
    app: &Arc<App>,
    once: Once,
    bytes_max: usize,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let (mut parts, body) = request.into_parts();
    let name = name(&parts.headers)?;
    let caller = Caller::identify(&mut parts, app).await?.id();
    let too_large = |_| ApiError::too_large("the body is larger than this address takes");
    let body_sent = to_bytes(body, bytes_max).await.map_err(too_large)?;
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let asked = [parts.method.as_str().as_bytes(), path.as_bytes(), &body_sent].join(&b'\n');
    let claim = Claim { caller, name, fingerprint: sha256(&asked), process: app.repeats.process };
    let now = app.clock.now();
    forget_old(app, now);
    match app.store.keyring().claim(&app.workspace.id, &claim, now).await? {
        Claimed::New => {
            finish(app, once, claim, Request::from_parts(parts, Body::from(body_sent)), next).await
        }
        Claimed::Known { fingerprint, process, status, body } => {
            if fingerprint != claim.fingerprint {
                let message = "another request had this name before: give each request a name of its own";
                return Err(ApiError::of(Code::NameReused, message).at("header.idempotency-key"));
            }
            let Some(status) = status else {
                if once == Once::Recognised {
                    let request = Request::from_parts(parts, Body::from(body_sent));
                    return finish(app, once, claim, request, next).await;
                }
                let is_ours = process == claim.process && !app.repeats.is_broken(&claim);
                return Err(unanswered(is_ours));
            };
            let body = body.map(Bytes::from).or_else(|| app.repeats.recall(&claim, now));
            let body = body.ok_or_else(|| {
                let message =
                    "this was done, and its answer held a secret, which is not kept: undo it, and ask anew";
                ApiError::of(Code::AnswerNotKept, message)
            })?;
            Ok(answer(status, body))
        }
    }
}

/// Carries it out to its end: whoever asks may hang up.
async fn finish(
    app: &Arc<App>,
    once: Once,
    claim: Claim,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let (doing, key) = (Arc::clone(app), claim.clone());
    let carried_out = tokio::spawn(async move { carry_out(&doing, once, &claim, request, next).await });
    let answered = carried_out.await.map_err(ApiError::internal).flatten();
    let known = answered.as_ref().is_ok_and(|response| !response.status().is_server_error());
    if !known {
        app.repeats.breaks(&key);
    }
    answered
}

fn name(headers: &HeaderMap) -> ApiResult<Uuid> {
    let name = headers.get(HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
    name.ok_or_else(|| {
        ApiError::malformed("a name is a UUID, such as 01932f0c-7d00-7000-8000-000000000001")
            .at("header.idempotency-key")
    })
}

async fn carry_out(
    app: &Arc<App>,
    once: Once,
    claim: &Claim,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let (parts, body) = next.run(request).await.into_parts();
    let keyring = app.store.keyring();
    if parts.status.is_server_error() {
        // It may have been done all the same, so the name is not free.
        return Ok(Response::from_parts(parts, body));
    }
    if !parts.status.is_success() {
        // Nothing was done, so nothing has to be remembered.
        keyring.give_back(&app.workspace.id, claim).await?;
        return Ok(Response::from_parts(parts, body));
    }
    let body = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(ApiError::internal)?;
    let kept = match once {
        Once::KeptSecret => {
            app.repeats.remember(claim, body.clone(), app.clock.now());
            None
        }
        Once::Kept | Once::Recognised | Once::Harmless => Some(body.as_ref()),
    };
    keyring.keep_answer(&app.workspace.id, claim, parts.status.as_u16(), kept).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn unanswered(by_this_process: bool) -> ApiError {
    match by_this_process {
        true => ApiError::of(
            Code::InProgress,
            "the first request of this name is still being answered: wait a moment",
        ),
        false => ApiError::of(
            Code::OutcomeUnknown,
            "what became of the first request of this name is not known: look whether it was done, and ask under a new name if not",
        ),
    }
}

fn answer(status: u16, body: Bytes) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    headers.insert("idempotency-replayed", REPLAYED);
    if status != StatusCode::NO_CONTENT {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

fn forget_old(app: &Arc<App>, now: Timestamp) {
    if !app.repeats.is_time_to_forget(now) {
        return;
    }
    let (app, before) = (Arc::clone(app), now.millis().saturating_sub(KEPT_SECONDS * 1_000));
    tokio::spawn(async move {
        if let Err(error) = app.store.keyring().forget_answers(Timestamp::from_millis(before)).await {
            tracing::warn!("old answers could not be forgotten: {error}");
        }
    });
}
