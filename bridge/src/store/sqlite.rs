//! The store in one SQLite file. Saves have a thread and a connection of their own; whatever else writes has another, and
//! they take turns. Reading goes on meanwhile, on connections which the write-ahead log lets do so. A commit returns when
//! the disk has it (`synchronous = FULL`).

mod checkpointer;
mod owning;
mod save;
mod saver;

use super::audit::{AUDIT, SETUP_AT, SETUP_REVISIONS, StoredChange};
use super::batch::Batch;
use super::rows::{
    StoredAgent, StoredAnswer, StoredContact, StoredConversation, StoredEvent, StoredPlace, StoredSession,
    StoredSetup, StoredSnapshot, asker_key, in_sequence, read_all, signed,
};
use super::{
    AgentRow, Answered, AuditRow, ConversationQuery, ConversationRow, Keyring, Lease, Outgoing, Saving,
    SessionRow, SetupRow, Shelf, Store, StoreError, Workflows, whole, written,
};
use async_trait::async_trait;
use protocol::{
    AgentId, ConversationId, ConversationState, Event, QueueId, RequestId, TeamId, Timestamp, VisitorId,
    WorkspaceId,
};
use saver::Saver;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, QueryBuilder, Sqlite as Db, Transaction};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::Duration;
use switchboard::{Asker, Contact, Conversation};
use tokio::sync::{Mutex, MutexGuard};

/// How long a save waits for another process that writes to the same file.
const BUSY_SECONDS_MAX: u64 = 5;
/// Connections that read.
const READERS_MAX: u32 = 4;
/// Pages the saver keeps in memory: new entries of the indexes go to pages all over the file.
const SAVER_CACHE_KIB: u32 = 64 * 1024;
/// Pages each other connection keeps in memory.
const CACHE_KIB: u32 = 8 * 1024;
/// Rows in one statement. The text of a statement is made for its number of rows and prepared once for each.
const ROWS_PER_STATEMENT: usize = 64;
/// Prepared statements a connection keeps: one for each number of rows and place of use.
const STATEMENTS_MAX: usize = 4 * ROWS_PER_STATEMENT;
/// Rows a reading thread hands over at a time.
const ROWS_IN_FLIGHT_MAX: usize = 256;

/// See the module.
pub struct Sqlite {
    saver: Saver,
    /// What else writes. It keeps out of the way of saves: SQLite lets who finds another writing ask again and again, and
    /// forgets the pages it has in memory when another has written.
    writer: SqlitePool,
    /// Whose turn it is to write, in the order of asking.
    turn: Mutex<()>,
    readers: SqlitePool,
}

/// What writes in its turn.
pub(super) struct InTurn<'s, W> {
    writing: W,
    _turn: MutexGuard<'s, ()>,
}

impl Sqlite {
    /// Opens the file, makes it when it is missing, and runs missing migrations.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(BUSY_SECONDS_MAX))
            .statement_cache_capacity(STATEMENTS_MAX)
            .row_buffer_size(ROWS_IN_FLIGHT_MAX)
            .pragma("cache_size", format!("-{CACHE_KIB}"))
            .disable_statement_logging();
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let opening = |cause| StoreError::Opening { place: path.display().to_string(), cause };
        let writer = pool(1).connect_with(writing).await.map_err(opening)?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = pool(READERS_MAX).connect_with(options.read_only(true)).await.map_err(opening)?;
        Ok(Self { saver: Saver::open(path)?, writer, turn: Mutex::default(), readers })
    }

    /// A transaction that writes.
    pub(super) async fn begin(&self) -> Result<InTurn<'_, Transaction<'static, Db>>, StoreError> {
        let turn = self.turn.lock().await;
        Ok(InTurn { writing: self.writer.begin_with("BEGIN IMMEDIATE").await?, _turn: turn })
    }

    /// A transaction of a workspace's owner.
    pub(super) async fn begin_as(
        &self,
        lease: &Lease,
    ) -> Result<InTurn<'_, Transaction<'static, Db>>, StoreError> {
        let mut transaction = self.begin().await?;
        owning::check_lease(&mut transaction, lease).await?;
        Ok(transaction)
    }

    /// What single statements write on.
    pub(super) async fn writer(&self) -> Result<InTurn<'_, PoolConnection<Db>>, StoreError> {
        let turn = self.turn.lock().await;
        Ok(InTurn { writing: self.writer.acquire().await?, _turn: turn })
    }

    /// What is read on.
    pub(super) fn readers(&self) -> &SqlitePool {
        &self.readers
    }
}

impl InTurn<'_, Transaction<'static, Db>> {
    /// Makes it true, and then gives the turn away.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        let Self { writing, _turn } = self;
        writing.commit().await
    }
}

impl<W: Deref<Target = SqliteConnection>> Deref for InTurn<'_, W> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.writing
    }
}

impl<W: DerefMut<Target = SqliteConnection>> DerefMut for InTurn<'_, W> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.writing
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn take_lease(&self, workspace: &WorkspaceId) -> Result<Lease, StoreError> {
        let sql = "INSERT INTO leases (workspace, epoch) VALUES (?, 1)
                   ON CONFLICT (workspace) DO UPDATE SET epoch = epoch + 1 RETURNING epoch";
        let epoch =
            sqlx::query_scalar(sql).bind(workspace.as_str()).fetch_one(&mut *self.writer().await?).await?;
        Ok(Lease { workspace: workspace.clone(), epoch })
    }

    async fn save(&self, lease: &Lease, saving: Saving<'_>) -> Result<(), StoreError> {
        let batch = Batch::of(&saving)?;
        let _turn = self.turn.lock().await;
        self.saver.save(lease, batch).await
    }

    async fn answered(&self, requests: &[(Asker, RequestId)]) -> Result<Vec<Answered>, StoreError> {
        let mut found = Vec::new();
        for chunk in requests.chunks(ROWS_PER_STATEMENT) {
            let mut sql = QueryBuilder::<Db>::new("WITH asked (asker_kind, asker, request) AS (");
            sql.push_values(chunk, |mut row, (asker, request)| {
                let (kind, id) = asker_key(*asker);
                row.push_bind(kind).push_bind(id).push_bind(request.0);
            });
            sql.push(
                ") SELECT asker_kind, asker, request, conversation, number
                   FROM asked CROSS JOIN events USING (asker_kind, asker, request)",
            );
            found.extend(sql.build_query_as::<StoredAnswer>().fetch_all(&self.readers).await?);
        }
        read_all(found)
    }

    async fn events_after(
        &self,
        conversation: ConversationId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT conversation, number, at, request, body FROM events
                   WHERE conversation = ? AND number > ? ORDER BY number LIMIT ?";
        let query = sqlx::query_as::<_, StoredEvent>(sql);
        let query = query.bind(conversation.0).bind(signed(after)).bind(signed(limit as u64));
        in_sequence(read_all(query.fetch_all(&self.readers).await?)?, after)
    }

    async fn live_conversations(&self, workspace: &WorkspaceId) -> Result<Vec<Conversation>, StoreError> {
        let query = sqlx::query_as::<_, StoredSnapshot>(LIVE_CONVERSATIONS).bind(workspace.as_str());
        whole(self, query.fetch_all(&self.readers).await?).await
    }

    async fn last_conversations(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<Conversation>, StoreError> {
        let mut found = Vec::new();
        for chunk in visitors.chunks(ROWS_PER_STATEMENT) {
            let mut sql = QueryBuilder::<Db>::new("WITH asked (visitor) AS (");
            sql.push_values(chunk, |mut row, visitor| {
                row.push_bind(visitor.0);
            });
            sql.push(
                ") SELECT c.id, c.snapshot FROM asked CROSS JOIN conversations AS c ON c.seq =
                   (SELECT max(seq) FROM conversations AS own WHERE own.visitor = asked.visitor AND own.workspace = ",
            );
            sql.push_bind(workspace.as_str()).push(")");
            found.extend(sql.build_query_as::<StoredSnapshot>().fetch_all(&self.readers).await?);
        }
        whole(self, found).await
    }

    async fn whole_conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let sql = "SELECT id, snapshot FROM conversations WHERE id = ?1 AND workspace = ?2";
        let query = sqlx::query_as::<_, StoredSnapshot>(sql).bind(conversation.0).bind(workspace.as_str());
        let rows = query.fetch_all(&self.readers).await?;
        Ok(whole(self, rows).await?.pop())
    }

    async fn conversations(
        &self,
        workspace: &WorkspaceId,
        query: &ConversationQuery,
    ) -> Result<Vec<(i64, Conversation)>, StoreError> {
        let sql = "SELECT seq, id, snapshot FROM conversations WHERE workspace = ?1
                     AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR queue = ?3) AND (?4 IS NULL OR team = ?4)
                     AND (?5 IS NULL OR agent = ?5) AND (?6 IS NULL OR visitor = ?6) AND (?7 IS NULL OR seq < ?7)
                   ORDER BY seq DESC LIMIT ?8";
        let rows = sqlx::query_as::<_, StoredPlace>(sql)
            .bind(workspace.as_str())
            .bind(query.state.map(ConversationState::code))
            .bind(query.queue.as_ref().map(QueueId::as_str))
            .bind(query.team.as_ref().map(TeamId::as_str))
            .bind(query.agent.map(|agent| agent.0))
            .bind(query.visitor.map(|visitor| visitor.0))
            .bind(query.before)
            .bind(signed(query.limit));
        let rows = rows.fetch_all(&self.readers).await?;
        let (places, stored): (Vec<i64>, Vec<StoredSnapshot>) =
            rows.into_iter().map(|row| (row.seq, row.stored)).unzip();
        Ok(places.into_iter().zip(whole(self, stored).await?).collect())
    }

    async fn decisions_of(&self, conversation: ConversationId) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT conversation, number, at, request, body FROM events
                   WHERE conversation = ?1 AND kind IN ('offered', 'offer_ended', 'transfer_offered',
                   'transfer_ended', 'transferred', 'assigned') ORDER BY number";
        let query = sqlx::query_as::<_, StoredEvent>(sql).bind(conversation.0);
        read_all(query.fetch_all(&self.readers).await?)
    }

    async fn contacts(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<(VisitorId, Contact)>, StoreError> {
        let mut found = Vec::new();
        for chunk in visitors.chunks(ROWS_PER_STATEMENT) {
            let mut sql = QueryBuilder::<Db>::new("WITH asked (visitor) AS (");
            sql.push_values(chunk, |mut row, visitor| {
                row.push_bind(visitor.0);
            });
            sql.push(
                ") SELECT visitor, body FROM asked CROSS JOIN contacts USING (visitor) WHERE workspace = ",
            );
            sql.push_bind(workspace.as_str());
            found.extend(sql.build_query_as::<StoredContact>().fetch_all(&self.readers).await?);
        }
        read_all(found)
    }

    async fn setup(&self, workspace: &WorkspaceId) -> Result<Option<SetupRow>, StoreError> {
        let sql = "SELECT revision, changed_at, changed_by, body FROM setups
                   WHERE workspace = ? ORDER BY revision DESC LIMIT 1";
        let query = sqlx::query_as::<_, StoredSetup>(sql).bind(workspace.as_str());
        query.fetch_optional(&self.readers).await?.map(SetupRow::try_from).transpose()
    }

    async fn setup_revisions(
        &self,
        workspace: &WorkspaceId,
        before: u64,
        limit: u64,
    ) -> Result<Vec<(u64, Timestamp, String)>, StoreError> {
        let query = sqlx::query_as::<_, (i64, i64, String)>(SETUP_REVISIONS).bind(workspace.as_str());
        let rows = query.bind(signed(before)).bind(signed(limit)).fetch_all(&self.readers).await?;
        let read = |(revision, at, by): (i64, i64, String)| {
            (revision.unsigned_abs(), Timestamp::from_millis(at.unsigned_abs()), by)
        };
        Ok(rows.into_iter().map(read).collect())
    }

    async fn setup_at(&self, workspace: &WorkspaceId, revision: u64) -> Result<Option<SetupRow>, StoreError> {
        let query = sqlx::query_as::<_, StoredSetup>(SETUP_AT).bind(workspace.as_str());
        let row = query.bind(signed(revision)).fetch_optional(&self.readers).await?;
        row.map(SetupRow::try_from).transpose()
    }

    async fn audit(
        &self,
        workspace: &WorkspaceId,
        until: Timestamp,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let query = sqlx::query_as::<_, StoredChange>(AUDIT).bind(workspace.as_str());
        let query = query.bind(signed(until.millis())).bind(signed(limit)).bind(signed(skip));
        Ok(query.fetch_all(&self.readers).await?.into_iter().map(AuditRow::from).collect())
    }

    async fn save_setup(&self, lease: &Lease, setup: &SetupRow) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        owning::keep_setup(&mut transaction, lease, setup).await?;
        Ok(transaction.commit().await?)
    }

    async fn conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        let sql = "SELECT id, visitor, site, queue, team, agent, last_number, is_open FROM conversations \
             WHERE id = ? AND workspace = ?";
        let query =
            sqlx::query_as::<_, StoredConversation>(sql).bind(conversation.0).bind(workspace.as_str());
        query.fetch_optional(&self.readers).await?.map(ConversationRow::try_from).transpose()
    }

    async fn latest_conversation(
        &self,
        workspace: &WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        let sql = "SELECT id, visitor, site, queue, team, agent, last_number, is_open FROM conversations
                   WHERE workspace = ? AND visitor = ? ORDER BY seq DESC LIMIT 1";
        let query = sqlx::query_as::<_, StoredConversation>(sql).bind(workspace.as_str()).bind(visitor.0);
        query.fetch_optional(&self.readers).await?.map(ConversationRow::try_from).transpose()
    }

    async fn add_agent(&self, workspace: &WorkspaceId, agent: &AgentRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO agents (id, workspace, email, password_hash, status, standing)
                   VALUES (?, ?, ?, ?, 'offline', ?) ON CONFLICT (workspace, email) DO NOTHING";
        let query = sqlx::query(sql).bind(agent.id.0).bind(workspace.as_str()).bind(&agent.email);
        query
            .bind(&agent.password_hash)
            .bind(written(&agent.standing)?)
            .execute(&mut *self.writer().await?)
            .await?;
        Ok(())
    }

    async fn set_password(&self, agent: AgentId, password_hash: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE agents SET password_hash = ? WHERE id = ?");
        query.bind(password_hash).bind(agent.0).execute(&mut *self.writer().await?).await?;
        Ok(())
    }

    async fn agents(&self, workspace: &WorkspaceId) -> Result<Vec<AgentRow>, StoreError> {
        let sql = "SELECT id, email, password_hash, standing FROM agents WHERE workspace = ? ORDER BY email";
        let query = sqlx::query_as::<_, StoredAgent>(sql).bind(workspace.as_str());
        read_all(query.fetch_all(&self.readers).await?)
    }

    async fn add_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        let query = sqlx::query("INSERT INTO sessions (secret_digest, agent, until) VALUES (?, ?, ?)");
        let query = query.bind(&session.secret_digest).bind(session.agent.0);
        query.bind(signed(session.until.millis())).execute(&mut *self.writer().await?).await?;
        Ok(())
    }

    async fn session(&self, secret_digest: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StoreError> {
        let sql = "SELECT secret_digest, agent, until FROM sessions WHERE secret_digest = ? AND until > ?";
        let query = sqlx::query_as::<_, StoredSession>(sql).bind(secret_digest).bind(signed(now.millis()));
        Ok(query.fetch_optional(&self.readers).await?.map(SessionRow::from))
    }

    async fn remove_session(&self, secret_digest: &[u8]) -> Result<(), StoreError> {
        let query = sqlx::query("DELETE FROM sessions WHERE secret_digest = ?");
        query.bind(secret_digest).execute(&mut *self.writer().await?).await?;
        Ok(())
    }

    async fn remove_sessions_of(&self, agent: AgentId) -> Result<Vec<Vec<u8>>, StoreError> {
        let query = sqlx::query_scalar("DELETE FROM sessions WHERE agent = ? RETURNING secret_digest");
        Ok(query.bind(agent.0).fetch_all(&self.writer).await?)
    }

    fn shelf(&self) -> &dyn Shelf {
        self
    }

    fn keyring(&self) -> &dyn Keyring {
        self
    }

    fn outgoing(&self) -> &dyn Outgoing {
        self
    }

    fn workflows(&self) -> &dyn Workflows {
        self
    }
}

/// The index is named, because the planner, knowing nothing of how many are over, would walk through all conversations.
const LIVE_CONVERSATIONS: &str = "SELECT id, snapshot FROM conversations INDEXED BY conversations_live
    WHERE workspace = ?1 AND is_live ORDER BY seq";

/// Connections are kept for good: what they have prepared and cached is what makes them quick. But for one whose transaction
/// SQLite ended by itself, as it does when the disk is full: sqlx believes that it is still in it and would begin no other.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

#[cfg(test)]
impl Sqlite {
    /// How the database would go about a statement.
    pub(super) async fn plan(&self, sql: sqlx::SqlStr) -> String {
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.as_str()));
        let steps: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(explained).fetch_all(&self.readers).await.expect("the statement is sound");
        steps.into_iter().map(|(_, _, _, step)| step + "\n").collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::SqlSafeStr;

    #[tokio::test]
    async fn starting_walks_through_no_conversation_that_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join("store.db")).await.unwrap();
        let plan = store.plan(LIVE_CONVERSATIONS.into_sql_str()).await;
        assert!(plan.contains("SEARCH conversations USING INDEX conversations_live (workspace=?)"), "{plan}");
    }
}
