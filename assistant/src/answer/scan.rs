//! An utterance with what its words can mean, read once and used by every kind of answer.

use super::compound;
use super::count::{self, Count};
use crate::fold::alike;
use crate::language::tokens::{Gap, Shape, Token, Tokens};
use crate::language::{Kind, Locale, Sense};
use jiff::civil::DateTime;
use std::ops::Range;

/// A phrase of more words is in no language file.
const PHRASE_WORDS_MAX: usize = 8;
/// A shorter word is too near to others for guessing which was meant.
const MISSPELT_CHARS_MIN: usize = 6;
/// In a longer text nobody answers a question with a misspelt word, and looking for one would take time.
const MISSPELT_TOKENS_MAX: usize = 30;

/// Kinds that change nothing about an answer.
const NOTHING: [Kind; 16] = [
    Kind::Filler,
    Kind::Only,
    Kind::The,
    Kind::Of,
    Kind::On,
    Kind::At,
    Kind::Option,
    Kind::Article,
    Kind::DayWord,
    Kind::And,
    Kind::Idiom,
    Kind::Link,
    Kind::LinkPerhaps,
    Kind::Yes,
    Kind::YesPerhaps,
    Kind::Agreed,
];

/// An utterance with what its words can mean.
#[derive(Debug)]
pub struct Scan<'a> {
    /// The language and the region.
    pub locale: Locale<'a>,
    /// Now, on the visitor's clock and calendar.
    pub now: DateTime,
    /// The pieces.
    pub tokens: Tokens,
    meanings: Vec<Meaning>,
    /// Where the meanings of each piece begin; one more than there are pieces.
    begins: Vec<usize>,
    counts: Vec<Option<Count>>,
}

/// What the words from some piece on can mean.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    sense: Sense,
    words: usize,
}

/// How much is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Words must be right.
    Right,
    /// One letter may be wrong in a long word.
    Forgiven,
}

impl<'a> Scan<'a> {
    /// Reads an utterance.
    pub fn of(said: &str, locale: Locale<'a>, now: DateTime, spelling: Spelling) -> Self {
        let tokens = Tokens::of(said, locale.language.habits.elides);
        let mut scan =
            Self { locale, now, tokens, meanings: Vec::new(), begins: Vec::new(), counts: Vec::new() };
        let misspelt = spelling == Spelling::Forgiven && scan.is_short();
        for at in 0..scan.len() {
            scan.begins.push(scan.meanings.len());
            scan.look_up(at);
            if scan.begins[at] == scan.meanings.len() {
                let guess = misspelt.then(|| scan.nearest(at)).flatten();
                let compound = compound::read(scan.tokens.text(at..at + 1), &locale).or(guess);
                scan.meanings.extend(compound.map(|sense| Meaning { sense, words: 1 }));
            }
        }
        scan.begins.push(scan.meanings.len());
        scan.counts = (0..scan.len()).map(|at| count::at(&scan, at)).collect();
        scan
    }

    /// Reads another utterance of the same moment.
    pub fn reads(&self, said: &str, spelling: Spelling) -> Self {
        Self::of(said, self.locale, self.now, spelling)
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.tokens.all.len()
    }

    /// Whether it is worth looking for misspelt words.
    pub fn is_short(&self) -> bool {
        self.len() <= MISSPELT_TOKENS_MAX
    }

    /// The piece at a place.
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.all.get(at)
    }

    /// The number that begins at a place.
    pub fn count(&self, at: usize) -> Option<Count> {
        self.counts.get(at).copied().flatten()
    }

    /// The longest phrase of a kind at a place: its value, and the place after it.
    pub fn sense(&self, at: usize, kind: Kind) -> Option<(f64, usize)> {
        let found = self.meanings_at(at).iter().rev().find(|meaning| meaning.sense.kind == kind)?;
        Some((found.sense.value, at + found.words))
    }

    /// The longest phrase of any of these kinds, the earlier kind where there are several, and the place after it.
    pub fn longest(&self, at: usize, kinds: &[Kind]) -> Option<(Sense, usize)> {
        let ranked = self.meanings_at(at).iter().filter_map(|meaning| {
            let place = kinds.iter().position(|kind| *kind == meaning.sense.kind)?;
            Some((meaning.words, kinds.len() - place, meaning.sense))
        });
        let (words, _, sense) = ranked.max_by_key(|(words, place, _)| (*words, *place))?;
        Some((sense, at + words))
    }

    /// Whether a place is in the middle of a phrase of this kind.
    pub fn is_inside(&self, at: usize, kind: Kind) -> bool {
        let covers = |start| self.sense(start, kind).is_some_and(|(_, end)| end > at);
        (at.saturating_sub(PHRASE_WORDS_MAX)..at).any(covers)
    }

    /// Whether such a word stands right before a place.
    pub fn is_thing_before(&self, at: usize) -> bool {
        let parted = self.token(at).is_none_or(|token| token.gap == Gap::Break);
        let word = self.token(at - 1).is_some_and(|token| token.shape == Shape::Word);
        !parted && word && self.meanings_at(at - 1).is_empty()
    }

    /// Whether a number ends right before a place.
    pub fn is_counted(&self, at: usize) -> bool {
        let ends_here = |start| self.count(start).is_some_and(|count| !count.article && count.end == at);
        (at.saturating_sub(PHRASE_WORDS_MAX)..at).any(ends_here)
    }

    /// Whether a phrase of this kind ends right before a place.
    pub fn is_after(&self, at: usize, kinds: &[Kind]) -> bool {
        let ends_here = |start| {
            self.meanings_at(start).iter().any(|m| start + m.words == at && kinds.contains(&m.sense.kind))
        };
        (at.saturating_sub(PHRASE_WORDS_MAX)..at).any(ends_here)
    }

    /// Whether a word stands at a place, without punctuation before it, that no language file knows.
    pub fn is_thing(&self, at: usize) -> bool {
        let word = |token: &Token| token.shape == Shape::Word && token.gap != Gap::Break;
        self.token(at).is_some_and(word) && self.meanings_at(at).is_empty()
    }

    /// Whether the pieces of a range change nothing about an answer.
    pub fn says_nothing(&self, range: Range<usize>) -> bool {
        let mut at = range.start;
        while at < range.end {
            at = match (self.longest(at, &NOTHING), self.token(at).map(|token| token.shape)) {
                (Some((_, after)), _) if after <= range.end => after,
                (_, Some(Shape::Mark('.' | '-' | ','))) => at + 1,
                (_, _) => return false,
            };
        }
        true
    }

    fn meanings_at(&self, at: usize) -> &[Meaning] {
        match (self.begins.get(at), self.begins.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.meanings[start..end],
            _ => &[],
        }
    }

    fn look_up(&mut self, at: usize) {
        let last = self.len().min(at + PHRASE_WORDS_MAX);
        for end in at + 1..=last {
            let parted = end > at + 1 && self.parts(end - 1);
            let phrase = self.tokens.text(at..end);
            if parted {
                return;
            }
            let meanings = self.locale.lexicon.senses(phrase).map(|sense| Meaning { sense, words: end - at });
            self.meanings.extend(meanings);
            if !self.locale.lexicon.goes_on(phrase) {
                return;
            }
        }
    }

    /// Whether no phrase goes on with the piece at a place. A single letter belongs to the digits it is written to.
    fn parts(&self, at: usize) -> bool {
        let (last, token) = (&self.tokens.all[at - 1], &self.tokens.all[at]);
        let letter = token.shape == Shape::Word && self.tokens.text(at..at + 1).chars().nth(1).is_none();
        token.gap == Gap::Break || (last.shape == Shape::Digits && letter && token.gap == Gap::Space)
    }

    /// The only meaning that a misspelt word can have.
    fn nearest(&self, at: usize) -> Option<Sense> {
        let word = self.tokens.text(at..at + 1);
        let long = |text: &str| text.chars().nth(MISSPELT_CHARS_MIN - 1).is_some();
        // Comparing letter by letter is slow; most phrases are not worth it.
        let similar = |phrase: &str| {
            let same_end = phrase.as_bytes().last() == word.as_bytes().last();
            let same_start = phrase.as_bytes().get(1) == word.as_bytes().get(1);
            phrase.len().abs_diff(word.len()) <= 2 && (same_start || same_end)
        };
        if !long(word) {
            return None;
        }
        let near = self.locale.lexicon.phrases().filter(|(phrase, sense)| {
            similar(phrase) && !NOTHING.contains(&sense.kind) && long(phrase) && alike(word, phrase)
        });
        let mut near = near.map(|(_, sense)| sense);
        let first = near.next()?;
        near.all(|other| other == first).then_some(first)
    }
}
