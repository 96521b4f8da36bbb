//! One step.

use super::output::Said;
use super::plan::{BuiltIn, Plan};
use super::question::{label, own_title};
use super::{Importer, operand};
use crate::document::{
    ConditionDoc, DatePickerDoc, ExpressionDoc, ItemDoc, KindDoc, OperandDoc, ReasonDoc, SaidDoc, StepDoc,
};
use crate::import::node::Node;
use crate::import::{Sort, name};
use indexmap::IndexMap;
use std::collections::HashSet;

/// What a step sets, and what it evaluates after that.
#[derive(Debug, Default)]
struct Changes {
    set: IndexMap<String, OperandDoc>,
    evaluate: Vec<String>,
}

impl<'a> Importer<'a> {
    /// The steps of an action. `inside` is the built-in action they belong to.
    pub(super) fn steps(&self, plan: &Plan<'a>, inside: Option<BuiltIn>) -> Vec<StepDoc> {
        let mut taken: HashSet<String> =
            plan.scope.steps.values().map(|answer| answer.step.clone()).collect();
        let steps = plan.steps.iter().flat_map(|node| self.step(node, plan, inside, &mut taken));
        let mut steps: Vec<StepDoc> = steps.collect();
        self.repeat_what_reads(&mut steps, plan);
        steps
    }

    /// A step. It becomes several when it sets things in an order that one step here cannot keep.
    fn step(
        &self,
        node: &Node<'a>,
        plan: &Plan<'a>,
        inside: Option<BuiltIn>,
        taken: &mut HashSet<String>,
    ) -> Vec<StepDoc> {
        let scope = &plan.scope;
        let answer = scope.by_pointer.get(node.pointer()).cloned().unwrap_or_default();
        let when = node.get("condition").map(|condition| self.condition(&condition, scope));
        let mut changes = self.changes(node, plan);
        let last = changes.pop().unwrap_or_default();
        let mut said = self.output(node, scope);
        let ask = self.question(node, &said, scope);
        let kind = ask.as_ref().map(|ask| ask.kind);
        self.without_question(&mut said, kind);
        let reason = reason(when.as_ref());
        let mut step = StepDoc {
            id: answer.step,
            title: node.text_of("title").filter(|title| !title.trim().is_empty()).map(str::to_owned),
            when,
            set: last.set,
            evaluate: last.evaluate,
            say: said.say(),
            ask,
            then: self.resolver(node, scope, inside, reason),
            visits: self.visits(node, reason),
            ..StepDoc::default()
        };
        let fact = plan.facts.get(answer.variable.as_str()).filter(|_| inside.is_none());
        entitle(fact.and_then(|fact| fact.text_of("title")), &said, &mut step);
        if let Some(fact) = fact {
            self.protect(fact, &mut step);
        }
        self.sweep(node);
        step.kept = self.notes.take_kept(node);
        let mut steps = self.before(changes, &step, node, taken);
        steps.push(step);
        steps
    }

    /// Choices and a date picker that belong to no question.
    fn without_question(&self, said: &mut Said<'a>, kind: Option<KindDoc>) {
        if kind.is_none() {
            let buttons = self.loose_choices(&said.choices);
            said.items.extend(buttons);
        }
        if said.date && kind != Some(KindDoc::Date) {
            said.items.push(ItemDoc::DatePicker(DatePickerDoc { date_picker: true }));
        }
    }

    /// Protects an answer that is private.
    fn protect(&self, fact: &Node<'a>, step: &mut StepDoc) {
        fact.text_of("variable");
        let private = fact.get("privacy").and_then(|privacy| privacy.truth_of("enabled")).unwrap_or(false);
        match &mut step.ask {
            Some(ask) => ask.protected = private,
            None if private => {
                let why = "the step asks nothing, so that there is nothing to protect";
                self.notes.note(Sort::Changed, fact, format!("the private answer of `{}`", step.id), why);
            }
            None => {}
        }
    }

    /// What a step changes, in as many goes as it takes: one step sets a variable once, and evaluates after that.
    fn changes(&self, node: &Node<'a>, plan: &Plan<'a>) -> Vec<Changes> {
        let mut goes = vec![Changes::default()];
        for assignment in node.get("context").map(|context| context.items_of("variables")).unwrap_or_default()
        {
            let Some(value) = assignment.get("value") else { continue };
            let target = assignment.get("skill_variable").filter(|target| target.peek().is_string());
            let value = match self.operand(&value, &plan.scope) {
                Ok(value) => value,
                Err(obstacle) => {
                    let why = format!("{}. Until then nothing is set", obstacle.why);
                    self.notes.keep(obstacle.sort, &assignment, "an assignment", why);
                    continue;
                }
            };
            let target = target.map(|target| self.names.variable(target.text().unwrap_or_default(), "").name);
            if target.is_none() && assignment.members().len() > 1 {
                let why = "only variables of the session can be set: set one of these";
                self.notes.keep(
                    Sort::Decision,
                    &assignment,
                    "an assignment to something else than a variable",
                    why,
                );
                continue;
            }
            add(&mut goes, target, value);
        }
        goes
    }

    /// Steps that set what has to be set earlier.
    fn before(
        &self,
        changes: Vec<Changes>,
        step: &StepDoc,
        node: &Node<'a>,
        taken: &mut HashSet<String>,
    ) -> Vec<StepDoc> {
        if !changes.is_empty() {
            let why = "the same variable is set twice, or something is set after an expression was evaluated: the earlier \
                       changes are in a step of their own, under the same condition";
            self.notes.note(Sort::Changed, node, "assignments that count on their order", why);
        }
        let each = changes.into_iter().map(|Changes { set, evaluate }| {
            let id = name::unique(name::sanitized(&format!("{}_before", step.id)), taken);
            StepDoc { id, when: step.when.clone(), set, evaluate, ..StepDoc::default() }
        });
        each.collect()
    }
}

/// Names an answer for the agent, and a step without one for authors.
fn entitle(title: Option<&str>, said: &Said<'_>, step: &mut StepDoc) {
    let words = said.words();
    match &mut step.ask {
        Some(ask) => ask.label = label(title, &words),
        None => step.title = step.title.take().or_else(|| own_title(title, &words).map(str::to_owned)),
    }
}

fn add(goes: &mut Vec<Changes>, target: Option<String>, value: OperandDoc) {
    let full = goes.last().is_none_or(|go| {
        target.as_ref().is_some_and(|target| !go.evaluate.is_empty() || go.set.contains_key(target))
    });
    if full {
        goes.push(Changes::default());
    }
    let Some(go) = goes.last_mut() else { return };
    match (target, value) {
        (Some(target), value) => drop(go.set.insert(target, value)),
        (None, OperandDoc::Expression(ExpressionDoc { expression })) => go.evaluate.push(expression),
        (None, value) => go.evaluate.extend(operand::in_expression(&value)),
    }
}

/// Why the fallback is entered from a step, where that can be seen from its condition.
fn reason(when: Option<&ConditionDoc>) -> Option<ReasonDoc> {
    match when? {
        ConditionDoc::Said(SaidDoc { said }) if said == "danger_words" => Some(ReasonDoc::DangerWord),
        ConditionDoc::Said(SaidDoc { said }) if said == "profane_words" => Some(ReasonDoc::Profanity),
        ConditionDoc::Said(_) | ConditionDoc::All(_) | ConditionDoc::Any(_) | ConditionDoc::Not(_) => None,
        ConditionDoc::Expression(_) | ConditionDoc::Test(_) => None,
    }
}
