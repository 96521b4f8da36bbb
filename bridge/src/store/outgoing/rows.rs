//! Rows of webhooks, as the databases give them.

use super::{AttemptRow, DeliveryKey, DeliveryRow, DeliveryState, SecretRow, WebhookRow};
use crate::store::{Mark, StoreError};
use protocol::{ConversationId, Timestamp};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
pub struct StoredWebhook {
    id: Uuid,
    url: String,
    description: String,
    active: bool,
    made_at: i64,
    made_by: Option<String>,
    failing_since: Option<i64>,
    stopped_at: Option<i64>,
    stopped_why: Option<String>,
}

impl StoredWebhook {
    /// With its kinds, of all the kinds of all webhooks.
    pub fn with_kinds(self, kinds: &[(Uuid, String)]) -> WebhookRow {
        let own = kinds.iter().filter(|(webhook, _)| *webhook == self.id).map(|(_, kind)| kind.clone());
        WebhookRow {
            id: self.id,
            url: self.url,
            description: self.description,
            kinds: own.collect(),
            active: self.active,
            made: Mark { at: time(self.made_at), by: self.made_by },
            failing_since: self.failing_since.map(time),
            stopped: self.stopped_at.map(|at| (time(at), self.stopped_why.unwrap_or_default())),
        }
    }
}

#[derive(FromRow)]
pub struct StoredSecret {
    secret: String,
    made_at: i64,
    until: Option<i64>,
}

impl From<StoredSecret> for SecretRow {
    fn from(row: StoredSecret) -> Self {
        Self { secret: row.secret, made_at: time(row.made_at), until: row.until.map(time) }
    }
}

#[derive(FromRow)]
pub struct StoredDelivery {
    webhook: Uuid,
    conversation: Uuid,
    number: i64,
    event_seq: i64,
    kind: String,
    at: i64,
    state: String,
    attempts: i64,
    due_at: Option<i64>,
    ended_at: Option<i64>,
    body: Option<String>,
}

impl TryFrom<StoredDelivery> for DeliveryRow {
    type Error = StoreError;

    fn try_from(row: StoredDelivery) -> Result<Self, StoreError> {
        let state = DeliveryState::ALL.iter().find(|(_, code)| *code == row.state);
        let (state, _) =
            state.ok_or_else(|| StoreError::Unreadable(format!("a delivery in state `{}`", row.state)))?;
        Ok(Self {
            key: DeliveryKey {
                webhook: row.webhook,
                conversation: ConversationId(row.conversation),
                number: row.number.unsigned_abs(),
            },
            event_seq: row.event_seq,
            kind: row.kind,
            at: time(row.at),
            state: *state,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            due_at: row.due_at.map(time),
            ended_at: row.ended_at.map(time),
            event: row.body,
        })
    }
}

#[derive(FromRow)]
pub struct StoredAttempt {
    at: i64,
    millis: i64,
    status: Option<i64>,
    why: Option<String>,
    answer: String,
}

impl From<StoredAttempt> for AttemptRow {
    fn from(row: StoredAttempt) -> Self {
        Self {
            at: time(row.at),
            millis: row.millis.unsigned_abs(),
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            why: row.why,
            answer: row.answer,
        }
    }
}

fn time(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis.unsigned_abs())
}
