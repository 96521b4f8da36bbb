//! The statements of one save. Each writes all rows of its table, which travel as arrays, a column each. Messages, which are
//! nearly all there is to save, take one statement and so one round trip, its commit included.

use crate::store::batch::{Batch, Moved, NewEvent, Row, Run, all_moved, all_standing};
use crate::store::rows::signed;
use crate::store::{Lease, SetupRow, StoreError, written};
use protocol::WorkspaceId;
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

/// Saves all of a batch or nothing, under the lease.
pub async fn save(connection: &mut PgConnection, lease: &Lease, batch: &Batch) -> Result<(), StoreError> {
    if batch.only_talks() && talk_on(connection, lease, batch).await? {
        return Ok(());
    }
    let mut transaction = connection.begin().await?;
    write(&mut transaction, lease, batch).await?;
    Ok(transaction.commit().await?)
}

/// Saves messages. `false`: the lease or a number is not as it has to be, nothing was saved, and writing step by step tells
/// which it is.
async fn talk_on(connection: &mut PgConnection, lease: &Lease, batch: &Batch) -> Result<bool, StoreError> {
    let Batch { moved, events, .. } = batch;
    let query = sqlx::query(TALK_ON)
        .bind(lease.workspace.as_str())
        .bind(lease.epoch)
        .bind(column(moved, |m| m.row.conversation))
        .bind(column(moved, |m| m.from_number))
        .bind(column(moved, |m| m.row.state))
        .bind(column(moved, |m| m.row.queue.as_deref()))
        .bind(column(moved, |m| m.row.team.as_deref()))
        .bind(column(moved, |m| m.row.agent))
        .bind(column(moved, |m| m.row.last_number))
        .bind(column(moved, |m| m.row.last_at))
        .bind(column(moved, |m| m.row.snapshot.as_str()))
        .bind(column(events, |e| e.conversation))
        .bind(column(events, |e| e.number))
        .bind(column(events, |e| e.at))
        .bind(column(events, |e| e.kind))
        .bind(column(events, |e| e.asker_kind))
        .bind(column(events, |e| e.asker))
        .bind(column(events, |e| e.request))
        .bind(column(events, |e| e.body.as_str()));
    match query.execute(connection).await {
        Ok(_) => Ok(true),
        Err(error) if is_out_of_step(&error) => Ok(false),
        Err(error) => Err(clash(error)),
    }
}

/// A statement cannot raise an error of its own, so it divides by zero when it must not be kept. The lease is locked for as
/// long as [`check_lease`] locks it.
const TALK_ON: &str = "
    WITH owned AS (SELECT FROM leases WHERE workspace = $1 AND epoch = $2 FOR SHARE),
    moved AS (
        UPDATE conversations AS c SET state = m.state, queue = m.queue, team = m.team, agent = m.agent,
            last_number = m.last_number, last_at = m.last_at, snapshot = m.snapshot
        FROM unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::bigint[],
                    $10::bigint[], $11::text[])
          AS m (id, from_number, state, queue, team, agent, last_number, last_at, snapshot)
        WHERE c.id = m.id AND c.last_number = m.from_number AND c.workspace = $1
        RETURNING 1),
    appended AS (
        INSERT INTO events (conversation, number, at, kind, asker_kind, asker, request, body)
        SELECT * FROM unnest($12::uuid[], $13::bigint[], $14::bigint[], $15::text[], $16::smallint[], $17::uuid[],
                             $18::uuid[], $19::text[]))
    SELECT 1 / (EXISTS (SELECT FROM owned) AND (SELECT count(*) FROM moved) = cardinality($3::uuid[]))::integer";

fn is_out_of_step(error: &sqlx::Error) -> bool {
    const DIVISION_BY_ZERO: &str = "22012";
    error.as_database_error().and_then(|no| no.code()).is_some_and(|code| code == DIVISION_BY_ZERO)
}

/// Writes all of a batch in the transaction of the connection, under the lease.
async fn write(connection: &mut PgConnection, lease: &Lease, batch: &Batch) -> Result<(), StoreError> {
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
    connection: &mut PgConnection,
    lease: &Lease,
    setup: &SetupRow,
) -> Result<(), StoreError> {
    check_lease(connection, lease).await?;
    let sql = "INSERT INTO setups (workspace, revision, changed_at, changed_by, body)
               SELECT $1, $2, $3, $4, $5
               WHERE $2 = (SELECT coalesce(max(revision), 0) + 1 FROM setups WHERE workspace = $1)";
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

/// Refuses whoever does not own the workspace any more. The lock makes a new owner wait for this save to end, and this
/// save see the new owner that came first.
pub async fn check_lease(connection: &mut PgConnection, lease: &Lease) -> Result<(), StoreError> {
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
                 state = m.state, queue = m.queue, team = m.team, agent = m.agent, last_number = m.last_number,
                 last_at = m.last_at, is_open = m.is_open, is_live = m.is_live, snapshot = m.snapshot
               FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::bigint[],
                           $9::bigint[], $10::bool[], $11::bool[], $12::text[])
                 AS m (id, from_number, state, queue, team, agent, last_number, last_at, is_open, is_live, snapshot)
               WHERE c.id = m.id AND c.last_number = m.from_number AND c.workspace = $1";
    let query = sqlx::query(sql)
        .bind(workspace.as_str())
        .bind(column(moved, |m| m.row.conversation))
        .bind(column(moved, |m| m.from_number))
        .bind(column(moved, |m| m.row.state))
        .bind(column(moved, |m| m.row.queue.as_deref()))
        .bind(column(moved, |m| m.row.team.as_deref()))
        .bind(column(moved, |m| m.row.agent))
        .bind(column(moved, |m| m.row.last_number))
        .bind(column(moved, |m| m.row.last_at))
        .bind(column(moved, |m| m.row.is_open))
        .bind(column(moved, |m| m.row.is_live))
        .bind(column(moved, |m| m.row.snapshot.as_str()));
    all_moved(moved, query.execute(connection).await?.rows_affected())
}

async fn open_conversations(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    opened: &[Row],
) -> Result<(), StoreError> {
    if opened.is_empty() {
        return Ok(());
    }
    // Ordered, because seq says which conversation a visitor opened last.
    let sql = "INSERT INTO conversations (id, workspace, visitor, site, state, queue, team, agent, last_number, last_at,
                 is_open, is_live, snapshot)
               SELECT o.id, $1, o.visitor, o.site, o.state, o.queue, o.team, o.agent, o.last_number, o.last_at,
                 o.is_open, o.is_live, o.snapshot
               FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[],
                           $9::bigint[], $10::bigint[], $11::bool[], $12::bool[], $13::text[])
                 WITH ORDINALITY
                 AS o (id, visitor, site, state, queue, team, agent, last_number, last_at, is_open, is_live, snapshot, place)
               ORDER BY o.place";
    let query = sqlx::query(sql)
        .bind(workspace.as_str())
        .bind(column(opened, |o| o.conversation))
        .bind(column(opened, |o| o.visitor))
        .bind(column(opened, |o| o.site.as_str()))
        .bind(column(opened, |o| o.state))
        .bind(column(opened, |o| o.queue.as_deref()))
        .bind(column(opened, |o| o.team.as_deref()))
        .bind(column(opened, |o| o.agent))
        .bind(column(opened, |o| o.last_number))
        .bind(column(opened, |o| o.last_at))
        .bind(column(opened, |o| o.is_open))
        .bind(column(opened, |o| o.is_live))
        .bind(column(opened, |o| o.snapshot.as_str()));
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

async fn keep_contacts(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    contacts: &[(Uuid, String)],
) -> Result<(), StoreError> {
    if contacts.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO contacts (workspace, visitor, body)
               SELECT $1, c.visitor, c.body FROM unnest($2::uuid[], $3::text[]) AS c (visitor, body)
               ON CONFLICT (workspace, visitor) DO UPDATE SET body = excluded.body";
    let query = sqlx::query(sql).bind(workspace.as_str()).bind(column(contacts, |c| c.0));
    query.bind(column(contacts, |c| c.1.as_str())).execute(connection).await?;
    Ok(())
}

async fn keep_runs(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    runs: &[Run],
) -> Result<(), StoreError> {
    if runs.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO workflow_runs (id, workspace, workflow, conversation, ended_at, body)
               SELECT r.id, $1, r.workflow, r.conversation, r.ended_at, r.body
               FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::text[])
                 AS r (id, workflow, conversation, ended_at, body)
               ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body";
    let query = sqlx::query(sql)
        .bind(workspace.as_str())
        .bind(column(runs, |r| r.id))
        .bind(column(runs, |r| r.workflow.as_str()))
        .bind(column(runs, |r| r.conversation))
        .bind(column(runs, |r| r.ended_at))
        .bind(column(runs, |r| r.body.as_str()));
    query.execute(connection).await?;
    Ok(())
}

async fn keep_standings(
    connection: &mut PgConnection,
    workspace: &WorkspaceId,
    batch: &Batch,
) -> Result<(), StoreError> {
    if batch.standings.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE agents AS a SET standing = stood.standing
               FROM unnest($2::uuid[], $3::text[]) AS stood (id, standing)
               WHERE a.id = stood.id AND a.workspace = $1";
    let query = sqlx::query(sql).bind(workspace.as_str()).bind(column(&batch.standings, |s| s.0));
    let query = query.bind(column(&batch.standings, |s| s.1.as_str()));
    all_standing(&batch.standings, query.execute(connection).await?.rows_affected())
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
