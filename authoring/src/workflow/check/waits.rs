//! Waits longer than people mean them to be.

use super::Subject;
use crate::workflow::compile::seconds;
use crate::workflow::document::StepDoc;

/// A week: whoever has waited for longer has gone.
const WAIT_SECONDS_USUAL: u64 = 7 * 86_400;

pub fn check(subject: &Subject<'_>) {
    for (path, step) in subject.steps() {
        let (key, written) = match step {
            StepDoc::Wait(step) => ("wait", Some(&step.wait)),
            StepDoc::Ask(step) => ("ask/timeout", step.ask.timeout.as_ref()),
            StepDoc::Assign(step) => ("assign/timeout", step.assign.timeout.as_ref()),
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
            | StepDoc::During(_)
            | StepDoc::Request(_)
            | StepDoc::Run(_) => continue,
        };
        if written.and_then(|written| seconds(written)).is_some_and(|seconds| seconds > WAIT_SECONDS_USUAL) {
            let problem = "this waits for more than a week";
            let remedy = "write at most `7d`, unless that is meant";
            subject.findings.warning("long-wait", format!("{path}/{key}"), problem, remedy);
        }
    }
}
