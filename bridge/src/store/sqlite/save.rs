//! The statements of one save. Each writes many rows; its text is made for their number and prepared once for each.

use super::ROWS_PER_STATEMENT;
use crate::store::batch::{Batch, Moved, NewEvent, Row, Run, all_moved, all_standing};
use crate::store::rows::signed;
use crate::store::{Lease, SetupRow, StoreError, written};
use protocol::WorkspaceId;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite as Db};
use uuid::Uuid;

/// Writes all of a batch in the transaction of the connection, under the lease.
pub async fn write(
    connection: &mut SqliteConnection,
    lease: &Lease,
    batch: &Batch,
) -> Result<(), StoreError> {
    let workspace = &lease.workspace;
    check_lease(connection, lease).await?;
    // Closing comes before opening: a visitor may do both in one batch.
    move_conversations(connection, workspace, &batch.moved).await?;
    open_conversations(connection, workspace, &batch.opened).await?;
    append_events(connection, &batch.events).await?;
    keep_contacts(connection, workspace, &batch.contacts).await?;
    keep_runs(connection, workspace, &batch.runs).await?;
    keep_standings(connection, workspace, batch).await
}

/// Writes a setup as the next revision.
pub async fn keep_setup(
    connection: &mut SqliteConnection,
    lease: &Lease,
    setup: &SetupRow,
) -> Result<(), StoreError> {
    check_lease(connection, lease).await?;
    let sql = "INSERT INTO setups (workspace, revision, changed_at, changed_by, body)
               SELECT ?1, ?2, ?3, ?4, ?5
               WHERE ?2 = (SELECT coalesce(max(revision), 0) + 1 FROM setups WHERE workspace = ?1)";
    let query = sqlx::query(sql).bind(lease.workspace.as_str()).bind(signed(setup.revision));
    let query =
        query.bind(signed(setup.changed_at.millis())).bind(&setup.changed_by).bind(written(&setup.setup)?);
    match query.execute(connection).await?.rows_affected() {
        0 => Err(StoreError::OutOfStep(format!(
            "revision {} of the setup is not the next one",
            setup.revision
        ))),
        _ => Ok(()),
    }
}

/// Refuses whoever does not own the workspace any more.
pub async fn check_lease(connection: &mut SqliteConnection, lease: &Lease) -> Result<(), StoreError> {
    let query =
        sqlx::query_scalar("SELECT epoch FROM leases WHERE workspace = ?").bind(lease.workspace.as_str());
    let newest: Option<i64> = query.fetch_optional(connection).await?;
    if newest == Some(lease.epoch) { Ok(()) } else { Err(StoreError::NotOwner(lease.workspace.clone())) }
}

async fn move_conversations(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    moved: &[Moved],
) -> Result<(), StoreError> {
    for chunk in moved.chunks(ROWS_PER_STATEMENT) {
        let found = moving(workspace, chunk).build().execute(&mut *connection).await?.rows_affected();
        all_moved(chunk, found)?;
    }
    Ok(())
}

/// The index is named, because the planner would walk through the whole workspace when there are many rows to move.
fn moving(workspace: &WorkspaceId, moved: &[Moved]) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(
        "WITH moved (id, from_number, state, queue, team, agent, last_number, last_at, is_open, is_live, snapshot) AS (",
    );
    sql.push_values(moved, |mut row, m| {
        let r = &m.row;
        row.push_bind(r.conversation).push_bind(m.from_number).push_bind(r.state).push_bind(r.queue.clone());
        row.push_bind(r.team.clone()).push_bind(r.agent).push_bind(r.last_number).push_bind(r.last_at);
        row.push_bind(r.is_open).push_bind(r.is_live).push_bind(r.snapshot.clone());
    });
    sql.push(
        ") UPDATE conversations AS c INDEXED BY conversations_by_id SET
             state = m.state, queue = m.queue, team = m.team, agent = m.agent, last_number = m.last_number,
             last_at = m.last_at, snapshot = m.snapshot",
    );
    // Naming these columns makes SQLite write their indexes anew, a page for each message.
    if moved.iter().any(|m| m.may_end) {
        sql.push(", is_open = m.is_open, is_live = m.is_live");
    }
    sql.push(
        " FROM moved AS m
           WHERE c.id = m.id AND c.last_number = m.from_number AND c.workspace = ",
    );
    sql.push_bind(workspace.as_str().to_owned());
    sql
}

async fn open_conversations(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    opened: &[Row],
) -> Result<(), StoreError> {
    for chunk in opened.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO conversations (id, workspace, visitor, site, state, queue, team, agent, last_number, last_at,
               is_open, is_live, snapshot) ",
        );
        sql.push_values(chunk, |mut row, r| {
            row.push_bind(r.conversation)
                .push_bind(workspace.as_str())
                .push_bind(r.visitor)
                .push_bind(&r.site);
            row.push_bind(r.state).push_bind(&r.queue).push_bind(&r.team).push_bind(r.agent);
            row.push_bind(r.last_number).push_bind(r.last_at).push_bind(r.is_open).push_bind(r.is_live);
            row.push_bind(&r.snapshot);
        });
        sql.build().execute(&mut *connection).await.map_err(clash)?;
    }
    Ok(())
}

async fn append_events(connection: &mut SqliteConnection, events: &[NewEvent]) -> Result<(), StoreError> {
    for chunk in events.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO events (conversation, number, at, kind, asker_kind, asker, request, body) ",
        );
        sql.push_values(chunk, |mut row, e| {
            row.push_bind(e.conversation).push_bind(e.number).push_bind(e.at).push_bind(e.kind);
            row.push_bind(e.asker_kind).push_bind(e.asker).push_bind(e.request).push_bind(&e.body);
        });
        sql.build().execute(&mut *connection).await.map_err(clash)?;
    }
    Ok(())
}

async fn keep_contacts(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    contacts: &[(Uuid, String)],
) -> Result<(), StoreError> {
    for chunk in contacts.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new("INSERT INTO contacts (workspace, visitor, body) ");
        sql.push_values(chunk, |mut row, (visitor, body)| {
            row.push_bind(workspace.as_str()).push_bind(*visitor).push_bind(body);
        });
        sql.push(" ON CONFLICT (workspace, visitor) DO UPDATE SET body = excluded.body");
        sql.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn keep_runs(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    runs: &[Run],
) -> Result<(), StoreError> {
    for chunk in runs.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO workflow_runs (id, workspace, workflow, conversation, ended_at, body) ",
        );
        sql.push_values(chunk, |mut row, r| {
            row.push_bind(r.id).push_bind(workspace.as_str()).push_bind(&r.workflow);
            row.push_bind(r.conversation).push_bind(r.ended_at).push_bind(&r.body);
        });
        sql.push(" ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body");
        sql.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn keep_standings(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    batch: &Batch,
) -> Result<(), StoreError> {
    let mut found = 0;
    for chunk in batch.standings.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new("WITH stood (id, standing) AS (");
        sql.push_values(chunk, |mut row, (agent, standing)| {
            row.push_bind(*agent).push_bind(standing);
        });
        sql.push(") UPDATE agents AS a SET standing = s.standing FROM stood AS s WHERE a.id = s.id AND a.workspace = ");
        sql.push_bind(workspace.as_str());
        found += sql.build().execute(&mut *connection).await?.rows_affected();
    }
    all_standing(&batch.standings, found)
}

/// What a unique index says against a save. SQLite names the columns, not the index.
fn clash(error: sqlx::Error) -> StoreError {
    match error.as_database_error() {
        Some(no) if no.is_unique_violation() && no.message().contains("events.request") => {
            StoreError::Repeated
        }
        Some(no) if no.is_unique_violation() => StoreError::OutOfStep(no.message().to_owned()),
        Some(_) | None => StoreError::Database(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn moving_conversations_walks_through_none_but_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = super::super::Sqlite::open(&folder.path().join("store.db")).await.unwrap();
        for rows in [1, 2, ROWS_PER_STATEMENT] {
            for may_end in [false, true] {
                let moved: Vec<Moved> = (0..rows).map(|_| Moved { may_end, ..somewhere() }).collect();
                let sql = moving(&WorkspaceId::new("here").unwrap(), &moved);
                let plan = store.plan(sql.sql()).await;
                assert!(plan.contains("SEARCH c USING INDEX conversations_by_id (id=?)"), "{rows}: {plan}");
            }
        }
    }

    #[test]
    fn what_only_says_something_leaves_the_index_of_open_conversations_alone() {
        let sets_open = |may_end| {
            let sql = moving(&WorkspaceId::new("here").unwrap(), &[Moved { may_end, ..somewhere() }]);
            sql.sql().as_str().contains("is_open = m.is_open")
        };
        assert!(sets_open(true) && !sets_open(false));
    }

    fn somewhere() -> Moved {
        let row = Row {
            conversation: Uuid::nil(),
            visitor: Uuid::nil(),
            site: String::new(),
            state: "open",
            queue: None,
            team: None,
            agent: None,
            last_number: 2,
            last_at: 0,
            is_open: true,
            is_live: true,
            snapshot: String::new(),
        };
        Moved { from_number: 1, may_end: true, row }
    }
}
