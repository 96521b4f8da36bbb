//! Numbers, in numerals or words, with fractions and signs: `-2.5`, `two and a half`, `минус полтора`.

use super::count::Count;
use super::cursor::Cursor;
use super::deny::NUMBERS_REACH;
use super::find::Found;
use super::scan::Scan;
use super::sure::Sure;
use crate::language::Kind;
use crate::language::tokens::{Gap, Shape};
use crate::number::{number_text, read_float};

/// What stands before a `one` that is a thing described: `the red one`, `next one`.
const BEFORE_PRONOUN: [Kind; 8] = [
    Kind::The,
    Kind::Article,
    Kind::This,
    Kind::Next,
    Kind::Last,
    Kind::Ordinal,
    Kind::OrdinalEnd,
    Kind::FromEnd,
];

/// A number that somebody said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The number; `None` for a numeral that cannot be read.
    pub value: Option<f64>,
    /// How sure it is that a number is meant: less of an article and a lone `half`, least of `3rd` and `the one`.
    pub sure: Sure,
    /// Whether it is a part of a whole: `half`, `three quarters`.
    pub part: bool,
}

impl Number {
    fn sure(value: f64) -> Self {
        Self { value: Some(value), sure: Sure::Yes, part: false }
    }
}

/// The numbers of an utterance.
pub fn all(scan: &Scan<'_>) -> Vec<Found<Number>> {
    super::find::all(scan, &[signed], NUMBERS_REACH)
}

/// Takes a number with its sign.
pub fn signed(c: &mut Cursor<'_>) -> Option<Number> {
    (!in_name(c)).then_some(())?;
    let minus = minus(c);
    let number = quantity(c)?;
    // Adding zero turns a negative zero into zero.
    let sign = if minus { -1.0 } else { 1.0 };
    Some(Number { value: number.value.map(|value| sign * value + 0.0), ..number })
}

/// Whether digits are written to letters that do not count, as in `h2o` and `1e5`; `eur20`, `x5` and `5kg` are no names.
pub fn in_name(c: &Cursor<'_>) -> bool {
    let is = |at: usize, shape: Shape| {
        c.scan.token(at).is_some_and(|token| token.shape == shape && token.gap == Gap::None)
    };
    let digits = c.shape() == Some(Shape::Digits);
    let word =
        digits && c.glued() && c.at > 0 && c.scan.token(c.at - 1).map(|t| t.shape) == Some(Shape::Word);
    let counts = c.scan.is_after(c.at, &[Kind::Currency, Kind::Option, Kind::Percent])
        || (word && c.scan.tokens.text(c.at - 1..c.at) == "x");
    (word && !counts) || (digits && is(c.at + 1, Shape::Word) && is(c.at + 2, Shape::Digits))
}

/// Takes a number without a sign.
pub fn quantity(c: &mut Cursor<'_>) -> Option<Number> {
    let forms = [mixed, fraction, with_unit, whole_and_more, place];
    forms.into_iter().find_map(|form| c.attempt(form))
}

/// Takes a whole number or numeral, and what is added to it.
fn whole_and_more(c: &mut Cursor<'_>) -> Option<Number> {
    let start = c.at;
    let count = c.count().filter(|count| !count.ordinal)?;
    let Some(value) = count.value else { return Some(Number { value: None, sure: Sure::Yes, part: false }) };
    if let Some(decimals) = c.attempt(decimals) {
        return read_float(&(number_text(value) + &decimals)).map(Number::sure);
    }
    let more = c.attempt(and_fraction);
    let sure = if more.is_some() { Sure::Yes } else { sureness(c, start, &count)? };
    let value = value + more.unwrap_or(0.0) * count.unit;
    // `two and a half million`
    let value = value * more.and_then(|_| c.value(Kind::Scale)).unwrap_or(1.0);
    let sign = value < 1.0 && value > 0.0 && count.end == start + 1 && !count.numeral;
    Some(Number { value: Some(value), sure, part: sign })
}

/// How sure it is that a count is a number, and no pronoun or article: `the red one`, `quiero una bici`.
fn sureness(c: &Cursor<'_>, start: usize, count: &Count) -> Option<Sure> {
    let parted = c.scan.token(start).is_none_or(|token| token.gap == Gap::Break);
    if count.article {
        let only = parted || c.scan.is_after(start, &[Kind::Only, Kind::On, Kind::LinkBefore]);
        return (only || !c.scan.is_thing(c.at)).then_some(Sure::Asked);
    }
    if parted
        || c.scan.sense(start, Kind::Option) != Some((0.0, c.at))
        || c.shape_at(start) != Some(Shape::Word)
    {
        return Some(Sure::Yes);
    }
    let described = c.scan.is_thing_before(start)
        || c.scan.is_after(start, &BEFORE_PRONOUN[1..])
        || c.scan.is_after(start - 1, &BEFORE_PRONOUN);
    let the = c.scan.is_after(start, &BEFORE_PRONOUN[..1]);
    (!described).then_some(if the { Sure::Alone } else { Sure::Yes })
}

/// Takes `3rd`. Written out, a place in an order is no number.
fn place(c: &mut Cursor<'_>) -> Option<Number> {
    let count = c.count().filter(|count| count.ordinal && count.numeral)?;
    // `the 2nd one`
    c.scan.sense(c.at, Kind::Option).is_none().then_some(())?;
    Some(Number { value: Some(count.value?), sure: Sure::Alone, part: false })
}

/// Takes `half`, `a quarter`, `three quarters`, `half a million`, `half a dozen`; alone no word for a place in an order:
/// `third`.
fn fraction(c: &mut Cursor<'_>) -> Option<Number> {
    let start = c.at;
    let article = c.scan.sense(start, Kind::Article).is_some();
    let place = c.scan.longest(c.at, &[Kind::PartOf, Kind::Ordinal]).map(|(_, end)| end);
    let place = place.is_some() && place == c.scan.sense(c.at, Kind::Ordinal).map(|(_, end)| end);
    let (part, counted) = part(c)?;
    let scaled = c.attempt(|c| {
        c.take(Kind::Article);
        c.value(Kind::Scale)
    });
    let alone = (!counted || article) && scaled.is_none();
    // The number in `kilo y medio` is another one.
    (!alone || start == 0 || !c.scan.is_after(start, &[Kind::And])).then_some(())?;
    (!place || counted || scaled.is_some()).then_some(())?;
    let sure = if alone { Sure::Asked } else { Sure::Yes };
    Some(Number { value: Some(part * scaled.unwrap_or(1.0)), sure, part: scaled.is_none() })
}

/// Takes `an hour and a half`, `dos horas y media`, `un kilo et demi`.
fn with_unit(c: &mut Cursor<'_>) -> Option<Number> {
    let count = match c.attempt(|c| c.whole(1, 999)) {
        Some(count) => count,
        None => c.take(Kind::Article).then_some(1)?,
    };
    let thing = c.scan.is_thing(c.at);
    c.at += usize::from(thing);
    (thing || c.take(Kind::Span)).then_some(())?;
    let more = and_fraction(c)?;
    Some(Number::sure(f64::from(count) + more))
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
    let value = whole.unwrap_or(0.0) + f64::from(above) / f64::from(below);
    usual.then(|| Number { part: whole.is_none(), ..Number::sure(value) })
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
