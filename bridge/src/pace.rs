//! How often each of many may ask: some times at once, then at a steady pace. Asking on while refused makes the wait longer.

use protocol::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Askers remembered at once; those that were heard of longest ago are forgotten first.
const ASKERS_MAX: usize = 10_000;

/// What is allowed to each.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Times without a pause.
    pub at_once: u64,
    /// After those, once in this time.
    pub every_millis: u64,
    /// The longest wait.
    pub wait_seconds_max: u64,
}

/// Who has asked how often.
pub struct Pace<K> {
    allowance: Allowance,
    /// When an asker will have paid for everything it asked for.
    paid_at_by_asker: Mutex<BTreeMap<K, Timestamp>>,
}

impl<K: Ord + Copy> Pace<K> {
    /// Nobody has asked yet.
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, paid_at_by_asker: Mutex::default() }
    }

    /// Lets it pass, or says how many seconds the asker has to wait.
    pub fn pass(&self, asker: K, now: Timestamp) -> Result<(), u64> {
        let Allowance { at_once, every_millis, wait_seconds_max } = self.allowance;
        let plus = |at: Timestamp, millis: u64| Timestamp::from_millis(at.millis().saturating_add(millis));
        let mut paid_at_by_asker = self.paid_at_by_asker.lock().unwrap_or_else(PoisonError::into_inner);
        let paid_at = paid_at_by_asker.get(&asker).copied().unwrap_or(now).max(now);
        let credit = plus(now, at_once.saturating_sub(1).saturating_mul(every_millis));
        let passes = paid_at <= credit;
        let paid_at = plus(paid_at, every_millis).min(credit.plus_seconds(wait_seconds_max));
        if paid_at_by_asker.len() >= ASKERS_MAX && !paid_at_by_asker.contains_key(&asker) {
            let oldest = paid_at_by_asker.iter().min_by_key(|(_, at)| **at).map(|(asker, _)| *asker);
            oldest.and_then(|oldest| paid_at_by_asker.remove(&oldest));
        }
        paid_at_by_asker.insert(asker, paid_at);
        if passes { Ok(()) } else { Err(paid_at.millis_since(credit).div_ceil(1_000)) }
    }

    /// Takes back what a time cost that was no trouble.
    pub fn refund(&self, asker: K) {
        let mut paid_at_by_asker = self.paid_at_by_asker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(paid_at) = paid_at_by_asker.get_mut(&asker) {
            *paid_at = Timestamp::from_millis(paid_at.millis().saturating_sub(self.allowance.every_millis));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWANCE: Allowance = Allowance { at_once: 3, every_millis: 500, wait_seconds_max: 2 };

    #[test]
    fn some_pass_at_once_and_more_at_a_steady_pace() {
        let pace = Pace::new(ALLOWANCE);
        let passed = (0..9).filter(|_| pace.pass("a", at(0)).is_ok()).count();
        assert_eq!(passed, 3);
        assert!(pace.pass("b", at(0)).is_ok(), "others are not kept waiting");
        let pace = Pace::new(ALLOWANCE);
        assert!((0..40).all(|n| pace.pass("a", at(n * 500)).is_ok()));
    }

    #[test]
    fn asking_on_makes_the_wait_longer_up_to_a_bound() {
        let pace = Pace::new(ALLOWANCE);
        let waits: Vec<u64> = (0..12).filter_map(|_| pace.pass("a", at(0)).err()).collect();
        assert!(waits.is_sorted() && waits.first() == Some(&1), "{waits:?}");
        assert_eq!(waits.last(), Some(&2));
        assert!(pace.pass("a", at(2_000)).is_ok(), "whoever waits as told may ask");
    }

    #[test]
    fn what_was_no_trouble_costs_nothing() {
        let pace = Pace::new(ALLOWANCE);
        for _ in 0..50 {
            assert!(pace.pass("a", at(0)).is_ok());
            pace.refund("a");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let pace = Pace::new(ALLOWANCE);
        (0..=ASKERS_MAX).for_each(|n| assert!(pace.pass(n, at(n as u64)).is_ok()));
        assert_eq!(pace.paid_at_by_asker.lock().unwrap().len(), ASKERS_MAX);
    }

    fn at(millis: u64) -> Timestamp {
        Timestamp::from_millis(millis)
    }
}
