//! Times as people say them: `half past four`, `las cinco menos diez`, `zehn vor halb fünf`, `без пяти шесть`.

use super::Hour;
use super::clock::{Raw, finish};
use crate::answer::cursor::Cursor;
use crate::answer::number;
use crate::answer::sure::Sure;
use crate::language::Kind;
use crate::language::tokens::Shape;

/// A longer word for the clock is a word: the hour before it is said as people say it, not as clocks show it.
const NOTATION_LETTERS_MAX: usize = 2;

/// An hour that was named.
struct Named {
    hour: i32,
    /// Whether it may be twelve hours later.
    twelve: bool,
    /// Whether it was written in digits.
    digits: bool,
    /// Whether a word for the clock follows it that means nothing else.
    clock: bool,
    /// Whether the word for the clock is that for the length too: `5 heures`.
    length: bool,
    /// Whether it is written as clocks show it: `5h`.
    notation: bool,
}

/// `at 5`, `five thirty`, `17h30`, `cinq heures moins le quart`, `cinco y media`, `noon`.
pub fn hour_and_minutes(c: &mut Cursor<'_>) -> Option<Hour> {
    let length = c.scan.is_after(c.at, &[Kind::In]);
    let between = c.scan.is_after(c.at, &[Kind::LinkBefore]);
    let announced = c.scan.sense(c.at, Kind::Hour).is_none() && c.take(Kind::At);
    let named = hour(c).filter(|named| !length || named.clock)?;
    let start = c.at;
    let after = c.attempt(|c| minutes_after(c, &named, between));
    let (minutes, clear) = after.unwrap_or((0, false));
    let paired = c.at > start;
    let sure = match (announced || named.clock || clear || (named.length && paired), paired || named.length) {
        (true, _) => Sure::Yes,
        (false, true) => Sure::Asked,
        (false, false) => Sure::Alone,
    };
    // A number on its own is no time when a word follows it that counts something else.
    let sure = if announced && !named.clock && !paired { sure.max(announced_number(c)) } else { sure };
    let exact = named.digits && named.notation && !c.habits().twelve_hours;
    let ask = !exact && named.hour != 12;
    raw(c, named.hour * 60 + minutes, named.twelve, ask, sure)
}

/// `half past four`, `ten to five`, `zehn vor halb fünf`, `diez para las cinco`.
pub fn minutes_and_hour(c: &mut Cursor<'_>) -> Option<Hour> {
    c.take(Kind::At);
    let range = c.scan.is_after(c.at, &[Kind::LinkBefore]);
    let digits = c.shape() == Some(Shape::Digits);
    let minutes = minutes(c)?;
    let joins = digits && c.scan.is_counted(c.at) && c.scan.sense(c.at, Kind::Link).is_some();
    let sign = if c.take(Kind::Past) { 1 } else { c.take(Kind::To).then_some(-1)? };
    c.skip(&[Kind::The]);
    // `5 to 6` is rather a range than five minutes to six.
    let range = range || (joins && c.shape() == Some(Shape::Digits));
    (!range).then_some(())?;
    let (base, twelve) = match c.attempt(half_towards) {
        Some(base) => (base, true),
        None => hour(c).map(|named| (named.hour * 60, named.twelve))?,
    };
    raw(c, base + sign * minutes, twelve, true, Sure::Yes)
}

/// `halb fünf`, `drei viertel fünf`, `половина пятого`, `десять минут пятого`, `полпятого`; in English `half four`.
pub fn towards(c: &mut Cursor<'_>) -> Option<Hour> {
    let announced = c.take(Kind::At);
    if let Some(hour) = c.value(Kind::HalfBefore) {
        return raw(c, hour as i32 * 60 - 30, true, true, Sure::Yes);
    }
    if let Some(minutes) = c.attempt(half_towards) {
        let sure = if announced || minutes % 60 == 30 { Sure::Yes } else { Sure::Asked };
        return raw(c, minutes, true, true, sure);
    }
    if c.habits().half_counts_towards {
        let minutes = c.whole(1, 59)?;
        c.take(Kind::MinuteWord);
        let hour = c.ordinal(1, 12)?;
        return raw(c, (hour - 1) * 60 + minutes, true, true, Sure::Asked);
    }
    let half = c.value(Kind::PartOf).filter(|of| *of == 2.0);
    half?;
    let hour = c.whole(1, 12)?;
    raw(c, hour * 60 + 30, true, true, if announced { Sure::Yes } else { Sure::Asked })
}

/// `без пяти шесть`, `без четверти пять`.
pub fn without(c: &mut Cursor<'_>) -> Option<Hour> {
    c.take(Kind::At);
    c.take(Kind::Without).then_some(())?;
    let minutes = minutes(c)?;
    let named = hour(c)?;
    raw(c, named.hour * 60 - minutes, named.twelve, true, Sure::Yes)
}

fn raw(c: &mut Cursor<'_>, minutes: i32, twelve: bool, ask: bool, sure: Sure) -> Option<Hour> {
    finish(c, Raw { seconds: i64::from(minutes) * 60, twelve, ask, sure })
}

/// Takes an hour and a word for the clock after it.
fn hour(c: &mut Cursor<'_>) -> Option<Named> {
    if let Some(hour) = c.value(Kind::Hour) {
        let twelve = (1.0..12.0).contains(&hour);
        return Some(Named {
            hour: hour as i32,
            twelve,
            digits: false,
            clock: true,
            length: false,
            notation: false,
        });
    }
    let leading_zero = c.scan.tokens.text(c.at..c.at + 1).starts_with('0');
    let digits = c.shape() == Some(Shape::Digits);
    let article = c.scan.count(c.at).is_some_and(|count| count.article);
    let hour = if digits { one_or_two_digits(c)? } else { c.whole(0, 24)? };
    let length = c.scan.sense(c.at, Kind::Span).is_some();
    let start = c.at;
    let word = c.take(Kind::Clock);
    let notation = c.scan.tokens.text(start..c.at).chars().count() <= NOTATION_LETTERS_MAX;
    (!article || word || c.scan.is_after(c.at, &[Kind::Article])).then_some(())?;
    let twelve = (1..=12).contains(&hour) && !leading_zero;
    Some(Named {
        hour,
        twelve,
        digits,
        clock: word && !length,
        length: word && length,
        notation: word && notation,
    })
}

/// Takes digits that are an hour and no part of a date, an amount or a longer number.
fn one_or_two_digits(c: &mut Cursor<'_>) -> Option<i32> {
    let (hour, digits) = c.digits().filter(|(hour, digits)| *hour <= 24 && *digits <= 2)?;
    let goes_on = c.glued() && matches!(c.shape(), Some(Shape::Mark('/' | ',' | ':' | '-')));
    let decimals = c.glued()
        && c.shape() == Some(Shape::Mark('.'))
        && c.scan.token(c.at + 1).is_some_and(|token| token.shape == Shape::Digits);
    let ordinal = c.scan.count(c.at - 1).is_some_and(|count| count.ordinal);
    (digits > 0 && !goes_on && !decimals && !ordinal).then_some(hour)
}

/// Takes what follows the hour: minutes, and whether nothing else can be meant.
fn minutes_after(c: &mut Cursor<'_>, named: &Named, between: bool) -> Option<(i32, bool)> {
    if c.take(Kind::Minus) {
        c.skip(&[Kind::The]);
        return minutes(c).map(|minutes| (-minutes, true));
    }
    if let Some(fraction) = c.attempt(number::and_fraction) {
        return Some(((fraction * 60.0).round() as i32, false));
    }
    if let Some((part, _)) = c.attempt(number::part) {
        return Some(((part * 60.0).round() as i32, false));
    }
    let joined = c.take(Kind::And);
    if c.parted() || (joined && between) {
        return None;
    }
    let glued = c.glued();
    let nought = c.take(Kind::Nought);
    let minutes = match c.shape()? {
        _ if nought => c.whole(1, 9),
        Shape::Digits => {
            c.digits().filter(|(_, digits)| *digits == 2 || named.clock).map(|(minutes, _)| minutes)
        }
        Shape::Word => c.whole(1, 59),
        Shape::Mark(_) => None,
    };
    let minutes = minutes.filter(|minutes| *minutes < 60)?;
    let word = c.take(Kind::MinuteWord);
    let clock = c.take(Kind::Clock);
    // `entre 17h et 18h`
    (!(joined && clock)).then_some(())?;
    let pair = named.clock || named.length || glued || joined || nought || minutes >= 10;
    (pair && !followed_by_thing(c)).then_some((minutes, word || clock || named.clock))
}

/// Takes `ten`, `ten minutes`, `a quarter`, as minutes.
fn minutes(c: &mut Cursor<'_>) -> Option<i32> {
    if let Some((part, _)) = c.attempt(number::part) {
        return Some((part * 60.0).round() as i32);
    }
    let minutes = c.whole(1, 59)?;
    let word = c.take(Kind::MinuteWord);
    (word || minutes % 5 == 0).then_some(minutes)
}

/// Takes a part of the hour before the one that is named, as minutes of the day.
fn half_towards(c: &mut Cursor<'_>) -> Option<i32> {
    c.habits().half_counts_towards.then_some(())?;
    let (part, _) = number::part(c)?;
    let hour = c.ordinal(1, 12).or_else(|| c.whole(1, 12))?;
    c.take(Kind::Clock);
    Some((hour - 1) * 60 + (part * 60.0).round() as i32)
}

/// `at 5` is a time, `at 5 places` is none.
fn announced_number(c: &Cursor<'_>) -> Sure {
    if followed_by_thing(c) { Sure::Asked } else { Sure::Yes }
}

/// Whether a word follows that no file knows, or one for something that is counted.
fn followed_by_thing(c: &Cursor<'_>) -> bool {
    const THINGS: [Kind; 4] = [Kind::Span, Kind::Currency, Kind::Percent, Kind::Cent];
    c.scan.is_thing(c.at) || (!c.parted() && c.scan.longest(c.at, &THINGS).is_some())
}
