//! What the widget and the loader are told of the site they stand on.

use crate::SiteId;
use serde::{Deserialize, Serialize};

/// How the widget looks there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteLook {
    /// The brand's colour, `#rrggbb`.
    pub accent: String,
}

/// Public facts of a site, fetched by the widget before anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteCard {
    /// Which site.
    pub site: SiteId,
    /// The business, as the chat's header names it.
    pub name: String,
    /// Colours.
    pub look: SiteLook,
    /// The published assistant. `None` while none is published: the chat then goes to people directly.
    pub assistant: Option<AssistantCard>,
}

/// A published assistant, once for each language it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssistantCard {
    /// Its own language first. Never empty.
    pub languages: Vec<SpokenLanguage>,
}

/// An assistant in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpokenLanguage {
    /// A tag such as `en` or `fr-CA`.
    pub tag: String,
    /// Hash of its definition, which lies at `/api/sites/{site}/assistant/{hash}` and never changes there.
    pub hash: String,
}

impl AssistantCard {
    /// The language that suits a visitor best: the first of theirs that is spoken, with its region or without; else the
    /// assistant's own.
    pub fn best(&self, wanted: &[String]) -> Option<&SpokenLanguage> {
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let exact = |tag: &String| self.languages.iter().find(|spoken| spoken.tag.eq_ignore_ascii_case(tag));
        let near = |tag: &String| self.languages.iter().find(|spoken| main(&spoken.tag) == main(tag));
        wanted.iter().find_map(|tag| exact(tag).or_else(|| near(tag))).or_else(|| self.languages.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_gets_the_first_of_their_languages_that_is_spoken() {
        let spoken = |tag: &str| SpokenLanguage { tag: tag.to_owned(), hash: String::new() };
        let card = AssistantCard { languages: vec![spoken("en"), spoken("fr"), spoken("pt-BR")] };
        let best = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|tag| (*tag).to_owned()).collect();
            card.best(&wanted).map(|spoken| spoken.tag.clone()).unwrap_or_default()
        };
        assert_eq!(best(&["fr-CH", "en"]), "fr");
        assert_eq!(best(&["de", "pt-PT"]), "pt-BR");
        assert_eq!(best(&["ru"]), "en");
        assert_eq!(best(&[]), "en");
    }
}
