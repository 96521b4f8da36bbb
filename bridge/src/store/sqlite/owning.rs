//! What else an owner writes than saves.

use crate::store::rows::signed;
use crate::store::{Lease, SetupRow, StoreError, written};
use sqlx::sqlite::SqliteConnection;

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
