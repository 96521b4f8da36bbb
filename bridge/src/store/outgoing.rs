//! Webhooks: who is told of events, which events they have yet to be told of, and what became of telling them.
//!
//! A webhook has reached a place in the order of events. [`Outgoing::fan_out`] makes deliveries of what lies behind it and
//! moves the place in one transaction, so that a process that dies loses nothing. In each conversation only the first event
//! that waits is due; the one behind it becomes due when that one has ended.

mod rows;
mod sql;
mod statements;

use super::{Lease, Mark, StoreError};
use async_trait::async_trait;
use protocol::{ConversationId, Timestamp, WorkspaceId};
use uuid::Uuid;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookRow {
    /// Which; a UUIDv7.
    pub id: Uuid,
    /// Where events are sent.
    pub url: String,
    /// What its maker says about it.
    pub description: String,
    /// Which kinds of events; none means all.
    pub kinds: Vec<String>,
    /// Whether events are sent.
    pub active: bool,
    /// Who made it, and when; `None` is the command line.
    pub made: Mark,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    /// When the bridge itself made it inactive, and why.
    pub stopped: Option<(Timestamp, String)>,
}

/// What a webhook's deliveries are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretRow {
    /// The secret, as its receiver has it.
    pub secret: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends; `None` is the newest one's.
    pub until: Option<Timestamp>,
}

/// One event for one webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeliveryKey {
    /// For which webhook.
    pub webhook: Uuid,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// The event's number there.
    pub number: u64,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It was not delivered yet.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// It was tried in vain, and no more.
    GivenUp,
}

impl DeliveryState {
    /// Each with its code.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Waiting, "waiting"), (Self::Delivered, "delivered"), (Self::GivenUp, "given_up")];

    /// The code, as it is stored and told.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Which.
    pub key: DeliveryKey,
    /// The event's place in the order of all.
    pub event_seq: i64,
    /// The event's kind.
    pub kind: String,
    /// When the event happened.
    pub at: Timestamp,
    /// Where it stands.
    pub state: DeliveryState,
    /// Attempts since it last began to wait.
    pub attempts: u32,
    /// When it is tried next; `None` when never, or when an earlier event of the conversation comes first.
    pub due_at: Option<Timestamp>,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
    /// The event as JSON; `None` when it is no longer kept.
    pub event: Option<String>,
}

/// One attempt at a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub millis: u64,
    /// The answer's status; `None` when there was no answer.
    pub status: Option<u16>,
    /// Why it failed, as a code.
    pub why: Option<String>,
    /// The answer's beginning.
    pub answer: String,
}

/// What an attempt led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Of which delivery.
    pub key: DeliveryKey,
    /// The attempt.
    pub attempt: AttemptRow,
    /// What follows.
    pub next: Next,
}

/// What follows an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is over.
    Ends(DeliveryState),
    /// It is tried again then.
    TryAt(Timestamp),
}

/// See the module. What has a lease is refused to a process that no longer owns the workspace.
#[async_trait]
pub trait Outgoing: Send + Sync {
    /// Keeps a new webhook, which is told of what happens from now on.
    async fn add_webhook(
        &self,
        workspace: &WorkspaceId,
        webhook: &WebhookRow,
        secret: &str,
    ) -> Result<(), StoreError>;

    /// Every webhook, the oldest first.
    async fn webhooks(&self, workspace: &WorkspaceId) -> Result<Vec<WebhookRow>, StoreError>;

    /// Replaces address, description, kinds and whether it is active. One that becomes active begins with what happens from
    /// then on; one that becomes inactive gives up what waits. Whether there is such a webhook.
    async fn set_webhook(
        &self,
        workspace: &WorkspaceId,
        webhook: &WebhookRow,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Drops a webhook and all that is known of it. Whether there was one.
    async fn remove_webhook(&self, workspace: &WorkspaceId, id: Uuid) -> Result<bool, StoreError>;

    /// The secrets that are good at `now`, the newest first.
    async fn secrets(&self, webhook: Uuid, now: Timestamp) -> Result<Vec<SecretRow>, StoreError>;

    /// Adds a secret; the newest one before stays good until `overlap_until`, all others end.
    async fn rotate_secret(
        &self,
        webhook: Uuid,
        secret: &str,
        now: Timestamp,
        overlap_until: Timestamp,
    ) -> Result<(), StoreError>;

    /// Makes deliveries of at most `limit` events for each active webhook; gives whether there are more.
    async fn fan_out(&self, lease: &Lease, now: Timestamp, limit: u64) -> Result<bool, StoreError>;

    /// What is to be sent to a webhook now, the longest due first.
    async fn due(&self, webhook: Uuid, now: Timestamp, limit: u64) -> Result<Vec<DeliveryRow>, StoreError>;

    /// When something of an active webhook is due after `now`.
    async fn next_due(
        &self,
        workspace: &WorkspaceId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError>;

    /// Keeps what attempts led to, in one transaction.
    async fn record(&self, lease: &Lease, outcomes: &[Outcome]) -> Result<(), StoreError>;

    /// Deliveries of a webhook, the newest event first, beginning behind a place in the order of events.
    async fn deliveries(
        &self,
        webhook: Uuid,
        state: Option<DeliveryState>,
        behind: Option<i64>,
        limit: u64,
    ) -> Result<Vec<DeliveryRow>, StoreError>;

    /// One delivery with its attempts, the oldest first.
    async fn delivery(&self, key: &DeliveryKey)
    -> Result<Option<(DeliveryRow, Vec<AttemptRow>)>, StoreError>;

    /// Has a delivery wait again. Whether there is such a delivery.
    async fn replay(&self, key: &DeliveryKey, now: Timestamp) -> Result<bool, StoreError>;

    /// Has everything since a time delivered again: the webhook goes back to that place in the order of events.
    async fn replay_since(&self, webhook: Uuid, since: Timestamp) -> Result<(), StoreError>;

    /// Drops deliveries that ended before a time, at most `limit` of them; gives how many.
    async fn prune_deliveries(&self, before: Timestamp, limit: u64) -> Result<u64, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::sql;
    use crate::store::sqlite::Sqlite;
    use sqlx::SqlSafeStr;

    #[tokio::test]
    async fn telling_of_events_goes_through_neither_old_events_nor_conversations() {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join("store.db")).await.unwrap();
        for (statement, expected) in [
            (sql::LAST_EVENT, "SCAN e"),
            (sql::NEXT_PLACE, "SEARCH e USING INTEGER PRIMARY KEY (rowid>?)"),
            (sql::ADD_DELIVERIES, "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
            (sql::MAKE_FIRST_DUE, "webhook_deliveries_in_order (webhook=? AND event_seq>? AND event_seq<?)"),
            (sql::DUE, "webhook_deliveries_due (webhook=? AND due_at<?)"),
            (sql::NEXT_DUE, "webhook_deliveries_due (webhook=? AND due_at>?)"),
            (sql::MAKE_NEXT_DUE, "webhook_deliveries_waiting (webhook=? AND conversation=?)"),
            (sql::PRUNE, "webhook_deliveries_ended (ended_at<?)"),
        ] {
            let plan = store.plan(statement.into_sql_str()).await;
            assert!(plan.contains(expected), "{statement}\n{plan}");
            let of_conversations = plan.lines().filter(|line| line.contains(" c USING"));
            for line in of_conversations {
                assert!(line.contains("conversations_by_id (id=?)"), "{statement}\n{plan}");
            }
            let sorted = plan.contains("TEMP B-TREE FOR ORDER BY");
            assert!(!sorted, "{statement}\n{plan}");
        }
    }
}
