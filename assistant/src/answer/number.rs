//! Numbers, in numerals or words, with fractions and signs: `-2.5`, `two and a half`, `минус полтора`.

use super::cursor::Cursor;
use super::find::Found;
use super::scan::Scan;
use crate::language::Kind;
use crate::language::tokens::{Gap, Shape};
use crate::number::{number_text, read_float};

/// A number that somebody said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The number; `None` for a numeral that cannot be read.
    pub value: Option<f64>,
    /// Whether it may be none: an article, or a lone `half`.
    pub perhaps: bool,
}

/// The numbers of an utterance.
pub fn all(scan: &Scan<'_>) -> Vec<Found<Number>> {
    super::find::all(scan, &[signed])
}

/// Takes a number with its sign.
pub fn signed(c: &mut Cursor<'_>) -> Option<Number> {
    let minus = minus(c);
    let number = quantity(c)?;
    // Adding zero turns a negative zero into zero.
    let sign = if minus { -1.0 } else { 1.0 };
    Some(Number { value: number.value.map(|value| sign * value + 0.0), ..number })
}

/// Takes a number without a sign.
pub fn quantity(c: &mut Cursor<'_>) -> Option<Number> {
    let forms = [mixed, fraction, with_unit, whole_and_more];
    forms.into_iter().find_map(|form| c.attempt(form))
}

/// Takes a whole number or numeral, and what is added to it.
fn whole_and_more(c: &mut Cursor<'_>) -> Option<Number> {
    let count = c.count().filter(|count| !count.ordinal)?;
    let Some(value) = count.value else { return Some(Number { value: None, perhaps: false }) };
    if let Some(decimals) = c.attempt(decimals) {
        return Some(Number { value: read_float(&(number_text(value) + &decimals)), perhaps: false });
    }
    let more = c.attempt(and_fraction);
    let value = value + more.unwrap_or(0.0) * count.unit;
    // `two and a half million`
    let value = value * more.and_then(|_| c.value(Kind::Scale)).unwrap_or(1.0);
    Some(Number { value: Some(value), perhaps: count.article && more.is_none() })
}

/// Takes `half`, `a quarter`, `three quarters`, `half a million`, `half a dozen`.
fn fraction(c: &mut Cursor<'_>) -> Option<Number> {
    let (part, counted) = part(c)?;
    let scaled = c.attempt(|c| {
        c.take(Kind::Article);
        c.value(Kind::Scale)
    });
    let alone = !counted && scaled.is_none();
    (part >= 0.5 || counted || scaled.is_some()).then_some(())?;
    Some(Number { value: Some(part * scaled.unwrap_or(1.0)), perhaps: alone })
}

/// Takes `an hour and a half`, `dos horas y media`.
fn with_unit(c: &mut Cursor<'_>) -> Option<Number> {
    let count = match c.attempt(|c| c.whole(1, 999)) {
        Some(count) => count,
        None => c.take(Kind::Article).then_some(1)?,
    };
    c.take(Kind::Span).then_some(())?;
    let more = and_fraction(c)?;
    Some(Number { value: Some(f64::from(count) + more), perhaps: false })
}

/// Takes what is added to a number or an hour: `and a half`, `y cuarto`, `с половиной`, `½`.
pub fn and_fraction(c: &mut Cursor<'_>) -> Option<f64> {
    if let Some(plus) = c.value(Kind::Plus) {
        return Some(plus);
    }
    if let Some(sign) = c.value(Kind::Number).filter(|value| *value < 1.0) {
        return Some(sign);
    }
    c.take(Kind::And).then_some(())?;
    part(c).map(|(part, _)| part)
}

/// Takes a part of one, and tells whether it was counted.
pub fn part(c: &mut Cursor<'_>) -> Option<(f64, bool)> {
    c.attempt(|c| {
        let count = c.attempt(|c| c.whole(1, 99));
        let article = count.is_none() && c.take(Kind::Article);
        let of = c.value(Kind::PartOf)?;
        Some((f64::from(count.unwrap_or(1)) / of, count.is_some() || article))
    })
}

/// Takes `1 1/2`, `1/2`.
fn mixed(c: &mut Cursor<'_>) -> Option<Number> {
    const USUAL: [(i32, i32); 5] = [(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)];
    let whole = c.attempt(|c| {
        let (whole, _) = c.digits()?;
        let near = c.scan.token(c.at).is_some_and(|token| token.gap != Gap::Break && token.gap != Gap::None);
        (near && c.shape() == Some(Shape::Digits)).then_some(f64::from(whole))
    });
    let (above, _) = c.digits()?;
    c.mark('/').then_some(())?;
    let (below, _) = c.glued_digits()?;
    let ends = !(c.glued() && matches!(c.shape(), Some(Shape::Mark('/' | '.' | ','))));
    let usual = USUAL.contains(&(above, below)) && ends;
    usual.then(|| Number {
        value: Some(whole.unwrap_or(0.0) + f64::from(above) / f64::from(below)),
        perhaps: false,
    })
}

/// Takes `point one four`, as text.
fn decimals(c: &mut Cursor<'_>) -> Option<String> {
    const DIGITS_MAX: usize = 12;
    c.take(Kind::Point).then_some(())?;
    let mut text = String::from(".");
    while let Some(count) = c.scan.count(c.at).filter(|count| !count.ordinal && !c.parted()) {
        let Some(value) = count.value.filter(|v| v.fract() == 0.0 && *v < 1000.0) else { break };
        if text.len() > DIGITS_MAX || (value >= 10.0 && text.len() > 1) {
            break;
        }
        text.push_str(&number_text(value));
        c.at = count.end;
    }
    (text.len() > 1).then_some(text)
}

/// Takes a minus. It stands before the number, and not between it and a word or another number.
fn minus(c: &mut Cursor<'_>) -> bool {
    if c.take(Kind::Minus) {
        return true;
    }
    let sign = c.shape() == Some(Shape::Mark('-')) && !c.glued();
    let near = c.scan.token(c.at + 1).is_some_and(|token| token.gap == Gap::None);
    c.at += usize::from(sign && near);
    sign && near
}
