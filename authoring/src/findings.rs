//! Mistakes as they are found: by JSON pointer. Their lines and columns are looked up at the end.

use crate::mistake::Severity;
use crate::tree::Place;
use std::cell::RefCell;
use std::collections::HashSet;

/// Mistakes remembered; many more than are ever shown.
const NOTED_MAX: usize = 1_000;

/// Mistakes found so far. Every phase notes into the same one and goes on, so that authors see all of them at once.
#[derive(Debug, Default)]
pub struct Findings(RefCell<Vec<Finding>>);

/// A mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Its kind, such as `unknown-variable`.
    pub code: &'static str,
    /// The value concerned, as a JSON pointer.
    pub path: String,
    /// Where it stands, when the pointer alone would not lead there: at a key.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Findings {
    /// Notes a mistake that keeps the assistant from running.
    pub fn error(
        &self,
        code: &'static str,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.note(finding(Severity::Error, code, path.into(), problem.into(), remedy.into()));
    }

    /// Notes a mistake the assistant runs with.
    pub fn warning(
        &self,
        code: &'static str,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.note(finding(Severity::Warning, code, path.into(), problem.into(), remedy.into()));
    }

    /// Notes a mistake that keeps the assistant from running, where the place is known already.
    pub(crate) fn error_at(
        &self,
        place: Place,
        code: &'static str,
        path: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.note(Finding {
            severity: Severity::Error,
            code,
            path: path.to_owned(),
            place: Some(place),
            problem: problem.into(),
            remedy: remedy.into(),
        });
    }

    /// Whether one of them keeps the assistant from running.
    pub fn has_errors(&self) -> bool {
        self.0.borrow().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Where mistakes of one kind stand.
    pub(crate) fn paths(&self, code: &str) -> HashSet<String> {
        let noted = self.0.borrow();
        noted.iter().filter(|finding| finding.code == code).map(|finding| finding.path.clone()).collect()
    }

    /// Whether no more mistakes are remembered, so that there is no need to word any.
    pub(crate) fn is_full(&self) -> bool {
        self.0.borrow().len() >= 2 * NOTED_MAX
    }

    /// Takes over a mistake that was noted elsewhere.
    pub(crate) fn take(&self, finding: Finding) {
        self.note(finding);
    }

    /// All of them, in the order they were found.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0.into_inner()
    }

    /// Of too many mistakes, warnings are forgotten first.
    fn note(&self, finding: Finding) {
        let mut noted = self.0.borrow_mut();
        let room = match finding.severity {
            Severity::Error => 2 * NOTED_MAX,
            Severity::Warning => NOTED_MAX,
        };
        if noted.len() < room {
            noted.push(finding);
        }
    }
}

fn finding(severity: Severity, code: &'static str, path: String, problem: String, remedy: String) -> Finding {
    Finding { severity, code, path, place: None, problem, remedy }
}

/// A piece of a JSON pointer, escaped as RFC 6901 says.
pub fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
