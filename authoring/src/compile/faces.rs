//! How values that are words look to visitors. What a session holds stays the same in every language, so that
//! conditions and sessions survive a change of language; inserted in words, an option shows its label, and a text that
//! a variable was given its translation.

use super::names::{ActionNames, Answer, AnswerKind, Names};
use super::scope::Scope;
use super::shape::{full, known_options};
use crate::document::{Document, OperandDoc};
use crate::findings::segment;
use assistant::Value;
use assistant::definition::{BUILT_IN_ACTIONS, BinaryOp, Expr};
use std::collections::{BTreeMap, HashMap};

/// What variables can hold that was written by the author, by variable.
#[derive(Debug, Default)]
pub(crate) struct Faces {
    by_variable: HashMap<String, Vec<Face>>,
}

/// A value and what visitors see of it.
#[derive(Debug)]
struct Face {
    value: String,
    label: String,
    /// Where a text stands that is its own label; options are listed where they are asked.
    path: Option<String>,
}

impl Faces {
    /// Those of a document.
    pub(crate) fn of(document: &Document, names: &Names<'_>) -> Self {
        let mut faces = Self::default();
        for (name, variable) in &document.variables {
            if let Some(OperandDoc::Text(text)) = &variable.initial {
                faces.add_text(name, text, format!("/variables/{}/initial", segment(name)));
            }
        }
        for (place, action) in names.actions.iter().enumerate() {
            for (index, step) in action.steps.iter().enumerate() {
                for (name, value) in &step.set {
                    faces.add(document, (place, action), index, name, value);
                }
            }
        }
        faces
    }

    /// Texts a variable can hold, and where they stand.
    pub(crate) fn texts<'a>(&'a self, variable: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let faces = self.by_variable.get(variable).into_iter().flatten();
        faces.filter_map(|face| Some((face.path.as_deref()?, face.label.as_str())))
    }

    fn add(
        &mut self,
        document: &Document,
        (place, action): (usize, &ActionNames<'_>),
        step: usize,
        name: &str,
        value: &OperandDoc,
    ) {
        if let OperandDoc::Text(text) = value {
            let path = match place.checked_sub(BUILT_IN_ACTIONS.len()) {
                Some(own) => format!("/actions/{own}/steps/{step}/set/{}", segment(name)),
                None => format!("/{}/steps/{step}/set/{}", BUILT_IN_ACTIONS[place], segment(name)),
            };
            self.add_text(name, text, path);
        } else if let OperandDoc::Step(from) = value
            && let Some(Answer { kind: AnswerKind::Asked(ask), .. }) = action.answers.get(&from.step)
        {
            let faces = self.by_variable.entry(name.to_owned()).or_default();
            faces.extend(known_options(document, ask).iter().map(full).map(|option| Face {
                value: option.value.unwrap_or_else(|| option.label.clone()),
                label: option.label,
                path: None,
            }));
        }
    }

    fn add_text(&mut self, name: &str, text: &str, path: String) {
        let face = Face { value: text.to_owned(), label: text.to_owned(), path: Some(path) };
        self.by_variable.entry(name.to_owned()).or_default().push(face);
    }
}

/// What a text inserts for a value, so that visitors read it in their language, agents in the assistant's own.
pub(crate) fn shown(scope: Scope<'_>, expr: Expr, for_agents: bool) -> Expr {
    let said = |label: &str| match scope.c.translation {
        Some((_, translation)) if !for_agents => {
            translation.texts.get(label).map_or(label, String::as_str).to_owned()
        }
        Some(_) | None => label.to_owned(),
    };
    let mut labels = BTreeMap::new();
    if let Expr::Step(name) = &expr {
        if let Some(Answer { kind: AnswerKind::Asked(ask), .. }) = scope.answer(name) {
            if ask.from.is_some() {
                return Expr::Offered(name.clone());
            }
            for option in known_options(scope.c.document, ask).iter().map(full) {
                labels.insert(option.value.unwrap_or_else(|| option.label.clone()), said(&option.label));
            }
        }
    } else if let Expr::Variable(name) = &expr {
        for face in scope.c.faces.by_variable.get(name).into_iter().flatten() {
            labels.insert(face.value.clone(), said(&face.label));
        }
    }
    labels.retain(|value, label| value != label);
    if labels.is_empty() { expr } else { looked_up(labels, expr) }
}

/// The label of a value; the value itself where it has none.
fn looked_up(labels: BTreeMap<String, String>, expr: Expr) -> Expr {
    let labels = labels.into_iter().map(|(value, label)| (value, Value::Text(label)));
    let labels = Expr::Value(Value::Map(labels.collect()));
    let label = Expr::Index(Box::new(labels), Box::new(expr.clone()));
    let has_one = Expr::Binary(BinaryOp::NotEqual, Box::new(label.clone()), Box::default());
    Expr::Choose(Box::new(has_one), Box::new(label), Box::new(expr))
}
