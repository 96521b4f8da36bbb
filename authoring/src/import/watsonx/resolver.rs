//! What comes after a step (`watsonx.md` 2.8).

use super::plan::{BuiltIn, Target};
use super::reference::Scope;
use super::{Importer, Obstacle};
use crate::document::{
    AskAgainDoc, FallbackThenDoc, OperandDoc, ReasonDoc, RunDoc, RunThenDoc, StepsDoc, ThenDoc, ThenWord,
};
use crate::import::Sort;
use crate::import::node::Node;
use indexmap::IndexMap;

/// Keys under which a passed value may name the step it answers.
const PARAMETER_NAMES: &[&str] = &["parameter", "variable", "step", "name", "skill_variable"];

impl<'a> Importer<'a> {
    /// What comes after a step. `inside` is the built-in action it belongs to; `reason` why its fallback is entered.
    pub(super) fn resolver(
        &self,
        step: &Node<'a>,
        scope: &Scope,
        inside: Option<BuiltIn>,
        reason: Option<ReasonDoc>,
    ) -> Option<ThenDoc> {
        let node = step.get("resolver")?;
        let kind = node.peek_text("type").unwrap_or_default();
        let word = |word| Some(ThenDoc::Word(word));
        let then = match kind {
            "continue" => None,
            "end_action" => word(ThenWord::End),
            "fallback" => Some(fallback(inside, reason)),
            "connect_to_agent" => Some(self.connect(&node, scope)),
            "replay" => self.replay(step, &node, scope),
            "invoke_another_action" => self.run(&node, scope, inside, false),
            "invoke_another_action_and_end" => self.run(&node, scope, inside, true),
            "callout" => self.call(&node, scope),
            _ => {
                let why = "nothing like it is known here: the step below comes next until you say otherwise";
                self.notes.keep(Sort::Decision, &node, format!("`{kind}`, which comes after a step"), why);
                None
            }
        };
        node.text_of("type");
        then
    }

    /// Steps that are asked again.
    fn replay(&self, step: &Node<'a>, node: &Node<'a>, scope: &Scope) -> Option<ThenDoc> {
        let mut steps: Vec<String> = Vec::new();
        for cleared in node.items_of("clear") {
            let Some(variable) =
                cleared.get("variable").or(Some(cleared.clone())).filter(|node| node.peek().is_string())
            else {
                continue;
            };
            let text = variable.text().unwrap_or_default();
            match scope.steps.get(text) {
                Some(answer) => steps.push(answer.step.clone()),
                None if scope.promised.contains(text) => {}
                None => {
                    let why = "it is no step of this action: it is not asked again";
                    self.notes.note(Sort::Decision, &variable, format!("`{text}`, to be asked again"), why);
                }
            }
        }
        let own = scope.by_pointer.get(step.pointer()).map(|own| &own.step);
        steps.retain(|step| Some(step) != own);
        if steps.is_empty() {
            let why =
                "it names no earlier step: the step below comes next until you name some in `ask_again`";
            self.notes.keep(Sort::Decision, node, "earlier steps to be asked again", why);
            return None;
        }
        Some(ThenDoc::AskAgain(AskAgainDoc { ask_again: StepsDoc::These(steps) }))
    }

    /// Another action.
    fn run(&self, node: &Node<'a>, scope: &Scope, inside: Option<BuiltIn>, end: bool) -> Option<ThenDoc> {
        let invoked = node.get("invoke_action").unwrap_or_else(|| node.clone());
        let after = || end.then_some(ThenDoc::Word(ThenWord::End));
        let Some(target) = invoked.get("action").filter(|target| target.peek().is_string()) else {
            let why = "the action to run is chosen while it runs, which is not possible here: the action ends instead";
            self.notes.keep(Sort::Decision, node, "an action that is not named", why);
            return Some(ThenDoc::Word(ThenWord::End));
        };
        invoked.get("policy").map(|policy| policy.is("default"));
        invoked.has_usual("ignore_end_action_steps", false);
        let id = target.text().unwrap_or_default();
        let action = match self.targets.get(id) {
            Some(Target::BuiltIn(BuiltIn::Fallback)) => {
                return Some(self.run_fallback(&invoked, inside, end));
            }
            Some(Target::BuiltIn(built_in)) => built_in.id().to_owned(),
            Some(Target::Own(action)) => action.clone(),
            None => {
                let why = "there is no such action in the file: nothing is run instead";
                self.notes.keep(Sort::Decision, &target, format!("`{id}`, an action to run"), why);
                return after();
            }
        };
        let with =
            invoked.get("parameters").map(|passed| self.passed(&passed, id, scope)).unwrap_or_default();
        let result = invoked
            .text_of("result_variable")
            .filter(|_| !end)
            .and_then(|name| scope.results.get(name))
            .cloned();
        Some(ThenDoc::Run(RunThenDoc { run: RunDoc { action, with, result, end } }))
    }

    /// The fallback, run as any other action there.
    fn run_fallback(&self, invoked: &Node<'a>, inside: Option<BuiltIn>, end: bool) -> ThenDoc {
        invoked.text_of("result_variable");
        if !end {
            let why = "it does not come back here: a person takes over";
            self.notes.note(Sort::Changed, invoked, "the fallback, run as part of an action", why);
        }
        fallback(inside, None)
    }

    /// Answers to the steps of another action, given beforehand. Files seen so far have none, so that several spellings
    /// are understood; another one is kept.
    fn passed(&self, node: &Node<'a>, action: &str, scope: &Scope) -> IndexMap<String, OperandDoc> {
        let mut with = IndexMap::new();
        let lists = node.get("variables").or_else(|| node.get("parameters")).unwrap_or_else(|| node.clone());
        for parameter in lists.items() {
            let name = PARAMETER_NAMES.iter().find_map(|key| {
                let name = parameter.get(key)?;
                let inner = PARAMETER_NAMES.iter().find_map(|key| name.get(key));
                inner.or(Some(name)).filter(|name| name.peek().is_string())
            });
            self.pass(
                name.and_then(|name| name.text()),
                &parameter,
                parameter.get("value"),
                action,
                scope,
                &mut with,
            );
        }
        for (name, value) in lists.members() {
            self.pass(Some(name), &value, Some(value.clone()), action, scope, &mut with);
        }
        with
    }

    fn pass(
        &self,
        name: Option<&str>,
        node: &Node<'a>,
        value: Option<Node<'a>>,
        action: &str,
        scope: &Scope,
        with: &mut IndexMap<String, OperandDoc>,
    ) {
        let value = value
            .ok_or_else(|| Obstacle::unknown("a passed value"))
            .and_then(|value| self.operand(&value, scope));
        let step = name.and_then(|name| self.answers.get(action)?.get(name).cloned());
        match (step, value) {
            (Some(step), Ok(value)) => drop(with.insert(step, value)),
            (None, _) => {
                let why = "the action that is run has no such step: the value is not passed";
                self.notes.keep(Sort::Decision, node, "a value passed to another action", why);
            }
            (Some(_), Err(obstacle)) => {
                self.notes.keep(obstacle.sort, node, "a value passed to another action", obstacle.why);
            }
        }
    }
}

/// The fallback. From the built-in action for what was not understood it is plain why.
fn fallback(inside: Option<BuiltIn>, reason: Option<ReasonDoc>) -> ThenDoc {
    match (inside, reason) {
        (Some(BuiltIn::TriggerWords), Some(reason)) => {
            ThenDoc::Fallback(FallbackThenDoc { fallback: reason })
        }
        _ => ThenDoc::Word(ThenWord::Fallback),
    }
}
