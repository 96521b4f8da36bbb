//! A language's words, ready to be looked up.
//!
//! A language file has an entry for each kind and value, `month 1 = january, jan;`, with the alternatives after it.
//! `|` goes on with the next value: `weekday 1 = monday, mon | tuesday`, or with the next but so many:
//! `number 20..+10 = twenty | thirty`. Parentheses are short for several forms: `январ(ь/я/е)`; one of them may be empty.
//! Words are written as people write them and folded here.

use super::tokens::Tokens;
use super::{DayPart, Habits, Holiday, Kind, Span, shared};
use crate::number::read_float;

/// What a word or phrase can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sense {
    /// The part it plays.
    pub kind: Kind,
    /// What more there is to say; [`Kind`] says what it stands for.
    pub value: f64,
}

/// Phrases with their senses, in order of the alphabet.
#[derive(Debug)]
pub struct Lexicon {
    entries: Vec<(String, Sense)>,
}

impl Lexicon {
    /// Reads a language's words.
    pub fn of(words: &str, habits: &Habits) -> Self {
        let mut entries = Vec::new();
        for entry in entries_of(words) {
            read_entry(entry, habits, &mut entries);
        }
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.shrink_to_fit();
        Self { entries }
    }

    /// What a phrase can mean.
    pub fn senses(&self, phrase: &str) -> impl Iterator<Item = Sense> {
        let start = self.entries.partition_point(|(entry, _)| entry.as_str() < phrase);
        self.entries[start..].iter().take_while(move |(entry, _)| entry == phrase).map(|(_, sense)| *sense)
    }

    /// Whether a longer phrase begins with these words.
    pub fn goes_on(&self, words: &str) -> bool {
        let longer = || words.bytes().chain([b' ']);
        let start = self.entries.partition_point(|(entry, _)| entry.bytes().lt(longer()));
        self.entries.get(start).is_some_and(|(entry, _)| entry.bytes().take(words.len() + 1).eq(longer()))
    }

    /// Every phrase, for those who look for the nearest one.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, Sense)> {
        self.entries.iter().map(|(entry, sense)| (entry.as_str(), *sense))
    }
}

/// Entries of a language file that are none.
#[cfg(test)]
pub fn unread<'a>(words: &'a str, habits: &Habits) -> Vec<&'a str> {
    entries_of(words).filter(|entry| read_entry(entry, habits, &mut Vec::new()).is_none()).collect()
}

/// The entries of a language file.
fn entries_of(words: &str) -> impl Iterator<Item = &str> {
    words.split(";\n").map(str::trim).filter(|entry| !entry.is_empty())
}

/// Reads one entry; what is none is passed over, which a test forbids.
fn read_entry(entry: &str, habits: &Habits, entries: &mut Vec<(String, Sense)>) -> Option<()> {
    let (key, all) = entry.split_once(" = ")?;
    let (name, value) = key.split_once(' ').unwrap_or((key, ""));
    let kind = Kind::named(name)?;
    let (value, step) = value.split_once("..+").unwrap_or((value, "1"));
    let (first, step) = (value_of(kind, value)?, read_float(step)?);
    for (place, alternatives) in all.split('|').enumerate() {
        let sense = Sense { kind, value: first + step * place as f64 };
        for alternative in alternatives.split(',') {
            expand(alternative, &mut |form| {
                for spelling in spellings(form, habits.compounds) {
                    entries.push((Tokens::of(&spelling, habits.elides).folded, sense));
                }
            });
        }
    }
    Some(())
}

fn value_of(kind: Kind, text: &str) -> Option<f64> {
    if kind == Kind::Span {
        Span::value(text)
    } else if kind == Kind::Part {
        DayPart::value(text)
    } else if kind == Kind::Holiday {
        Holiday::value(text)
    } else if kind == Kind::Currency || kind == Kind::Cent {
        Some(shared::code_value(text))
    } else if text.is_empty() {
        Some(0.0)
    } else {
        read_float(text)
    }
}

/// Every form of a word with alternatives in parentheses.
fn expand(form: &str, take: &mut dyn FnMut(&str)) {
    let parts = form.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?)));
    let Some((head, (endings, tail))) = parts else { return take(form) };
    for ending in endings.split('/') {
        expand(&format!("{head}{ending}{tail}"), take);
    }
}

/// German words are also typed without their dots: `fuenf`.
fn spellings(form: &str, german: bool) -> Vec<String> {
    let mut all = vec![form.to_owned()];
    if german && form.contains(['ä', 'ö', 'ü']) {
        all.push(form.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"));
    }
    all
}
