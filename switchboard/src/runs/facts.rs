//! The world as workflows see it.
//!
//! Of the conversation: `status`, `priority`, `queue`, `team`, `site`, `id`, `reason` (why a person was asked for),
//! `opened_by`, `closed_by`, `opened_at`, `waiting_since`, `transfers`; any other name is what the contact's fields say,
//! such as `language` and `page`. Of the contact: its fields; where it has none of that name, `id`, `agent` (whose visitor
//! it is), `agent_status` and `last_agent`. Of the owner: `name`, `status`, `id`.

use super::codes;
use crate::Switchboard;
use crate::conversation::{Conversation, Said};
use crate::workflow::Value;
use crate::workflow::facts::{Facts, LastMessage, Scope, Sender, Which};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::{AgentId, CalendarId, Timestamp};

/// What a run in this conversation sees.
pub struct Sights<'a> {
    pub board: &'a Switchboard,
    pub conversation: &'a Conversation,
}

impl Facts for Sights<'_> {
    fn contact(&self, field: &str) -> Value {
        let contact = &self.conversation.contact;
        if let Some(value) = contact.fields.get(field) {
            return Value::text(value);
        }
        match field {
            "id" => Value::text(self.conversation.visitor.to_string()),
            "agent" => agent(contact.dedicated),
            "agent_status" => contact.dedicated.map_or(Value::Missing, |agent| self.status(agent)),
            "last_agent" => agent(contact.last_agent.map(|(agent, _)| agent)),
            _ => Value::Missing,
        }
    }

    fn conversation(&self, property: &str) -> Value {
        let it = self.conversation;
        match property {
            "status" => Value::text(it.state().code()),
            "priority" => Value::Number(f64::from(it.points(&self.board.directory))),
            "queue" => named(it.queue.as_ref()),
            "team" => named(it.team.as_ref()),
            "site" => named(Some(&it.site)),
            "id" => named(Some(&it.id)),
            "reason" => it.reason.map_or(Value::Missing, |reason| Value::text(reason.code())),
            "opened_by" => Value::text(codes::opened_by(it.opened_by)),
            "closed_by" => {
                it.closed_by.map_or(Value::Missing, |source| Value::text(codes::closed_by(source)))
            }
            "opened_at" => Value::Moment(it.opened_at),
            "waiting_since" => it.visit().map_or(Value::Missing, |visit| Value::Moment(visit.since)),
            "transfers" => Value::Number(f64::from(it.transfers)),
            other => it.contact.fields.get(other).map_or(Value::Missing, Value::text),
        }
    }

    fn assignee(&self, property: &str) -> Value {
        let Some(held) = self.conversation.held() else { return Value::Missing };
        match property {
            "name" => Value::text(&held.agent.name),
            "status" => self.status(held.agent.id),
            "id" => agent(Some(held.agent.id)),
            _ => Value::Missing,
        }
    }

    fn tags(&self) -> Vec<String> {
        self.conversation.contact.tags.iter().cloned().collect()
    }

    /// Of other conversations only the times are known at which the contact and people wrote last.
    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage> {
        let since = match scope {
            Scope::Conversation | Scope::Contact => None,
            Scope::SinceAssignment => Some(self.conversation.held()?.since),
        };
        let here = self.last_here(which).filter(|last| since.is_none_or(|since| last.at >= since));
        let earlier = || {
            let contact = &self.conversation.contact;
            let (at, source) = match which {
                Which::Incoming => (contact.last_written_at?, "visitor"),
                Which::Outgoing(Sender::Human | Sender::Any) => (contact.last_human_at?, "human"),
                Which::Outgoing(Sender::Assistant | Sender::Workflow) => return None,
            };
            Some(LastMessage { text: String::new(), source: source.to_owned(), at })
        };
        match scope {
            Scope::Contact => here.or_else(earlier),
            Scope::Conversation | Scope::SinceAssignment => here,
        }
    }

    fn is_open(&self, calendar: &str, at: Timestamp) -> Option<bool> {
        let id = CalendarId::new(calendar).ok()?;
        self.board.directory.calendar(&id).map(|calendar| calendar.is_open(at))
    }

    /// By the clock of the queue's opening hours, in Greenwich where there are none.
    fn day(&self, at: Timestamp) -> Date {
        let queue = self.conversation.queue.as_ref();
        let queue = queue.or_else(|| self.board.directory.default_queue(&self.conversation.site));
        let hours = queue.and_then(|queue| self.board.directory.hours_of(queue));
        hours.map_or_else(|| in_greenwich(at), |hours| hours.day(at))
    }
}

impl Sights<'_> {
    fn last_here(&self, which: Which) -> Option<LastMessage> {
        let words = &self.conversation.words;
        let of = |said: &Option<Said>, source: &str| {
            let said = said.as_ref()?;
            Some(LastMessage { text: said.text.clone(), source: source.to_owned(), at: said.at })
        };
        match which {
            Which::Incoming => of(&words.visitor, "visitor"),
            Which::Outgoing(Sender::Human) => of(&words.human, "human"),
            Which::Outgoing(Sender::Assistant) => of(&words.assistant, "assistant"),
            Which::Outgoing(Sender::Workflow) => of(&words.workflow, "workflow"),
            Which::Outgoing(Sender::Any) => {
                let all = [
                    of(&words.program, "api"),
                    of(&words.assistant, "assistant"),
                    of(&words.workflow, "workflow"),
                    of(&words.human, "human"),
                ];
                all.into_iter().flatten().max_by_key(|last| last.at)
            }
        }
    }

    fn status(&self, agent: AgentId) -> Value {
        Value::text(codes::status(self.board.presence.effective(agent)))
    }
}

fn agent(agent: Option<AgentId>) -> Value {
    named(agent.as_ref())
}

fn named(id: Option<&impl ToString>) -> Value {
    id.map_or(Value::Missing, |id| Value::text(id.to_string()))
}

fn in_greenwich(at: Timestamp) -> Date {
    let millis = i64::try_from(at.millis()).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(TimeZone::UTC).date()
}
