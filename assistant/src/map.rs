//! Names and what they stand for, in order of the alphabet. There are few of them in an assistant, and a sorted list does
//! for few what `BTreeMap` does for many, with a tenth of the code in the browser.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Names and what they stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<V>(Vec<(String, V)>);

impl<V> Map<V> {
    /// One without names.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.place(name).ok().map(|place| &self.0[place].1)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.place(name).ok().map(|place| &mut self.0[place].1)
    }

    /// Whether a name is there.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Lets a name stand for something; gives what it stood for.
    pub fn insert(&mut self, name: String, value: V) -> Option<V> {
        match self.place(&name) {
            Ok(place) => Some(std::mem::replace(&mut self.0[place].1, value)),
            Err(place) => {
                self.0.insert(place, (name, value));
                None
            }
        }
    }

    /// What a name stands for; a new name stands for the usual.
    pub fn get_or_default(&mut self, name: String) -> &mut V
    where
        V: Default,
    {
        let place = self.place(&name).unwrap_or_else(|place| {
            self.0.insert(place, (name, V::default()));
            place
        });
        &mut self.0[place].1
    }

    /// Takes a name out; gives what it stood for.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        self.place(name).ok().map(|place| self.0.remove(place).1)
    }

    /// Takes the names out that are not wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str, &V) -> bool) {
        self.0.retain(|(name, value)| wanted(name, value));
    }

    /// Names with what they stand for.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&String, &V)> + ExactSizeIterator {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(name, _)| name)
    }

    /// What they stand for.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The same, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Names in any order; of two that are the same the last one counts.
    fn of(mut entries: Vec<(String, V)>) -> Self {
        // A stable sort, turned around, leaves the last one first.
        entries.reverse();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.dedup_by(|(later, _), (first, _)| later == first);
        Self(entries)
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Self {
        Self::of(entries.into_iter().collect())
    }
}

impl<V, const N: usize> From<[(String, V); N]> for Map<V> {
    fn from(entries: [(String, V); N]) -> Self {
        Self::of(entries.into())
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Map::of(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_does_what_a_tree_does(
            entries in prop::collection::vec(("[a-c]{0,2}", any::<u8>()), 0..12),
            steps in prop::collection::vec(("[a-c]{0,2}", any::<Option<u8>>()), 0..12),
        ) {
            let mut map: Map<u8> = entries.clone().into_iter().collect();
            let mut tree: BTreeMap<String, u8> = entries.into_iter().collect();
            for (name, value) in steps {
                match value {
                    Some(value) => prop_assert_eq!(map.insert(name.clone(), value), tree.insert(name.clone(), value)),
                    None => prop_assert_eq!(map.remove(&name), tree.remove(&name)),
                }
                prop_assert_eq!(map.get(&name), tree.get(&name));
            }
            *map.get_or_default("bb".to_owned()) ^= 1;
            *tree.entry("bb".to_owned()).or_default() ^= 1;
            prop_assert_eq!(serde_json::to_string(&map).unwrap(), serde_json::to_string(&tree).unwrap());
            prop_assert!(map.iter().eq(tree.iter()));
        }
    }
}
