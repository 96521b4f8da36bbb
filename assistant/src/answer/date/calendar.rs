//! Which day is meant by what leaves the year, the month or the week open.

use super::Day;
use crate::civil::{day_number, days_later, months_later};
use crate::language::Holiday;
use jiff::civil::Date;

/// A day without its year that lies further back is meant for next year.
const PAST_DAYS_MAX: i32 = 183;
/// A day that has just passed may be meant as well as the next one of its kind.
const JUST_PASSED_DAYS: i32 = 60;
/// The same for a day of the month.
const JUST_PASSED_IN_MONTH_DAYS: i32 = 3;

/// So many days later.
pub fn shift(date: Date, days: i32) -> Option<Date> {
    days_later(date, days.into())
}

/// So many months later, at the month's end where it has no such day.
pub fn shift_months(date: Date, months: i32) -> Option<Date> {
    months_later(date, months.into())
}

/// How many days the other one is later.
pub fn days_until(from: Date, to: Date) -> i32 {
    i32::try_from(day_number(to) - day_number(from)).unwrap_or(i32::MAX)
}

/// A day of the calendar, if it exists.
pub fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day of the week, Monday is 1.
pub fn weekday_of(date: Date) -> i32 {
    i32::from(date.weekday().to_monday_one_offset())
}

/// The Monday of the week.
pub fn monday_of(date: Date) -> Option<Date> {
    shift(date, 1 - weekday_of(date))
}

/// A year of two digits: the century in which it is nearest, birthdays rather than plans.
pub fn full_year(digits: i32, today: Date) -> i32 {
    const AHEAD_YEARS_MAX: i32 = 20;
    let this = i32::from(today.year());
    let year = this - this % 100 + digits;
    if year > this + AHEAD_YEARS_MAX { year - 100 } else { year }
}

/// A month and day without a year: this year's (`watsonx.md` 1.6), next year's when that is long past.
pub fn in_some_year(month: i32, day: i32, today: Date) -> Option<Day> {
    let year = i32::from(today.year());
    let near = |years: [i32; 4]| years.into_iter().find_map(|more| day_of(year + more, month, day));
    // A leap day may be years away.
    let next = near([0, 1, 2, 3]).filter(|date| *date >= today).or_else(|| near([1, 2, 3, 4]))?;
    let past = near([0, -1, -2, -3]).filter(|date| *date < today).or_else(|| near([-1, -2, -3, -4]))?;
    let this_year = past.year() == today.year();
    let ago = days_until(past, today);
    Some(match this_year && ago <= PAST_DAYS_MAX {
        true => Day { other: Some(next), ask: true, ..Day::sure(past) },
        false => Day { other: Some(past), ask: ago <= JUST_PASSED_DAYS, ..Day::sure(next) },
    })
}

/// A day of the month: the next one.
pub fn in_some_month(day: i32, today: Date) -> Option<Day> {
    let in_month = |more: i32| {
        let month = shift_months(today.first_of_month(), more)?;
        day_of(month.year().into(), month.month().into(), day)
    };
    let next = [0, 1, 2].into_iter().filter_map(in_month).find(|date| *date >= today)?;
    let past = [0, -1, -2].into_iter().filter_map(in_month).find(|date| *date < today)?;
    let ask = days_until(past, today) <= JUST_PASSED_IN_MONTH_DAYS;
    Some(Day { other: Some(past), ask, ..Day::sure(next) })
}

/// A day of feast: the next one.
pub fn next_holiday(holiday: Holiday, today: Date) -> Option<Day> {
    let year = i32::from(today.year());
    let near = |years: [i32; 2]| years.into_iter().filter_map(|more| holiday_in(holiday, year + more));
    let next = near([0, 1]).find(|date| *date >= today)?;
    let past = near([0, -1]).find(|date| *date < today)?;
    let ask = days_until(past, today) <= JUST_PASSED_IN_MONTH_DAYS;
    Some(Day { other: Some(past), ask, ..Day::sure(next) })
}

/// The first, second, … or with -1 the last of a day of the week in the month that begins with a day.
fn nth_weekday_of(first: Date, weekday: i32, nth: i32) -> Option<Date> {
    let last = first.last_of_month();
    let day = match nth {
        1.. => shift(first, (weekday - weekday_of(first)).rem_euclid(7) + 7 * (nth - 1)),
        _ => shift(last, 7 * (nth + 1) - (weekday_of(last) - weekday).rem_euclid(7)),
    };
    day.filter(|day| nth != 0 && (first..=last).contains(day))
}

/// A day of feast in a year.
pub fn holiday_in(holiday: Holiday, year: i32) -> Option<Date> {
    match holiday {
        Holiday::Fixed { month, day } => day_of(year, month.into(), day.into()),
        Holiday::Easter { days, eastern } => shift(easter(year, eastern)?, days),
        Holiday::Nth { month, weekday, nth } => {
            nth_weekday_of(day_of(year, month.into(), 1)?, weekday.into(), nth.into())
        }
    }
}

/// Easter Sunday: by the rule of Gauss for the Julian calendar, by its Gregorian correction for the western one.
fn easter(year: i32, eastern: bool) -> Option<Date> {
    let golden = year % 19;
    if eastern {
        let moon = (19 * golden + 15) % 30;
        let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
        let days = moon + sunday + 114;
        // The Julian calendar lags behind by 13 days until 2100, and by one more in most centuries.
        let lag = year / 100 - year / 400 - 2;
        return shift(day_of(year, days / 31, days % 31 + 1)?, lag);
    }
    let century = year / 100;
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 100 % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    day_of(year, days / 31, days % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::date_text;

    #[test]
    fn easter_falls_on_its_day() {
        for (year, western, eastern) in [
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2026, "2026-04-05", "2026-04-12"),
            (2027, "2027-03-28", "2027-05-02"),
            (2038, "2038-04-25", "2038-04-25"),
        ] {
            assert_eq!(easter(year, false).map(date_text).as_deref(), Some(western));
            assert_eq!(easter(year, true).map(date_text).as_deref(), Some(eastern));
        }
    }
}
