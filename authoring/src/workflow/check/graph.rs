//! Ways through the steps: those nobody comes along, and those that lead back to themselves for ever.

use super::Subject;
use crate::check::strongly_connected;
use crate::workflow::document::{StepDoc, TriggerDoc};
use std::collections::HashSet;
use switchboard::workflow::definition::{IfBusy, Next, StepAt, Task};
use switchboard::workflow::{STEPS_MAX, Workflow};

/// A way out of a step.
struct Way {
    to: Next,
    /// Whether time passes on it, or a person has the word.
    waits: bool,
    /// Whether it is taken so often at most.
    is_counted: bool,
}

pub fn check(subject: &Subject<'_>) {
    unreachable(subject);
    circles(subject);
}

fn unreachable(subject: &Subject<'_>) {
    // Whoever starts it by hand may begin anywhere.
    if matches!(subject.document.trigger, TriggerDoc::Manual(_)) {
        return;
    }
    let mut reached: HashSet<usize> = [0].into();
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        for way in ways(subject.workflow, at) {
            if let Some(StepAt(to)) = way.to
                && reached.insert(to.into())
            {
                open.push(to.into());
            }
        }
    }
    for at in (0..subject.document.steps.len()).filter(|at| !reached.contains(at)) {
        let problem = format!("nothing leads to `{}`", subject.document.steps[at].id());
        let remedy = "lead to it from another step, or remove it";
        subject.findings.warning("unreachable-step", format!("/steps/{at}"), problem, remedy);
    }
}

fn circles(subject: &Subject<'_>) {
    let count = subject.workflow.steps.len();
    let at_once = |at: usize| -> Vec<usize> {
        let ways = ways(subject.workflow, at).into_iter().filter(|way| !way.waits && !way.is_counted);
        ways.filter_map(|way| way.to).map(|to| usize::from(to.0)).filter(|to| *to < count).collect()
    };
    let next: Vec<Vec<usize>> = (0..count).map(at_once).collect();
    for circle in strongly_connected(&next) {
        let is_circle = circle.len() > 1 || circle.first().is_some_and(|only| next[*only].contains(only));
        if let Some(last) = circle.last().filter(|_| is_circle) {
            let names: Vec<String> =
                circle.iter().map(|at| format!("`{}`", subject.document.steps[*at].id())).collect();
            let problem = format!(
                "{} lead back to each other, and nothing is waited for on the way: a run would end after {STEPS_MAX} steps",
                names.join(", ")
            );
            let remedy = "go back by a `jump` step, which counts, or `wait` in between";
            subject.findings.error("circle", format!("/steps/{last}"), problem, remedy);
        }
    }
}

fn ways(workflow: &Workflow, at: usize) -> Vec<Way> {
    let Some(step) = workflow.steps.get(at) else { return Vec::new() };
    let way = |to: Next| Way { to, waits: false, is_counted: false };
    let slow = |to: Next, waits: bool| Way { to, waits, is_counted: false };
    match &step.task {
        Task::Ask(ask) => {
            let busy = match ask.if_busy {
                IfBusy::Wait => None,
                IfBusy::Go(to) => to,
            };
            vec![slow(step.next, true), slow(ask.invalid, true), slow(ask.timed_out, true), way(busy)]
        }
        Task::Assign(assign) => {
            let waits = assign.timeout_seconds != Some(0);
            vec![way(step.next), slow(assign.timed_out, waits), way(assign.nobody)]
        }
        Task::Branch(cases) => cases.iter().map(|case| way(case.then)).chain([way(step.next)]).collect(),
        Task::Jump { to, .. } => {
            vec![Way { to: Some(*to), waits: false, is_counted: true }, way(step.next)]
        }
        Task::Wait { seconds } => vec![slow(step.next, *seconds > 0)],
        Task::WhenOpen { outside, .. } => vec![way(step.next), way(*outside)],
        Task::Request(request) => vec![way(step.next), way(request.failed)],
        Task::Close { .. } if !workflow.outlives_closing() => Vec::new(),
        Task::Close { .. }
        | Task::Say(_)
        | Task::Unassign
        | Task::Tag { .. }
        | Task::Field { .. }
        | Task::Open
        | Task::Comment { .. }
        | Task::Trigger { .. }
        | Task::Set { .. } => vec![way(step.next)],
    }
}

impl StepDoc {
    /// Whether a way out of this step is written.
    pub(super) fn has_way(&self, key: &str) -> bool {
        self.ways().iter().any(|(known, to)| *known == key && to.is_some())
    }
}
