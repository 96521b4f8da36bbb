//! Who waits, and in which order. An offer does not cost the place: only being taken, or leaving, does.

use crate::RankedSet;
use crate::matching::Rank;
use protocol::{ConversationId, QueueId};
use std::collections::{BTreeMap, HashMap};

/// Waiting conversations, by queue.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    by_queue: BTreeMap<QueueId, RankedSet<(Rank, ConversationId)>>,
    filed: HashMap<ConversationId, (QueueId, Rank)>,
}

impl Waiting {
    /// Files a conversation under what it waits for now; `None` when it does not wait in a queue.
    pub fn file(&mut self, id: ConversationId, place: Option<(&QueueId, Rank)>) {
        let same = match (self.filed.get(&id), place) {
            (Some((queue, rank)), Some((now, rank_now))) => queue == now && *rank == rank_now,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if same {
            return;
        }
        if let Some((queue, rank)) = self.filed.remove(&id) {
            self.remove(&queue, (rank, id));
        }
        if let Some((queue, rank)) = place {
            self.by_queue.entry(queue.clone()).or_default().insert((rank, id));
            self.filed.insert(id, (queue.clone(), rank));
        }
    }

    /// Conversations of one queue, the next one first.
    pub fn in_order(&self, queue: &QueueId) -> impl Iterator<Item = ConversationId> {
        self.by_queue.get(queue).into_iter().flat_map(RankedSet::iter).map(|(_, conversation)| *conversation)
    }

    /// How many wait in a queue.
    pub fn len(&self, queue: &QueueId) -> usize {
        self.by_queue.get(queue).map_or(0, RankedSet::len)
    }

    /// Every waiting conversation with its place in its queue, 1 is next.
    pub fn places(&self) -> Vec<(ConversationId, u32)> {
        self.by_queue
            .values()
            .flat_map(|keys| (1..).zip(keys.iter()).map(|(place, (_, id))| (*id, place)))
            .collect()
    }

    /// The place of one conversation in its queue.
    pub fn place(&self, id: ConversationId) -> Option<u32> {
        let (queue, rank) = self.filed.get(&id)?;
        let ahead = self.by_queue.get(queue)?.place(&(*rank, id))?;
        u32::try_from(ahead + 1).ok()
    }

    fn remove(&mut self, queue: &QueueId, key: (Rank, ConversationId)) {
        if let Some(keys) = self.by_queue.get_mut(queue) {
            keys.remove(&key);
            if keys.is_empty() {
                self.by_queue.remove(queue);
            }
        }
    }
}
