//! Changes of the setup: checked, saved as a new revision, and in force from the next decision on.

use super::{Runtime, SetupChange, SetupRefused, tell};
use crate::config::Workspace;
use crate::people;
use crate::store::{Lease, SetupRow, Store, StoreError};
use protocol::Timestamp;
use protocol::setup::odd;
use switchboard::Directory;

impl Runtime {
    /// Carries out what was asked since the last turn, in order. Fails when this process no longer owns the workspace.
    pub(super) async fn set_up(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for (change, answer) in std::mem::take(&mut self.setups) {
            let outcome = match self.change(*change, now).await {
                Err(Failed::NotOwner(error)) => return Err(error),
                Err(Failed::Refused(refused)) => Err(refused),
                Ok(revision) => Ok(revision),
            };
            let _ = answer.send(outcome);
        }
        Ok(())
    }

    async fn change(&mut self, change: SetupChange, now: Timestamp) -> Result<u64, Failed> {
        let SetupChange { from, by, setup } = change;
        if from != self.revision {
            return Err(Failed::Refused(SetupRefused::Outdated(self.revision)));
        }
        let rows = self.store.agents(&self.workspace.id).await.map_err(Failed::of)?;
        let strangers = people::strangers(&setup, &rows);
        // Whatever was odd before keeps nobody from changing something else.
        let before = odd(self.directory.borrow().setup());
        let odd = odd(&setup).into_iter().filter(|fault| !before.contains(fault));
        let (directory, mut faults) = match Directory::new(setup.clone()) {
            Ok(directory) => (Some(directory), Vec::new()),
            Err(faults) => (None, faults),
        };
        faults.extend(odd.chain(strangers));
        let Some(directory) = directory.filter(|_| faults.is_empty()) else {
            return Err(Failed::Refused(SetupRefused::Faults(faults)));
        };
        let row = SetupRow { revision: from + 1, changed_at: now, changed_by: by, setup };
        match self.store.save_setup(&self.lease, &row).await {
            Ok(()) => {}
            Err(error) => {
                self.stale = true;
                return Err(Failed::of(error));
            }
        }
        self.revision = row.revision;
        self.directory.send_replace(directory.clone());
        self.board.set_up(directory, now);
        tell::shut_out(&mut self.hub, &self.board);
        Ok(row.revision)
    }
}

/// Adds what the workspace file has and the setup has not.
pub async fn seed(
    lease: &Lease,
    workspace: &Workspace,
    store: &dyn Store,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = store.setup(&workspace.id).await?;
    let (revision, before) = row.map(|row| (row.revision, row.setup)).unwrap_or_default();
    let setup = people::seeded(before.clone(), workspace, &store.agents(&workspace.id).await?);
    if setup == before {
        return Ok(());
    }
    let changed_by = "the workspace file".to_owned();
    store.save_setup(lease, &SetupRow { revision: revision + 1, changed_at: now, changed_by, setup }).await
}

enum Failed {
    NotOwner(StoreError),
    Refused(SetupRefused),
}

impl Failed {
    fn of(error: StoreError) -> Self {
        if let StoreError::NotOwner(_) = error {
            return Self::NotOwner(error);
        }
        tracing::error!("the setup cannot be changed: {error}");
        Self::Refused(SetupRefused::TryAgain)
    }
}
