//! One conversation's events as this console has them: in order, each once, asked for again where one is missing.

use super::facts::Facts;
use protocol::{Event, Summary, Timestamp};
use std::collections::BTreeMap;

/// A conversation that was opened here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    events: BTreeMap<u64, Event>,
    seen: u64,
    facts: Facts,
    progress: Progress,
    /// The list's last word on it, kept when it has left the lists.
    pub summary: Option<Summary>,
    /// It has left the lists: over, or somebody else's.
    pub gone: bool,
    /// The visitor is writing, as far as was heard until then.
    pub typing_until: Option<Timestamp>,
}

/// How far reading has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Asked, and not all of it has come.
    #[default]
    Reading,
    /// Everything up to now is here, and what happens is told as it does.
    Following,
    /// The bridge does not show it.
    Refused(String),
}

impl Thread {
    /// What came, without gaps, in order.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.range(..=self.seen).map(|(_, event)| event)
    }

    /// The last number before the first gap; reading goes on after it.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// What the events say.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// How far reading has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Reading starts, or starts again.
    pub fn reading(&mut self) {
        self.progress = Progress::Reading;
    }

    /// The bridge does not show it.
    pub fn refused(&mut self, why: String) {
        self.progress = Progress::Refused(why);
    }

    /// Takes a page; whether to ask again after [`Thread::seen`]. A page that brings nothing is the last one, even when
    /// it claims otherwise, so that two sides that disagree do not ask and answer for ever.
    pub fn take_page(&mut self, events: Vec<Event>, more: bool) -> bool {
        let before = self.seen;
        events.into_iter().for_each(|event| self.keep(event));
        let again = self.seen > before && (more || self.has_gap());
        if !again {
            self.progress = Progress::Following;
        }
        again
    }

    /// Takes one event told as it happened; whether something before it is missing and nobody has asked for it yet.
    pub fn take_live(&mut self, event: Event) -> bool {
        self.keep(event);
        let ask = self.has_gap() && self.progress == Progress::Following;
        if ask {
            self.progress = Progress::Reading;
        }
        ask
    }

    fn keep(&mut self, event: Event) {
        self.events.entry(event.number).or_insert(event);
        while let Some(next) = self.events.get(&(self.seen + 1)) {
            self.facts.apply(next);
            self.seen += 1;
        }
    }

    fn has_gap(&self) -> bool {
        self.events.last_key_value().is_some_and(|(last, _)| *last > self.seen)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn an_event_told_twice_is_there_once() {
        let mut thread = Thread::default();
        thread.take_page(handed_over(), false);
        assert!(!thread.take_live(visitor_said(4, "not the fourth")));
        thread.take_page(handed_over(), false);
        assert_eq!(numbers(&thread), [1, 2, 3, 4]);
    }

    #[test]
    fn what_is_told_while_pages_still_come_finds_its_place() {
        let mut thread = Thread::default();
        assert!(!thread.take_live(visitor_said(5, "still there?")), "a page is on its way already");
        assert!(numbers(&thread).is_empty(), "nothing is shown before what precedes it");
        assert!(!thread.take_page(handed_over(), false));
        assert_eq!(numbers(&thread), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_gap_is_asked_for_once() {
        let mut thread = Thread::default();
        thread.take_page(handed_over(), false);
        assert!(thread.take_live(visitor_said(6, "later")));
        assert!(!thread.take_live(visitor_said(7, "latest")));
        assert_eq!(thread.seen(), 4);
        assert!(!thread.take_page(vec![visitor_said(5, "missed")], false));
        assert_eq!(numbers(&thread), [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn pages_are_asked_for_until_there_are_no_more() {
        let mut thread = Thread::default();
        let mut events = handed_over();
        let rest = events.split_off(2);
        assert!(thread.take_page(events, true));
        assert_eq!(thread.progress(), &Progress::Reading);
        assert!(!thread.take_page(rest, false));
        assert_eq!(thread.progress(), &Progress::Following);
    }

    #[test]
    fn an_empty_page_ends_reading() {
        let mut thread = Thread::default();
        assert!(!thread.take_page(Vec::new(), true));
    }

    fn numbers(thread: &Thread) -> Vec<u64> {
        thread.events().map(|e| e.number).collect()
    }
}
