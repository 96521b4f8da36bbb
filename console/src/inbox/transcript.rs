//! What a conversation's page shows: its events and my unsent lines, as lines and notices in reading order.

use super::facts::Facts;
use super::requests::{Mark, Unsent};
use protocol::{
    AgentBadge, AgentId, Author, BrowserAuthor, Content, Event, HandOff, Happening, OfferEnd, QueueId,
    RequestId, Timestamp,
};
use std::collections::BTreeMap;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker<'a> {
    /// The visitor.
    Visitor,
    /// The assistant, as the visitor's browser reports it.
    Assistant,
    /// I.
    Me,
    /// Another agent, by name.
    Colleague(&'a str),
}

/// One entry of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Unique within the conversation, and the same before and after a line of mine becomes an event.
    pub key: String,
    /// When, by the bridge's clock, or by mine while the bridge has not said.
    pub at: Timestamp,
    /// What.
    pub kind: Kind<'a>,
}

/// What somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// What the bridge has.
    Content(&'a Content),
    /// A line of mine that is on its way.
    Line(&'a str),
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Somebody spoke.
    Said {
        /// Who.
        speaker: Speaker<'a>,
        /// Whether the entry before is not theirs: the first of a group carries the name.
        first: bool,
        /// What.
        said: Said<'a>,
        /// How far a line of mine has come, and its name; `None` when it is not mine.
        mark: Option<(RequestId, Mark)>,
    },
    /// Something happened.
    Notice {
        /// What, in one sentence.
        text: String,
        /// What the visitor was told, when something.
        told: Option<&'a str>,
    },
}

/// Builds the page.
pub fn entries<'a>(
    events: impl Iterator<Item = &'a Event>,
    unsent: &'a [Unsent],
    me: AgentId,
    queues: &BTreeMap<QueueId, String>,
) -> Vec<Entry<'a>> {
    let mut page = Page { entries: Vec::new(), facts: Facts::default(), me, queues };
    for event in events {
        page.event(event);
        page.facts.apply(event);
    }
    unsent.iter().for_each(|line| page.unsent(line));
    page.entries
}

struct Page<'a, 'q> {
    entries: Vec<Entry<'a>>,
    facts: Facts,
    me: AgentId,
    queues: &'q BTreeMap<QueueId, String>,
}

impl<'a> Page<'a, '_> {
    fn event(&mut self, event: &'a Event) {
        match &event.happening {
            Happening::Opened { site, .. } => self.notice(event, format!("Conversation started on {site}")),
            Happening::Said { author, content, .. } => self.said(event, author, content),
            Happening::AgentRequested { queue, online, hand_off } => {
                self.asked(event, queue, *online, hand_off);
            }
            Happening::Offered { to, .. } => self.notice(event, format!("Offered to {}", self.name(*to))),
            Happening::OfferEnded { agent, why } => self.notice(event, self.offer_end(*agent, *why)),
            Happening::AgentJoined { agent } => self.notice(event, format!("{} joined", agent.name)),
            Happening::Closed { by } => self.notice(event, closed(by.as_ref())),
        }
    }

    fn said(&mut self, event: &'a Event, author: &'a Author, content: &'a Content) {
        let speaker = match author {
            Author::Browser(BrowserAuthor::Visitor) => Speaker::Visitor,
            Author::Browser(BrowserAuthor::Assistant) => Speaker::Assistant,
            Author::Agent(agent) if agent.id == self.me => Speaker::Me,
            Author::Agent(agent) => Speaker::Colleague(&agent.name),
        };
        let mark = event.request.filter(|_| speaker == Speaker::Me).map(|id| (id, Mark::Saved));
        let first = self.is_first(speaker);
        let key = event.request.map_or_else(|| event.number.to_string(), |id| id.to_string());
        self.entries.push(Entry {
            key,
            at: event.at,
            kind: Kind::Said { speaker, first, said: Said::Content(content), mark },
        });
    }

    fn unsent(&mut self, line: &'a Unsent) {
        let kind = Kind::Said {
            speaker: Speaker::Me,
            first: self.is_first(Speaker::Me),
            said: Said::Line(&line.text),
            mark: Some((line.id, line.mark.clone())),
        };
        self.entries.push(Entry { key: line.id.to_string(), at: line.written_at, kind });
    }

    fn asked(&mut self, event: &'a Event, queue: &QueueId, online: bool, hand_off: &'a HandOff) {
        let name = self.queues.get(queue).map_or(queue.as_str(), String::as_str);
        let presence = if online { "somebody was online" } else { "nobody was online" };
        let text = format!("{} — to {name}, {presence}", hand_off.reason.describe());
        let told = Some(hand_off.told(online)).filter(|told| !told.is_empty());
        self.push_notice(event, text, told);
    }

    fn notice(&mut self, event: &Event, text: String) {
        self.push_notice(event, text, None);
    }

    fn push_notice(&mut self, event: &Event, text: String, told: Option<&'a str>) {
        let kind = Kind::Notice { text, told };
        self.entries.push(Entry { key: event.number.to_string(), at: event.at, kind });
    }

    fn is_first(&self, now: Speaker<'_>) -> bool {
        match self.entries.last().map(|entry| &entry.kind) {
            Some(Kind::Said { speaker, .. }) => *speaker != now,
            Some(Kind::Notice { .. }) | None => true,
        }
    }

    fn offer_end(&self, agent: AgentId, why: OfferEnd) -> String {
        let whom = self.name(agent);
        match why {
            OfferEnd::Declined if agent == self.me => "You passed it on".to_owned(),
            OfferEnd::Declined => format!("The offer to {whom} was declined"),
            OfferEnd::TimedOut => format!("The offer to {whom} ended without an answer"),
            OfferEnd::AgentLeft => format!("The offer to {whom} ended: no longer online"),
        }
    }

    /// Offers name agents by id only; whoever joined before has a name by now.
    fn name(&self, agent: AgentId) -> &str {
        match &self.facts.agent {
            _ if agent == self.me => "you",
            Some(known) if known.id == agent => &known.name,
            Some(_) | None => "a colleague",
        }
    }
}

fn closed(by: Option<&AgentBadge>) -> String {
    match by {
        Some(agent) => format!("Closed by {}", agent.name),
        None => "Ended by the visitor".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn the_request_says_why_where_and_what_the_visitor_was_told() {
        let events = handed_over();
        let queues = BTreeMap::from([(QueueId::new("front-desk").expect("a slug"), "Front desk".to_owned())]);
        let page = entries(events.iter(), &[], ME, &queues);
        assert_eq!(
            page[3].kind,
            Kind::Notice {
                text: "Not understood — to Front desk, somebody was online".to_owned(),
                told: Some("Somebody is coming."),
            }
        );
    }

    #[test]
    fn a_group_of_lines_is_named_once() {
        let events = [visitor_said(1, "a"), visitor_said(2, "b"), said(3, Author::Agent(badge(ME)), "c")];
        check(&events, &[(Speaker::Visitor, true), (Speaker::Visitor, false), (Speaker::Me, true)]);
    }

    #[test]
    fn a_notice_ends_a_group() {
        let joined = event(2, Happening::AgentJoined { agent: badge(COLLEAGUE) });
        let events = [visitor_said(1, "a"), joined, visitor_said(3, "b")];
        check(&events, &[(Speaker::Visitor, true), (Speaker::Visitor, true)]);
    }

    #[test]
    fn my_line_keeps_its_key_when_it_becomes_an_event() {
        let unsent =
            [Unsent { id: request(9), text: "hi".to_owned(), written_at: at(1), mark: Mark::Pending }];
        let before = entries([].iter(), &unsent, ME, &BTreeMap::new())[0].key.clone();
        let mut event = said(1, Author::Agent(badge(ME)), "hi");
        event.request = Some(request(9));
        assert_eq!(entries([event].iter(), &[], ME, &BTreeMap::new())[0].key, before);
    }

    #[test]
    fn offers_speak_of_me_as_you() {
        let events = [
            event(1, Happening::Offered { to: ME, until: at(9) }),
            event(2, Happening::OfferEnded { agent: ME, why: OfferEnd::TimedOut }),
            event(3, Happening::Offered { to: COLLEAGUE, until: at(9) }),
        ];
        let page = entries(events.iter(), &[], ME, &BTreeMap::new());
        let texts: Vec<_> = page.iter().map(|e| &e.kind).collect();
        let notice = |text: &str| Kind::Notice { text: text.to_owned(), told: None };
        assert_eq!(
            texts,
            [
                &notice("Offered to you"),
                &notice("The offer to you ended without an answer"),
                &notice("Offered to a colleague"),
            ]
        );
    }

    fn check(events: &[Event], expected: &[(Speaker<'_>, bool)]) {
        let page = entries(events.iter(), &[], ME, &BTreeMap::new());
        let said: Vec<_> = page
            .iter()
            .filter_map(|entry| match &entry.kind {
                Kind::Said { speaker, first, .. } => Some((*speaker, *first)),
                Kind::Notice { .. } => None,
            })
            .collect();
        assert_eq!(said, expected);
    }
}
