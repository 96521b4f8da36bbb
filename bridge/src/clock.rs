//! The only reader of time here, and the only source of chance. Everything else is handed both.

use protocol::Timestamp;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Reads the machine's calendar once and counts on from there by its monotonic clock, so that a jump of the calendar
/// neither hurries nor delays an offer.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Timestamp,
    counter: Instant,
}

impl Clock {
    /// Starts counting.
    pub fn start() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self { began: Timestamp::from_millis(whole_millis(since_epoch)), counter: Instant::now() }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.began.millis().saturating_add(whole_millis(self.counter.elapsed())))
    }

    /// The moment a timer has to wait for.
    pub fn instant_of(&self, time: Timestamp) -> tokio::time::Instant {
        let ahead = Duration::from_millis(time.millis_since(self.began));
        tokio::time::Instant::from_std(self.counter + ahead)
    }
}

/// Random bytes of the operating system.
///
/// # Panics
/// When it has none, which the systems supported here exclude once they have booted; going on with a guessable secret
/// would be worse than stopping.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

fn whole_millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_waits_until_the_time_it_was_given() {
        let clock = Clock::start();
        let wait =
            clock.instant_of(clock.began.plus_seconds(5)) - tokio::time::Instant::from_std(clock.counter);
        assert_eq!(wait, Duration::from_secs(5));
    }

    #[test]
    fn a_time_before_the_start_is_due_at_once() {
        let clock = Clock::start();
        let at = clock.instant_of(Timestamp::from_millis(1));
        assert_eq!(at, tokio::time::Instant::from_std(clock.counter));
    }

    #[test]
    fn random_bytes_differ_from_draw_to_draw() {
        assert_ne!(random::<16>(), random::<16>());
    }
}
