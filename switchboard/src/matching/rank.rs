//! In which order conversations are taken (`routing-and-inbox.md` E.2).

use protocol::Timestamp;

/// Head start that one point of priority gives.
const HEAD_START_MS: i64 = 60_000;

/// How a workspace ranks what waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// By age, where a point of priority is worth a minute: what waits gets more urgent by itself, so nothing starves.
    #[default]
    HeadStart,
    /// By priority, then by age.
    StrictPriority,
    /// By the time until which a first answer is promised, then as by head start.
    PromisedFirst,
}

/// The place of a conversation among all that wait; smaller is taken earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(i64, i64);

impl Ranking {
    /// The place of what has waited since `since`, with these points of priority and this promise.
    pub fn rank(self, since: Timestamp, priority: i32, promised: Option<Timestamp>) -> Rank {
        let since = millis(since);
        let with_head_start = since.saturating_sub(HEAD_START_MS.saturating_mul(i64::from(priority)));
        match self {
            Self::HeadStart => Rank(with_head_start, since),
            Self::StrictPriority => Rank(-i64::from(priority), since),
            Self::PromisedFirst => Rank(promised.map_or(i64::MAX, millis), with_head_start),
        }
    }
}

fn millis(at: Timestamp) -> i64 {
    i64::try_from(at.millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_of_priority_is_worth_a_minute() {
        let rank = |minute, priority| Ranking::HeadStart.rank(at(minute), priority, None);
        assert!(rank(10, 3) < rank(8, 0));
        assert!(rank(10, 1) > rank(8, 0));
        assert!(rank(10, -5) > rank(14, 0));
    }

    #[test]
    fn strict_priority_comes_before_age() {
        let rank = |minute, priority| Ranking::StrictPriority.rank(at(minute), priority, None);
        assert!(rank(100, 1) < rank(0, 0));
        assert!(rank(1, 1) < rank(2, 1));
    }

    #[test]
    fn what_is_promised_earlier_comes_first_and_what_is_not_promised_last() {
        let rank =
            |minute, promised: Option<u64>| Ranking::PromisedFirst.rank(at(minute), 0, promised.map(at));
        assert!(rank(9, Some(20)) < rank(1, Some(30)));
        assert!(rank(9, Some(30)) < rank(1, None));
        assert!(rank(1, None) < rank(2, None));
    }

    fn at(minute: u64) -> Timestamp {
        Timestamp::default().plus_seconds(1_000_000 + minute * 60)
    }
}
