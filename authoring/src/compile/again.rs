//! Which steps are done again when earlier questions are asked again.

use super::at::At;
use super::names::{Used, result_name};
use super::scope::Scope;
use super::then::place_of;
use crate::document::{StepDoc, StepsDoc};
use std::collections::HashSet;

/// The steps to do again, besides the one that wants it.
pub(crate) fn ask_again(scope: Scope<'_>, steps: &StepsDoc, at: &At<'_>) -> Vec<String> {
    match steps {
        StepsDoc::From(id) => since(scope, id, at),
        StepsDoc::These(ids) => these(scope, ids, at),
    }
}

/// Everything from a step on up to here that asks, that sets variables, or that depends on an answer that may change:
/// what it says, runs or calls would be about the old one. What depends on an answer comes after it, so nothing before
/// the step can be concerned.
fn since(scope: Scope<'_>, id: &str, at: &At<'_>) -> Vec<String> {
    let (Some(from), Some(here), Some(action)) = (place_of(scope, id, at), scope.step, scope.answers())
    else {
        return Vec::new();
    };
    if from >= here {
        not_earlier(scope, id, at);
        return Vec::new();
    }
    let steps = &action.steps[from..here];
    if steps.iter().all(|step| step.ask.is_none()) {
        let problem = format!("nothing is asked from `{id}` up to here");
        scope.error("nothing-to-ask-again", at, problem, "name an earlier step that has an `ask`");
    }
    let (mut again, mut changed) = (Vec::new(), HashSet::new());
    for (place, step) in (from..).zip(steps) {
        if step.ask.is_some() || sets(step) || depends(scope, place, &changed) {
            changed.extend(changes(step));
            again.push(step.id.clone());
        }
    }
    again
}

/// The very steps of a list. Those that only set or fetch something depend on the answers of the others.
fn these(scope: Scope<'_>, ids: &[String], at: &At<'_>) -> Vec<String> {
    let places = ids.iter().enumerate().filter_map(|(index, id)| before(scope, id, &at.index(index)));
    let Some(action) = scope.answers() else { return Vec::new() };
    let steps: Vec<&StepDoc> = places.map(|place| &action.steps[place]).collect();
    let own = scope.step.map(|own| &action.steps[own]);
    let any_found = !steps.is_empty() || ids.is_empty();
    if any_found && steps.iter().copied().chain(own).all(|step| step.ask.is_none()) {
        let problem = "none of these steps asks anything";
        scope.error("nothing-to-ask-again", at, problem, "name an earlier step that has an `ask`");
    }
    steps.into_iter().map(|step| step.id.clone()).collect()
}

/// The place of a step that comes before this one.
fn before(scope: Scope<'_>, id: &str, at: &At<'_>) -> Option<usize> {
    let place = place_of(scope, id, at)?;
    if Some(place) > scope.step {
        not_earlier(scope, id, at);
    }
    (Some(place) < scope.step).then_some(place)
}

fn not_earlier(scope: Scope<'_>, id: &str, at: &At<'_>) {
    let problem = format!("the step `{id}` does not come before this one");
    scope.error("not-earlier", at, problem, "name an earlier step; to move on, write `go_to`");
}

fn sets(step: &StepDoc) -> bool {
    !step.set.is_empty() || !step.evaluate.is_empty()
}

/// What a step gives a new value.
fn changes(step: &StepDoc) -> impl Iterator<Item = String> {
    std::iter::once(step.id.clone()).chain(result_name(step)).chain(step.set.keys().cloned())
}

/// Whether anything in a step uses one of these names. Earlier steps were surveyed when they were compiled.
fn depends(scope: Scope<'_>, place: usize, changed: &HashSet<String>) -> bool {
    let survey = scope.c.survey.borrow();
    let here = survey.uses.iter().filter(|found| (found.action, found.step) == (scope.action, Some(place)));
    let read = |what| matches!(what, Used::Answer | Used::Variable);
    here.into_iter().any(|found| read(found.what) && changed.contains(&found.name))
}
