//! Amounts of money and percentages: `$10.00`, `10,50 €`, `20 cents`, `полторы тысячи рублей`, `15 pour cent`.

use super::cursor::Cursor;
use super::deny::NUMBERS_REACH;
use super::find::{self, Found};
use super::number;
use super::scan::Scan;
use crate::language::Kind;
use crate::language::tokens::Shape;

/// An amount of money that somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// How much.
    pub amount: f64,
    /// Of what; empty when nobody could say.
    pub currency: String,
}

/// The amounts of money in an utterance.
pub fn all(scan: &Scan<'_>) -> Vec<Found<Money>> {
    find::all(scan, &[sign_first, amount_first, cents], NUMBERS_REACH)
}

/// The percentages in an utterance.
pub fn percents(scan: &Scan<'_>) -> Vec<Found<f64>> {
    find::all(scan, &[percent_after, percent_before], NUMBERS_REACH)
}

/// `$10`, `-€5`, `EUR 20`, `$20 USD`.
fn sign_first(c: &mut Cursor<'_>) -> Option<Money> {
    let minus = minus(c);
    let code = c.value(Kind::Currency)?;
    let minus = minus || minus_mark(c);
    let amount = number::quantity(c)?.value?;
    let scale = if c.glued() { c.value(Kind::MoneyScale) } else { None };
    let amount = amount * scale.unwrap_or(1.0);
    let code = c.value(Kind::Currency).unwrap_or(code);
    Some(money(c, amount, minus, code))
}

/// `10 €`, `five dollars and twenty cents`, `5€50`, `5 euros 50`, `un millón de pesos`.
fn amount_first(c: &mut Cursor<'_>) -> Option<Money> {
    let minus = minus(c);
    let amount = amount(c)?;
    c.skip(&[Kind::Of, Kind::Article]);
    let code = c.value(Kind::Currency)?;
    let cents = c.attempt(cents_after).map(|cents| f64::from(cents) / 100.0);
    let more = cents.or_else(|| c.attempt(number::and_fraction));
    Some(money(c, amount + more.unwrap_or(0.0), minus, code))
}

/// `20 cents`
fn cents(c: &mut Cursor<'_>) -> Option<Money> {
    let minus = minus(c);
    let amount = amount(c)?;
    let code = c.value(Kind::Cent)?;
    Some(money(c, amount / 100.0, minus, code))
}

fn cents_after(c: &mut Cursor<'_>) -> Option<i32> {
    let joined = c.take(Kind::And);
    let two_digits = c.scan.tokens.text(c.at..c.at + 1).len() == 2 && c.shape() == Some(Shape::Digits);
    (!c.parted()).then_some(())?;
    let cents = c.whole(1, 99)?;
    let named = c.take(Kind::Cent);
    let alone =
        (!joined || c.parted()) && (two_digits || cents >= 10) && (c.parted() || c.scan.is_thing(c.at));
    (named || alone).then_some(cents)
}

/// Takes a number, or an article for one.
fn amount(c: &mut Cursor<'_>) -> Option<f64> {
    (!number::in_name(c)).then_some(())?;
    match c.attempt(number::quantity) {
        Some(number) => number.value,
        None => c.take(Kind::Article).then_some(1.0),
    }
}

fn money(c: &Cursor<'_>, amount: f64, minus: bool, code: f64) -> Money {
    let amount = if minus { -amount } else { amount };
    Money { amount, currency: c.scan.locale.currency(code) }
}

fn percent_after(c: &mut Cursor<'_>) -> Option<f64> {
    let percent = number::signed(c)?.value?;
    // `half a percent`
    c.skip(&[Kind::Article]);
    c.take(Kind::Percent).then_some(percent)
}

fn percent_before(c: &mut Cursor<'_>) -> Option<f64> {
    c.take(Kind::Percent).then_some(())?;
    c.glued().then(|| number::quantity(c)?.value)?
}

fn minus(c: &mut Cursor<'_>) -> bool {
    c.take(Kind::Minus) || (!c.glued() && minus_mark(c))
}

fn minus_mark(c: &mut Cursor<'_>) -> bool {
    let found = c.shape() == Some(Shape::Mark('-'));
    c.at += usize::from(found);
    found
}
