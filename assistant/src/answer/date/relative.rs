//! Days as seen from today or from another day: `tomorrow`, `next Friday`, `the first Monday of June`, `Christmas`, `two
//! weeks from Friday`.

use super::calendar::{days_until, holiday_in, monday_of, next_holiday, shift, shift_months, weekday_of};
use super::spans::{Which, later, length, month_of, week_of, which};
use super::{Day, written};
use crate::answer::cursor::Cursor;
use crate::answer::sure::Sure;
use crate::language::{Holiday, Kind, Span};
use jiff::civil::Date;

/// `tomorrow`
pub fn day(c: &mut Cursor<'_>) -> Option<Day> {
    let today = c.scan.now.date();
    if c.take(Kind::Now) {
        return Some(Day { sure: Sure::Asked, ..Day::sure(today) });
    }
    if c.scan.sense(c.at, Kind::Day).is_none() {
        c.skip(&[Kind::On, Kind::LinkBefore]);
    }
    // The morning of `a las 9 de la mañana` is not tomorrow.
    let morning = c.scan.is_inside(c.at, Kind::Part);
    let days = c.value(Kind::Day).filter(|_| !morning)?;
    let forms = [weeks_on, weeks_in_days, weeks_ahead];
    let weeks = forms.into_iter().find_map(|form| c.attempt(form)).unwrap_or(0);
    shift(today, days as i32 + 7 * weeks).map(Day::sure)
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
    let hour = !c.parted() && c.scan.longest(c.at, &[Kind::Part, Kind::At]).is_some();
    let sure = if clear || introduced || hour || which.is_some() { Sure::Yes } else { Sure::Alone };
    some_weekday(weekday, which, today, c.habits().next_is_next_week).map(|day| Day { sure, ..day })
}

/// `next week on Friday`
pub fn week_then_weekday(c: &mut Cursor<'_>) -> Option<Day> {
    let monday = week_of(c)?;
    c.skip(&[Kind::On, Kind::The]);
    let (weekday, _) = any_weekday(c)?;
    shift(monday, weekday - 1).map(Day::sure)
}

/// `Friday in two weeks`, `in two weeks on Friday`, `Friday week`, `через понедельник`.
pub fn weekday_in_weeks(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The]);
    let today = c.scan.now.date();
    if let Some(weekday) = c.attempt(a_weekday) {
        return match c.attempt(weeks_on).or_else(|| c.attempt(weeks_in_days)) {
            Some(weeks) => after_coming(today, weeks, weekday),
            None => in_week(today, weeks_ahead(c)?, weekday),
        };
    }
    let skipped = |c: &mut Cursor<'_>| if c.take(Kind::In) { any_weekday(c) } else { None };
    if let Some((weekday, _)) = c.attempt(skipped) {
        let coming = coming(weekday, today)?;
        return Some(Day { other: Some(coming), ask: true, ..Day::sure(shift(coming, 7)?) });
    }
    let weeks = c.attempt(weeks_ahead).or_else(|| c.attempt(weeks_behind))?;
    c.skip(&[Kind::On, Kind::The]);
    in_week(today, weeks, a_weekday(c)?)
}

/// `a week on Monday`, `a week tomorrow`, as the English say. What lasts for a week may begin on Monday.
pub fn weeks_then_day(c: &mut Cursor<'_>) -> Option<Day> {
    let lasts = c.scan.is_after(c.at, &[Kind::On, Kind::In]) || c.scan.is_counted(c.at);
    let counts = c.habits().weeks_before_day && !lasts;
    let weeks = weeks(c).filter(|_| counts && !c.parted() && c.scan.sense(c.at, Kind::After).is_none())?;
    c.skip(&[Kind::On]);
    let today = c.scan.now.date();
    match c.value(Kind::Day) {
        Some(days) => shift(today, days as i32 + 7 * weeks).map(Day::sure),
        None => after_coming(today, weeks, a_weekday(c)?),
    }
}
/// `the first Monday of June`, `last Friday of the month`.
pub fn nth_weekday(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The]);
    let nth = match c.ordinal(1, 5) {
        Some(nth) => nth,
        None => -(c.value(Kind::FromEnd)? as i32),
    };
    let (weekday, _) = any_weekday(c)?;
    c.skip(&[Kind::Of, Kind::The]);
    let (first, which) = match c.attempt(month_of) {
        Some(month) => month,
        None => (c.attempt(written::relative_month)?.0.first.first_of_month(), true),
    };
    let (weekday, nth) = (i8::try_from(weekday).ok()?, i8::try_from(nth).ok()?);
    let in_month =
        |first: Date| holiday_in(Holiday::Nth { month: first.month(), weekday, nth }, first.year().into());
    let this = in_month(first).filter(|date| which || *date >= c.scan.now.date());
    this.or_else(|| in_month(shift_months(first, 1)?).filter(|_| !which)).map(Day::sure)
}
/// `two weeks from Friday`, `the day after Christmas`. What lasts from a day on begins on it: `for 3 days from Monday`.
pub fn counted_from(c: &mut Cursor<'_>) -> Option<Day> {
    let lasts = c.scan.is_after(c.at, &[Kind::On]) || c.scan.is_counted(c.at);
    let _ = c.take(Kind::In) || c.take(Kind::InPerhaps);
    c.skip(&[Kind::The]);
    let (count, span) = length(c, true)?;
    let sign = if c.take(Kind::After) { 1.0 } else { c.take(Kind::Before).then_some(-1.0)? };
    c.skip(&[Kind::The, Kind::On]);
    let forms = [weekday, written::day_month, written::month_day, written::numeric, holiday, day];
    let day = forms.into_iter().find_map(|form| c.attempt(form))?;
    let date = later(day.first, sign * count, span)?;
    (!lasts).then_some(Day::sure(date))
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

/// Takes `in two weeks`.
fn weeks_ahead(c: &mut Cursor<'_>) -> Option<i32> {
    (c.take(Kind::In) || c.take(Kind::InPerhaps)).then_some(())?;
    weeks(c)
}

/// Takes `two weeks ago`, `vor zwei Wochen`.
fn weeks_behind(c: &mut Cursor<'_>) -> Option<i32> {
    let before = c.take(Kind::AgoBefore);
    let weeks = weeks(c)?;
    (before || c.take(Kind::Ago)).then_some(-weeks)
}

/// Takes the `week` of `Friday week`.
fn weeks_on(c: &mut Cursor<'_>) -> Option<i32> {
    match Span::of(c.value(Kind::Span)?) {
        Span::Days(days) if days % 7 == 0 => Some(days / 7),
        Span::Seconds
        | Span::Minutes
        | Span::Hours
        | Span::Days(_)
        | Span::Weekend
        | Span::Months
        | Span::Years => None,
    }
}

/// Takes the `en quinze` of `lundi en quinze`, the `in acht Tagen` of `Montag in acht Tagen`.
fn weeks_in_days(c: &mut Cursor<'_>) -> Option<i32> {
    let loose = c.take(Kind::InPerhaps);
    (loose || c.take(Kind::In) || c.take(Kind::LinkPerhaps)).then_some(())?;
    let days = c.whole(7, 15)?;
    let span = c.value(Kind::Span).map(Span::of);
    let fits = match days {
        8 | 15 => c.habits().week_is_eight_days && (loose || span.is_some()),
        7 | 14 => span.is_some(),
        _ => false,
    };
    (fits && span.is_none_or(|span| span == Span::Days(1))).then_some(days / 7)
}
fn weeks(c: &mut Cursor<'_>) -> Option<i32> {
    const FAR: f64 = 1000.0;
    let (count, span) = length(c, true)?;
    match span {
        Span::Days(days) if days % 7 == 0 && count < FAR => Some((count * f64::from(days / 7)) as i32),
        Span::Seconds
        | Span::Minutes
        | Span::Hours
        | Span::Days(_)
        | Span::Weekend
        | Span::Months
        | Span::Years => None,
    }
}

/// So many weeks after the coming day of the week, or in the week so many weeks ahead. Which of them is meant where they
/// differ, nobody could say.
fn in_week(today: Date, weeks: i32, weekday: i32) -> Option<Day> {
    let in_week = shift(monday_of(today)?, 7 * weeks + weekday - 1)?;
    let after = shift(coming(weekday, today)?, 7 * weeks)?;
    Some(match weeks > 0 && after != in_week {
        true => Day { other: Some(in_week), ask: true, ..Day::sure(after) },
        false => Day::sure(in_week),
    })
}

/// So many weeks after the coming day of the week; when that is today's, today may be counted from.
fn after_coming(today: Date, weeks: i32, weekday: i32) -> Option<Day> {
    let from_today = shift(today, 7 * weeks).filter(|_| weekday_of(today) == weekday);
    let after = shift(coming(weekday, today)?, 7 * weeks)?;
    Some(Day { other: from_today, ask: from_today.is_some(), ..Day::sure(after) })
}

/// The first such day of the week after today.
fn coming(weekday: i32, today: Date) -> Option<Date> {
    shift(today, (weekday - weekday_of(today) - 1).rem_euclid(7) + 1)
}

/// Takes a day of the week, and `next` before or after it.
fn a_weekday(c: &mut Cursor<'_>) -> Option<i32> {
    let _ = c.attempt(coming_one);
    let (weekday, _) = any_weekday(c)?;
    let _ = c.attempt(coming_one);
    Some(weekday)
}

fn coming_one(c: &mut Cursor<'_>) -> Option<Which> {
    which(c).filter(|which| matches!(which, Which::This | Which::Next))
}

fn any_weekday(c: &mut Cursor<'_>) -> Option<(i32, bool)> {
    let clear = c.value(Kind::Weekday);
    let weekday = clear.or_else(|| c.value(Kind::WeekdayPerhaps))?;
    Some((weekday as i32, clear.is_some()))
}

/// Takes the date in `Friday, May 8`.
fn date_after_weekday(c: &mut Cursor<'_>) -> Option<Day> {
    let parted = c.parted();
    c.skip(&[Kind::The, Kind::On, Kind::Of]);
    let forms = [written::day_month, written::month_day, written::numeric];
    let date = forms.into_iter().find_map(|form| c.attempt(form));
    // In `Montag Morgen` it is the morning.
    let date = date.or_else(|| if parted { c.attempt(day) } else { None });
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
        return Day { ask: false, swapped: None, ..day };
    }
    if let Some(other) = day.other.filter(is) {
        return Day { other: Some(day.first), ..Day::sure(other) };
    }
    if let Some((swapped, _)) = day.swapped.filter(|(swapped, _)| is(swapped)) {
        return Day { other: Some(day.first), ..Day::sure(swapped) };
    }
    let near = (-NEAR_DAYS..=NEAR_DAYS).filter_map(|days| shift(day.first, days)).find(is);
    Day { other: near, swapped: None, ask: true, ..day }
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
        Some(Which::AfterNext) => {
            (after_today + 7, next_week + 7, next_is_next_week && next_week != after_today)
        }
    };
    let other = if other == first { None } else { shift(today, other) };
    Some(Day { other, ask, ..Day::sure(shift(today, first)?) })
}
