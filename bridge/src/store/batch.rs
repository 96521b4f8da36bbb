//! A batch of changes folded to what each table needs, for both databases.

use super::rows::{asker_key, signed};
use super::{Saving, StoreError};
use protocol::{Actor, Cause, ConversationId, Event, Happening, RunId, VisitorId};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use switchboard::{Asker, Change, Contact, Conversation, RunMoved};
use uuid::Uuid;

/// One transaction's worth of changes.
#[derive(Default)]
pub struct Batch {
    pub events: Vec<NewEvent>,
    pub opened: Vec<Row>,
    pub moved: Vec<Moved>,
    pub contacts: Vec<(Uuid, String)>,
    pub standings: Vec<(Uuid, String)>,
    pub runs: Vec<Run>,
}

/// A row to append to `events`.
pub struct NewEvent {
    pub conversation: Uuid,
    pub number: i64,
    pub at: i64,
    pub kind: &'static str,
    pub asker_kind: Option<i16>,
    pub asker: Option<Uuid>,
    pub request: Option<Uuid>,
    pub body: String,
}

/// A row of `conversations`, as it stands after the batch.
pub struct Row {
    pub conversation: Uuid,
    pub visitor: Uuid,
    pub site: String,
    pub state: &'static str,
    pub queue: Option<String>,
    pub team: Option<String>,
    pub agent: Option<Uuid>,
    pub last_number: i64,
    pub last_at: i64,
    pub is_open: bool,
    pub is_live: bool,
    pub snapshot: String,
}

/// A row that is there already.
pub struct Moved {
    /// The last number before the batch: the row must still hold it.
    pub from_number: i64,
    /// Whether nothing happened but messages: those end nothing, and open nothing.
    pub only_talks: bool,
    pub row: Row,
}

/// A row of `workflow_runs`, as it stands after the batch.
pub struct Run {
    pub id: Uuid,
    pub workflow: String,
    pub conversation: Uuid,
    pub ended_at: Option<i64>,
    pub body: String,
}

/// What of an event is kept as JSON.
#[derive(Serialize)]
struct Body<'a> {
    by: &'a Actor,
    cause: &'a Cause,
    happening: &'a Happening,
}

/// What a batch does to one conversation.
struct Progress {
    first: u64,
    last: u64,
    opens: bool,
    only_talks: bool,
    contact_changes: bool,
}

impl Batch {
    /// Folds changes; numbers must be without gaps inside the batch, the database compares the first with what it has.
    pub fn of(saving: &Saving<'_>) -> Result<Self, StoreError> {
        let mut batch = Self::default();
        let mut order: Vec<ConversationId> = Vec::new();
        let mut progress: HashMap<ConversationId, Progress> = HashMap::new();
        for change in saving.changes {
            let Change::Happened { event, asker } = change else { continue };
            let moved = progress.entry(event.conversation).or_insert_with(|| {
                order.push(event.conversation);
                Progress {
                    first: event.number,
                    last: event.number.wrapping_sub(1),
                    opens: false,
                    only_talks: true,
                    contact_changes: false,
                }
            });
            moved.take(event)?;
            batch.events.push(NewEvent::of(event, *asker)?);
        }
        let after: HashMap<ConversationId, &Conversation> =
            saving.conversations.iter().map(|conversation| (conversation.id, *conversation)).collect();
        let mut contacts: BTreeMap<VisitorId, String> = BTreeMap::new();
        for id in order {
            let (moved, conversation) = (&progress[&id], after.get(&id).copied().ok_or_else(|| unknown(id))?);
            if conversation.number != moved.last {
                return Err(misnumbered(id, moved.last, signed(conversation.number)));
            }
            if moved.contact_changes {
                contacts.insert(conversation.visitor, json(&conversation.contact)?);
            }
            let row = Row::of(conversation)?;
            match moved.opens {
                true => batch.opened.push(row),
                false => batch.moved.push(Moved {
                    from_number: signed(moved.first).saturating_sub(1),
                    only_talks: moved.only_talks,
                    row,
                }),
            }
        }
        batch.contacts = contacts.into_iter().map(|(visitor, body)| (visitor.0, body)).collect();
        batch.runs = runs(saving.changes)?;
        let standings = saving.standings.iter().map(|(agent, standing)| Ok((agent.0, json(standing)?)));
        batch.standings = standings.collect::<Result<_, StoreError>>()?;
        Ok(batch)
    }
}

impl Batch {
    /// Whether nothing happened but messages in conversations that were there before.
    pub fn only_talks(&self) -> bool {
        let Self { events, opened, moved, contacts, standings, runs } = self;
        let rest = (opened.len(), contacts.len(), standings.len(), runs.len());
        !events.is_empty()
            && !moved.is_empty()
            && moved.iter().all(|moved| moved.only_talks)
            && rest == (0, 0, 0, 0)
    }
}

impl Progress {
    fn take(&mut self, event: &Event) -> Result<(), StoreError> {
        if event.number == 0 || event.number != self.last.wrapping_add(1) {
            return Err(misnumbered(event.conversation, event.number, signed(self.last).saturating_add(1)));
        }
        self.last = event.number;
        let opens = matches!(event.happening, Happening::Opened { .. });
        if opens && event.number != 1 {
            let (conversation, number) = (event.conversation, event.number);
            return Err(StoreError::OutOfStep(format!(
                "conversation {conversation} is opened by its event {number}, not by 1"
            )));
        }
        self.opens |= opens;
        self.only_talks &= matches!(event.happening, Happening::Said { .. });
        // A contact is a row at a random place of its table: writing one that is the same costs a page.
        self.contact_changes |= Contact::is_touched_by(&event.happening);
        Ok(())
    }
}

impl Row {
    fn of(conversation: &Conversation) -> Result<Self, StoreError> {
        let state = conversation.state();
        Ok(Self {
            conversation: conversation.id.0,
            visitor: conversation.visitor.0,
            site: conversation.site.as_str().to_owned(),
            state: state.code(),
            queue: conversation.queue.as_ref().map(|queue| queue.as_str().to_owned()),
            team: conversation.team.as_ref().map(|team| team.as_str().to_owned()),
            agent: conversation.owner().or(conversation.last_owner).map(|agent| agent.0),
            last_number: signed(conversation.number),
            last_at: signed(conversation.words.last_at.millis()),
            is_open: !state.is_over(),
            is_live: state != protocol::ConversationState::Closed,
            snapshot: json(conversation)?,
        })
    }
}

impl Run {
    fn of(moved: &RunMoved) -> Result<Self, StoreError> {
        // The last line of a run's log says that it is over.
        let last = moved.run.log().lines().last().map(|line| signed(line.at.millis()));
        Ok(Self {
            id: moved.id.0,
            workflow: moved.workflow.as_str().to_owned(),
            conversation: moved.conversation.0,
            ended_at: moved.run.ended().map(|_| last.unwrap_or_default()),
            body: json(moved)?,
        })
    }
}

/// Every run among changes, as it was moved last.
fn runs(changes: &[Change]) -> Result<Vec<Run>, StoreError> {
    let mut last: BTreeMap<RunId, &RunMoved> = BTreeMap::new();
    for change in changes {
        if let Change::Ran(moved) = change {
            last.insert(moved.id, moved);
        }
    }
    last.into_values().map(Run::of).collect()
}

impl NewEvent {
    fn of(event: &Event, asker: Option<Asker>) -> Result<Self, StoreError> {
        let key = asker.filter(|_| event.request.is_some()).map(asker_key);
        let Event { by, cause, happening, .. } = event;
        Ok(Self {
            conversation: event.conversation.0,
            number: signed(event.number),
            at: signed(event.at.millis()),
            kind: happening.kind(),
            asker_kind: key.map(|(kind, _)| kind),
            asker: key.map(|(_, id)| id),
            request: event.request.map(|request| request.0),
            body: json(&Body { by, cause, happening })?,
        })
    }
}

/// The rows that an update of `moved` conversations must find, and found `found` of.
pub fn all_moved(moved: &[Moved], found: u64) -> Result<(), StoreError> {
    if found == moved.len() as u64 {
        return Ok(());
    }
    let missing = moved.len() as u64 - found.min(moved.len() as u64);
    Err(StoreError::OutOfStep(format!(
        "{missing} of {} conversations do not exist in this workspace or have another last number",
        moved.len()
    )))
}

/// As [`all_moved`], of agents who stand otherwise.
pub fn all_standing(standings: &[(Uuid, String)], found: u64) -> Result<(), StoreError> {
    if found == standings.len() as u64 {
        return Ok(());
    }
    Err(StoreError::OutOfStep("an agent who stands otherwise was never added to this workspace".to_owned()))
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn unknown(id: ConversationId) -> StoreError {
    StoreError::OutOfStep(format!("conversation {id} has events and is not given as it stands after them"))
}

fn misnumbered(conversation: ConversationId, number: u64, next: i64) -> StoreError {
    StoreError::OutOfStep(format!("event {number} of conversation {conversation} must have number {next}"))
}
