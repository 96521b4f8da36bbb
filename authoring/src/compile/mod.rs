//! From a document to what the engine runs: texts and expressions parsed, names resolved, defaults filled in.
//!
//! One file for each thing an author can write. [`scope::Scope`] is what all of them need; [`at::At`] is where in the
//! document they are, so that each mistake is noted with the pointer of the very value.

mod action;
mod again;
mod ask;
mod at;
mod choices;
mod condition;
mod defaults;
pub(crate) mod expression;
mod faces;
mod fits;
mod invalid;
mod json;
pub(crate) mod names;
pub(crate) mod nearest;
mod operand;
mod patterns;
mod say;
mod scope;
mod settings;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod then;

pub use expression::print as expression_text;
pub use text::escape;

pub(crate) use scope::Survey;

use crate::document::{Document, TranslationDoc};
use crate::findings::{Findings, segment};
use crate::mistake::Severity;
use assistant::definition::Definition;
use defaults::Defaults;
use faces::Faces;
use names::Names;
use nearest::did_you_mean;
use scope::{Compiler, Scope};
use std::cell::RefCell;
use std::collections::HashSet;

/// Makes the assistants of a document by language tag, its own language first. What cannot be made is noted, and a
/// stand-in made instead, so that everything wrong is found at once.
pub fn compile(document: &Document, findings: &Findings) -> Vec<(String, Definition)> {
    compile_surveying(document, findings).0
}

/// The same, with what was come across on the way, for the checks.
pub(crate) fn compile_surveying(
    document: &Document,
    findings: &Findings,
) -> (Vec<(String, Definition)>, Survey) {
    let survey = RefCell::default();
    let own = in_language(document, findings, None, &survey);
    let mut definitions = vec![(document.language.clone(), own)];
    for (tag, translation) in &document.translations {
        check_names(document, tag, translation, findings);
        let found = Findings::default();
        let definition = in_language(document, &found, Some((tag, &translation.filled())), &survey);
        pass_on(found, tag, findings);
        definitions.push((tag.clone(), definition));
    }
    (definitions, survey.into_inner())
}

/// Every text that visitors see and that can be translated, with where it stands.
pub fn texts(document: &Document) -> Vec<(String, String)> {
    compile_surveying(document, &Findings::default()).1.texts
}

fn in_language(
    document: &Document,
    findings: &Findings,
    translation: Option<(&str, &TranslationDoc)>,
    survey: &RefCell<Survey>,
) -> Definition {
    let language = translation.map_or(document.language.as_str(), |(tag, _)| tag);
    let defaults = Defaults::of(language);
    let names = Names::of(document, action::built_in_steps(document, defaults));
    let faces = Faces::of(document, &names);
    let c = Compiler { document, defaults, findings, names, faces, translation, survey };
    check_language(&c, language);
    choices::survey_saved(Scope::outside(&c));
    let definition = Definition {
        name: document.name.clone(),
        language: language.to_owned(),
        settings: settings::settings(&c),
        display: settings::display(&document.display, language),
        texts: settings::own_words(&c),
        variables: settings::variables(&c),
        words: settings::word_lists(&c),
        counterexamples: document.counterexamples.clone(),
        actions: action::actions(&c),
    };
    survey_shown(&c);
    definition
}

/// Adds what the author gave to variables that visitors read: it is text for visitors too.
fn survey_shown(c: &Compiler<'_>) {
    let mut survey = c.survey.borrow_mut();
    if c.translation.is_none() {
        let shown = std::mem::take(&mut survey.shown);
        let texts = shown.iter().flat_map(|name| c.faces.texts(name));
        survey.texts.extend(texts.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }
}

/// Notes a language whose default texts are the English ones.
fn check_language(c: &Compiler<'_>, language: &str) {
    if !Defaults::exist_for(language) {
        let path = match c.translation {
            Some((tag, _)) => format!("/translations/{}", segment(tag)),
            None => "/language".to_owned(),
        };
        let built_in =
            defaults::LANGUAGES.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        let problem = format!(
            "`{language}` is not built in: texts you leave out are English, and of numbers, dates and times only \
             figures are understood"
        );
        let remedy = format!(
            "write `greeting`, `no_matches`, `fallback`, `clarify`, `topics`, the words of `yes_no` questions and what \
             questions say to invalid answers, or translate them; built in are {built_in}, with any region"
        );
        c.findings.warning("no-ready-texts", path, problem, remedy);
    }
}

/// Notes translations of actions and lists that do not exist.
fn check_names(document: &Document, tag: &str, translation: &TranslationDoc, findings: &Findings) {
    let base = format!("/translations/{}", segment(tag));
    let actions = || {
        let own = document.actions.iter().map(|action| action.id.as_str());
        own.chain(assistant::definition::BUILT_IN_ACTIONS)
    };
    for id in translation.phrases.keys().filter(|id| !actions().any(|action| action == **id)) {
        let remedy = did_you_mean(id, actions(), "actions");
        let path = format!("{base}/phrases/{}", segment(id));
        findings.error("unknown-action", path, format!("there is no action `{id}`"), remedy);
    }
    let lists = || document.words.keys().map(String::as_str).chain(settings::TRIGGER_LISTS);
    for name in translation.words.keys().filter(|name| !lists().any(|list| list == **name)) {
        let remedy = did_you_mean(name, lists(), "lists");
        let path = format!("{base}/words/{}", segment(name));
        findings.error("unknown-list", path, format!("there is no list of words `{name}`"), remedy);
    }
}

/// Everything wrong with the document itself was noted in its own language; here counts what is wrong with the
/// translation, once.
fn pass_on(found: Findings, tag: &str, findings: &Findings) {
    let base = format!("/translations/{}", segment(tag));
    let mut seen = HashSet::new();
    for finding in found.into_vec() {
        let of_translation = finding.path == base || finding.path.starts_with(&format!("{base}/"));
        if of_translation && seen.insert((finding.path.clone(), finding.problem.clone())) {
            match finding.severity {
                Severity::Error => {
                    findings.error(finding.code, finding.path, finding.problem, finding.remedy);
                }
                Severity::Warning => {
                    findings.warning(finding.code, finding.path, finding.problem, finding.remedy);
                }
            }
        }
    }
}
