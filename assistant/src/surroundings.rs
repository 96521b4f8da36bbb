//! What a turn needs to know of the world. The engine has no clock, no chance and no browser: whoever calls hands
//! these in.

use crate::civil::numbered_day;
use crate::value::Value;
use jiff::civil::{Date, DateTime};
use protocol::Timestamp;

/// The world around one turn.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Now.
    pub now: Timestamp,
    /// The same on the visitor's clock and calendar.
    pub local: DateTime,
    /// The visitor's time zone, such as `Europe/Lisbon`; empty when it is not known.
    pub time_zone: String,
    /// The visitor's locale, such as `pt-PT`; empty when it is not known.
    pub locale: String,
    /// Any random number. The same number gives the same turn.
    pub chance: u64,
    /// What the page and the browser tell: a map, inserted as `{visitor.page_url}`.
    pub visitor: Value,
    /// Date and time in another time zone; nothing for a zone that is not known.
    pub clock_in: fn(zone: &str, at: Timestamp) -> Option<DateTime>,
    /// A text in capital or in small letters. The browser has them for every script, and so has the standard library.
    pub in_case: fn(text: &str, case: Case) -> String,
}

/// Which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Small ones.
    Lower,
    /// Capital ones.
    Upper,
}

impl Surroundings {
    /// A fixed moment in UTC, without chance or page: for tests, and for those who need none of it.
    pub fn at(now: Timestamp) -> Self {
        Self {
            now,
            local: utc(now),
            time_zone: "UTC".to_owned(),
            locale: String::new(),
            chance: 0,
            visitor: Value::Nothing,
            clock_in: |zone, at| (zone == "UTC" || zone == "GMT").then(|| utc(at)),
            in_case,
        }
    }
}

/// [`Surroundings::in_case`] with the standard library.
pub fn in_case(text: &str, case: Case) -> String {
    match case {
        Case::Lower => text.to_lowercase(),
        Case::Upper => text.to_uppercase(),
    }
}

/// A moment on the clock and calendar of Greenwich. Moments out of the calendar's range stop at its ends.
pub fn utc(at: Timestamp) -> DateTime {
    local(at, 0)
}

/// A moment on a clock that is so many minutes ahead of Greenwich.
pub fn local(at: Timestamp, minutes_ahead: i32) -> DateTime {
    const DAY_MS: i64 = 86_400_000;
    let ms = i64::try_from(at.millis()).unwrap_or(i64::MAX / 2) + i64::from(minutes_ahead) * 60_000;
    let (days, rest) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS));
    let date = numbered_day(days).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX });
    let rest = i32::try_from(rest).unwrap_or(0);
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    date.at(small(hour), small(minute), small(second), rest % 1000 * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::date_time_text;

    #[test]
    fn a_moment_is_told_on_any_clock() {
        let at = Timestamp::from_millis(1_709_251_199_000);
        assert_eq!(date_time_text(utc(at)), "2024-02-29T23:59:59");
        assert_eq!(date_time_text(local(at, 60)), "2024-03-01T00:59:59");
        assert_eq!(date_time_text(local(at, -720)), "2024-02-29T11:59:59");
    }
}
