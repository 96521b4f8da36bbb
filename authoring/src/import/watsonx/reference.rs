//! Names of variables, steps and results, as they are in an export and as they are in a document.

use super::{Obstacle, TELEPHONE};
use crate::document::{ExpressionDoc, KindDoc, OperandDoc, StepOperandDoc, VariableOperandDoc};
use assistant::definition::built_in;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Built-in variables, which are also written with `system_` in front.
const BUILT_IN: &[(&str, &str)] = &[
    ("now", built_in::NOW),
    ("current_time", built_in::CURRENT_TIME),
    ("current_date", built_in::CURRENT_DATE),
    ("fallback_reason", built_in::FALLBACK_REASON),
    ("no_action_matches_count", built_in::NO_MATCHES_COUNT),
    ("session_history", built_in::SESSION_HISTORY),
    ("timezone", built_in::TIMEZONE),
    ("locale", built_in::LOCALE),
    ("channel_name", built_in::CHANNEL_NAME),
    ("digressed_from", built_in::DIGRESSED_FROM),
];

/// What channels tell of the visitor, and where we have the same.
const INTEGRATIONS: &[(&str, &str, &str)] = &[
    ("channel.name", built_in::CHANNEL_NAME, ""),
    ("chat.browser_info.page_url", built_in::VISITOR, ".page_url"),
    ("chat.browser_info.language", built_in::VISITOR, ".language"),
    ("chat.browser_info.user_agent", built_in::VISITOR, ".user_agent"),
];

/// A value found by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Its name in the document.
    pub name: String,
    /// The kind of the step it answers; `None` is a variable of the session, or a built-in one.
    pub step: Option<KindDoc>,
    /// What of it is meant, as in `.body.items[0]`; empty is all of it.
    pub path: String,
}

impl Reference {
    /// As a value.
    pub fn operand(self) -> OperandDoc {
        match (self.path.is_empty(), self.step) {
            (false, _) => OperandDoc::Expression(ExpressionDoc { expression: self.expression() }),
            (true, Some(_)) => OperandDoc::Step(StepOperandDoc { step: self.name }),
            (true, None) => OperandDoc::Variable(VariableOperandDoc { variable: self.name }),
        }
    }

    /// As part of an expression.
    pub fn expression(&self) -> String {
        match self.is_plain() {
            true => format!("${{{}{}}}", self.name, self.path),
            false => format!("${{{}}}{}", self.name, self.path),
        }
    }

    /// As part of a text.
    pub fn insert(&self) -> String {
        match self.is_plain() {
            true => format!("{{{}{}}}", self.name, self.path),
            false => format!("{{= {} }}", self.expression()),
        }
    }

    fn is_plain(&self) -> bool {
        !self.path.contains('[')
    }
}

/// The names of an export.
#[derive(Debug, Default)]
pub struct Names {
    /// Session variables: what they are called, and the type they were given.
    pub variables: HashMap<String, (String, String)>,
    /// Session variables that are used and not declared, in the order they were met.
    pub undeclared: RefCell<Vec<String>>,
}

/// The names of one action.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Answers by the name they have in the export.
    pub steps: HashMap<String, Answer>,
    /// Outcomes of calls and sub-actions.
    pub results: HashMap<String, String>,
    /// Answers of sub-actions: the outcome they are in, and what they are called there.
    pub inside: HashMap<String, (String, String)>,
    /// Names of outcomes that steps were to bring there, whether they do here or not.
    pub promised: HashSet<String>,
    /// Answers by where their steps stand.
    pub by_pointer: HashMap<String, Answer>,
}

/// The answer to a step.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// What it is called in the export.
    pub variable: String,
    /// The step's id in the document.
    pub step: String,
    /// What was asked.
    pub kind: KindDoc,
    /// The answer is an element of a list and this of it is its value; `None` is an answer that is its own value.
    pub element: Option<String>,
}

impl Names {
    /// A session variable. One that nobody declared is declared by being used.
    pub fn variable(&self, name: &str, path: &str) -> Reference {
        let name = match self.variables.get(name) {
            Some((ours, _)) => ours.clone(),
            None => {
                let mut undeclared = self.undeclared.borrow_mut();
                if !undeclared.iter().any(|known| known == name) {
                    undeclared.push(name.to_owned());
                }
                super::super::name::sanitized(name)
            }
        };
        Reference { name, step: None, path: path.to_owned() }
    }

    /// A built-in variable.
    pub fn built_in(&self, name: &str, path: &str) -> Option<Reference> {
        let short = name.strip_prefix("system_").unwrap_or(name);
        let (_, ours) = BUILT_IN.iter().find(|(theirs, _)| *theirs == short)?;
        Some(Reference { name: (*ours).to_owned(), step: None, path: path.to_owned() })
    }

    /// What is called so in an action, in the order in which one hides the other. `None` is nothing at all.
    pub fn any(&self, scope: &Scope, name: &str, path: &str) -> Result<Option<Reference>, Obstacle> {
        if let Some(reference) = scope.answer(name, path)? {
            return Ok(Some(reference));
        }
        if self.variables.contains_key(name) || name.starts_with("user_defined_") {
            return Ok(Some(self.variable(name, path)));
        }
        if name == "system_integrations" {
            return integration(path).map(Some);
        }
        Ok(self.built_in(name, path))
    }
}

impl Scope {
    /// An answer or an outcome.
    pub fn answer(&self, name: &str, path: &str) -> Result<Option<Reference>, Obstacle> {
        if let Some(answer) = self.steps.get(name) {
            let path = answer.path(path)?;
            return Ok(Some(Reference { name: answer.step.clone(), step: Some(answer.kind), path }));
        }
        let outcome =
            |name: &str, path: String| Reference { name: name.to_owned(), step: Some(KindDoc::Text), path };
        if let Some(result) = self.results.get(name) {
            return Ok(Some(outcome(result, path.to_owned())));
        }
        let inside = self.inside.get(name);
        Ok(inside.map(|(result, step)| outcome(result, format!("{}{path}", field(step)))))
    }
}

impl Answer {
    /// An answer of theirs is an object; of ours, the value itself, or the element of a list.
    fn path(&self, path: &str) -> Result<String, Obstacle> {
        let (first, rest) = first_field(path);
        match (first, &self.element) {
            ("value", None) => Ok(rest.to_owned()),
            ("value", Some(value)) => Ok(format!("{value}{rest}")),
            ("item", Some(_)) => Ok(rest.to_owned()),
            ("item" | "literal", None) => Err(Obstacle::new(format!(
                "`.{first}` of an answer is not kept here: an answer is its value"
            ))),
            ("", Some(value)) => Ok(value.clone()),
            _ => Ok(path.to_owned()),
        }
    }
}

/// A path as it is written behind a name: `.body.items[0]`.
pub fn suffix(path: &str) -> String {
    let mut suffix = String::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, index) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            suffix.push_str(&field(name));
        }
        suffix.push_str(index);
    }
    suffix
}

/// One field, as it is written behind a name.
fn field(name: &str) -> String {
    let simple = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    match simple {
        true => format!(".{name}"),
        false => format!("[\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The first field of a path, and what comes after it.
fn first_field(path: &str) -> (&str, &str) {
    let Some(rest) = path.strip_prefix('.') else { return ("", path) };
    rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()))
}

fn integration(path: &str) -> Result<Reference, Obstacle> {
    let inside = path.strip_prefix('.').unwrap_or(path);
    let equal = INTEGRATIONS.iter().find_map(|(theirs, name, ours)| {
        let rest = inside.strip_prefix(theirs)?;
        let ends = rest.is_empty() || rest.starts_with(['.', '[']);
        ends.then(|| Reference { name: (*name).to_owned(), step: None, path: format!("{ours}{rest}") })
    });
    equal.ok_or_else(|| {
        if inside.starts_with("voice_telephony") {
            return Obstacle::telephone(TELEPHONE);
        }
        Obstacle::new(format!(
            "the page around the chat does not tell `{inside}`; have the page set a variable instead"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_behind_its_name() {
        assert_eq!(suffix("body.items[0].id"), ".body.items[0].id");
        assert_eq!(suffix("body.first-name"), ".body[\"first-name\"]");
        assert_eq!(suffix(""), "");
    }

    #[test]
    fn what_the_page_tells_is_found_under_its_name_here() {
        let names = Names::default();
        let found = |path: &str| names.any(&Scope::default(), "system_integrations", path);
        let page = found(".chat.browser_info.page_url").unwrap().unwrap();
        assert_eq!(page.insert(), "{visitor.page_url}");
        assert!(found(".chat.browser_info.screen_resolution").is_err());
        assert!(found(".chat.browser_info.page_url_before").is_err());
    }

    #[test]
    fn the_value_of_an_answer_is_the_answer() {
        let plain = Answer { step: "step_1".to_owned(), ..Answer::default() };
        assert_eq!(plain.path(".value").unwrap(), "");
        assert_eq!(plain.path("").unwrap(), "");
        assert!(plain.path(".item.id").is_err());
        let element = Answer { element: Some(".id".to_owned()), ..plain };
        assert_eq!(element.path(".value").unwrap(), ".id");
        assert_eq!(element.path("").unwrap(), ".id");
        assert_eq!(element.path(".item.name").unwrap(), ".name");
    }
}
