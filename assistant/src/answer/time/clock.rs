//! Times as clocks show them, now and from now, and the ends of all of them: `pm`, `in the afternoon`.

use super::Hour;
use crate::answer::cursor::Cursor;
use crate::answer::date;
use crate::answer::sure::Sure;
use crate::language::tokens::Shape;
use crate::language::{DayPart, Kind, Span};
use jiff::civil::Time;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A time before it is known which half of the day is meant.
#[derive(Clone, Copy, Debug)]
pub struct Raw {
    /// Seconds since midnight.
    pub seconds: i64,
    /// Whether it may be twelve hours later.
    pub twelve: bool,
    /// Whether people would ask back about that.
    pub ask: bool,
    /// How sure it is that a time is meant.
    pub sure: Sure,
}

/// `10:30`, `10:30:15`, `10.30 Uhr`, `5:30 pm`.
pub fn digital(c: &mut Cursor<'_>) -> Option<Hour> {
    let announced = c.take(Kind::At);
    let (hour, hour_digits) = c.digits().filter(|(hour, digits)| *hour <= 24 && *digits <= 2)?;
    let mark = [':', '.', '-'].into_iter().find(|mark| c.mark(*mark))?;
    let point = mark != ':';
    let (minute, _) = c.glued_digits().filter(|(minute, digits)| *minute < 60 && *digits == 2)?;
    // `19-00` is a time, `17-18` are two.
    (mark != '-' || minute == 0 || minute > 24).then_some(())?;
    let second = c.attempt(|c| {
        c.mark(':').then_some(())?;
        c.glued_digits().filter(|(second, digits)| *second < 60 && *digits == 2)
    });
    let goes_on = c.glued() && matches!(c.shape(), Some(Shape::Mark(':' | '/' | '.' | ',' | '-')));
    let next_is_digit = c.scan.token(c.at + 1).is_some_and(|token| token.shape == Shape::Digits);
    (!(goes_on && next_is_digit)).then_some(())?;
    let seconds = i64::from(hour * 3600 + minute * 60 + second.map_or(0, |(second, _)| second));
    let clock = c.take(Kind::Clock) && point;
    let twelve = (1..=12).contains(&hour) && hour_digits < 2 || (10..=12).contains(&hour);
    let sure = if point && !clock && !announced { Sure::Asked } else { Sure::Yes };
    let ask = c.habits().twelve_hours && hour != 12;
    finish(c, Raw { seconds, twelve, ask, sure })
}

/// `1730`, when it is the answer.
pub fn compact(c: &mut Cursor<'_>) -> Option<Hour> {
    let (number, digits) = c.digits()?;
    let (hour, minute) = (number / 100, number % 100);
    (matches!(digits, 3 | 4) && hour <= 24 && minute < 60).then_some(())?;
    let suffixed = c.scan.longest(c.at, &[Kind::Am, Kind::Pm, Kind::Clock]).is_some();
    c.take(Kind::Clock);
    let sure = if suffixed { Sure::Yes } else { Sure::Alone };
    let twelve = digits == 3 || suffixed;
    finish(c, Raw { seconds: i64::from(hour * 3600 + minute * 60), twelve, ask: false, sure })
}

/// `now`
pub fn now(c: &mut Cursor<'_>) -> Option<Hour> {
    c.take(Kind::Now).then_some(())?;
    at(seconds_now(c), Sure::Yes)
}

/// `in 2 hours`, `in half an hour`, `20 minutes ago`, `через полчаса`.
pub fn ahead_or_behind(c: &mut Cursor<'_>) -> Option<Hour> {
    let ahead = c.take(Kind::In) || c.take(Kind::InPerhaps);
    let behind = !ahead && c.take(Kind::AgoBefore);
    let seconds = lengths(c)?;
    let sign = match (ahead, behind) {
        (true, _) => 1,
        (_, true) => -1,
        (false, false) if c.take(Kind::Ago) => -1,
        (false, false) => c.take(Kind::Later).then_some(1)?,
    };
    at(seconds_now(c) + sign * seconds, Sure::Yes)
}

/// `in the morning`: its beginning.
pub fn part_of_day(c: &mut Cursor<'_>) -> Option<Hour> {
    let part = DayPart::of(c.value(Kind::Part)?);
    at(i64::from(part.begins()) * 3600, Sure::Vague)
}

/// Takes `pm` or a part of the day, and makes a time of what was read before it.
pub fn finish(c: &mut Cursor<'_>, raw: Raw) -> Option<Hour> {
    let hour = raw.seconds.div_euclid(3600).rem_euclid(24);
    let half = c.attempt(half_of_day);
    let past = raw.seconds.rem_euclid(3600);
    let sure = if half.is_some() && raw.sure != Sure::Yes { Sure::Yes } else { raw.sure };
    match half {
        Some(part) if hour <= 12 => {
            let twelve = if hour == 0 { 12 } else { hour };
            let hour = part.hour(i8::try_from(twelve).ok()?);
            at(i64::from(hour) * 3600 + past, sure)
        }
        None if raw.twelve => {
            let first = at(raw.seconds, sure)?;
            let other = at(raw.seconds + DAY / 2, sure)?.first;
            Some(Hour { other: Some(other), ask: raw.ask, ..first })
        }
        Some(_) | None => at(raw.seconds, sure),
    }
}

/// Takes what says which half of the day is meant. `am` is like the morning, `pm` like the afternoon.
fn half_of_day(c: &mut Cursor<'_>) -> Option<DayPart> {
    let near = c.glued();
    let letter = c.scan.tokens.text(c.at..c.at + 1).len() == 1;
    if let Some((sense, end)) = c.scan.longest(c.at, &[Kind::Am, Kind::Pm]) {
        let short = letter && end == c.at + 1;
        if !short || near {
            c.at = end;
            return Some(if sense.kind == Kind::Am { DayPart::Morning } else { DayPart::Afternoon });
        }
    }
    c.skip(&[Kind::Of]);
    let part = c.value(Kind::Part).or_else(|| {
        c.take(Kind::Day);
        c.value(Kind::Part)
    });
    part.map(DayPart::of)
}

/// Takes hours, minutes and seconds.
fn lengths(c: &mut Cursor<'_>) -> Option<i64> {
    let named = c.attempt(|c| {
        c.take(Kind::Article);
        c.value(Kind::Minutes)
    });
    let mut all = named.map(|minutes| minutes as i64 * 60);
    let mut first = true;
    while let Some(seconds) = c.attempt(|c| {
        if !first {
            c.take(Kind::And);
        }
        one_length(c, first)
    }) {
        first = false;
        let seconds = seconds + c.attempt(minutes_after_hours).unwrap_or(0);
        all = Some(all.unwrap_or(0) + seconds);
    }
    all
}

/// Takes the minutes of `1h30`.
fn minutes_after_hours(c: &mut Cursor<'_>) -> Option<i64> {
    (!c.parted() && c.scan.is_after(c.at, &[Kind::Clock])).then_some(())?;
    let (minutes, _) = c.digits().filter(|(minutes, digits)| *minutes < 60 && *digits == 2)?;
    c.scan.sense(c.at, Kind::Span).is_none().then_some(i64::from(minutes) * 60)
}

fn one_length(c: &mut Cursor<'_>, may_be_one: bool) -> Option<i64> {
    const MOST: f64 = 1e6;
    let (count, span) = date::length(c, may_be_one)?;
    let unit = match span {
        Span::Seconds => 1.0,
        Span::Minutes => 60.0,
        Span::Hours => 3600.0,
        Span::Days(_) | Span::Weekend | Span::Months | Span::Years => return None,
    };
    (count.abs() < MOST).then_some((count * unit) as i64)
}

fn seconds_now(c: &Cursor<'_>) -> i64 {
    let now = c.scan.now;
    i64::from(now.hour()) * 3600 + i64::from(now.minute()) * 60 + i64::from(now.second())
}

/// A time without doubt about the half of the day.
pub fn at(seconds: i64, sure: Sure) -> Option<Hour> {
    let seconds = i32::try_from(seconds.rem_euclid(DAY)).ok()?;
    let small = |n: i32| i8::try_from(n).ok();
    let time = Time::new(small(seconds / 3600)?, small(seconds / 60 % 60)?, small(seconds % 60)?, 0).ok()?;
    Some(Hour { first: time, other: None, ask: false, sure })
}
