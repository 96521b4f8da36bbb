//! The connection that saves. It is made when it is first needed, and again after it was lost.

use super::{CONNECT_SECONDS_MAX, save};
use crate::store::batch::Batch;
use crate::store::{Lease, StoreError};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A connection that has been silent for longer is asked whether it lives.
const SILENT_SECONDS_MAX: u64 = 1;

/// See the module.
pub struct Saver {
    options: PgConnectOptions,
    connection: Option<(PgConnection, Instant)>,
}

impl Saver {
    /// Not connected yet.
    pub fn new(options: PgConnectOptions) -> Self {
        Self { options, connection: None }
    }

    /// Saves all of a batch or nothing.
    pub async fn save(&mut self, lease: &Lease, batch: &Batch) -> Result<(), StoreError> {
        let mut connection = self.take().await?;
        let saved = save::save(&mut connection, lease, batch).await;
        // What failed in the middle, or whoever stopped waiting for it, leaves no connection behind.
        if !matches!(saved, Err(StoreError::Database(_))) {
            self.connection = Some((connection, Instant::now()));
        }
        saved
    }

    async fn take(&mut self) -> Result<PgConnection, StoreError> {
        if let Some((mut connection, used_at)) = self.connection.take()
            && (used_at.elapsed().as_secs() < SILENT_SECONDS_MAX || connection.ping().await.is_ok())
        {
            return Ok(connection);
        }
        let patience = Duration::from_secs(CONNECT_SECONDS_MAX);
        let connected = timeout(patience, self.options.connect()).await;
        Ok(connected.map_err(|_| sqlx::Error::PoolTimedOut)??)
    }
}
