//! From the text of a file to a workflow, or to everything that is wrong with it; and of several files, what is wrong
//! with them together.

mod conditions;
mod consequences;
mod graph;
mod kinds;
mod loops;
mod names;
mod outcomes;
mod questions;
mod requests;
mod variables;
mod waits;
mod world;

use super::compile::compile;
use super::document::{StepDoc, WorkflowDoc};
use super::{Checked, Workspace};
use crate::check::report;
use crate::findings::Findings;
use crate::schema::WORKFLOW_SCHEMA;
use crate::shape::{self, Fitted};
use crate::tree::{self, Node, Notation};
use switchboard::workflow::Workflow;

/// Everything that is looked at once a file has been compiled; each has a file of its own.
const CHECKS: [fn(&Subject<'_>); 10] = [
    names::check,
    graph::check,
    questions::check,
    outcomes::check,
    conditions::check,
    variables::check,
    requests::check,
    waits::check,
    world::check,
    loops::check,
];

/// What the checks look at.
struct Subject<'a> {
    document: &'a WorkflowDoc,
    workflow: &'a Workflow,
    /// All that are checked together, this one among them, and their places in that list.
    all: &'a [(usize, &'a WorkflowDoc)],
    /// Its own place in that list.
    own: usize,
    workspace: &'a Workspace,
    findings: &'a Findings,
}

impl Subject<'_> {
    /// Every step with its JSON pointer.
    fn steps(&self) -> impl Iterator<Item = (String, &StepDoc)> {
        self.document.steps.iter().enumerate().map(|(at, step)| (format!("/steps/{at}"), step))
    }
}

/// Reads and checks a file. A name that ends in `.yaml` or `.yml` is YAML, any other JSON.
pub fn check(name: &str, text: &str, workspace: &Workspace) -> Checked {
    check_text(Notation::of(name), text, workspace)
}

/// Reads and checks a text.
pub fn check_text(notation: Notation, text: &str, workspace: &Workspace) -> Checked {
    check_all(&[(notation, text)], workspace).pop().expect("one text gives one result")
}

/// Reads and checks several texts that belong together: they may name each other, and must not start each other for ever.
pub fn check_all(texts: &[(Notation, &str)], workspace: &Workspace) -> Vec<Checked> {
    let readings: Vec<Reading> = texts.iter().map(|(notation, text)| Reading::of(*notation, text)).collect();
    let documents: Vec<(usize, &WorkflowDoc)> =
        readings.iter().enumerate().filter_map(|(at, reading)| Some((at, reading.document()?))).collect();
    let results: Vec<Option<Workflow>> =
        (0..readings.len()).map(|own| readings[own].check(own, &documents, workspace)).collect();
    drop(documents);
    readings.into_iter().zip(results).map(|(reading, workflow)| reading.into_checked(workflow)).collect()
}

/// A file on its way.
enum Reading {
    /// It cannot be read at all.
    Not(tree::Unreadable),
    /// It was read, and perhaps made to fit.
    Read { root: Node, fitted: Fitted, fits: bool, document: Option<Box<WorkflowDoc>>, findings: Findings },
}

impl Reading {
    fn of(notation: Notation, text: &str) -> Self {
        let root = match tree::read(notation, text) {
            Ok(root) => root,
            Err(unreadable) => return Self::Not(unreadable),
        };
        let findings = Findings::default();
        let fitted = shape::fit(&root, &WORKFLOW_SCHEMA, notation, &findings);
        let fits = !findings.has_errors();
        let document = serde_path_to_error::deserialize(&fitted.json);
        let document = document.map_err(|error| report::does_not_fit(&error, &findings)).ok().map(Box::new);
        Self::Read { root, fitted, fits, document, findings }
    }

    fn document(&self) -> Option<&WorkflowDoc> {
        match self {
            Self::Not(_) => None,
            Self::Read { document, .. } => document.as_deref(),
        }
    }

    fn check(&self, own: usize, all: &[(usize, &WorkflowDoc)], workspace: &Workspace) -> Option<Workflow> {
        let Self::Read { fitted, document: Some(document), findings, .. } = self else { return None };
        let found = Findings::default();
        let workflow = compile(document, &found);
        let subject = Subject { document, workflow: &workflow, all, own, workspace, findings: &found };
        CHECKS.iter().for_each(|check| check(&subject));
        consequences::keep_own(found, &fitted.lost, findings);
        (!findings.has_errors()).then_some(workflow)
    }

    fn into_checked(self, workflow: Option<Workflow>) -> Checked {
        match self {
            Self::Not(unreadable) => {
                Checked { document: None, workflow: None, mistakes: vec![report::unreadable(unreadable)] }
            }
            Self::Read { root, fits, document, findings, .. } => Checked {
                document: document.filter(|_| fits).map(|document| *document),
                workflow,
                mistakes: report::placed(findings, &root),
            },
        }
    }
}
