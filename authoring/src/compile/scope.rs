//! What everything that is compiled needs: the document, the language it is compiled into, and where in it we are.

use super::at::At;
use super::defaults::Defaults;
use super::faces::Faces;
use super::names::{ActionNames, Answer, AnswerKind, Names, Use, Used, built_in_variable};
use super::nearest::did_you_mean;
use crate::document::{Document, TranslationDoc};
use crate::findings::{Findings, segment};
use assistant::definition::{Expr, built_in};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One document, being compiled into one language.
pub(crate) struct Compiler<'a> {
    pub document: &'a Document,
    pub defaults: &'static Defaults,
    pub findings: &'a Findings,
    pub names: Names<'a>,
    pub faces: Faces,
    /// The tag of the language and the author's translation into it; `None` for the document's own.
    pub translation: Option<(&'a str, &'a TranslationDoc)>,
    /// What was come across, for the checks.
    pub survey: &'a RefCell<Survey>,
}

/// What compiling came across, for the checks.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Every text for visitors and where it stands.
    pub texts: Vec<(String, String)>,
    /// Every use of a name.
    pub uses: Vec<Use>,
    /// Variables inserted in texts for visitors.
    pub shown: BTreeSet<String>,
}

/// Where in it we are.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub c: &'a Compiler<'a>,
    /// The place of the action, and of the step in it.
    pub action: Option<usize>,
    pub step: Option<usize>,
    /// A name bound by what is around.
    pub local: Option<&'static str>,
}

/// A text in the language that is compiled, and how to find where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Spoken<'a> {
    pub text: &'a str,
    translated: Option<(&'a str, &'a str)>,
}

impl Spoken<'_> {
    /// Where it stands: in the translation, or where the original does.
    pub(crate) fn pointer(&self, at: &At<'_>) -> String {
        match self.translated {
            Some((tag, key)) => format!("/translations/{}/texts/{}", segment(tag), segment(key)),
            None => at.pointer(),
        }
    }
}

impl<'a> Scope<'a> {
    /// Outside of all actions.
    pub(crate) fn outside(c: &'a Compiler<'a>) -> Self {
        Self { c, action: None, step: None, local: None }
    }

    /// In an action.
    pub(crate) fn in_action(c: &'a Compiler<'a>, action: usize) -> Self {
        Self { c, action: Some(action), step: None, local: None }
    }

    /// In a step of that action.
    pub(crate) fn in_step(self, step: usize) -> Self {
        Self { step: Some(step), ..self }
    }

    /// With a name bound.
    pub(crate) fn with_local(self, local: &'static str) -> Self {
        Self { local: Some(local), ..self }
    }

    /// The names of the action we are in.
    pub(crate) fn answers(&self) -> Option<&'a ActionNames<'a>> {
        self.action.and_then(|action| self.c.names.actions.get(action))
    }

    /// Notes a mistake the assistant cannot run with.
    pub(crate) fn error(
        &self,
        code: &'static str,
        at: &At<'_>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.c.findings.error(code, at.pointer(), problem, remedy);
    }

    /// Notes a mistake the assistant runs with.
    pub(crate) fn warning(
        &self,
        code: &'static str,
        at: &At<'_>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.c.findings.warning(code, at.pointer(), problem, remedy);
    }

    /// A text for visitors, in the language that is compiled.
    pub(crate) fn spoken(&self, raw: &'a str, at: &At<'_>) -> Spoken<'a> {
        if self.c.translation.is_none() && !at.is_default() && !raw.trim().is_empty() {
            self.c.survey.borrow_mut().texts.push((at.pointer(), raw.to_owned()));
        }
        self.spoken_if_translated(raw)
    }

    /// A text for agents or authors: nobody has to translate it.
    pub(crate) fn spoken_if_translated(&self, raw: &'a str) -> Spoken<'a> {
        let translated = self.c.translation.and_then(|(tag, translation)| {
            translation.texts.get_key_value(raw).map(|(key, text)| (tag, key.as_str(), text.as_str()))
        });
        match translated {
            Some((tag, key, text)) => Spoken { text, translated: Some((tag, key)) },
            None => Spoken { text: raw, translated: None },
        }
    }

    /// Notes that what a variable holds is read by visitors.
    pub(crate) fn shows(&self, expr: &Expr) {
        if let Expr::Variable(name) = expr
            && self.c.translation.is_none()
        {
            self.c.survey.borrow_mut().shown.insert(name.clone());
        }
    }

    /// Notes that a name is used.
    pub(crate) fn uses(&self, what: Used, name: &str, pointer: &str) {
        if self.c.translation.is_none() {
            let (path, name) = (pointer.to_owned(), name.to_owned());
            let found = Use { path, action: self.action, step: self.step, what, name };
            self.c.survey.borrow_mut().uses.push(found);
        }
    }

    /// What a name in a text or an expression stands for: an answer or a result of the same action, else a variable,
    /// else a built-in one. `None` is unknown.
    pub(crate) fn named(&self, name: &str, pointer: &str) -> Option<Expr> {
        if self.local == Some(name) {
            return Some(Expr::Local(name.to_owned()));
        }
        if self.answer(name).is_some_and(|answer| !matches!(answer.kind, AnswerKind::Silent)) {
            self.uses(Used::Answer, name, pointer);
            return Some(Expr::Step(name.to_owned()));
        }
        if self.c.document.variables.contains_key(name) {
            self.uses(Used::Variable, name, pointer);
            return Some(Expr::Variable(name.to_owned()));
        }
        let built_in = built_in_variable(name)?;
        self.uses(Used::BuiltIn, built_in, pointer);
        Some(Expr::Variable(built_in.to_owned()))
    }

    /// Whether a text or an expression could name this.
    pub(crate) fn is_name(&self, name: &str) -> bool {
        let answers = self.answer(name).is_some_and(|answer| !matches!(answer.kind, AnswerKind::Silent));
        answers || self.c.document.variables.contains_key(name) || built_in_variable(name).is_some()
    }

    /// What a name can stand for here.
    pub(crate) fn answer(&self, name: &str) -> Option<&'a Answer<'a>> {
        self.answers().and_then(|action| action.answers.get(name))
    }

    /// What to do about a name that is nothing.
    pub(crate) fn remedy_for_name(&self, name: &str) -> String {
        if name == "input" {
            return "what the visitor said is `input.text`".to_owned();
        }
        if self.answer(name).is_some() {
            return format!("`{name}` is a step that asks nothing: give it an `ask`, or name another one");
        }
        let answers = self.answers().into_iter().flat_map(ActionNames::readable);
        let variables = self.c.document.variables.keys().map(String::as_str);
        let known = self.local.into_iter().chain(answers).chain(variables).chain(built_in::ALL);
        did_you_mean(name, known, "names")
    }

    /// A variable of the session, or a built-in one.
    pub(crate) fn variable(&self, name: &str, at: &At<'_>) -> Expr {
        if self.c.document.variables.contains_key(name) {
            self.uses(Used::Variable, name, &at.pointer());
        } else if let Some(built_in) = built_in_variable(name) {
            self.uses(Used::BuiltIn, built_in, &at.pointer());
            return Expr::Variable(built_in.to_owned());
        } else {
            let known = self.c.document.variables.keys().map(String::as_str).chain(built_in::ALL);
            let remedy = match self.answer(name) {
                Some(_) => format!("`{name}` is a step: write `step` instead of `variable`"),
                None => format!("declare it under `variables`; {}", did_you_mean(name, known, "variables")),
            };
            self.error("unknown-variable", at, format!("there is no variable `{name}`"), remedy);
        }
        Expr::Variable(name.to_owned())
    }

    /// The answer to a step of this action, or a result.
    pub(crate) fn step_answer(&self, name: &str, at: &At<'_>) -> Expr {
        match self.answer(name).map(|answer| answer.kind) {
            Some(AnswerKind::Asked(_) | AnswerKind::Result) => self.uses(Used::Answer, name, &at.pointer()),
            Some(AnswerKind::Silent) => {
                let problem = format!("the step `{name}` asks nothing, so it has no answer");
                self.error("step-without-answer", at, problem, "give it an `ask`, or name another step");
            }
            None => self.unknown_answer(name, at),
        }
        Expr::Step(name.to_owned())
    }

    fn unknown_answer(&self, name: &str, at: &At<'_>) {
        let Some(action) = self.answers() else {
            let problem = format!("there is no step `{name}` outside of actions");
            return self.error("unknown-step", at, problem, "keep the answer in a variable with `set`");
        };
        let remedy = match self.c.document.variables.contains_key(name) {
            true => format!("`{name}` is a variable: write `variable` instead of `step`"),
            false => did_you_mean(name, action.readable(), "answers"),
        };
        self.error("unknown-step", at, format!("`{}` has no step `{name}`", action.id), remedy);
    }
}
