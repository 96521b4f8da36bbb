//! A stochastic walk through an assistant: visitors who answer at random, mostly well, sometimes badly, and change
//! their minds. It reports talks that lead nowhere, circles, expressions that fail, and steps no visitor ever reached.
//!
//! A walk is a function of its seed, so every problem comes with the talk that shows it, in the form of a conversation
//! test.

mod answers;
mod hints;
mod lists;
mod walk;

use crate::cases::{Case, Coverage, Share};
use assistant::Assistant;
use assistant::definition::{Definition, Step, Then};
use protocol::inspect::Limit;
use std::collections::BTreeMap;
use walk::Walk;

/// How far to walk.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The first seed.
    pub seed: u64,
    /// How many talks.
    pub talks: u64,
    /// Turns of one talk at most.
    pub turns_max: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 1, talks: 1_000, turns_max: 30 }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The assistant had nothing to say.
    DeadEnd,
    /// A question offers nothing to choose.
    NothingToChoose,
    /// A limit was reached.
    Circle(&'static str),
    /// An expression failed.
    ExpressionFailed(String),
}

/// Something wrong, and where.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// The action and the step, or the action.
    pub place: String,
    /// In how many talks.
    pub talks: u64,
    /// The shortest talk that shows it.
    pub example: Case,
}

/// What the walk found.
#[derive(Debug, Default)]
pub struct Explored {
    /// What is wrong, the worst first.
    pub problems: Vec<Problem>,
    /// Where the walk has been.
    pub coverage: Coverage,
    /// Talks.
    pub talks: u64,
    /// Turns in all of them.
    pub turns: u64,
}

impl Explored {
    /// Steps reached; of those that were not, why, where that can be told.
    pub fn steps(&self, definition: &Definition) -> Share {
        let mut share = self.coverage.steps(definition);
        for missing in &mut share.missing {
            if let Some(call) = self.call_before(definition, missing) {
                missing.push_str(&format!(
                    ": it lies behind `{call}`, whose answers are made up here and never led to it"
                ));
            }
        }
        share
    }

    /// The last call that was made before a step that was not reached.
    fn call_before(&self, definition: &Definition, missing: &str) -> Option<String> {
        let (id, step) = missing.split_once('/')?;
        let action = definition.actions.iter().find(|action| action.id == id)?;
        let at = action.steps.iter().position(|other| other.id == step)?;
        let called = |step: &Step| match &step.then {
            Then::Call(call) if self.coverage.has_step(id, &step.id) => {
                Some(format!("{}.{}", call.extension, call.operation))
            }
            Then::Call(_)
            | Then::Continue
            | Then::End
            | Then::GoTo(_)
            | Then::AskAgain(_)
            | Then::Run(_)
            | Then::ConnectToAgent(_)
            | Then::Fallback(_) => None,
        };
        action.steps[..at].iter().rev().find_map(called)
    }
}

/// Walks.
pub fn explore(assistant: &Assistant, plan: Plan) -> Explored {
    let hints = hints::Hints::of(assistant.definition());
    let mut explored = Explored { talks: plan.talks, ..Explored::default() };
    let mut found: BTreeMap<(ProblemKind, String), Problem> = BTreeMap::new();
    for seed in plan.seed..plan.seed.saturating_add(plan.talks) {
        let mut walk = Walk::new(assistant, &hints, seed);
        walk.go(plan.turns_max, &mut explored.coverage);
        explored.turns += walk.turns();
        for (kind, place, example) in walk.into_problems() {
            let problem = found.entry((kind.clone(), place.clone())).or_insert_with(|| Problem {
                kind,
                place,
                talks: 0,
                example: example.clone(),
            });
            problem.talks += 1;
            if example.items.len() < problem.example.items.len() {
                problem.example = example;
            }
        }
    }
    explored.problems = found.into_values().collect();
    explored
}

fn limit_name(limit: Limit) -> &'static str {
    match limit {
        Limit::StepVisits => "a step was visited too often in one run of its action",
        Limit::ActionsVisited => "too many actions were begun in one turn",
        Limit::Depth => "too many actions ran inside each other",
    }
}

impl ProblemKind {
    /// In words.
    pub fn describe(&self) -> String {
        match self {
            Self::DeadEnd => "the assistant had nothing to say".to_owned(),
            Self::NothingToChoose => "a question offers nothing to choose".to_owned(),
            Self::Circle(limit) => (*limit).to_owned(),
            Self::ExpressionFailed(why) => format!("an expression failed: {why}"),
        }
    }
}
