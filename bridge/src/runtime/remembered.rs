//! Requests carried out lately. Whoever missed an answer asks again soon, so that a name this memory reaches back to is a
//! repeat when it is here, and new when it is not: only older names are looked up in the store.
//!
//! Names say when they were made by their client's clock, and nobody vouches for it. A repeat that is taken for new all the
//! same is refused by the store, and then everything is looked up for a while.

use super::turn::Place;
use protocol::{RequestId, Timestamp};
use std::collections::BTreeMap;
use switchboard::Asker;

/// A name is remembered for this long after it was made.
const REMEMBERED_SECONDS: u64 = 120;
/// More are not remembered; then the memory reaches back less far.
const REQUESTS_MAX: usize = 50_000;
/// A name made further ahead of the bridge's clock than this is looked up.
pub const AHEAD_SECONDS_MAX: u64 = 10;
/// How long everything is looked up after a repeat was taken for new.
const DOUBT_SECONDS: u64 = 300;

/// See the module.
#[derive(Debug)]
pub struct Remembered {
    /// In the order of making, since names sort by it.
    places: BTreeMap<(RequestId, Asker), Place>,
    /// Names made until then may have been forgotten, or carried out before the memory began.
    begins: Timestamp,
}

/// What is known of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was carried out, and its event is there.
    Repeat(Place),
    /// It was not.
    New,
    /// The store knows.
    Unsure,
}

impl Remembered {
    /// Remembers nothing yet. An earlier process may have carried out names that were made a little ahead of the clock.
    pub fn from(now: Timestamp) -> Self {
        Self { places: BTreeMap::new(), begins: now.plus_seconds(AHEAD_SECONDS_MAX) }
    }

    /// What is known of a name.
    pub fn look_up(&self, (asker, request): (Asker, RequestId), now: Timestamp) -> Known {
        let made = request.made_at();
        match self.places.get(&(request, asker)) {
            Some(place) => Known::Repeat(*place),
            None if made > self.begins && made <= now.plus_seconds(AHEAD_SECONDS_MAX) => Known::New,
            None => Known::Unsure,
        }
    }

    /// It was carried out, and is saved.
    pub fn keep(&mut self, (asker, request): (Asker, RequestId), place: Place, now: Timestamp) {
        let reach = Timestamp::from_millis(now.millis().saturating_sub(REMEMBERED_SECONDS * 1_000));
        self.begins = self.begins.max(reach);
        if request.made_at() > self.begins {
            self.places.insert((request, asker), place);
        }
        while let Some(first) = self.places.first_entry()
            && first.key().0.made_at() <= self.begins
        {
            first.remove();
        }
        if self.places.len() > REQUESTS_MAX {
            self.shorten(now);
        }
    }

    /// Nothing is known any more: something may have been saved that is not remembered.
    pub fn forget(&mut self, now: Timestamp) {
        *self = Self::from(now);
    }

    /// A repeat was taken for new.
    pub fn doubt(&mut self, now: Timestamp) {
        *self = Self { places: BTreeMap::new(), begins: now.plus_seconds(DOUBT_SECONDS) };
    }

    /// Forgets a name that is looked up anyway, or else the oldest.
    fn shorten(&mut self, now: Timestamp) {
        let ahead = now.plus_seconds(AHEAD_SECONDS_MAX);
        match self.places.last_entry().filter(|last| last.key().0.made_at() > ahead) {
            Some(last) => drop(last.remove()),
            None => {
                let first = self.places.pop_first();
                self.begins = first.map_or(self.begins, |((request, _), _)| request.made_at());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{ConversationId, VisitorId};

    const START: u64 = 1_000;

    #[test]
    fn what_was_carried_out_is_a_repeat_and_what_was_not_is_new() {
        let mut memory = memory();
        memory.keep(request(50, 1), place(), at(50));
        assert_eq!(memory.look_up(request(50, 1), at(51)), Known::Repeat(place()));
        assert_eq!(memory.look_up(request(50, 2), at(51)), Known::New);
    }

    #[test]
    fn another_askers_name_is_another_name() {
        let mut memory = memory();
        memory.keep(request(50, 1), place(), at(50));
        let (_, name) = request(50, 1);
        assert_eq!(memory.look_up((Asker::Visitor(VisitorId::of_digest([9; 32])), name), at(51)), Known::New);
    }

    #[test]
    fn names_from_before_the_memory_and_from_the_future_are_looked_up() {
        let memory = memory();
        for made in [0, AHEAD_SECONDS_MAX, 50 + AHEAD_SECONDS_MAX + 1] {
            assert_eq!(memory.look_up(request(made, 1), at(50)), Known::Unsure, "{made}");
        }
        assert_eq!(memory.look_up(request(50 + AHEAD_SECONDS_MAX, 1), at(50)), Known::New);
    }

    #[test]
    fn what_is_forgotten_is_looked_up() {
        let mut memory = memory();
        memory.keep(request(50, 1), place(), at(50));
        memory.keep(request(51 + REMEMBERED_SECONDS, 2), place(), at(51 + REMEMBERED_SECONDS));
        assert_eq!(memory.look_up(request(50, 1), at(51 + REMEMBERED_SECONDS)), Known::Unsure);
        assert_eq!(memory.places.len(), 1);
    }

    #[test]
    fn a_full_memory_reaches_back_less_far() {
        let (mut memory, now) = (memory(), at(100));
        let nth = |n: usize| {
            (
                Asker::Visitor(VisitorId::of_digest([1; 32])),
                name(Timestamp::from_millis(at(20).millis() + n as u64), n),
            )
        };
        for n in 0..=REQUESTS_MAX {
            memory.keep(nth(n), place(), now);
        }
        assert_eq!(memory.places.len(), REQUESTS_MAX);
        assert_eq!(memory.look_up(nth(0), now), Known::Unsure);
        assert_eq!(memory.look_up(nth(1), now), Known::Repeat(place()));
        memory.keep(request(500, 1), place(), now);
        assert_eq!(memory.look_up(nth(1), now), Known::Repeat(place()), "the future is forgotten first");
    }

    #[test]
    fn after_a_repeat_was_taken_for_new_everything_is_looked_up_for_a_while() {
        let mut memory = memory();
        memory.doubt(at(50));
        assert_eq!(memory.look_up(request(51, 1), at(51)), Known::Unsure);
        let (again, now) = (request(51 + DOUBT_SECONDS, 1), at(51 + DOUBT_SECONDS));
        assert_eq!(memory.look_up(again, now), Known::New);
    }

    fn memory() -> Remembered {
        Remembered::from(at(0))
    }

    fn request(made: u64, n: usize) -> (Asker, RequestId) {
        (Asker::Visitor(VisitorId::of_digest([1; 32])), name(at(made), n))
    }

    fn name(made: Timestamp, n: usize) -> RequestId {
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&(n as u64).to_be_bytes());
        RequestId::at(made, chance)
    }

    fn place() -> Place {
        (ConversationId::at(at(0), [1; 10]), 7)
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(START).plus_seconds(seconds)
    }
}
