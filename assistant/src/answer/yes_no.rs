//! Yes or no: by the author's words, and by English ones.

use super::Reading;
use crate::fold::{fold, words};
use crate::value::Value;
use protocol::inspect::Refused;

const YES: [&str; 22] = [
    "yes",
    "yeah",
    "yea",
    "yep",
    "yup",
    "yess",
    "ya",
    "y",
    "sure",
    "ok",
    "okay",
    "right",
    "correct",
    "absolutely",
    "definitely",
    "certainly",
    "exactly",
    "positive",
    "affirmative",
    "indeed",
    "true",
    "gladly",
];
const NO: [&str; 14] = [
    "no", "nope", "nah", "nay", "n", "not", "never", "negative", "dont", "doesnt", "isnt", "wont", "cant",
    "false",
];
/// Whole utterances that their single words would mislead about.
const YES_PHRASES: [&str; 8] =
    ["of course", "no problem", "why not", "go ahead", "sounds good", "i do", "it is", "please do"];
const NO_PHRASES: [&str; 4] = ["i dont think so", "certainly not", "absolutely not", "definitely not"];
/// Words that change nothing about a yes or a no.
const POLITE: [&str; 17] = [
    "please", "thanks", "thank", "you", "it", "is", "i", "do", "that", "thats", "this", "am", "we", "a",
    "very", "much", "really",
];

/// Reads an utterance as yes or no; `yes` and `no` are the author's own words for them.
pub fn read(yes: &[String], no: &[String], said: &str) -> Reading {
    let folded = fold(said);
    let is_one_of = |words: &[String]| {
        words.iter().any(|w| w.trim() == said.trim() || (fold(w) == folded && !folded.is_empty()))
    };
    match (is_one_of(yes), is_one_of(no)) {
        (true, false) => return Reading::Plain(Value::YesNo(true)),
        (false, true) => return Reading::Plain(Value::YesNo(false)),
        (true, true) | (false, false) => {}
    }
    if YES_PHRASES.contains(&folded.as_str()) {
        return Reading::Plain(Value::YesNo(true));
    }
    if NO_PHRASES.contains(&folded.as_str()) {
        return Reading::Plain(Value::YesNo(false));
    }
    by_words(&words(said))
}

fn by_words(said: &[String]) -> Reading {
    let has = |list: &[&str]| said.iter().any(|word| list.contains(&word.as_str()));
    let meant = match (has(&YES), has(&NO)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) => return Reading::Refused(Refused::SeveralMeant),
        (false, false) => return Reading::Refused(Refused::NotOfThisKind),
    };
    let list: &[&str] = if meant { &YES } else { &NO };
    let of_list = |word: &String| list.contains(&word.as_str());
    if said.iter().all(|word| of_list(word) || POLITE.contains(&word.as_str())) {
        Reading::Plain(Value::YesNo(meant))
    } else if said.first().is_some_and(of_list) {
        Reading::Inside(Value::YesNo(meant))
    } else {
        Reading::Refused(Refused::NotOfThisKind)
    }
}

