//! Deciding which of the numbers, amounts, days and times in an utterance is the answer, and whether it is valid.

mod amount;
mod moment;

pub use amount::{money, money_mentioned, number, number_mentioned, percent, percent_mentioned};
pub use moment::{Days, Hours, date, date_mentioned, time, time_mentioned};

use super::scan::Scan;
use std::ops::Range;

/// Whether an utterance says nothing beside what stands in these ranges.
fn is_all(scan: &Scan<'_>, ranges: &[Range<usize>]) -> bool {
    let mut ranges: Vec<&Range<usize>> = ranges.iter().collect();
    ranges.sort_by_key(|range| range.start);
    let mut at = 0;
    for range in ranges {
        if range.start > at && !scan.says_nothing(at..range.start) {
            return false;
        }
        at = at.max(range.end);
    }
    scan.says_nothing(at..scan.len())
}
