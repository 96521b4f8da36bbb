//! How long it will probably take until somebody is there: the place in the queue times how long one conversation has
//! lately taken, shared by the room of those who are online (`routing-and-inbox.md` E.7).

use crate::Switchboard;
use crate::conversation::Conversation;
use std::collections::VecDeque;

/// Conversations of a queue that are looked back on.
const LOOKED_BACK_ON: usize = 50;

/// Fewer than these say nothing.
const ENOUGH: usize = 3;

/// The longest wait that is told: beyond it nobody knows.
const SECONDS_MAX: u64 = 4 * 3_600;

/// How long the last conversations of a queue took.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    seconds: VecDeque<u32>,
}

impl Pace {
    /// An agent had a conversation for so many milliseconds.
    pub fn took(&mut self, millis: u64) {
        if self.seconds.len() == LOOKED_BACK_ON {
            self.seconds.pop_front();
        }
        self.seconds.push_back(u32::try_from(millis / 1_000).unwrap_or(u32::MAX));
    }

    /// The middle one; `None` while there are too few.
    pub fn median(&self) -> Option<u32> {
        let mut sorted: Vec<u32> = self.seconds.iter().copied().collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().filter(|_| sorted.len() >= ENOUGH)
    }
}

impl Switchboard {
    /// How long a conversation will probably wait still, in seconds; `None` when nobody is online or too little is known.
    pub fn wait_seconds(&self, conversation: &Conversation) -> Option<u32> {
        let queue = conversation.waits_in()?;
        let place = u64::from(self.waiting.place(conversation.id)?);
        let slots = self.served.slots(queue).max(1);
        let each = u64::from(self.pace.get(queue)?.median()?);
        let seconds = self.is_served(queue).then(|| place * each / slots)?;
        u32::try_from(seconds.clamp(1, SECONDS_MAX)).ok()
    }
}
