//! What the values of spans, parts of the day and days of feast stand for.

use crate::number::read_float;

/// A stretch of time, as value of [`Kind::Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// So many days.
    Days(i32),
    /// Saturday and Sunday.
    Weekend,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Span {
    const NAMES: [(&str, Self); 9] = [
        ("second", Self::Seconds),
        ("minute", Self::Minutes),
        ("hour", Self::Hours),
        ("day", Self::Days(1)),
        ("week", Self::Days(7)),
        ("fortnight", Self::Days(14)),
        ("weekend", Self::Weekend),
        ("month", Self::Months),
        ("year", Self::Years),
    ];

    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        Self::NAMES[(value as usize).min(Self::NAMES.len() - 1)].1
    }

    pub(super) fn value(name: &str) -> Option<f64> {
        Self::NAMES.iter().position(|(other, _)| *other == name).map(|at| at as f64)
    }
}

/// Part of a day, as value of [`Kind::Part`] (`watsonx.md` 1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// From six to noon.
    Morning,
    /// From noon to six.
    Afternoon,
    /// From six to ten.
    Evening,
    /// From ten to midnight, and the hours after it.
    Night,
    /// The hours after midnight: `madrugada`.
    SmallHours,
}

impl DayPart {
    const NAMES: [(&str, Self); 5] = [
        ("morning", Self::Morning),
        ("afternoon", Self::Afternoon),
        ("evening", Self::Evening),
        ("night", Self::Night),
        ("small_hours", Self::SmallHours),
    ];

    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        Self::NAMES[(value as usize).min(Self::NAMES.len() - 1)].1
    }

    pub(super) fn value(name: &str) -> Option<f64> {
        Self::NAMES.iter().position(|(other, _)| *other == name).map(|at| at as f64)
    }

    /// The hour with which it begins.
    pub fn begins(self) -> i8 {
        match self {
            Self::Morning => 6,
            Self::Afternoon => 12,
            Self::Evening => 18,
            Self::Night => 22,
            Self::SmallHours => 0,
        }
    }

    /// An hour of twelve as one of twenty-four.
    pub fn hour(self, hour: i8) -> i8 {
        match (self, hour) {
            (Self::Morning | Self::Night | Self::SmallHours, 12) => 0,
            (Self::Afternoon, 1..=11) | (Self::Evening, 3..=11) | (Self::Night, 6..=11) => hour + 12,
            (Self::Evening, 12) => 0,
            (_, hour) => hour,
        }
    }
}

/// A day of feast, as value of [`Kind::Holiday`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same day every year.
    Fixed { month: i8, day: i8 },
    /// So many days after Easter Sunday, in the western or the eastern reckoning.
    Easter { days: i32, eastern: bool },
    /// The nth weekday of a month, Monday is 1; -1 is the last.
    Nth { month: i8, weekday: i8, nth: i8 },
}

impl Holiday {
    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        let number = value as i32;
        let small = |n: i32| i8::try_from(n).unwrap_or(1);
        match number {
            ..10_000 => Self::Fixed { month: small(number / 100), day: small(number % 100) },
            10_000..30_000 => Self::Easter { days: number % 10_000 - 500, eastern: number >= 20_000 },
            _ => Self::Nth {
                month: small(number / 100 % 100),
                weekday: small(number / 10 % 10),
                nth: small(number % 10 - 1),
            },
        }
    }

    /// Reads `12-25`, `easter-2`, `pascha+0`, `11/4/4`: month, weekday, nth; 0 is the last.
    pub(super) fn value(text: &str) -> Option<f64> {
        let number = read_float;
        if let Some(days) = text.strip_prefix("easter") {
            return Some(10_500.0 + number(days)?);
        }
        if let Some(days) = text.strip_prefix("pascha") {
            return Some(20_500.0 + number(days)?);
        }
        if let Some((month, day)) = text.split_once('-') {
            return Some(number(month)? * 100.0 + number(day)?);
        }
        let (month, rest) = text.split_once('/')?;
        let (weekday, nth) = rest.split_once('/')?;
        let nth = if nth == "0" { 0.0 } else { number(nth)? + 1.0 };
        Some(30_000.0 + number(month)? * 100.0 + number(weekday)? * 10.0 + nth)
    }
}
