//! Rows read back as our types, and single values written, for both databases.

use super::{AgentRow, Answered, ConversationRow, SessionRow, StoreError};
use protocol::{
    AgentId, AgentStatus, ConversationId, Event, QueueId, RequestId, SiteId, SlugError, Timestamp, VisitorId,
};
use sqlx::FromRow;
use switchboard::Asker;
use uuid::Uuid;

/// The databases' integers have a sign. Numbers and times never get near the bound; what a client asks for can, and then
/// the largest integer finds as little as the number itself would.
pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How an asker is stored: what they are, and which.
pub fn asker_key(asker: Asker) -> (i16, Uuid) {
    match asker {
        Asker::Visitor(visitor) => (1, visitor.0),
        Asker::Agent(agent) => (2, agent.0),
    }
}

/// How a status is stored.
pub fn status_name(status: AgentStatus) -> &'static str {
    match status {
        AgentStatus::Online => "online",
        AgentStatus::Busy => "busy",
        AgentStatus::Offline => "offline",
    }
}

/// A row of `events`.
#[derive(FromRow)]
pub struct StoredEvent {
    conversation: Uuid,
    number: i64,
    at: i64,
    request: Option<Uuid>,
    body: String,
}

impl TryFrom<StoredEvent> for Event {
    type Error = StoreError;

    fn try_from(row: StoredEvent) -> Result<Self, StoreError> {
        let (conversation, number) = (ConversationId(row.conversation), row.number);
        let happening = serde_json::from_str(&row.body).map_err(|error| {
            StoreError::Unreadable(format!("event {number} of conversation {conversation}: {error}"))
        })?;
        Ok(Self {
            conversation,
            number: row.number.unsigned_abs(),
            at: Timestamp::from_millis(row.at.unsigned_abs()),
            request: row.request.map(RequestId),
            happening,
        })
    }
}

/// A row of `events`, of its request only.
#[derive(FromRow)]
pub struct StoredAnswer {
    asker_kind: i16,
    asker: Uuid,
    request: Uuid,
    conversation: Uuid,
    number: i64,
}

impl TryFrom<StoredAnswer> for Answered {
    type Error = StoreError;

    fn try_from(row: StoredAnswer) -> Result<Self, StoreError> {
        let asker = match row.asker_kind {
            1 => Asker::Visitor(VisitorId(row.asker)),
            2 => Asker::Agent(AgentId(row.asker)),
            other => return Err(StoreError::Unreadable(format!("an asker of kind {other}"))),
        };
        Ok(Self {
            asker,
            request: RequestId(row.request),
            conversation: ConversationId(row.conversation),
            number: row.number.unsigned_abs(),
        })
    }
}

/// A row of `conversations`.
#[derive(FromRow)]
pub struct StoredConversation {
    id: Uuid,
    visitor: Uuid,
    site: String,
    queue: Option<String>,
    agent: Option<Uuid>,
    last_number: i64,
    closed: bool,
}

impl TryFrom<StoredConversation> for ConversationRow {
    type Error = StoreError;

    fn try_from(row: StoredConversation) -> Result<Self, StoreError> {
        Ok(Self {
            conversation: ConversationId(row.id),
            visitor: VisitorId(row.visitor),
            site: SiteId::new(row.site).map_err(bad_name)?,
            queue: row.queue.map(QueueId::new).transpose().map_err(bad_name)?,
            agent: row.agent.map(AgentId),
            last_number: row.last_number.unsigned_abs(),
            closed: row.closed,
        })
    }
}

/// A row of `agents`.
#[derive(FromRow)]
pub struct StoredAgent {
    id: Uuid,
    email: String,
    password_hash: String,
    status: String,
}

impl TryFrom<StoredAgent> for AgentRow {
    type Error = StoreError;

    fn try_from(row: StoredAgent) -> Result<Self, StoreError> {
        let status = match row.status.as_str() {
            "online" => AgentStatus::Online,
            "busy" => AgentStatus::Busy,
            "offline" => AgentStatus::Offline,
            other => return Err(StoreError::Unreadable(format!("an agent's status `{other}`"))),
        };
        Ok(Self { id: AgentId(row.id), email: row.email, password_hash: row.password_hash, status })
    }
}

/// A row of `sessions`.
#[derive(FromRow)]
pub struct StoredSession {
    secret_digest: Vec<u8>,
    agent: Uuid,
    until: i64,
}

impl From<StoredSession> for SessionRow {
    fn from(row: StoredSession) -> Self {
        let until = Timestamp::from_millis(row.until.unsigned_abs());
        Self { secret_digest: row.secret_digest, agent: AgentId(row.agent), until }
    }
}

/// Many rows read back.
pub fn read_all<R, T: TryFrom<R, Error = StoreError>>(rows: Vec<R>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(T::try_from).collect()
}

fn bad_name(error: SlugError) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
