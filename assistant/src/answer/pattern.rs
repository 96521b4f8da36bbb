//! Something of a shape: regular expressions. One that cannot be read matches nothing; the checker tells its author.

use super::Reading;
use crate::definition::NamedPattern;
use crate::value::Value;
use protocol::inspect::Refused;
use regex_lite::Regex;
use std::ops::Range;

/// Reads what matches. Of several matches a whole one wins, then the longest.
pub fn read(patterns: &[NamedPattern], said: &str) -> Reading {
    let said = said.trim();
    let longest = matches(patterns, said).max_by_key(|found| (found.len(), std::cmp::Reverse(found.start)));
    match longest {
        Some(found) if found.len() == said.len() => Reading::Plain(Value::text(said)),
        Some(found) => Reading::Inside(Value::text(&said[found])),
        None => Reading::Refused(Refused::NotOfThisKind),
    }
}

/// What matches inside an utterance: whole words, and not a sentence, which any wide pattern matches.
pub fn mentioned(patterns: &[NamedPattern], said: &str) -> Option<Value> {
    let said = said.trim();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole_words = |found: &Range<usize>| {
        !is_word(said[..found.start].chars().next_back()) && !is_word(said[found.end..].chars().next())
    };
    let sentence = |found: &Range<usize>| found.len() == said.len() && said.contains(char::is_whitespace);
    let fitting = matches(patterns, said).filter(|found| whole_words(found) && !sentence(found));
    fitting.max_by_key(|found| found.len()).map(|found| Value::text(&said[found]))
}

fn matches<'a>(patterns: &'a [NamedPattern], said: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let all =
        patterns.iter().flat_map(|named| &named.patterns).filter_map(|pattern| Regex::new(pattern).ok());
    all.filter_map(|regex| Some(regex.find(said)?.range())).filter(|found| !found.is_empty())
}
