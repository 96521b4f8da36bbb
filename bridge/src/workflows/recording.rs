//! A conversation that is kept, as a recording that a workflow can be tried on.

use authoring::workflow::Recording;
use protocol::{Author, BrowserAuthor, Event, Happening, Timestamp};
use serde_json::{Map, Value as Json, json};
use switchboard::workflow::Value;
use switchboard::workflow::definition::{ClosedBy, OpenedBy};
use switchboard::{Conversation, Directory};

/// Things that can happen in a recording; of a longer conversation the beginning is played.
const ENTRIES_MAX: usize = 1_000;

/// The recording; `None` of a conversation in which nothing has happened. What workflows did then is left out, since it is what
/// is to be tried; and who is there is taken from the present, since nobody remembers how it was.
pub fn of(conversation: &Conversation, events: &[Event], directory: &Directory) -> Option<Recording> {
    let start = events.first()?.at;
    let timeline = events.iter().filter_map(|event| Some((event.at, entry(event, directory)?)));
    let timeline: Vec<Json> =
        timeline.take(ENTRIES_MAX).map(|(at, entry)| placed(entry, at, start)).collect();
    let recording = json!({
        "format": 1,
        "title": format!("Conversation {}", conversation.id),
        "start": written(start),
        "conversation": { "site": conversation.site.as_str() },
        "agents": agents(directory),
        "calendars": calendars(directory),
        "timeline": timeline,
    });
    serde_json::from_value(recording).ok()
}

/// What happened, as recordings write it; `None` of what they do not know.
fn entry(event: &Event, directory: &Directory) -> Option<Map<String, Json>> {
    let (key, value) = match &event.happening {
        Happening::Opened { source, .. } => ("opened", json!(OpenedBy::from(*source))),
        Happening::Closed(closing) => return Some(closed(closing)),
        Happening::Said { author, content, .. } => (writer(author)?, json!(content.as_plain_text())),
        Happening::Assigned { to, .. } if !by_workflow(event) => {
            ("assigned", json!(directory.agent(to.id)?.email.as_ref()?))
        }
        Happening::Unassigned { .. } if !by_workflow(event) => ("happens", json!("unassigned")),
        Happening::Tagged { tag, added } if !by_workflow(event) => {
            (if *added { "tag_added" } else { "tag_removed" }, json!(tag))
        }
        Happening::FieldSet { field, value } if !by_workflow(event) => {
            let entry = [("field_changed".to_owned(), json!(field)), ("to".to_owned(), json!(value))];
            return Some(entry.into_iter().filter(|(_, value)| !value.is_null()).collect());
        }
        Happening::Commented { .. }
        | Happening::AgentRequested { .. }
        | Happening::Queued { .. }
        | Happening::StepReached { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::Overflowed { .. }
        | Happening::Parked { .. }
        | Happening::Assigned { .. }
        | Happening::Unassigned { .. }
        | Happening::TransferOffered { .. }
        | Happening::TransferEnded { .. }
        | Happening::Transferred { .. }
        | Happening::Joined { .. }
        | Happening::Parted { .. }
        | Happening::Snoozed { .. }
        | Happening::Woken { .. }
        | Happening::WrappedUp { .. }
        | Happening::Reopened
        | Happening::ReturnedToAssistant { .. }
        | Happening::MarkedSpam(_)
        | Happening::UnmarkedSpam
        | Happening::Tagged { .. }
        | Happening::FieldSet { .. }
        | Happening::Dedicated { .. }
        | Happening::PrioritySet { .. }
        | Happening::PromiseMissed { .. }
        | Happening::Reminded
        | Happening::PassedOnTooOften { .. }
        | Happening::UnansweredTooOften { .. }
        | Happening::WentQuiet
        | Happening::WorkflowStarted { .. }
        | Happening::WorkflowEnded { .. } => return None,
    };
    Some(Map::from_iter([(key.to_owned(), value)]))
}

fn by_workflow(event: &Event) -> bool {
    matches!(event.by, protocol::Actor::Workflow { .. })
}

fn closed(closing: &protocol::Closing) -> Map<String, Json> {
    let by = ClosedBy::from(closing.source);
    let mut entry = Map::from_iter([("closed".to_owned(), json!(by))]);
    entry.extend(closing.category.as_ref().map(|category| ("category".to_owned(), json!(category))));
    entry
}

/// Who wrote, as recordings know them; what workflows and the bridge wrote is theirs to write again.
fn writer(author: &Author) -> Option<&'static str> {
    match author {
        Author::Browser(BrowserAuthor::Visitor) => Some("visitor"),
        Author::Browser(BrowserAuthor::Assistant) => Some("assistant"),
        Author::Agent(_) => Some("human"),
        Author::Workflow(_) | Author::Program { .. } | Author::Bridge => None,
    }
}

fn placed(mut entry: Map<String, Json>, at: Timestamp, start: Timestamp) -> Json {
    if at > start {
        entry.insert("at".to_owned(), json!(written(at)));
    }
    Json::Object(entry)
}

fn agents(directory: &Directory) -> Json {
    let active = directory.setup().agents.iter().filter(|(_, agent)| agent.active);
    let known = active.filter_map(|(id, agent)| {
        let teams: Vec<&str> = directory.teams_of(*id).map(|team| team.as_str()).collect();
        let queues: Vec<&str> = directory.queues_of(*id).map(|queue| queue.as_str()).collect();
        let told = json!({ "name": agent.name, "id": id, "teams": teams, "queues": queues, "capacity": agent.capacity });
        Some((agent.email.clone()?, told))
    });
    Json::Object(known.collect())
}

fn calendars(directory: &Directory) -> Json {
    const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let known = directory.setup().calendars.iter().map(|(id, calendar)| {
        let week: Map<String, Json> =
            WEEK.iter().zip(&calendar.week).map(|(day, hours)| ((*day).to_owned(), json!(hours))).collect();
        (id.to_string(), json!({ "zone": calendar.zone, "week": week, "days": calendar.days }))
    });
    Json::Object(known.collect())
}

fn written(at: Timestamp) -> String {
    Value::Moment(at).written().into_owned()
}
