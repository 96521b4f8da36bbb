//! Names that would mean two things.

use super::Subject;
use crate::shape::{brief, first_uses};
use crate::workflow::document::{END, StepDoc, TriggerDoc};

pub fn check(subject: &Subject<'_>) {
    steps(subject);
    form(subject);
    let id = &subject.document.id;
    let earlier = subject.all.iter().any(|(at, other)| *at < subject.own && other.id == *id);
    if earlier {
        let problem = format!("`{}` is already the id of another of these workflows", brief(id));
        subject.findings.error("duplicate-id", "/id", problem, "give each workflow an id of its own");
    }
}

fn steps(subject: &Subject<'_>) {
    let ids: Vec<&str> = subject.document.steps.iter().map(StepDoc::id).collect();
    for (index, first) in first_uses(&ids).into_iter().enumerate() {
        let path = format!("/steps/{index}/id");
        if index != first {
            let problem = format!("`{}` is already the id of another step", brief(ids[index]));
            subject.findings.error("duplicate-id", path, problem, "give each step an id of its own");
        } else if ids[index] == END {
            let problem = "`end` is no name for a step: after `next` it means that nothing follows";
            subject.findings.error("name-taken", path, problem, "choose another id");
        }
    }
}

fn form(subject: &Subject<'_>) {
    let TriggerDoc::Shortcut(shortcut) = &subject.document.trigger else { return };
    let names: Vec<&str> = shortcut.shortcut.form.iter().map(|field| field.name.as_str()).collect();
    for (index, first) in first_uses(&names).into_iter().enumerate().filter(|(index, first)| index != first) {
        let path = format!("/trigger/shortcut/form/{index}/name");
        let problem = format!("`{}` is already field {} of this form", brief(names[index]), first + 1);
        subject.findings.error("duplicate-id", path, problem, "give each field a name of its own");
    }
}
