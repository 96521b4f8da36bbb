//! Guessing passwords costs time: after some wrong ones for an email, the next may be tried only after a wait that
//! doubles. Emails nobody has are treated alike, so that the wait tells nothing.

use protocol::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Wrong passwords that cost nothing: people mistype.
const FREE_FAILURES: u32 = 5;

/// The longest wait; an attacker can keep a known email waiting for no longer than this at a time.
const WAIT_SECONDS_MAX: u64 = 60;

/// Emails remembered at once; the ones that failed longest ago are forgotten first.
const EMAILS_MAX: usize = 10_000;

/// Wrong passwords by email.
#[derive(Default)]
pub struct SignInBackoff {
    failures_by_email: Mutex<BTreeMap<String, Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Timestamp,
}

impl SignInBackoff {
    /// Seconds until this email may be tried again; 0 when now.
    pub fn wait_seconds(&self, email: &str, now: Timestamp) -> u64 {
        let Some(failures) = self.lock().get(email).copied() else { return 0 };
        let doublings = failures.count.saturating_sub(FREE_FAILURES);
        let wait = if doublings == 0 { 0 } else { (1_u64 << doublings.min(16)).min(WAIT_SECONDS_MAX) };
        failures.last.plus_seconds(wait).millis_since(now).div_ceil(1_000)
    }

    /// A password for this email was wrong.
    pub fn failed(&self, email: &str, now: Timestamp) {
        let mut failures_by_email = self.lock();
        if failures_by_email.len() >= EMAILS_MAX && !failures_by_email.contains_key(email) {
            let oldest = failures_by_email.iter().min_by_key(|(_, f)| f.last).map(|(email, _)| email.clone());
            oldest.and_then(|oldest| failures_by_email.remove(&oldest));
        }
        let failures = failures_by_email.entry(email.to_owned()).or_insert(Failures { count: 0, last: now });
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
    }

    /// The password was right.
    pub fn succeeded(&self, email: &str) {
        self.lock().remove(email);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Failures>> {
        self.failures_by_email.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyping_costs_nothing_and_guessing_more_each_time() {
        let backoff = SignInBackoff::default();
        let waits: Vec<u64> = (0..13)
            .map(|_| {
                backoff.failed("ada@example.com", at(0));
                backoff.wait_seconds("ada@example.com", at(0))
            })
            .collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(backoff.wait_seconds("ada@example.com", at(60)), 0);
        assert_eq!(backoff.wait_seconds("grace@example.com", at(0)), 0);
    }

    #[test]
    fn the_right_password_forgets_the_wrong_ones() {
        let backoff = SignInBackoff::default();
        (0..9).for_each(|_| backoff.failed("ada@example.com", at(0)));
        backoff.succeeded("ada@example.com");
        assert_eq!(backoff.wait_seconds("ada@example.com", at(0)), 0);
    }

    #[test]
    fn memory_is_bounded() {
        let backoff = SignInBackoff::default();
        (0..=EMAILS_MAX).for_each(|n| backoff.failed(&format!("{n}@example.com"), at(n as u64)));
        assert_eq!(backoff.lock().len(), EMAILS_MAX);
        assert!(!backoff.lock().contains_key("0@example.com"));
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus_seconds(seconds)
    }
}
