//! What only follows from a value that could not be read, and is not told: a name it may have declared or used, a way
//! it may have been.

use crate::findings::{Finding, Findings};
use crate::shape::Lost;

/// Told of names: not when the name stands in something that was lost.
const NAMES: &[&str] = &["unknown-step", "unknown-variable", "step-without-answer", "unknown-workflow"];

/// Told of ways through the steps: not when anything of a step was lost.
const WAYS: &[&str] = &["unreachable-step", "circle", "workflow-loop", "never-taken"];

/// Takes over what was found after the comparison with the format, but for what only follows from what was lost.
pub fn keep_own(found: Findings, lost: &[Lost], findings: &Findings) {
    for finding in found.into_vec() {
        if !lost.iter().any(|lost| follows(&finding, lost)) {
            findings.take(finding);
        }
    }
}

fn follows(finding: &Finding, lost: &Lost) -> bool {
    let of_steps = lost.path == "/steps" || lost.path.starts_with("/steps/");
    // A text in backquotes is the name that is spoken of.
    let names = |text: &String| finding.problem.contains(&format!("`{text}`"));
    is_within(&finding.path, &lost.path)
        || is_within(&lost.path, &finding.path) && !finding.path.is_empty()
        || of_steps && WAYS.contains(&finding.code)
        || !lost.is_word
            && NAMES.contains(&finding.code)
            && (lost.texts.is_empty() || lost.texts.iter().any(names))
}

fn is_within(path: &str, around: &str) -> bool {
    path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
