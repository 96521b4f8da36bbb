//! The store in PostgreSQL. A save is one statement for each table, however many rows it has: the rows travel as arrays, a
//! column each. Saves have a connection of their own: one of the pool is asked whether it lives before and after each use.
//! Several bridges may share the database; a lease's row is locked while its owner saves.

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
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Postgres as Db, Transaction};
use std::time::Duration;
use switchboard::{Asker, Contact, Conversation};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Connections to the server, for everything but saving.
const CONNECTIONS_MAX: u32 = 8;
/// How long a caller waits for a connection before it is told that the database is away.
const CONNECT_SECONDS_MAX: u64 = 5;
/// How long the server keeps a transaction whose bridge is silent: a bridge that was paused in the middle of a save must not
/// keep another from taking over.
const SILENT_SAVE_MILLIS_MAX: u64 = 5_000;

/// See the module.
pub struct Postgres {
    pool: PgPool,
    saver: Mutex<Saver>,
}

impl Postgres {
    /// Connects and runs missing migrations. When several bridges start at once, one of them migrates and the others wait.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        // The cause of a bad address is left out: it may quote a password.
        let options: PgConnectOptions = address.parse().map_err(|_| StoreError::Address)?;
        let options = options
            .application_name("passerelle")
            .options([("idle_in_transaction_session_timeout", SILENT_SAVE_MILLIS_MAX)])
            .disable_statement_logging();
        let database = options.get_database().unwrap_or(options.get_username());
        let place = format!("{database} on {}:{}", options.get_host(), options.get_port());
        let connecting = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
            .connect_with(options.clone());
        let pool = connecting.await.map_err(|cause| StoreError::Opening { place, cause })?;
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        Ok(Self { pool, saver: Mutex::new(Saver::new(options)) })
    }

    /// A transaction.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Db>, StoreError> {
        Ok(self.pool.begin().await?)
    }

    /// A transaction of a workspace's owner.
    pub(super) async fn begin_as(&self, lease: &Lease) -> Result<Transaction<'static, Db>, StoreError> {
        let mut transaction = self.begin().await?;
        save::check_lease(&mut transaction, lease).await?;
        Ok(transaction)
    }

    /// What single statements write on.
    pub(super) async fn writer(&self) -> Result<PoolConnection<Db>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// What is read on.
    pub(super) fn readers(&self) -> &PgPool {
        &self.pool
    }
}

#[async_trait]
impl Store for Postgres {
    async fn take_lease(&self, workspace: &WorkspaceId) -> Result<Lease, StoreError> {
        let sql = "INSERT INTO leases (workspace, epoch) VALUES ($1, 1)
                   ON CONFLICT (workspace) DO UPDATE SET epoch = leases.epoch + 1 RETURNING epoch";
        let epoch = sqlx::query_scalar(sql).bind(workspace.as_str()).fetch_one(&self.pool).await?;
        Ok(Lease { workspace: workspace.clone(), epoch })
    }

    async fn save(&self, lease: &Lease, saving: Saving<'_>) -> Result<(), StoreError> {
        let batch = Batch::of(&saving)?;
        self.saver.lock().await.save(lease, &batch).await
    }

    async fn answered(&self, requests: &[(Asker, RequestId)]) -> Result<Vec<Answered>, StoreError> {
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        let (kinds, askers): (Vec<i16>, Vec<Uuid>) =
            requests.iter().map(|(asker, _)| asker_key(*asker)).unzip();
        let names: Vec<Uuid> = requests.iter().map(|(_, request)| request.0).collect();
        let sql = "SELECT asker_kind, asker, request, conversation, number
                   FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS asked (asker_kind, asker, request)
                   JOIN events USING (asker_kind, asker, request)";
        let query = sqlx::query_as::<_, StoredAnswer>(sql).bind(kinds).bind(askers).bind(names);
        read_all(query.fetch_all(&self.pool).await?)
    }

    async fn events_after(
        &self,
        conversation: ConversationId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT conversation, number, at, request, body FROM events
                   WHERE conversation = $1 AND number > $2 ORDER BY number LIMIT $3";
        let query = sqlx::query_as::<_, StoredEvent>(sql);
        let query = query.bind(conversation.0).bind(signed(after)).bind(signed(limit as u64));
        in_sequence(read_all(query.fetch_all(&self.pool).await?)?, after)
    }

    async fn live_conversations(&self, workspace: &WorkspaceId) -> Result<Vec<Conversation>, StoreError> {
        let sql = "SELECT id, snapshot FROM conversations WHERE workspace = $1 AND is_live ORDER BY seq";
        let query = sqlx::query_as::<_, StoredSnapshot>(sql).bind(workspace.as_str());
        whole(self, query.fetch_all(&self.pool).await?).await
    }

    async fn last_conversations(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<Conversation>, StoreError> {
        let sql = "SELECT c.id, c.snapshot FROM unnest($2::uuid[]) AS asked (visitor) JOIN conversations AS c ON c.seq =
                     (SELECT max(seq) FROM conversations AS own WHERE own.visitor = asked.visitor AND own.workspace = $1)";
        let query = sqlx::query_as::<_, StoredSnapshot>(sql).bind(workspace.as_str());
        let visitors: Vec<Uuid> = visitors.iter().map(|visitor| visitor.0).collect();
        whole(self, query.bind(visitors).fetch_all(&self.pool).await?).await
    }

    async fn whole_conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let sql = "SELECT id, snapshot FROM conversations WHERE id = $1 AND workspace = $2";
        let query = sqlx::query_as::<_, StoredSnapshot>(sql).bind(conversation.0).bind(workspace.as_str());
        let rows = query.fetch_all(&self.pool).await?;
        Ok(whole(self, rows).await?.pop())
    }

    async fn conversations(
        &self,
        workspace: &WorkspaceId,
        query: &ConversationQuery,
    ) -> Result<Vec<(i64, Conversation)>, StoreError> {
        let sql = "SELECT seq, id, snapshot FROM conversations WHERE workspace = $1
                     AND ($2::text IS NULL OR state = $2::text) AND ($3::text IS NULL OR queue = $3::text) AND ($4::text IS NULL OR team = $4::text)
                     AND ($5::uuid IS NULL OR agent = $5::uuid) AND ($6::uuid IS NULL OR visitor = $6::uuid) AND ($7::bigint IS NULL OR seq < $7::bigint)
                   ORDER BY seq DESC LIMIT $8";
        let rows = sqlx::query_as::<_, StoredPlace>(sql)
            .bind(workspace.as_str())
            .bind(query.state.map(ConversationState::code))
            .bind(query.queue.as_ref().map(QueueId::as_str))
            .bind(query.team.as_ref().map(TeamId::as_str))
            .bind(query.agent.map(|agent| agent.0))
            .bind(query.visitor.map(|visitor| visitor.0))
            .bind(query.before)
            .bind(signed(query.limit));
        let rows = rows.fetch_all(&self.pool).await?;
        let (places, stored): (Vec<i64>, Vec<StoredSnapshot>) =
            rows.into_iter().map(|row| (row.seq, row.stored)).unzip();
        Ok(places.into_iter().zip(whole(self, stored).await?).collect())
    }

    async fn decisions_of(&self, conversation: ConversationId) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT conversation, number, at, request, body FROM events
                   WHERE conversation = $1 AND kind IN ('offered', 'offer_ended', 'transfer_offered',
                   'transfer_ended', 'transferred', 'assigned') ORDER BY number";
        let query = sqlx::query_as::<_, StoredEvent>(sql).bind(conversation.0);
        read_all(query.fetch_all(&self.pool).await?)
    }

    async fn contacts(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<(VisitorId, Contact)>, StoreError> {
        let sql =
            "SELECT visitor, body FROM unnest($2::uuid[]) AS asked (visitor) JOIN contacts USING (visitor)
                   WHERE workspace = $1";
        let query = sqlx::query_as::<_, StoredContact>(sql).bind(workspace.as_str());
        let visitors: Vec<Uuid> = visitors.iter().map(|visitor| visitor.0).collect();
        read_all(query.bind(visitors).fetch_all(&self.pool).await?)
    }

    async fn setup(&self, workspace: &WorkspaceId) -> Result<Option<SetupRow>, StoreError> {
        let sql = "SELECT revision, changed_at, changed_by, body FROM setups
                   WHERE workspace = $1 ORDER BY revision DESC LIMIT 1";
        let query = sqlx::query_as::<_, StoredSetup>(sql).bind(workspace.as_str());
        query.fetch_optional(&self.pool).await?.map(SetupRow::try_from).transpose()
    }

    async fn setup_revisions(
        &self,
        workspace: &WorkspaceId,
        before: u64,
        limit: u64,
    ) -> Result<Vec<(u64, Timestamp, String)>, StoreError> {
        let query = sqlx::query_as::<_, (i64, i64, String)>(SETUP_REVISIONS).bind(workspace.as_str());
        let rows = query.bind(signed(before)).bind(signed(limit)).fetch_all(&self.pool).await?;
        let read = |(revision, at, by): (i64, i64, String)| {
            (revision.unsigned_abs(), Timestamp::from_millis(at.unsigned_abs()), by)
        };
        Ok(rows.into_iter().map(read).collect())
    }

    async fn setup_at(&self, workspace: &WorkspaceId, revision: u64) -> Result<Option<SetupRow>, StoreError> {
        let query = sqlx::query_as::<_, StoredSetup>(SETUP_AT).bind(workspace.as_str());
        let row = query.bind(signed(revision)).fetch_optional(&self.pool).await?;
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
        Ok(query.fetch_all(&self.pool).await?.into_iter().map(AuditRow::from).collect())
    }

    async fn save_setup(&self, lease: &Lease, setup: &SetupRow) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        save::keep_setup(&mut transaction, lease, setup).await?;
        Ok(transaction.commit().await?)
    }

    async fn conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        let sql = "SELECT id, visitor, site, queue, team, agent, last_number, is_open FROM conversations \
             WHERE id = $1 AND workspace = $2";
        let query =
            sqlx::query_as::<_, StoredConversation>(sql).bind(conversation.0).bind(workspace.as_str());
        query.fetch_optional(&self.pool).await?.map(ConversationRow::try_from).transpose()
    }

    async fn latest_conversation(
        &self,
        workspace: &WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        let sql = "SELECT id, visitor, site, queue, team, agent, last_number, is_open FROM conversations
                   WHERE workspace = $1 AND visitor = $2 ORDER BY seq DESC LIMIT 1";
        let query = sqlx::query_as::<_, StoredConversation>(sql).bind(workspace.as_str()).bind(visitor.0);
        query.fetch_optional(&self.pool).await?.map(ConversationRow::try_from).transpose()
    }

    async fn add_agent(&self, workspace: &WorkspaceId, agent: &AgentRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO agents (id, workspace, email, password_hash, status, standing)
                   VALUES ($1, $2, $3, $4, 'offline', $5) ON CONFLICT (workspace, email) DO NOTHING";
        let query = sqlx::query(sql).bind(agent.id.0).bind(workspace.as_str()).bind(&agent.email);
        query.bind(&agent.password_hash).bind(written(&agent.standing)?).execute(&self.pool).await?;
        Ok(())
    }

    async fn set_password(&self, agent: AgentId, password_hash: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE agents SET password_hash = $1 WHERE id = $2");
        query.bind(password_hash).bind(agent.0).execute(&self.pool).await?;
        Ok(())
    }

    async fn agents(&self, workspace: &WorkspaceId) -> Result<Vec<AgentRow>, StoreError> {
        let sql = "SELECT id, email, password_hash, standing FROM agents WHERE workspace = $1
                   ORDER BY email COLLATE \"C\"";
        let query = sqlx::query_as::<_, StoredAgent>(sql).bind(workspace.as_str());
        read_all(query.fetch_all(&self.pool).await?)
    }

    async fn add_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        let query = sqlx::query("INSERT INTO sessions (secret_digest, agent, until) VALUES ($1, $2, $3)");
        let query = query.bind(&session.secret_digest).bind(session.agent.0);
        query.bind(signed(session.until.millis())).execute(&self.pool).await?;
        Ok(())
    }

    async fn session(&self, secret_digest: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StoreError> {
        let sql = "SELECT secret_digest, agent, until FROM sessions WHERE secret_digest = $1 AND until > $2";
        let query = sqlx::query_as::<_, StoredSession>(sql).bind(secret_digest).bind(signed(now.millis()));
        Ok(query.fetch_optional(&self.pool).await?.map(SessionRow::from))
    }

    async fn remove_session(&self, secret_digest: &[u8]) -> Result<(), StoreError> {
        let query = sqlx::query("DELETE FROM sessions WHERE secret_digest = $1");
        query.bind(secret_digest).execute(&self.pool).await?;
        Ok(())
    }

    async fn remove_sessions_of(&self, agent: AgentId) -> Result<Vec<Vec<u8>>, StoreError> {
        let query = sqlx::query_scalar("DELETE FROM sessions WHERE agent = $1 RETURNING secret_digest");
        Ok(query.bind(agent.0).fetch_all(&self.pool).await?)
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
