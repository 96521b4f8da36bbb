//! Who waits, and in which order: the time a person was asked for, then the conversation's id. An offer does not cost the
//! place: only being taken, or leaving, does.

use crate::RankedSet;
use crate::conversation::Conversation;
use protocol::{ConversationId, QueueId, Timestamp};
use std::collections::BTreeMap;

/// Waiting conversations, by queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    by_queue: BTreeMap<QueueId, RankedSet<(Timestamp, ConversationId)>>,
}

impl Waiting {
    /// Files the conversation under what it waits for now. Call with its state before and after a change.
    pub fn refile(&mut self, before: Option<&Conversation>, after: Option<&Conversation>) {
        if let Some((queue, key)) = before.and_then(Conversation::waits) {
            self.remove(queue, key);
        }
        if let Some((queue, key)) = after.and_then(Conversation::waits) {
            self.by_queue.entry(queue.clone()).or_default().insert(key);
        }
    }

    /// Conversations of one queue, the next one first.
    pub fn in_order(&self, queue: &QueueId) -> impl Iterator<Item = ConversationId> {
        self.by_queue.get(queue).into_iter().flat_map(RankedSet::iter).map(|(_, conversation)| *conversation)
    }

    /// Every waiting conversation with its place in its queue, 1 is next.
    pub fn places(&self) -> Vec<(ConversationId, u32)> {
        self.by_queue
            .values()
            .flat_map(|keys| (1..).zip(keys.iter()).map(|(place, (_, id))| (*id, place)))
            .collect()
    }

    /// The place of one conversation in its queue.
    pub fn place(&self, conversation: &Conversation) -> Option<u32> {
        let (queue, key) = conversation.waits()?;
        let ahead = self.by_queue.get(queue)?.place(&key)?;
        u32::try_from(ahead + 1).ok()
    }

    fn remove(&mut self, queue: &QueueId, key: (Timestamp, ConversationId)) {
        if let Some(keys) = self.by_queue.get_mut(queue) {
            keys.remove(&key);
            if keys.is_empty() {
                self.by_queue.remove(queue);
            }
        }
    }
}
