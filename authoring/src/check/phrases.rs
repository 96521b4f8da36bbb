//! What visitors say: the same words cannot mean two things.

use super::subject::Subject;
use crate::findings::{Findings, segment};
use crate::shape::{brief, first_uses};
use assistant::definition::{Action, BUILT_IN_ACTIONS, Definition};
use assistant::fold;
use assistant::limits::PHRASE_CHARS_MAX;
use std::collections::{HashMap, HashSet};

/// With fewer phrases an action is recognised by luck.
const PHRASES_MIN: usize = 3;

pub fn check(subject: &Subject<'_>) {
    let mut tags = subject.definitions.iter();
    if let Some((_, own)) = tags.next() {
        in_language(&phrases(own, |place, index| own_path(subject, place, index)), subject);
        each(own, |place, index| own_path(subject, place, index), subject.findings);
        few(subject);
        counterexamples(subject, own);
        own_counterexamples(subject, own);
    }
    for (tag, definition) in tags {
        let path = |place: usize, index: usize| translated_path(subject, tag, definition, place, index);
        in_language(&phrases(definition, path), subject);
        each(definition, path, subject.findings);
    }
}

/// What somebody may say, the action it is for, and where it stands, if an author wrote it.
struct Phrase<'a> {
    text: &'a str,
    place: usize,
    action: &'a str,
    path: Option<String>,
}

/// Every phrase, and the titles, which count as such: visitors choose suggestions by them.
fn phrases(definition: &Definition, path: impl Fn(usize, usize) -> Option<String>) -> Vec<Phrase<'_>> {
    let mut all = Vec::new();
    for (place, action) in definition.actions.iter().enumerate() {
        for (index, text) in action.phrases.iter().enumerate() {
            all.push(Phrase { text, place, action: &action.id, path: path(place, index) });
        }
        let title = fold(&action.title);
        let again = action.phrases.iter().any(|phrase| fold(phrase) == title);
        if place >= BUILT_IN_ACTIONS.len() && !action.phrases.is_empty() && !again {
            let path = path(place, 0).map(|_| format!("/actions/{}/title", place - BUILT_IN_ACTIONS.len()));
            all.push(Phrase { text: &action.title, place, action: &action.id, path });
        }
    }
    all
}

fn in_language(all: &[Phrase<'_>], subject: &Subject<'_>) {
    let folded: Vec<String> = all.iter().map(|phrase| fold(phrase.text)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    for (phrase, first) in all.iter().zip(first_uses(&folded)) {
        let owner = &all[first];
        let Some(path) =
            phrase.path.as_ref().or(owner.path.as_ref()).filter(|_| !std::ptr::eq(owner, phrase))
        else {
            continue;
        };
        if owner.place != phrase.place {
            let other = if phrase.path.is_some() { owner.action } else { phrase.action };
            let problem = format!("`{}` is also said for the action `{other}`", brief(phrase.text));
            let remedy = "the same words cannot mean two things: keep them in one action";
            subject.findings.warning("phrase-in-two-actions", path.as_str(), problem, remedy);
        } else {
            let problem = format!("`{}` stands here again", brief(phrase.text));
            subject.findings.warning("phrase-again", path.as_str(), problem, "remove it: one is enough");
        }
    }
}

fn each(definition: &Definition, path: impl Fn(usize, usize) -> Option<String>, findings: &Findings) {
    for (place, action) in definition.actions.iter().enumerate() {
        for (index, phrase) in action.phrases.iter().enumerate() {
            let Some(path) = path(place, index) else { continue };
            let chars = phrase.chars().count();
            if chars > PHRASE_CHARS_MAX {
                let problem = format!("this phrase has {chars} characters");
                findings.error("too-long", path.as_str(), problem, format!("{PHRASE_CHARS_MAX} are allowed"));
            }
            if fold(phrase).is_empty() {
                let remedy = "write something a visitor would type";
                findings.warning("empty-phrase", path, "this phrase has no letters or digits", remedy);
            }
        }
    }
}

fn few(subject: &Subject<'_>) {
    for (index, action) in subject.document.actions.iter().enumerate() {
        let count = action.phrases.len();
        if (1..PHRASES_MIN).contains(&count) {
            let problem = if count == 1 {
                "there is one phrase".to_owned()
            } else {
                format!("there are {count} phrases")
            };
            let remedy = "write ten, the way visitors write, as different from each other as you can";
            subject.findings.warning("few-phrases", format!("/actions/{index}/phrases"), problem, remedy);
        }
    }
}

fn counterexamples(subject: &Subject<'_>, own: &Definition) {
    if subject.document.counterexamples.is_empty() {
        return;
    }
    let phrases = |action: &'_ Action| action.phrases.iter().map(|phrase| fold(phrase)).collect::<Vec<_>>();
    let owners: HashMap<String, &str> = own
        .actions
        .iter()
        .flat_map(|action| phrases(action).into_iter().map(|phrase| (phrase, action.id.as_str())))
        .collect();
    for (index, example) in subject.document.counterexamples.iter().enumerate() {
        let said = fold(example);
        if let Some(action) = owners.get(&said).filter(|_| !said.is_empty()) {
            let problem = format!("`{}` is a phrase of the action `{action}`", brief(example));
            let path = format!("/counterexamples/{index}");
            subject.findings.warning("counterexample-is-phrase", path, problem, "keep one of the two");
        }
    }
}

/// Those of single actions, where an author wrote them.
fn own_counterexamples(subject: &Subject<'_>, own: &Definition) {
    for (place, action) in own.actions.iter().enumerate() {
        let Some(path) = counterexamples_path(subject, place) else { continue };
        let phrases: HashSet<String> = action.phrases.iter().map(|phrase| fold(phrase)).collect();
        for (index, example) in action.counterexamples.iter().enumerate() {
            let path = format!("{path}/{index}");
            if phrases.contains(&fold(example)) {
                let problem = format!("`{}` is a phrase of this action", brief(example));
                subject.findings.warning(
                    "counterexample-is-phrase",
                    path.as_str(),
                    problem,
                    "keep one of the two",
                );
            }
            let chars = example.chars().count();
            if chars > PHRASE_CHARS_MAX {
                let problem = format!("this counterexample has {chars} characters");
                subject.findings.error("too-long", path, problem, format!("{PHRASE_CHARS_MAX} are allowed"));
            }
        }
    }
}

fn counterexamples_path(subject: &Subject<'_>, place: usize) -> Option<String> {
    match place.checked_sub(BUILT_IN_ACTIONS.len()) {
        Some(own) => Some(format!("/actions/{own}/counterexamples")),
        None => {
            subject.document.built_in()[place]?.counterexamples.as_ref()?;
            Some(format!("/{}/counterexamples", BUILT_IN_ACTIONS[place]))
        }
    }
}

fn own_path(subject: &Subject<'_>, place: usize, index: usize) -> Option<String> {
    match place.checked_sub(BUILT_IN_ACTIONS.len()) {
        Some(own) => Some(format!("/actions/{own}/phrases/{index}")),
        None => {
            subject.document.built_in()[place]?.phrases.as_ref()?;
            Some(format!("/{}/phrases/{index}", BUILT_IN_ACTIONS[place]))
        }
    }
}

fn translated_path(
    subject: &Subject<'_>,
    tag: &str,
    definition: &Definition,
    place: usize,
    index: usize,
) -> Option<String> {
    let id = &definition.actions.get(place)?.id;
    subject.document.translations.get(tag)?.phrases.get(id)?;
    Some(format!("/translations/{}/phrases/{}/{index}", segment(tag), segment(id)))
}
