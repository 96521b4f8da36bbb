//! One of several options: by its label or a synonym, with a typing error, by its number in the list, or named inside
//! a sentence.

use super::Reading;
use crate::definition::Choice;
use crate::fold::{alike, words};
use crate::value::Value;

/// Reads an utterance as one of the choices.
pub fn read(choices: &[Choice], said: &str) -> Reading {
    if let Some(choice) = choices.iter().find(|choice| choice.label.trim() == said.trim()) {
        return Reading::Plain(value(choice));
    }
    let said = words(said);
    if said.is_empty() {
        return Reading::Refused("no words were said".to_owned());
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
        None => Reading::Refused("none of the options".to_owned()),
    }
}

fn value(choice: &Choice) -> Value {
    Value::Text(choice.label.clone())
}

/// The one choice with a name that fits; none when several have.
fn only(choices: &[Choice], fits: impl Fn(&[String]) -> bool) -> Option<&Choice> {
    let mut fitting = choices.iter().filter(|choice| names(choice).any(|name| fits(&name)));
    fitting.next().filter(|_| fitting.next().is_none())
}

fn names(choice: &Choice) -> impl Iterator<Item = Vec<String>> {
    let all = std::iter::once(&choice.label).chain(&choice.synonyms);
    all.map(|name| words(name)).filter(|name| !name.is_empty())
}

fn same(a: &[String], b: &[String], equal: impl Fn(&str, &str) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
}

/// The choice whose name stands in the sentence. `electric bike` names the electric bike, not the bike: the longest
/// name wins.
fn named_in<'a>(choices: &'a [Choice], said: &[String]) -> Option<&'a Choice> {
    let length = |choice: &Choice| {
        let named = names(choice).filter(|name| said.windows(name.len()).any(|run| same(run, name, alike)));
        named.map(|name| name.len()).max().unwrap_or(0)
    };
    let longest = choices.iter().map(length).max().filter(|length| *length > 0)?;
    let mut named = choices.iter().filter(|choice| length(choice) == longest);
    named.next().filter(|_| named.next().is_none())
}

/// The choice of whose name the visitor said a part: `full` for `Full service (€95)`.
fn part_of<'a>(choices: &'a [Choice], said: &[String]) -> Option<&'a Choice> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_or_a_synonym_is_the_choice() {
        for said in ["City bike", "  city BIKE! ", "town bike", "Cïty bike"] {
            check(said, Reading::Plain(text("City bike")));
        }
    }

    #[test]
    fn one_typing_error_in_a_word_is_forgiven() {
        for said in ["citi bike", "City bkie", "eletric bike"] {
            assert!(matches!(read(&bikes(), said), Reading::Plain(_)), "{said}");
        }
    }

    #[test]
    fn a_place_in_the_list_is_the_choice() {
        for said in ["2", "second", "the second one", "option 2", "2nd please", "number 2"] {
            check(said, Reading::Plain(text("Electric bike")));
        }
        check("last", Reading::Plain(text("Full service (€95)")));
        check("one", Reading::Plain(text("City bike")));
        check("5", Reading::Refused("none of the options".to_owned()));
        check("0", Reading::Refused("none of the options".to_owned()));
    }

    #[test]
    fn a_choice_is_heard_inside_a_sentence() {
        check("it is a city bike I think", Reading::Inside(text("City bike")));
        check("my electric bike", Reading::Inside(text("Electric bike")));
        check("full service", Reading::Inside(text("Full service (€95)")));
        check("the full one", Reading::Inside(text("Full service (€95)")));
    }

    #[test]
    fn two_choices_or_none_are_no_answer() {
        for said in ["city bike or electric bike", "what?", "", "👍", "the one", "bikes are great"] {
            match read(&bikes(), said) {
                Reading::Refused(_) => {}
                Reading::Plain(value) | Reading::Inside(value) if said == "the one" => {
                    assert_eq!(value, text("City bike"));
                }
                Reading::Plain(value) | Reading::Inside(value) => panic!("`{said}` was taken for {value}"),
            }
        }
    }

    #[test]
    fn a_label_without_letters_can_be_chosen() {
        let choices = vec![choice("👍", &[]), choice("👎", &[])];
        assert_eq!(read(&choices, "👎"), Reading::Plain(text("👎")));
    }

    fn check(said: &str, expected: Reading) {
        assert_eq!(read(&bikes(), said), expected, "{said}");
    }

    fn bikes() -> Vec<Choice> {
        vec![
            choice("City bike", &["town bike"]),
            choice("Electric bike", &["e-bike", "pedelec"]),
            choice("Cargo", &[]),
            choice("Full service (€95)", &[]),
        ]
    }

    fn choice(label: &str, synonyms: &[&str]) -> Choice {
        Choice { label: label.to_owned(), synonyms: synonyms.iter().map(|s| (*s).to_owned()).collect() }
    }

    fn text(label: &str) -> Value {
        Value::Text(label.to_owned())
    }
}
