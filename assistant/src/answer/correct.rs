//! Corrections inside an answer, of which the last word counts: `Monday, no Tuesday`, `four, no, five`, `5 pm, sorry, 6 pm`.

use super::scan::Scan;
use crate::language::Kind;
use crate::language::tokens::Gap;

/// The value of phrases that correct without punctuation before them: `or rather`.
const CLEAR: f64 = 1.0;

/// What stands before the last words that correct something, and what stands after them.
pub fn parts<'a>(said: &'a str, scan: &Scan<'_>) -> Option<(&'a str, &'a str)> {
    let (mut at, mut last) = (1, None);
    while at < scan.len() {
        let parted = scan.token(at).is_some_and(|token| token.gap == Gap::Break);
        let corrects = scan.sense(at, Kind::Correction).filter(|(value, _)| parted || *value == CLEAR);
        let Some((_, mut end)) = corrects else {
            at += 1;
            continue;
        };
        while let Some((_, after)) = scan.sense(end, Kind::Correction) {
            end = after;
        }
        last = (end < scan.len()).then_some((at, end)).or(last);
        at = end;
    }
    let start = |at: usize| scan.token(at).map(|token| token.source.start);
    let (at, end) = last?;
    Some((said.get(..start(at)?)?, said.get(start(end)?..)?))
}
