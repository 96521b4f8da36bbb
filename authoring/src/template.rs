//! What a translator fills in: everything of an assistant that another language needs, with what is translated already.

use crate::check::to_translate;
use crate::compile;
use crate::document::{Document, OptionDoc, TranslationDoc};
use crate::tree::Notation;
use crate::write;
use assistant::definition::BUILT_IN_ACTIONS;
use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

/// An entry of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How it is named.
    pub key: String,
    /// What is translated already; empty when nothing is.
    pub value: Json,
    /// What it is in the assistant's own language, where the key does not say so.
    pub original: Vec<String>,
}

/// A translation with everything it needs; what is still to be done is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The language's tag.
    pub language: String,
    /// The parts of the translation and what is in them.
    pub parts: Vec<(&'static str, Vec<Entry>)>,
}

impl Template {
    /// That of a document in one language.
    pub fn of(document: &Document, language: &str) -> Self {
        let done = document.translations.get(language).map(TranslationDoc::filled).unwrap_or_default();
        let texts = compile::texts(document);
        let texts = to_translate(&texts).into_iter().map(|text| (text.to_owned(), Vec::new())).collect();
        let parts = vec![
            ("texts", entries(texts, &done.texts, &json!(""))),
            ("phrases", entries(phrases(document), &done.phrases, &json!([]))),
            ("synonyms", entries(synonyms(document), &done.synonyms, &json!([]))),
            ("words", entries(document.words.clone(), &done.words, &json!([]))),
        ];
        Self {
            language: language.to_owned(),
            parts: parts.into_iter().filter(|(_, all)| !all.is_empty()).collect(),
        }
    }

    /// Of each part, how much is still to be done, and how much there is.
    pub fn left(&self) -> Vec<(&'static str, usize, usize)> {
        let left = |all: &[Entry]| all.iter().filter(|entry| entry.is_left()).count();
        self.parts.iter().map(|(part, all)| (*part, left(all), all.len())).collect()
    }

    /// As it goes into an assistant's file. YAML says what is still to be done, and what it is in the original.
    pub fn write(&self, notation: Notation) -> String {
        match notation {
            Notation::Json => write::json(&json!({ "translations": { &self.language: self.tree() } })),
            Notation::Yaml => self.yaml(),
        }
    }

    fn tree(&self) -> Json {
        let part = |all: &[Entry]| {
            all.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect::<Map<_, _>>()
        };
        self.parts
            .iter()
            .map(|(name, all)| ((*name).to_owned(), Json::Object(part(all))))
            .collect::<Map<_, _>>()
            .into()
    }

    fn yaml(&self) -> String {
        if self.parts.is_empty() {
            return format!("translations: {{ {}: {{}} }}\n", self.language);
        }
        let mut out = String::new();
        if self.left().iter().any(|(_, left, _)| *left > 0) {
            out.push_str(
                "# What is empty (\"\" or []) is to be translated; a comment above it is the original.\n",
            );
        }
        out.push_str(&format!("translations:\n  {}:\n", self.language));
        for (part, all) in &self.parts {
            out.push_str(&format!("    {part}:\n"));
            for entry in all {
                let original = entry.original.iter().filter(|_| entry.is_left());
                original.for_each(|text| out.push_str(&format!("      # {}\n", text.replace('\n', " "))));
                let lines = write::yaml(&json!({ &entry.key: entry.value }));
                for line in lines.lines() {
                    let indent = if line.is_empty() { "" } else { "      " };
                    out.push_str(&format!("{indent}{line}\n"));
                }
            }
        }
        out
    }
}

impl Entry {
    fn is_left(&self) -> bool {
        self.value == json!("") || self.value == json!([])
    }
}

/// What has to be there, in the order of the assistant, and after it what is there besides.
fn entries<T: Clone + Into<Json>>(
    needed: IndexMap<String, Vec<String>>,
    done: &IndexMap<String, T>,
    nothing: &Json,
) -> Vec<Entry> {
    let besides = done.keys().filter(|key| !needed.contains_key(*key)).map(|key| (key.clone(), Vec::new()));
    let besides: Vec<_> = besides.collect();
    let entry = |(key, original): (String, Vec<String>)| {
        let value = done.get(&key).map_or_else(|| nothing.clone(), |value| value.clone().into());
        Entry { key, value, original }
    };
    needed.into_iter().chain(besides).map(entry).collect()
}

/// Labels of options that have synonyms, and the author's further words for yes and no.
fn synonyms(document: &Document) -> IndexMap<String, Vec<String>> {
    let options = document.options().filter_map(|option| match option {
        OptionDoc::Label(_) => None,
        OptionDoc::Full(full) => Some((full.label.clone(), full.synonyms.clone())),
    });
    let asked = document.steps().filter_map(|step| step.ask.as_ref());
    let yes_no = asked.flat_map(|ask| [("yes", &ask.yes), ("no", &ask.no)]);
    let yes_no = yes_no.map(|(key, words)| (key.to_owned(), words.get(1..).unwrap_or_default().to_vec()));
    options.chain(yes_no).filter(|(_, synonyms)| !synonyms.is_empty()).collect()
}

/// What visitors say, by action.
fn phrases(document: &Document) -> IndexMap<String, Vec<String>> {
    let built_in = BUILT_IN_ACTIONS.into_iter().zip(document.built_in());
    let built_in = built_in.filter_map(|(id, action)| Some((id.to_owned(), action?.phrases.clone()?)));
    let own = document.actions.iter().map(|action| (action.id.clone(), action.phrases.clone()));
    built_in.chain(own).filter(|(_, phrases)| !phrases.is_empty()).collect()
}
