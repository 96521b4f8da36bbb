//! What authors of workflows keep: drafts, numbered versions that never change, which of those starts, and every run. Both
//! databases understand its statements, so that they are written once.

mod sql;
mod statements;

use super::{Lease, Mark, StoreError};
use async_trait::async_trait;
use protocol::{ConversationId, RunId, Timestamp, WorkflowId, WorkspaceId};
use switchboard::RunMoved;

/// An author's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowFile {
    /// The file's name; its ending says how the source is read.
    pub name: String,
    /// What the author wrote.
    pub source: String,
}

/// What an author works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowDraft {
    /// Of which workflow.
    pub workflow: WorkflowId,
    /// The file.
    pub file: WorkflowFile,
    /// Who saved it last, and when.
    pub saved: Mark,
}

/// A numbered version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowVersion {
    /// Of which workflow.
    pub workflow: WorkflowId,
    /// From 1, without gaps.
    pub number: u32,
    /// The file.
    pub file: WorkflowFile,
    /// What the engine runs, as JSON.
    pub definition: String,
    /// Who published it, and when.
    pub published: Mark,
    /// What they said about it; may be empty.
    pub note: String,
}

/// What was done with a workflow's versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// A version starts from then on.
    Published,
    /// None starts from then on.
    Stopped,
    /// An earlier version was published again, under the next number.
    RolledBack {
        /// Its number then.
        to: u32,
    },
}

/// That it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowRelease {
    /// Of which workflow.
    pub workflow: WorkflowId,
    /// What.
    pub release: Release,
    /// The version that starts from then on, or started until then.
    pub version: u32,
    /// By whom, and when.
    pub released: Mark,
}

impl WorkflowRelease {
    /// The version that starts, when this was done last.
    pub fn current(&self) -> Option<u32> {
        match self.release {
            Release::Published | Release::RolledBack { .. } => Some(self.version),
            Release::Stopped => None,
        }
    }
}

/// A run, and when it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRow {
    /// The run as it was moved last.
    pub moved: RunMoved,
    /// When it ended; `None` while it goes on.
    pub ended_at: Option<Timestamp>,
}

/// Whose runs are looked for.
#[derive(Clone, Debug)]
pub enum RunsOf {
    /// Of a workflow.
    Workflow(WorkflowId),
    /// In a conversation.
    Conversation(ConversationId),
}

/// See the module. Everything is of one workspace. Runs are written by [`super::Store::save`] alone, together with the
/// events they consist of.
#[async_trait]
pub trait Workflows: Send + Sync {
    /// Keeps a file as the workflow's draft, instead of the one before.
    async fn keep_workflow_draft(
        &self,
        workspace: &WorkspaceId,
        draft: &WorkflowDraft,
    ) -> Result<(), StoreError>;

    /// The draft.
    async fn workflow_draft(
        &self,
        workspace: &WorkspaceId,
        workflow: &WorkflowId,
    ) -> Result<Option<WorkflowDraft>, StoreError>;

    /// Every draft, in order of the workflows' ids.
    async fn workflow_drafts(&self, workspace: &WorkspaceId) -> Result<Vec<WorkflowDraft>, StoreError>;

    /// Drops the draft. Whether there was one.
    async fn drop_workflow_draft(
        &self,
        workspace: &WorkspaceId,
        workflow: &WorkflowId,
    ) -> Result<bool, StoreError>;

    /// Keeps a version under the lease, and that it starts from now on: published, or an earlier one again.
    /// [`StoreError::OutOfStep`]: its number is not the next one.
    async fn publish_workflow(
        &self,
        lease: &Lease,
        version: &WorkflowVersion,
        release: Release,
    ) -> Result<(), StoreError>;

    /// Keeps under the lease that a workflow starts no more. Whether it did.
    async fn stop_workflow(
        &self,
        lease: &Lease,
        workflow: &WorkflowId,
        stopped: &Mark,
    ) -> Result<bool, StoreError>;

    /// Drops under the lease all that is kept of a workflow: its draft, versions, releases and runs. Whether there was
    /// anything. None of its runs goes on, as the caller knows.
    async fn delete_workflow(&self, lease: &Lease, workflow: &WorkflowId) -> Result<bool, StoreError>;

    /// What was done last with each workflow, in order of their ids.
    async fn workflow_states(&self, workspace: &WorkspaceId) -> Result<Vec<WorkflowRelease>, StoreError>;

    /// What was done with a workflow, the newest first.
    async fn workflow_releases(
        &self,
        workspace: &WorkspaceId,
        workflow: &WorkflowId,
        limit: u64,
    ) -> Result<Vec<WorkflowRelease>, StoreError>;

    /// Versions of a workflow, the newest first.
    async fn workflow_versions(
        &self,
        workspace: &WorkspaceId,
        workflow: &WorkflowId,
        limit: u64,
    ) -> Result<Vec<WorkflowVersion>, StoreError>;

    /// One version.
    async fn workflow_version(
        &self,
        workspace: &WorkspaceId,
        workflow: &WorkflowId,
        number: u32,
    ) -> Result<Option<WorkflowVersion>, StoreError>;

    /// Every run that has not ended, in the order of their beginning; but for those this version cannot read.
    async fn live_runs(&self, workspace: &WorkspaceId) -> Result<Vec<RunMoved>, StoreError>;

    /// Runs, the one begun last first, beginning behind one of them.
    async fn runs(
        &self,
        workspace: &WorkspaceId,
        of: &RunsOf,
        behind: Option<RunId>,
        limit: u64,
    ) -> Result<Vec<RunRow>, StoreError>;

    /// One run.
    async fn run(&self, workspace: &WorkspaceId, run: RunId) -> Result<Option<RunRow>, StoreError>;

    /// Drops runs that ended before then, so many at most; gives how many.
    async fn drop_ended_runs(
        &self,
        workspace: &WorkspaceId,
        before: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError>;
}
