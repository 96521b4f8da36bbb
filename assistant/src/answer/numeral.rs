//! Numerals with the separators that languages write: `1,500.25`, `1.500,25`, `1 500,25`, `1'500.25`.

use super::scan::Scan;
use crate::language::tokens::{Gap, Shape};
use crate::limits::NUMBER_DIGITS_MAX;
use crate::number::read_float;

/// A numeral.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// What it says; `None` when it cannot be read, as `3.5.2`.
    pub value: Option<f64>,
    /// The place after it.
    pub end: usize,
}

/// The numeral that begins at a place.
pub fn at(scan: &Scan<'_>, at: usize) -> Option<Numeral> {
    let shape = |at: usize| scan.token(at).map(|token| token.shape);
    let glued = |at: usize| scan.token(at).is_some_and(|token| token.gap == Gap::None);
    let digits = |at: usize| scan.tokens.text(at..at + 1);
    let point = scan.locale.decimal_point();
    if let (Some(Shape::Mark('.' | ',')), Some(Shape::Digits), true) =
        (shape(at), shape(at + 1), glued(at + 1))
    {
        return Some(Numeral { value: read_float(&format!("0.{}", digits(at + 1))), end: at + 2 });
    }
    (shape(at)? == Shape::Digits).then_some(())?;
    let (mut text, mut end) = (digits(at).to_owned(), at + 1);
    loop {
        let inner = matches!(shape(end), Some(Shape::Mark('.' | ',' | '\'' | '’' | '+')));
        if inner && glued(end) && shape(end + 1) == Some(Shape::Digits) && glued(end + 1) {
            text.push_str(digits(end));
            text.push_str(digits(end + 1));
            end += 2;
        } else if shape(end) == Some(Shape::Digits) && groups_on(scan, end) && in_groups(&text) {
            text.push(' ');
            text.push_str(digits(end));
            end += 1;
        } else {
            return Some(Numeral { value: value_of(&text, if point { '.' } else { ',' }), end });
        }
    }
}

/// Whether an amount is written somewhere with three digits behind a decimal mark: `$10.999`. Nobody pays thousandths, so it
/// may be another country's way to write thousands.
pub fn has_thousandths(scan: &Scan<'_>) -> bool {
    let shape = |at: usize| scan.token(at).map(|token| token.shape);
    let glued = |at: usize| scan.token(at).is_some_and(|token| token.gap == Gap::None);
    let digits = |at: usize| if shape(at) == Some(Shape::Digits) { scan.tokens.text(at..at + 1) } else { "" };
    let mark = |at: usize| glued(at) && matches!(shape(at), Some(Shape::Mark('.' | ',' | '\'' | '’')));
    let decimal = if scan.locale.decimal_point() { '.' } else { ',' };
    (0..scan.len()).any(|at| {
        let alone = at == 0 || !glued(at) || !mark(at - 1);
        let ends = !(mark(at + 3) && glued(at + 4) && !digits(at + 4).is_empty());
        let three = glued(at + 2) && digits(at + 2).len() == 3;
        let whole = !digits(at).is_empty() && !digits(at).starts_with('0');
        whole && alone && mark(at + 1) && shape(at + 1) == Some(Shape::Mark(decimal)) && three && ends
    })
}

/// Whether three digits belong to the numeral before the space.
fn groups_on(scan: &Scan<'_>, at: usize) -> bool {
    let spaced = scan.token(at).is_some_and(|token| matches!(token.gap, Gap::Thin | Gap::Space));
    spaced && scan.tokens.text(at..at + 1).len() == 3
}

fn in_groups(text: &str) -> bool {
    let mut groups = text.split(' ');
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    groups.next().is_some_and(|first| first.len() <= 3 && digits(first)) && groups.all(digits)
}

fn value_of(numeral: &str, decimal: char) -> Option<f64> {
    let marks: Vec<(usize, char)> = numeral.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let last = marks.last().copied();
    let fraction_at = last.filter(|(at, mark)| {
        let alone = marks.iter().filter(|(_, other)| other == mark).count() == 1;
        let grouped = marks.len() > 1 && marks[0].1 != *mark;
        let three = numeral.len() - at - mark.len_utf8() == 3;
        // Nobody writes 0.500 for five hundred.
        let apostrophe = marks.len() == 1 && matches!(mark, '\'' | '’') && !three;
        let nought = marks.len() == 1 && numeral.starts_with('0');
        let decimals = *mark == decimal;
        apostrophe || (matches!(mark, '.' | ',') && alone && (grouped || nought || !three || decimals))
    });
    // Whether `10.000` is ten or ten thousand, nobody could say where the point is a decimal one.
    let whole_or_thousands = |(at, mark): (usize, char)| {
        marks.len() == 1 && mark == decimal && at > 0 && !numeral.starts_with('0')
    };
    if numeral.ends_with("000")
        && fraction_at.is_some_and(|last| numeral.len() - last.0 == 4 && whole_or_thousands(last))
    {
        return None;
    }
    let (whole, fraction) = match fraction_at {
        Some((at, mark)) => (&numeral[..at], &numeral[at + mark.len_utf8()..]),
        None => (numeral, ""),
    };
    let digits = whole_digits(whole)?;
    if digits.len() + fraction.len() > NUMBER_DIGITS_MAX {
        return None;
    }
    read_float(&format!("{digits}.{fraction}0"))
}

/// The digits of a whole number, whose marks must part it into thousands.
fn whole_digits(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let in_thousands =
        groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    in_thousands.then(|| groups.concat())
}
