//! Who has not shown yet what they want, in the order they came.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Strangers at once. After a restart everybody who was connected is one for a moment.
const STRANGERS_MAX: usize = 16_384;

/// All of them.
#[derive(Clone)]
pub struct Strangers {
    waiting: Arc<Mutex<BTreeMap<u64, Arc<Notify>>>>,
    last: Arc<AtomicU64>,
    max: usize,
}

/// One connection, as long as nobody knows what it wants. Dropped, it is a stranger no more.
pub struct Stranger {
    number: u64,
    shown_out: Arc<Notify>,
    all: Strangers,
}

impl Default for Strangers {
    fn default() -> Self {
        Self::at_most(STRANGERS_MAX)
    }
}

impl Strangers {
    fn at_most(max: usize) -> Self {
        Self { waiting: Arc::default(), last: Arc::default(), max }
    }

    /// One more. When there are too many, the one who came first is shown out.
    pub fn meets(&self) -> Stranger {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let shown_out = Arc::new(Notify::new());
        let mut waiting = self.lock();
        waiting.insert(number, Arc::clone(&shown_out));
        if waiting.len() > self.max
            && let Some((_, longest)) = waiting.pop_first()
        {
            longest.notify_one();
        }
        drop(waiting);
        Stranger { number, shown_out, all: self.clone() }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Notify>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stranger {
    /// Rung when this one has to go.
    pub fn shown_out(&self) -> Arc<Notify> {
        Arc::clone(&self.shown_out)
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        self.all.lock().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn the_one_who_has_stood_there_longest_goes_first() {
        let strangers = Strangers::at_most(2);
        let met: Vec<Stranger> = (0..4).map(|_| strangers.meets()).collect();
        let gone: Vec<bool> = met.iter().map(has_to_go).collect();
        assert_eq!(gone, [true, true, false, false]);
    }

    #[test]
    fn whoever_is_known_makes_room() {
        let strangers = Strangers::at_most(2);
        let first = strangers.meets();
        drop(strangers.meets());
        let third = strangers.meets();
        assert!(!has_to_go(&first) && !has_to_go(&third));
        drop((first, third));
        assert!(strangers.lock().is_empty());
    }

    fn has_to_go(stranger: &Stranger) -> bool {
        stranger.shown_out().notified().now_or_never().is_some()
    }
}
