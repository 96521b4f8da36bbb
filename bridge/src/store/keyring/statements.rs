//! [`Keyring`] for both databases; a macro for the reason the shelf is one.

use super::{Claim, Claimed, KeyRow, Keyring};
use crate::store::postgres::Postgres;
use crate::store::rows::signed;
use crate::store::sqlite::Sqlite;
use crate::store::{Mark, StoreError};
use async_trait::async_trait;
use protocol::{Timestamp, WorkspaceId};
use sqlx::FromRow;
use uuid::Uuid;

const ADD_KEY: &str = "
    INSERT INTO api_keys (workspace, id, secret_digest, prefix, name, scopes, made_at, made_by, until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const KEY_OF: &str = "
    SELECT id, prefix, name, scopes, made_at, made_by, until, used_at, revoked_at, revoked_by
    FROM api_keys WHERE secret_digest = $2 AND workspace = $1";

const KEYS: &str = "
    SELECT id, prefix, name, scopes, made_at, made_by, until, used_at, revoked_at, revoked_by
    FROM api_keys WHERE workspace = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

const COUNT_KEYS: &str = "
    SELECT count(*) FROM api_keys
    WHERE workspace = $1 AND revoked_at IS NULL AND (until IS NULL OR until > $2)";

const REVOKE_KEY: &str = "
    UPDATE api_keys SET revoked_at = $3, revoked_by = $4
    WHERE workspace = $1 AND id = $2 AND revoked_at IS NULL";

const KEY_USED: &str = "
    UPDATE api_keys SET used_at = $3 WHERE workspace = $1 AND id = $2 AND (used_at IS NULL OR used_at < $3)";

const CLAIM: &str = "
    INSERT INTO api_answers (workspace, caller, name, fingerprint, process, at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace, caller, name) DO NOTHING";

const CLAIMED: &str = "
    SELECT fingerprint, process, status, body FROM api_answers
    WHERE workspace = $1 AND caller = $2 AND name = $3";

const KEEP_ANSWER: &str = "
    UPDATE api_answers SET status = $4, body = $5 WHERE workspace = $1 AND caller = $2 AND name = $3";

const GIVE_BACK: &str = "
    DELETE FROM api_answers WHERE workspace = $1 AND caller = $2 AND name = $3 AND status IS NULL";

const FORGET_ANSWERS: &str = "DELETE FROM api_answers WHERE at < $1";

#[derive(FromRow)]
struct StoredKey {
    id: Uuid,
    prefix: String,
    name: String,
    scopes: String,
    made_at: i64,
    made_by: Option<String>,
    until: Option<i64>,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
    revoked_by: Option<String>,
}

impl From<StoredKey> for KeyRow {
    fn from(row: StoredKey) -> Self {
        let time = |millis: i64| Timestamp::from_millis(millis.unsigned_abs());
        Self {
            id: row.id,
            prefix: row.prefix,
            name: row.name,
            scopes: row.scopes,
            made: Mark { at: time(row.made_at), by: row.made_by },
            until: row.until.map(time),
            used_at: row.used_at.map(time),
            revoked: row.revoked_at.map(|at| Mark { at: time(at), by: row.revoked_by }),
        }
    }
}

#[derive(FromRow)]
struct StoredAnswer {
    fingerprint: Vec<u8>,
    process: Vec<u8>,
    status: Option<i64>,
    body: Option<Vec<u8>>,
}

impl From<StoredAnswer> for Claimed {
    fn from(row: StoredAnswer) -> Self {
        let status = row.status.map(|status| u16::try_from(status).unwrap_or_default());
        Self::Known { fingerprint: row.fingerprint, process: row.process, status, body: row.body }
    }
}

macro_rules! keyring {
    ($store:ty) => {
        #[async_trait]
        impl Keyring for $store {
            async fn add_key(
                &self,
                workspace: &WorkspaceId,
                key: &KeyRow,
                secret_digest: &[u8],
            ) -> Result<(), StoreError> {
                let query = sqlx::query(ADD_KEY).bind(workspace.as_str()).bind(key.id).bind(secret_digest);
                let query = query.bind(&key.prefix).bind(&key.name).bind(&key.scopes);
                let query = query.bind(signed(key.made.at.millis())).bind(&key.made.by);
                query
                    .bind(key.until.map(|until| signed(until.millis())))
                    .execute(&mut *self.writer().await?)
                    .await?;
                Ok(())
            }

            async fn key_of(
                &self,
                workspace: &WorkspaceId,
                secret_digest: &[u8],
            ) -> Result<Option<KeyRow>, StoreError> {
                let query = sqlx::query_as::<_, StoredKey>(KEY_OF).bind(workspace.as_str());
                let found = query.bind(secret_digest).fetch_optional(self.readers()).await?;
                Ok(found.map(KeyRow::from))
            }

            async fn keys(
                &self,
                workspace: &WorkspaceId,
                behind: Option<Uuid>,
                limit: u64,
            ) -> Result<Vec<KeyRow>, StoreError> {
                let query = sqlx::query_as::<_, StoredKey>(KEYS).bind(workspace.as_str());
                let query = query.bind(behind.unwrap_or(Uuid::max())).bind(signed(limit));
                Ok(query.fetch_all(self.readers()).await?.into_iter().map(KeyRow::from).collect())
            }

            async fn count_keys(&self, workspace: &WorkspaceId, now: Timestamp) -> Result<u64, StoreError> {
                let query = sqlx::query_scalar(COUNT_KEYS).bind(workspace.as_str());
                let count: i64 = query.bind(signed(now.millis())).fetch_one(self.readers()).await?;
                Ok(count.unsigned_abs())
            }

            async fn revoke_key(
                &self,
                workspace: &WorkspaceId,
                id: Uuid,
                revoked: &Mark,
            ) -> Result<bool, StoreError> {
                let query = sqlx::query(REVOKE_KEY).bind(workspace.as_str()).bind(id);
                let query = query.bind(signed(revoked.at.millis())).bind(&revoked.by);
                Ok(query.execute(&mut *self.writer().await?).await?.rows_affected() > 0)
            }

            async fn key_used(
                &self,
                workspace: &WorkspaceId,
                id: Uuid,
                at: Timestamp,
            ) -> Result<(), StoreError> {
                let query = sqlx::query(KEY_USED).bind(workspace.as_str()).bind(id);
                query.bind(signed(at.millis())).execute(&mut *self.writer().await?).await?;
                Ok(())
            }

            async fn claim(
                &self,
                workspace: &WorkspaceId,
                claim: &Claim,
                at: Timestamp,
            ) -> Result<Claimed, StoreError> {
                let query = sqlx::query(CLAIM).bind(workspace.as_str()).bind(&claim.caller).bind(claim.name);
                let query = query.bind(claim.fingerprint.as_slice()).bind(claim.process.as_slice());
                let added = query.bind(signed(at.millis())).execute(&mut *self.writer().await?).await?;
                if added.rows_affected() > 0 {
                    return Ok(Claimed::New);
                }
                let query = sqlx::query_as::<_, StoredAnswer>(CLAIMED).bind(workspace.as_str());
                let query = query.bind(&claim.caller).bind(claim.name);
                Ok(query.fetch_one(&mut *self.writer().await?).await?.into())
            }

            async fn keep_answer(
                &self,
                workspace: &WorkspaceId,
                claim: &Claim,
                status: u16,
                body: Option<&[u8]>,
            ) -> Result<(), StoreError> {
                let query = sqlx::query(KEEP_ANSWER).bind(workspace.as_str()).bind(&claim.caller);
                let query = query.bind(claim.name).bind(i64::from(status)).bind(body);
                query.execute(&mut *self.writer().await?).await?;
                Ok(())
            }

            async fn give_back(&self, workspace: &WorkspaceId, claim: &Claim) -> Result<(), StoreError> {
                let query = sqlx::query(GIVE_BACK).bind(workspace.as_str()).bind(&claim.caller);
                query.bind(claim.name).execute(&mut *self.writer().await?).await?;
                Ok(())
            }

            async fn forget_answers(&self, before: Timestamp) -> Result<u64, StoreError> {
                let query = sqlx::query(FORGET_ANSWERS).bind(signed(before.millis()));
                Ok(query.execute(&mut *self.writer().await?).await?.rows_affected())
            }
        }
    };
}

keyring!(Sqlite);
keyring!(Postgres);
