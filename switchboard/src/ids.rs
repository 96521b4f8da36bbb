//! Maps by ids that nobody outside can choose: those of conversations, agents and pools are made here, and chance is in
//! them already. So they need no hash that withstands somebody who looks for collisions. Visitors' ids come of secrets
//! their browsers choose, and names are what people write: those keep the standard library's hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by ids that are made here.
pub type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// An odd number without a pattern: the golden ratio's digits.
const SCATTER: u64 = 0x9e37_79b9_7f4a_7c15;

/// See the module.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        folded(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(size_of::<u64>()) {
            let mut word = [0; size_of::<u64>()];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_ne_bytes(word));
        }
    }

    fn write_u32(&mut self, part: u32) {
        self.write_u64(part.into());
    }

    fn write_u64(&mut self, part: u64) {
        self.0 = folded(self.0.rotate_left(26) ^ part);
    }

    fn write_usize(&mut self, part: usize) {
        self.write_u64(part as u64);
    }
}

/// Every bit has a say in every other: the whole product, its halves laid over each other.
fn folded(word: u64) -> u64 {
    let product = u128::from(word) * u128::from(SCATTER);
    // The casts take the halves.
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{AgentId, ConversationId, Timestamp};
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher, Hash};

    /// Distinct places, in hundredths of what is placed: chance fills 63 with as many places, and more with more.
    const FILLED_LEAST: usize = 60;

    #[test]
    fn ids_that_are_made_one_after_the_other_are_scattered() {
        let one_after_another = |n: u64| {
            let mut chance = [0; 10];
            chance[2..].copy_from_slice(&n.to_be_bytes());
            ConversationId::at(Timestamp::from_millis(1_800_000_000_000 + n), chance)
        };
        is_scattered((0..10_000).map(one_after_another));
        let at_once = |n: u64| {
            let mut chance = [0; 10];
            // Behind the bits in which a name says what kind of name it is.
            chance[4..6].copy_from_slice(&n.to_be_bytes()[6..]);
            AgentId::at(Timestamp::from_millis(7), chance)
        };
        is_scattered((0..10_000).map(at_once));
        is_scattered((0..10_000).map(crate::matching::PoolId));
    }

    /// In the bits by which a table places, the lowest, and in those it compares first, the highest.
    fn is_scattered<K: Hash>(keys: impl Iterator<Item = K>) {
        let build = BuildHasherDefault::<IdHasher>::default();
        let hashes: Vec<u64> = keys.map(|key| build.hash_one(key)).collect();
        let low: BTreeSet<u64> = hashes.iter().map(|hash| hash % 10_007).collect();
        let bits: BTreeSet<u64> = hashes.iter().map(|hash| hash & 0x3fff).collect();
        let high: BTreeSet<u64> = hashes.iter().map(|hash| hash >> 57).collect();
        let share = |filled: usize, of: usize| filled * 100 / of;
        assert!(share(low.len(), 10_000) > FILLED_LEAST, "{}", low.len());
        assert!(share(bits.len(), 10_000) > FILLED_LEAST, "{}", bits.len());
        assert_eq!(high.len(), 128);
    }
}
