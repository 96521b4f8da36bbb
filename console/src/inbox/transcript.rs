//! What a conversation's page shows: its events and my unsent lines, as lines and notices in reading order.

use super::facts::tells_of_page;
use super::happened;
use super::office::Office;
use super::requests::{Mark, Unsent};
use super::why;
use protocol::{Author, BrowserAuthor, Content, Event, Happening, RequestId, Timestamp};

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
    /// A workflow or a program, by name.
    Machine(&'a str),
    /// The bridge itself.
    Bridge,
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
        /// Whether only colleagues read it.
        aside: bool,
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
        /// Until when it is so.
        until: Option<Timestamp>,
        /// What the visitor was told, when something.
        told: Option<&'a str>,
        /// What somebody remarked for the staff.
        note: Option<&'a str>,
        /// Why it came here, a sentence each.
        why: Vec<String>,
    },
}

/// Builds the page.
pub fn entries<'a>(
    events: impl Iterator<Item = &'a Event>,
    unsent: &'a [Unsent],
    office: &Office,
) -> Vec<Entry<'a>> {
    let mut page = Page { entries: Vec::new(), office, left: None };
    events.for_each(|event| page.event(event));
    unsent.iter().for_each(|line| page.unsent(line));
    page.entries
}

struct Page<'a, 'o> {
    entries: Vec<Entry<'a>>,
    office: &'o Office,
    /// The note of the latest request to take it: it is told again once that is done.
    left: Option<&'a str>,
}

impl<'a> Page<'a, '_> {
    /// What a visitor's browser tells of its page stands among what is known: a line for each would bury what was said.
    fn event(&mut self, event: &'a Event) {
        if let Happening::Said { author, content, .. } = &event.happening {
            self.said(event, author, Said::Content(content), false);
        } else if let Happening::Commented { author, text, .. } = &event.happening {
            self.said(event, author, Said::Line(text), true);
        } else if !tells_of_page(event)
            && let Some(text) = happened::sentence(event, self.office)
        {
            self.notice(event, text);
        }
    }

    fn said(&mut self, event: &'a Event, author: &'a Author, said: Said<'a>, aside: bool) {
        let speaker = match author {
            Author::Browser(BrowserAuthor::Visitor) => Speaker::Visitor,
            Author::Browser(BrowserAuthor::Assistant) => Speaker::Assistant,
            Author::Agent(agent) if self.office.is_me(agent.id) => Speaker::Me,
            Author::Agent(agent) => Speaker::Colleague(&agent.name),
            Author::Workflow(workflow) => Speaker::Machine(workflow.as_str()),
            Author::Program { name } => Speaker::Machine(name),
            Author::Bridge => Speaker::Bridge,
        };
        let mark = event.request.filter(|_| speaker == Speaker::Me).map(|id| (id, Mark::Saved));
        let first = self.is_first(speaker, aside);
        let key = event.request.map_or_else(|| event.number.to_string(), |id| id.to_string());
        let kind = Kind::Said { speaker, aside, first, said, mark };
        self.entries.push(Entry { key, at: event.at, kind });
    }

    fn unsent(&mut self, line: &'a Unsent) {
        let kind = Kind::Said {
            speaker: Speaker::Me,
            aside: line.aside,
            first: self.is_first(Speaker::Me, line.aside),
            said: Said::Line(&line.text),
            mark: Some((line.id, line.mark.clone())),
        };
        self.entries.push(Entry { key: line.id.to_string(), at: line.written_at, kind });
    }

    fn notice(&mut self, event: &'a Event, text: String) {
        let note = happened::note(&event.happening).filter(|note| !self.repeats(&event.happening, note));
        let why = why::routed(&event.happening).map(|routed| why::explain(routed, event.at, self.office));
        let kind = Kind::Notice {
            text,
            until: until(&event.happening),
            told: told(&event.happening).filter(|told| !told.is_empty()),
            note,
            why: why.unwrap_or_default(),
        };
        self.entries.push(Entry { key: event.number.to_string(), at: event.at, kind });
    }

    /// Whether this note was shown when a colleague was asked.
    fn repeats(&mut self, happening: &Happening, note: &'a str) -> bool {
        if let Happening::TransferOffered { .. } = happening {
            self.left = Some(note);
            return false;
        }
        matches!(happening, Happening::Transferred { .. }) && self.left == Some(note)
    }

    fn is_first(&self, now: Speaker<'_>, aside: bool) -> bool {
        match self.entries.last().map(|entry| &entry.kind) {
            Some(Kind::Said { speaker, aside: before, .. }) => *speaker != now || *before != aside,
            Some(Kind::Notice { .. }) | None => true,
        }
    }
}

fn told(happening: &Happening) -> Option<&str> {
    if let Happening::AgentRequested { online, hand_off, .. } = happening {
        Some(hand_off.told(*online))
    } else if let Happening::Parked { message } = happening {
        Some(message)
    } else {
        None
    }
}

fn until(happening: &Happening) -> Option<Timestamp> {
    if let Happening::Snoozed { until } = happening { Some(*until) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::{Actor, AssignedHow, ReasonId, Target};

    #[test]
    fn the_request_says_why_where_and_what_the_visitor_was_told() {
        let events = handed_over();
        let page = entries(events.iter(), &[], &office());
        let Kind::Notice { text, told, .. } = &page[3].kind else { panic!("{:?}", page[3]) };
        assert_eq!(text, "Not understood — to Front desk, somebody was online");
        assert_eq!(*told, Some("Somebody is coming."));
    }

    #[test]
    fn a_group_of_lines_is_named_once() {
        let events = [visitor_said(1, "a"), visitor_said(2, "b"), said(3, Author::Agent(badge(ME)), "c")];
        check(&events, &[(Speaker::Visitor, true), (Speaker::Visitor, false), (Speaker::Me, true)]);
    }

    #[test]
    fn a_notice_ends_a_group() {
        let joined = event(2, assigned(COLLEAGUE, AssignedHow::Accepted));
        let events = [visitor_said(1, "a"), joined, visitor_said(3, "b")];
        check(&events, &[(Speaker::Visitor, true), (Speaker::Visitor, true)]);
    }

    #[test]
    fn a_comment_is_never_of_one_group_with_what_the_visitor_reads() {
        let author = Author::Agent(badge(ME));
        let aside = Happening::Commented { author: author.clone(), text: "VIP".to_owned(), mentions: vec![] };
        let events = [said(1, author.clone(), "a"), event(2, aside), said(3, author, "b")];
        check(&events, &[(Speaker::Me, true), (Speaker::Me, true), (Speaker::Me, true)]);
        let office = office();
        let page = entries(events.iter(), &[], &office);
        let asides = page.iter().map(|entry| matches!(entry.kind, Kind::Said { aside: true, .. }));
        assert_eq!(asides.collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn my_line_keeps_its_key_when_it_becomes_an_event() {
        let text = "hi".to_owned();
        let unsent = [Unsent { id: request(9), text, aside: false, written_at: at(1), mark: Mark::Pending }];
        let before = entries([].iter(), &unsent, &office())[0].key.clone();
        let mut event = said(1, Author::Agent(badge(ME)), "hi");
        event.request = Some(request(9));
        assert_eq!(entries([event].iter(), &[], &office())[0].key, before);
    }

    #[test]
    fn an_offer_says_why_it_was_made_to_whom() {
        let events = [event(1, offered_to(&[ME], 30))];
        let page = entries(events.iter(), &[], &office());
        let Kind::Notice { why, .. } = &page[0].kind else { panic!("{:?}", page[0]) };
        assert!(!why.is_empty());
    }

    #[test]
    fn a_note_for_a_colleague_is_shown_when_they_are_asked_and_not_again_when_they_have_it() {
        let (reason, note) = (ReasonId::new("billing").expect("a slug"), Some("VIP".to_owned()));
        let asked =
            Happening::TransferOffered { to: ME, reason: reason.clone(), note: note.clone(), until: at(9) };
        let done = |note| {
            let (from, to) = (Some(COLLEAGUE), Target::Agent(ME));
            Happening::Transferred { from, to, reason: reason.clone(), note }
        };
        let notes = |events: &[Event]| -> Vec<Option<String>> {
            let office = office();
            let of = |entry: &Entry<'_>| match &entry.kind {
                Kind::Notice { note, .. } => note.map(str::to_owned),
                Kind::Said { .. } => None,
            };
            entries(events.iter(), &[], &office).iter().map(of).collect()
        };
        assert_eq!(notes(&[event(1, asked), event(2, done(note.clone()))]), [note.clone(), None]);
        assert_eq!(notes(&[event(1, done(note.clone()))]), [note], "where nobody was asked it is new");
    }

    #[test]
    fn the_pages_a_visitor_walks_through_are_no_lines() {
        let page =
            Happening::FieldSet { field: "page".to_owned(), value: Some("https://shop.example/".to_owned()) };
        let city = Happening::FieldSet { field: "city".to_owned(), value: Some("Linz".to_owned()) };
        let by = |number, by, happening| Event { by, ..event(number, happening) };
        let events = [by(1, Actor::Visitor, page), by(2, Actor::Agent(badge(ME)), city)];
        let office = office();
        assert_eq!(entries(events.iter(), &[], &office).len(), 1);
    }

    fn check(events: &[Event], expected: &[(Speaker<'_>, bool)]) {
        let office = office();
        let page = entries(events.iter(), &[], &office);
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
