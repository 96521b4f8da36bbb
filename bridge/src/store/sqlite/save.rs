//! The statements of one save. Each writes many rows; its text is made for their number and prepared once for each.

use super::ROWS_PER_STATEMENT;
use crate::store::batch::{Batch, Moved, NewEvent, Opened, all_chosen, all_moved};
use crate::store::{Lease, StoreError};
use protocol::WorkspaceId;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite as Db};

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
    choose_statuses(connection, workspace, batch).await
}

async fn check_lease(connection: &mut SqliteConnection, lease: &Lease) -> Result<(), StoreError> {
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
        "WITH moved (id, from_number, last_number, last_message, queue, agent, closed) AS (",
    );
    sql.push_values(moved, |mut row, m| {
        row.push_bind(m.conversation).push_bind(m.from_number).push_bind(m.last_number);
        row.push_bind(m.last_message).push_bind(m.queue.clone()).push_bind(m.agent).push_bind(m.closed);
    });
    sql.push(
        ") UPDATE conversations AS c INDEXED BY conversations_by_id SET
             last_number = m.last_number,
             last_message = coalesce(m.last_message, c.last_message),
             queue = coalesce(m.queue, c.queue),
             agent = coalesce(m.agent, c.agent)",
    );
    // Naming the column makes SQLite write the index of open conversations anew, a page for each message.
    if moved.iter().any(|m| m.closed) {
        sql.push(", closed = c.closed OR m.closed");
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
    opened: &[Opened],
) -> Result<(), StoreError> {
    for chunk in opened.chunks(ROWS_PER_STATEMENT) {
        let mut sql = QueryBuilder::<Db>::new(
            "INSERT INTO conversations
               (id, workspace, visitor, site, queue, agent, last_number, last_message, closed) ",
        );
        sql.push_values(chunk, |mut row, o| {
            row.push_bind(o.state.conversation).push_bind(workspace.as_str());
            row.push_bind(o.visitor).push_bind(&o.site).push_bind(&o.state.queue).push_bind(o.state.agent);
            row.push_bind(o.state.last_number).push_bind(o.state.last_message).push_bind(o.state.closed);
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

async fn choose_statuses(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    batch: &Batch,
) -> Result<(), StoreError> {
    let mut found = 0;
    for (agent, status) in &batch.statuses {
        let query = sqlx::query("UPDATE agents SET status = ? WHERE id = ? AND workspace = ?");
        let query = query.bind(*status).bind(*agent).bind(workspace.as_str());
        found += query.execute(&mut *connection).await?.rows_affected();
    }
    all_chosen(&batch.statuses, found)
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
    use uuid::Uuid;

    #[tokio::test]
    async fn moving_conversations_walks_through_none_but_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = super::super::Sqlite::open(&folder.path().join("store.db")).await.unwrap();
        for rows in [1, 2, ROWS_PER_STATEMENT] {
            for closed in [false, true] {
                let moved: Vec<Moved> = (0..rows).map(|_| somewhere(closed)).collect();
                let sql = moving(&WorkspaceId::new("here").unwrap(), &moved);
                let plan = store.plan(sql.sql()).await;
                assert!(plan.contains("SEARCH c USING INDEX conversations_by_id (id=?)"), "{rows}: {plan}");
            }
        }
    }

    #[test]
    fn what_closes_nothing_leaves_the_index_of_open_conversations_alone() {
        let sets_closed = |closed| {
            let sql = moving(&WorkspaceId::new("here").unwrap(), &[somewhere(closed)]);
            sql.sql().as_str().contains("closed = c.closed")
        };
        assert!(sets_closed(true) && !sets_closed(false));
    }

    fn somewhere(closed: bool) -> Moved {
        Moved {
            conversation: Uuid::nil(),
            from_number: 1,
            last_number: 2,
            last_message: None,
            queue: None,
            agent: None,
            closed,
        }
    }
}
