//! One of several options: by its label or a synonym, with a typing error, by its number in the list, or named inside
//! a sentence.

use super::{Offer, Reading};
use crate::fold::{alike, words};
use protocol::inspect::Refused;

/// Reads an utterance as one of the choices.
pub fn read(choices: &[Offer], said: &str) -> Reading {
    if let Some(choice) = choices.iter().find(|choice| choice.label.trim() == said.trim()) {
        return Reading::Plain(value(choice));
    }
    let said = words(said);
    if said.is_empty() {
        return Reading::Refused(Refused::Empty);
    }
    if let Some(choice) = only(choices, |name| same(name, &said, |a, b| a == b)) {
        return Reading::Plain(value(choice));
    }
    if let Some(choice) = only(choices, |name| same(name, &said, alike)) {
        return Reading::Plain(value(choice));
    }
    if let Some(choice) = ordinal(&said, choices.len()).and_then(|at| choices.get(at)) {
        return Reading::Plain(value(choice));
    }
    match named_in(choices, &said).or_else(|| part_of(choices, &said)) {
        Some(choice) => Reading::Inside(value(choice)),
        None => Reading::Refused(Refused::NotOfThisKind),
    }
}

fn value(choice: &Offer) -> crate::value::Value {
    choice.value.clone()
}

/// The one choice with a name that fits; none when several have.
fn only(choices: &[Offer], fits: impl Fn(&[String]) -> bool) -> Option<&Offer> {
    let mut fitting = choices.iter().filter(|choice| names(choice).any(|name| fits(&name)));
    fitting.next().filter(|_| fitting.next().is_none())
}

fn names(choice: &Offer) -> impl Iterator<Item = Vec<String>> {
    let all = std::iter::once(&choice.label).chain(&choice.synonyms);
    all.map(|name| words(name)).filter(|name| !name.is_empty())
}

fn same(a: &[String], b: &[String], equal: impl Fn(&str, &str) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
}

/// The choice whose name stands in the sentence. `electric bike` names the electric bike, not the bike: the longest
/// name wins.
fn named_in<'a>(choices: &'a [Offer], said: &[String]) -> Option<&'a Offer> {
    let length = |choice: &Offer| {
        let named = names(choice).filter(|name| said.windows(name.len()).any(|run| same(run, name, alike)));
        named.map(|name| name.len()).max().unwrap_or(0)
    };
    let longest = choices.iter().map(length).max().filter(|length| *length > 0)?;
    let mut named = choices.iter().filter(|choice| length(choice) == longest);
    named.next().filter(|_| named.next().is_none())
}

/// The choice of whose name the visitor said a part: `full` for `Full service (€95)`.
fn part_of<'a>(choices: &'a [Offer], said: &[String]) -> Option<&'a Offer> {
    const LETTERS_MIN: usize = 3;
    const SAY_NOTHING: [&str; 14] = [
        "the", "one", "a", "an", "please", "thanks", "i", "id", "want", "would", "like", "my", "its", "take",
    ];
    let said: Vec<&String> = said.iter().filter(|word| !SAY_NOTHING.contains(&word.as_str())).collect();
    let telling = said.iter().any(|word| word.chars().count() >= LETTERS_MIN);
    if !telling {
        return None;
    }
    only(choices, |name| said.iter().all(|word| name.iter().any(|part| alike(part, word))))
}

/// `2`, `the second one`, `option 2`, `last`: a place in the list, from 0.
fn ordinal(said: &[String], count: usize) -> Option<usize> {
    const FRAME: [&str; 9] = ["the", "one", "option", "number", "no", "nr", "answer", "please", "choice"];
    const PLACES: [[&str; 3]; 10] = [
        ["1", "first", "1st"],
        ["2", "second", "2nd"],
        ["3", "third", "3rd"],
        ["4", "fourth", "4th"],
        ["5", "fifth", "5th"],
        ["6", "sixth", "6th"],
        ["7", "seventh", "7th"],
        ["8", "eighth", "8th"],
        ["9", "ninth", "9th"],
        ["10", "tenth", "10th"],
    ];
    let mut telling = said.iter().filter(|word| !FRAME.contains(&word.as_str()));
    let word = match (telling.next(), telling.next()) {
        (Some(word), None) => word.as_str(),
        (None, _) if said.last().is_some_and(|word| word == "one") => "1",
        (None, _) | (Some(_), Some(_)) => return None,
    };
    match word {
        "last" => count.checked_sub(1),
        word => PLACES
            .iter()
            .position(|names| names.contains(&word))
            .or_else(|| word.parse::<usize>().ok()?.checked_sub(1)),
    }
    .filter(|at| *at < count)
}

