//! What stands in for whatever an author leaves out, in each language: the built-in actions, written in the authoring
//! format, and every text of the engine's own. English is word for word what the specification says.

use crate::document::BuiltInDoc;
use serde::Deserialize;
use std::sync::LazyLock;

/// The defaults of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    pub greeting: BuiltInDoc,
    pub no_matches: BuiltInDoc,
    pub fallback: BuiltInDoc,
    pub trigger_words: BuiltInDoc,
    pub texts: DefaultTexts,
}

/// The texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefaultTexts {
    pub clarify: ClarifyTexts,
    pub topics: TopicsTexts,
    pub connect: ConnectTexts,
    pub invalid: InvalidTexts,
    pub within: WithinTexts,
    /// Names of the days, Monday first.
    pub weekdays: [String; 7],
    pub yes: String,
    pub no: String,
    pub which_reading: String,
    pub nothing_to_say: String,
    pub let_go: String,
    pub masked: String,
}

/// Clarifying questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClarifyTexts {
    pub intro: String,
    pub none: String,
    pub one: String,
    pub support: String,
}

/// Returning to an earlier topic, and answers that stayed the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicsTexts {
    pub request: String,
    pub not_understood: String,
    pub unchanged: String,
}

/// What visitors are told when a person is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectTexts {
    pub online: String,
    pub offline: String,
}

/// What is said to an invalid answer, by kind of question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvalidTexts {
    /// Before a sentence of [`WithinTexts`].
    pub not_caught: String,
    pub options: String,
    pub yes_no: String,
    pub pattern: String,
    pub number: String,
    pub currency: String,
    pub percent: String,
    pub date: String,
    pub time: String,
    pub text: String,
}

/// Which answers are valid, for questions with limits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithinTexts {
    pub number: LimitTexts,
    pub whole: LimitTexts,
    /// A whole number without limits.
    pub whole_alone: String,
    pub currency: LimitTexts,
    pub percent: LimitTexts,
    pub date: LimitTexts,
    pub time: LimitTexts,
    /// `{days}` are the days of the week a date may be.
    pub weekdays: String,
    /// The word before the last of several days.
    pub or: String,
}

/// The three ways to be limited; `{min}` and `{max}` are the limits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitTexts {
    pub between: String,
    pub least: String,
    pub most: String,
}

macro_rules! languages {
    ($($tag:literal)*) => {
        /// Languages that have defaults of their own.
        pub(crate) const LANGUAGES: &[&str] = &[$($tag),*];

        static ALL: LazyLock<Vec<Defaults>> =
            LazyLock::new(|| vec![$(read($tag, include_str!(concat!($tag, ".json")))),*]);
    };
}

languages! { "en" "es" "fr" "pt" "de" "ru" }

impl Defaults {
    /// Those of a language, whatever its region; of one that has none, the English ones.
    pub(crate) fn of(tag: &str) -> &'static Self {
        let main = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let place = LANGUAGES.iter().position(|language| *language == main).unwrap_or(0);
        &ALL[place]
    }

    /// Whether a language has defaults of its own.
    pub(crate) fn exist_for(tag: &str) -> bool {
        let main = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        LANGUAGES.contains(&main.as_str())
    }
}

fn read(tag: &str, json: &str) -> Defaults {
    serde_json::from_str(json)
        .unwrap_or_else(|error| panic!("defaults/{tag}.json, which a test reads: {error}"))
}
