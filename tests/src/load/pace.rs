//! When messages are due: at random moments of a fixed rate, whatever becomes of those before. A thread of its own keeps
//! the time, because the runtime's timers count whole milliseconds.

use super::client::Order;
use super::field::Field;
use super::ledger::Side;
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// At high rates several messages are handed over at once rather than waking somebody for each.
const NAP_MIN: Duration = Duration::from_micros(250);

/// Messages handed over at a time.
const HANDED_OVER_MAX: usize = 256;

/// A bridge this many seconds of messages behind does not keep up: the run is broken off.
const BEHIND_SECONDS_MAX: f64 = 2.0;

/// Rates and times of one stretch of load.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Messages a second, both directions together.
    pub rate: f64,
    /// For how long they fall due.
    pub lasts: Duration,
}

/// A stretch of load that was given.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// When the first could be due.
    pub from: Instant,
    /// When no more were.
    pub until: Instant,
    /// Whether the bridge kept up to the end.
    pub kept_up: bool,
}

/// Gives load to conversations below `conversations`: one at random for each message, said by either side. A bridge that
/// does not keep up is given no more.
pub async fn load(field: &Field, pace: Pace, conversations: usize) -> Stretch {
    load_until(field, pace, conversations, (pace.rate * BEHIND_SECONDS_MAX) as usize + 1_000).await
}

/// The same through an outage, whatever waits meanwhile.
pub async fn load_through(field: &Field, pace: Pace, conversations: usize) -> Stretch {
    load_until(field, pace, conversations, usize::MAX).await
}

async fn load_until(field: &Field, pace: Pace, conversations: usize, behind_max: usize) -> Stretch {
    let from = Instant::now();
    let mut dues = timetable(from, pace);
    let mut handed_over = Vec::with_capacity(HANDED_OVER_MAX);
    while dues.recv_many(&mut handed_over, HANDED_OVER_MAX).await > 0 {
        for due in handed_over.drain(..) {
            let conversation = fastrand::usize(..conversations);
            let by = if fastrand::bool() { Side::Agent } else { Side::Visitor };
            say(field, conversation, by, due);
        }
        if field.ledger.borrow().outstanding() > behind_max {
            return Stretch { from, until: Instant::now(), kept_up: false };
        }
    }
    Stretch { from, until: from + pace.lasts, kept_up: true }
}

/// Has one message said. Where there are no agents, the visitor says it.
pub fn say(field: &Field, conversation: usize, by: Side, due: Instant) {
    say_long(field, conversation, by, due, 0);
}

/// Has a message said whose text is so many bytes longer than usual.
pub fn say_long(field: &Field, conversation: usize, by: Side, due: Instant, more_bytes: usize) {
    let agent = field.agent_of(conversation).filter(|_| by == Side::Agent);
    let by = if agent.is_some() { Side::Agent } else { Side::Visitor };
    let message = field.ledger.borrow_mut().say_long(conversation, by, due, field.now(), more_bytes);
    field.order(agent.unwrap_or(conversation), Order::Say(message));
}

/// The moments, each sent when it has come. Ends when the receiver is dropped.
fn timetable(from: Instant, pace: Pace) -> mpsc::UnboundedReceiver<Instant> {
    let (dues, due) = mpsc::unbounded_channel();
    thread::spawn(move || {
        let mut next = from;
        let mut woke = from;
        loop {
            next += wait(pace.rate);
            if next >= from + pace.lasts {
                return;
            }
            let now = Instant::now();
            if next > now {
                thread::sleep(next.max(woke + NAP_MIN).saturating_duration_since(now));
                woke = Instant::now();
            }
            if dues.send(next).is_err() {
                return;
            }
        }
    });
    due
}

/// Between two arrivals that know nothing of each other.
fn wait(rate: f64) -> Duration {
    Duration::from_secs_f64(-(1.0 - fastrand::f64()).ln() / rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_fall_due_as_the_rate_says_and_none_is_handed_over_early() {
        let pace = Pace { rate: 5_000.0, lasts: Duration::from_millis(400) };
        let mut dues = timetable(Instant::now(), pace);
        let mut count = 0;
        while let Some(due) = dues.blocking_recv() {
            assert!(due <= Instant::now() + NAP_MIN);
            count += 1;
        }
        assert!((1_700..2_300).contains(&count), "{count} of about 2,000");
    }
}
