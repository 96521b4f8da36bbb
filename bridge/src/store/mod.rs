//! What is kept, and the promises of keeping it. One trait, two databases, one contract test (`tests/`) run on both.
//!
//! SQL lives in this folder only. Looking up what is absent gives `None`, never an error.

use async_trait::async_trait;
use protocol::{
    AgentId, AgentStatus, ConversationId, Event, QueueId, RequestId, SiteId, Timestamp, VisitorId, WorkspaceId,
};
use switchboard::{Asker, Change};

/// Proof of owning a workspace: every save carries it, and a save with an older epoch than the newest is refused, so
/// that an old owner cannot write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Whose switchboard.
    pub workspace: WorkspaceId,
    /// Grows with every owner.
    pub epoch: i64,
}

/// Why the store did not do it. Nothing of it was done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process owns the workspace now.
    #[error("another process has taken over workspace `{0}`; this one must stop serving it")]
    NotOwner(WorkspaceId),
    /// A request of this name was saved before: a repeat that slipped past the look-up.
    #[error("this request was saved before")]
    Repeated,
    /// The database said no.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
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
    /// The status they chose last.
    pub status: AgentStatus,
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

/// A published assistant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistantRow {
    /// Which site runs it.
    pub site: SiteId,
    /// SHA-256 of the definition, hexadecimal.
    pub hash: String,
    /// The definition, as uploaded.
    pub definition: String,
    /// When.
    pub published_at: Timestamp,
}

/// What a bridge keeps.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Makes the caller the owner of the workspace, whoever was before.
    async fn take_lease(&self, workspace: &WorkspaceId) -> Result<Lease, StoreError>;

    /// Saves all of these or none, in one transaction, under the lease. [`Change::Connection`] is not kept. An event
    /// whose number is not the conversation's next one is an error and nothing is saved, as is a second conversation
    /// that is not closed for one visitor.
    async fn save(&self, lease: &Lease, changes: &[Change]) -> Result<(), StoreError>;

    /// Which of these requests were saved before, and where.
    async fn answered(&self, requests: &[(Asker, RequestId)]) -> Result<Vec<Answered>, StoreError>;

    /// Events of a conversation with a number above `after`, in order, at most `limit`.
    async fn events_after(
        &self,
        conversation: ConversationId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError>;

    /// What `Switchboard::apply` needs to rebuild every conversation of the workspace that is not closed: all their
    /// events except messages, and of messages the last one; in order of conversation, then number.
    async fn open_conversations(&self, workspace: &WorkspaceId) -> Result<Vec<Event>, StoreError>;

    /// A conversation's row.
    async fn conversation(&self, conversation: ConversationId) -> Result<Option<ConversationRow>, StoreError>;

    /// The conversation a visitor opened last.
    async fn latest_conversation(
        &self,
        workspace: &WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<ConversationRow>, StoreError>;

    /// Adds an agent. An email that is there already keeps its id, password and status: then nothing changes.
    async fn add_agent(&self, workspace: &WorkspaceId, agent: &AgentRow) -> Result<(), StoreError>;

    /// Replaces an agent's password.
    async fn set_password(&self, agent: AgentId, password_hash: &str) -> Result<(), StoreError>;

    /// Every agent, in order of email.
    async fn agents(&self, workspace: &WorkspaceId) -> Result<Vec<AgentRow>, StoreError>;

    /// Keeps a sign-in.
    async fn add_session(&self, session: &SessionRow) -> Result<(), StoreError>;

    /// The sign-in of that digest, when it has not ended at `now`.
    async fn session(&self, secret_digest: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StoreError>;

    /// Ends a sign-in.
    async fn remove_session(&self, secret_digest: &[u8]) -> Result<(), StoreError>;

    /// Publishes an assistant on a site. Earlier ones stay readable by their hash; publishing one of them again makes it
    /// the current one.
    async fn publish_assistant(&self, workspace: &WorkspaceId, assistant: &AssistantRow) -> Result<(), StoreError>;

    /// Every site's current assistant.
    async fn current_assistants(&self, workspace: &WorkspaceId) -> Result<Vec<AssistantRow>, StoreError>;

    /// The assistant of that hash on that site, current or not.
    async fn assistant(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        hash: &str,
    ) -> Result<Option<AssistantRow>, StoreError>;
}
