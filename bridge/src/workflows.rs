//! What authors of workflows write, looked at with the eyes of this workspace.

pub mod recording;
pub mod retention;

use crate::config::Workspace;
use crate::store::{Store, StoreError, WorkflowDraft, WorkflowVersion};
use authoring::tree::Notation;
use authoring::workflow::{self, Checked};
use protocol::WorkflowId;
use protocol::setup::ReasonUse;
use switchboard::Directory;
use switchboard::workflow::Workflow;

/// Workflows of one workspace: each that starts is looked at when a conversation opens.
pub const WORKFLOWS_MAX: usize = 200;

/// A file that has steps by the hundred stays far below.
pub const WORKFLOW_BYTES_MAX: usize = 256 * 1024;

/// What the engine runs of a version; made again from its file when this version of the bridge keeps it otherwise.
pub fn definition(version: &WorkflowVersion) -> Option<Workflow> {
    let kept = serde_json::from_str(&version.definition).ok();
    let again = || {
        workflow::check(&version.file.name, &version.file.source, &workflow::Workspace::default()).workflow
    };
    kept.or_else(again)
}

/// What workflows are checked against in a running bridge.
fn known(workspace: &Workspace, directory: &Directory, others: Vec<String>) -> workflow::Workspace {
    let setup = directory.setup();
    let active = setup.agents.values().filter(|agent| agent.active);
    let closing = setup.reasons.iter().filter(|(_, reason)| reason.uses.contains(&ReasonUse::Close));
    workflow::Workspace {
        queues: Some(setup.queues.keys().map(ToString::to_string).collect()),
        agents: Some(
            active.flat_map(|agent| agent.email.clone().into_iter().chain([agent.name.clone()])).collect(),
        ),
        teams: Some(setup.teams.keys().map(ToString::to_string).collect()),
        calendars: Some(setup.calendars.keys().map(ToString::to_string).collect()),
        categories: Some(closing.map(|(id, _)| id.to_string()).collect()),
        fields: None,
        tags: None,
        secrets: Some(workspace.secret_origins()),
        workflows: Some(others),
    }
}

/// The workflows of a workspace, for a file that is to join them.
pub struct Neighbours {
    /// The versions that start.
    published: Vec<WorkflowVersion>,
    drafts: Vec<WorkflowDraft>,
}

impl Neighbours {
    /// Reads them.
    pub async fn read(workspace: &Workspace, store: &dyn Store) -> Result<Self, StoreError> {
        let mut published = Vec::new();
        for state in store.workflows().workflow_states(&workspace.id).await? {
            let Some(number) = state.current() else { continue };
            published
                .extend(store.workflows().workflow_version(&workspace.id, &state.workflow, number).await?);
        }
        Ok(Self { published, drafts: store.workflows().workflow_drafts(&workspace.id).await? })
    }

    /// How many workflows there are besides one.
    pub fn count_besides(&self, own: &WorkflowId) -> usize {
        self.published.iter().filter(|version| version.workflow != *own).count()
    }

    /// How many drafts there are besides one's own.
    pub fn drafts_besides(&self, own: &WorkflowId) -> usize {
        self.drafts.iter().filter(|draft| draft.workflow != *own).count()
    }

    /// Checks a file against the workspace and together with the workflows that start: it may run them, and must not start a
    /// circle. One that is only a draft may be named too, since two that name each other cannot both be first.
    pub fn check(&self, name: &str, source: &str, workspace: &Workspace, directory: &Directory) -> Checked {
        let notation = Notation::of(name);
        let alone = workflow::check_text(notation, source, &workflow::Workspace::default());
        let own = alone.document.map(|document| document.id);
        let drafts = self.drafts.iter().map(|draft| draft.workflow.to_string()).collect();
        let known = known(workspace, directory, drafts);
        let others =
            self.published.iter().filter(|version| Some(version.workflow.as_str()) != own.as_deref());
        let others = others.map(|version| (Notation::of(&version.file.name), version.file.source.as_str()));
        let texts: Vec<(Notation, &str)> = std::iter::once((notation, source)).chain(others).collect();
        workflow::check_all(&texts, &known).swap_remove(0)
    }
}
