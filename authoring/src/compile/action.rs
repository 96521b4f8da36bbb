//! Actions and their steps.

use super::ask::ask;
use super::at::At;
use super::condition::condition;
use super::defaults::Defaults;
use super::names::Used;
use super::names::built_in_variable;
use super::nearest::did_you_mean;
use super::operand::{expression, operand};
use super::say::outputs;
use super::scope::{Compiler, Scope};
use super::text::parse;
use super::then::{then, visits_reason};
use crate::document::{ActionDoc, BuiltInDoc, Document, ModeDoc, OperandDoc, StepDoc, VisitsDoc};
use assistant::definition::{Action, Assignment, BUILT_IN_ACTIONS, Expr, Mode, Step, Visits};
use std::cell::Cell;

/// Titles of the built-in actions, for authors and agents.
const BUILT_IN_TITLES: [&str; 4] = ["Greet customer", "No matches", "Fallback", "Trigger word detected"];

/// The steps of the built-in actions: the author's, or the default ones.
pub(crate) fn built_in_steps<'a>(document: &'a Document, defaults: &'static Defaults) -> [&'a [StepDoc]; 4] {
    let own = document.built_in();
    let default = default_docs(defaults);
    std::array::from_fn(|place| {
        let steps = own[place].and_then(|doc| doc.steps.as_ref()).or(default[place].steps.as_ref());
        steps.map_or(&[][..], Vec::as_slice)
    })
}

/// All actions, the built-in ones in their places.
pub(crate) fn actions(c: &Compiler<'_>) -> Vec<Action> {
    let built_in = (0..BUILT_IN_ACTIONS.len()).map(|place| built_in(c, place));
    let at = At::DOCUMENT.key("actions");
    let own = c.document.actions.iter().enumerate();
    let own = own.map(|(index, doc)| action(c, BUILT_IN_ACTIONS.len() + index, doc, &at.index(index)));
    built_in.chain(own).collect()
}

fn default_docs(defaults: &'static Defaults) -> [&'static BuiltInDoc; 4] {
    [&defaults.greeting, &defaults.no_matches, &defaults.fallback, &defaults.trigger_words]
}

fn built_in(c: &Compiler<'_>, place: usize) -> Action {
    let id = BUILT_IN_ACTIONS[place];
    let own = c.document.built_in()[place];
    let scope = Scope::in_action(c, place);
    let at_action = At::DOCUMENT.key(id);
    let at_steps =
        if own.is_some_and(|doc| doc.steps.is_some()) { at_action.key("steps") } else { At::DEFAULTS };
    Action {
        id: id.to_owned(),
        title: BUILT_IN_TITLES[place].to_owned(),
        phrases: built_in_phrases(c, place),
        counterexamples: built_in_counterexamples(c, place),
        offered: false,
        steps: steps(scope, c.names.actions[place].steps, &at_steps),
        ..Action::default()
    }
}

/// The author's phrases replace the default ones. Where they are not translated, the default ones of the language stand
/// beside them, so that asking for a person works in every language.
fn built_in_phrases(c: &Compiler<'_>, place: usize) -> Vec<String> {
    let default = default_docs(c.defaults)[place].phrases.clone().unwrap_or_default();
    let own = c.document.built_in()[place].and_then(|doc| doc.phrases.clone());
    let translated =
        c.translation.map(|(_, translation)| translation.phrases.get(BUILT_IN_ACTIONS[place]).cloned());
    match (translated, own) {
        (Some(Some(translated)), _) => translated,
        (Some(None), Some(own)) => own.into_iter().chain(default).collect(),
        (None, Some(own)) => own,
        (Some(None) | None, None) => default,
    }
}

/// The author's counterexamples replace the default ones of the assistant's own language; in others, the language's stand.
fn built_in_counterexamples(c: &Compiler<'_>, place: usize) -> Vec<String> {
    let own = c.document.built_in()[place].and_then(|doc| doc.counterexamples.as_ref());
    let default = default_docs(c.defaults)[place].counterexamples.as_ref();
    own.filter(|_| c.translation.is_none()).or(default).cloned().unwrap_or_default()
}

fn action<'a>(c: &'a Compiler<'a>, place: usize, doc: &'a ActionDoc, at: &At<'_>) -> Action {
    let scope = Scope::in_action(c, place);
    // A title that visitors do not see is for authors.
    let title = match doc.shown_as {
        Some(_) => scope.spoken_if_translated(&doc.title),
        None if doc.phrases.is_empty() => scope.spoken_if_translated(&doc.title),
        None => scope.spoken(&doc.title, &at.key("title")),
    };
    let shown_as = doc.shown_as.as_ref().map(|name| scope.spoken(name, &at.key("shown_as")).text.to_owned());
    let translated = c.translation.and_then(|(_, translation)| translation.phrases.get(&doc.id));
    Action {
        id: doc.id.clone(),
        title: title.text.to_owned(),
        shown_as,
        phrases: translated.unwrap_or(&doc.phrases).clone(),
        counterexamples: doc.counterexamples.clone(),
        when: doc.when.as_ref().map(|when| condition(scope, when, &at.key("when"))),
        offered: doc.offered,
        mode: match doc.mode {
            ModeDoc::Clarifying => Mode::Clarifying,
            ModeDoc::Confident => Mode::Confident,
        },
        leave: doc.leave,
        enter: doc.enter,
        never_return: doc.never_return,
        steps: steps(scope, &doc.steps, &at.key("steps")),
    }
}

fn steps<'a>(scope: Scope<'a>, docs: &'a [StepDoc], at: &At<'_>) -> Vec<Step> {
    let docs = docs.iter().enumerate();
    docs.map(|(index, doc)| step(scope.in_step(index), doc, &place(at, index))).collect()
}

/// A step's place: among the defaults none is told from another.
fn place<'a>(at: &'a At<'a>, index: usize) -> At<'a> {
    if at.is_default() { *at } else { at.index(index) }
}

fn step<'a>(scope: Scope<'a>, doc: &'a StepDoc, at: &At<'_>) -> Step {
    Step {
        id: doc.id.clone(),
        title: doc.title.clone(),
        when: doc.when.as_ref().map(|when| condition(scope, when, &at.key("when"))),
        set: assignments(scope, doc, at),
        say: doc.say.as_ref().map(|say| outputs(scope, say, &at.key("say"))).unwrap_or_default(),
        suggest: doc.suggest.unwrap_or_default(),
        ask: doc.ask.as_ref().map(|doc| ask(scope, doc, &at.key("ask"))),
        then: then(scope, doc, &at.key("then")),
        visits: doc.visits.as_ref().map(|visits| limit(scope, visits)),
    }
}

fn limit(scope: Scope<'_>, doc: &VisitsDoc) -> Visits {
    Visits { max: doc.max, reason: visits_reason(scope, doc.reason) }
}

fn assignments(scope: Scope<'_>, doc: &StepDoc, at: &At<'_>) -> Vec<Assignment> {
    let (at_set, at_evaluate) = (at.key("set"), at.key("evaluate"));
    let set = doc.set.iter().map(|(name, value)| {
        let at = at_set.key(name);
        target(scope, name, &at);
        not_inserted(scope, value, &at);
        Assignment { target: Some(name.clone()), value: operand(scope, value, &at) }
    });
    let set: Vec<Assignment> = set.collect();
    let bare = doc.evaluate.iter().enumerate().map(|(index, source)| Assignment {
        target: None,
        value: expression(scope, source, &at_evaluate.index(index)),
    });
    set.into_iter().chain(bare).collect()
}

/// Warns of a text that looks as if it inserted values: in values, texts stand for themselves.
fn not_inserted(scope: Scope<'_>, value: &OperandDoc, at: &At<'_>) {
    let OperandDoc::Text(raw) = value else { return };
    let known = Cell::new(false);
    let names = |name: &str, _: usize| {
        known.set(known.get() || scope.is_name(name));
        Expr::default()
    };
    if parse(raw, &names).is_ok() && known.get() {
        let problem = format!("`{raw}` stands for itself here: its braces insert nothing");
        scope.warning(
            "not-inserted",
            at,
            problem,
            "write an expression: { \"expression\": \"'text ' + ${name}\" }",
        );
    }
}

fn target(scope: Scope<'_>, name: &str, at: &At<'_>) {
    let variables = &scope.c.document.variables;
    if variables.contains_key(name) {
        return scope.uses(Used::SetVariable, name, &at.pointer());
    }
    if built_in_variable(name).is_some() {
        let problem = format!("`{name}` is set by the engine");
        return scope.error("built-in-variable", at, problem, "set a variable of your own");
    }
    let remedy = match scope.answer(name) {
        Some(_) => "answers are not set; keep the value in a variable of its own".to_owned(),
        None => {
            let known = variables.keys().map(String::as_str);
            format!("declare it under `variables`; {}", did_you_mean(name, known, "variables"))
        }
    };
    scope.error("unknown-variable", at, format!("there is no variable `{name}`"), remedy);
}
