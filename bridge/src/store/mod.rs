//! What is kept, and the promises of keeping it. One trait, two databases, one contract test (`tests/`) run on both.
//!
//! SQL lives in this folder only. Looking up what is absent gives `None`, never an error.

mod audit;
mod batch;
mod keyring;
mod outgoing;
mod postgres;
mod rows;
mod shelf;
mod sqlite;
mod workflows;

pub use keyring::{Claim, Claimed, KeyRow, Keyring};
pub use outgoing::{
    AttemptRow, DeliveryKey, DeliveryRow, DeliveryState, Next, Outcome, Outgoing, SecretRow, WebhookRow,
};
pub use shelf::{BuildRow, DraftRow, FileRow, Mark, ReleaseRow, Shelf, VersionRow};
pub use workflows::{
    Release, RunRow, RunsOf, WorkflowDraft, WorkflowFile, WorkflowRelease, WorkflowVersion, Workflows,
};

use async_trait::async_trait;
use protocol::setup::Setup;
use protocol::{
    AgentId, ConversationId, ConversationState, Event, QueueId, RequestId, SiteId, TeamId, Timestamp,
    VisitorId, WorkspaceId,
};
use std::path::Path;
use std::sync::Arc;
use switchboard::{Asker, Change, Contact, Conversation, Standing};

/// Opens the store at an address: `sqlite://PATH`, where the file is made when it is missing, or `postgres://…`. Missing
/// migrations are run first.
pub async fn open(address: &str) -> Result<Arc<dyn Store>, StoreError> {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    match scheme {
        "sqlite" if !rest.is_empty() => Ok(Arc::new(sqlite::Sqlite::open(Path::new(rest)).await?)),
        "postgres" | "postgresql" => Ok(Arc::new(postgres::Postgres::open(address).await?)),
        _ => Err(StoreError::Address),
    }
}

/// Proof of owning a workspace: every save carries it, and a save with an older epoch than the newest is refused, so
/// that an old owner cannot write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Whose switchboard.
    pub workspace: WorkspaceId,
    /// Grows with every owner.
    pub epoch: i64,
}

/// Why the store did not do it. Nothing of it was done; only after [`StoreError::Database`] and [`StoreError::File`] can that
/// be unknown, when the commit itself failed. Whoever keeps a picture of what is saved rebuilds it then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not the address of a store. The address is not repeated, since it can hold a password.
    #[error(
        "a database's address is `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`, and this is neither"
    )]
    Address,
    /// The database could not be opened.
    #[error("cannot open the database {place}: {cause}")]
    Opening {
        /// The file, or the server and the database's name there.
        place: String,
        /// What the database said.
        #[source]
        cause: sqlx::Error,
    },
    /// The database could not be brought to the form this version needs.
    #[error("cannot bring the database to the form this version needs: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Another process owns the workspace now.
    #[error("another process has taken over workspace `{0}`; this one must stop serving it")]
    NotOwner(WorkspaceId),
    /// A request of this name was saved before: a repeat that slipped past the look-up.
    #[error("this request was saved before")]
    Repeated,
    /// The changes do not follow from what is saved: a wrong number, a second open conversation, an unknown agent. The
    /// caller's picture is not that of the store.
    #[error("the changes do not follow from what is saved: {0}")]
    OutOfStep(String),
    /// The database said no.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The SQLite file said no to a save.
    #[error("the database failed: {0}")]
    File(#[from] rusqlite::Error),
    /// The database holds something this version cannot read.
    #[error("the database holds an unreadable row: {0}")]
    Unreadable(String),
}

/// Where an earlier request of the same name ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Whose request.
    pub asker: Asker,
    /// Its name.
    pub request: RequestId,
    /// The conversation of its event.
    pub conversation: ConversationId,
    /// The event's number there.
    pub number: u64,
}

/// A conversation's row: what is needed to judge who may read it after it has closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationRow {
    /// Which.
    pub conversation: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Where it began.
    pub site: SiteId,
    /// The queue it last waited in.
    pub queue: Option<QueueId>,
    /// The team it last belonged to.
    pub team: Option<TeamId>,
    /// The agent who had it last.
    pub agent: Option<AgentId>,
    /// Number of its last event.
    pub last_number: u64,
    /// Whether it is over.
    pub closed: bool,
}

/// An agent's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Who.
    pub id: AgentId,
    /// What they sign in with, in lower case.
    pub email: String,
    /// Argon2id, in PHC string form.
    pub password_hash: String,
    /// How they stood last.
    pub standing: Standing,
}

/// What one save keeps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Saving<'a> {
    /// What happened, in this order. Of those, events are kept, and runs as they moved last.
    pub changes: &'a [Change],
    /// Every conversation that has an event among them, as it stands after the last.
    pub conversations: &'a [&'a Conversation],
    /// Agents who stand otherwise than before.
    pub standings: &'a [(AgentId, Standing)],
}

/// Which conversations are looked for; what is not given does not matter.
#[derive(Clone, Debug, Default)]
pub struct ConversationQuery {
    /// In this state.
    pub state: Option<ConversationState>,
    /// Last in this queue.
    pub queue: Option<QueueId>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// This agent's, now or last.
    pub agent: Option<AgentId>,
    /// Of this visitor.
    pub visitor: Option<VisitorId>,
    /// Opened before the one at this place.
    pub before: Option<i64>,
    /// As many at most.
    pub limit: u64,
}

/// How a workspace is set up.
#[derive(Clone, Debug, PartialEq)]
pub struct SetupRow {
    /// Grows by one with every change, from 1.
    pub revision: u64,
    /// When it was changed.
    pub changed_at: Timestamp,
    /// Who changed it, as people read it.
    pub changed_by: String,
    /// Everything that is set up.
    pub setup: Setup,
}

/// Something that somebody changed in the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// Who, as people read it; `None` is the command line or the workspace file.
    pub by: Option<String>,
    /// What was done.
    pub kind: String,
    /// With what.
    pub what: String,
}

/// A signed-in console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the cookie's secret; the secret itself is not kept.
    pub secret_digest: Vec<u8>,
    /// Whose.
    pub agent: AgentId,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What a bridge keeps.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Makes the caller the owner of the workspace, whoever was before.
    async fn take_lease(&self, workspace: &WorkspaceId) -> Result<Lease, StoreError>;

    /// Saves all of this or none, in one transaction, under the lease.
    ///
    /// [`StoreError::OutOfStep`]: an event's number is not the conversation's next one, a conversation does not begin
    /// with [`protocol::Happening::Opened`] or is not given as it stands after its last event, it belongs to another
    /// workspace, a visitor would have two conversations that are not over, or an agent was never added.
    async fn save(&self, lease: &Lease, saving: Saving<'_>) -> Result<(), StoreError>;

    /// Which of these requests were saved before, and where.
    async fn answered(&self, requests: &[(Asker, RequestId)]) -> Result<Vec<Answered>, StoreError>;

    /// Events of a conversation with a number above `after`, in order, at most `limit`.
    async fn events_after(
        &self,
        conversation: ConversationId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError>;

    /// Every conversation of the workspace that is not over, or whose notes are being finished.
    async fn live_conversations(&self, workspace: &WorkspaceId) -> Result<Vec<Conversation>, StoreError>;

    /// The conversation each of these visitors opened last, whole; nothing of those who never opened one.
    async fn last_conversations(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<Conversation>, StoreError>;

    /// A conversation, whole, whether or not it is over.
    async fn whole_conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Conversation>, StoreError>;

    /// Conversations by what is asked for, the one opened last first, each with its place in the order of opening.
    async fn conversations(
        &self,
        workspace: &WorkspaceId,
        query: &ConversationQuery,
    ) -> Result<Vec<(i64, Conversation)>, StoreError>;

    /// Events of a conversation that tell who was asked to take it, what became of that, that it was passed on to somebody,
    /// and whose it became.
    async fn decisions_of(&self, conversation: ConversationId) -> Result<Vec<Event>, StoreError>;

    /// What is known of these visitors; nothing of those who never opened a conversation.
    async fn contacts(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<(VisitorId, Contact)>, StoreError>;

    /// How the workspace is set up now; `None` when it never was.
    async fn setup(&self, workspace: &WorkspaceId) -> Result<Option<SetupRow>, StoreError>;

    /// Revisions of the setup below one, the newest first: each with when and by whom it was made.
    async fn setup_revisions(
        &self,
        workspace: &WorkspaceId,
        before: u64,
        limit: u64,
    ) -> Result<Vec<(u64, Timestamp, String)>, StoreError>;

    /// The setup of a revision.
    async fn setup_at(&self, workspace: &WorkspaceId, revision: u64) -> Result<Option<SetupRow>, StoreError>;

    /// Who changed what in the settings, not later than `until`, the newest first, without the first `skip` of them.
    async fn audit(
        &self,
        workspace: &WorkspaceId,
        until: Timestamp,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<AuditRow>, StoreError>;

    /// Keeps a setup under the lease; its revision has to be the next one.
    async fn save_setup(&self, lease: &Lease, setup: &SetupRow) -> Result<(), StoreError>;

    /// A conversation's row, when it is one of this workspace's.
    async fn conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>, StoreError>;

    /// The conversation a visitor opened last.
    async fn latest_conversation(
        &self,
        workspace: &WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<ConversationRow>, StoreError>;

    /// Adds an agent. An email that is there already keeps its id, password and standing: then nothing changes.
    async fn add_agent(&self, workspace: &WorkspaceId, agent: &AgentRow) -> Result<(), StoreError>;

    /// Replaces an agent's password.
    async fn set_password(&self, agent: AgentId, password_hash: &str) -> Result<(), StoreError>;

    /// Every agent, in order of email's bytes.
    async fn agents(&self, workspace: &WorkspaceId) -> Result<Vec<AgentRow>, StoreError>;

    /// Keeps a sign-in.
    async fn add_session(&self, session: &SessionRow) -> Result<(), StoreError>;

    /// The sign-in of that digest, when it has not ended at `now`.
    async fn session(&self, secret_digest: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StoreError>;

    /// Ends a sign-in.
    async fn remove_session(&self, secret_digest: &[u8]) -> Result<(), StoreError>;

    /// Ends every sign-in of an agent, and says which they were.
    async fn remove_sessions_of(&self, agent: AgentId) -> Result<Vec<Vec<u8>>, StoreError>;

    /// What authors keep.
    fn shelf(&self) -> &dyn Shelf;

    /// What programs are known by.
    fn keyring(&self) -> &dyn Keyring;

    /// Who is told of events.
    fn outgoing(&self) -> &dyn Outgoing;

    /// What authors of workflows keep, and what became of it.
    fn workflows(&self) -> &dyn Workflows;
}

/// Conversations kept whole, read; those kept in a form of another version are rebuilt from their events.
async fn whole(store: &dyn Store, rows: Vec<rows::StoredSnapshot>) -> Result<Vec<Conversation>, StoreError> {
    let mut conversations = Vec::with_capacity(rows.len());
    for row in rows {
        match row.read() {
            Some(conversation) => conversations.push(conversation),
            None => conversations.extend(rebuilt(store, ConversationId(row.id)).await?),
        }
    }
    Ok(conversations)
}

/// A conversation made from its events alone. What is known of its visitor begins anew.
async fn rebuilt(store: &dyn Store, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    let events = store.events_after(id, 0, usize::MAX).await?;
    let Some(first) = events.first() else { return Ok(None) };
    let mut conversation = Conversation::begun_by(first, Contact::default());
    for event in &events[1..] {
        if let Some(conversation) = &mut conversation {
            conversation.apply(event);
        }
    }
    Ok(conversation)
}

/// A value as it is kept.
fn written(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_of_another_kind_is_refused_without_repeating_it() {
        for address in ["mysql://root:hunter2@localhost/x", "sqlite://", "hunter2.db", ""] {
            let refused = open(address).await.err().expect("must be refused");
            assert!(matches!(refused, StoreError::Address), "{address}: {refused}");
            assert!(!refused.to_string().contains("hunter2"));
        }
    }

    #[tokio::test]
    async fn a_store_that_cannot_be_opened_says_where_without_the_password() {
        let missing = open("sqlite:///no/such/folder/x.db").await.err().expect("must fail").to_string();
        assert!(missing.contains("/no/such/folder/x.db"), "{missing}");
        let address = "postgres://me:hunter2@localhost:1/chats?sslmode=nonsense";
        let malformed = open(address).await.err().expect("must fail").to_string();
        assert!(!malformed.contains("hunter2"), "{malformed}");
    }
}
