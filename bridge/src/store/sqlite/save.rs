//! The statements of one save. Rows are written one after another: on the connection's own thread a prepared statement
//! costs less for a row than a longer one that has to be made for their number.

use crate::store::batch::{Batch, Moved, NewEvent, Row, Run, all_moved, all_standing};
use crate::store::{Lease, StoreError};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, ffi, params};
use uuid::Uuid;

/// Saves all of a batch or nothing, under the lease.
pub fn save(connection: &mut Connection, lease: &Lease, batch: &Batch) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    check_lease(&transaction, lease)?;
    let workspace = lease.workspace.as_str();
    // Closing comes before opening: a visitor may do both in one batch.
    move_conversations(&transaction, workspace, &batch.moved)?;
    open_conversations(&transaction, workspace, &batch.opened)?;
    append_events(&transaction, &batch.events)?;
    keep_contacts(&transaction, workspace, &batch.contacts)?;
    keep_runs(&transaction, workspace, &batch.runs)?;
    keep_standings(&transaction, workspace, &batch.standings)?;
    Ok(transaction.commit()?)
}

/// Refuses whoever does not own the workspace any more.
fn check_lease(transaction: &Transaction<'_>, lease: &Lease) -> Result<(), StoreError> {
    let mut newest = transaction.prepare_cached("SELECT epoch FROM leases WHERE workspace = ?1")?;
    let newest: Option<i64> = newest.query_row([lease.workspace.as_str()], |row| row.get(0)).optional()?;
    if newest == Some(lease.epoch) { Ok(()) } else { Err(StoreError::NotOwner(lease.workspace.clone())) }
}

/// A row that stays in the indexes it is in: naming their columns makes SQLite write each of them anew, a page for each row.
const STAY: &str =
    "UPDATE conversations SET state = ?4, queue = ?5, team = ?6, agent = ?7, last_number = ?8,
    last_at = ?9, snapshot = ?10 WHERE id = ?2 AND last_number = ?3 AND workspace = ?1 AND is_open = ?11 AND is_live = ?12";

const MOVE: &str = "UPDATE conversations SET state = ?4, queue = ?5, team = ?6, agent = ?7, last_number = ?8,
    last_at = ?9, snapshot = ?10, is_open = ?11, is_live = ?12 WHERE id = ?2 AND last_number = ?3 AND workspace = ?1";

fn move_conversations(
    transaction: &Transaction<'_>,
    workspace: &str,
    moved: &[Moved],
) -> Result<(), StoreError> {
    let mut found = 0;
    for one in moved {
        let stayed = move_conversation(transaction, workspace, one, STAY)?;
        found += if stayed == 0 { move_conversation(transaction, workspace, one, MOVE)? } else { stayed };
    }
    all_moved(moved, found as u64)
}

fn move_conversation(
    transaction: &Transaction<'_>,
    workspace: &str,
    moved: &Moved,
    sql: &'static str,
) -> Result<usize, rusqlite::Error> {
    let Moved { from_number, row: r, .. } = moved;
    transaction.prepare_cached(sql)?.execute(params![
        workspace,
        r.conversation,
        from_number,
        r.state,
        r.queue,
        r.team,
        r.agent,
        r.last_number,
        r.last_at,
        r.snapshot,
        r.is_open,
        r.is_live,
    ])
}

fn open_conversations(
    transaction: &Transaction<'_>,
    workspace: &str,
    opened: &[Row],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO conversations (id, workspace, visitor, site, state, queue, team, agent, last_number, last_at,
                 is_open, is_live, snapshot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    for r in opened {
        let row = params![
            r.conversation,
            workspace,
            r.visitor,
            r.site,
            r.state,
            r.queue,
            r.team,
            r.agent,
            r.last_number,
            r.last_at,
            r.is_open,
            r.is_live,
            r.snapshot,
        ];
        transaction.prepare_cached(sql)?.execute(row).map_err(clash)?;
    }
    Ok(())
}

fn append_events(transaction: &Transaction<'_>, events: &[NewEvent]) -> Result<(), StoreError> {
    let sql = "INSERT INTO events (conversation, number, at, kind, asker_kind, asker, request, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    for e in events {
        let row = params![e.conversation, e.number, e.at, e.kind, e.asker_kind, e.asker, e.request, e.body];
        transaction.prepare_cached(sql)?.execute(row).map_err(clash)?;
    }
    Ok(())
}

fn keep_contacts(
    transaction: &Transaction<'_>,
    workspace: &str,
    contacts: &[(Uuid, String)],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO contacts (workspace, visitor, body) VALUES (?1, ?2, ?3)
               ON CONFLICT (workspace, visitor) DO UPDATE SET body = excluded.body";
    for (visitor, body) in contacts {
        transaction.prepare_cached(sql)?.execute(params![workspace, visitor, body])?;
    }
    Ok(())
}

fn keep_runs(transaction: &Transaction<'_>, workspace: &str, runs: &[Run]) -> Result<(), StoreError> {
    let sql = "INSERT INTO workflow_runs (id, workspace, workflow, conversation, ended_at, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body";
    for r in runs {
        let row = params![r.id, workspace, r.workflow, r.conversation, r.ended_at, r.body];
        transaction.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}

fn keep_standings(
    transaction: &Transaction<'_>,
    workspace: &str,
    standings: &[(Uuid, String)],
) -> Result<(), StoreError> {
    let sql = "UPDATE agents SET standing = ?3 WHERE id = ?2 AND workspace = ?1";
    let mut found = 0;
    for (agent, standing) in standings {
        found += transaction.prepare_cached(sql)?.execute(params![workspace, agent, standing])?;
    }
    all_standing(standings, found as u64)
}

/// What a unique index says against a save. SQLite names the columns, not the index.
fn clash(error: rusqlite::Error) -> StoreError {
    let code = error.sqlite_error().map(|no| no.extended_code);
    if code != Some(ffi::SQLITE_CONSTRAINT_UNIQUE) {
        return StoreError::File(error);
    }
    let message = error.to_string();
    if message.contains("events.request") { StoreError::Repeated } else { StoreError::OutOfStep(message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::SqlSafeStr;

    #[tokio::test]
    async fn moving_a_conversation_walks_through_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = super::super::Sqlite::open(&folder.path().join("store.db")).await.unwrap();
        for sql in [STAY, MOVE] {
            let plan = store.plan(sql.into_sql_str()).await;
            assert!(plan.contains("SEARCH conversations USING INDEX conversations_by_id (id=?)"), "{plan}");
        }
    }

    #[test]
    fn what_stays_open_leaves_the_indexes_of_what_is_open_alone() {
        let set = |sql: &'static str| sql.split(" WHERE ").next().unwrap();
        assert!(set(MOVE).contains("is_open") && !set(STAY).contains("is_open"));
        assert!(set(MOVE).contains("is_live") && !set(STAY).contains("is_live"));
    }
}
