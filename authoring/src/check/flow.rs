//! Ways through an action that lead nowhere, and questions that are asked twice for no reason.

use super::graph::{Graph, position};
use super::subject::{Routine, Subject};
use crate::document::ThenDoc;
use crate::shape::brief;

pub fn check(subject: &Subject<'_>) {
    for routine in &subject.routines {
        unreachable(routine, subject);
        jumps(routine, subject);
        asked_twice(routine, subject);
    }
}

/// Only the first step of a stretch that is not reached is named: the others follow from it.
fn unreachable(routine: &Routine<'_>, subject: &Subject<'_>) {
    let reached = Graph::of(routine).reached(0);
    for index in 1..routine.steps.len() {
        if !reached[index] && reached[index - 1] {
            subject.findings.warning(
                "unreachable-step",
                routine.step_path(index),
                "this step is never reached: the one before it always goes elsewhere",
                "give the step before it a condition (`when`), jump here, or remove this step",
            );
        }
    }
}

/// A jump to the step below is written for nothing, and hides what was meant.
fn jumps(routine: &Routine<'_>, subject: &Subject<'_>) {
    for (index, step) in routine.steps.iter().enumerate() {
        let Some(ThenDoc::GoTo(jump)) = &step.then else { continue };
        if position(routine.steps, &jump.go_to) == Some(index + 1) {
            let problem = format!("`{}` follows anyway: it is the step below", brief(&jump.go_to));
            let path = format!("{}/then", routine.step_path(index));
            subject.findings.warning("needless-jump", path, problem, "remove this `then`, or jump elsewhere");
        }
    }
}

fn asked_twice(routine: &Routine<'_>, subject: &Subject<'_>) {
    for (index, step) in routine.steps.iter().enumerate() {
        if step.when.is_none() && matches!(step.then, Some(ThenDoc::AskAgain(_))) {
            subject.findings.warning(
                "always-asked-again",
                format!("{}/then", routine.step_path(index)),
                "everybody is asked again here, whatever they answered",
                "give this step a condition (`when`), such as an answer no to `Is this right?`",
            );
        }
    }
}
