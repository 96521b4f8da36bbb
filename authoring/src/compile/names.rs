//! Names: what a document declares, what each action's steps answer, and where names are used.

use crate::document::{AskDoc, Document, StepDoc, ThenDoc};
use assistant::definition::{BUILT_IN_ACTIONS, built_in};
use indexmap::IndexMap;

/// What can be named. Actions stand in the order of `Definition::actions`.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    pub actions: Vec<ActionNames<'a>>,
}

/// An action and what its steps can be asked for.
#[derive(Debug)]
pub(crate) struct ActionNames<'a> {
    pub id: &'a str,
    pub steps: &'a [StepDoc],
    /// Answers, results, and the steps that have neither, by name.
    pub answers: IndexMap<String, Answer<'a>>,
}

/// What stands behind a name in an action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    /// The step it comes from, by its place.
    pub step: usize,
    pub kind: AnswerKind<'a>,
}

/// What kind of thing it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AnswerKind<'a> {
    /// The answer to a question.
    Asked(&'a AskDoc),
    /// The answers of an action that was run, or the outcome of a call.
    Result,
    /// Nothing: the step only says something.
    Silent,
}

/// One place where a name is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// The value that names it, as a JSON pointer; empty in the defaults.
    pub path: String,
    /// The place of the action in `Definition::actions` from which it is used; `None` outside of actions.
    pub action: Option<usize>,
    /// The place of the step in that action.
    pub step: Option<usize>,
    /// What it is used as.
    pub what: Used,
    /// The name.
    pub name: String,
}

/// What a name is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Used {
    /// A variable of the session, read.
    Variable,
    /// A variable of the session, set.
    SetVariable,
    /// A variable the engine sets.
    BuiltIn,
    /// An answer or a result of the same action, read.
    Answer,
    /// A list of words.
    Words,
    /// An action that is run.
    Action,
    /// Saved options or patterns.
    Saved,
    /// An extension that is called.
    Extension,
}

impl<'a> Names<'a> {
    /// Names of a document. `built_in_steps` are those of the built-in actions, the author's or the default ones.
    pub(crate) fn of(document: &'a Document, built_in_steps: [&'a [StepDoc]; 4]) -> Self {
        let built_in = BUILT_IN_ACTIONS.into_iter().zip(built_in_steps);
        let own = document.actions.iter().map(|action| (action.id.as_str(), action.steps.as_slice()));
        let actions = built_in.chain(own).map(|(id, steps)| ActionNames::of(id, steps)).collect();
        Self { actions }
    }

    /// An action by its id; the first, should there be several.
    pub(crate) fn action(&self, id: &str) -> Option<&ActionNames<'a>> {
        self.actions.iter().find(|action| action.id == id)
    }
}

impl<'a> ActionNames<'a> {
    fn of(id: &'a str, steps: &'a [StepDoc]) -> Self {
        let mut answers: IndexMap<String, Answer<'a>> = IndexMap::new();
        for (place, step) in steps.iter().enumerate() {
            let kind = step.ask.as_ref().map_or(AnswerKind::Silent, AnswerKind::Asked);
            answers.entry(step.id.clone()).or_insert(Answer { step: place, kind });
        }
        for (place, step) in steps.iter().enumerate() {
            // A result may take the name of a step that asks nothing itself. One that takes another's name is noted
            // where its step is compiled.
            let Some(name) = result_name(step) else { continue };
            let free = answers.get(&name).is_none_or(|other| is_its_own(other, place));
            if free {
                answers.insert(name, Answer { step: place, kind: AnswerKind::Result });
            }
        }
        Self { id, steps, answers }
    }

    /// The place of a step.
    pub(crate) fn step(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// Names that have a value.
    pub(crate) fn readable(&self) -> impl Iterator<Item = &str> {
        let readable = |answer: &Answer<'a>| match answer.kind {
            AnswerKind::Asked(_) | AnswerKind::Result => true,
            AnswerKind::Silent => false,
        };
        self.answers.iter().filter(move |(_, answer)| readable(answer)).map(|(name, _)| name.as_str())
    }
}

/// The name of what a step runs or calls: the author's, or the step's own, or `STEP_result` when that is its answer's.
pub(crate) fn result_name(step: &StepDoc) -> Option<String> {
    let named = match step.then.as_ref()? {
        ThenDoc::Run(run) => run.run.result.clone(),
        ThenDoc::Call(call) => call.call.result.clone(),
        ThenDoc::Word(_)
        | ThenDoc::GoTo(_)
        | ThenDoc::AskAgain(_)
        | ThenDoc::ConnectToAgent(_)
        | ThenDoc::Fallback(_) => return None,
    };
    let default = || if step.ask.is_some() { format!("{}_result", step.id) } else { step.id.clone() };
    Some(named.unwrap_or_else(default))
}

/// A built-in variable by its name, or by the name it has in the specification's expressions.
pub(crate) fn built_in_variable(name: &str) -> Option<&'static str> {
    let plain = name.strip_prefix("system_").unwrap_or(name);
    let plain = if plain == "no_action_matches_count" { built_in::NO_MATCHES_COUNT } else { plain };
    built_in::ALL.into_iter().find(|known| *known == plain)
}

fn is_its_own(other: &Answer<'_>, place: usize) -> bool {
    other.step == place && matches!(other.kind, AnswerKind::Silent)
}
