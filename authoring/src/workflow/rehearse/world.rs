//! The world of a recording, as it changes while a workflow is tried on it.

use super::prepare::{Agent, Hours, Prepared};
use super::recording::{StatusDoc, WriterDoc};
use crate::workflow::document::ValueDoc;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::{AgentId, Timestamp};
use std::collections::BTreeMap;
use switchboard::matching::Strategy;
use switchboard::workflow::Value;
use switchboard::workflow::definition::{ChangeOfTag, Choosing};
use switchboard::workflow::facts::{Facts, LastMessage, Scope, Sender, Which};
use switchboard::workflow::value::fold;
use switchboard::workflow::{AssignWanted, Whom};

/// Nobody is asked for.
const AUTOMATED: &str = "automated";

/// It waits for somebody.
const QUEUED: &str = "queued";

/// Somebody has it.
const OPEN: &str = "open";

/// Somebody has put it aside.
const PENDING: &str = "pending";

/// It is over.
const CLOSED: &str = "closed";

/// It is spam.
const SPAM: &str = "spam";

/// What is so.
pub struct World {
    pub contact: BTreeMap<String, Value>,
    pub conversation: BTreeMap<String, Value>,
    pub tags: Vec<String>,
    pub agents: Vec<Agent>,
    /// Who has the conversation, by place.
    pub owner: Option<usize>,
    owned_since: Option<Timestamp>,
    messages: Vec<Message>,
    calendars: BTreeMap<String, Hours>,
    zone: TimeZone,
}

struct Message {
    from: WriterDoc,
    text: String,
    at: Timestamp,
    elsewhere: bool,
}

/// What a conversation was before it waited for somebody.
pub struct Before {
    owner: Option<usize>,
    status: Value,
}

/// What came of looking for somebody.
pub enum Found {
    /// This one, by place.
    Agent(usize),
    /// Somebody, but not now.
    NotNow,
    /// Nobody who ever could.
    Nobody,
}

impl World {
    /// The world at the start.
    pub fn of(prepared: &Prepared<'_>) -> Self {
        let recording = prepared.recording;
        let values = |map: &indexmap::IndexMap<String, ValueDoc>| {
            map.iter().map(|(name, value)| (name.clone(), value_of(value))).collect()
        };
        let message = |(doc, at): (&super::recording::EarlierDoc, &Timestamp)| Message {
            from: doc.from,
            text: doc.text.clone(),
            at: *at,
            elsewhere: doc.elsewhere,
        };
        let owner = recording.owner.as_ref().and_then(|owner| prepared.agent(owner));
        let mut conversation: BTreeMap<String, Value> = values(&recording.conversation);
        let status = if owner.is_some() { OPEN } else { AUTOMATED };
        conversation.entry("status".to_owned()).or_insert_with(|| Value::text(status));
        Self {
            contact: values(&recording.contact),
            conversation,
            tags: recording.tags.clone(),
            agents: prepared.agents.clone(),
            owner,
            owned_since: owner.map(|_| prepared.start),
            messages: recording.earlier.iter().zip(&prepared.earlier).map(message).collect(),
            calendars: prepared.calendars.clone(),
            zone: prepared.zone.clone(),
        }
    }

    /// Somebody writes in this conversation.
    pub fn says(&mut self, from: WriterDoc, text: &str, at: Timestamp) {
        self.messages.push(Message { from, text: text.to_owned(), at, elsewhere: false });
    }

    /// A conversation begins; what was said in one that is over was said elsewhere.
    pub fn begin(&mut self) {
        if self.has_status(CLOSED) {
            self.messages.iter_mut().for_each(|message| message.elsewhere = true);
        }
        if self.owner.is_none() {
            self.status(AUTOMATED);
        }
    }

    /// It is over, and nobody's.
    pub fn close(&mut self, at: Timestamp) {
        self.hand_to(None, at);
        self.status(CLOSED);
    }

    /// It is taken for spam.
    pub fn silence(&mut self) {
        self.status(SPAM);
    }

    /// A step opens it: what is put aside, or over.
    pub fn open(&mut self) {
        if self.has_status(PENDING) {
            self.status(OPEN);
        } else if self.has_status(CLOSED) {
            self.status(AUTOMATED);
        }
    }

    /// The conversation changes hands, or waits for somebody.
    pub fn own(&mut self, owner: Option<usize>, at: Timestamp) {
        self.hand_to(owner, at);
        self.status(if owner.is_some() { OPEN } else { QUEUED });
    }

    /// It waits for somebody, and what it was before.
    pub fn wait(&mut self, at: Timestamp) -> Before {
        let before = Before { owner: self.owner, status: self.conversation("status") };
        self.own(None, at);
        before
    }

    /// It is again what it was.
    pub fn go_back(&mut self, before: Before, at: Timestamp) {
        self.hand_to(before.owner, at);
        self.conversation.insert("status".to_owned(), before.status);
    }

    /// Whether it is taken for spam.
    pub fn is_spam(&self) -> bool {
        self.has_status(SPAM)
    }

    fn can_be_given(&self) -> bool {
        !self.has_status(CLOSED) && !self.is_spam()
    }

    fn has_status(&self, status: &str) -> bool {
        self.conversation("status") == Value::text(status)
    }

    fn status(&mut self, status: &str) {
        self.conversation.insert("status".to_owned(), Value::text(status));
    }

    fn hand_to(&mut self, owner: Option<usize>, at: Timestamp) {
        if let Some(before) = self.owner.and_then(|owner| self.agents.get_mut(owner)) {
            before.doc.open = before.doc.open.saturating_sub(1);
        }
        if let Some(after) = owner.and_then(|owner| self.agents.get_mut(owner)) {
            after.doc.open = after.doc.open.saturating_add(1);
        }
        self.owner = owner;
        self.owned_since = owner.map(|_| at);
    }

    /// The owner's e-mail address; empty when there is none.
    pub fn owner_email(&self) -> &str {
        self.owner.and_then(|owner| self.agents.get(owner)).map_or("", |agent| &agent.email)
    }

    /// Changes tags.
    pub fn tag(&mut self, change: ChangeOfTag, tags: &[String]) {
        for tag in tags {
            self.tags.retain(|known| fold(known) != fold(tag));
            if change == ChangeOfTag::Added {
                self.tags.push(tag.clone());
            }
        }
    }

    /// Who gets the conversation. Those who are online come first; how the bridge's queues choose is not played.
    pub fn look_for(&self, wanted: &AssignWanted) -> Found {
        let places = 0..self.agents.len();
        let members: Vec<usize> = places.filter(|at| is_one_of(&self.agents[*at], &wanted.to)).collect();
        if members.is_empty() || !self.can_be_given() {
            return Found::Nobody;
        }
        let asks = wanted.online_only || wanted.fewer_open_than.is_some();
        if matches!(wanted.to, Whom::Agent(_)) && (!asks || self.owner == Some(members[0])) {
            return Found::Agent(members[0]);
        }
        if wanted.choosing == Choosing::By(Strategy::Manual) {
            return Found::NotNow;
        }
        let can = |at: &usize| {
            let agent = &self.agents[*at].doc;
            let is_there = !wanted.online_only || agent.status == StatusDoc::Online;
            let has_few = wanted.fewer_open_than.is_none_or(|most| agent.open < most);
            let has_room = agent.capacity.is_none_or(|capacity| agent.open < capacity);
            is_there && has_few && has_room
        };
        let rank = |at: &usize| {
            let agent = &self.agents[*at].doc;
            let chosen = match wanted.choosing {
                Choosing::By(Strategy::LeastOpen) => agent.open,
                Choosing::By(Strategy::MostAvailable) => {
                    u32::MAX - agent.capacity.unwrap_or(u32::MAX).saturating_sub(agent.open)
                }
                Choosing::AsConfigured
                | Choosing::By(
                    Strategy::RoundRobin | Strategy::LongestIdle | Strategy::BestSkill | Strategy::Manual,
                ) => 0,
            };
            (agent.status != StatusDoc::Online, chosen, *at)
        };
        members.into_iter().filter(can).min_by_key(rank).map_or(Found::NotNow, Found::Agent)
    }

    /// An agent's name instead of the id, for people.
    pub fn with_names(&self, text: &str) -> String {
        self.agents
            .iter()
            .fold(text.to_owned(), |text, agent| text.replace(&agent.id.to_string(), &agent.name))
    }

    /// An agent's id, by place.
    pub fn id(&self, at: usize) -> Option<AgentId> {
        self.agents.get(at).map(|agent| agent.id)
    }
}

fn is_one_of(agent: &Agent, whom: &Whom) -> bool {
    match whom {
        Whom::Agent(name) => agent.is(&name.0),
        Whom::Team(team) => agent.doc.teams.contains(&team.0),
        Whom::Queue(queue) => agent.doc.queues.iter().any(|served| served == queue.as_str()),
        Whom::Workspace => true,
    }
}

/// A value as the engine has it.
pub fn value_of(value: &ValueDoc) -> Value {
    match value {
        ValueDoc::Text(text) => Value::text(text.clone()),
        ValueDoc::Number(number) => Value::Number(*number),
        ValueDoc::YesNo(yes) => Value::Bool(*yes),
    }
}

impl Facts for World {
    fn contact(&self, field: &str) -> Value {
        if let Some(value) = self.contact.get(field) {
            return value.clone();
        }
        let named = field.strip_suffix("_status").and_then(|of| self.contact.get(of));
        match field {
            "agent_status" | "last_agent_status" => {
                let name = named.map(Value::written).unwrap_or_default();
                let agent = self.agents.iter().find(|agent| agent.is(&name));
                agent.map_or(Value::Missing, |agent| status(agent.doc.status))
            }
            _ => Value::Missing,
        }
    }

    fn conversation(&self, property: &str) -> Value {
        self.conversation.get(property).cloned().unwrap_or_default()
    }

    fn assignee(&self, property: &str) -> Value {
        let Some(agent) = self.owner.and_then(|owner| self.agents.get(owner)) else { return Value::Missing };
        match property {
            "name" => Value::text(agent.name.clone()),
            "id" => Value::text(agent.id.to_string()),
            "status" => status(agent.doc.status),
            _ => Value::Missing,
        }
    }

    fn tags(&self) -> Vec<String> {
        self.tags.clone()
    }

    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage> {
        let is_from = |message: &&Message| match which {
            Which::Incoming => message.from == WriterDoc::Visitor,
            Which::Outgoing(Sender::Human) => message.from == WriterDoc::Human,
            Which::Outgoing(Sender::Assistant) => message.from == WriterDoc::Assistant,
            Which::Outgoing(Sender::Workflow) => message.from == WriterDoc::Workflow,
            Which::Outgoing(Sender::Any) => message.from != WriterDoc::Visitor,
        };
        let is_within = |message: &&Message| match scope {
            Scope::Contact => true,
            Scope::Conversation => !message.elsewhere,
            Scope::SinceAssignment => {
                !message.elsewhere && self.owned_since.is_some_and(|since| message.at >= since)
            }
        };
        let message =
            self.messages.iter().filter(is_from).filter(is_within).max_by_key(|message| message.at)?;
        let source = match message.from {
            WriterDoc::Visitor => "visitor",
            WriterDoc::Human => "human",
            WriterDoc::Assistant => "assistant",
            WriterDoc::Workflow => "workflow",
            WriterDoc::Api => "api",
        };
        Some(LastMessage { text: message.text.clone(), source: source.to_owned(), at: message.at })
    }

    fn is_open(&self, calendar: &str, at: Timestamp) -> Option<bool> {
        self.calendars.get(calendar).map(|hours| match hours {
            Hours::Always(open) => *open,
            Hours::Week(calendar) => calendar.is_open(at),
        })
    }

    fn day(&self, at: Timestamp) -> Date {
        let millis = i64::try_from(at.millis()).unwrap_or(i64::MAX);
        let at = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX);
        at.to_zoned(self.zone.clone()).date()
    }
}

fn status(status: StatusDoc) -> Value {
    Value::text(match status {
        StatusDoc::Online => "online",
        StatusDoc::Busy => "busy",
        StatusDoc::Away => "away",
        StatusDoc::Offline => "offline",
    })
}
