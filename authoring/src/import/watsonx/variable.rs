//! Session variables (`watsonx.md` 2.10), and lists of the workspace that belong to nothing else.

use super::Importer;
use super::operand::{finite, is_nothing};
use super::reference::Scope;
use crate::Document;
use crate::document::{OperandDoc, VariableDoc};
use crate::import::node::Node;
use crate::import::{Sort, name};

/// Types of variables. Ours hold anything.
const TYPES: &[&str] = &[
    "any",
    "string",
    "text",
    "number",
    "boolean",
    "date",
    "time",
    "currency",
    "percentage",
    "yes_no",
    "confirmation",
];

impl<'a> Importer<'a> {
    /// Session variables, with those that are only used.
    pub(super) fn variables(&self, document: &mut Document) {
        for node in self.workspace.items_of("variables") {
            let Some(name) = node.peek_text("variable") else { continue };
            let variable = self.variable(&node);
            if document.variables.contains_key(&self.names.variable(name, "").name) {
                self.notes.keep(
                    Sort::Decision,
                    &node,
                    format!("a second variable `{name}`"),
                    "the first one counts",
                );
                continue;
            }
            node.text_of("variable");
            document.variables.insert(self.names.variable(name, "").name, variable);
        }
        for name in self.names.undeclared.take() {
            let own = name::sanitized(&name);
            let by_page = name.starts_with("user_defined_");
            let why = if by_page {
                "the program around the chat set it there: have the page set it here"
            } else {
                "it is used and was declared nowhere: it is now"
            };
            let sort = if by_page { Sort::Decision } else { Sort::Changed };
            self.notes.note(sort, &self.workspace, format!("the variable `{own}`"), why);
            document.variables.entry(own).or_default();
        }
        for node in self.workspace.items_of("counterexamples") {
            let text = node.get("text").unwrap_or(node);
            document.counterexamples.extend(text.text().filter(|text| !text.is_empty()).map(str::to_owned));
        }
        self.settled();
    }

    fn variable(&self, node: &Node<'a>) -> VariableDoc {
        let name = node.peek_text("variable").unwrap_or_default();
        let written = [node.text_of("title").filter(|title| *title != name), node.text_of("description")];
        let written: Vec<&str> =
            written.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty()).collect();
        let data_type = node.get("data_type");
        let known = data_type.as_ref().and_then(|kind| TYPES.iter().find(|name| kind.is(name)).copied());
        let values =
            ["initial_value", "default_value"].map(|key| self.initial(node, key, known.unwrap_or("any")));
        VariableDoc {
            initial: values.into_iter().flatten().next(),
            shown_as: None,
            description: Some(written.join(": ")).filter(|text| !text.is_empty()),
            protected: node.get("privacy").and_then(|privacy| privacy.truth_of("enabled")).unwrap_or(false),
        }
    }

    fn initial(&self, node: &Node<'a>, key: &str, data_type: &str) -> Option<OperandDoc> {
        let value = node.get(key)?;
        match self.operand(&value, &Scope::default()) {
            Ok(value) if is_nothing(&value) => None,
            Ok(OperandDoc::Text(text)) => Some(typed(text, data_type)),
            Ok(value) => Some(value),
            Err(obstacle) => {
                let why = format!("{}. Until then it has no value at first", obstacle.why);
                self.notes.keep(obstacle.sort, &value, "the first value of a variable", why);
                None
            }
        }
    }

    /// Marks what is known to everybody: entities that every export has, empty ones without a use.
    fn settled(&self) {
        for (name, entity) in &self.entities {
            let usual = name.starts_with("sys-") || ["danger_words", "profane_words"].contains(name);
            if usual && entity.items_of("values").is_empty() {
                entity.text_of("entity");
                entity.has_usual("fuzzy_match", false);
            }
        }
    }
}

/// A value that was typed into a form, as the type of its variable.
fn typed(text: String, data_type: &str) -> OperandDoc {
    match (data_type, text.trim().to_lowercase().as_str()) {
        ("boolean" | "yes_no" | "confirmation", "true" | "yes") => OperandDoc::YesNo(true),
        ("boolean" | "yes_no" | "confirmation", "false" | "no") => OperandDoc::YesNo(false),
        ("number" | "currency" | "percentage", number) => {
            finite(number).map_or(OperandDoc::Text(text), OperandDoc::Number)
        }
        _ => OperandDoc::Text(text),
    }
}
