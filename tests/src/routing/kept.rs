//! An office that is kept: turns of many commands, each saved as a whole, as the bridge's loop does it.

use super::office::Office;
use crate::load::world::StoreKind;
use crate::postgres;
use anyhow::Result;
use bridge::store::{AgentRow, Lease, Saving, Store};
use protocol::{ConversationId, VisitorId, WorkspaceId};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use switchboard::{Change, Command, Standing, Switchboard};
use tempfile::TempDir;

/// Commands of one turn, as in the bridge.
pub const COMMANDS_PER_TURN: usize = 1_024;

/// See the module. Dropped, nothing of it is left.
pub struct Kept {
    store: Arc<dyn Store>,
    workspace: WorkspaceId,
    lease: Lease,
    _folder: TempDir,
}

impl Kept {
    /// A store of its own, in which the agents of an office are known.
    pub async fn open(kind: StoreKind, folder: &Path, office: &Office) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("routing-").tempdir_in(folder)?;
        let address = match kind {
            StoreKind::Sqlite => format!("sqlite://{}", folder.path().join("routing.db").display()),
            StoreKind::Postgres => postgres::durable_database()?.address,
        };
        let store = bridge::store::open(&address).await?;
        let workspace = WorkspaceId::new("office")?;
        for id in office.board.directory().agents().keys() {
            let row = AgentRow {
                id: *id,
                email: format!("{id}@office.example"),
                password_hash: "none".to_owned(),
                standing: Standing::default(),
            };
            store.add_agent(&workspace, &row).await?;
        }
        let lease = store.take_lease(&workspace).await?;
        Ok(Self { store, workspace, lease, _folder: folder })
    }

    /// One turn: visitors are looked up, everything is decided, and saved in one transaction. Repeats of so short a while the
    /// bridge knows without the store.
    pub async fn turn(&self, office: &mut Office, commands: &[Command]) -> Result<Vec<Change>> {
        let visitors: Vec<VisitorId> = commands.iter().filter_map(begins).collect();
        if !visitors.is_empty() {
            self.store.contacts(&self.workspace, &visitors).await?;
        }
        let mut changes = Vec::new();
        for command in commands {
            office.carry_out(command, &mut |change| changes.push(change.clone()));
        }
        self.save(&mut office.board, &changes).await?;
        Ok(changes)
    }

    /// Saves what was applied.
    pub async fn save(&self, board: &mut Switchboard, changes: &[Change]) -> Result<()> {
        let ids: BTreeSet<ConversationId> = changes.iter().filter_map(conversation).collect();
        let conversations: Vec<_> = ids.into_iter().filter_map(|id| board.snapshot(id)).collect();
        let standings = board.moved_standings();
        let saving = Saving { changes, conversations: &conversations, standings: &standings };
        self.store.save(&self.lease, saving).await?;
        board.saved();
        Ok(())
    }

    /// What is kept.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Whose.
    pub fn workspace(&self) -> &WorkspaceId {
        &self.workspace
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these begin conversations here")]
fn begins(command: &Command) -> Option<VisitorId> {
    match command {
        Command::VisitorRequestsAgent { visitor, .. } | Command::VisitorSays { visitor, .. } => {
            Some(*visitor)
        }
        _ => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only events are of conversations")]
fn conversation(change: &Change) -> Option<ConversationId> {
    match change {
        Change::Happened { event, .. } => Some(event.conversation),
        _ => None,
    }
}
