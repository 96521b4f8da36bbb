//! One number, in numerals or English words. Two numbers are no answer: nobody could say which is meant.

use super::{Bounds, Reading};
use crate::fold::words;
use crate::limits::NUMBER_DIGITS_MAX;
use crate::value::Value;
use protocol::inspect::Refused;

/// Reads an utterance as a number of the range.
pub fn read(bounds: Bounds, said: &str, language: &str, wrap: fn(f64) -> Value) -> Reading {
    let decimal = decimal_mark(language);
    let (numerals, rest) = numerals(said, decimal);
    let rest = words(&rest);
    let (spelled, others) = spelled(&rest);
    let (number, alone) = match (numerals.as_slice(), spelled.as_slice()) {
        ([], []) => return Reading::Refused(Refused::NotOfThisKind),
        ([one], []) => (*one, rest.is_empty()),
        ([], [one]) => (Some(*one), others == 0),
        (_, _) => return Reading::Refused(Refused::SeveralMeant),
    };
    let Some(number) = number else { return Reading::Refused(Refused::NotOfThisKind) };
    match outside(bounds, number) {
        Some(problem) => Reading::Refused(problem),
        None if alone => Reading::Plain(wrap(number)),
        None => Reading::Inside(wrap(number)),
    }
}

fn outside(bounds: Bounds, number: f64) -> Option<Refused> {
    match bounds {
        Bounds { min: Some(min), .. } if number < min => Some(Refused::TooSmall),
        Bounds { max: Some(max), .. } if number > max => Some(Refused::TooGreat),
        Bounds { whole: true, .. } if number.fract() != 0.0 => Some(Refused::NotWhole),
        Bounds { .. } => None,
    }
}

/// What separates whole from fraction: `1.500` is one and a half in English, fifteen hundred in German.
fn decimal_mark(language: &str) -> char {
    let point = ["en", "ja", "zh", "ko", "th", "he", "hi"];
    match point.contains(&language.split('-').next().unwrap_or_default()) {
        true => '.',
        false => ',',
    }
}

/// The numerals in a text, `None` for one that cannot be read, and the text without them.
fn numerals(said: &str, decimal: char) -> (Vec<Option<f64>>, String) {
    let chars: Vec<char> = said.chars().collect();
    let (mut found, mut rest) = (Vec::new(), String::new());
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            rest.push(chars[at]);
            at += 1;
            continue;
        }
        let end = end_of_numeral(&chars, at, decimal);
        let numeral: String = chars[at..end].iter().collect();
        let sign = if minus_before(&chars, at) { -1.0 } else { 1.0 };
        // Adding zero turns a negative zero into zero.
        found.push(value_of(&numeral, decimal).map(|number| sign * number + 0.0));
        rest.push(' ');
        at = end;
    }
    (found, rest)
}

/// A minus stands before the number, and not between it and a word or another number.
fn minus_before(chars: &[char], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map(|at| chars[at]);
    matches!(before(1), Some('-' | '−')) && before(2).is_none_or(char::is_whitespace)
}

fn end_of_numeral(chars: &[char], start: usize, decimal: char) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = start;
    loop {
        if digit(at) || (at + 1 < chars.len() && is_mark(chars[at], decimal) && digit(at + 1) && at > start) {
            at += 1;
        } else {
            return at;
        }
    }
}

/// Points, commas, apostrophes and narrow spaces stand inside numbers. An ordinary space does so in languages that
/// write `10 000`.
fn is_mark(c: char, decimal: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}') || (c == ' ' && decimal == ',')
}

fn value_of(numeral: &str, decimal: char) -> Option<f64> {
    let marks: Vec<(usize, char)> = numeral.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let last = marks.last().copied();
    let fraction_at = last.filter(|(at, mark)| {
        let alone = marks.iter().filter(|(_, other)| other == mark).count() == 1;
        let grouped = marks.len() > 1 && marks[0].1 != *mark;
        let three = numeral.len() - at - mark.len_utf8() == 3;
        matches!(mark, '.' | ',') && alone && (grouped || !three || *mark == decimal)
    });
    let (whole, fraction) = match fraction_at {
        Some((at, mark)) => (&numeral[..at], &numeral[at + mark.len_utf8()..]),
        None => (numeral, ""),
    };
    let digits = whole_digits(whole)?;
    if digits.len() + fraction.len() > NUMBER_DIGITS_MAX {
        return None;
    }
    format!("{digits}.{fraction}0").parse().ok()
}

/// The digits of a whole number, whose marks must part it into thousands.
fn whole_digits(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let in_thousands =
        groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    in_thousands.then(|| groups.concat())
}

/// Numbers in words, and how many words belong to none of them.
fn spelled(words: &[String]) -> (Vec<f64>, usize) {
    let (mut found, mut others) = (Vec::new(), 0);
    let mut cursor = Cursor { words, at: 0 };
    while cursor.at < words.len() {
        let start = cursor.at;
        match cursor.number() {
            Some(number) => found.push(number),
            None => {
                others += 1;
                cursor.at = start + 1;
            }
        }
    }
    (found, others)
}

/// Reads `minus two thousand three hundred and twenty-five`, part by part. A part that is not there takes no words.
struct Cursor<'a> {
    words: &'a [String],
    at: usize,
}

impl Cursor<'_> {
    fn number(&mut self) -> Option<f64> {
        let sign = if self.take("minus") || self.take("negative") { -1.0 } else { 1.0 };
        let whole = self.thousands()?;
        let half = if self.take_all(&["and", "a", "half"]) { 0.5 } else { 0.0 };
        Some(sign * (whole + half) + 0.0)
    }

    fn thousands(&mut self) -> Option<f64> {
        self.scaled("thousand", 1_000.0, Self::hundreds)
    }

    fn hundreds(&mut self) -> Option<f64> {
        self.scaled("hundred", 100.0, Self::below_hundred)
    }

    /// What is smaller than the scale, the scale's word, and what is smaller again: `two hundred and five`.
    fn scaled(&mut self, scale: &str, times: f64, smaller: fn(&mut Self) -> Option<f64>) -> Option<f64> {
        let many = if self.take_all(&["a", scale]) {
            1.0
        } else {
            let many = smaller(self);
            if !self.take(scale) {
                return many;
            }
            many.unwrap_or(1.0)
        };
        let end = self.at;
        self.take("and");
        let rest = smaller(self);
        if rest.is_none() {
            self.at = end;
        }
        Some(many * times + rest.unwrap_or(0.0))
    }

    fn below_hundred(&mut self) -> Option<f64> {
        const UNITS: [&str; 20] = [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        const TENS: [&str; 8] =
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        if self.take_all(&["a", "dozen"]) || self.take("dozen") {
            return Some(12.0);
        }
        if self.take_all(&["a", "couple"]) || self.take("couple") {
            return Some(2.0);
        }
        match self.one_of(&TENS) {
            Some(tens) => Some(
                10.0 * (tens as f64 + 2.0) + self.one_of(&UNITS[1..10]).map_or(0.0, |at| at as f64 + 1.0),
            ),
            None => self.one_of(&UNITS).map(|at| at as f64),
        }
    }

    fn one_of(&mut self, names: &[&str]) -> Option<usize> {
        names.iter().position(|name| self.take(name))
    }

    fn take(&mut self, word: &str) -> bool {
        self.take_all(&[word])
    }

    fn take_all(&mut self, words: &[&str]) -> bool {
        let found =
            self.words[self.at..].iter().map(String::as_str).take(words.len()).eq(words.iter().copied());
        self.at += if found { words.len() } else { 0 };
        found
    }
}

