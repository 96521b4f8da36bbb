//! Looking for one kind of thing all over an utterance.

use super::cursor::Cursor;
use super::deny;
use super::scan::Scan;
use crate::language::Kind;
use crate::language::tokens::Shape;
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

/// Everything found that is not denied; `reach` words may stand between it and what denies it.
pub fn all<T>(scan: &Scan<'_>, forms: &[Form<T>], reach: usize) -> Vec<Found<T>> {
    deny::leave_out(scan, said(scan, forms), reach)
}

/// Everything found, in its order and apart from each other: at each place the form that takes most.
pub fn said<T>(scan: &Scan<'_>, forms: &[Form<T>]) -> Vec<Found<T>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let idiom = scan.sense(at, Kind::Idiom).map(|(_, end)| end);
        match longest(scan, at, forms) {
            Some(longest) if idiom.is_none_or(|end| longest.range.end > end) => {
                at = longest.range.end;
                found.push(longest);
            }
            Some(_) | None => at = idiom.unwrap_or(at + 1),
        }
    }
    found
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
/// `from 5 to 7 pm`, `9h à 17h`, or bounds them: `after 5 pm`.
pub fn are_linked<T>(scan: &Scan<'_>, found: &[Found<T>]) -> bool {
    let pairs = found.windows(2).any(|pair| {
        let (end, next) = (pair[0].range.end, &pair[1].range);
        let link = link(scan, end, pair[0].range.start);
        link == Some(next.start) || (end == next.start && link.is_some())
    });
    pairs || found.iter().any(|found| is_linked(scan, &found.range) || is_bound(scan, &found.range))
}

/// Whether a value is only a bound of what is meant: `after 5 pm`, `no more than 300`; but `after 2 weeks` is a day.
fn is_bound(scan: &Scan<'_>, range: &Range<usize>) -> bool {
    const KINDS: [Kind; 5] = [Kind::Part, Kind::Day, Kind::Holiday, Kind::Ordinal, Kind::Bound];
    let begins = scan.longest(range.start, &KINDS).is_some_and(|(sense, _)| sense.kind == Kind::Bound);
    let ahead = scan.sense(range.start, Kind::In).is_some()
        && range.clone().any(|at| scan.sense(at, Kind::Span).is_some());
    // The `moins` of `au moins 3` is no minus.
    let inside = scan.is_inside(range.start, Kind::Bound);
    inside || scan.is_after(range.start, &[Kind::Bound]) || (begins && !ahead)
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
