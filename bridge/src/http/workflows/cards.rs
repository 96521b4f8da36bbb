//! What the API shows of workflows, and what it takes.

use crate::store::{Release, WorkflowDraft, WorkflowFile, WorkflowRelease, WorkflowVersion};
use authoring::Mistake;
use authoring::tree::Notation;
use authoring::workflow::Workspace;
use authoring::workflow::document::TriggerDoc;
use protocol::{Timestamp, WorkflowId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Every workflow.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowList {
    /// In order of their ids.
    pub items: Vec<WorkflowCard>,
}

/// A workflow.
#[derive(Clone, Serialize, JsonSchema)]
#[schemars(rename = "Workflow")]
pub struct WorkflowCard {
    /// Which.
    pub id: WorkflowId,
    /// The version that starts; `null` when none does.
    pub version: Option<u32>,
    /// The version that started last; `null` when none ever did.
    pub last: Option<u32>,
    /// When that was published or stopped.
    pub released_at: Option<Timestamp>,
    /// By whom; `null` is the command line.
    pub released_by: Option<String>,
    /// Whether there is a draft.
    pub draft: bool,
    /// As people call it; `null` when its file cannot be read. This, and what follows, is of the version that started last, or
    /// else of the draft.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// What starts it, as the file says it. Of a `shortcut`, `form` is what agents fill in when they start it.
    pub trigger: Option<TriggerDoc>,
    /// Whether agents may stop it in their conversations; supervisors may always.
    pub agent_may_stop: bool,
}

/// A workflow with all that is kept of it but its runs.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowInFull {
    /// The workflow.
    pub workflow: WorkflowCard,
    /// What its author works on.
    pub draft: Option<WorkflowDraftFile>,
    /// The last 100 versions, the newest first.
    pub versions: Vec<WorkflowVersionCard>,
    /// What was done with them, the last 100 times, the newest first.
    pub releases: Vec<WorkflowReleaseCard>,
}

/// A draft with its text.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowDraftFile {
    /// The file's name.
    pub name: String,
    /// The file.
    pub source: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom.
    pub saved_by: Option<String>,
}

/// A version.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkflowVersion")]
pub struct WorkflowVersionCard {
    /// From 1.
    pub number: u32,
    /// The file's name.
    pub name: String,
    /// What was said about it.
    pub note: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// By whom.
    pub published_by: Option<String>,
}

/// Something that was done with versions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkflowRelease")]
pub struct WorkflowReleaseCard {
    /// `published`, `stopped` or `rolled_back`.
    pub what: &'static str,
    /// The version that started from then on, or until then.
    pub version: u32,
    /// The earlier version that it is, after a rollback.
    pub again: Option<u32>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<String>,
}

/// What a check tells of a workflow.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowChecked {
    /// Everything that is wrong, and everything that is doubtful.
    pub mistakes: Vec<Mistake>,
    /// Its id; `null` when the file cannot be read.
    pub id: Option<String>,
    /// Whether it can be published.
    pub sound: bool,
}

/// That a workflow starts from now on.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowPublished {
    /// In this version.
    pub version: u32,
    /// What is doubtful about it.
    pub mistakes: Vec<Mistake>,
}

/// What is said about a version.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkflowPublishWanted {
    /// What is new: up to 500 characters.
    #[serde(default)]
    pub note: String,
}

/// How a workflow is stopped.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopWanted {
    /// Whether its runs end at once; otherwise they go on to their end.
    #[serde(default)]
    pub cancel_runs: bool,
}

/// That a workflow starts no more.
#[derive(Serialize, JsonSchema)]
pub struct WorkflowStopped {
    /// The version that started until now.
    pub version: u32,
}

/// Which version comes back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkflowRollBackWanted {
    /// Its number.
    pub version: u32,
}

/// Ready workflows.
#[derive(Serialize, JsonSchema)]
pub struct Templates {
    /// In the order of the documentation.
    pub items: Vec<TemplateCard>,
}

/// A ready workflow.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Template")]
pub struct TemplateCard {
    /// How it is called.
    pub name: &'static str,
    /// The file, as YAML.
    pub source: &'static str,
}

/// What is shown of a workflow, by what was done with it last and by its file.
pub fn card(
    id: WorkflowId,
    last: Option<WorkflowRelease>,
    draft: bool,
    file: Option<&WorkflowFile>,
) -> WorkflowCard {
    let document = file.and_then(|file| {
        let notation = Notation::of(&file.name);
        authoring::workflow::check_text(notation, &file.source, &Workspace::default()).document
    });
    let agent_may_stop = document.as_ref().is_some_and(|document| document.exits.agent_may_stop);
    let (name, description, trigger) = document.map_or((None, None, None), |document| {
        (Some(document.name), document.description, Some(document.trigger))
    });
    WorkflowCard {
        name,
        description,
        trigger,
        agent_may_stop,
        id,
        version: last.as_ref().and_then(WorkflowRelease::current),
        last: last.as_ref().map(|last| last.version),
        released_at: last.as_ref().map(|last| last.released.at),
        released_by: last.and_then(|last| last.released.by),
        draft,
    }
}

impl From<WorkflowDraft> for WorkflowDraftFile {
    fn from(draft: WorkflowDraft) -> Self {
        let WorkflowDraft { workflow: _, file, saved } = draft;
        Self { name: file.name, source: file.source, saved_at: saved.at, saved_by: saved.by }
    }
}

impl From<WorkflowVersion> for WorkflowVersionCard {
    fn from(version: WorkflowVersion) -> Self {
        Self {
            number: version.number,
            name: version.file.name,
            note: version.note,
            published_at: version.published.at,
            published_by: version.published.by,
        }
    }
}

impl From<WorkflowRelease> for WorkflowReleaseCard {
    fn from(release: WorkflowRelease) -> Self {
        let (what, again) = match release.release {
            Release::Published => ("published", None),
            Release::Stopped => ("stopped", None),
            Release::RolledBack { to } => ("rolled_back", Some(to)),
        };
        Self { what, version: release.version, again, at: release.released.at, by: release.released.by }
    }
}
