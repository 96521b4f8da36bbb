//! Days as people write them: in figures with `-`, `/` or `.` between, or with the month's English name.

use crate::workflow::definition::DateOrder;
use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day; `None` when it is none. One without a year is in today's.
pub fn read(text: &str, order: DateOrder, today: Date) -> Option<Date> {
    let text = text.to_lowercase();
    if text.contains(char::is_alphabetic) {
        with_a_name(&text, today)
    } else {
        in_figures(&text, order, today)
    }
}

/// The year comes first when it has four digits, else last. Between points, days come before months everywhere.
fn in_figures(text: &str, order: DateOrder, today: Date) -> Option<Date> {
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    if let [year, month, day] = parts[..]
        && year.len() == "2026".len()
    {
        return day_of(Some(year), month, day, today);
    }
    let (first, second, year) = match parts[..] {
        [first, second] => (first, second, None),
        // A point may end a day without a year: `24.12.`
        [first, second, year] => {
            (first, second, Some(year).filter(|year| separator != '.' || !year.is_empty()))
        }
        _ => return None,
    };
    match (order, separator) {
        (DateOrder::DayFirst, _) | (DateOrder::MonthFirst, '.') => day_of(year, second, first, today),
        (DateOrder::MonthFirst, _) => day_of(year, first, second, today),
    }
}

/// `24 December 2026`, `Dec 24, 2026`, `24th of dec`, `24-Dec-26`.
fn with_a_name(text: &str, today: Date) -> Option<Date> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/');
    let words: Vec<&str> = text.split(between).filter(|word| !word.is_empty() && *word != "of").collect();
    let (first, second, year) = match words[..] {
        [first, second] => (first, second, None),
        [first, second, year] => (first, second, Some(year)),
        _ => return None,
    };
    let (month, day) =
        month_named(first).map(|month| (month, second)).or_else(|| Some((month_named(second)?, first)))?;
    day_of(year, &month.to_string(), without_ending(day), today)
}

fn month_named(word: &str) -> Option<usize> {
    let named = |month: &&str| *month == word || (word.len() >= "dec".len() && month.starts_with(word));
    MONTHS.iter().position(named).map(|place| place + 1)
}

fn without_ending(day: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day)
}

fn day_of(year: Option<&str>, month: &str, day: &str, today: Date) -> Option<Date> {
    let year = year.map_or(Some(today.year()), read_year)?;
    Date::new(year, read_two(month)?, read_two(day)?).ok()
}

/// Two digits mean the years from 1969 to 2068, as in other programs.
fn read_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    match (text.len(), year) {
        (2, 0..=68) => Some(2_000 + year),
        (2, _) => Some(1_900 + year),
        (4, _) => Some(year),
        _ => None,
    }
}

fn read_two(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_every_listed_way() {
        for text in [
            "2026-12-24",
            "2026/12/24",
            "2026/12/4",
            "12/24/2026",
            "12-24-2026",
            "12/24/26",
            "12-24-26",
            "12/24",
            "12-24",
            "24.12.2026",
            "24.12.26",
            "24.12.",
            "24 December 2026",
            "December 24, 2026",
            "Dec 24 2026",
            "24-Dec-26",
            "dec 24",
            "24th of December",
            "24th dec, 2026",
        ] {
            let expected = if text == "2026/12/4" { date(2026, 12, 4) } else { date(2026, 12, 24) };
            assert_eq!(read(text, DateOrder::MonthFirst, date(2026, 11, 21)), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_order_decides_where_figures_could_mean_both() {
        let today = date(2026, 11, 21);
        assert_eq!(read("03/04/2026", DateOrder::MonthFirst, today), Some(date(2026, 3, 4)));
        assert_eq!(read("03/04/2026", DateOrder::DayFirst, today), Some(date(2026, 4, 3)));
        assert_eq!(read("03/04/69", DateOrder::DayFirst, today), Some(date(1969, 4, 3)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "tomorrow",
            "24/12/2026",
            "2026-02-30",
            "12/24/2026/1",
            "2026",
            "12//24",
            "12/24/",
            "12.24.2026",
            "12/24/126",
            "may",
            "24 24 2026",
            "+1/+2/2026",
            "12/24-2026",
            "24 de 2026",
            "ma 24",
        ] {
            assert_eq!(read(text, DateOrder::MonthFirst, date(2026, 11, 21)), None, "{text}");
        }
    }
}
