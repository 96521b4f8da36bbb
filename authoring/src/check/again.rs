//! Results that stay as they were although what they were asked with is asked again.

use super::subject::{Routine, Subject};
use crate::compile::names::{Used, result_name};
use crate::document::{StepDoc, StepsDoc, ThenDoc};
use crate::shape::brief;
use std::collections::HashSet;

pub fn check(subject: &Subject<'_>) {
    for routine in &subject.routines {
        for (index, step) in routine.steps.iter().enumerate() {
            if let Some(ThenDoc::AskAgain(doc)) = &step.then
                && let StepsDoc::These(ids) = &doc.ask_again
            {
                stale(routine, index, ids, subject);
            }
        }
    }
}

/// Calls between the steps that are asked again and the one that wants it, which are made with the old answers.
fn stale(routine: &Routine<'_>, here: usize, ids: &[String], subject: &Subject<'_>) {
    let is_again = |step: &StepDoc| ids.contains(&step.id);
    let mut changed: HashSet<String> = HashSet::new();
    for (place, step) in routine.steps.iter().enumerate().take(here) {
        let depends = !changed.is_empty() && depends(subject, routine.place, place, &changed);
        if is_again(step) {
            changed.insert(step.id.clone());
            changed.extend(step.set.keys().cloned());
        } else if depends && matches!(step.then, Some(ThenDoc::Call(_))) {
            let problem = format!(
                "`{}` was called with an answer that is asked again here, and its result stays as it was",
                brief(&step.id)
            );
            let remedy = format!(
                "add `{}` to the list, or write the first of the steps alone: all that depends on it is done again",
                brief(&step.id)
            );
            let path = format!("{}/then", routine.step_path(here));
            subject.findings.warning("stale-result", path, problem, remedy);
            changed.extend(result_name(step));
        }
    }
}

/// Whether what a step calls is given one of these names.
fn depends(subject: &Subject<'_>, action: usize, step: usize, changed: &HashSet<String>) -> bool {
    let here =
        subject.survey.uses.iter().filter(|found| (found.action, found.step) == (Some(action), Some(step)));
    let read = |what| matches!(what, Used::Answer | Used::Variable);
    here.into_iter().any(|found| {
        read(found.what) && found.path.contains("/then/call/with/") && changed.contains(&found.name)
    })
}
