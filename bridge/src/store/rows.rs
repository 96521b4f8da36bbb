//! Rows read back as our types, and single values written, for both databases.

use super::{AgentRow, Answered, ConversationRow, SessionRow, SetupRow, StoreError};
use protocol::{
    Actor, AgentId, Cause, ConversationId, Event, Happening, KeyId, QueueId, RequestId, SiteId, SlugError,
    TeamId, Timestamp, VisitorId,
};
use serde::Deserialize;
use sqlx::FromRow;
use switchboard::{Asker, Contact, Conversation};
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
        Asker::Program(key) => (3, key.0),
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

/// What of an event is kept as JSON.
#[derive(Deserialize)]
struct Body {
    by: Actor,
    cause: Cause,
    happening: Happening,
}

impl TryFrom<StoredEvent> for Event {
    type Error = StoreError;

    fn try_from(row: StoredEvent) -> Result<Self, StoreError> {
        let (conversation, number) = (ConversationId(row.conversation), row.number);
        let body = serde_json::from_str(&row.body).map_err(|error| {
            StoreError::Unreadable(format!("event {number} of conversation {conversation}: {error}"))
        })?;
        let Body { by, cause, happening } = body;
        Ok(Self {
            conversation,
            number: row.number.unsigned_abs(),
            at: Timestamp::from_millis(row.at.unsigned_abs()),
            request: row.request.map(RequestId),
            by,
            cause,
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
            3 => Asker::Program(KeyId(row.asker)),
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
    team: Option<String>,
    agent: Option<Uuid>,
    last_number: i64,
    is_open: bool,
}

impl TryFrom<StoredConversation> for ConversationRow {
    type Error = StoreError;

    fn try_from(row: StoredConversation) -> Result<Self, StoreError> {
        Ok(Self {
            conversation: ConversationId(row.id),
            visitor: VisitorId(row.visitor),
            site: SiteId::new(row.site).map_err(bad_name)?,
            queue: row.queue.map(QueueId::new).transpose().map_err(bad_name)?,
            team: row.team.map(TeamId::new).transpose().map_err(bad_name)?,
            agent: row.agent.map(AgentId),
            last_number: row.last_number.unsigned_abs(),
            closed: !row.is_open,
        })
    }
}

/// A conversation kept whole. One that a later version cannot read is rebuilt from its events.
#[derive(FromRow)]
pub struct StoredSnapshot {
    /// Which.
    pub id: Uuid,
    /// [`Conversation`] as JSON.
    pub snapshot: String,
}

impl StoredSnapshot {
    /// The conversation; `None` when it is kept in another form.
    pub fn read(&self) -> Option<Conversation> {
        serde_json::from_str(&self.snapshot).ok()
    }
}

/// As [`StoredSnapshot`], with the place in the order of opening.
#[derive(FromRow)]
pub struct StoredPlace {
    /// The place.
    pub seq: i64,
    /// The conversation.
    #[sqlx(flatten)]
    pub stored: StoredSnapshot,
}

/// A row of `contacts`.
#[derive(FromRow)]
pub struct StoredContact {
    visitor: Uuid,
    body: String,
}

impl TryFrom<StoredContact> for (VisitorId, Contact) {
    type Error = StoreError;

    fn try_from(row: StoredContact) -> Result<Self, StoreError> {
        let visitor = VisitorId(row.visitor);
        let contact = serde_json::from_str(&row.body)
            .map_err(|error| StoreError::Unreadable(format!("visitor {visitor}: {error}")))?;
        Ok((visitor, contact))
    }
}

/// A row of `setups`.
#[derive(FromRow)]
pub struct StoredSetup {
    revision: i64,
    changed_at: i64,
    changed_by: String,
    body: String,
}

impl TryFrom<StoredSetup> for SetupRow {
    type Error = StoreError;

    fn try_from(row: StoredSetup) -> Result<Self, StoreError> {
        let setup = serde_json::from_str(&row.body)
            .map_err(|error| StoreError::Unreadable(format!("setup {}: {error}", row.revision)))?;
        Ok(Self {
            revision: row.revision.unsigned_abs(),
            changed_at: Timestamp::from_millis(row.changed_at.unsigned_abs()),
            changed_by: row.changed_by,
            setup,
        })
    }
}

/// A row of `agents`.
#[derive(FromRow)]
pub struct StoredAgent {
    id: Uuid,
    email: String,
    password_hash: String,
    standing: String,
}

impl TryFrom<StoredAgent> for AgentRow {
    type Error = StoreError;

    fn try_from(row: StoredAgent) -> Result<Self, StoreError> {
        let standing = serde_json::from_str(&row.standing)
            .map_err(|error| StoreError::Unreadable(format!("how agent {} stands: {error}", row.id)))?;
        Ok(Self { id: AgentId(row.id), email: row.email, password_hash: row.password_hash, standing })
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

/// Events read on from a number, when none is missing between them: of a damaged database nobody is told less than there was
/// as if it were all.
pub fn in_sequence(events: Vec<Event>, after: u64) -> Result<Vec<Event>, StoreError> {
    let numbered = events.iter().zip(after.saturating_add(1)..);
    match numbered.into_iter().find(|(event, number)| event.number != *number) {
        None => Ok(events),
        Some((event, number)) => Err(StoreError::Unreadable(format!(
            "event {number} of conversation {} is missing: the database is damaged, restore a copy",
            event.conversation
        ))),
    }
}

fn bad_name(error: SlugError) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
