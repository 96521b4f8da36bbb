//! Stretches of time as seen from today: `in 3 days`, `next week`, `end of the month`.

use super::calendar::{day_of, days_until, monday_of, shift, shift_months};
use super::{Day, written};
use crate::answer::cursor::Cursor;
use crate::answer::number;
use crate::answer::sure::Sure;
use crate::language::{Kind, Span};
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
    let today = c.scan.now.date();
    let date = later(today, count * f64::from(sign), span)?;
    // `dans quinze jours` is two weeks to most.
    let loose = span == Span::Days(1) && (count == 8.0 || count == 15.0) && c.habits().week_is_eight_days;
    match loose.then(|| shift(date, -sign)).flatten() {
        Some(week) => Some(Day { other: Some(date), ask: true, ..Day::sure(week) }),
        None => Some(Day::sure(date)),
    }
}

/// `next week`, `la semana que viene`, `this month`, `the weekend`: its first day, or today when it has begun; it is
/// vague, for nobody means that day.
pub fn span(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The, Kind::LinkBefore]);
    let _ = c.take(Kind::In) || c.take(Kind::InPerhaps);
    c.skip(&[Kind::The]);
    let before = which(c);
    let span = Span::of(c.value(Kind::Span)?);
    let which = before.or_else(|| c.attempt(which));
    let today = c.scan.now.date();
    match (span, which) {
        (Span::Days(1), Some(Which::Next)) => {
            let another = c.scan.sense(c.at, Kind::Span).is_some();
            shift(today, 1).map(Day::sure).filter(|_| !another)
        }
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
    let of_month = c.value(Kind::EdgeOfMonth);
    let edge = of_month.or_else(|| c.value(Kind::Edge))?;
    c.skip(&[Kind::Of, Kind::The]);
    let (first, last) = match c.attempt(span_bounds) {
        Some(bounds) => bounds,
        None if of_month.is_some() => bounds(Span::Months, Which::This, c.scan.now.date())?,
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

/// Takes `of next month`: its first day, and whether it says which.
pub fn month_of(c: &mut Cursor<'_>) -> Option<(Date, bool)> {
    c.skip(&[Kind::Of, Kind::The]);
    let before = which(c);
    let months = Span::of(c.value(Kind::Span)?) == Span::Months;
    let which = before.or_else(|| c.attempt(which));
    months.then_some(())?;
    let (first, _) = bounds(Span::Months, which.unwrap_or(Which::This), c.scan.now.date())?;
    Some((first, which.is_some()))
}

/// Takes `of next week`: its Monday.
pub fn week_of(c: &mut Cursor<'_>) -> Option<Date> {
    c.skip(&[Kind::Of, Kind::On, Kind::The]);
    let before = which(c);
    let weeks = Span::of(c.value(Kind::Span)?) == Span::Days(7);
    let which = before.or_else(|| c.attempt(which))?;
    weeks.then(|| week_by(which, c.scan.now.date()))?
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

/// So many of a span later; half weeks are rounded down to days.
pub fn later(today: Date, count: f64, span: Span) -> Option<Date> {
    const FAR: f64 = 1e5;
    let whole = |count: f64| (count.fract() == 0.0 && count.abs() < FAR).then_some(count as i32);
    match span {
        Span::Days(days) => shift(today, (count.clamp(-FAR, FAR) * f64::from(days)) as i32),
        Span::Months => shift_months(today, whole(count)?),
        Span::Years => shift_months(today, whole(count * 12.0)?),
        Span::Seconds | Span::Minutes | Span::Hours | Span::Weekend => None,
    }
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
