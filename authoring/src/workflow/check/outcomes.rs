//! Outcomes after which a run just ends, because nobody said what follows.

use super::Subject;
use crate::workflow::document::{OwnerDoc, StepDoc};

pub fn check(subject: &Subject<'_>) {
    for (path, step) in subject.steps() {
        for (key, when) in failures(step) {
            if !step.has_way(key) {
                let problem = format!("the run ends here {when}");
                let remedy =
                    format!("write the step that follows: `{key}: …`, or `{key}: end` when that is meant");
                subject.findings.warning("no-way-out", path.as_str(), problem, remedy);
            }
        }
        useless(subject, &path, step);
    }
}

/// Outcomes a step can have besides the good one, and when.
fn failures(step: &StepDoc) -> Vec<(&'static str, &'static str)> {
    match step {
        StepDoc::Ask(step) => {
            let timed_out = step.ask.timeout.as_ref().map(|_| ("timed_out", "when no answer comes in time"));
            [("invalid", "after one invalid answer too many")].into_iter().chain(timed_out).collect()
        }
        StepDoc::Assign(step) => {
            let timed_out = step
                .assign
                .timeout
                .as_ref()
                .map(|_| ("timed_out", "when nobody has the conversation in time"));
            let nobody = "when nobody there could ever have the conversation";
            [("nobody", nobody)].into_iter().chain(timed_out).collect()
        }
        StepDoc::Request(_) => vec![("failed", "when the call fails")],
        StepDoc::During(_) => vec![("outside", "outside that time")],
        StepDoc::Say(_)
        | StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::AddTags(_)
        | StepDoc::RemoveTags(_)
        | StepDoc::SetField(_)
        | StepDoc::Set(_)
        | StepDoc::Close(_)
        | StepDoc::Comment(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_)
        | StepDoc::Run(_) => Vec::new(),
    }
}

/// Notes what changes nothing.
fn useless(subject: &Subject<'_>, path: &str, step: &StepDoc) {
    let note = |key: &str, why: &str| {
        let path = format!("{path}/{key}");
        subject.findings.warning("no-effect", path, format!("this changes nothing: {why}"), "leave it out");
    };
    match step {
        StepDoc::Ask(step) if step.ask.timeout.is_none() && step.timed_out.is_some() => {
            note("timed_out", "an answer is waited for as long as it takes; `timeout` would end that");
        }
        StepDoc::Assign(step) => {
            if step.assign.timeout.is_none() && step.timed_out.is_some() {
                note("timed_out", "somebody is waited for as long as it takes; `timeout` would end that");
            }
            if matches!(step.assign.to, OwnerDoc::Agent(_)) {
                if step.assign.by.is_some() {
                    note("assign/by", "there is nobody to choose from: one person is meant");
                }
                let waits = step.assign.online_only || step.assign.fewer_open_than.is_some();
                if step.assign.timeout.is_some() && !waits {
                    let why = "one person is given it at once; `online_only: true` would wait for them";
                    note("assign/timeout", why);
                }
            }
        }
        StepDoc::Close(_) if !subject.workflow.outlives_closing() && step.has_way("next") => {
            note("next", "the run ends with the conversation; `survives_close` would let it go on");
        }
        StepDoc::Ask(_)
        | StepDoc::Say(_)
        | StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::AddTags(_)
        | StepDoc::RemoveTags(_)
        | StepDoc::SetField(_)
        | StepDoc::Set(_)
        | StepDoc::Close(_)
        | StepDoc::Comment(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_)
        | StepDoc::During(_)
        | StepDoc::Request(_)
        | StepDoc::Run(_) => {}
    }
}
