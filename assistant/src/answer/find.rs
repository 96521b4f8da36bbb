//! Looking for one kind of thing all over an utterance.

use super::cursor::Cursor;
use super::scan::Scan;
use crate::language::tokens::{Gap, Shape};
use crate::language::{Kind, Sense};
use std::ops::Range;

/// How far from a value the words can stand that join it to another.
const REACH: usize = 8;

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// What.
    pub what: T,
    /// The pieces it stands in.
    pub range: Range<usize>,
}

/// A way to say something: takes it where the cursor stands.
pub type Form<T> = fn(&mut Cursor<'_>) -> Option<T>;

/// Everything found, in its order and apart from each other: at each place the form that takes most.
pub fn all<T>(scan: &Scan<'_>, forms: &[Form<T>]) -> Vec<Found<T>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let idiom = scan.sense(at, Kind::Idiom).map(|(_, end)| end);
        match longest(scan, at, forms) {
            Some(longest) if is_denied(scan, &longest.range, forms) => at = longest.range.end,
            Some(longest) if idiom.is_none_or(|end| longest.range.end > end) => {
                at = longest.range.end;
                found.push(longest);
            }
            Some(_) | None => at = idiom.unwrap_or(at + 1),
        }
    }
    found
}

/// Whether a value is said not to be meant: `not Monday`, `el lunes no`; but `tomorrow, not today` is tomorrow.
fn is_denied<T>(scan: &Scan<'_>, range: &Range<usize>, forms: &[Form<T>]) -> bool {
    const AFTER: [Kind; 7] =
        [Kind::Yes, Kind::Filler, Kind::At, Kind::On, Kind::Only, Kind::No, Kind::NoPerhaps];
    let parted = |at: usize| scan.token(at).is_none_or(|token| token.gap == Gap::Break);
    let after = |kind| scan.is_after(range.start, &[kind]);
    // `why not Monday`
    let before = !parted(range.start) && after(Kind::Except) && !after(Kind::Yes);
    let another = |end| (range.end + 1..=end).any(|at| !parted(at) && longest(scan, at, forms).is_some());
    let denies =
        |(sense, end): (Sense, usize)| matches!(sense.kind, Kind::No | Kind::NoPerhaps) && !another(end);
    before || (!parted(range.end) && scan.longest(range.end, &AFTER).is_some_and(denies))
}

fn longest<T>(scan: &Scan<'_>, at: usize, forms: &[Form<T>]) -> Option<Found<T>> {
    let mut longest: Option<Found<T>> = None;
    for form in forms {
        let mut cursor = Cursor::new(scan, at);
        let Some(what) = form(&mut cursor) else { continue };
        if cuts_idiom(scan, at..cursor.at) {
            continue;
        }
        if cursor.at > longest.as_ref().map_or(at, |found| found.range.end) {
            longest = Some(Found { what, range: at..cursor.at });
        }
    }
    longest
}

/// Whether a range ends in the middle of a phrase of which no word is to be taken literally.
fn cuts_idiom(scan: &Scan<'_>, range: Range<usize>) -> bool {
    let end = range.end;
    let mut inside = range.skip(1);
    inside.any(|at| scan.sense(at, Kind::Idiom).is_some_and(|(_, idiom_end)| idiom_end > end))
}

/// Whether one of the values found is one of several that are joined, recognised or not: `3 or 4 May`,
/// `from 5 to 7 pm`, `9h à 17h`.
pub fn are_linked<T>(scan: &Scan<'_>, found: &[Found<T>]) -> bool {
    let pairs = found.windows(2).any(|pair| {
        let (end, next) = (pair[0].range.end, &pair[1].range);
        let link = link(scan, end, pair[0].range.start);
        link == Some(next.start) || (end == next.start && link.is_some())
    });
    pairs || found.iter().any(|found| is_linked(scan, &found.range))
}

/// Whether a value is joined to a number that was not recognised as one of its kind.
fn is_linked(scan: &Scan<'_>, Range { start, end }: &Range<usize>) -> bool {
    let (start, end) = (*start, *end);
    let counts = |at: usize| scan.count(at).is_some_and(|count| !count.article);
    let joined =
        |at: usize| counts(start) && scan.sense(at, Kind::And).is_some_and(|(_, after)| after == start);
    let mut before = start.saturating_sub(REACH)..start;
    let before = before.find(|&at| joined(at) || link(scan, at, start) == Some(start));
    let begins_linked = link(scan, start, start).is_some() && scan.is_counted(start);
    let ends_linked = link(scan, end, start).is_some_and(counts); // `une ou deux`
    let counted = |at| scan.is_counted(at) || scan.is_after(at, &[Kind::Article]);
    ends_linked || begins_linked || before.is_some_and(counted)
}

/// The place after a word or dash that joins two values, where one stands at a place; the first of them stands around
/// `start`.
fn link(scan: &Scan<'_>, at: usize, start: usize) -> Option<usize> {
    let announced =
        || (start.saturating_sub(REACH)..=start).any(|at| scan.sense(at, Kind::LinkBefore).is_some());
    match scan.longest(at, &[Kind::Link, Kind::LinkPerhaps]) {
        Some((sense, after)) => (sense.kind == Kind::Link || announced()).then_some(after),
        None => scan.token(at).filter(|token| token.shape == Shape::Mark('-')).map(|_| at + 1),
    }
}
