//! Days told by their numbers and months: `3/4/2026`, `May 3rd`, `le 5 mai`, `5-го`.

use super::calendar::{day_of, full_year, in_some_month, in_some_year, shift_months};
use super::{Day, spans};
use crate::answer::cursor::Cursor;
use crate::answer::sure::Sure;
use crate::language::Kind;
use crate::language::tokens::{Gap, Shape};

/// `2026-05-03`, `3/4`, `03.04.26`, `3. 4. 2026`.
pub fn numeric(c: &mut Cursor<'_>) -> Option<Day> {
    let announced = announced(c);
    (!(c.glued() && c.at > 0)).then_some(())?;
    let (first, first_digits) = c.digits()?;
    let mark = ['-', '/', '.'].into_iter().find(|mark| c.mark(*mark))?;
    let (second, _) = part_after(c, mark)?;
    let more = c.attempt(|c| {
        c.mark(mark).then_some(())?;
        part_after(c, mark).filter(|(_, digits)| matches!(digits, 2 | 4) || first_digits == 4)
    });
    let trailing = mark == '.' && c.mark('.');
    let goes_on = c.glued() && matches!(c.shape(), Some(Shape::Digits | Shape::Mark(':' | '/' | '-' | ',')));
    let range =
        mark == '-' && more.is_none() && c.scan.longest(c.at, &[Kind::Month, Kind::MonthPerhaps]).is_some();
    (!goes_on && !range).then_some(())?;
    if first_digits == 4 {
        let (third, _) = more?;
        return day_of(first, second, third).map(Day::sure);
    }
    (first_digits <= 2).then_some(())?;
    let year = more.map(|(year, digits)| if digits == 4 { year } else { full_year(year, c.scan.now.date()) });
    let sure = match (mark, year) {
        (_, Some(_)) | ('/', None) => Sure::Yes,
        ('.', None) if trailing || announced => Sure::Yes,
        ('.', None) => Sure::Asked,
        (_, None) => Sure::Alone,
    };
    in_either_order(c, (first, second), year, mark).map(|day| Day { sure, ..day })
}

/// `20 05 2026`
pub fn spaced(c: &mut Cursor<'_>) -> Option<Day> {
    let (first, _) = c.digits().filter(|(_, digits)| *digits <= 2)?;
    let (second, _) = c.digits().filter(|(_, digits)| *digits <= 2)?;
    let (year, _) = c.digits().filter(|(_, digits)| *digits == 4)?;
    in_either_order(c, (first, second), Some(year), '/').map(|day| Day { sure: Sure::Asked, ..day })
}

/// `20260503`
pub fn compact(c: &mut Cursor<'_>) -> Option<Day> {
    let (number, digits) = c.digits()?;
    let date = day_of(number / 10_000, number / 100 % 100, number % 100)?;
    (digits == 8).then_some(Day { sure: Sure::Asked, ..Day::sure(date) })
}

/// `3 May`, `the 5th of May 2026`, `5 de mayo`, `5. Mai`, `пятое мая`.
pub fn day_month(c: &mut Cursor<'_>) -> Option<Day> {
    announced(c);
    c.take(Kind::DayWord);
    let day = day_number(c)?;
    c.skip(&[Kind::DayWord, Kind::Of, Kind::The]);
    let month = any_month(c)?;
    let year = c.attempt(year);
    in_year(c, month, day, year)
}

/// `May 3`, `May the 3rd, 2026`.
pub fn month_day(c: &mut Cursor<'_>) -> Option<Day> {
    c.skip(&[Kind::On, Kind::The]);
    let month = any_month(c)?;
    c.skip(&[Kind::The, Kind::DayWord]);
    let day = day_number(c)?;
    (!is_hour_or_amount(c)).then_some(())?;
    let year = c.attempt(year);
    in_year(c, month, day, year)
}

/// `in May`, `next May`, `May 2027`: its first day, or today when it has begun.
pub fn month(c: &mut Cursor<'_>) -> Option<Day> {
    let counted = follows_number(c);
    c.skip(&[Kind::On, Kind::The, Kind::LinkBefore]);
    let introduced = c.take(Kind::In) || c.take(Kind::InPerhaps);
    let (month, clear) = relative_month(c).filter(|_| !counted)?;
    Some(Day { sure: if clear || introduced { Sure::Vague } else { Sure::Alone }, ..month })
}

/// The 5th of some month: `the 5th`, `el día 5`, `am 5.`, `5-го числа`, `the 5th of next month`.
pub fn day_of_month(c: &mut Cursor<'_>) -> Option<Day> {
    (!(c.glued() && c.at > 0)).then_some(())?;
    let announced = announced(c);
    let named = c.take(Kind::DayWord);
    let ordinal = c.scan.count(c.at).is_some_and(|count| count.ordinal);
    // `a sexta` is the Friday rather than the sixth.
    let weekday = c.scan.longest(c.at, &[Kind::Weekday, Kind::WeekdayPerhaps]).is_some();
    (named || !weekday).then_some(())?;
    let day = day_number(c)?;
    // `el segundo día` is no day of the month.
    let named = (c.scan.sense(c.at, Kind::Span).is_none() && c.take(Kind::DayWord)) || named;
    (!is_hour_or_amount(c)).then_some(())?;
    let today = c.scan.now.date();
    if let Some((month, which)) = c.attempt(spans::month_of) {
        let date = day_of(month.year().into(), month.month().into(), day);
        return if which { date.map(Day::sure) } else { in_some_month(day, today) };
    }
    (!before_month(*c)).then_some(())?;
    let sure = match (named || (announced && ordinal && !c.scan.is_thing(c.at)), announced || ordinal) {
        (true, _) => Sure::Yes,
        (false, true) if !c.scan.is_thing(c.at) => Sure::Asked,
        (false, _) => Sure::Alone,
    };
    in_some_month(day, today).map(|found| Day { sure, ..found })
}

/// Takes a year.
pub fn year(c: &mut Cursor<'_>) -> Option<i32> {
    c.skip(&[Kind::Of, Kind::The]);
    let hyphen = c.scan.token(c.at).is_some_and(|token| matches!(token.gap, Gap::Hyphen | Gap::None));
    let pair = c.attempt(|c| {
        let century = c.whole(19, 20).filter(|_| c.shape() == Some(Shape::Word))?;
        Some(century * 100 + c.whole(10, 99)?)
    });
    let last = c.scan.token(c.at + 1).is_none_or(|token| token.gap == Gap::Break);
    let year = match pair.or_else(|| c.whole(1000, 2999)).or_else(|| c.ordinal(1000, 2999)) {
        Some(year) => year,
        None if hyphen || last => full_year(c.digits().filter(|(_, n)| *n == 2)?.0, c.scan.now.date()),
        None => return None,
    };
    (c.take(Kind::YearWord) || !is_hour_or_amount(c)).then_some(year)
}

/// Takes a month with what says which, `May`, `next May`, `May 2027`, and tells whether it can be nothing else.
pub fn relative_month(c: &mut Cursor<'_>) -> Option<(Day, bool)> {
    let today = c.scan.now.date();
    let before = spans::which(c);
    let clear = c.value(Kind::Month);
    let month = clear.or_else(|| c.value(Kind::MonthPerhaps))? as i32;
    let which = before.or_else(|| c.attempt(spans::which));
    let year = c.attempt(year);
    let clear = clear.is_some() || which.is_some() || year.is_some();
    if let Some(year) = year {
        return Some((Day::sure(day_of(year, month, 1)?), clear));
    }
    let this = day_of(today.year().into(), month, 1)?;
    let over = this.last_of_month() < today;
    let next = if over { shift_months(this, 12)? } else { this };
    let past = shift_months(next, -12)?;
    let day = match which {
        Some(spans::Which::Last) => Day::sure(if this < today.first_of_month() { this } else { past }),
        Some(_) | None => Day { other: Some(past), ..Day::sure(next.max(today)) },
    };
    Some((day, clear))
}

/// Whether a number stands before a month, which has no such day.
fn follows_number(c: &Cursor<'_>) -> bool {
    let point = |at: usize| c.scan.token(at).is_some_and(|token| token.shape == Shape::Mark('.'));
    let joins = |at: usize| at > 0 && (point(at - 1) || c.scan.sense(at - 1, Kind::Of) == Some((0.0, at)));
    c.scan.is_counted(c.at) || (joins(c.at) && c.scan.is_counted(c.at - 1))
}

/// Whether a month follows, which has no such day.
fn before_month(mut c: Cursor<'_>) -> bool {
    let parted = c.parted();
    c.skip(&[Kind::Of]);
    !parted && any_month(&mut c).is_some()
}

/// Takes what announces a day, and tells whether anything did.
fn announced(c: &mut Cursor<'_>) -> bool {
    let start = c.at;
    c.skip(&[Kind::On, Kind::The]);
    c.at > start
}

fn part_after(c: &mut Cursor<'_>, mark: char) -> Option<(i32, usize)> {
    let spaced = mark == '.' && c.scan.token(c.at).is_some_and(|token| token.gap == Gap::Space);
    let dot_follows = c.scan.token(c.at + 1).is_some_and(|token| token.shape == Shape::Mark('.'));
    let year = c.scan.tokens.text(c.at..c.at + 1).len() == 4;
    match spaced {
        true if dot_follows || year => c.digits(),
        true => None,
        false => c.glued_digits(),
    }
}

/// Two numbers of which one is the month: in the order of the region, or else in the other one.
fn in_either_order(c: &Cursor<'_>, (a, b): (i32, i32), year: Option<i32>, mark: char) -> Option<Day> {
    let month_first = mark != '.' && c.scan.locale.month_first();
    let ((day, month), other) = if month_first { ((b, a), (a, b)) } else { ((a, b), (b, a)) };
    let both = mark != '.' && c.habits().month_may_come_first;
    let first = in_year(c, month, day, year);
    let second = in_year(c, other.1, other.0, year).filter(|_| mark != '.');
    match (first, second) {
        (Some(first), Some(second)) if both && first.first != second.first => {
            Some(Day { swapped: Some((second.first, second.other)), ..first })
        }
        (Some(first), _) => Some(first),
        (None, second) => second,
    }
}

fn in_year(c: &Cursor<'_>, month: i32, day: i32, year: Option<i32>) -> Option<Day> {
    match year {
        Some(year) => day_of(year, month, day).map(Day::sure),
        None => in_some_year(month, day, c.scan.now.date()),
    }
}

/// Takes a day of the month, in a numeral or in words.
fn day_number(c: &mut Cursor<'_>) -> Option<i32> {
    let day = match c.attempt(digits_of_day) {
        Some(day) => day,
        None => c.ordinal(1, 31).or_else(|| c.whole(1, 31))?,
    };
    c.mark('.');
    Some(day)
}

/// Takes one or two digits, which no point or comma makes part of a longer numeral.
fn digits_of_day(c: &mut Cursor<'_>) -> Option<i32> {
    let (day, digits) = c.digits().filter(|(day, _)| (1..=31).contains(day))?;
    let marked = c.glued() && matches!(c.shape(), Some(Shape::Mark(':' | '/' | ',' | '-')));
    let decimals = c.glued()
        && c.shape() == Some(Shape::Mark('.'))
        && c.scan.token(c.at + 1).is_some_and(|t| t.shape == Shape::Digits && t.gap == Gap::None);
    (digits <= 2 && !marked && !decimals).then_some(())?;
    let end = c.scan.sense(c.at, Kind::OrdinalEnd).map(|(_, end)| end);
    let near = c.scan.token(c.at).is_some_and(|token| matches!(token.gap, Gap::None | Gap::Hyphen));
    if let Some(end) = end.filter(|_| near && c.scan.longest(c.at, &[Kind::Am, Kind::Pm]).is_none()) {
        c.at = end;
    }
    Some(day)
}

/// Takes a month's name, even one that means something else too.
fn any_month(c: &mut Cursor<'_>) -> Option<i32> {
    c.value(Kind::Month).or_else(|| c.value(Kind::MonthPerhaps)).map(|month| month as i32)
}

/// Whether what was read is a time, an amount or a length, because of what follows it.
fn is_hour_or_amount(c: &Cursor<'_>) -> bool {
    const OTHERS: [Kind; 11] = [
        Kind::Part,
        Kind::Clock,
        Kind::Am,
        Kind::Pm,
        Kind::Span,
        Kind::Currency,
        Kind::Cent,
        Kind::Percent,
        Kind::PartOf,
        Kind::Option,
        Kind::MinuteWord,
    ];
    let marked = c.glued() && matches!(c.shape(), Some(Shape::Mark(':' | '/' | ',')));
    marked || (!c.parted() && c.scan.longest(c.at, &OTHERS).is_some())
}
