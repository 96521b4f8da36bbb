//! Days: `2026-05-03`, `3/4`, `el 5 de mayo`, `nächsten Freitag`, `через две недели`.

mod calendar;
mod relative;
mod spans;
mod written;

pub use spans::length;

use super::deny::MOMENTS_REACH;
use super::find::{self, Form, Found};
use super::scan::Scan;
use super::sure::Sure;
use jiff::civil::Date;

/// A day that somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// What it most likely is.
    pub first: Date,
    /// What else it can be.
    pub other: Option<Date>,
    /// The same two when day and month change places: `3/4`.
    pub swapped: Option<(Date, Option<Date>)>,
    /// Whether people would ask back. Otherwise the other one counts where the first is not valid.
    pub ask: bool,
    /// How sure it is that a day is meant.
    pub sure: Sure,
}

impl Day {
    fn sure(first: Date) -> Self {
        Self { first, other: None, swapped: None, ask: false, sure: Sure::Yes }
    }
}

const FORMS: [Form<Day>; 18] = [
    relative::weekday,
    relative::weekday_in_weeks,
    relative::weeks_then_day,
    relative::nth_weekday,
    relative::counted_from,
    written::numeric,
    written::compact,
    written::spaced,
    written::day_month,
    written::month_day,
    written::month,
    written::day_of_month,
    relative::week_then_weekday,
    relative::day,
    spans::ahead_or_behind,
    spans::span,
    spans::edge,
    relative::holiday,
];

/// The days of an utterance.
pub fn all(scan: &Scan<'_>) -> Vec<Found<Day>> {
    find::all(scan, &FORMS, MOMENTS_REACH)
}

/// The same with those that are denied.
pub fn said(scan: &Scan<'_>) -> Vec<Found<Day>> {
    find::said(scan, &FORMS)
}
