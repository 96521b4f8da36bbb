//! Days and times: the surest findings count, they must agree, and the reading that is valid wins.

use super::is_all;
use crate::answer::Reading;
use crate::answer::date::{self, Day};
use crate::answer::find::{Found, are_linked};
use crate::answer::scan::Scan;
use crate::answer::sure::Sure;
use crate::answer::time::{self, Hour};
use crate::value::Value;
use jiff::civil::{Date, Time};
use protocol::inspect::Refused;

/// Which days are valid.
pub struct Days<'a> {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
    /// Valid days of the week, Monday is 1; empty is all.
    pub weekdays: &'a [u8],
}

/// Which times are valid. When `from` is later than `to`, the span goes over midnight.
pub struct Hours {
    /// The first.
    pub from: Option<Time>,
    /// The last.
    pub to: Option<Time>,
}

/// Reads a day.
pub fn date(days: &Days<'_>, confirm: bool, scan: &Scan<'_>) -> Reading {
    read(dates(scan), |date| days.refuse(date), confirm, scan, Value::Date)
}

/// The day that is mentioned.
pub fn date_mentioned(days: &Days<'_>, confirm: bool, scan: &Scan<'_>) -> Option<Value> {
    mentioned(dates(scan), |date| days.refuse(date), confirm, scan, Value::Date)
}

/// Reads a time of day.
pub fn time(hours: &Hours, confirm: bool, scan: &Scan<'_>) -> Reading {
    read(times(scan), |time| hours.refuse(time), confirm, scan, Value::Time)
}

/// The time of day that is mentioned.
pub fn time_mentioned(hours: &Hours, confirm: bool, scan: &Scan<'_>) -> Option<Value> {
    mentioned(times(scan), |time| hours.refuse(time), confirm, scan, Value::Time)
}

impl Days<'_> {
    fn refuse(&self, date: Date) -> Option<Refused> {
        let weekday = date.weekday().to_monday_one_offset().unsigned_abs();
        if self.from.is_some_and(|from| date < from) {
            Some(Refused::TooSmall)
        } else if self.to.is_some_and(|to| date > to) {
            Some(Refused::TooGreat)
        } else if !self.weekdays.is_empty() && !self.weekdays.contains(&weekday) {
            Some(Refused::WrongWeekday)
        } else {
            None
        }
    }
}

impl Hours {
    fn refuse(&self, time: Time) -> Option<Refused> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from > to => (time < from && time > to).then_some(Refused::TooSmall),
            (Some(from), _) if time < from => Some(Refused::TooSmall),
            (_, Some(to)) if time > to => Some(Refused::TooGreat),
            (_, _) => None,
        }
    }
}

/// A day or a time with its readings.
#[derive(Clone, Copy)]
struct Moment<T> {
    first: T,
    other: Option<T>,
    /// The same two when day and month change places.
    swapped: Option<(T, Option<T>)>,
    ask: bool,
    sure: Sure,
}

fn dates(scan: &Scan<'_>) -> Vec<Found<Moment<Date>>> {
    let moment = |Day { first, other, swapped, ask, sure }| Moment { first, other, swapped, ask, sure };
    // `next week` and `in June` name no day.
    let found = date::all(scan).into_iter().filter(|found| found.what.sure != Sure::Vague);
    found.map(|Found { what, range }| Found { what: moment(what), range }).collect()
}

fn times(scan: &Scan<'_>) -> Vec<Found<Moment<Time>>> {
    let moment = |Hour { first, other, ask, sure }| Moment { first, other, swapped: None, ask, sure };
    let found = time::all(scan).into_iter();
    found.map(|Found { what, range }| Found { what: moment(what), range }).collect()
}

fn read<T: Copy + PartialEq>(
    mut found: Vec<Found<Moment<T>>>,
    refuse: impl Fn(T) -> Option<Refused>,
    confirm: bool,
    scan: &Scan<'_>,
    value: fn(T) -> Value,
) -> Reading {
    if are_linked(scan, &found) {
        return Reading::Refused(Refused::SeveralMeant);
    }
    let Some(surest) = found.iter().map(|found| found.what.sure).min() else {
        return Reading::Refused(Refused::NotOfThisKind);
    };
    found.retain(|found| found.what.sure == surest);
    let ranges: Vec<_> = found.iter().map(|found| found.range.clone()).collect();
    let all = is_all(scan, &ranges);
    if surest == Sure::Alone && !all {
        return Reading::Refused(Refused::NotOfThisKind);
    }
    let Some(moment) = agreed(&found) else {
        return Reading::Refused(Refused::SeveralMeant);
    };
    match valid(moment, &refuse, confirm) {
        Err(why) => Reading::Refused(why),
        Ok((first, Some(second))) => Reading::Two(value(first), value(second)),
        Ok((only, None)) if all => Reading::Plain(value(only)),
        Ok((only, None)) => Reading::Inside(value(only)),
    }
}

fn mentioned<T: Copy + PartialEq>(
    mut found: Vec<Found<Moment<T>>>,
    refuse: impl Fn(T) -> Option<Refused>,
    confirm: bool,
    scan: &Scan<'_>,
    value: fn(T) -> Value,
) -> Option<Value> {
    let linked = are_linked(scan, &found);
    found.retain(|found| found.what.sure == Sure::Yes);
    let moment = agreed(&found).filter(|_| !linked)?;
    match valid(moment, &refuse, confirm) {
        Ok((only, None)) => Some(value(only)),
        Ok((_, Some(_))) | Err(_) => None,
    }
}

/// What all of them can mean: `tomorrow, on Friday`. Nothing when there are none, or they contradict each other.
fn agreed<T: Copy + PartialEq>(found: &[Found<Moment<T>>]) -> Option<Moment<T>> {
    let (first, rest) = found.split_first()?;
    let readings = |moment: Moment<T>| {
        let (swapped, next) = moment.swapped.unzip();
        [Some(moment.first), moment.other, swapped, next.flatten()]
    };
    let all_can = |value: &T| rest.iter().all(|other| readings(other.what).contains(&Some(*value)));
    if rest.iter().all(|other| readings(other.what) == readings(first.what)) {
        return Some(first.what);
    }
    let agreed = readings(first.what).into_iter().flatten().find(all_can)?;
    Some(Moment { first: agreed, other: None, swapped: None, ask: false, ..first.what })
}

/// The reading to take, and the other one when it is asked about.
fn valid<T: Copy>(
    moment: Moment<T>,
    refuse: &dyn Fn(T) -> Option<Refused>,
    confirm: bool,
) -> Result<(T, Option<T>), Refused> {
    if let Some((first, other)) = moment.swapped {
        let one = |first, other| Moment { first, other, swapped: None, ..moment };
        let one_of = |first, other| valid(one(first, other), refuse, false).map(|(date, _)| date);
        return match (one_of(moment.first, moment.other), one_of(first, other)) {
            (Ok(date), Ok(swapped)) => Ok((date, Some(swapped).filter(|_| confirm))),
            (Ok(date), Err(_)) | (Err(_), Ok(date)) => Ok((date, None)),
            (Err(why), Err(_)) => Err(why),
        };
    }
    let other = moment.other.filter(|other| refuse(*other).is_none());
    match (refuse(moment.first), other) {
        (None, other) => Ok((moment.first, other.filter(|_| confirm && moment.ask))),
        // Another year is not meant because its weekday fits.
        (Some(why), Some(other)) if moment.ask || why != Refused::WrongWeekday => Ok((other, None)),
        (Some(why), _) => Err(why),
    }
}
