//! Who waits, and in which order. An offer does not cost the place: only being taken, or leaving, does.

use crate::RankedSet;
use crate::ids::IdMap;
use crate::matching::Rank;
use protocol::{ConversationId, QueueId, Target};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where a conversation waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a queue, with others before and after it.
    Queue(QueueId, Rank),
    /// In a queue, for somebody to pick: it stands in nobody's way.
    Parked(QueueId),
    /// For a team, a person or anybody.
    Named(Target),
}

/// Waiting conversations, by what they wait for.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    by_queue: BTreeMap<QueueId, RankedSet<(Rank, ConversationId)>>,
    parked: HashMap<QueueId, BTreeSet<ConversationId>>,
    named: HashMap<Target, BTreeSet<ConversationId>>,
    filed: IdMap<ConversationId, Place>,
}

impl Waiting {
    /// Files a conversation under what it waits for now; `None` when it does not wait.
    pub fn file(&mut self, id: ConversationId, place: Option<Place>) {
        if self.filed.get(&id) == place.as_ref() {
            return;
        }
        if let Some(old) = self.filed.remove(&id) {
            self.remove(id, &old);
        }
        let Some(place) = place else { return };
        match &place {
            Place::Queue(queue, rank) => self.by_queue.entry(queue.clone()).or_default().insert((*rank, id)),
            Place::Parked(queue) => self.parked.entry(queue.clone()).or_default().insert(id),
            Place::Named(target) => self.named.entry(target.clone()).or_default().insert(id),
        };
        self.filed.insert(id, place);
    }

    /// Conversations of one queue, the next one first; then those that wait for somebody to pick them.
    pub fn in_order(&self, queue: &QueueId) -> impl Iterator<Item = ConversationId> {
        let ranked = self.by_queue.get(queue).into_iter().flat_map(RankedSet::iter).map(|(_, id)| *id);
        ranked.chain(self.parked.get(queue).into_iter().flatten().copied())
    }

    /// Conversations that wait for a team, a person or anybody.
    pub fn named(&self, target: &Target) -> impl Iterator<Item = ConversationId> + use<'_> {
        self.named.get(target).into_iter().flatten().copied()
    }

    /// How many wait in a queue for their turn.
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
        let Place::Queue(queue, rank) = self.filed.get(&id)? else { return None };
        let ahead = self.by_queue.get(queue)?.place(&(*rank, id))?;
        u32::try_from(ahead + 1).ok()
    }

    fn remove(&mut self, id: ConversationId, place: &Place) {
        match place {
            Place::Queue(queue, rank) => {
                if let Some(keys) = self.by_queue.get_mut(queue) {
                    keys.remove(&(*rank, id));
                    if keys.is_empty() {
                        self.by_queue.remove(queue);
                    }
                }
            }
            Place::Parked(queue) => remove_from(&mut self.parked, queue, id),
            Place::Named(target) => remove_from(&mut self.named, target, id),
        }
    }
}

fn remove_from<K: Eq + std::hash::Hash>(
    sets: &mut HashMap<K, BTreeSet<ConversationId>>,
    key: &K,
    id: ConversationId,
) {
    if let Some(set) = sets.get_mut(key) {
        set.remove(&id);
        if set.is_empty() {
            sets.remove(key);
        }
    }
}
