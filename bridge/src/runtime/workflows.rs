//! Which workflows start, and runs that were on their way when the process ended.

use super::{Runtime, WorkflowChange, WorkflowRefused};
use crate::store::{Lease, Mark, Release, Store, StoreError, WorkflowFile, WorkflowVersion};
use protocol::{ConversationId, Timestamp, WorkflowId, WorkspaceId};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use switchboard::workflow::Workflow;
use switchboard::{RunMoved, Switchboard};

impl Runtime {
    /// Carries out what was asked since the last turn, in order. Fails when this process no longer owns the workspace.
    pub(super) async fn release(&mut self) -> Result<(), StoreError> {
        for (change, answer) in std::mem::take(&mut self.releases) {
            let outcome = match self.carry_out(*change).await {
                Ok(outcome) => outcome,
                Err(error @ StoreError::NotOwner(_)) => return Err(error),
                Err(error) => {
                    tracing::error!("which workflows start cannot be saved: {error}");
                    self.stale = true;
                    Err(WorkflowRefused::TryAgain)
                }
            };
            let _ = answer.send(outcome);
        }
        Ok(())
    }

    /// The version concerned, or why nothing was done.
    async fn carry_out(
        &mut self,
        change: WorkflowChange,
    ) -> Result<Result<u32, WorkflowRefused>, StoreError> {
        match change {
            WorkflowChange::Publish { file, definition, again, by, note } => {
                let published = Publishing { file, again, by, note };
                if let Some(version) = self.current(&published.file, &definition).await? {
                    return Ok(Ok(version));
                }
                let version = published.save(&definition, &self.lease, self.store.as_ref()).await?;
                self.board.publish(version, definition).map_err(unreadable)?;
                Ok(Ok(version))
            }
            WorkflowChange::Stop { workflow, cancel_runs, by } => {
                let stops = self.store.workflows().stop_workflow(&self.lease, &workflow, &by).await?;
                let releases =
                    self.store.workflows().workflow_releases(&self.workspace.id, &workflow, 1).await?;
                let last = releases.first().map(|release| release.version);
                // One that starts no more may have runs that are to end after all.
                let ends = cancel_runs && self.board.runs_somewhere(&workflow);
                let did = last.filter(|_| stops || ends);
                if did.is_some() {
                    self.board.stop_workflow(&workflow, cancel_runs);
                }
                Ok(did.ok_or(WorkflowRefused::NotPublished))
            }
            WorkflowChange::Delete { workflow } => {
                if self.board.published(&workflow).is_some() || self.board.runs_somewhere(&workflow) {
                    return Ok(Err(WorkflowRefused::AtWork));
                }
                let did = self.store.workflows().delete_workflow(&self.lease, &workflow).await?;
                Ok(if did { Ok(0) } else { Err(WorkflowRefused::Unknown) })
            }
        }
    }

    /// The version that starts, when it is this file: asked for again, nothing is done again.
    async fn current(&self, file: &WorkflowFile, definition: &Workflow) -> Result<Option<u32>, StoreError> {
        let workflow = WorkflowId::new(definition.id.0.clone()).map_err(unreadable)?;
        let Some(number) = self.board.published(&workflow) else { return Ok(None) };
        let version = self.store.workflows().workflow_version(&self.workspace.id, &workflow, number).await?;
        Ok(version.filter(|version| version.file == *file).map(|version| version.number))
    }
}

/// A version on its way.
struct Publishing {
    file: WorkflowFile,
    again: Option<u32>,
    by: Mark,
    note: String,
}

impl Publishing {
    async fn save(self, definition: &Workflow, lease: &Lease, store: &dyn Store) -> Result<u32, StoreError> {
        let workflow = WorkflowId::new(definition.id.0.clone()).map_err(unreadable)?;
        let last = store.workflows().workflow_versions(&lease.workspace, &workflow, 1).await?;
        let number = last.first().map_or(0, |version| version.number) + 1;
        let release = self.again.map_or(Release::Published, |to| Release::RolledBack { to });
        let definition = serde_json::to_string(definition).map_err(unreadable)?;
        let Self { file, again: _, by: published, note } = self;
        let version = WorkflowVersion { workflow, number, file, definition, published, note };
        store.workflows().publish_workflow(lease, &version, release).await?;
        Ok(number)
    }
}

/// Has the published workflows start, and the runs go on that had not ended.
pub async fn take_up(
    board: &mut Switchboard,
    workspace: &WorkspaceId,
    store: &dyn Store,
    now: Timestamp,
) -> Result<(), StoreError> {
    for state in store.workflows().workflow_states(workspace).await? {
        let Some(version) = state.current() else { continue };
        if let Some(workflow) = definition(store, workspace, &state.workflow, version).await? {
            board.publish(version, workflow).map_err(unreadable)?;
        }
    }
    let runs = store.workflows().live_runs(workspace).await?;
    let mut definitions = BTreeMap::new();
    for RunMoved { workflow, version, .. } in &runs {
        if let Entry::Vacant(place) = definitions.entry((workflow.clone(), *version)) {
            place.insert(definition(store, workspace, workflow, *version).await?);
        }
    }
    let conversations: BTreeSet<ConversationId> = runs.iter().map(|run| run.conversation).collect();
    let mut closed = Vec::new();
    for id in conversations.into_iter().filter(|id| board.conversation(*id).is_none()) {
        closed.extend(store.whole_conversation(workspace, id).await?);
    }
    super::mend::know_visitors(&mut closed, workspace, store).await?;
    let known =
        |workflow: &WorkflowId, version| definitions.get(&(workflow.clone(), version)).cloned().flatten();
    board.take_up(runs, closed, known, now);
    Ok(())
}

/// A version as the engine runs it. One that is kept in another form is made again from its file.
async fn definition(
    store: &dyn Store,
    workspace: &WorkspaceId,
    workflow: &WorkflowId,
    number: u32,
) -> Result<Option<Arc<Workflow>>, StoreError> {
    let Some(version) = store.workflows().workflow_version(workspace, workflow, number).await? else {
        tracing::error!("version {number} of the workflow `{workflow}` is not kept any more");
        return Ok(None);
    };
    let definition = crate::workflows::definition(&version);
    if definition.is_none() {
        tracing::error!(
            "this version of the bridge cannot run version {number} of the workflow `{workflow}`"
        );
    }
    Ok(definition.map(Arc::new))
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
