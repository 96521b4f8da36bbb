//! Numbers, amounts of money and percentages. A number that belongs to a day, a time, money or percent counts only where
//! there is no other.

use super::is_all;
use crate::answer::find::{Found, are_linked};
use crate::answer::money::{self, Money};
use crate::answer::number::{self, Number};
use crate::answer::numeral;
use crate::answer::scan::Scan;
use crate::answer::sure::Sure;
use crate::answer::{Bounds, Reading, date, time};
use crate::language::Kind;
use crate::language::tokens::{Gap, Shape};
use crate::value::Value;
use protocol::inspect::Refused;
use std::ops::Range;

/// Reads a number.
pub fn number(bounds: Bounds, scan: &Scan<'_>) -> Reading {
    let claims = claims(scan, &[Claim::Days, Claim::Hours, Claim::Money, Claim::Percents]);
    bare(bounds, scan, (number::all(scan), &claims), Value::Number)
}

/// Reads an amount of money; a bare number is one.
pub fn money(bounds: Bounds, scan: &Scan<'_>) -> Reading {
    if numeral::has_thousandths(scan) {
        return Reading::Refused(Refused::NotOfThisKind);
    }
    let found = money::all(scan);
    if found.is_empty() {
        let claims = claims(scan, &[Claim::Days, Claim::Hours, Claim::Percents]);
        return bare(bounds, scan, (amounts(scan), &claims), bare_money);
    }
    one(found, scan)
        .and_then(|(money, all)| {
            checked(bounds, money.amount)?;
            Ok(plain_if(all, Value::Money { amount: money.amount, currency: money.currency }))
        })
        .unwrap_or_else(Reading::Refused)
}

/// Reads a percentage; a bare number is one, and a part of a whole so many hundredths.
pub fn percent(bounds: Bounds, scan: &Scan<'_>) -> Reading {
    let found = money::percents(scan);
    if found.is_empty() {
        let claims = claims(scan, &[Claim::Days, Claim::Hours, Claim::Money]);
        let mut found = amounts(scan);
        for part in found.iter_mut().filter(|found| found.what.part) {
            part.what.value = part.what.value.map(|value| value * 100.0);
        }
        return bare(bounds, scan, (found, &claims), Value::Percent);
    }
    one(found, scan)
        .and_then(|(percent, all)| {
            checked(bounds, percent)?;
            Ok(plain_if(all, Value::Percent(percent)))
        })
        .unwrap_or_else(Reading::Refused)
}

/// The number that is mentioned.
pub fn number_mentioned(bounds: Bounds, scan: &Scan<'_>) -> Option<Value> {
    bare_mentioned(bounds, scan, |_| true).map(Value::Number)
}

/// The amount of money that is mentioned. A bare number counts where it does not say how many of what follows.
pub fn money_mentioned(bounds: Bounds, scan: &Scan<'_>) -> Option<Value> {
    if numeral::has_thousandths(scan) {
        return None;
    }
    let found = money::all(scan);
    if found.is_empty() {
        return bare_mentioned(bounds, scan, |range| counts_nothing(scan, range)).map(bare_money);
    }
    let (money, _) = one(found, scan).ok()?;
    checked(bounds, money.amount).ok()?;
    Some(Value::Money { amount: money.amount, currency: money.currency })
}

/// The percentage that is mentioned. A bare number counts where it does not say how many of what follows.
pub fn percent_mentioned(bounds: Bounds, scan: &Scan<'_>) -> Option<Value> {
    let found = money::percents(scan);
    if found.is_empty() {
        return bare_mentioned(bounds, scan, |range| counts_nothing(scan, range)).map(Value::Percent);
    }
    let (percent, _) = one(found, scan).ok()?;
    checked(bounds, percent).ok()?;
    Some(Value::Percent(percent))
}

fn bare_money(amount: f64) -> Value {
    Value::Money { amount, currency: String::new() }
}

fn plain_if(all: bool, value: Value) -> Reading {
    if all { Reading::Plain(value) } else { Reading::Inside(value) }
}

/// The numbers that can be an amount, as the article of `einen Zwanziger` is none.
fn amounts(scan: &Scan<'_>) -> Vec<Found<Number>> {
    let mut found = number::all(scan);
    found.retain(|Found { what, range }| what.sure != Sure::Asked || what.part || !scan.is_thing(range.end));
    found
}
/// Reads a bare number.
fn bare(
    bounds: Bounds,
    scan: &Scan<'_>,
    (found, claims): (Vec<Found<Number>>, &[Range<usize>]),
    value: fn(f64) -> Value,
) -> Reading {
    let found = best(found, claims);
    let alone = found.iter().any(|found| found.what.sure == Sure::Alone);
    let mut ranges: Vec<_> = found.iter().map(|found| found.range.clone()).collect();
    ranges.extend(claims.iter().filter(|claim| found.iter().any(|f| overlap(&f.range, claim))).cloned());
    let all = is_all(scan, &ranges);
    if alone && !all {
        return Reading::Refused(Refused::NotOfThisKind);
    }
    if found.iter().any(|found| goes_on(scan, found.range.end)) {
        return Reading::Refused(Refused::SeveralMeant);
    }
    let only = one(found, scan).and_then(|(number, _)| {
        let number = number.value.ok_or(Refused::NotOfThisKind)?;
        checked(bounds, number)?;
        Ok(plain_if(all, value(number)))
    });
    only.unwrap_or_else(Reading::Refused)
}

/// Whether one more is added to what a number counts, or a greater one may be meant: `2 adults and a child`, `2 à 3`; but
/// `2 à 8h` is an hour.
fn goes_on(scan: &Scan<'_>, end: usize) -> bool {
    const HOUR: [Kind; 4] = [Kind::Clock, Kind::Part, Kind::Am, Kind::Pm];
    let link = scan.sense(end, Kind::LinkPerhaps).and_then(|(_, after)| scan.count(after));
    let range = link.is_some_and(|count| {
        let mark = scan.token(count.end).is_some_and(|token| matches!(token.shape, Shape::Mark(_)));
        !count.article && !mark && scan.longest(count.end, &HOUR).is_none()
    });
    let joined = scan.is_thing(end).then(|| scan.sense(end + 1, Kind::And)).flatten();
    let article = joined.and_then(|(_, after)| scan.sense(after, Kind::Article));
    range || article.is_some_and(|(_, after)| scan.is_thing(after))
}

/// The findings that count: what nothing else claims, else what something does, else what may be no number at all.
fn best(mut found: Vec<Found<Number>>, claims: &[Range<usize>]) -> Vec<Found<Number>> {
    let free = |found: &Found<Number>| !claims.iter().any(|claim| overlap(&found.range, claim));
    found.retain(|found| found.what.sure != Sure::Alone || free(found));
    let rank = |found: &Found<Number>| (found.what.sure, found.what.sure == Sure::Yes && !free(found));
    let best = found.iter().map(rank).min();
    found.into_iter().filter(|found| Some(rank(found)) == best).collect()
}

/// The bare number that is mentioned, if its place satisfies.
fn bare_mentioned(bounds: Bounds, scan: &Scan<'_>, fits: impl Fn(&Range<usize>) -> bool) -> Option<f64> {
    let claims = claims(scan, &[Claim::Days, Claim::Hours, Claim::Money, Claim::Percents]);
    let mut found = number::all(scan);
    found.retain(|found| {
        let free = !claims.iter().any(|claim| overlap(&found.range, claim));
        free && !scan.is_after(found.range.start, &[Kind::Idiom])
            && found.what.sure == Sure::Yes
            && !is_name(scan, found)
            && !is_pronoun(scan, found)
    });
    let range = found.first().map(|found| found.range.clone())?;
    let (number, _) = one(found, scan).ok().filter(|_| fits(&range) && !goes_on(scan, range.end))?;
    number.value.filter(|number| checked(bounds, *number).is_ok())
}

/// Whether a numeral is rather a day or a year, or part of a name or a telephone number: `VR-1042`, `#7`, `0612`.
fn is_name(scan: &Scan<'_>, found: &Found<Number>) -> bool {
    let at = found.range.start;
    let glued = scan.token(at).is_some_and(|token| matches!(token.gap, Gap::None | Gap::Hyphen));
    let text = scan.tokens.text(found.range.clone());
    let digits = scan.token(at).is_some_and(|token| token.shape == Shape::Digits);
    let glued_after =
        scan.token(found.range.end).is_some_and(|t| t.gap == Gap::None && t.shape == Shape::Word);
    let glued_after = glued_after && scan.token(found.range.end + 1).is_some_and(|t| t.gap == Gap::None);
    let year = digits && text.len() == 4 && found.what.value.is_some_and(|v| (1900.0..2100.0).contains(&v));
    let leading_zero =
        digits && text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit()) && text.starts_with('0');
    // `el 5` is rather a day.
    let digits_at = |at: usize| {
        scan.token(at).is_some_and(|token| token.shape == Shape::Digits && token.gap != Gap::Break)
    };
    let groups =
        found.range.len() > 2 && found.range.clone().all(|at| scan.tokens.text(at..at + 1).len() <= 3);
    let spaced = groups && found.range.clone().skip(1).all(digits_at) && !text.ends_with("000");
    let parts =
        digits && (spaced || digits_at(found.range.end) || (at > 0 && digits_at(at) && digits_at(at - 1)));
    let day = digits && scan.is_after(at, &[Kind::The]) && !scan.is_thing(found.range.end);
    glued || glued_after || parts || year || leading_zero || day || scan.is_after(at, &[Kind::Option])
}

/// Whether a lone word for one stands for a thing rather than a number: `I want one`, `quiero uno`. It is a number before
/// what it counts, unless the language has an article there, and after `for`.
fn is_pronoun(scan: &Scan<'_>, found: &Found<Number>) -> bool {
    let Range { start, end } = found.range;
    let word = scan.token(start).is_some_and(|token| token.shape == Shape::Word);
    let one = found.what.value == Some(1.0) && word && end == start + 1;
    let counts = scan.is_thing(end) || scan.sense(end, Kind::Span).is_some();
    let announced = scan.is_after(start, &[Kind::On]);
    let number =
        if scan.locale.language.habits.article_is_one { announced && !counts } else { announced || counts };
    one && !number
}

/// Whether no word stands beside the number that it could count or name: `4 people`, `room 12`.
fn counts_nothing(scan: &Scan<'_>, range: &Range<usize>) -> bool {
    // `for four`
    let named =
        scan.is_after(range.start, &[Kind::On]) || range.start > 0 && scan.is_thing_before(range.start);
    let ends =
        scan.token(range.end).is_none_or(|token| token.gap == Gap::Break || token.shape != Shape::Word);
    !named && (ends || scan.says_nothing(range.end..scan.len().min(range.end + 1)))
}

/// The only value among the findings, and whether the utterance says nothing else.
fn one<T: Clone + PartialEq>(found: Vec<Found<T>>, scan: &Scan<'_>) -> Result<(T, bool), Refused> {
    let first = found.first().ok_or(Refused::NotOfThisKind)?; // `20 à 30 euros`
    let joined = |start: usize, at| scan.sense(at, Kind::LinkPerhaps).is_some_and(|(_, end)| end == start);
    let follows = |start: usize| (0..start).rev().take(2).any(|at| joined(start, at) && scan.is_counted(at));
    let ranges = found.iter().any(|found| follows(found.range.start)) || are_linked(scan, &found);
    if ranges || found.iter().any(|other| other.what != first.what) {
        return Err(Refused::SeveralMeant);
    }
    let ranges: Vec<_> = found.iter().map(|found| found.range.clone()).collect();
    Ok((first.what.clone(), is_all(scan, &ranges)))
}

fn checked(bounds: Bounds, number: f64) -> Result<(), Refused> {
    match bounds {
        Bounds { min: Some(min), .. } if number < min => Err(Refused::TooSmall),
        Bounds { max: Some(max), .. } if number > max => Err(Refused::TooGreat),
        Bounds { whole: true, .. } if number.fract() != 0.0 => Err(Refused::NotWhole),
        Bounds { .. } => Ok(()),
    }
}

/// What a number can belong to.
#[derive(Clone, Copy)]
enum Claim {
    Days,
    Hours,
    Money,
    Percents,
}

/// The pieces that belong to something else than a bare number.
fn claims(scan: &Scan<'_>, by: &[Claim]) -> Vec<Range<usize>> {
    let mut claims = Vec::new();
    for claim in by {
        match claim {
            Claim::Days => {
                let days = date::said(scan).into_iter().filter(|day| day.what.sure == Sure::Yes);
                claims.extend(days.map(|day| day.range));
            }
            Claim::Hours => {
                let hours = time::said(scan).into_iter().filter(|hour| hour.what.sure == Sure::Yes);
                claims.extend(hours.map(|hour| hour.range));
            }
            Claim::Money => {
                claims.extend(money::all(scan).into_iter().map(|money: Found<Money>| money.range))
            }
            Claim::Percents => claims.extend(money::percents(scan).into_iter().map(|percent| percent.range)),
        }
    }
    claims
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
