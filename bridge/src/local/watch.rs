//! Notices when a file is saved, whatever way an editor does that: by writing into it, or by putting another in its place.
//! Looking is the one way that works on every file system, and costs one call each time.

use protocol::limits::ASSISTANT_BYTES_MAX;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::mpsc;

/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// What the file holds, now and after each change; or why it cannot be read. A file that is being written is waited for:
/// it has to look the same twice.
pub fn changes(path: PathBuf) -> mpsc::Receiver<Result<String, String>> {
    let (told, changes) = mpsc::channel(1);
    std::thread::spawn(move || {
        let mut seen = look(&path);
        let mut text = read(&path);
        let mut pending = false;
        if told.blocking_send(text.clone()).is_err() {
            return;
        }
        while !told.is_closed() {
            std::thread::sleep(LOOK_EVERY);
            let now = look(&path);
            if now != seen {
                (seen, pending) = (now, true);
                continue;
            }
            if !std::mem::take(&mut pending) {
                continue;
            }
            let read = read(&path);
            if read != text {
                text = read;
                if told.blocking_send(text.clone()).is_err() {
                    return;
                }
            }
        }
    });
    changes
}

/// What changes when a file does.
fn look(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata: Metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("the file cannot be read: {error}"))?;
    if bytes.len() > ASSISTANT_BYTES_MAX {
        return Err(format!(
            "the file has {} bytes, and an assistant can have {ASSISTANT_BYTES_MAX}",
            bytes.len()
        ));
    }
    String::from_utf8(bytes).map_err(|_| "the file is not text in UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_save_is_noticed_however_it_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "one").unwrap();
        let mut changes = changes(path.clone());
        assert_eq!(next(&mut changes).await, Ok("one".to_owned()));
        std::fs::write(&path, "two, longer").unwrap();
        assert_eq!(next(&mut changes).await, Ok("two, longer".to_owned()));
        let other = folder.path().join("b.yaml");
        std::fs::write(&other, "three").unwrap();
        std::fs::rename(&other, &path).unwrap();
        assert_eq!(next(&mut changes).await, Ok("three".to_owned()));
        std::fs::remove_file(&path).unwrap();
        assert!(next(&mut changes).await.unwrap_err().contains("cannot be read"));
        std::fs::write(&path, "four").unwrap();
        assert_eq!(next(&mut changes).await, Ok("four".to_owned()));
    }

    #[tokio::test]
    async fn what_is_no_text_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(next(&mut changes(path)).await.unwrap_err().contains("UTF-8"));
    }

    async fn next(changes: &mut mpsc::Receiver<Result<String, String>>) -> Result<String, String> {
        let waited = tokio::time::timeout(Duration::from_secs(10), changes.recv()).await;
        waited.expect("a change is noticed").expect("the thread looks on")
    }
}
