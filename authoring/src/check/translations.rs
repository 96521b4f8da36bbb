//! Languages that are not complete, or say something else.

use super::subject::Subject;
use crate::compile::nearest::nearest;
use crate::document::{OptionDoc, TranslationDoc};
use crate::findings::segment;
use crate::shape::{NAMES_MAX, brief, names};
use regex_lite::Regex;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// Slips for which the right text is looked for; it takes a while among thousands.
const GUESSES_MAX: usize = 20;

/// What inserts something.
static INSERT: std::sync::LazyLock<Option<Regex>> =
    std::sync::LazyLock::new(|| Regex::new(r"\{[^{}]*\}").ok());

pub fn check(subject: &Subject<'_>) {
    for (tag, translation) in &subject.document.translations {
        let path = format!("/translations/{}", segment(tag));
        if *tag == subject.document.language {
            let problem = format!("`{tag}` is the language of the assistant itself");
            subject.findings.error("own-language", path.as_str(), problem, "remove this translation");
            continue;
        }
        texts(subject, translation, &path);
        phrases(subject, translation, &path);
        synonyms(subject, translation, &path);
    }
}

fn texts(subject: &Subject<'_>, translation: &TranslationDoc, path: &str) {
    let known: HashSet<&str> = subject.survey.texts.iter().map(|(_, text)| text.as_str()).collect();
    let filled = translation.filled();
    let missing: Vec<&str> = to_translate(&subject.survey.texts)
        .into_iter()
        .filter(|text| !filled.texts.contains_key(*text))
        .collect();
    if !missing.is_empty() {
        let problem = match missing.as_slice() {
            [_] => "one text is not translated".to_owned(),
            all => format!("{} texts are not translated", all.len()),
        };
        let remedy = format!("add to `texts`: {}{}", names(&missing), all_with(missing.len(), path));
        subject.findings.warning("untranslated", format!("{path}/texts"), problem, remedy);
    }
    let written = written(subject);
    let mut guesses = 0..GUESSES_MAX;
    for (text, translated) in &translation.texts {
        let is_filled = filled.texts.contains_key(text);
        let path = format!("{path}/texts/{}", segment(text));
        if !known.contains(text.as_str()) && !written.contains(text) {
            let remedy = match guesses.next().and_then(|_| nearest(text, &missing)) {
                Some(near) => format!("did you mean `{}`?", brief(near)),
                None => "write the text exactly as it stands in the assistant, or remove it".to_owned(),
            };
            subject.findings.warning(
                "unknown-text",
                path.as_str(),
                "no such text stands in the assistant",
                remedy,
            );
        }
        let (own, other) = (inserts(text), inserts(translated));
        let lost: Vec<&String> = own.difference(&other).collect();
        if is_filled && !lost.is_empty() {
            let problem = format!("the translation leaves out {}", names(&lost));
            subject.findings.warning("lost-insert", path, problem, "insert what the original inserts");
        }
    }
}

/// Texts that have to be translated, each once, in the order of the file: those that say something in words.
pub fn to_translate(texts: &[(String, String)]) -> Vec<&str> {
    let says_something = |text: &str| {
        INSERT.as_ref().is_none_or(|insert| insert.replace_all(text, "").chars().any(char::is_alphabetic))
    };
    let mut known = HashSet::new();
    let texts = texts.iter().map(|(_, text)| text.as_str());
    texts.filter(|text| says_something(text) && known.insert(*text)).collect()
}

/// How to see all of what is missing, where it is too much for one line.
fn all_with(missing: usize, path: &str) -> String {
    let tag = path.rsplit('/').next().unwrap_or_default();
    match missing > NAMES_MAX {
        true => format!("; `passerelle translate FILE --language {tag}` writes all of them"),
        false => String::new(),
    }
}

/// Every text of the steps, and labels: of answers and messages for agents too, which can be translated and need not be.
fn written(subject: &Subject<'_>) -> HashSet<String> {
    let labels = subject.document.variables.values().filter_map(|variable| variable.shown_as.clone());
    let actions = subject.document.actions.iter();
    let titles =
        actions.flat_map(|action| std::iter::once(action.title.clone()).chain(action.shown_as.clone()));
    let mut all: HashSet<String> = labels.chain(titles).collect();
    for (_, step) in subject.steps() {
        collect(&serde_json::to_value(step).unwrap_or_default(), &mut all);
    }
    all
}

fn collect(value: &Value, all: &mut HashSet<String>) {
    match value {
        Value::String(text) => drop(all.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| collect(item, all)),
        Value::Object(map) => map.values().for_each(|value| collect(value, all)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn inserts(text: &str) -> BTreeSet<String> {
    let plain = text.replace("{{", "").replace("}}", "");
    let found = INSERT.iter().flat_map(|insert| insert.find_iter(&plain));
    found.map(|found| found.as_str().replace(' ', "")).collect()
}

fn phrases(subject: &Subject<'_>, translation: &TranslationDoc, path: &str) {
    let actions = subject.document.actions.iter().filter(|action| !action.phrases.is_empty());
    let missing: Vec<&str> = actions
        .map(|action| action.id.as_str())
        .filter(|id| translation.phrases.get(*id).is_none_or(Vec::is_empty))
        .collect();
    if !missing.is_empty() {
        let problem = match missing.as_slice() {
            [_] => "one action has no phrases in this language".to_owned(),
            all => format!("{} actions have no phrases in this language", all.len()),
        };
        let remedy = format!("add to `phrases`: {}{}", names(&missing), all_with(missing.len(), path));
        subject.findings.warning("untranslated", format!("{path}/phrases"), problem, remedy);
    }
}

fn synonyms(subject: &Subject<'_>, translation: &TranslationDoc, path: &str) {
    let labels = labels(subject);
    let mut guesses = 0..GUESSES_MAX;
    for label in translation.synonyms.keys().filter(|label| !labels.contains(label.as_str())) {
        let known: Vec<&str> = labels.iter().copied().collect();
        let remedy = match guesses.next().and_then(|_| nearest(label, &known)) {
            Some(near) => format!("did you mean `{}`?", brief(near)),
            None => "write the label as it stands in the assistant, or `yes` or `no`".to_owned(),
        };
        let problem = format!("no option is called `{}`", brief(label));
        subject.findings.warning(
            "unknown-option",
            format!("{path}/synonyms/{}", segment(label)),
            problem,
            remedy,
        );
    }
}

fn labels<'a>(subject: &Subject<'a>) -> BTreeSet<&'a str> {
    let label = |option: &'a OptionDoc| match option {
        OptionDoc::Label(label) => label.as_str(),
        OptionDoc::Full(full) => full.label.as_str(),
    };
    subject.document.options().map(label).chain(["yes", "no"]).collect()
}
