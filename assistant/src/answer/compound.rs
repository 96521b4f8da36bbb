//! Numbers written as one word, as Germans write them: `zweihundertfünfundzwanzig`, and their ordinals.

use super::count::{Sum, is_tens};
use crate::language::{Kind, Locale, Sense};

/// A longer word is no number: the longest German one below a billion has fewer letters.
const COMPOUND_BYTES_MAX: usize = 100;

/// A number written as one word, `zweihundertfünfundzwanzig`, or its ordinal.
pub fn read(word: &str, locale: &Locale<'_>) -> Option<Sense> {
    const ORDINAL_ENDS: [&str; 10] =
        ["sten", "ster", "stes", "stem", "ste", "ten", "ter", "tes", "tem", "te"];
    if !locale.language.habits.compounds || word.len() > COMPOUND_BYTES_MAX {
        return None;
    }
    if let Some(sense) = whole_compound(word, locale) {
        return Some(sense);
    }
    let stems = ORDINAL_ENDS.iter().filter_map(|end| word.strip_suffix(end));
    let mut numbers = stems.filter_map(|stem| whole_compound(stem, locale));
    numbers.find(|s| s.kind == Kind::Number).map(|s| Sense { kind: Kind::Ordinal, value: s.value })
}

fn whole_compound(word: &str, locale: &Locale<'_>) -> Option<Sense> {
    let mut pieces = Vec::new();
    split(word, locale, &mut pieces).then_some(())?;
    let (mut sum, mut rest, mut half) = (Sum::NOTHING, pieces.as_slice(), 0.0);
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        let fits = match after {
            [and, tens, more @ ..] if and.kind == Kind::And && is_tens(tens.value) => {
                rest = more;
                sum.take(*tens) && sum.take(*piece)
            }
            [] if piece.kind == Kind::Plus => {
                half = piece.value;
                true
            }
            [_, ..] if piece.kind == Kind::And => sum.has_room(1.0),
            _ => piece.kind != Kind::Plus && piece.kind != Kind::And && sum.take(*piece),
        };
        fits.then_some(())?;
    }
    let ordinal = pieces.last().is_some_and(|piece| piece.kind == Kind::Ordinal);
    let kind = if ordinal { Kind::Ordinal } else { Kind::Number };
    Some(Sense { kind, value: sum.value() + half })
}

/// Parts a word into numbers, longest first; false when it cannot be parted.
fn split(word: &str, locale: &Locale<'_>, pieces: &mut Vec<Sense>) -> bool {
    const FIRST: [Kind; 3] = [Kind::Number, Kind::Article, Kind::Scale];
    const LATER: [Kind; 6] = [Kind::Number, Kind::Article, Kind::Scale, Kind::And, Kind::Plus, Kind::Ordinal];
    const PIECE_BYTES_MAX: usize = 10;
    const PIECES_MAX: usize = 20;
    if word.is_empty() {
        return !pieces.is_empty();
    }
    let kinds: &[Kind] = if pieces.is_empty() { &FIRST } else { &LATER };
    for length in (2..=PIECE_BYTES_MAX.min(word.len())).rev() {
        let Some((head, tail)) = word.split_at_checked(length) else { continue };
        let Some(sense) = locale.lexicon.senses(head).find(|sense| kinds.contains(&sense.kind)) else {
            continue;
        };
        pieces.push(sense);
        if pieces.len() < PIECES_MAX && split(tail, locale, pieces) {
            return true;
        }
        pieces.pop();
    }
    false
}
