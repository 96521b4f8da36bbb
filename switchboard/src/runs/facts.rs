//! The world as workflows see it.
//!
//! Of the conversation: `status`, `priority`, `queue`, `team`, `site`, `id`, `reason` (why a person was asked for),
//! `opened_by`, `closed_by`, `opened_at`, `waiting_since`, `transfers`; any other name is what the contact's fields say,
//! such as `language` and `page`, which the visitor's browser tells. Of the contact: its fields; where it has none of that
//! name, `id`, `agent` (whose visitor it is), `last_agent`, and with `_status` behind, how that one is. Of the owner: `name`,
//! `status`, `id`.

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
            "agent_status" => self.status_of(self.own_agent()),
            "last_agent" => agent(self.last_agent()),
            "last_agent_status" => self.status_of(self.last_agent()),
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

    fn last_message(&self, which: Which, scope: Scope) -> Option<LastMessage> {
        let since = match scope {
            Scope::Conversation | Scope::Contact => None,
            Scope::SinceAssignment => Some(self.conversation.held()?.since),
        };
        let words = &self.conversation.words;
        let here =
            last(which, [&words.visitor, &words.human, &words.assistant, &words.workflow, &words.program]);
        let here = here.filter(|last| since.is_none_or(|since| last.at >= since));
        match scope {
            // Both can hold the same message; of equals the last is found.
            Scope::Contact => {
                [self.last_elsewhere(which), here].into_iter().flatten().max_by_key(|last| last.at)
            }
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
    /// In conversations that are over.
    fn last_elsewhere(&self, which: Which) -> Option<LastMessage> {
        let earlier = &self.conversation.contact.earlier;
        last(
            which,
            [&earlier.visitor, &earlier.human, &earlier.assistant, &earlier.workflow, &earlier.program],
        )
    }

    /// Whose visitor it is: by a field of theirs that names somebody, or as they were dedicated.
    fn own_agent(&self) -> Option<AgentId> {
        let contact = &self.conversation.contact;
        let named = contact.fields.get("agent").and_then(|name| self.board.directory.named(name));
        named.or(contact.dedicated)
    }

    fn last_agent(&self) -> Option<AgentId> {
        self.conversation.contact.last_agent.map(|(agent, _)| agent)
    }

    fn status_of(&self, agent: Option<AgentId>) -> Value {
        agent.map_or(Value::Missing, |agent| self.status(agent))
    }

    fn status(&self, agent: AgentId) -> Value {
        Value::text(codes::status(self.board.presence.effective(agent)))
    }
}

/// The last of these that is meant: the visitor's, or a person's, the assistant's, a workflow's, a program's.
fn last(which: Which, said: [&Option<Said>; 5]) -> Option<LastMessage> {
    let of = |at: usize, source: &str| {
        let said = said.get(at).copied()?.as_ref()?;
        Some(LastMessage { text: said.text.clone(), source: source.to_owned(), at: said.at })
    };
    match which {
        Which::Incoming => of(0, "visitor"),
        Which::Outgoing(Sender::Human) => of(1, "human"),
        Which::Outgoing(Sender::Assistant) => of(2, "assistant"),
        Which::Outgoing(Sender::Workflow) => of(3, "workflow"),
        Which::Outgoing(Sender::Any) => {
            let all = [of(4, "api"), of(2, "assistant"), of(3, "workflow"), of(1, "human")];
            all.into_iter().flatten().max_by_key(|last| last.at)
        }
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
