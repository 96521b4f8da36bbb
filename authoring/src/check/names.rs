//! Names that would mean two things.

use super::subject::Subject;
use crate::shape::{brief, first_uses};
use assistant::definition::BUILT_IN_ACTIONS;

pub fn check(subject: &Subject<'_>) {
    actions(subject);
    for routine in &subject.routines {
        let ids: Vec<&str> = routine.steps.iter().map(|step| step.id.as_str()).collect();
        for (index, first) in first_uses(&ids).into_iter().enumerate() {
            let path = format!("{}/id", routine.step_path(index));
            if index != first {
                let problem =
                    format!("`{}` is already the id of another step of this action", brief(ids[index]));
                subject.findings.error(
                    "duplicate-id",
                    path,
                    problem,
                    "give each step of an action an id of its own",
                );
            } else if subject.document.variables.contains_key(ids[index])
                && routine.steps[index].ask.is_some()
            {
                let problem = format!(
                    "`{}` is also the name of a variable, which cannot be inserted here",
                    brief(ids[index])
                );
                subject.findings.warning("hidden-variable", path, problem, "rename one of them");
            }
        }
    }
}

fn actions(subject: &Subject<'_>) {
    let ids: Vec<&str> = subject.document.actions.iter().map(|action| action.id.as_str()).collect();
    for (index, first) in first_uses(&ids).into_iter().enumerate() {
        let path = format!("/actions/{index}/id");
        if index != first {
            let problem = format!("`{}` is already the id of another action", brief(ids[index]));
            subject.findings.error("duplicate-id", path, problem, "give each action an id of its own");
        } else if BUILT_IN_ACTIONS.contains(&ids[index]) {
            let problem = format!("`{}` is the id of a built-in action", ids[index]);
            let remedy = format!("choose another id, or write it as `{}` beside `actions`", ids[index]);
            subject.findings.error("duplicate-id", path, problem, remedy);
        }
    }
}
