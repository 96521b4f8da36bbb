//! Dates and times as ISO 8601 text, in JSON and on the way to the browser. `jiff`'s own reading and writing is not
//! linked into the browser: it knows far more forms than this one.

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
    fn what_is_no_day_is_not_read() {
        for text in ["2023-02-29", "2023-2-9", "2023-13-01", "20230101", "2023-01-01x", "", "é023-01-0"] {
            assert_eq!(read_date(text), None, "{text}");
        }
        for text in ["24:00", "7:30", "07:60", "07:30:61", "07-30", "é7:30"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
