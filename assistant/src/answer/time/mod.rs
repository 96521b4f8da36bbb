//! Times of day: `10:30`, `17h30`, `half past 4`, `halb fünf`, `las cuatro y media`, `половина пятого`.

mod clock;
mod spoken;

use super::deny::MOMENTS_REACH;
use super::find::{self, Form, Found};
use super::scan::Scan;
use super::sure::Sure;
use crate::language::{DayPart, Kind};
use jiff::civil::Time;

/// A time that somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// What it most likely is.
    pub first: Time,
    /// What else it can be: the same twelve hours later.
    pub other: Option<Time>,
    /// Whether people would ask back. Otherwise the other one counts where the first is not valid.
    pub ask: bool,
    /// How sure it is that a time is meant.
    pub sure: Sure,
}

const FORMS: [Form<Hour>; 9] = [
    clock::digital,
    clock::compact,
    clock::now,
    clock::ahead_or_behind,
    clock::part_of_day,
    spoken::hour_and_minutes,
    spoken::minutes_and_hour,
    spoken::towards,
    spoken::without,
];

/// The times of an utterance. A part of the day that is said elsewhere in it decides between morning and afternoon.
pub fn all(scan: &Scan<'_>) -> Vec<Found<Hour>> {
    let mut found = find::all(scan, &FORMS, MOMENTS_REACH);
    let parts: Vec<f64> =
        find::said(scan, &[|c| c.value(Kind::Part)]).into_iter().map(|part| part.what).collect();
    if let [part] = parts.as_slice() {
        for hour in &mut found {
            hour.what = in_part(hour.what, DayPart::of(*part));
        }
    }
    found
}

/// The same with those that are denied, before parts of the day decide.
pub fn said(scan: &Scan<'_>) -> Vec<Found<Hour>> {
    find::said(scan, &FORMS)
}

fn in_part(hour: Hour, part: DayPart) -> Hour {
    if hour.other.is_none() || hour.sure == Sure::Vague {
        return hour;
    }
    let twelve = if hour.first.hour() == 0 { 12 } else { hour.first.hour() };
    let first = Time::new(part.hour(twelve), hour.first.minute(), hour.first.second(), 0);
    first.map_or(hour, |first| Hour { first, other: None, ask: false, ..hour })
}
