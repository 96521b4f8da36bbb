//! A sorted set that knows every member's place, as a queue needs it: how many are before this one.
//!
//! Members stand in blocks of a bounded length. Finding, adding and removing one costs a search over the blocks and one
//! inside a block; a place costs the lengths of the blocks before. With 100,000 members that is about 400 additions,
//! where a tree that counts would save nothing that can be measured and a plain tree walks over every member.

/// A block that grows beyond this is halved.
const BLOCK_MAX: usize = 512;

/// A sorted set of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedSet<K> {
    /// None is empty.
    blocks: Vec<Vec<K>>,
    len: usize,
}

impl<K> Default for RankedSet<K> {
    fn default() -> Self {
        Self { blocks: Vec::new(), len: 0 }
    }
}

impl<K: Ord + Copy> RankedSet<K> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a key; `false` when it is there already.
    pub fn insert(&mut self, key: K) -> bool {
        let at = self.block_of(&key);
        let Some(block) = self.blocks.get_mut(at) else {
            self.blocks.push(vec![key]);
            self.len += 1;
            return true;
        };
        let Err(place) = block.binary_search(&key) else { return false };
        block.insert(place, key);
        self.len += 1;
        if block.len() > BLOCK_MAX {
            let second = block.split_off(BLOCK_MAX / 2);
            self.blocks.insert(at + 1, second);
        }
        true
    }

    /// Takes a key out; `false` when it is not there.
    pub fn remove(&mut self, key: &K) -> bool {
        let at = self.block_of(key);
        let Some(block) = self.blocks.get_mut(at) else { return false };
        let Ok(place) = block.binary_search(key) else { return false };
        block.remove(place);
        if block.is_empty() {
            self.blocks.remove(at);
        }
        self.len -= 1;
        true
    }

    /// How many are smaller than a member; `None` when it is none.
    pub fn place(&self, key: &K) -> Option<usize> {
        let at = self.block_of(key);
        let inside = self.blocks.get(at)?.binary_search(key).ok()?;
        Some(self.blocks[..at].iter().map(Vec::len).sum::<usize>() + inside)
    }

    /// All keys, the smallest first.
    pub fn iter(&self) -> impl Iterator<Item = &K> {
        self.blocks.iter().flatten()
    }

    /// The block in which a key stands or would stand: the first whose last key is not smaller, else the last one.
    fn block_of(&self, key: &K) -> usize {
        let before = self.blocks.partition_point(|block| block.last().is_some_and(|last| last < key));
        before.min(self.blocks.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_sorted_set_that_knows_places(steps in proptest::collection::vec((any::<bool>(), 0..3_000_u32), 0..4_000)) {
            let (mut ranked, mut plain) = (RankedSet::default(), BTreeSet::new());
            for (add, key) in steps {
                match add {
                    true => prop_assert_eq!(ranked.insert(key), plain.insert(key)),
                    false => prop_assert_eq!(ranked.remove(&key), plain.remove(&key)),
                }
            }
            prop_assert_eq!(ranked.len(), plain.len());
            prop_assert!(ranked.iter().eq(plain.iter()));
            for (place, key) in plain.iter().enumerate() {
                prop_assert_eq!(ranked.place(key), Some(place));
            }
            prop_assert_eq!(ranked.place(&3_000), None);
        }
    }

    #[test]
    fn many_in_order_stay_in_order() {
        let mut ranked = RankedSet::default();
        (0..10_000).rev().for_each(|key| assert!(ranked.insert(key)));
        assert_eq!(ranked.place(&7_777), Some(7_777));
        (0..10_000).step_by(2).for_each(|key| assert!(ranked.remove(&key)));
        assert_eq!((ranked.len(), ranked.place(&7_777)), (5_000, Some(3_888)));
    }
}
