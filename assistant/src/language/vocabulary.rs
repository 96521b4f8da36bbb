//! The words of an assistant's language, as they travel with its definition.

use super::{GRAMMARS, LANGUAGES, Lexicon, place_of, shared};
use std::sync::{Arc, OnceLock};

/// Words as they were written, read when they are first needed.
#[derive(Debug)]
pub struct Vocabulary {
    tag: String,
    words: String,
    lexicon: OnceLock<Lexicon>,
}

impl Vocabulary {
    /// Words that [`words_of`] gave.
    pub fn of(tag: &str, words: &str) -> Self {
        Self { tag: tag.to_owned(), words: words.to_owned(), lexicon: OnceLock::new() }
    }

    /// The words of a language that this program knows. Code for the browser stays away from it: it would bring them
    /// all.
    pub fn built_in(tag: &str) -> &'static Arc<Self> {
        static ALL: [OnceLock<Arc<Vocabulary>>; LANGUAGES.len()] =
            [const { OnceLock::new() }; LANGUAGES.len()];
        ALL[place_of(tag)].get_or_init(|| Arc::new(Self::of(tag, &words_of(tag))))
    }

    /// The words, ready to be looked up.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::of(&self.words, &GRAMMARS[place_of(&self.tag)].habits))
    }
}

/// What the language of a tag has in its file, and what is the same in every language.
pub fn words_of(tag: &str) -> String {
    [shared::WORDS, LANGUAGES[place_of(tag)].words].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_words_wherever_it_is_spoken() {
        for (tag, word) in [("en-GB", "monday"), ("fr", "lundi"), ("PT_br", "segunda"), ("it", "usd")] {
            assert!(Vocabulary::built_in(tag).lexicon().senses(word).next().is_some(), "{tag} {word}");
        }
        assert!(Vocabulary::built_in("it").lexicon().senses("monday").next().is_none());
    }
}
