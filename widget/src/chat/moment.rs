//! Time, chance and the world around, handed in by whoever has them: the chat itself has none.

use assistant::Surroundings;
use protocol::limits::VISITOR_SECRET_BYTES;
use protocol::{RequestId, Timestamp, VisitorSecret};

/// The time of one message to the chat, a source of random bytes, and the world around it.
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// Fills a buffer with random bytes.
    pub draw: &'a mut dyn FnMut(&mut [u8]),
    /// What the assistant may know of the world, at a time and with a random number. Looked at only when it takes a
    /// turn.
    pub around: &'a dyn Fn(Timestamp, u64) -> Surroundings,
}

impl Moment<'_> {
    /// Any number.
    pub fn chance(&mut self) -> u32 {
        let mut bytes = [0; 4];
        (self.draw)(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    /// The world around the assistant's next turn.
    pub fn surroundings(&mut self) -> Surroundings {
        let mut bytes = [0; 8];
        (self.draw)(&mut bytes);
        (self.around)(self.now, u64::from_le_bytes(bytes))
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
            let now = Timestamp::from_millis(now);
            let mut moment = Moment { now, draw: &mut down, around: &|now, _| Surroundings::at(now) };
            names.push(namer.name(&mut moment));
        }
        assert!(names.is_sorted_by(|early, late| early < late), "{names:?}");
    }
}
