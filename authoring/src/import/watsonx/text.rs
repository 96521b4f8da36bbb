//! Texts with values to insert.

use super::reference::{Scope, suffix};
use super::{Importer, Obstacle, markup};
use crate::compile::escape;
use crate::import::Sort;
use crate::import::node::Node;
use serde_json::Value as Json;

impl<'a> Importer<'a> {
    /// A text as our texts are written: `{name}` inserts, `{{` is a brace. `None` when there is none; what cannot be
    /// inserted is kept, and nothing is inserted.
    pub(super) fn words(&self, node: &Node<'a>, scope: &Scope) -> Option<String> {
        let text = match node.peek() {
            Json::String(_) => self.with_dollars(node.text()?, node, scope),
            Json::Object(_) => self.composed(node, scope)?,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => return None,
        };
        Some(self.without_tags(text, node))
    }

    fn composed(&self, node: &Node<'a>, scope: &Scope) -> Option<String> {
        if let Some(text) = node.get("text").filter(|text| text.peek().is_string()) {
            return Some(self.with_dollars(text.text()?, &text, scope));
        }
        let inside = node.get("text_expression").or_else(|| node.get("text")).unwrap_or_else(|| node.clone());
        let parts = inside.get("concat")?;
        Some(parts.items().iter().map(|part| self.part(part, scope)).collect())
    }

    /// A part of a text: words, or a value.
    fn part(&self, node: &Node<'a>, scope: &Scope) -> String {
        if let Some(words) = node.get("scalar") {
            return match words.take() {
                Json::String(words) => escape(words),
                words @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_)) => {
                    escape(&words.to_string())
                }
            };
        }
        self.inserted(node, scope).unwrap_or_else(|obstacle| {
            let why = format!("{}. Nothing is inserted instead", obstacle.why);
            self.notes.keep(obstacle.sort, node, "a value in a text", why);
            String::new()
        })
    }

    fn inserted(&self, node: &Node<'a>, scope: &Scope) -> Result<String, Obstacle> {
        if node.get("default_value").is_none()
            && let Some(reference) = self.reference(node, scope)?
        {
            return Ok(reference.insert());
        }
        insert(&self.operand(node, scope)?)
    }

    /// A text in which older exports and the programs they were made for write `$name`, `${name.path}` or `<? $name ?>`.
    /// Only names that mean something are inserted: `$5` is money.
    pub(super) fn with_dollars(&self, source: &str, node: &Node<'a>, scope: &Scope) -> String {
        let mut text = String::with_capacity(source.len());
        let mut rest = source;
        while let Some(start) = rest.find(['$', '<']) {
            text.push_str(&escape(&rest[..start]));
            rest = &rest[start..];
            let found = mention(rest)
                .and_then(|mention| Some((self.mentioned(&mention, node, scope)?, mention.length)));
            let (insert, length) = found.unwrap_or_else(|| (rest[..1].to_owned(), 1));
            text.push_str(&insert);
            rest = &rest[length..];
        }
        text.push_str(&escape(rest));
        text
    }

    fn mentioned(&self, mention: &Mention<'_>, node: &Node<'a>, scope: &Scope) -> Option<String> {
        match self.names.any(scope, mention.name, &suffix(mention.path)) {
            Ok(found) => found.map(|reference| reference.insert()),
            Err(obstacle) => {
                let why = format!("{}. Nothing is inserted instead", obstacle.why);
                self.notes.keep(obstacle.sort, node, "a value in a text", why);
                Some(String::new())
            }
        }
    }

    fn without_tags(&self, text: String, node: &Node<'a>) -> String {
        let plain = markup::plain(&text);
        if plain.unformatted {
            let why = "HTML is never put into a page: the words were carried over, their looks were not. Use Markdown, or \
                       make it a card";
            self.notes.keep(Sort::Decision, node, "a text with HTML", why);
        } else if plain.unspoken {
            let why = "directions for a voice mean nothing in a chat: they were taken off";
            self.notes.keep(Sort::Kept, node, "a text with speech markup", why);
        }
        plain.text
    }
}

/// A value as it is inserted into a text.
pub(super) fn insert(operand: &crate::document::OperandDoc) -> Result<String, Obstacle> {
    use crate::document::{ExpressionDoc, OperandDoc};
    Ok(match operand {
        OperandDoc::Nothing(()) => String::new(),
        OperandDoc::Text(text) => escape(text),
        OperandDoc::Variable(of) => format!("{{{}}}", of.variable),
        OperandDoc::Step(of) => format!("{{{}}}", of.step),
        OperandDoc::Expression(ExpressionDoc { expression }) => format!("{{= {expression} }}"),
        OperandDoc::YesNo(_)
        | OperandDoc::Number(_)
        | OperandDoc::Value(_)
        | OperandDoc::List(_)
        | OperandDoc::Add(_) => {
            format!("{{= {} }}", super::operand::in_expression(operand)?)
        }
    })
}

/// A name inside a text.
struct Mention<'a> {
    name: &'a str,
    path: &'a str,
    /// Of all that was written, in bytes.
    length: usize,
}

/// What a text begins with, if that is a name in one of its spellings.
fn mention(text: &str) -> Option<Mention<'_>> {
    let (inside, before, after) = if let Some(inside) = text.strip_prefix("<?") {
        let length = inside.find("?>")?;
        let name = inside[..length].trim();
        (name.trim_start_matches('$'), 2, length + 2)
    } else if let Some(inside) = text.strip_prefix("${") {
        let length = inside.find('}')?;
        (inside[..length].trim(), 2, length + 1)
    } else {
        let inside = text.strip_prefix('$')?;
        let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        (&inside[..length], 1, length)
    };
    let inside = inside.trim_start_matches('{').trim_end_matches('}');
    let (name, path) = inside.split_at(inside.find(['.', '[']).unwrap_or(inside.len()));
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    is_name.then_some(Mention { name, path, length: before + after })
}
