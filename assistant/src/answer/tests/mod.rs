//! What is understood, as tables: what was said, and what it is read as.
//!
//! Each language has a file of its own, in parts: `[date]` are answers to a question for a date, `[date en-GB]` the same
//! in Britain, `[mentioned date]` are sentences that were not asked for. `-` is nothing of the kind, `several` that
//! several are meant, `|` parts two readings between which the visitor is asked. `//` names the rule that a part shows.
//! It is Wednesday, 6 May 2026, 10:20.

mod common;
mod options;
mod properties;
mod speller;

use super::{Bounds, Context, Expected, Reading, mentioned, read};
use crate::civil::{date_text, time_text};
use crate::language::{LANGUAGES, Vocabulary, lexicon, words_of};
use crate::value::Value;
use jiff::civil::{DateTime, date};
use protocol::inspect::Refused;

const NUMBER: Expected<'_> = Expected::Number(Bounds { min: None, max: None, whole: false });
const MONEY: Expected<'_> = Expected::Currency(Bounds { min: None, max: None, whole: false });
const PERCENT: Expected<'_> = Expected::Percent(Bounds { min: None, max: None, whole: false });
const DATE: Expected<'_> = Expected::Date { from: None, to: None, weekdays: &[], confirm: true };
const TIME: Expected<'_> = Expected::Time { from: None, to: None, confirm: true };
const YES_NO: Expected<'_> = Expected::YesNo { yes: &[], no: &[] };

#[test]
fn english_is_understood() {
    check_file("en", include_str!("en.txt"));
}

#[test]
fn spanish_is_understood() {
    check_file("es", include_str!("es.txt"));
}

#[test]
fn french_is_understood() {
    check_file("fr", include_str!("fr.txt"));
}

#[test]
fn portuguese_is_understood() {
    check_file("pt", include_str!("pt.txt"));
}

#[test]
fn german_is_understood() {
    check_file("de", include_str!("de.txt"));
}

#[test]
fn russian_is_understood() {
    check_file("ru", include_str!("ru.txt"));
}

#[test]
fn every_entry_of_a_language_file_is_read() {
    for language in LANGUAGES {
        let words = words_of(language.tag);
        let unread = lexicon::unread(&words, &language.habits);
        assert!(unread.is_empty(), "{}: {unread:#?}", language.tag);
    }
}

fn now() -> DateTime {
    date(2026, 5, 6).at(10, 20, 0, 0)
}

fn context(language: &str) -> Context<'_> {
    Context { language, lexicon: Vocabulary::built_in(language).lexicon(), now: now() }
}

/// Compares what is read with a file. All differences are told at once.
fn check_file(language: &str, file: &str) {
    let (mut wrong, mut part) = (Vec::new(), Part { language, expected: &NUMBER, mentioned: false });
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with("//")) {
        match line.strip_prefix('[').and_then(|heading| heading.strip_suffix(']')) {
            Some(heading) => part = Part::headed(heading, language),
            None => wrong.extend(part.wrong(line.rsplit_once(" = ").expect("a line is `said = value`"))),
        }
    }
    report(&wrong);
}

/// Compares what is read with a table.
fn check(language: &str, expected: &Expected<'_>, table: &[(&str, &str)]) {
    let part = Part { language, expected, mentioned: false };
    report(&table.iter().filter_map(|line| part.wrong(*line)).collect::<Vec<_>>());
}

/// The same for what is mentioned.
fn check_mentioned(language: &str, expected: &Expected<'_>, table: &[(&str, &str)]) {
    let part = Part { language, expected, mentioned: true };
    report(&table.iter().filter_map(|line| part.wrong(*line)).collect::<Vec<_>>());
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a table is about.
struct Part<'a> {
    language: &'a str,
    expected: &'a Expected<'a>,
    mentioned: bool,
}

impl<'a> Part<'a> {
    fn headed(heading: &'a str, language: &'a str) -> Self {
        let (mentioned, heading) = match heading.strip_prefix("mentioned ") {
            Some(rest) => (true, rest),
            None => (false, heading),
        };
        let (kind, language) = heading.split_once(' ').unwrap_or((heading, language));
        let expected = match kind {
            "number" => &NUMBER,
            "money" => &MONEY,
            "percent" => &PERCENT,
            "date" => &DATE,
            "time" => &TIME,
            "yes_no" => &YES_NO,
            other => panic!("there is no part `{other}`"),
        };
        Self { language, expected, mentioned }
    }

    fn wrong(&self, (said, wanted): (&str, &str)) -> Option<String> {
        let context = context(self.language);
        let found = match self.mentioned {
            true => {
                mentioned(self.expected, said, &context).map_or("-".to_owned(), |value| value_shown(&value))
            }
            false => shown(&read(self.expected, said, &context)),
        };
        (found != wanted).then(|| format!("  {}: `{said}` is {found}, not {wanted}", self.language))
    }
}

fn shown(reading: &Reading) -> String {
    match reading {
        Reading::Plain(value) | Reading::Inside(value) => value_shown(value),
        Reading::Two(first, second) => format!("{}|{}", value_shown(first), value_shown(second)),
        Reading::Refused(Refused::NotOfThisKind) => "-".to_owned(),
        Reading::Refused(Refused::SeveralMeant) => "several".to_owned(),
        Reading::Refused(why) => format!("{why:?}"),
    }
}

fn value_shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Percent(percent) => format!("{percent}%"),
        Value::Money { amount, currency } => format!("{amount} {currency}").trim().to_owned(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => date_text(*date),
        Value::Time(time) if time.second() == 0 => time_text(*time)[..5].to_owned(),
        Value::Time(time) => time_text(*time),
        Value::Text(text) => text.clone(),
        Value::Nothing | Value::DateTime(_) | Value::List(_) | Value::Map(_) => format!("{value:?}"),
    }
}
