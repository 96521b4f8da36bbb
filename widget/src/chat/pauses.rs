//! Pauses between the assistant's messages. What follows a pause is in the log and with the bridge at once; it is only
//! not shown yet, so a pause delays nobody and a reload shows everything. Whatever anybody else says or does ends all
//! pauses: nobody should answer a half-told turn, so what is kept back is always the end of the log.

use super::{Alarm, Chat, Entry};
use std::rc::Rc;

/// Pauses that have not passed, in their order. The first one runs.
#[derive(Debug, Default)]
pub struct Pauses(Vec<Pause>);

#[derive(Debug)]
struct Pause {
    /// Key of the first entry it keeps back.
    before: u64,
    ms: u32,
    typing: bool,
}

impl Chat {
    /// The log as far as it is shown, oldest first.
    pub fn shown(&self) -> Rc<Vec<Rc<Entry>>> {
        let entries = &self.record.entries;
        match self.pauses.0.first() {
            None => Rc::clone(entries),
            Some(pause) => {
                let shown = entries.iter().take_while(|entry| entry.key < pause.before);
                Rc::new(shown.cloned().collect())
            }
        }
    }

    /// Whether the assistant pauses and seems to write.
    pub fn assistant_is_typing(&self) -> bool {
        self.pauses.0.first().is_some_and(|pause| pause.typing)
    }

    /// Whether what is added now is kept back.
    pub(super) fn is_pausing(&self) -> bool {
        !self.pauses.0.is_empty()
    }

    /// What is added from now on is kept back for so long, after the pauses that have not passed.
    pub(super) fn pause(&mut self, ms: u32, typing: bool) {
        if !self.is_pausing() {
            self.wake(Alarm::Reveal, ms);
        }
        self.pauses.0.push(Pause { before: self.record.next_key(), ms, typing });
    }

    /// The pause that ran has passed.
    pub(super) fn reveal(&mut self) {
        if !self.is_pausing() {
            return;
        }
        let passed = self.pauses.0.remove(0);
        let next = self.pauses.0.first().map(|next| (next.before, next.ms));
        self.announce_from(passed.before, next.map_or(u64::MAX, |(before, _)| before));
        if let Some((_, ms)) = next {
            self.wake(Alarm::Reveal, ms);
        }
    }

    /// All pauses have passed.
    pub(super) fn end_pauses(&mut self) {
        let first = self.pauses.0.first().map(|pause| pause.before);
        self.pauses.0.clear();
        if let Some(first) = first {
            self.announce_from(first, u64::MAX);
        }
    }

    fn announce_from(&mut self, first: u64, end: u64) {
        let entries = Rc::clone(&self.record.entries);
        let due = |entry: &&Rc<Entry>| entry.key >= first && entry.key < end;
        entries.iter().filter(due).for_each(|entry| self.announce(entry));
    }
}
