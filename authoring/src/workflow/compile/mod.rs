//! From a document to the workflow the engine runs: texts parsed, steps found by name, lengths of time in seconds.
//!
//! What cannot be made is noted, and a stand-in made instead, so that everything wrong is found at once.

mod condition;
mod request;
mod task;
mod time;
mod trigger;

pub use request::json_path;
pub use time::{moment, seconds};

use super::document::{ConditionDoc, END, ExitsDoc, StepDoc, ValueDoc, WorkflowDoc};
use crate::compile::nearest::did_you_mean;
use crate::findings::Findings;
use crate::shape::brief;
use std::collections::HashMap;
use switchboard::workflow::definition::{Condition, Exits, Next, Step, StepAt};
use switchboard::workflow::text::Template;
use switchboard::workflow::{Workflow, WorkflowId};

/// Makes the workflow of a document.
pub fn compile(document: &WorkflowDoc, findings: &Findings) -> Workflow {
    let compiler = Compiler::of(document, findings);
    let steps = document.steps.iter().enumerate().map(|(at, step)| compiler.step(at, step)).collect();
    Workflow {
        id: WorkflowId(document.id.clone()),
        name: document.name.clone(),
        trigger: compiler.trigger(&document.trigger),
        condition: compiler.optional_condition(document.when.as_ref(), "/when"),
        once_per_contact: document.once_per_contact,
        restart_when_triggered_again: document.restart_when_triggered_again,
        survives_close: document.survives_close,
        exits: exits(document.exits),
        steps,
    }
}

/// What all parts need.
struct Compiler<'a> {
    document: &'a WorkflowDoc,
    findings: &'a Findings,
    /// Where each step stands; of a name that is there twice, the first.
    places: HashMap<&'a str, StepAt>,
}

impl<'a> Compiler<'a> {
    fn of(document: &'a WorkflowDoc, findings: &'a Findings) -> Self {
        let mut places = HashMap::new();
        for (step, place) in document.steps.iter().zip(0..) {
            places.entry(step.id()).or_insert(StepAt(place));
        }
        Self { document, findings, places }
    }

    fn step(&self, at: usize, step: &StepDoc) -> Step {
        let path = format!("/steps/{at}");
        let below =
            u16::try_from(at + 1).ok().filter(|below| usize::from(*below) < self.document.steps.len());
        let next = step.ways().first().and_then(|(_, next)| *next);
        let next = match next {
            Some(next) => self.place(next, &format!("{path}/next")),
            None => below.map(StepAt),
        };
        Step { name: step.id().to_owned(), task: self.task(step, &path), next }
    }

    /// What follows where nothing is written: nothing.
    fn way(&self, written: Option<&String>, path: String) -> Next {
        self.place(written?, &path)
    }

    /// The step of that name.
    fn place(&self, name: &str, path: &str) -> Next {
        if name == END {
            return None;
        }
        let place = self.places.get(name).copied();
        if place.is_none() {
            let known = self.document.steps.iter().map(StepDoc::id).chain([END]);
            let problem = format!("there is no step `{}`", brief(name));
            self.findings.error("unknown-step", path, problem, did_you_mean(name, known, "steps"));
        }
        place
    }

    fn optional_condition(&self, condition: Option<&ConditionDoc>, path: &str) -> Condition {
        condition.map(|condition| self.condition(condition, path)).unwrap_or_default()
    }

    /// A length of time; what is none was told already.
    fn optional_seconds(&self, written: Option<&String>) -> Option<u64> {
        written.map(|written| seconds(written).unwrap_or_default())
    }
}

/// A value as a text that the engine fills; numbers and yes and no stand for themselves.
fn template(value: &ValueDoc) -> Template {
    match value {
        ValueDoc::Text(text) => Template::parse(text),
        ValueDoc::Number(number) => Template::plain((number + 0.0).to_string()),
        ValueDoc::YesNo(yes) => Template::plain(yes.to_string()),
    }
}

fn exits(exits: ExitsDoc) -> Exits {
    let ExitsDoc { agent_may_stop, on_visitor_message, on_human_message, on_manual_assignment } = exits;
    Exits { agent_may_stop, on_visitor_message, on_human_message, on_manual_assignment }
}
