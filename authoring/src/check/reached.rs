//! Actions nobody comes to.

use super::subject::Subject;
use crate::compile::names::Used;
use std::collections::HashSet;

pub fn check(subject: &Subject<'_>) {
    let runs = subject.survey.uses.iter().filter(|found| found.what == Used::Action);
    let run: HashSet<&str> = runs
        .filter(|found| {
            found.action.and_then(|place| subject.routines.get(place)).is_none_or(|r| r.id != found.name)
        })
        .map(|found| found.name.as_str())
        .collect();
    for (index, action) in subject.document.actions.iter().enumerate() {
        let path = format!("/actions/{index}");
        if action.phrases.is_empty() && !run.contains(action.id.as_str()) {
            let remedy =
                "add `phrases`, run it from a step, or leave it if the page around the chat starts it";
            let problem = "no visitor comes here: it has no phrases, and no other action runs it";
            subject.findings.warning("unreached-action", path.as_str(), problem, remedy);
        }
        if action.steps.is_empty() {
            let problem = "this action does nothing: it has no steps";
            subject.findings.warning("empty-action", path, problem, "add a step that says something");
        }
    }
    if subject.document.actions.is_empty() {
        let problem = "there are no actions, so nothing is understood";
        subject.findings.warning("no-actions", "/actions", problem, "add what visitors can ask for");
    }
}
