//! What survives a reload.
//!
//! It is written as a whole, so what one tab writes another may replace; log and cursor replace each other together,
//! and what a replaced log lacks is told again by the bridge. What only this browser knows is kept apart: the
//! visitor's secret, the draft, and every request that is not yet answered (`browser/storage.rs`). The one thing that
//! two tabs do not share is the talk with the assistant: each goes on with its own until it is reloaded.

use super::entry::{Body, Delivery, Entry, Speaker};
use protocol::{
    BrowserAuthor, ConversationId, ConversationState, StateNow, Told, VisitorEvent, VisitorFrame,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Older entries are forgotten here; the bridge still has them.
pub const ENTRIES_MAX: usize = 1_000;

/// What survives a reload.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The log, oldest first.
    pub entries: Rc<Vec<Rc<Entry>>>,
    /// Where the talk with the assistant stands.
    pub session: assistant::Session,
    /// Whether the assistant has greeted.
    pub greeted: bool,
    /// Lines the assistant has yet to hear: they were written before it was loaded, or while it waits for an
    /// extension.
    pub unheard: Vec<String>,
    /// Whether the assistant waits for an extension.
    pub calling: bool,
    /// The last event seen.
    pub cursor: Option<Cursor>,
    /// What the bridge said last.
    pub state: Option<StateNow>,
    /// The agent who answers.
    pub agent: Option<String>,
    /// How the visitor waits.
    pub wait: Wait,
    /// Lines that arrived while the panel was closed.
    pub unread: u32,
    next_key: u64,
}

/// The last event seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Its number there.
    pub number: u64,
}

/// How the visitor waits for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wait {
    /// They were told that nobody is there.
    pub told_offline: bool,
    /// They were told that their request will be sent when the bridge is back.
    pub told_kept: bool,
    /// They were told that somebody is there after all.
    pub told_available: bool,
    /// The best place in the queue they have seen.
    pub best_place: Option<u32>,
    /// They were asked to leave a message.
    pub parked: bool,
}

impl Record {
    /// Adds an entry under the next key, and forgets the oldest when there are too many.
    pub fn add(&mut self, entry: Entry) -> Rc<Entry> {
        let entry = Rc::new(Entry { key: self.next_key, ..entry });
        self.next_key += 1;
        let entries = Rc::make_mut(&mut self.entries);
        entries.push(Rc::clone(&entry));
        if entries.len() > ENTRIES_MAX {
            entries.drain(..entries.len() - ENTRIES_MAX);
        }
        entry
    }

    /// The key of the entry that is added next.
    pub fn next_key(&self) -> u64 {
        self.next_key
    }

    /// Puts the entries from this key on before the first that is still on its way: the bridge told of them, so they
    /// came before what it has not received yet. Everybody then sees the conversation in one order.
    pub fn put_before_unsent(&mut self, from: u64) {
        let entries = Rc::make_mut(&mut self.entries);
        let told = entries.iter().rev().take_while(|entry| entry.key >= from).count();
        let earlier = &entries[..entries.len() - told];
        // Requests arrive in order, so whatever stands above one that has arrived has arrived too.
        let pending = |entry: &&Rc<Entry>| entry.delivery == Delivery::Sending || entry.request.is_none();
        let arrived = earlier.len() - earlier.iter().rev().take_while(pending).count();
        let unsent = earlier[arrived..].iter().position(|entry| entry.delivery == Delivery::Sending);
        if let Some(at) = unsent {
            entries[arrived + at..].rotate_right(told);
        }
    }

    /// Changes the newest entry that fits; whether there was one.
    pub fn change(&mut self, fits: impl Fn(&Entry) -> bool, change: impl FnOnce(&mut Entry)) -> bool {
        let Some(at) = self.entries.iter().rposition(|entry| fits(entry)) else { return false };
        change(Rc::make_mut(&mut Rc::make_mut(&mut self.entries)[at]));
        true
    }

    /// Takes an entry out of the log.
    pub fn remove(&mut self, fits: impl Fn(&Entry) -> bool) {
        Rc::make_mut(&mut self.entries).retain(|entry| !fits(entry));
    }

    /// Whether an event is news, and if so, moves the cursor to it. Another conversation's event is news when that
    /// conversation begins with it, or when the one that was followed is over.
    pub fn follow(&mut self, event: &VisitorEvent) -> bool {
        let news = match self.cursor {
            None => true,
            Some(cursor) if cursor.conversation == event.conversation => event.number > cursor.number,
            Some(_) => event.number == 1 || self.state.as_ref().is_none_or(|s| s.state.assistant_enabled()),
        };
        if news {
            self.cursor = Some(Cursor { conversation: event.conversation, number: event.number });
        }
        news
    }

    /// Takes over what an event makes of the state, unless the bridge has already told of a later one.
    pub fn apply_state(&mut self, conversation: ConversationId, number: u64, state: ConversationState) {
        let news = match &self.state {
            None => true,
            Some(known) if known.conversation == conversation => number > known.number,
            Some(_) => number == 1,
        };
        if news {
            self.state = Some(StateNow {
                conversation,
                state,
                assistant_enabled: state.assistant_enabled(),
                number,
                queue: None,
                place: None,
                wait_seconds: None,
            });
        }
    }

    /// Makes log and unanswered requests agree after they were read back separately: another tab may have written
    /// the log last, or have had the requests answered.
    pub fn reconcile(&mut self, requests: &[VisitorFrame]) {
        let waits = |entry: &Entry| requests.iter().any(|frame| frame.request() == entry.request);
        for entry in Rc::make_mut(&mut self.entries) {
            if entry.delivery == Delivery::Sending && !waits(entry) {
                Rc::make_mut(entry).delivery = Delivery::Done;
            }
        }
        for frame in requests {
            self.show_missing(frame);
        }
    }

    fn show_missing(&mut self, frame: &VisitorFrame) {
        let VisitorFrame::Say { id, author, content, written_at } = frame else { return };
        if self.entries.iter().any(|entry| entry.request == Some(*id)) {
            return;
        }
        self.add(Entry {
            key: 0,
            at: *written_at,
            body: Body::Said { by: Speaker::from(*author), content: content.clone() },
            delivery: Delivery::Sending,
            request: Some(*id),
        });
    }
}

impl From<BrowserAuthor> for Speaker {
    fn from(author: BrowserAuthor) -> Self {
        match author {
            BrowserAuthor::Visitor => Self::Visitor,
            BrowserAuthor::Assistant => Self::Assistant,
        }
    }
}

impl From<protocol::Speaker> for Speaker {
    fn from(speaker: protocol::Speaker) -> Self {
        match speaker {
            protocol::Speaker::Visitor => Self::Visitor,
            protocol::Speaker::Assistant => Self::Assistant,
            protocol::Speaker::Agent(badge) => Self::Agent { name: badge.name },
            protocol::Speaker::Business => Self::Business,
        }
    }
}

/// What something that is told makes of its conversation's state.
pub fn state_after(told: &Told) -> Option<ConversationState> {
    match told {
        Told::Said { .. } => None,
        Told::Opened | Told::AssistantBack | Told::Reopened => Some(ConversationState::Automated),
        Told::AgentRequested { .. } | Told::Waiting | Told::LeaveMessage { .. } => {
            Some(ConversationState::Queued)
        }
        Told::AgentJoined { .. } => Some(ConversationState::Open),
        Told::Closed { .. } => Some(ConversationState::Closed),
    }
}
