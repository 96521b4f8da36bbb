//! Wordings that messages share.

use crate::compile::nearest::nearest;
use crate::tree::Is;
use std::collections::HashMap;

/// Names listed at most in a message.
pub const NAMES_MAX: usize = 24;

/// Names in backquotes, for messages.
pub fn names<T: AsRef<str>>(all: &[T]) -> String {
    let mut quoted: Vec<String> =
        all.iter().take(NAMES_MAX).map(|name| format!("`{}`", brief(name.as_ref()))).collect();
    if all.len() > NAMES_MAX {
        quoted.push(format!("and {} more", all.len() - NAMES_MAX));
    }
    quoted.join(", ")
}

/// The beginning of an author's text, for messages; on one line.
pub fn brief(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    let line = text.replace(['\n', '\r', '\t'], " ");
    match line.char_indices().nth(CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// `a, b or c`
pub fn joined(all: &[String]) -> String {
    match all {
        [] => "something else".to_owned(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// What other notations call things that have another name here.
const ELSEWHERE: [(&str, &str); 9] = [
    ("=", "is"),
    ("==", "is"),
    ("equals", "is"),
    ("!=", "is_not"),
    ("<>", "is_not"),
    ("and", "all"),
    ("or", "any"),
    ("condition", "when"),
    ("text", "say"),
];

/// The known name that this one is probably a slip of. In short words only swapped letters count: one letter away from
/// `and` is `any`, and that is not what was meant.
pub fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    const LETTERS_MIN: usize = 4;
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    let here = ELSEWHERE.iter().find(|(there, here)| *there == name && known.contains(here));
    if let Some((_, here)) = here {
        return known.iter().copied().find(|known| known == here);
    }
    if let Some(swapped) = known.iter().copied().find(|known| sorted(known) == sorted(name)) {
        return Some(swapped);
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    nearest(name, known).filter(|near| letters(name) > 0 && letters(name).max(letters(near)) >= LETTERS_MIN)
}

/// For each name, where it stands for the first time. Empty ones are never the same.
pub fn first_uses(names: &[&str]) -> Vec<usize> {
    let mut first = HashMap::new();
    let uses = names.iter().enumerate();
    uses.map(|(index, name)| if name.is_empty() { index } else { *first.entry(*name).or_insert(index) })
        .collect()
}

/// What stands there.
pub fn describe(is: &Is) -> String {
    match is {
        Is::Null => "`null`".to_owned(),
        Is::Flag(flag) => format!("`{flag}`"),
        Is::Number(_, written) => format!("the number `{}`", brief(written)),
        Is::Text(text) if text.is_empty() => "an empty text".to_owned(),
        Is::Text(text) => format!("the text `{}`", brief(text)),
        Is::List(_) => "a list".to_owned(),
        Is::Object(_) => "an object".to_owned(),
    }
}
