//! The statements of one save. Each writes all rows of its table, which travel as arrays, a column each.

use crate::store::batch::{Batch, Moved, NewEvent, Opened, all_chosen, all_moved};
use crate::store::{Lease, StoreError};
use protocol::WorkspaceId;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

/// Writes all of a batch in the transaction of the connection, under the lease.
pub async fn write(connection: &mut PgConnection, lease: &Lease, batch: &Batch) -> Result<(), StoreError> {
    let workspace = &lease.workspace;
    check_lease(connection, lease).await?;
    // Closing comes before opening: a visitor may do both in one batch.
    move_conversations(connection, workspace, &batch.moved).await?;
    open_conversations(connection, workspace, &batch.opened).await?;
    append_events(connection, &batch.events).await?;
    choose_statuses(connection, workspace, batch).await
}

/// The lock makes a new owner wait for this save to end, and this save see the new owner that came first.
async fn check_lease(connection: &mut PgConnection, lease: &Lease) -> Result<(), StoreError> {
    let query = sqlx::query_scalar("SELECT epoch FROM leases WHERE workspace = $1 FOR SHARE");
    let newest: Option<i64> = query.bind(lease.workspace.as_str()).fetch_optional(connection).await?;
    if newest == Some(lease.epoch) { Ok(()) } else { Err(StoreError::NotOwner(lease.workspace.clone())) }
}

async fn move_conversations(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    moved: &[Moved],
) -> Result<(), StoreError> {
    if moved.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE conversations AS c SET
                 last_number = m.last_number,
                 last_message = coalesce(m.last_message, c.last_message),
                 queue = coalesce(m.queue, c.queue),
                 agent = coalesce(m.agent, c.agent),
                 closed = c.closed OR m.closed
               FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::bool[])
                 AS m (id, from_number, last_number, last_message, queue, agent, closed)
               WHERE c.id = m.id AND c.last_number = m.from_number AND c.workspace = $1";
    let query = sqlx::query(sql)
        .bind(workspace.as_str())
        .bind(column(moved, |m| m.conversation))
        .bind(column(moved, |m| m.from_number))
        .bind(column(moved, |m| m.last_number))
        .bind(column(moved, |m| m.last_message))
        .bind(column(moved, |m| m.queue.clone()))
        .bind(column(moved, |m| m.agent))
        .bind(column(moved, |m| m.closed));
    all_moved(moved, query.execute(connection).await?.rows_affected())
}

async fn open_conversations(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    opened: &[Opened],
) -> Result<(), StoreError> {
    if opened.is_empty() {
        return Ok(());
    }
    // Ordered, because seq says which conversation a visitor opened last.
    let sql = "INSERT INTO conversations
                 (id, workspace, visitor, site, queue, agent, last_number, last_message, closed)
               SELECT o.id, $1, o.visitor, o.site, o.queue, o.agent, o.last_number, o.last_message, o.closed
               FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::bigint[], $8::bigint[], $9::bool[])
                 WITH ORDINALITY
                 AS o (id, visitor, site, queue, agent, last_number, last_message, closed, place)
               ORDER BY o.place";
    let query = sqlx::query(sql)
        .bind(workspace.as_str())
        .bind(column(opened, |o| o.state.conversation))
        .bind(column(opened, |o| o.visitor))
        .bind(column(opened, |o| o.site.clone()))
        .bind(column(opened, |o| o.state.queue.clone()))
        .bind(column(opened, |o| o.state.agent))
        .bind(column(opened, |o| o.state.last_number))
        .bind(column(opened, |o| o.state.last_message))
        .bind(column(opened, |o| o.state.closed));
    query.execute(connection).await.map_err(clash)?;
    Ok(())
}

async fn append_events(connection: &mut PgConnection, events: &[NewEvent]) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO events (conversation, number, at, kind, asker_kind, asker, request, body)
               SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[],
                                    $5::smallint[], $6::uuid[], $7::uuid[], $8::text[])";
    let query = sqlx::query(sql)
        .bind(column(events, |e| e.conversation))
        .bind(column(events, |e| e.number))
        .bind(column(events, |e| e.at))
        .bind(column(events, |e| e.kind))
        .bind(column(events, |e| e.asker_kind))
        .bind(column(events, |e| e.asker))
        .bind(column(events, |e| e.request))
        .bind(column(events, |e| e.body.as_str()));
    query.execute(connection).await.map_err(clash)?;
    Ok(())
}

async fn choose_statuses(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    batch: &Batch,
) -> Result<(), StoreError> {
    if batch.statuses.is_empty() {
        return Ok(());
    }
    let (agents, statuses): (Vec<Uuid>, Vec<&str>) = batch.statuses.iter().unzip();
    let sql = "UPDATE agents AS a SET status = chosen.status
               FROM unnest($2::uuid[], $3::text[]) AS chosen (id, status)
               WHERE a.id = chosen.id AND a.workspace = $1";
    let query = sqlx::query(sql).bind(workspace.as_str()).bind(agents).bind(statuses);
    all_chosen(&batch.statuses, query.execute(connection).await?.rows_affected())
}

/// One column of many rows, as an array.
fn column<'r, R, V>(rows: &'r [R], value: impl Fn(&'r R) -> V) -> Vec<V> {
    rows.iter().map(value).collect()
}

/// What a unique index says against a save.
fn clash(error: sqlx::Error) -> StoreError {
    match error.as_database_error() {
        Some(no) if no.is_unique_violation() && no.constraint() == Some("events_by_request") => {
            StoreError::Repeated
        }
        Some(no) if no.is_unique_violation() => StoreError::OutOfStep(no.message().to_owned()),
        Some(_) | None => StoreError::Database(error),
    }
}
