//! The thread that brings what was saved from the log to its place in the file, on a connection of its own: the next save
//! does not wait for it. Meanwhile the log grows, and begins anew when all of it has been brought.

use super::saver;
use crate::store::StoreError;
use rusqlite::Connection;
use std::cell::Cell;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Pages in the log from which they are brought to the file, and after so many more again.
const PAGES_AT_ONCE: u32 = 2_048;

/// Pages in the log from which whoever saves waits for the rest of them: as long as saves follow one another without a pause,
/// there is always something left. Reading so much after a crash takes some 50 ms.
const PAGES_MAX: u32 = 4 * PAGES_AT_ONCE;

/// Does not wait for anybody who reads or writes; what they are in the way of is left for the next time.
const CHECKPOINT: &str = "PRAGMA wal_checkpoint(PASSIVE)";

thread_local! {
    /// Pages in the log after the last commit of this thread. SQLite tells of them, and takes no data to tell it with.
    static PAGES: Cell<u32> = const { Cell::new(0) };
}

/// How many pages the log has.
pub struct LogPages(());

impl LogPages {
    /// Counted from now on, on this thread. Commits on this connection bring nothing to the file by themselves any more.
    pub fn of(connection: &Connection) -> Self {
        connection.wal_hook(Some(|_, pages| {
            PAGES.set(u32::try_from(pages).unwrap_or_default());
            Ok(())
        }));
        Self(())
    }

    /// After the last commit.
    pub fn pages(&self) -> u32 {
        PAGES.get()
    }
}

/// The line to the thread, which ends with it.
pub struct Checkpointer {
    asks: SyncSender<()>,
    /// Pages in the log when the thread was last asked.
    asked_at: Cell<u32>,
}

impl Checkpointer {
    /// Of a file that is there.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = saver::connect(path)?;
        // One that is asked for while another is under way: what comes after that is in it.
        let (asks, asked) = sync_channel(1);
        thread::Builder::new()
            .name("checkpoints".to_owned())
            .spawn(move || work(&connection, &asked))
            .map_err(sqlx::Error::Io)?;
        Ok(Self { asks, asked_at: Cell::new(0) })
    }

    /// The log has so many pages after a commit on `saving`.
    pub fn see(&self, pages: u32, saving: &Connection) {
        if pages < self.asked_at.get() {
            self.asked_at.set(0);
        }
        if pages >= PAGES_MAX {
            checkpoint(saving);
        } else if pages >= self.asked_at.get() + PAGES_AT_ONCE {
            self.asked_at.set(pages);
            // One is asked for already.
            let _ = self.asks.try_send(());
        }
    }
}

fn work(connection: &Connection, asked: &Receiver<()>) {
    for () in asked {
        checkpoint(connection);
    }
}

/// What fails here is left in the log, where it is safe, and tried again.
fn checkpoint(connection: &Connection) {
    if let Err(error) = connection.query_row(CHECKPOINT, [], |_| Ok(())) {
        tracing::warn!(%error, "the log is not brought to the file");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of a row, about.
    const ROW_PAGES: u32 = 256;
    /// Bytes of a page and of what the log says of it.
    const FRAME_BYTES: u64 = 4_096 + 24;

    #[test]
    fn the_log_stays_bounded_however_closely_saves_follow_one_another_and_everything_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let saving = saver_of_new_file(&path);
        let (log, checkpointer) = (LogPages::of(&saving), Checkpointer::open(&path).unwrap());
        let rows = 3 * PAGES_MAX / ROW_PAGES;
        for n in 0..rows {
            let blob = vec![1_u8; 4_096 * ROW_PAGES as usize];
            saving.execute("INSERT INTO rows VALUES (?1, ?2)", (n, blob)).unwrap();
            checkpointer.see(log.pages(), &saving);
        }
        let bytes = std::fs::metadata(folder.path().join("store.db-wal")).unwrap().len();
        assert!(bytes < 2 * u64::from(PAGES_MAX) * FRAME_BYTES, "{bytes} bytes");
        let kept: u32 = Connection::open(&path)
            .unwrap()
            .query_row("SELECT count(*) FROM rows", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, rows);
    }

    #[test]
    fn what_is_in_the_log_comes_to_the_file_without_whoever_saves() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let saving = saver_of_new_file(&path);
        let (log, checkpointer) = (LogPages::of(&saving), Checkpointer::open(&path).unwrap());
        let before = std::fs::metadata(&path).unwrap().len();
        let blob = vec![1_u8; 4_096 * (PAGES_AT_ONCE as usize + 1)];
        saving.execute("INSERT INTO rows VALUES (1, ?1)", [blob]).unwrap();
        checkpointer.see(log.pages(), &saving);
        let begun = std::time::Instant::now();
        while std::fs::metadata(&path).unwrap().len() == before {
            assert!(begun.elapsed().as_secs() < 10, "the file did not grow");
            thread::yield_now();
        }
    }

    fn saver_of_new_file(path: &Path) -> Connection {
        let made = Connection::open(path).unwrap();
        made.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE rows (n INTEGER PRIMARY KEY, blob BLOB)")
            .unwrap();
        saver::connect(path).unwrap()
    }
}
