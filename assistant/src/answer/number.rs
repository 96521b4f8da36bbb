//! One number, in numerals or English words. Two numbers are no answer: nobody could say which is meant.

use super::Reading;
use crate::definition::Range;
use crate::fold::words;
use crate::limits::NUMBER_DIGITS_MAX;
use crate::value::Value;

/// Reads an utterance as a number of the range.
pub fn read(range: Range, said: &str, language: &str) -> Reading {
    let decimal = decimal_mark(language);
    let (numerals, rest) = numerals(said, decimal);
    let rest = words(&rest);
    let (spelled, others) = spelled(&rest);
    let (number, alone) = match (numerals.as_slice(), spelled.as_slice()) {
        ([], []) => return Reading::Refused("not a number".to_owned()),
        ([one], []) => (*one, rest.is_empty()),
        ([], [one]) => (Some(*one), others == 0),
        (_, _) => return Reading::Refused("more than one number".to_owned()),
    };
    let Some(number) = number else { return Reading::Refused("a number that cannot be read".to_owned()) };
    match outside(range, number) {
        Some(problem) => Reading::Refused(problem),
        None if alone => Reading::Plain(Value::Number(number)),
        None => Reading::Inside(Value::Number(number)),
    }
}

fn outside(range: Range, number: f64) -> Option<String> {
    match range {
        Range { min: Some(min), .. } if number < min => Some(format!("{number} is less than {min}")),
        Range { max: Some(max), .. } if number > max => Some(format!("{number} is more than {max}")),
        Range { whole: true, .. } if number.fract() != 0.0 => Some(format!("{number} is not a whole number")),
        Range { .. } => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_with_separators() {
        for (said, number) in [
            ("3", 3.0),
            ("-2", -2.0),
            ("3.5", 3.5),
            ("3,5", 3.5),
            ("1,500", 1500.0),
            ("1.500", 1.5),
            ("1,234,567.25", 1_234_567.25),
            ("1.234.567,25", 1_234_567.25),
            ("12'000", 12_000.0),
            ("0", 0.0),
            ("-0", 0.0),
            ("007", 7.0),
        ] {
            check(said, Some((number, true)));
        }
    }

    #[test]
    fn the_language_decides_what_a_point_means() {
        let german = |said| read(Range::default(), said, "de-AT");
        assert_eq!(german("1.500"), Reading::Plain(Value::Number(1500.0)));
        assert_eq!(german("1,500"), Reading::Plain(Value::Number(1.5)));
        assert_eq!(german("10 000"), Reading::Plain(Value::Number(10_000.0)));
    }

    #[test]
    fn numbers_are_read_in_words() {
        for (said, number) in [
            ("zero", 0.0),
            ("one", 1.0),
            ("Twelve", 12.0),
            ("twenty-five", 25.0),
            ("a hundred", 100.0),
            ("hundred", 100.0),
            ("two hundred and forty one", 241.0),
            ("nine hundred ninety-nine", 999.0),
            ("a thousand", 1000.0),
            ("one thousand two hundred", 1200.0),
            ("three thousand and five", 3005.0),
            ("a dozen", 12.0),
            ("minus five", -5.0),
            ("two and a half", 2.5),
        ] {
            check(said, Some((number, true)));
        }
    }

    #[test]
    fn a_number_is_heard_inside_a_sentence() {
        check("for 3 days please", Some((3.0, false)));
        check("3days", Some((3.0, false)));
        check("about two weeks", Some((2.0, false)));
        check("a couple of days", Some((2.0, false)));
        check("order VR-1042", Some((1042.0, false)));
        check("#1042", Some((1042.0, true)));
        check("€20", Some((20.0, true)));
    }

    #[test]
    fn two_numbers_or_none_are_no_answer() {
        for said in
            ["2 or 3", "12/05", "555-1234", "3.5.2", "two 3", "five six", "soon", "", "1e5", "a", "minus"]
        {
            check(said, None);
        }
        check(&"9".repeat(400), None);
    }

    #[test]
    fn the_range_is_kept() {
        let days = Range { min: Some(1.0), max: Some(30.0), whole: true };
        for (said, problem) in [("0", "less than 1"), ("31", "more than 30"), ("2.5", "not a whole number")] {
            match read(days, said, "en") {
                Reading::Refused(why) => assert!(why.contains(problem), "{why}"),
                Reading::Plain(value) | Reading::Inside(value) => panic!("{said} was taken for {value}"),
            }
        }
        assert_eq!(read(days, "30", "en"), Reading::Plain(Value::Number(30.0)));
    }

    fn check(said: &str, expected: Option<(f64, bool)>) {
        let found = match read(Range::default(), said, "en") {
            Reading::Plain(Value::Number(number)) => Some((number, true)),
            Reading::Inside(Value::Number(number)) => Some((number, false)),
            Reading::Refused(_) => None,
            Reading::Plain(value) | Reading::Inside(value) => panic!("{said} was taken for {value:?}"),
        };
        assert_eq!(found, expected, "{said}");
    }
}
