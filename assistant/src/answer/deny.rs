//! Leaving out what is said not to be meant: `not Monday`, `no puedo el lunes`, `lundi je ne peux pas`; but
//! `tomorrow, not today` is tomorrow.

use super::find::Found;
use super::scan::Scan;
use crate::language::Kind;
use crate::language::tokens::Gap;
use std::ops::Range;

/// How far from a number the words can stand that deny it.
pub const NUMBERS_REACH: usize = 1;
/// How far from a day or a time.
pub const MOMENTS_REACH: usize = 4;

/// Words that deny, and longer phrases around them that do not: `why not`, `not sure`, `no problem`.
const KINDS: [Kind; 11] = [
    Kind::Except,
    Kind::Yes,
    Kind::Agreed,
    Kind::Doubt,
    Kind::Idiom,
    Kind::Filler,
    Kind::At,
    Kind::On,
    Kind::Only,
    Kind::No,
    Kind::NoPerhaps,
];

/// Something that denies.
struct Denial {
    range: Range<usize>,
    /// Whether it denies what follows.
    ahead: bool,
    /// How many words before it what it denies may stand, if it does.
    behind: Option<usize>,
}

/// What is found and not denied. Between it and what denies it at most `reach` words may stand.
pub fn leave_out<T>(scan: &Scan<'_>, mut found: Vec<Found<T>>, reach: usize) -> Vec<Found<T>> {
    let denied: Vec<usize> =
        denials(scan, reach).iter().filter_map(|denial| denied_by(denial, &found, scan, reach)).collect();
    let mut place = 0;
    found.retain(|_| {
        place += 1;
        !denied.contains(&(place - 1))
    });
    found
}

fn denials(scan: &Scan<'_>, reach: usize) -> Vec<Denial> {
    let mut denials = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let found = scan.longest(at, &KINDS);
        let end = found.map_or(at + 1, |(_, end)| end);
        let no = scan.longest(at, &[Kind::No, Kind::NoPerhaps]).is_some();
        match (found.map(|(sense, _)| sense.kind), scan.sense(at, Kind::Except)) {
            (Some(Kind::Except | Kind::No | Kind::NoPerhaps), Some((_, end))) => {
                denials.push(Denial { range: at..end, ahead: true, behind: no.then_some(reach) });
                at = end;
                continue;
            }
            (Some(Kind::No | Kind::NoPerhaps), None) => {
                // `leider nicht`, `I'd rather not`
                let denies = (at..end).any(|at| scan.sense(at, Kind::Except).is_some());
                denials.push(Denial {
                    range: at..end,
                    ahead: denies,
                    behind: Some(if denies { reach } else { 0 }),
                });
            }
            (_, _) => {}
        }
        at = end;
    }
    denials
}

/// The place among the findings of the one that is denied: the next one, else the one before.
fn denied_by<T>(denial: &Denial, found: &[Found<T>], scan: &Scan<'_>, reach: usize) -> Option<usize> {
    let joined = |range: Range<usize>, reach: usize| {
        let mut places = range.start..=range.end;
        range.len() <= reach && places.all(|at| scan.token(at).is_some_and(|token| token.gap != Gap::Break))
    };
    let Range { start, end } = denial.range;
    // `not at 5` denies `at 5`.
    let next = found.partition_point(|found| found.range.start <= start);
    let follows =
        |found: &&Found<T>| denial.ahead && joined(end.min(found.range.start)..found.range.start, reach);
    if found.get(next).filter(follows).is_some() {
        return Some(next);
    }
    let before = found.partition_point(|found| found.range.start < start).checked_sub(1)?;
    let last = found[before].range.end;
    (last <= start && joined(last..start, denial.behind?)).then_some(before)
}
