//! A batch of changes folded to what each table needs, for both databases.

use super::StoreError;
use super::rows::{asker_key, signed, status_name};
use protocol::{ConversationId, Event, Happening};
use std::collections::{BTreeMap, HashMap};
use switchboard::{Asker, Change};
use uuid::Uuid;

/// One transaction's worth of changes.
#[derive(Default)]
pub struct Batch {
    pub events: Vec<NewEvent>,
    pub opened: Vec<Opened>,
    pub moved: Vec<Moved>,
    pub statuses: BTreeMap<Uuid, &'static str>,
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

/// A row to append to `conversations`, as it stands after the batch.
pub struct Opened {
    pub visitor: Uuid,
    pub site: String,
    pub state: Moved,
}

/// What a batch does to one conversation. `None` leaves a column as it is.
pub struct Moved {
    pub conversation: Uuid,
    /// The last number before the batch: the row must still hold it.
    pub from_number: i64,
    pub last_number: i64,
    pub last_message: Option<i64>,
    pub queue: Option<String>,
    pub agent: Option<Uuid>,
    pub closed: bool,
}

impl Batch {
    /// Folds changes; numbers must be without gaps inside the batch, the database compares the first with what it has.
    pub fn of(changes: &[Change]) -> Result<Self, StoreError> {
        let mut batch = Self::default();
        let mut progress: Vec<(Moved, Option<(Uuid, String)>)> = Vec::new();
        let mut places: HashMap<ConversationId, usize> = HashMap::new();
        for change in changes {
            match change {
                Change::Happened { event, asker } => {
                    let place = *places.entry(event.conversation).or_insert_with(|| {
                        progress.push((Moved::before(event), None));
                        progress.len() - 1
                    });
                    let (moved, opening) = &mut progress[place];
                    moved.take(event)?;
                    if let Happening::Opened { visitor, site } = &event.happening {
                        first_only(event)?;
                        *opening = Some((visitor.0, site.as_str().to_owned()));
                    }
                    batch.events.push(NewEvent::of(event, *asker)?);
                }
                Change::StatusChosen { agent, status } => {
                    batch.statuses.insert(agent.0, status_name(*status));
                }
                Change::Connection { .. } => {}
            }
        }
        for (state, opening) in progress {
            match opening {
                Some((visitor, site)) => batch.opened.push(Opened { visitor, site, state }),
                None => batch.moved.push(state),
            }
        }
        Ok(batch)
    }
}

impl Moved {
    fn before(event: &Event) -> Self {
        let from_number = signed(event.number).saturating_sub(1);
        Self {
            conversation: event.conversation.0,
            from_number,
            last_number: from_number,
            last_message: None,
            queue: None,
            agent: None,
            closed: false,
        }
    }

    fn take(&mut self, event: &Event) -> Result<(), StoreError> {
        let number = signed(event.number);
        if number < 1 || number != self.last_number + 1 {
            return Err(misnumbered(event.conversation, event.number, self.last_number + 1));
        }
        self.last_number = number;
        match &event.happening {
            Happening::Said { .. } => self.last_message = Some(number),
            Happening::AgentRequested { queue, .. } => self.queue = Some(queue.as_str().to_owned()),
            Happening::AgentJoined { agent } => self.agent = Some(agent.id.0),
            Happening::Closed { .. } => self.closed = true,
            Happening::Opened { .. } | Happening::Offered { .. } | Happening::OfferEnded { .. } => {}
        }
        Ok(())
    }
}

impl NewEvent {
    fn of(event: &Event, asker: Option<Asker>) -> Result<Self, StoreError> {
        let key = asker.filter(|_| event.request.is_some()).map(asker_key);
        let body = serde_json::to_string(&event.happening);
        Ok(Self {
            conversation: event.conversation.0,
            number: signed(event.number),
            at: signed(event.at.millis()),
            kind: kind(&event.happening),
            asker_kind: key.map(|(kind, _)| kind),
            asker: key.map(|(_, id)| id),
            request: event.request.map(|request| request.0),
            body: body.map_err(|error| StoreError::Unreadable(error.to_string()))?,
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

/// As [`all_moved`], of agents whose status was chosen.
pub fn all_chosen(statuses: &BTreeMap<Uuid, &'static str>, found: u64) -> Result<(), StoreError> {
    if found == statuses.len() as u64 {
        return Ok(());
    }
    Err(StoreError::OutOfStep("a status is of an agent who was never added to this workspace".to_owned()))
}

fn kind(happening: &Happening) -> &'static str {
    match happening {
        Happening::Opened { .. } => "opened",
        Happening::Said { .. } => "said",
        Happening::AgentRequested { .. } => "agent_requested",
        Happening::Offered { .. } => "offered",
        Happening::OfferEnded { .. } => "offer_ended",
        Happening::AgentJoined { .. } => "agent_joined",
        Happening::Closed { .. } => "closed",
    }
}

fn first_only(event: &Event) -> Result<(), StoreError> {
    if event.number == 1 {
        return Ok(());
    }
    let (conversation, number) = (event.conversation, event.number);
    Err(StoreError::OutOfStep(format!(
        "conversation {conversation} is opened by its event {number}, not by 1"
    )))
}

fn misnumbered(conversation: ConversationId, number: u64, next: i64) -> StoreError {
    StoreError::OutOfStep(format!("event {number} of conversation {conversation} must have number {next}"))
}
