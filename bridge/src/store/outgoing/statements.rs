//! [`Outgoing`] for both databases; a macro for the reason the shelf is one.

use super::rows::{StoredAttempt, StoredDelivery, StoredSecret, StoredWebhook};
use super::{
    AttemptRow, DeliveryKey, DeliveryRow, DeliveryState, Next, Outcome, Outgoing, SecretRow, WebhookRow, sql,
};
use crate::store::postgres::Postgres;
use crate::store::rows::{read_all, signed};
use crate::store::sqlite::Sqlite;
use crate::store::{Lease, StoreError};
use async_trait::async_trait;
use protocol::{Timestamp, WorkspaceId};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

macro_rules! outgoing {
    ($module:ident: $store:ty, $connection:ty) => {
        mod $module {
            use super::*;

            #[async_trait]
            impl Outgoing for $store {
                async fn add_webhook(
                    &self,
                    workspace: &WorkspaceId,
                    webhook: &WebhookRow,
                    secret: &str,
                ) -> Result<(), StoreError> {
                    let mut transaction = self.begin().await?;
                    let reached = last_event(&mut transaction, workspace).await?;
                    let query = sqlx::query(sql::ADD_WEBHOOK).bind(webhook.id).bind(workspace.as_str());
                    let query = query.bind(&webhook.url).bind(&webhook.description).bind(webhook.active);
                    let query = query.bind(reached).bind(signed(webhook.made.at.millis()));
                    query.bind(&webhook.made.by).execute(&mut *transaction).await?;
                    add_kinds(&mut transaction, webhook).await?;
                    add_secret(&mut transaction, webhook.id, secret, webhook.made.at).await?;
                    Ok(transaction.commit().await?)
                }

                async fn webhooks(&self, workspace: &WorkspaceId) -> Result<Vec<WebhookRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredWebhook>(sql::WEBHOOKS).bind(workspace.as_str());
                    let rows = query.fetch_all(self.readers()).await?;
                    if rows.is_empty() {
                        return Ok(Vec::new());
                    }
                    let query = sqlx::query_as::<_, (Uuid, String)>(sql::KINDS).bind(workspace.as_str());
                    let kinds = query.fetch_all(self.readers()).await?;
                    Ok(rows.into_iter().map(|row| row.with_kinds(&kinds)).collect())
                }

                async fn set_webhook(
                    &self,
                    workspace: &WorkspaceId,
                    webhook: &WebhookRow,
                    now: Timestamp,
                ) -> Result<bool, StoreError> {
                    let mut transaction = self.begin().await?;
                    let query = sqlx::query_scalar(sql::WAS_ACTIVE).bind(workspace.as_str());
                    let was: Option<bool> = query.bind(webhook.id).fetch_optional(&mut *transaction).await?;
                    let Some(was_active) = was else { return Ok(false) };
                    let stopped = webhook.stopped.as_ref();
                    let query = sqlx::query(sql::SET_WEBHOOK).bind(workspace.as_str()).bind(webhook.id);
                    let query = query.bind(&webhook.url).bind(&webhook.description).bind(webhook.active);
                    let query = query.bind(webhook.failing_since.map(|at| signed(at.millis())));
                    let query = query.bind(stopped.map(|(at, _)| signed(at.millis())));
                    query.bind(stopped.map(|(_, why)| why.as_str())).execute(&mut *transaction).await?;
                    sqlx::query(sql::DROP_KINDS).bind(webhook.id).execute(&mut *transaction).await?;
                    add_kinds(&mut transaction, webhook).await?;
                    match (was_active, webhook.active) {
                        (false, true) => {
                            let reached = last_event(&mut transaction, workspace).await?;
                            let query = sqlx::query(sql::SET_REACHED).bind(webhook.id).bind(reached);
                            query.execute(&mut *transaction).await?;
                        }
                        (_, false) => {
                            let query = sqlx::query(sql::GIVE_UP_ALL).bind(webhook.id);
                            query.bind(signed(now.millis())).execute(&mut *transaction).await?;
                        }
                        (true, true) => {}
                    }
                    transaction.commit().await?;
                    Ok(true)
                }

                async fn remove_webhook(
                    &self,
                    workspace: &WorkspaceId,
                    id: Uuid,
                ) -> Result<bool, StoreError> {
                    let query = sqlx::query(sql::REMOVE_WEBHOOK).bind(workspace.as_str()).bind(id);
                    Ok(query.execute(&mut *self.writer().await?).await?.rows_affected() > 0)
                }

                async fn secrets(&self, webhook: Uuid, now: Timestamp) -> Result<Vec<SecretRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredSecret>(sql::SECRETS).bind(webhook);
                    let rows = query.bind(signed(now.millis())).fetch_all(self.readers()).await?;
                    Ok(rows.into_iter().map(SecretRow::from).collect())
                }

                async fn rotate_secret(
                    &self,
                    webhook: Uuid,
                    secret: &str,
                    now: Timestamp,
                    overlap_until: Timestamp,
                ) -> Result<(), StoreError> {
                    let mut transaction = self.begin().await?;
                    sqlx::query(sql::DROP_OLD_SECRETS).bind(webhook).execute(&mut *transaction).await?;
                    let query = sqlx::query(sql::END_SECRET).bind(webhook);
                    query.bind(signed(overlap_until.millis())).execute(&mut *transaction).await?;
                    add_secret(&mut transaction, webhook, secret, now).await?;
                    Ok(transaction.commit().await?)
                }

                async fn fan_out(
                    &self,
                    lease: &Lease,
                    now: Timestamp,
                    limit: u64,
                ) -> Result<bool, StoreError> {
                    let query = sqlx::query_as::<_, (Uuid, i64)>(sql::REACHED).bind(lease.workspace.as_str());
                    let places: Vec<(Uuid, i64)> = query.fetch_all(self.readers()).await?;
                    let mut more = false;
                    for (webhook, reached) in places {
                        let query = sqlx::query_scalar(sql::NEXT_PLACE).bind(reached);
                        let query = query.bind(lease.workspace.as_str()).bind(signed(limit));
                        let next: Option<i64> = query.fetch_one(self.readers()).await?;
                        let Some(next) = next else { continue };
                        more = true;
                        let mut transaction = self.begin().await?;
                        check_owner(&mut transaction, lease).await?;
                        if move_on(&mut transaction, lease, (webhook, reached, next), now).await? {
                            transaction.commit().await?;
                        }
                    }
                    Ok(more)
                }

                async fn due(
                    &self,
                    webhook: Uuid,
                    now: Timestamp,
                    limit: u64,
                ) -> Result<Vec<DeliveryRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredDelivery>(sql::DUE).bind(webhook);
                    let query = query.bind(signed(now.millis())).bind(signed(limit));
                    read_all(query.fetch_all(self.readers()).await?)
                }

                async fn next_due(
                    &self,
                    workspace: &WorkspaceId,
                    now: Timestamp,
                ) -> Result<Option<Timestamp>, StoreError> {
                    let query = sqlx::query_scalar(sql::NEXT_DUE).bind(workspace.as_str());
                    let due: Option<i64> = query.bind(signed(now.millis())).fetch_one(self.readers()).await?;
                    Ok(due.map(|at| Timestamp::from_millis(at.unsigned_abs())))
                }

                async fn record(&self, lease: &Lease, outcomes: &[Outcome]) -> Result<(), StoreError> {
                    let mut transaction = self.begin().await?;
                    check_owner(&mut transaction, lease).await?;
                    for outcome in outcomes {
                        record_one(&mut transaction, outcome).await?;
                    }
                    Ok(transaction.commit().await?)
                }

                async fn deliveries(
                    &self,
                    webhook: Uuid,
                    state: Option<DeliveryState>,
                    behind: Option<i64>,
                    limit: u64,
                ) -> Result<Vec<DeliveryRow>, StoreError> {
                    let query = sqlx::query_as::<_, StoredDelivery>(sql::DELIVERIES).bind(webhook);
                    let query = query.bind(state.map_or("", DeliveryState::code));
                    let query = query.bind(behind.unwrap_or(i64::MAX)).bind(signed(limit));
                    read_all(query.fetch_all(self.readers()).await?)
                }

                async fn delivery(
                    &self,
                    key: &DeliveryKey,
                ) -> Result<Option<(DeliveryRow, Vec<AttemptRow>)>, StoreError> {
                    let number = signed(key.number);
                    let query = sqlx::query_as::<_, StoredDelivery>(sql::DELIVERY).bind(key.webhook);
                    let query = query.bind(key.conversation.0).bind(number);
                    let Some(row) = query.fetch_optional(self.readers()).await? else { return Ok(None) };
                    let query = sqlx::query_as::<_, StoredAttempt>(sql::ATTEMPTS).bind(key.webhook);
                    let attempts = query.bind(key.conversation.0).bind(number).fetch_all(self.readers());
                    let attempts = attempts.await?.into_iter().map(AttemptRow::from).collect();
                    Ok(Some((row.try_into()?, attempts)))
                }

                async fn replay(&self, key: &DeliveryKey, now: Timestamp) -> Result<bool, StoreError> {
                    let query = sqlx::query(sql::REPLAY).bind(key.webhook).bind(key.conversation.0);
                    let query = query.bind(signed(key.number)).bind(signed(now.millis()));
                    Ok(query.execute(&mut *self.writer().await?).await?.rows_affected() > 0)
                }

                async fn replay_since(&self, webhook: Uuid, since: Timestamp) -> Result<(), StoreError> {
                    let mut transaction = self.begin().await?;
                    let place = first_place_since(&mut transaction, since).await?;
                    let query = sqlx::query(sql::GO_BACK).bind(webhook).bind(place.saturating_sub(1));
                    query.execute(&mut *transaction).await?;
                    Ok(transaction.commit().await?)
                }

                async fn prune_deliveries(&self, before: Timestamp, limit: u64) -> Result<u64, StoreError> {
                    let query = sqlx::query(sql::PRUNE).bind(signed(before.millis())).bind(signed(limit));
                    Ok(query.execute(&mut *self.writer().await?).await?.rows_affected())
                }
            }

            async fn last_event(
                connection: &mut $connection,
                workspace: &WorkspaceId,
            ) -> Result<i64, StoreError> {
                let query = sqlx::query_scalar(sql::LAST_EVENT).bind(workspace.as_str());
                let last: Option<i64> = query.fetch_optional(connection).await?;
                Ok(last.unwrap_or_default())
            }

            async fn add_kinds(connection: &mut $connection, webhook: &WebhookRow) -> Result<(), StoreError> {
                for kind in &webhook.kinds {
                    let query = sqlx::query(sql::ADD_KIND).bind(webhook.id).bind(kind);
                    query.execute(&mut *connection).await?;
                }
                Ok(())
            }

            async fn add_secret(
                connection: &mut $connection,
                webhook: Uuid,
                secret: &str,
                at: Timestamp,
            ) -> Result<(), StoreError> {
                let query = sqlx::query(sql::ADD_SECRET).bind(webhook).bind(secret);
                query.bind(signed(at.millis())).execute(connection).await?;
                Ok(())
            }

            async fn check_owner(connection: &mut $connection, lease: &Lease) -> Result<(), StoreError> {
                let query = sqlx::query_scalar(sql::EPOCH).bind(lease.workspace.as_str());
                let epoch: Option<i64> = query.fetch_optional(connection).await?;
                match epoch == Some(lease.epoch) {
                    true => Ok(()),
                    false => Err(StoreError::NotOwner(lease.workspace.clone())),
                }
            }

            /// Makes deliveries of the events up to `next`; `false` when somebody else has moved on meanwhile.
            async fn move_on(
                connection: &mut $connection,
                lease: &Lease,
                (webhook, reached, next): (Uuid, i64, i64),
                now: Timestamp,
            ) -> Result<bool, StoreError> {
                let query = sqlx::query(sql::MOVE_ON).bind(webhook).bind(reached).bind(next);
                if query.execute(&mut *connection).await?.rows_affected() == 0 {
                    return Ok(false);
                }
                let query = sqlx::query(sql::ADD_DELIVERIES).bind(webhook).bind(reached).bind(next);
                query.bind(lease.workspace.as_str()).execute(&mut *connection).await?;
                let query = sqlx::query(sql::MAKE_FIRST_DUE).bind(webhook).bind(reached).bind(next);
                query.bind(signed(now.millis())).execute(connection).await?;
                Ok(true)
            }

            async fn record_one(connection: &mut $connection, outcome: &Outcome) -> Result<(), StoreError> {
                let Outcome { key, attempt, next } = outcome;
                let ended_at = signed(attempt.at.millis().saturating_add(attempt.millis));
                let query = sqlx::query(sql::ADD_ATTEMPT).bind(key.webhook).bind(key.conversation.0);
                let query = query.bind(signed(key.number)).bind(signed(attempt.at.millis()));
                let query = query.bind(signed(attempt.millis)).bind(attempt.status.map(i64::from));
                query.bind(&attempt.why).bind(&attempt.answer).execute(&mut *connection).await?;
                let (state, due, ended) = match next {
                    Next::Ends(state) => (*state, None, Some(ended_at)),
                    Next::TryAt(at) => (DeliveryState::Waiting, Some(signed(at.millis())), None),
                };
                let query = sqlx::query(sql::SET_DELIVERY).bind(key.webhook).bind(key.conversation.0);
                let query = query.bind(signed(key.number)).bind(state.code()).bind(due).bind(ended);
                query.execute(&mut *connection).await?;
                if ended.is_some() {
                    let query = sqlx::query(sql::MAKE_NEXT_DUE).bind(key.webhook).bind(key.conversation.0);
                    query.bind(ended_at).execute(&mut *connection).await?;
                }
                let health = match state {
                    DeliveryState::Delivered => sqlx::query(sql::WORKS).bind(key.webhook),
                    DeliveryState::Waiting | DeliveryState::GivenUp => {
                        sqlx::query(sql::FAILS).bind(key.webhook).bind(ended_at)
                    }
                };
                health.execute(connection).await?;
                Ok(())
            }

            /// The first place in the order of events that is not before a time. Events are in order of time, so halving
            /// finds it.
            async fn first_place_since(
                connection: &mut $connection,
                since: Timestamp,
            ) -> Result<i64, StoreError> {
                let query = sqlx::query_as::<_, (i64, i64)>(sql::FIRST_AND_LAST_PLACE);
                let (mut low, mut high) = query.fetch_one(&mut *connection).await?;
                high = high.saturating_add(1);
                while low < high {
                    let middle = low + (high - low) / 2;
                    let query = sqlx::query_scalar(sql::TIME_FROM).bind(middle);
                    let at: Option<i64> = query.fetch_optional(&mut *connection).await?;
                    match at.is_some_and(|at| at < signed(since.millis())) {
                        true => low = middle + 1,
                        false => high = middle,
                    }
                }
                Ok(low)
            }
        }
    };
}

outgoing!(in_sqlite: Sqlite, SqliteConnection);
outgoing!(in_postgres: Postgres, PgConnection);
