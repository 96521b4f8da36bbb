//! [`Workflows`] for both databases. A macro, because a function that is generic over the database would need its every type
//! and parameter named in bounds.

use super::{
    Release, RunRow, RunsOf, WorkflowDraft, WorkflowFile, WorkflowRelease, WorkflowVersion, Workflows, sql,
};
use crate::store::postgres::Postgres;
use crate::store::rows::{read_all, signed};
use crate::store::sqlite::Sqlite;
use crate::store::{Lease, Mark, StoreError};
use async_trait::async_trait;
use protocol::{RunId, Timestamp, WorkflowId, WorkspaceId};
use sqlx::FromRow;
use switchboard::RunMoved;
use uuid::Uuid;

macro_rules! workflows {
    ($store:ty) => {
        #[async_trait]
        impl Workflows for $store {
            async fn keep_workflow_draft(
                &self,
                workspace: &WorkspaceId,
                draft: &WorkflowDraft,
            ) -> Result<(), StoreError> {
                let query = sqlx::query(sql::KEEP_DRAFT).bind(workspace.as_str());
                let query = query.bind(draft.workflow.as_str()).bind(&draft.file.name);
                let query = query.bind(&draft.file.source).bind(signed(draft.saved.at.millis()));
                query.bind(&draft.saved.by).execute(&mut *self.writer().await?).await?;
                Ok(())
            }

            async fn workflow_draft(
                &self,
                workspace: &WorkspaceId,
                workflow: &WorkflowId,
            ) -> Result<Option<WorkflowDraft>, StoreError> {
                let query = sqlx::query_as::<_, StoredDraft>(sql::DRAFT).bind(workspace.as_str());
                let found = query.bind(workflow.as_str()).fetch_optional(self.readers()).await?;
                found.map(WorkflowDraft::try_from).transpose()
            }

            async fn workflow_drafts(
                &self,
                workspace: &WorkspaceId,
            ) -> Result<Vec<WorkflowDraft>, StoreError> {
                let query = sqlx::query_as::<_, StoredDraft>(sql::DRAFTS).bind(workspace.as_str());
                let mut drafts: Vec<WorkflowDraft> = read_all(query.fetch_all(self.readers()).await?)?;
                drafts.sort_by(|one, other| one.workflow.cmp(&other.workflow));
                Ok(drafts)
            }

            async fn drop_workflow_draft(
                &self,
                workspace: &WorkspaceId,
                workflow: &WorkflowId,
            ) -> Result<bool, StoreError> {
                let query = sqlx::query(sql::DROP_DRAFT).bind(workspace.as_str()).bind(workflow.as_str());
                Ok(query.execute(&mut *self.writer().await?).await?.rows_affected() > 0)
            }

            async fn publish_workflow(
                &self,
                lease: &Lease,
                version: &WorkflowVersion,
                release: Release,
            ) -> Result<(), StoreError> {
                let (workspace, workflow) = (lease.workspace.as_str(), version.workflow.as_str());
                let at = signed(version.published.at.millis());
                let mut transaction = self.begin_as(lease).await?;
                let query = sqlx::query(sql::ADD_VERSION).bind(workspace).bind(workflow);
                let query = query.bind(i64::from(version.number)).bind(&version.file.name);
                let query = query.bind(&version.file.source).bind(&version.definition).bind(at);
                let query = query.bind(&version.published.by).bind(&version.note);
                if query.execute(&mut *transaction).await?.rows_affected() == 0 {
                    let number = version.number;
                    let what = format!("version {number} of the workflow `{workflow}` is not the next one");
                    return Err(StoreError::OutOfStep(what));
                }
                let query = sqlx::query(sql::ADD_RELEASE).bind(workspace).bind(workflow);
                let query = query.bind(code(release)).bind(i64::from(version.number));
                let query = query.bind(again(release)).bind(at).bind(&version.published.by);
                query.execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }

            async fn stop_workflow(
                &self,
                lease: &Lease,
                workflow: &WorkflowId,
                stopped: &Mark,
            ) -> Result<bool, StoreError> {
                let mut transaction = self.begin_as(lease).await?;
                let query = sqlx::query(sql::ADD_STOP).bind(lease.workspace.as_str()).bind(workflow.as_str());
                let query = query.bind(signed(stopped.at.millis())).bind(&stopped.by);
                let did = query.execute(&mut *transaction).await?.rows_affected() > 0;
                transaction.commit().await?;
                Ok(did)
            }

            async fn delete_workflow(
                &self,
                lease: &Lease,
                workflow: &WorkflowId,
            ) -> Result<bool, StoreError> {
                let mut transaction = self.begin_as(lease).await?;
                let mut did = false;
                for statement in sql::DELETE {
                    let query = sqlx::query(statement).bind(lease.workspace.as_str()).bind(workflow.as_str());
                    did |= query.execute(&mut *transaction).await?.rows_affected() > 0;
                }
                transaction.commit().await?;
                Ok(did)
            }

            async fn workflow_states(
                &self,
                workspace: &WorkspaceId,
            ) -> Result<Vec<WorkflowRelease>, StoreError> {
                let query = sqlx::query_as::<_, StoredRelease>(sql::STATES).bind(workspace.as_str());
                let mut states: Vec<WorkflowRelease> = read_all(query.fetch_all(self.readers()).await?)?;
                states.sort_by(|one, other| one.workflow.cmp(&other.workflow));
                Ok(states)
            }

            async fn workflow_releases(
                &self,
                workspace: &WorkspaceId,
                workflow: &WorkflowId,
                limit: u64,
            ) -> Result<Vec<WorkflowRelease>, StoreError> {
                let query = sqlx::query_as::<_, StoredRelease>(sql::RELEASES).bind(workspace.as_str());
                let query = query.bind(workflow.as_str()).bind(signed(limit));
                read_all(query.fetch_all(self.readers()).await?)
            }

            async fn workflow_versions(
                &self,
                workspace: &WorkspaceId,
                workflow: &WorkflowId,
                limit: u64,
            ) -> Result<Vec<WorkflowVersion>, StoreError> {
                let query = sqlx::query_as::<_, StoredVersion>(sql::VERSIONS).bind(workspace.as_str());
                let query = query.bind(workflow.as_str()).bind(signed(limit));
                read_all(query.fetch_all(self.readers()).await?)
            }

            async fn workflow_version(
                &self,
                workspace: &WorkspaceId,
                workflow: &WorkflowId,
                number: u32,
            ) -> Result<Option<WorkflowVersion>, StoreError> {
                let query = sqlx::query_as::<_, StoredVersion>(sql::VERSION).bind(workspace.as_str());
                let query = query.bind(workflow.as_str()).bind(i64::from(number));
                query.fetch_optional(self.readers()).await?.map(WorkflowVersion::try_from).transpose()
            }

            async fn live_runs(&self, workspace: &WorkspaceId) -> Result<Vec<RunMoved>, StoreError> {
                let query = sqlx::query_as::<_, StoredRun>(sql::LIVE_RUNS).bind(workspace.as_str());
                let rows = query.fetch_all(self.readers()).await?.into_iter().map(RunRow::try_from);
                // One that a later version cannot read must not keep all others from going on.
                let unreadable = |error: &StoreError| tracing::error!("it is left where it stands: {error}");
                Ok(rows.filter_map(|row| row.inspect_err(unreadable).ok()).map(|row| row.moved).collect())
            }

            async fn runs(
                &self,
                workspace: &WorkspaceId,
                of: &RunsOf,
                behind: Option<RunId>,
                limit: u64,
            ) -> Result<Vec<RunRow>, StoreError> {
                let behind = behind.map_or(Uuid::max(), |run| run.0);
                let query = match of {
                    RunsOf::Workflow(workflow) => {
                        let query = sqlx::query_as::<_, StoredRun>(sql::RUNS_OF_WORKFLOW);
                        query.bind(workspace.as_str()).bind(workflow.as_str())
                    }
                    RunsOf::Conversation(conversation) => {
                        let query = sqlx::query_as::<_, StoredRun>(sql::RUNS_OF_CONVERSATION);
                        query.bind(workspace.as_str()).bind(conversation.0)
                    }
                };
                read_all(query.bind(behind).bind(signed(limit)).fetch_all(self.readers()).await?)
            }

            async fn run(&self, workspace: &WorkspaceId, run: RunId) -> Result<Option<RunRow>, StoreError> {
                let query = sqlx::query_as::<_, StoredRun>(sql::RUN).bind(workspace.as_str()).bind(run.0);
                query.fetch_optional(self.readers()).await?.map(RunRow::try_from).transpose()
            }

            async fn drop_ended_runs(
                &self,
                workspace: &WorkspaceId,
                before: Timestamp,
                limit: u64,
            ) -> Result<u64, StoreError> {
                let query = sqlx::query(sql::DROP_ENDED_RUNS).bind(workspace.as_str());
                let query = query.bind(signed(before.millis())).bind(signed(limit));
                Ok(query.execute(&mut *self.writer().await?).await?.rows_affected())
            }
        }
    };
}

workflows!(Sqlite);
workflows!(Postgres);

fn code(release: Release) -> &'static str {
    match release {
        Release::Published => "published",
        Release::Stopped => "stopped",
        Release::RolledBack { .. } => "rolled_back",
    }
}

fn again(release: Release) -> Option<i64> {
    match release {
        Release::Published | Release::Stopped => None,
        Release::RolledBack { to } => Some(i64::from(to)),
    }
}

#[derive(FromRow)]
struct StoredDraft {
    workflow: String,
    name: String,
    source: String,
    saved_at: i64,
    saved_by: Option<String>,
}

impl TryFrom<StoredDraft> for WorkflowDraft {
    type Error = StoreError;

    fn try_from(row: StoredDraft) -> Result<Self, StoreError> {
        let file = WorkflowFile { name: row.name, source: row.source };
        Ok(Self { workflow: id(row.workflow)?, file, saved: mark(row.saved_at, row.saved_by) })
    }
}

#[derive(FromRow)]
struct StoredVersion {
    workflow: String,
    number: i64,
    name: String,
    source: String,
    definition: String,
    published_at: i64,
    published_by: Option<String>,
    note: String,
}

impl TryFrom<StoredVersion> for WorkflowVersion {
    type Error = StoreError;

    fn try_from(row: StoredVersion) -> Result<Self, StoreError> {
        Ok(Self {
            workflow: id(row.workflow)?,
            number: small(row.number)?,
            file: WorkflowFile { name: row.name, source: row.source },
            definition: row.definition,
            published: mark(row.published_at, row.published_by),
            note: row.note,
        })
    }
}

#[derive(FromRow)]
struct StoredRelease {
    workflow: String,
    kind: String,
    version: i64,
    again: Option<i64>,
    released_at: i64,
    released_by: Option<String>,
}

impl TryFrom<StoredRelease> for WorkflowRelease {
    type Error = StoreError;

    fn try_from(row: StoredRelease) -> Result<Self, StoreError> {
        let release = match (row.kind.as_str(), row.again) {
            ("published", _) => Release::Published,
            ("stopped", _) => Release::Stopped,
            ("rolled_back", Some(to)) => Release::RolledBack { to: small(to)? },
            (other, _) => return Err(StoreError::Unreadable(format!("a workflow that is `{other}`"))),
        };
        let released = mark(row.released_at, row.released_by);
        Ok(Self { workflow: id(row.workflow)?, release, version: small(row.version)?, released })
    }
}

#[derive(FromRow)]
struct StoredRun {
    id: Uuid,
    ended_at: Option<i64>,
    body: String,
}

impl TryFrom<StoredRun> for RunRow {
    type Error = StoreError;

    fn try_from(row: StoredRun) -> Result<Self, StoreError> {
        let moved = serde_json::from_str(&row.body)
            .map_err(|error| StoreError::Unreadable(format!("run {} of a workflow: {error}", row.id)))?;
        let ended_at = row.ended_at.map(|at| Timestamp::from_millis(at.unsigned_abs()));
        Ok(Self { moved, ended_at })
    }
}

fn id(text: String) -> Result<WorkflowId, StoreError> {
    WorkflowId::new(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn small(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Unreadable(format!("version {number} of a workflow")))
}

fn mark(at: i64, by: Option<String>) -> Mark {
    Mark { at: Timestamp::from_millis(at.unsigned_abs()), by }
}
