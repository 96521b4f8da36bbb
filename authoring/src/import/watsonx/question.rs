//! Questions (`watsonx.md` 2.5).

use super::output::Said;
use super::reference::Scope;
use super::{Importer, defaults};
use crate::document::{AskDoc, CollectDoc, KindDoc, TopicDoc};
use crate::import::Sort;
use crate::import::node::Node;

/// Answers the system reads by itself.
const SYSTEM_ENTITIES: &[(&str, KindDoc)] = &[
    ("sys-yes-no", KindDoc::YesNo),
    ("sys-number", KindDoc::Number),
    ("sys-date", KindDoc::Date),
    ("sys-time", KindDoc::Time),
    ("sys-currency", KindDoc::Currency),
    ("sys-percentage", KindDoc::Percent),
];

/// The most attempts a question may have here.
const ATTEMPTS_MAX: u32 = assistant::limits::ATTEMPTS_MAX;

impl<'a> Importer<'a> {
    /// What a step asks. `step` is the step, `said` what it says before.
    pub(super) fn question(&self, step: &Node<'a>, said: &Said<'a>, scope: &Scope) -> Option<AskDoc> {
        let node = step.get("question")?;
        let mut ask = AskDoc {
            kind: self.kind_of(step),
            repeat: said.repeat,
            show: said.show,
            confirm: true,
            ..AskDoc::default()
        };
        node.has_usual("free_text", true);
        node.has_usual("collect_verbatim_response", true);
        self.choices(&node, said, &mut ask, scope);
        self.handlers(step, &mut ask, scope);
        if let Some(tries) = node.whole_of("max_tries").filter(|tries| *tries != defaults::ATTEMPTS) {
            if tries > ATTEMPTS_MAX {
                let why = format!("{ATTEMPTS_MAX} are the most here");
                self.notes.note(Sort::Changed, &node, format!("{tries} attempts at an answer"), why);
            }
            ask.attempts = Some(tries.min(ATTEMPTS_MAX));
        }
        ask.collect = self.collect(&node, ask.kind);
        ask.topic = match (node.truth_of("allow_topic_switch"), ask.kind) {
            (Some(true), KindDoc::Text | KindDoc::Pattern) => TopicDoc::BeforeAnswer,
            (Some(false), kind) if !matches!(kind, KindDoc::Text | KindDoc::Pattern) => TopicDoc::Never,
            (Some(_) | None, _) => TopicDoc::AfterAnswer,
        };
        Some(ask)
    }

    /// Whether a question is asked although the answer was given. `None` is the default of its kind.
    fn collect(&self, node: &Node<'a>, kind: KindDoc) -> Option<CollectDoc> {
        let by_default = match kind {
            KindDoc::YesNo | KindDoc::Text => CollectDoc::Always,
            KindDoc::Options
            | KindDoc::Pattern
            | KindDoc::Number
            | KindDoc::Currency
            | KindDoc::Percent
            | KindDoc::Date
            | KindDoc::Time => CollectDoc::SkipIfMentioned,
        };
        let behaviour = node.get("response_collection_behavior");
        let is = |name: &str| behaviour.as_ref().is_some_and(|behaviour| behaviour.is(name));
        let prompted = node.truth_of("only_populate_when_prompted");
        let collect = match (is("always_ask"), is("never_ask"), is("optionally_ask"), prompted) {
            (true, ..) | (.., Some(true)) => CollectDoc::Always,
            (_, true, ..) => CollectDoc::Never,
            (_, _, true, _) | (.., Some(false)) => CollectDoc::SkipIfMentioned,
            (.., None) => by_default,
        };
        if kind == KindDoc::Text && collect == CollectDoc::SkipIfMentioned {
            let why = "everything a visitor says would be an answer: it is always asked for here";
            self.notes.note(Sort::Changed, node, "free text that is not asked for when it was given", why);
            return None;
        }
        Some(collect).filter(|collect| *collect != by_default)
    }

    /// What kind of answer a step asks for, without reading anything.
    pub(super) fn kind_of(&self, step: &Node<'a>) -> KindDoc {
        let Some(question) = step.get("question") else { return KindDoc::Text };
        if question.get("source_variable").is_some() {
            return KindDoc::Options;
        }
        let Some(entity) = question.peek_text("entity") else { return KindDoc::Text };
        if let Some((_, kind)) = SYSTEM_ENTITIES.iter().find(|(name, _)| *name == entity) {
            return *kind;
        }
        let values = self.entities.get(entity).map(|entity| entity.items_of("values")).unwrap_or_default();
        let lists = |key: &str| {
            values.iter().any(|value| value.get(key).is_some_and(|list| !list.items().is_empty()))
        };
        if lists("patterns") && !lists("synonyms") {
            return KindDoc::Pattern;
        }
        let listed = step.get("output").is_some_and(|output| {
            output.items_of("generic").iter().any(|item| item.peek_text("response_type") == Some("option"))
        });
        if values.is_empty() && !listed { KindDoc::Text } else { KindDoc::Options }
    }
}

/// The name of an answer for the agent who takes over: its title there or, where nobody wrote one, the sentence that
/// asks.
pub(super) fn label(title: Option<&str>, words: &str) -> Option<String> {
    const LABEL_CHARS_MAX: usize = 80;
    if let Some(own) = own_title(title, words) {
        return Some(own.to_owned());
    }
    let mut sentences = words.split_inclusive(['.', '!', '?', '\n']).map(str::trim);
    let asks = sentences.rfind(|sentence| sentence.ends_with('?'))?;
    let asks = asks.trim_matches(['*', '#', ' ']);
    let plain = !asks.contains(['{', '}', '*', '[', '`']);
    (plain && asks.chars().count() <= LABEL_CHARS_MAX).then(|| asks.to_owned())
}

/// A title that somebody wrote. The program there takes the first letters of the text, and keeps them when the text is
/// changed later.
pub(super) fn own_title<'t>(title: Option<&'t str>, words: &str) -> Option<&'t str> {
    const CUT_AT: usize = 64;
    let title = title.map(str::trim).filter(|title| !title.is_empty() && *title != "No response")?;
    (title.chars().count() < CUT_AT && !title.contains("{variable}") && !is_beginning(title, words))
        .then_some(title)
}

/// Titles that nobody wrote are the first letters of the text, values being written `{variable}`.
fn is_beginning(title: &str, words: &str) -> bool {
    let shorten = |text: &str| -> String {
        let mut depth = 0_usize;
        let mut letters = String::new();
        for c in text.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                c if depth == 0 && c.is_alphanumeric() => letters.push(c),
                _ => {}
            }
        }
        letters
    };
    // Where a tag or a value was cut through, the ends differ.
    const CUT_OFF: usize = 12;
    let (title, words) = (shorten(title), shorten(words));
    let kept = title.chars().count().saturating_sub(CUT_OFF).max(1);
    let start: String = title.chars().take(kept).collect();
    words.starts_with(&title) || (title.chars().count() > 2 * CUT_OFF && words.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_is_the_beginning_of_the_text_is_nobodys_title() {
        assert!(is_beginning("How many nights will you st", "How many nights will you stay?"));
        assert!(is_beginning("Thank you {variable}! We have", "Thank you {step_1}! We have your booking."));
        assert!(is_beginning("", "Anything"));
        assert!(!is_beginning("Nights", "How many nights will you stay?"));
    }
}
