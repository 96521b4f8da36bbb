//! The two rules of a connection that widget and console share: when to dial again, and what to send again.

use crate::RequestId;
use serde::{Deserialize, Serialize};

/// Waits between attempts to reach the bridge: doubling from [`Backoff::FIRST_MILLIS`] to [`Backoff::LAST_MILLIS`], each
/// drawn between half and whole so that thousands of clients of a restarted bridge do not return in step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Wait after the first failure, at most.
    pub const FIRST_MILLIS: u32 = 500;
    /// Wait after many failures, at most.
    pub const LAST_MILLIS: u32 = 15_000;

    /// The next wait in milliseconds; `chance` is any random number.
    pub fn next_wait_millis(&mut self, chance: u32) -> u32 {
        let whole = Self::FIRST_MILLIS.saturating_mul(1 << self.failures.min(10)).min(Self::LAST_MILLIS);
        self.failures = self.failures.saturating_add(1);
        whole / 2 + chance % (whole / 2 + 1)
    }

    /// A connection was welcomed: the next failure is a first one.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }
}

/// Requests not yet answered, in the order they were made. They are sent again, in that order, after every `welcome`;
/// the bridge recognises repeats by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox<F> {
    waiting: Vec<(RequestId, F)>,
}

impl<F> Default for Outbox<F> {
    fn default() -> Self {
        Self { waiting: Vec::new() }
    }
}

impl<F: Clone> Outbox<F> {
    /// Keeps a request until it is answered.
    pub fn put(&mut self, id: RequestId, frame: F) {
        self.waiting.push((id, frame));
    }

    /// The request was accepted or refused for good; gives it back when it was still waiting.
    pub fn answered(&mut self, id: RequestId) -> Option<F> {
        let at = self.waiting.iter().position(|(waiting, _)| *waiting == id)?;
        Some(self.waiting.remove(at).1)
    }

    /// What has to be sent again, in order.
    pub fn frames(&self) -> impl Iterator<Item = &F> {
        self.waiting.iter().map(|(_, frame)| frame)
    }

    /// Whether a request is still unanswered.
    pub fn holds(&self, id: RequestId) -> bool {
        self.waiting.iter().any(|(waiting, _)| *waiting == id)
    }

    /// Whether everything was answered.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn waits_double_up_to_a_bound_and_start_over_after_success() {
        let mut backoff = Backoff::default();
        let waits: Vec<u32> = (0..8).map(|_| backoff.next_wait_millis(u32::MAX - 1)).collect();
        assert!(waits[0] <= Backoff::FIRST_MILLIS && waits[7] <= Backoff::LAST_MILLIS, "{waits:?}");
        assert!(waits[7] > waits[0], "{waits:?}");
        backoff.succeeded();
        assert!(backoff.next_wait_millis(7) <= Backoff::FIRST_MILLIS);
    }

    #[test]
    fn a_wait_is_never_shorter_than_half() {
        for chance in 0..2_000 {
            assert!(Backoff::default().next_wait_millis(chance) >= Backoff::FIRST_MILLIS / 2);
        }
    }

    #[test]
    fn unanswered_requests_keep_their_order() {
        let id = |n| RequestId::at(Timestamp::from_millis(n), [0; 10]);
        let mut outbox = Outbox::default();
        for n in 1..=3 {
            outbox.put(id(n), n);
        }
        assert_eq!(outbox.answered(id(2)), Some(2));
        assert_eq!(outbox.answered(id(2)), None);
        assert_eq!(outbox.frames().copied().collect::<Vec<_>>(), [1, 3]);
    }
}
