//! A conversation that is kept, as a recording that a workflow can be tried on.

use authoring::workflow::Recording;
use protocol::{Actor, AgentId, Author, BrowserAuthor, Event, Happening, Timestamp, WorkflowId};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use switchboard::workflow::Value;
use switchboard::workflow::definition::{ClosedBy, OpenedBy};
use switchboard::{Contact, Conversation, Directory, Earlier};

/// Things that can happen in a recording; of a longer conversation the beginning is played.
const ENTRIES_MAX: usize = 1_000;

/// Events that are looked at for them.
pub const EVENTS_MAX: usize = 10 * ENTRIES_MAX;

/// The recording, for one workflow; `None` of a conversation in which nothing has happened. What workflows did then is left
/// out, since it is what is to be tried; and who is there is taken from the present, since nobody remembers how it was.
/// What was known of the contact at the start is what is known now and did not change since; of a field that did, nobody
/// knows what it was.
pub fn of(
    conversation: &Conversation,
    events: &[Event],
    directory: &Directory,
    tried: &WorkflowId,
) -> Option<Recording> {
    let start = events.first()?.at;
    let timeline = events.iter().filter_map(|event| Some((event.at, entry(event, directory)?)));
    let timeline: Vec<Json> =
        timeline.take(ENTRIES_MAX).map(|(at, entry)| placed(entry, at, start)).collect();
    let contact = &conversation.contact;
    let recording = json!({
        "format": 1,
        "title": format!("Conversation {}", conversation.id),
        "start": written(start),
        "contact": fields(contact, events, directory),
        "tags": tags(contact, events),
        "conversation": known(conversation),
        "ran_before": contact.ran.contains(tried) && !events.iter().any(|event| began(event, tried)),
        "agents": agents(directory),
        "calendars": calendars(directory),
        "earlier": earlier(contact, start),
        "timeline": timeline,
    });
    serde_json::from_value(recording).ok()
}

fn began(event: &Event, tried: &WorkflowId) -> bool {
    matches!(&event.happening, Happening::WorkflowStarted { workflow, .. } if workflow == tried)
}

/// Fields that have not changed since the start, and whose the contact is.
fn fields(contact: &Contact, events: &[Event], directory: &Directory) -> Json {
    let changed = |name: &String| {
        events.iter().any(|event| {
            matches!(&event.happening, Happening::FieldSet { field, .. } if field == name && told_later(event))
        })
    };
    let mail = |agent: AgentId| directory.agent(agent).and_then(|profile| profile.email.clone());
    let own = [
        ("agent", contact.dedicated.and_then(mail)),
        ("last_agent", contact.last_agent.and_then(|(agent, _)| mail(agent))),
    ];
    let mut known: Map<String, Json> =
        own.into_iter().filter_map(|(name, mail)| Some((name.to_owned(), json!(mail?)))).collect();
    let same = contact.fields.iter().filter(|(name, _)| !changed(name));
    known.extend(same.map(|(name, value)| (name.clone(), json!(value))));
    Json::Object(known)
}

/// What the browser tells of its page is told with the opening.
fn told_later(event: &Event) -> bool {
    !matches!(event.by, Actor::Visitor)
}

/// Tags as they were at the start: the first change of one says whether it was there.
fn tags(contact: &Contact, events: &[Event]) -> BTreeSet<String> {
    let mut tags = contact.tags.clone();
    for event in events.iter().rev() {
        if let Happening::Tagged { tag, added } = &event.happening {
            match added {
                true => tags.remove(tag),
                false => tags.insert(tag.clone()),
            };
        }
    }
    tags
}

fn known(conversation: &Conversation) -> Json {
    let fields = ["page", "page_title", "referrer", "language"];
    let told = fields.into_iter().filter_map(|name| Some((name, conversation.contact.fields.get(name)?)));
    let mut known: Map<String, Json> = told.map(|(name, value)| (name.to_owned(), json!(value))).collect();
    known.insert("site".to_owned(), json!(conversation.site.as_str()));
    Json::Object(known)
}

/// The last words of the contact's other conversations.
fn earlier(contact: &Contact, start: Timestamp) -> Json {
    let Earlier { visitor, human, assistant, workflow, program } = &contact.earlier;
    let said = [
        ("visitor", visitor),
        ("human", human),
        ("assistant", assistant),
        ("workflow", workflow),
        ("api", program),
    ];
    let before = said.into_iter().filter_map(|(from, said)| Some((from, said.as_ref()?)));
    let before = before.filter(|(_, said)| said.at < start);
    before
        .map(|(from, said)| json!({ "at": written(said.at), "from": from, "text": said.text, "elsewhere": true }))
        .collect()
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
        Happening::MarkedSpam(_) => ("happens", json!("spam")),
        Happening::Unassigned { .. } if !by_workflow(event) => ("happens", json!("unassigned")),
        Happening::Tagged { tag, added } if !by_workflow(event) => {
            (if *added { "tag_added" } else { "tag_removed" }, json!(tag))
        }
        Happening::FieldSet { field, value } if !by_workflow(event) && told_later(event) => {
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
        Author::Program { .. } => Some("api"),
        Author::Workflow(_) | Author::Bridge => None,
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
