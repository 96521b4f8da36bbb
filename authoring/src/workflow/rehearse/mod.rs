//! The dry run: a workflow on a recorded conversation, in virtual time and without any input or output.
//!
//! What the run wants done is done to the recorded world, other systems answer as the recording says, and everything
//! that happened is told. People are found by their teams, queues and statuses; offers that they could decline are not
//! played.

mod expect;
mod expectation;
mod happen;
mod json;
mod perform;
mod prepare;
mod recording;
mod report;
mod stage;
mod timeline;
mod world;

pub use expectation::{EndedDoc, ExpectDoc};
pub use recording::{AgentDoc, AnswerDoc, EarlierDoc, HoursDoc, Recording, StatusDoc, WeekDoc, WriterDoc};
pub use report::{Line, LineKind, Rehearsal, RunReport};
pub use timeline::{EntryDoc, HappensDoc};

use crate::check::report::{does_not_fit, placed, unreadable};
use crate::findings::Findings;
use crate::mistake::{Mistake, Severity};
use crate::schema::RECORDING_SCHEMA;
use crate::shape;
use crate::tree::{self, Notation};
use stage::Stage;
use switchboard::workflow::Workflow;

/// Reads and checks a recorded conversation.
pub fn read_recording(notation: Notation, text: &str) -> Result<Recording, Vec<Mistake>> {
    let root = tree::read(notation, text).map_err(|error| vec![unreadable(error)])?;
    let findings = Findings::default();
    let fitted = shape::fit(&root, &RECORDING_SCHEMA, notation, &findings);
    let recording: Option<Recording> =
        serde_path_to_error::deserialize(&fitted.json).map_err(|error| does_not_fit(&error, &findings)).ok();
    if let Some(recording) = &recording {
        let found = Findings::default();
        prepare::prepare(recording, &found);
        let told = |path: &str| fitted.lost.iter().any(|lost| path.starts_with(&lost.path));
        found.into_vec().into_iter().filter(|f| !told(&f.path)).for_each(|finding| findings.take(finding));
    }
    let is_sound = !findings.has_errors();
    recording.filter(|_| is_sound).ok_or_else(|| placed(findings, &root))
}

/// Runs a workflow on a recorded conversation. An error is everything that is wrong with the recording; its mistakes
/// have a path and no place.
pub fn rehearse(workflow: &Workflow, recording: &Recording) -> Result<Rehearsal, Vec<Mistake>> {
    let findings = Findings::default();
    let prepared = prepare::prepare(recording, &findings);
    if findings.has_errors() {
        let mistake = |finding: crate::findings::Finding| Mistake {
            severity: Severity::Error,
            line: 1,
            column: 1,
            path: finding.path,
            code: finding.code.to_owned(),
            problem: finding.problem,
            remedy: finding.remedy,
        };
        return Err(findings.into_vec().into_iter().map(mistake).collect());
    }
    Ok(Stage::new(workflow, &prepared).play())
}
