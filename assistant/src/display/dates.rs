//! Dates and times by pattern: letters as in Java's `SimpleDateFormat`.

use super::Locale;
use crate::definition::DateStyle;
use crate::evaluate::Failed;
use crate::limits::PATTERN_BYTES_MAX;
use jiff::civil::DateTime;

/// The clock that dates and times are told by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock<'a> {
    /// Name of its time zone.
    pub zone: &'a str,
    /// How many minutes it is ahead of Greenwich.
    pub minutes_ahead: i64,
}

/// A date in one of the settings' styles.
pub fn in_style(at: DateTime, style: DateStyle, locale: &Locale) -> String {
    let pattern = match style {
        DateStyle::Short => locale.dates[0],
        DateStyle::Medium => locale.dates[1],
        DateStyle::Long => locale.dates[2],
        DateStyle::Full => locale.dates[3],
        DateStyle::YearMonthDayShort => "yy/MM/dd",
        DateStyle::YearMonthDay => "yyyy/MM/dd",
    };
    known(pattern, at, locale)
}

/// By one of our own patterns, which have no mistakes.
pub fn known(pattern: &str, at: DateTime, locale: &Locale) -> String {
    in_pattern(pattern, at, locale, Clock::default()).unwrap_or_default()
}

/// By an author's pattern: `EEEE d. MMMM yyyy 'at' HH:mm`. The week's year `Y` is taken for the year, which is what its
/// writers mean.
pub fn in_pattern(pattern: &str, at: DateTime, locale: &Locale, clock: Clock<'_>) -> Result<String, Failed> {
    if pattern.len() > PATTERN_BYTES_MAX {
        return Err(Failed(format!("a date's pattern can have {PATTERN_BYTES_MAX} bytes")));
    }
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(&rest[1..], &mut out)?;
        } else if first.is_ascii_alphabetic() {
            let after = rest.trim_start_matches(first);
            letters(first, rest.len() - after.len(), at, locale, clock, &mut out)?;
            rest = after;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(out)
}

/// Takes words in quotes; two quotes are one, inside and outside.
fn quoted<'a>(mut rest: &'a str, out: &mut String) -> Result<&'a str, Failed> {
    if let Some(after) = rest.strip_prefix('\'') {
        out.push('\'');
        return Ok(after);
    }
    loop {
        let Some((words, after)) = rest.split_once('\'') else {
            return Err(Failed("a quote in a date's pattern is not closed".to_owned()));
        };
        out.push_str(words);
        match after.strip_prefix('\'') {
            Some(more) => {
                out.push('\'');
                rest = more;
            }
            None => return Ok(after),
        }
    }
}

/// One letter, so many times.
fn letters(
    letter: char,
    count: usize,
    at: DateTime,
    locale: &Locale,
    clock: Clock<'_>,
    out: &mut String,
) -> Result<(), Failed> {
    let names = locale.names;
    let word = match letter {
        'M' | 'L' if count > 2 => name(names.months, names.months_short, count, at.month() - 1),
        'E' => {
            let day = at.weekday().to_monday_zero_offset();
            name(names.weekdays, names.weekdays_short, count, day)
        }
        'a' => names.half_days[usize::from(at.hour() >= 12)],
        'G' => ["BC", "AD"][usize::from(at.year() > 0)],
        'z' => clock.zone,
        _ => return figures(letter, count, at, clock, out),
    };
    out.push_str(word);
    Ok(())
}

/// One letter that stands for a number, so many times.
fn figures(
    letter: char,
    count: usize,
    at: DateTime,
    clock: Clock<'_>,
    out: &mut String,
) -> Result<(), Failed> {
    let number = match letter {
        'y' | 'Y' if count == 2 => i64::from(at.year().rem_euclid(100)),
        'y' | 'Y' => i64::from(at.year()),
        'M' | 'L' => i64::from(at.month()),
        'd' => i64::from(at.day()),
        'D' => i64::from(at.date().day_of_year()),
        'u' => i64::from(at.weekday().to_monday_one_offset()),
        'w' => i64::from(at.date().iso_week_date().week()),
        'H' => i64::from(at.hour()),
        'k' => i64::from((at.hour() + 23) % 24 + 1),
        'K' => i64::from(at.hour() % 12),
        'h' => i64::from((at.hour() + 11) % 12 + 1),
        'm' => i64::from(at.minute()),
        's' => i64::from(at.second()),
        'S' => i64::from(at.subsec_nanosecond() / 1_000_000),
        'Z' | 'X' => {
            offset(letter, count, clock.minutes_ahead, out);
            return Ok(());
        }
        _ => {
            return Err(Failed(format!("`{letter}` means nothing in a date's pattern: put words in quotes")));
        }
    };
    padded(number, count, out);
    Ok(())
}

/// The long or the short name, out of names in a row.
fn name(long: &'static str, short: &'static str, count: usize, index: i8) -> &'static str {
    let row = if count > 3 { long } else { short };
    row.split(' ').nth(usize::try_from(index).unwrap_or(0)).unwrap_or("")
}

fn offset(letter: char, count: usize, minutes: i64, out: &mut String) {
    if letter == 'X' && minutes == 0 {
        return out.push('Z');
    }
    out.push(if minutes < 0 { '-' } else { '+' });
    padded(minutes.abs() / 60, 2, out);
    if letter == 'X' && count == 3 {
        out.push(':');
    }
    if letter == 'Z' || count > 1 {
        padded(minutes.abs() % 60, 2, out);
    }
}

fn padded(number: i64, width: usize, out: &mut String) {
    let text = number.to_string();
    out.extend(std::iter::repeat_n('0', width.saturating_sub(text.len())));
    out.push_str(&text);
}
