//! Telling the visitor that I write: seldom enough not to be noise, often enough to be true.

use protocol::Timestamp;

/// While I keep writing, it is told again this often, so that a listener may forget it soon after it stops coming.
const TOLD_EVERY_SECONDS: u64 = 3;

/// No key for this long means that I have stopped.
const PAUSE_SECONDS: u64 = 5;

/// How long "the visitor is writing" is believed without being told again.
pub const BELIEVED_SECONDS: u64 = 7;

/// What was told and when a key was last pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    told_at: Option<Timestamp>,
    pressed_at: Timestamp,
}

impl Typing {
    /// The draft has changed; what to tell, if anything.
    pub fn drafted(&mut self, now: Timestamp, is_empty: bool) -> Option<bool> {
        if is_empty {
            return self.stop();
        }
        self.pressed_at = now;
        let due = self.told_at.is_none_or(|told| now.millis_since(told) >= TOLD_EVERY_SECONDS * 1_000);
        due.then(|| {
            self.told_at = Some(now);
            true
        })
    }

    /// Once a second.
    pub fn tick(&mut self, now: Timestamp) -> Option<bool> {
        if now.millis_since(self.pressed_at) >= PAUSE_SECONDS * 1_000 { self.stop() } else { None }
    }

    /// Sent, emptied or left.
    pub fn stop(&mut self) -> Option<bool> {
        self.told_at.take().map(|_| false)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::at;
    use super::*;

    #[test]
    fn writing_is_told_at_most_every_few_seconds() {
        let mut typing = Typing::default();
        let told: Vec<u64> = (10..20).filter(|s| typing.drafted(at(*s), false).is_some()).collect();
        assert_eq!(told, [10, 13, 16, 19]);
    }

    #[test]
    fn a_pause_and_an_emptied_draft_end_it_once() {
        let mut typing = Typing::default();
        typing.drafted(at(10), false);
        assert_eq!(typing.tick(at(14)), None);
        assert_eq!(typing.tick(at(15)), Some(false));
        assert_eq!(typing.tick(at(16)), None);
        typing.drafted(at(20), false);
        assert_eq!(typing.drafted(at(21), true), Some(false));
    }
}
