//! Unsaved work: what an author previews without keeping it. In memory, for a while, at addresses nobody can guess.

use super::build::Operations;
use crate::clock;
use crate::secret::hex;
use crate::store::BuildRow;
use protocol::{SiteId, Timestamp};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Previews kept at once, of everybody together; the oldest make room.
pub const PREVIEWS_MAX: usize = 64;

/// Their bytes together.
pub const PREVIEW_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A preview is forgotten after this long.
pub const PREVIEW_SECONDS_MAX: u64 = 60 * 60;

/// Random bytes of a preview's name.
const ID_BYTES: usize = 16;

/// See the module.
#[derive(Default)]
pub struct Previews(Mutex<VecDeque<Entry>>);

/// One assistant, in one language.
#[derive(Clone)]
pub struct Preview {
    /// What the widget runs.
    pub bytes: Arc<[u8]>,
    /// What it may call, when whoever made it may have extensions called.
    pub operations: Arc<Operations>,
    /// For which site.
    pub site: Option<SiteId>,
}

struct Entry {
    id: String,
    made: Timestamp,
    preview: Preview,
}

impl Previews {
    /// Keeps what was made of a file; gives each language's tag and name here.
    pub fn add(
        &self,
        builds: Vec<BuildRow>,
        operations: Operations,
        site: Option<&SiteId>,
        now: Timestamp,
    ) -> Vec<(String, String)> {
        let operations = Arc::new(operations);
        let names = builds.into_iter().map(|build| {
            let id = hex(&clock::random::<ID_BYTES>());
            let preview = Preview {
                bytes: build.bytes.into(),
                operations: Arc::clone(&operations),
                site: site.cloned(),
            };
            self.push(Entry { id: id.clone(), made: now, preview });
            (build.tag, id)
        });
        names.collect()
    }

    /// A preview by its name.
    pub fn get(&self, id: &str, now: Timestamp) -> Option<Preview> {
        let mut entries = self.lock();
        entries.retain(|entry| now <= entry.made.plus_seconds(PREVIEW_SECONDS_MAX));
        entries.iter().find(|entry| entry.id == id).map(|entry| entry.preview.clone())
    }

    fn push(&self, entry: Entry) {
        let mut entries = self.lock();
        entries.push_back(entry);
        let bytes = |entries: &VecDeque<Entry>| -> usize {
            entries.iter().map(|entry| entry.preview.bytes.len()).sum()
        };
        while entries.len() > PREVIEWS_MAX || (entries.len() > 1 && bytes(&entries) > PREVIEW_BYTES_MAX) {
            entries.pop_front();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_previews_make_room() {
        let previews = Previews::default();
        let first = add(&previews, 10, 0);
        let last = (0..PREVIEWS_MAX).map(|_| add(&previews, 10, 0)).last().unwrap();
        assert!(previews.get(&first, at(0)).is_none());
        assert_eq!(previews.get(&last, at(0)).unwrap().bytes.len(), 10);
    }

    #[test]
    fn large_ones_make_room_sooner() {
        let previews = Previews::default();
        let first = add(&previews, PREVIEW_BYTES_MAX / 2, 0);
        let second = add(&previews, PREVIEW_BYTES_MAX / 2, 0);
        assert!(previews.get(&first, at(0)).is_some());
        add(&previews, 1, 0);
        assert!(previews.get(&first, at(0)).is_none() && previews.get(&second, at(0)).is_some());
    }

    #[test]
    fn a_preview_is_forgotten_after_a_while() {
        let previews = Previews::default();
        let id = add(&previews, 10, 5);
        assert!(previews.get(&id, at(5 + PREVIEW_SECONDS_MAX)).is_some());
        assert!(previews.get(&id, at(6 + PREVIEW_SECONDS_MAX)).is_none());
    }

    fn add(previews: &Previews, bytes: usize, seconds: u64) -> String {
        let build = BuildRow { tag: "en".to_owned(), hash: String::new(), bytes: vec![0; bytes] };
        let names = previews.add(vec![build], Operations::new(), None, at(seconds));
        names.into_iter().next().map(|(_, id)| id).unwrap()
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
