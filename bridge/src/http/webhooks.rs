//! `/api/v1/webhooks`: who is told of events, and what became of telling them.

use super::api::{Caller, Page, PageQuery, Query, Sent};
use crate::app::App;
use crate::error::{ApiError, ApiResult, Code};
use crate::store::{AttemptRow, DeliveryRow, DeliveryState, WebhookRow};
use crate::webhooks::{NotDone, OVERLAP_HOURS_DEFAULT, Wanted, message_id};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::{ConversationId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// A webhook that is asked for, or what is to be changed of one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookWanted {
    /// Where events are sent: an https address. A new webhook needs one.
    url: Option<String>,
    /// What it is for: up to 200 characters.
    description: Option<String>,
    /// Which kinds of events; an empty list means all.
    kinds: Option<BTreeSet<String>>,
    /// Whether events are sent. One that becomes active begins with what happens from then on; one that becomes inactive
    /// gives up what waits.
    active: Option<bool>,
}

/// A webhook.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub struct WebhookCard {
    /// Which.
    id: Uuid,
    /// Where events are sent.
    url: String,
    /// What it is for.
    description: String,
    /// Which kinds of events; an empty list means all.
    kinds: Vec<String>,
    /// Whether events are sent.
    active: bool,
    /// When it was made.
    made_at: Timestamp,
    /// Who made it; `null` is the command line.
    made_by: Option<String>,
    /// Since when every attempt has failed; `null` while it works.
    failing_since: Option<Timestamp>,
    /// Why the bridge itself made it inactive; `null` when it did not.
    notice: Option<Notice>,
}

/// Why the bridge sends nothing more.
#[derive(Serialize, JsonSchema)]
pub struct Notice {
    /// Since when.
    at: Timestamp,
    /// Why, for people.
    why: String,
}

/// A webhook that was made just now.
#[derive(Serialize, JsonSchema)]
pub struct WebhookMade {
    /// What deliveries are signed with. It is shown this once.
    secret: String,
    /// The webhook.
    webhook: WebhookCard,
}

/// How a secret is replaced.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateWanted {
    /// For how many hours deliveries are signed with the earlier secret too: 0 to 168, and 24 if not given.
    #[serde(default)]
    overlap_hours: Option<u64>,
}

/// A new secret.
#[derive(Serialize, JsonSchema)]
pub struct Rotated {
    /// What deliveries are signed with from now on. It is shown this once.
    secret: String,
    /// Until then they are signed with the earlier one too.
    earlier_until: Timestamp,
}

/// Which deliveries.
#[derive(Deserialize, JsonSchema)]
pub struct DeliveryQuery {
    /// Only those in this state: `waiting`, `delivered` or `given_up`.
    state: Option<String>,
}

/// One event for one webhook.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
pub struct DeliveryCard {
    /// Which: the `webhook-id` it is sent with.
    id: String,
    /// The event's kind.
    kind: String,
    /// The event's conversation.
    conversation: ConversationId,
    /// The event's number there.
    number: u64,
    /// When the event happened.
    at: Timestamp,
    /// `waiting`, `delivered` or `given_up`.
    state: &'static str,
    /// Attempts since it last began to wait.
    attempts: u32,
    /// When it is tried next; `null` when never, or when an earlier event of the conversation comes first.
    next_at: Option<Timestamp>,
    /// When it was delivered or given up.
    ended_at: Option<Timestamp>,
}

/// A delivery with all that is known of it.
#[derive(Serialize, JsonSchema)]
pub struct DeliveryInFull {
    /// The delivery.
    delivery: DeliveryCard,
    /// What is sent; `null` when the event is no longer kept.
    body: Option<Value>,
    /// Every attempt, the oldest first.
    attempts: Vec<Attempt>,
}

/// One attempt.
#[derive(Serialize, JsonSchema)]
pub struct Attempt {
    /// When it began.
    at: Timestamp,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// The answer's status; `null` when there was no answer.
    status: Option<u16>,
    /// Why it failed: `status`, `redirect`, `unreachable`, `too_slow`, `not_public` or `event_gone`.
    why: Option<String>,
    /// The answer's beginning.
    answer: String,
}

/// From when on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayWanted {
    /// Events that happened then or later are sent once more.
    since: Timestamp,
}

/// Every webhook.
#[derive(Serialize, JsonSchema)]
pub struct Webhooks {
    /// The oldest first. There are 50 at most, so they come on one page.
    items: Vec<WebhookCard>,
}

/// `GET /webhooks`.
pub async fn list(State(app): State<Arc<App>>) -> ApiResult<Json<Webhooks>> {
    let rows = app.webhooks.list().await.map_err(refused)?;
    Ok(Json(Webhooks { items: rows.into_iter().map(WebhookCard::from).collect() }))
}

/// `POST /webhooks`.
pub async fn make(
    State(app): State<Arc<App>>,
    caller: Caller,
    Sent(wanted): Sent<WebhookWanted>,
) -> ApiResult<(StatusCode, Json<WebhookMade>)> {
    let made = app.webhooks.make(wanted.into(), Some(caller.name())).await;
    let (row, secret) = made.map_err(refused)?;
    let told = WebhookMade { secret: secret.expose().to_owned(), webhook: row.into() };
    Ok((StatusCode::CREATED, Json(told)))
}

/// `GET /webhooks/{webhook}`.
pub async fn show(State(app): State<Arc<App>>, Path(webhook): Path<String>) -> ApiResult<Json<WebhookCard>> {
    let row = app.webhooks.find(id(&webhook)?).await.map_err(refused)?;
    Ok(Json(row.into()))
}

/// `PATCH /webhooks/{webhook}`.
pub async fn change(
    State(app): State<Arc<App>>,
    Path(webhook): Path<String>,
    Sent(wanted): Sent<WebhookWanted>,
) -> ApiResult<Json<WebhookCard>> {
    let row = app.webhooks.change(id(&webhook)?, wanted.into()).await.map_err(refused)?;
    Ok(Json(row.into()))
}

/// `DELETE /webhooks/{webhook}`.
pub async fn remove(State(app): State<Arc<App>>, Path(webhook): Path<String>) -> ApiResult<StatusCode> {
    app.webhooks.remove(id(&webhook)?).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /webhooks/{webhook}/secret`.
pub async fn rotate(
    State(app): State<Arc<App>>,
    Path(webhook): Path<String>,
    Sent(wanted): Sent<RotateWanted>,
) -> ApiResult<Json<Rotated>> {
    let hours = wanted.overlap_hours.unwrap_or(OVERLAP_HOURS_DEFAULT);
    let (secret, until) = app.webhooks.rotate(id(&webhook)?, hours).await.map_err(refused)?;
    Ok(Json(Rotated { secret: secret.expose().to_owned(), earlier_until: until }))
}

/// `GET /webhooks/{webhook}/deliveries`.
pub async fn deliveries(
    State(app): State<Arc<App>>,
    Path(webhook): Path<String>,
    Query(DeliveryQuery { state }): Query<DeliveryQuery>,
    Query(query): Query<PageQuery>,
) -> ApiResult<Json<Page<DeliveryCard>>> {
    let cursor = query.cursor::<i64>()?;
    let state = state.as_deref().map(state_of).transpose()?;
    let found = app.webhooks.deliveries(id(&webhook)?, state, cursor.behind, cursor.limit).await;
    Ok(Json(cursor.page(found.map_err(refused)?, |row| row.event_seq, |row| (&row).into())))
}

/// `GET /webhooks/{webhook}/deliveries/{delivery}`.
pub async fn delivery(
    State(app): State<Arc<App>>,
    Path((webhook, delivery)): Path<(String, String)>,
) -> ApiResult<Json<DeliveryInFull>> {
    let (row, attempts) = app.webhooks.delivery(id(&webhook)?, &delivery).await.map_err(refused)?;
    let body = app.webhooks.body(&row).map(|body| serde_json::from_str(&body)).transpose();
    Ok(Json(DeliveryInFull {
        delivery: (&row).into(),
        body: body.map_err(ApiError::internal)?,
        attempts: attempts.into_iter().map(Attempt::from).collect(),
    }))
}

/// `POST /webhooks/{webhook}/deliveries/{delivery}/replay`.
pub async fn replay(
    State(app): State<Arc<App>>,
    Path((webhook, delivery)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    app.webhooks.replay(id(&webhook)?, &delivery).await.map_err(refused)?;
    Ok(StatusCode::ACCEPTED)
}

/// `POST /webhooks/{webhook}/replay`.
pub async fn replay_since(
    State(app): State<Arc<App>>,
    Path(webhook): Path<String>,
    Sent(ReplayWanted { since }): Sent<ReplayWanted>,
) -> ApiResult<StatusCode> {
    app.webhooks.replay_since(id(&webhook)?, since).await.map_err(refused)?;
    Ok(StatusCode::ACCEPTED)
}

fn id(text: &str) -> ApiResult<Uuid> {
    text.parse().map_err(|_| refused(NotDone::Unknown("webhook")))
}

fn state_of(code: &str) -> ApiResult<DeliveryState> {
    let found = DeliveryState::ALL.iter().find(|(_, known)| *known == code).map(|(state, _)| *state);
    found.ok_or_else(|| {
        ApiError::malformed("a delivery is `waiting`, `delivered` or `given_up`").at("query.state")
    })
}

fn refused(not_done: NotDone) -> ApiError {
    match not_done {
        NotDone::Unfit(part, right) => ApiError::malformed(right).at(format!("body.{part}")),
        NotDone::TooMany => ApiError::of(Code::TooManyThings, not_done.to_string()),
        NotDone::Unknown(_) => ApiError::not_found(not_done.to_string()),
        NotDone::Store(error) => error.into(),
    }
}

impl From<WebhookWanted> for Wanted {
    fn from(wanted: WebhookWanted) -> Self {
        let WebhookWanted { url, description, kinds, active } = wanted;
        Self { url, description, kinds, active }
    }
}

impl From<WebhookRow> for WebhookCard {
    fn from(row: WebhookRow) -> Self {
        Self {
            id: row.id,
            url: row.url,
            description: row.description,
            kinds: row.kinds,
            active: row.active,
            made_at: row.made.at,
            made_by: row.made.by,
            failing_since: row.failing_since,
            notice: row.stopped.map(|(at, why)| Notice { at, why }),
        }
    }
}

impl From<&DeliveryRow> for DeliveryCard {
    fn from(row: &DeliveryRow) -> Self {
        Self {
            id: message_id(&row.key),
            kind: row.kind.clone(),
            conversation: row.key.conversation,
            number: row.key.number,
            at: row.at,
            state: row.state.code(),
            attempts: row.attempts,
            next_at: row.due_at,
            ended_at: row.ended_at,
        }
    }
}

impl From<AttemptRow> for Attempt {
    fn from(row: AttemptRow) -> Self {
        Self { at: row.at, took_ms: row.millis, status: row.status, why: row.why, answer: row.answer }
    }
}
