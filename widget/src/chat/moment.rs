//! Time and chance, handed in by whoever owns a clock: the chat itself has neither.

use protocol::limits::VISITOR_SECRET_BYTES;
use protocol::{RequestId, Timestamp, VisitorSecret};

/// The time of one message to the chat, and a source of random bytes.
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// Fills a buffer with random bytes.
    pub draw: &'a mut dyn FnMut(&mut [u8]),
}

impl Moment<'_> {
    /// Any number.
    pub fn chance(&mut self) -> u32 {
        let mut bytes = [0; 4];
        (self.draw)(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    /// A fresh secret.
    pub fn secret(&mut self) -> VisitorSecret {
        let mut bytes = [0; VISITOR_SECRET_BYTES];
        (self.draw)(&mut bytes);
        VisitorSecret::from_bytes(bytes)
    }
}

/// Gives names to requests. Each name sorts after the one before, even within a millisecond or when the clock is set
/// back: names are how stored requests find their order again after a reload.
#[derive(Clone, Debug, Default)]
pub struct Namer {
    last: Timestamp,
}

impl Namer {
    /// The next name.
    pub fn name(&mut self, moment: &mut Moment) -> RequestId {
        let after_last = Timestamp::from_millis(self.last.millis().saturating_add(1));
        self.last = moment.now.max(after_last);
        let mut chance = [0; 10];
        (moment.draw)(&mut chance);
        RequestId::at(self.last, chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_in_the_order_they_were_given_even_when_the_clock_goes_back() {
        let mut namer = Namer::default();
        let mut down = |bytes: &mut [u8]| bytes.fill(0);
        let mut names = Vec::new();
        for now in [50, 50, 50, 20, 51, 90] {
            let mut moment = Moment { now: Timestamp::from_millis(now), draw: &mut down };
            names.push(namer.name(&mut moment));
        }
        assert!(names.is_sorted_by(|early, late| early < late), "{names:?}");
    }
}
