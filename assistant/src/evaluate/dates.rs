//! Methods of dates and times. A text of ISO 8601 is one too. Of different kinds, such as a date and a time, neither is
//! before the other.

use super::Failed;
use super::methods::Called;
use crate::civil::{
    days_later, months_later, read_date, read_date_time, read_time, seconds_between, seconds_later,
};
use crate::display::{Clock, Locale, in_pattern};
use crate::surroundings::{Surroundings, local, utc};
use crate::value::Value;
use jiff::civil::{Date, DateTime, Time};
use protocol::Timestamp;
use std::cmp::Ordering;

/// A date, a time, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// Both.
    DateTime(DateTime),
}

/// What is added to a date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Years,
    Months,
    Days,
    Hours,
    Minutes,
    Seconds,
}

impl Moment {
    /// Of a value that is one, or a text that says one.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Date(date) => Some(Self::Date(*date)),
            Value::Time(time) => Some(Self::Time(*time)),
            Value::DateTime(at) => Some(Self::DateTime(*at)),
            Value::Text(text) => read_date(text)
                .map(Self::Date)
                .or_else(|| read_time(text).map(Self::Time))
                .or_else(|| read_date_time(text).map(Self::DateTime)),
            Value::Nothing
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Money { .. }
            | Value::Percent(_)
            | Value::List(_)
            | Value::Map(_) => None,
        }
    }

    /// Which is earlier; nothing for different kinds.
    pub fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(&b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(&b)),
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.cmp(&b)),
            (Self::Date(_) | Self::Time(_) | Self::DateTime(_), _) => None,
        }
    }

    /// As a value.
    pub fn value(self) -> Value {
        match self {
            Self::Date(date) => Value::Date(date),
            Self::Time(time) => Value::Time(time),
            Self::DateTime(at) => Value::DateTime(at),
        }
    }

    /// As date and time: a date at midnight, a time today.
    fn on(self, today: Date) -> DateTime {
        match self {
            Self::Date(date) => date.at(0, 0, 0, 0),
            Self::Time(time) => DateTime::from_parts(today, time),
            Self::DateTime(at) => at,
        }
    }

    /// So much later; nothing beyond the calendar, and for days of a time of day. A month after January 31 is the last
    /// day of February. Hours after a date begin at its midnight, hours after a time go round the clock.
    fn later(self, amount: i64, unit: Unit) -> Option<Self> {
        match unit {
            Unit::Years => self.on_another_day(|date| months_later(date, amount.checked_mul(12)?)),
            Unit::Months => self.on_another_day(|date| months_later(date, amount)),
            Unit::Days => self.on_another_day(|date| days_later(date, amount)),
            Unit::Hours => self.by_the_clock(amount.checked_mul(3600)?),
            Unit::Minutes => self.by_the_clock(amount.checked_mul(60)?),
            Unit::Seconds => self.by_the_clock(amount),
        }
    }

    fn on_another_day(self, other: impl FnOnce(Date) -> Option<Date>) -> Option<Self> {
        match self {
            Self::Date(date) => other(date).map(Self::Date),
            Self::DateTime(at) => Some(Self::DateTime(DateTime::from_parts(other(at.date())?, at.time()))),
            Self::Time(_) => None,
        }
    }

    fn by_the_clock(self, seconds: i64) -> Option<Self> {
        let (date, time) = match self {
            Self::Time(time) => return seconds_later(time, seconds).map(|(_, time)| Self::Time(time)),
            Self::Date(date) => (date, Time::midnight()),
            Self::DateTime(at) => (at.date(), at.time()),
        };
        let (days, time) = seconds_later(time, seconds)?;
        Some(Self::DateTime(DateTime::from_parts(days_later(date, days)?, time)))
    }
}

/// `now()`, `now('Europe/Lisbon')`
pub fn now(around: &Surroundings, zone: Option<&str>) -> Result<Value, Failed> {
    match zone {
        None => Ok(Value::DateTime(around.local)),
        Some(zone) => (around.clock_in)(zone, around.now).map(Value::DateTime).ok_or_else(|| {
            Failed(format!("`{zone}` is no time zone: write one as in `Europe/Lisbon` or `UTC`"))
        }),
    }
}

/// A moment in milliseconds since 1970, on the visitor's clock.
pub fn at_milliseconds(around: &Surroundings, ms: f64) -> Result<Value, Failed> {
    const MS_MAX: f64 = 2.5e14;
    if !(0.0..=MS_MAX).contains(&ms) {
        return Err(Failed("a moment must be in milliseconds since 1970".to_owned()));
    }
    let at = Timestamp::from_millis(ms as u64);
    let in_zone = (around.clock_in)(&around.time_zone, at);
    let by_offset = || local(at, i32::try_from(minutes_ahead(around)).unwrap_or(0));
    Ok(Value::DateTime(in_zone.unwrap_or_else(by_offset)))
}

/// How far the visitor's clock is ahead of Greenwich, now.
fn minutes_ahead(around: &Surroundings) -> i64 {
    (seconds_between(utc(around.now), around.local) + 30).div_euclid(60)
}

/// `reformatDateTime(pattern)`, `reformatDateTime(pattern, locale)`
pub fn reformat(called: &mut Called<'_, '_>, on: Value) -> Result<Value, Failed> {
    let moment = called.moment(&on)?;
    let pattern = called.text(0);
    let tag = match called.args.get(1) {
        Some(tag) => tag.plain(),
        None => called.machine.scope.display().locale.clone(),
    };
    let around = called.machine.scope.surroundings();
    let clock = Clock { zone: &around.time_zone, minutes_ahead: minutes_ahead(around) };
    let text = in_pattern(&pattern, moment.on(around.local.date()), Locale::of(&tag), clock)?;
    called.machine.text(text)
}

/// `before`, `after`, …
pub fn compared(called: &Called<'_, '_>, on: &Value, fits: fn(Ordering) -> bool) -> Result<Value, Failed> {
    let (moment, other) = (called.moment(on)?, called.moment(called.arg(0))?);
    Ok(Value::YesNo(moment.order(other).is_some_and(fits)))
}

/// `plusDays`, `minusHours`, …
pub fn shifted(called: &Called<'_, '_>, on: &Value, unit: Unit, sign: i64) -> Result<Value, Failed> {
    let moment = called.moment(on)?;
    let amount = called.whole(0)?;
    moment.later(sign * amount, unit).map(Moment::value).ok_or_else(|| {
        let name = called.method.spelling();
        Failed(match moment {
            Moment::Time(_) => format!("`{name}` needs a date: a time of day has no days"),
            Moment::Date(_) | Moment::DateTime(_) => format!("`{name}` leaves the calendar"),
        })
    })
}
