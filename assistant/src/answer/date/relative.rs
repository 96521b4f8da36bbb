//! Days as seen from today: `tomorrow`, `Friday`, `next week`, `in 3 days`, `end of the month`, `Christmas`.

use super::calendar::{
    day_of, days_until, holiday_in, monday_of, next_holiday, shift, shift_months, weekday_of,
};
use super::{Day, written};
use crate::answer::cursor::Cursor;
use crate::answer::number;
use crate::answer::sure::Sure;
use crate::language::{Holiday, Kind, Span};
use jiff::civil::Date;

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    This,
    /// The next one.
    Next,
    /// The one after it.
    AfterNext,
    /// The one before.
    Last,
}

/// `tomorrow`
pub fn day(c: &mut Cursor<'_>) -> Option<Day> {
    let days = c.value(Kind::Day).or_else(|| {
        c.skip(&[Kind::On, Kind::LinkBefore]);
        c.value(Kind::Day)
    })?;
    shift(c.scan.now.date(), days as i32).map(Day::sure)
}

/// `Friday`, `next Friday`, `Friday, May 8`, `Friday of next week`, `el viernes 8`.
pub fn weekday(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::The]);
    let start = c.at;
    c.skip(&[Kind::On]);
    let introduced = c.at > start;
    c.skip(&[Kind::The]);
    let before = which(c);
    let (weekday, clear) = any_weekday(c)?;
    let today = c.scan.now.date();
    if let (None, Some(monday)) = (before, c.attempt(week_of)) {
        return shift(monday, weekday - 1).map(Day::sure);
    }
    let which = before.or_else(|| c.attempt(which));
    if let (None, Some(date)) = (which, c.attempt(date_after_weekday)) {
        return Some(with_weekday(date, weekday));
    }
    if let (None, Some(date)) = (which, c.attempt(|c| number_after_weekday(c, weekday))) {
        return Some(date);
    }
    let sure = if clear || introduced || which.is_some() { Sure::Yes } else { Sure::Alone };
    some_weekday(weekday, which, today, c.habits().next_is_next_week).map(|day| Day { sure, ..day })
}

/// `next week on Friday`
pub fn week_then_weekday(c: &mut Cursor<'_>) -> Option<Day> {
    let monday = week_of(c)?;
    c.skip(&[Kind::On, Kind::The]);
    let (weekday, _) = any_weekday(c)?;
    shift(monday, weekday - 1).map(Day::sure)
}

/// `in 3 days`, `two weeks from now`, `3 days ago`, `hace tres días`, `через неделю`.
pub fn ahead_or_behind(c: &mut Cursor<'_>) -> Option<Day> {
    let ahead = c.take(Kind::In) || c.take(Kind::InPerhaps);
    let behind = !ahead && c.take(Kind::AgoBefore);
    let (count, span) = length(c, true)?;
    let sign = match (ahead, behind) {
        (true, _) => 1,
        (_, true) => -1,
        (false, false) if c.take(Kind::Ago) => -1,
        (false, false) => c.take(Kind::Later).then_some(1)?,
    };
    later(c.scan.now.date(), count * f64::from(sign), span).map(Day::sure)
}

/// `next week`, `la semana que viene`, `this month`, `the weekend`: its first day, or today when it has begun.
pub fn span(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The, Kind::LinkBefore]);
    let _ = c.take(Kind::In) || c.take(Kind::InPerhaps);
    c.skip(&[Kind::The]);
    let before = which(c);
    let span = Span::of(c.value(Kind::Span)?);
    let which = before.or_else(|| c.attempt(which));
    let today = c.scan.now.date();
    match (span, which) {
        (Span::Days(1), Some(Which::Next)) => shift(today, 1).map(Day::sure),
        (Span::Weekend, which) => {
            let saturday = shift(week_by(which.unwrap_or(Which::This), today)?, 5)?;
            let first =
                if which.is_none_or(|which| which == Which::This) { saturday.max(today) } else { saturday };
            Some(Day { sure: Sure::Vague, ..Day::sure(first) })
        }
        (_, Some(which)) => {
            let (first, _) = bounds(span, which, today)?;
            let first = if which == Which::This { first.max(today) } else { first };
            Some(Day { sure: Sure::Vague, ..Day::sure(first) })
        }
        (_, None) => None,
    }
}

/// `end of the month`, `beginning of May`, `à la fin de l'année`.
pub fn edge(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The, Kind::At]);
    let edge = c.value(Kind::Edge)?;
    c.skip(&[Kind::Of, Kind::The]);
    let (first, last) = match c.attempt(span_bounds) {
        Some(bounds) => bounds,
        None => {
            let (month, _) = c.attempt(written::relative_month)?;
            (month.first.first_of_month(), month.first.last_of_month())
        }
    };
    let date = match edge as i32 {
        1 => first,
        2 => shift(first, days_until(first, last) / 2)?,
        _ => last,
    };
    Some(Day { sure: Sure::Asked, ..Day::sure(date) })
}

/// `Christmas`, `Easter Monday 2027`
pub fn holiday(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::At, Kind::The]);
    let holiday = Holiday::of(c.value(Kind::Holiday)?);
    match c.attempt(written::year) {
        Some(year) => holiday_in(holiday, year).map(Day::sure),
        None => next_holiday(holiday, c.scan.now.date()),
    }
}

/// Takes what says which of several is meant.
pub fn which(c: &mut Cursor<'_>) -> Option<Which> {
    let kinds = [
        (Kind::AfterNext, Which::AfterNext),
        (Kind::Next, Which::Next),
        (Kind::Last, Which::Last),
        (Kind::This, Which::This),
    ];
    kinds.into_iter().find(|(kind, _)| c.take(*kind)).map(|(_, which)| which)
}

/// Takes `of next month`: its first day.
pub fn month_of(c: &mut Cursor<'_>) -> Option<Date> {
    c.skip(&[Kind::Of, Kind::The]);
    let before = which(c);
    let months = Span::of(c.value(Kind::Span)?) == Span::Months;
    let which = before.or_else(|| c.attempt(which));
    let which = if months { which.unwrap_or(Which::This) } else { return None };
    bounds(Span::Months, which, c.scan.now.date()).map(|(first, _)| first)
}

/// Takes a length of time: how many, of what. `may_be_one` accepts `через неделю` without a number.
pub fn length(c: &mut Cursor<'_>, may_be_one: bool) -> Option<(f64, Span)> {
    let counted = c.attempt(|c| {
        let count = number::quantity(c)?.value?;
        c.skip(&[Kind::Of, Kind::Article]);
        Some((count, Span::of(c.value(Kind::Span)?)))
    });
    let article = |c: &mut Cursor<'_>| {
        (c.take(Kind::Article) || may_be_one).then_some(())?;
        Some((1.0, Span::of(c.value(Kind::Span)?)))
    };
    let (count, span) = counted.or_else(|| c.attempt(article))?;
    let more = c.attempt(number::and_fraction);
    Some((count + more.unwrap_or(0.0), span))
}

fn later(today: Date, count: f64, span: Span) -> Option<Date> {
    const FAR: f64 = 1e5;
    let whole = |count: f64| (count.fract() == 0.0 && count.abs() < FAR).then_some(count as i32);
    match span {
        Span::Days(days) => shift(today, (count.clamp(-FAR, FAR) * f64::from(days)) as i32),
        Span::Months => shift_months(today, whole(count)?),
        Span::Years => shift_months(today, whole(count * 12.0)?),
        Span::Seconds | Span::Minutes | Span::Hours | Span::Weekend => None,
    }
}

fn any_weekday(c: &mut Cursor<'_>) -> Option<(i32, bool)> {
    let clear = c.value(Kind::Weekday);
    let weekday = clear.or_else(|| c.value(Kind::WeekdayPerhaps))?;
    Some((weekday as i32, clear.is_some()))
}

/// Takes the date in `Friday, May 8`.
fn date_after_weekday(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::The, Kind::On, Kind::Of]);
    let forms = [written::day_month, written::month_day, written::numeric, day];
    let date = forms.into_iter().find_map(|form| c.attempt(form));
    date.or_else(|| c.attempt(written::day_of_month).filter(|day| day.sure != Sure::Alone))
}

/// Takes the number in `viernes 8` when that day is one.
fn number_after_weekday(c: &mut Cursor<'_>, weekday: i32) -> Option<Day> {
    let day = written::day_of_month(c)?;
    (weekday_of(day.first) == weekday).then_some(Day { sure: Sure::Yes, other: None, ..day })
}

/// A date that was said with its weekday. Where they contradict each other, either may be wrong.
fn with_weekday(day: Day, weekday: i32) -> Day {
    const NEAR_DAYS: i32 = 3;
    let is = |date: &Date| weekday_of(*date) == weekday;
    if is(&day.first) {
        return Day { ask: false, ..day };
    }
    if let Some(other) = day.other.filter(is) {
        return Day { first: other, other: Some(day.first), ask: false, sure: Sure::Yes };
    }
    let near = (-NEAR_DAYS..=NEAR_DAYS).filter_map(|days| shift(day.first, days)).find(is);
    Day { other: near, ask: true, ..day }
}

/// The coming one if nothing else is said.
fn some_weekday(weekday: i32, which: Option<Which>, today: Date, next_is_next_week: bool) -> Option<Day> {
    let ahead = (weekday - weekday_of(today)).rem_euclid(7);
    let after_today = if ahead == 0 { 7 } else { ahead };
    let next_week = days_until(today, shift(monday_of(today)?, 7)?) + weekday - 1;
    let (first, other, ask) = match which {
        None if ahead == 0 => (7, 0, true),
        None => (ahead, ahead - 7, false),
        Some(Which::This) => (ahead, ahead - 7, false),
        Some(Which::Last) => (after_today - 7 - if ahead == 0 { 7 } else { 0 }, after_today - 14, false),
        Some(Which::Next) if next_is_next_week => (next_week, after_today, next_week != after_today),
        Some(Which::Next) => (after_today, next_week, false),
        Some(Which::AfterNext) => (after_today + 7, next_week + 7, next_week != after_today),
    };
    let other = if other == first { None } else { shift(today, other) };
    Some(Day { other, ask, ..Day::sure(shift(today, first)?) })
}

/// Takes `of next week`: its Monday.
fn week_of(c: &mut Cursor<'_>) -> Option<Date> {
    c.skip(&[Kind::Of, Kind::On, Kind::The]);
    let before = which(c);
    let weeks = Span::of(c.value(Kind::Span)?) == Span::Days(7);
    let which = before.or_else(|| c.attempt(which))?;
    weeks.then(|| week_by(which, c.scan.now.date()))?
}

fn week_by(which: Which, today: Date) -> Option<Date> {
    shift(monday_of(today)?, 7 * steps(which))
}

fn steps(which: Which) -> i32 {
    match which {
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
        Which::AfterNext => 2,
    }
}

/// Takes the week, month or year of which the beginning or end is meant.
fn span_bounds(c: &mut Cursor<'_>) -> Option<(Date, Date)> {
    let before = which(c);
    let span = Span::of(c.value(Kind::Span)?);
    let which = before.or_else(|| c.attempt(which)).unwrap_or(Which::This);
    bounds(span, which, c.scan.now.date())
}

/// First and last day.
fn bounds(span: Span, which: Which, today: Date) -> Option<(Date, Date)> {
    match span {
        Span::Days(7) => {
            let monday = week_by(which, today)?;
            Some((monday, shift(monday, 6)?))
        }
        Span::Months => {
            let first = shift_months(today.first_of_month(), steps(which))?;
            Some((first, first.last_of_month()))
        }
        Span::Years => {
            let year = i32::from(today.year()) + steps(which);
            Some((day_of(year, 1, 1)?, day_of(year, 12, 31)?))
        }
        Span::Seconds | Span::Minutes | Span::Hours | Span::Days(_) | Span::Weekend => None,
    }
}
