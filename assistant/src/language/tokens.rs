//! An utterance in pieces: words, runs of digits, and the marks that mean something beside digits.
//!
//! Everything else separates. Words are folded, so `Fünf` and `funf` are the same.

use crate::fold::{joins, push_without_accent};
use crate::small::small;
use std::ops::Range;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// A mark, such as a point between digits or the sign of a currency.
    Mark(char),
}

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// A hyphen between letters, or letters and digits.
    Hyphen,
    /// A space that does not break the line: it groups digits.
    Thin,
    /// An ordinary space.
    Space,
    /// Other punctuation, or a new line.
    Break,
}

/// A piece of an utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// Where it stands in [`Tokens::folded`].
    pub folded: Range<usize>,
    /// Where it stands in the utterance, in bytes.
    pub source: Range<usize>,
}

/// An utterance in pieces.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The pieces, folded and with single spaces between them.
    pub folded: String,
    /// The pieces.
    pub all: Vec<Token>,
}

impl Tokens {
    /// Takes a text apart. `elides` makes two words of `l'après`.
    pub fn of(text: &str, elides: bool) -> Self {
        let mut tokens = Self::default();
        let mut reader =
            Reader { chars: text.char_indices().peekable(), gap: Gap::None, last: ' ', letters: 0, elides };
        while let Some((at, c)) = reader.chars.next() {
            reader.take(at, c, &mut tokens);
        }
        tokens
    }

    /// The folded text of some pieces.
    pub fn text(&self, range: Range<usize>) -> &str {
        match (self.all.get(range.start), range.end.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) if !range.is_empty() => {
                &self.folded[first.folded.start..last.folded.end]
            }
            _ => "",
        }
    }

    fn push(&mut self, shape: Shape, gap: Gap, folded: &str, source: Range<usize>) {
        if !self.folded.is_empty() {
            self.folded.push(' ');
        }
        let start = self.folded.len();
        self.folded.push_str(folded);
        let gap = if self.all.is_empty() { Gap::Break } else { gap };
        self.all.push(Token { shape, gap, folded: start..self.folded.len(), source });
    }
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::CharIndices<'a>>,
    gap: Gap,
    /// The character before the one that is read.
    last: char,
    /// Letters of the word before.
    letters: usize,
    elides: bool,
}

impl Reader<'_> {
    fn take(&mut self, at: usize, c: char, tokens: &mut Tokens) {
        let next = self.next();
        let gap = self.gap;
        self.gap = Gap::None;
        match c {
            '0'..='9' => self.digits(at, c, gap, tokens),
            c if is_sign(c) => {
                tokens.push(Shape::Mark(c), gap, c.encode_utf8(&mut [0; 4]), at..at + c.len_utf8())
            }
            c if c.is_alphanumeric() => self.word(at, c, gap, tokens),
            c if is_inner(c) && self.is_mark(c, next) => {
                let c = if is_dash(c) { '-' } else { c };
                tokens.push(Shape::Mark(c), gap, c.encode_utf8(&mut [0; 4]), at..at + c.len_utf8());
            }
            c => self.gap = self.gap_of(c, next).max(gap),
        }
        self.last = c;
    }

    /// Whether it stands inside a numeral, a date or a time, is a sign before a number, or parts two of them.
    fn is_mark(&self, c: char, next: char) -> bool {
        let (digit_before, digit_after) = (self.last.is_ascii_digit(), next.is_ascii_digit());
        let begins = self.last.is_whitespace() || self.last == '(';
        let sign_after = digit_after || is_currency(next) || next == '.' || next == ',';
        let decimals = begins && digit_after && (c == '.' || c == ',');
        (digit_before && (digit_after || c == '.'))
            || decimals
            || (is_dash(c) && begins && (sign_after || next.is_whitespace()))
            || (is_dash(c) && is_currency(self.last) && digit_after)
    }

    fn gap_of(&self, c: char, next: char) -> Gap {
        match c {
            '\u{a0}' | '\u{2009}' | '\u{202f}' => Gap::Thin,
            '\n' => Gap::Break,
            c if c.is_whitespace() => Gap::Space,
            c if is_dash(c) && self.last.is_alphanumeric() && next.is_alphanumeric() => Gap::Hyphen,
            // A point that shortens parts nothing: `p.m.`.
            '.' if self.last.is_alphabetic() && (next.is_alphabetic() || self.letters == 1) => Gap::Space,
            c if joins(c) => self.gap,
            '"' | '«' | '»' | '“' | '”' | '„' | '(' | ')' => Gap::Space,
            _ => Gap::Break,
        }
    }

    fn digits(&mut self, at: usize, first: char, gap: Gap, tokens: &mut Tokens) {
        let mut text = String::from(first);
        while let Some((_, c)) = self.chars.next_if(|(_, c)| c.is_ascii_digit()) {
            text.push(c);
        }
        let end = at + text.len();
        tokens.push(Shape::Digits, gap, &text, at..end);
        self.last = first;
    }

    fn word(&mut self, at: usize, first: char, gap: Gap, tokens: &mut Tokens) {
        let (mut text, mut end) = (String::new(), at + first.len_utf8());
        push_without_accent(&mut text, small(first));
        while let Some(&(at, c)) = self.chars.peek() {
            if !(c.is_alphabetic() || joins(c)) || is_sign(c) {
                break;
            }
            self.chars.next();
            end = at + c.len_utf8();
            if joins(c) && self.elides && is_elided(&text) {
                break;
            }
            if !joins(c) {
                push_without_accent(&mut text, small(c));
            }
        }
        drawn_out(&mut text);
        self.letters = text.chars().count();
        tokens.push(Shape::Word, gap, &text, at..end);
    }

    fn next(&mut self) -> char {
        self.chars.peek().map_or(' ', |(_, c)| *c)
    }
}

impl Gap {
    /// The stronger of two.
    fn max(self, other: Self) -> Self {
        if self as u8 >= other as u8 { self } else { other }
    }
}

/// Stands alone and always means something.
fn is_sign(c: char) -> bool {
    is_currency(c) || matches!(c, '%' | '#' | '№' | '½' | '¼' | '¾' | '°')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}' | '฿')
}

/// Means something beside digits only.
fn is_inner(c: char) -> bool {
    matches!(c, ':' | '/' | '.' | ',' | '\'' | '’' | '+') || is_dash(c)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '—' | '‐' | '‑')
}

/// French words that lose their vowel before another one.
fn is_elided(word: &str) -> bool {
    matches!(word, "l" | "d" | "j" | "m" | "t" | "s" | "c" | "n") || word.ends_with("qu")
}

/// `yesss` and `nooo` are drawn out for effect.
fn drawn_out(word: &mut String) {
    let chars: Vec<char> = word.chars().collect();
    if chars.windows(3).any(|run| run[0] == run[1] && run[1] == run[2]) {
        word.clear();
        for run in chars.chunk_by(|a, b| a == b) {
            word.extend(&run[..if run.len() > 2 { 1 } else { run.len() }]);
        }
    }
}
