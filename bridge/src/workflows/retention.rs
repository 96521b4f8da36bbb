//! Runs that ended long ago are dropped.

use crate::clock::Clock;
use crate::store::Store;
use protocol::{Timestamp, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Days for which a run that has ended is kept, for its log.
pub const RUNS_DAYS: u64 = 30;

/// How often it is looked for old runs.
const LOOK_SECONDS: u64 = 60 * 60;

/// Runs dropped in one transaction: saves wait for it.
const AT_ONCE_MAX: u64 = 500;

/// Drops what is old, now and every hour, until `stop` says so or its sender is gone.
pub async fn forget_old_runs(
    store: Arc<dyn Store>,
    workspace: WorkspaceId,
    clock: Clock,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        forget(store.as_ref(), &workspace, clock.now()).await;
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn forget(store: &dyn Store, workspace: &WorkspaceId, now: Timestamp) {
    let before = Timestamp::from_millis(now.millis().saturating_sub(RUNS_DAYS * 24 * 60 * 60 * 1_000));
    loop {
        match store.workflows().drop_ended_runs(workspace, before, AT_ONCE_MAX).await {
            Ok(AT_ONCE_MAX..) => {}
            Ok(_) => return,
            Err(error) => return tracing::warn!("old runs of workflows cannot be dropped: {error}"),
        }
    }
}
