//! The thread that saves, with a connection of its own. A save is one visit there: whoever asks hands the whole batch over
//! and wakes once, when the disk has it.

use super::checkpointer::{Checkpointer, LogPages};
use super::{BUSY_SECONDS_MAX, SAVER_CACHE_KIB, save};
use crate::store::batch::Batch;
use crate::store::{Lease, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

/// The line to the thread, which ends with it.
pub struct Saver {
    jobs: mpsc::Sender<Job>,
}

struct Job {
    lease: Lease,
    batch: Batch,
    saved: oneshot::Sender<Result<(), StoreError>>,
}

impl Saver {
    /// Opens a file that is there and in the form of this version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = connect(path)?;
        let checkpointer = Checkpointer::open(path)?;
        let (jobs, waiting) = mpsc::channel();
        thread::Builder::new()
            .name("saving".to_owned())
            .spawn(move || work(connection, &checkpointer, &waiting))
            .map_err(sqlx::Error::Io)?;
        Ok(Self { jobs })
    }

    /// Saves all of a batch or nothing.
    pub async fn save(&self, lease: &Lease, batch: Batch) -> Result<(), StoreError> {
        let (saved, answer) = oneshot::channel();
        let gone = || StoreError::Database(sqlx::Error::WorkerCrashed);
        self.jobs.send(Job { lease: lease.clone(), batch, saved }).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// A connection that writes, and whose commits the disk has.
pub fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(BUSY_SECONDS_MAX))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -i64::from(SAVER_CACHE_KIB))?;
    Ok(connection)
}

fn work(mut connection: Connection, checkpointer: &Checkpointer, waiting: &mpsc::Receiver<Job>) {
    let log = LogPages::of(&connection);
    for Job { lease, batch, saved } in waiting {
        // Whoever asked may have gone: it is saved all the same.
        let _ = saved.send(save::save(&mut connection, &lease, &batch));
        checkpointer.see(log.pages(), &connection);
    }
}
