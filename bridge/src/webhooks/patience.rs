//! How long a receiver that does not answer is waited for.

use crate::clock;
use protocol::Timestamp;

/// Waits before the second attempt, the third, and so on: a little more than a day together.
pub const DELAYS_SECONDS: [u64; 11] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 28_800];

/// A receiver that has failed for so long is sent nothing more until somebody makes its webhook active again.
pub const FAILING_SECONDS_MAX: u64 = 5 * 24 * 60 * 60;

/// A receiver can ask for a wait up to this.
const RETRY_AFTER_SECONDS_MAX: u64 = 6 * 60 * 60;

/// A wait becomes up to so many hundredths longer or shorter, so that receivers that come back are not run over.
const JITTER_PERCENT: u64 = 20;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Waits between attempts.
    pub delays_millis: Vec<u64>,
    /// As [`FAILING_SECONDS_MAX`], in milliseconds.
    pub failing_millis_max: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            delays_millis: DELAYS_SECONDS.iter().map(|seconds| seconds * 1_000).collect(),
            failing_millis_max: FAILING_SECONDS_MAX * 1_000,
        }
    }
}

impl Patience {
    /// When to try again after `attempts` in vain; `None` when no more. `asked_for` is what the receiver wants, in seconds.
    pub fn next(&self, attempts: u32, asked_for: Option<u64>, now: Timestamp) -> Option<Timestamp> {
        let delay = *self.delays_millis.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
        let asked_for = asked_for.map_or(0, |seconds| seconds.min(RETRY_AFTER_SECONDS_MAX) * 1_000);
        let wait = jittered(delay, u16::from_le_bytes(clock::random())).max(asked_for);
        Some(Timestamp::from_millis(now.millis().saturating_add(wait)))
    }

    /// Whether a receiver that fails since then is given up.
    pub fn has_ended(&self, failing_since: Timestamp, now: Timestamp) -> bool {
        now.millis_since(failing_since) >= self.failing_millis_max
    }
}

fn jittered(delay: u64, chance: u16) -> u64 {
    let span = delay * JITTER_PERCENT * 2 / 100;
    delay - span / 2 + span * u64::from(chance) / u64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_last_about_a_day() {
        assert!(DELAYS_SECONDS.is_sorted());
        let hours = DELAYS_SECONDS.iter().sum::<u64>() / 3_600;
        assert!((22..=27).contains(&hours), "{hours}");
    }

    #[test]
    fn a_wait_is_scattered_around_its_length() {
        assert_eq!([0, u16::MAX].map(|chance| jittered(1_000, chance)), [800, 1_200]);
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_wait_and_not_for_ever() {
        let (patience, now) = (Patience::default(), Timestamp::default());
        let wait = |asked| patience.next(1, Some(asked), now).unwrap().millis();
        assert_eq!(wait(100), 100_000);
        assert_eq!(wait(u64::MAX), RETRY_AFTER_SECONDS_MAX * 1_000);
        assert!(wait(0) < 7_000);
        assert_eq!(patience.next(12, None, now), None, "after the last wait it is given up");
    }
}
