//! Opening hours.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Hours in which somebody is there, by the clock on the wall of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarSetup {
    /// As people call it.
    pub name: String,
    /// A name of the IANA database, such as `Europe/Berlin`.
    pub zone: String,
    /// Hours of Monday to Sunday.
    pub week: [Vec<Hours>; 7],
    /// Days that differ, by date such as `2026-12-24`. A holiday has no hours.
    #[serde(default)]
    pub days: BTreeMap<String, Vec<Hours>>,
}

/// A part of a day, written `09:00-18:00`; the end is not in it and can be `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    /// Minutes from midnight.
    pub from: u16,
    /// Minutes from midnight, up to 1,440.
    pub to: u16,
}

const DAY_MINUTES: u16 = 24 * 60;

impl TryFrom<String> for Hours {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` are no hours: write them like 09:00-18:00, at most to 24:00");
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let (from, to) = minutes(from).zip(minutes(to)).ok_or_else(wrong)?;
        if from < to { Ok(Self { from, to }) } else { Err(wrong()) }
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        let part = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", part(hours.from), part(hours.to))
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY_MINUTES).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_they_were_written() {
        for text in ["00:00-24:00", "09:00-18:30", "23:59-24:00"] {
            let hours = Hours::try_from(text.to_owned()).expect(text);
            assert_eq!(String::from(hours), text);
        }
    }

    #[test]
    fn what_is_no_part_of_a_day_is_refused_with_what_would_be_right() {
        for text in
            ["", "9-18", "09:00", "18:00-09:00", "09:00-09:00", "09:60-10:00", "10:00-24:01", "+9:00-10:00"]
        {
            let wrong = Hours::try_from(text.to_owned()).expect_err(text);
            assert!(wrong.contains("09:00-18:00"), "{wrong}");
        }
    }
}
