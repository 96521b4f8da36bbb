//! What an import could not carry over, until somebody has seen to it.

use super::subject::Subject;
use crate::document::KeptDoc;
use crate::shape::brief;
use assistant::definition::BUILT_IN_ACTIONS;

pub fn check(subject: &Subject<'_>) {
    let document = subject.document;
    note(&document.kept, "", subject);
    for (id, doc) in BUILT_IN_ACTIONS.into_iter().zip(document.built_in()) {
        note(doc.map(|doc| doc.kept.as_slice()).unwrap_or_default(), &format!("/{id}"), subject);
    }
    for (index, action) in document.actions.iter().enumerate() {
        note(&action.kept, &format!("/actions/{index}"), subject);
    }
    for (path, step) in subject.steps() {
        note(&step.kept, &path, subject);
    }
}

fn note(kept: &[KeptDoc], path: &str, subject: &Subject<'_>) {
    for (index, entry) in kept.iter().enumerate() {
        let problem = format!("not carried over: {}", brief(&entry.what));
        let remedy =
            format!("{}; remove this entry when it is settled", entry.why.trim_end_matches(['.', ' ']));
        subject.findings.warning("imported-leftover", format!("{path}/kept/{index}"), problem, remedy);
    }
}
