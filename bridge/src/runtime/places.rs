//! What waiting visitors are told of their place and wait. A place never grows while they wait in one queue; an expected
//! wait grows only when fewer agents are there than when it was last told.
//!
//! Those near the front are told at once when it changes, the others with the notices their queue sends.

use protocol::{ConversationId, QueueId, StateNow, Timestamp};
use std::collections::{BTreeSet, HashMap};
use switchboard::Switchboard;

/// Places from the front that are told at once.
pub const NEAR: usize = 20;

/// What was told last.
#[derive(Debug, Default)]
pub struct Places {
    shown: HashMap<ConversationId, Shown>,
    notices: BTreeSet<(Timestamp, ConversationId)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    queue: QueueId,
    place: u32,
    wait_seconds: Option<u32>,
    slots: u64,
    notice: Option<Timestamp>,
}

impl Places {
    /// A conversation as its visitor is told now.
    pub fn state(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) -> Option<StateNow> {
        let mut state = board.state_now(id)?;
        let (Some(queue), Some(place)) = (&state.queue, state.place) else {
            self.forget(id);
            return Some(state);
        };
        let slots = board.slots(queue);
        let before = self.shown.get(&id).filter(|shown| shown.queue == *queue);
        let place = before.map_or(place, |shown| shown.place.min(place));
        let held = before.filter(|shown| shown.slots <= slots).and_then(|shown| shown.wait_seconds);
        state.place = Some(place);
        state.wait_seconds = match (state.wait_seconds, held) {
            (Some(wait), Some(told)) => Some(wait.min(told)),
            (wait, _) => wait,
        };
        let notice = before.and_then(|shown| shown.notice);
        let shown = Shown { queue: queue.clone(), place, wait_seconds: state.wait_seconds, slots, notice };
        self.shown.insert(id, shown);
        if notice.is_none() {
            self.schedule(board, id, now);
        }
        Some(state)
    }

    /// As [`Places::state`], when it differs from what was told last.
    pub fn news(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) -> Option<StateNow> {
        let before = self.shown.get(&id).map(|shown| (shown.place, shown.wait_seconds));
        let state = self.state(board, id, now)?;
        (state.place.map(|place| (place, state.wait_seconds)) != before).then_some(state)
    }

    /// When somebody is to be told next.
    pub fn next_notice(&self) -> Option<Timestamp> {
        self.notices.first().map(|(at, _)| *at)
    }

    /// Those who are to be told now; each is told again after their queue's while.
    pub fn due(&mut self, board: &Switchboard, now: Timestamp) -> Vec<ConversationId> {
        let mut due = Vec::new();
        while let Some((_, id)) = self.notices.first().copied().filter(|(at, _)| *at <= now) {
            self.notices.pop_first();
            if let Some(shown) = self.shown.get_mut(&id) {
                shown.notice = None;
                self.schedule(board, id, now);
                due.push(id);
            }
        }
        due
    }

    fn schedule(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) {
        let Some(shown) = self.shown.get_mut(&id) else { return };
        let seconds = board.directory().queue(&shown.queue).map_or(0, |queue| queue.notice_seconds);
        if seconds > 0 {
            let at = now.plus_seconds(seconds.into());
            shown.notice = Some(at);
            self.notices.insert((at, id));
        }
    }

    fn forget(&mut self, id: ConversationId) {
        if let Some(at) = self.shown.remove(&id).and_then(|shown| shown.notice) {
            self.notices.remove(&(at, id));
        }
    }
}
