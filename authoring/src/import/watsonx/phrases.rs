//! What starts an action: what visitors say, and the condition under which it counts.

use super::Importer;
use super::reference::Scope;
use crate::document::{AllDoc, ConditionDoc};
use crate::import::Sort;
use crate::import::node::Node;

/// What starts an action.
#[derive(Debug, Default)]
pub(super) struct Trigger<'a> {
    pub phrases: Vec<String>,
    /// What is said about the phrases.
    pub description: Option<Node<'a>>,
    pub when: Option<ConditionDoc>,
}

impl<'a> Importer<'a> {
    /// What starts an action.
    pub(super) fn trigger(&self, action: &Node<'a>, scope: &Scope) -> Trigger<'a> {
        let mut trigger = Trigger::default();
        let Some(condition) = action.get("condition") else { return trigger };
        if !self.starts(&condition, &mut trigger) {
            let mut conditions = Vec::new();
            match condition.get("and") {
                Some(parts) => {
                    for part in parts.items() {
                        if !self.starts(&part, &mut trigger) {
                            conditions.push(self.condition(&part, scope));
                        }
                    }
                }
                None => conditions.push(self.condition(&condition, scope)),
            }
            trigger.when = match conditions.len() {
                0 | 1 => conditions.pop(),
                _ => Some(ConditionDoc::All(AllDoc { all: conditions })),
            };
        }
        trigger
    }

    /// Reads an intent, several of which any may be meant, or what starts a built-in action.
    fn starts(&self, node: &Node<'a>, trigger: &mut Trigger<'a>) -> bool {
        if let Some(expression) = node.get("expression") {
            return expression.is("welcome") || expression.is("anything_else");
        }
        if let Some(parts) = node.get("or").map(|or| or.items()) {
            let starts = |part: &Node<'a>| {
                part.get("intent").is_some()
                    || part
                        .peek_text("expression")
                        .is_some_and(|text| ["welcome", "anything_else"].contains(&text))
            };
            return parts.iter().all(starts) && parts.iter().all(|part| self.starts(part, trigger));
        }
        let Some(name) = node.get("intent") else { return false };
        let text = name.text().unwrap_or_default();
        match self.intents.get(text) {
            Some(intent) => self.intent(intent, trigger),
            None => {
                let why = "there are no phrases under this name: only other actions and the page can run the action";
                self.notes.note(Sort::Decision, &name, format!("`{text}`, which starts an action"), why);
            }
        }
        true
    }

    fn intent(&self, intent: &Node<'a>, trigger: &mut Trigger<'a>) {
        intent.text_of("intent");
        trigger.description = intent.get("description");
        for example in intent.items_of("examples") {
            let text = example.get("text").unwrap_or_else(|| example.clone());
            let Some(phrase) = text.text().map(str::trim).filter(|phrase| !phrase.is_empty()) else {
                continue;
            };
            if phrase.chars().count() > assistant::limits::PHRASE_CHARS_MAX {
                let why = "it is longer than a phrase may be: shorten it";
                self.notes.keep(Sort::Decision, &example, "a phrase", why);
            } else {
                trigger.phrases.push(phrase.to_owned());
            }
        }
    }
}
