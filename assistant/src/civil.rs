//! Dates and times as ISO 8601 text, in JSON and on the way to the browser, and the little arithmetic of the calendar
//! that the engine needs. `jiff`'s own is not linked into the browser: it knows far more forms and units, and its errors
//! alone take as many bytes as everything here.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serializer, de};

macro_rules! as_text {
    ($module:ident, $kind:ty, $write:path, $read:path) => {
        /// For `#[serde(with)]`.
        pub mod $module {
            use super::*;

            /// Writes it as text.
            pub fn serialize<S: Serializer>(value: &$kind, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&$write(*value))
            }

            /// Reads it from text.
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$kind, D::Error> {
                let text = String::deserialize(deserializer)?;
                $read(&text).ok_or_else(|| de::Error::custom("not a date or time of ISO 8601"))
            }
        }
    };
}

as_text!(date, Date, date_text, read_date);
as_text!(time, Time, time_text, read_time);
as_text!(date_time, DateTime, date_time_text, read_date_time);

/// `2026-11-21`
pub fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `17:05:00`
pub fn time_text(time: Time) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

/// `2026-11-21T17:05:00`
pub fn date_time_text(at: DateTime) -> String {
    format!("{}T{}", date_text(at.date()), time_text(at.time()))
}

/// Reads `2026-11-21`.
pub fn read_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = i16::try_from(digits(text.get(0..4)?)?).ok()?;
    Date::new(year, small(text.get(5..7)?)?, small(text.get(8..10)?)?).ok()
}

/// Reads `17:05` or `17:05:00`.
pub fn read_time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let seconds = match bytes.len() {
        5 => 0,
        8 if bytes[5] == b':' => small(text.get(6..8)?)?,
        _ => return None,
    };
    (bytes[2] == b':').then_some(())?;
    Time::new(small(text.get(0..2)?)?, small(text.get(3..5)?)?, seconds, 0).ok()
}

/// Reads `2026-11-21T17:05:00`; a blank may stand for the `T`.
pub fn read_date_time(text: &str) -> Option<DateTime> {
    let date = read_date(text.get(..10)?)?;
    let time = text.get(10..)?.strip_prefix(['T', ' '])?;
    Some(date.to_datetime(read_time(time)?))
}

/// Days from January 1, 1970 to a day.
pub fn day_number(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    // Years begin in March here, so that a leap day is the last of its year.
    let year = year - i64::from(month < 3);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    era * DAYS_OF_400_YEARS + year * 365 + year / 4 - year / 100 + day_of_year - DAYS_BEFORE_1970
}

/// The day so many days after January 1, 1970; nothing beyond the calendar.
pub fn numbered_day(number: i64) -> Option<Date> {
    let number = number.checked_add(DAYS_BEFORE_1970)?;
    let (era, day) = (number.div_euclid(DAYS_OF_400_YEARS), number.rem_euclid(DAYS_OF_400_YEARS));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i64::from(month > 9);
    let month = (month + 2) % 12 + 1;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// So many days later; nothing beyond the calendar.
pub fn days_later(date: Date, days: i64) -> Option<Date> {
    numbered_day(day_number(date).checked_add(days)?)
}

/// So many months later, on the same day or the last that month has; nothing beyond the calendar.
pub fn months_later(date: Date, months: i64) -> Option<Date> {
    let from_zero = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
    let all = from_zero.checked_add(months)?;
    let year = i16::try_from(all.div_euclid(12)).ok()?;
    let month = i8::try_from(all.rem_euclid(12) + 1).ok()?;
    let last = Date::new(year, month, 1).ok()?.days_in_month();
    Date::new(year, month, date.day().min(last)).ok()
}

/// So many seconds later, and on which day that is, counted from the same one; fractions of a second stay.
pub fn seconds_later(time: Time, seconds: i64) -> Option<(i64, Time)> {
    let all = second_of_day(time).checked_add(seconds)?;
    let second = i32::try_from(all.rem_euclid(DAY_SECONDS)).ok()?;
    let small = |number: i32| i8::try_from(number).ok();
    let (hour, minute) = (small(second / 3600)?, small(second / 60 % 60)?);
    let later = Time::new(hour, minute, small(second % 60)?, time.subsec_nanosecond()).ok()?;
    Some((all.div_euclid(DAY_SECONDS), later))
}

/// Seconds from one moment to another on the same clock.
pub fn seconds_between(from: DateTime, to: DateTime) -> i64 {
    let days = day_number(to.date()) - day_number(from.date());
    days * DAY_SECONDS + second_of_day(to.time()) - second_of_day(from.time())
}

const DAY_SECONDS: i64 = 86_400;
const DAYS_OF_400_YEARS: i64 = 146_097;
/// From March 1 of the year 0.
const DAYS_BEFORE_1970: i64 = 719_468;

fn second_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

fn small(text: &str) -> Option<i8> {
    i8::try_from(digits(text)?).ok()
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let at = read_date_time("2024-02-29T23:59:58").unwrap();
        assert_eq!(date_time_text(at), "2024-02-29T23:59:58");
        assert_eq!(read_time("07:30").map(time_text).as_deref(), Some("07:30:00"));
    }

    #[test]
    fn days_are_numbered_as_the_calendar_counts_them() {
        let (mut date, end) = (jiff::civil::date(1590, 1, 1), jiff::civil::date(2410, 1, 1));
        let mut number = day_number(date);
        while date < end {
            let next = date.tomorrow().unwrap();
            assert_eq!((numbered_day(number), day_number(next)), (Some(date), number + 1));
            (date, number) = (next, number + 1);
        }
        for edge in [Date::MIN, Date::MAX, Date::ZERO] {
            assert_eq!(numbered_day(day_number(edge)), Some(edge));
        }
        assert_eq!(day_number(jiff::civil::date(1970, 1, 1)), 0);
        for beyond in [day_number(Date::MAX) + 1, day_number(Date::MIN) - 1, i64::MAX, i64::MIN] {
            assert_eq!(numbered_day(beyond), None, "{beyond}");
        }
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last() {
        for (from, months, to) in [
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-03-15", -3, "2023-12-15"),
            ("2024-12-01", 1, "2025-01-01"),
        ] {
            let later = months_later(read_date(from).unwrap(), months);
            assert_eq!(later.map(date_text).as_deref(), Some(to));
        }
        assert_eq!(months_later(Date::MAX, 1), None);
        assert_eq!(months_later(Date::MAX, i64::MAX), None);
    }

    #[test]
    fn seconds_go_round_the_clock() {
        let at = |text| read_time(text).unwrap();
        assert_eq!(seconds_later(at("23:59:59"), 2), Some((1, at("00:00:01"))));
        assert_eq!(seconds_later(at("00:00:10"), -86_411), Some((-2, at("23:59:59"))));
        assert_eq!(seconds_later(at("00:00:10"), i64::MAX), None);
        let moment = |text| read_date_time(text).unwrap();
        assert_eq!(seconds_between(moment("2024-02-29T23:00:00"), moment("2024-03-01T01:00:01")), 7201);
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in ["2023-02-29", "2023-2-9", "2023-13-01", "20230101", "2023-01-01x", "", "é023-01-0"] {
            assert_eq!(read_date(text), None, "{text}");
        }
        for text in ["24:00", "7:30", "07:60", "07:30:61", "07-30", "é7:30"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
