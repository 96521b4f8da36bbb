//! From an author's file to what visitors' browsers run, off the threads that serve sockets.

use crate::secret::{hex, sha256};
use crate::store::{BuildRow, FileRow};
use anyhow::Context;
use assistant::definition::FORMAT_VERSION;
use authoring::document::ExtensionDoc;
use authoring::{Checked, Mistake, World};
use indexmap::IndexMap;
use tokio::sync::Semaphore;

/// Checking a large file takes a core for a while; conversations need the others.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What can be asked of extensions, as a file declares it.
pub type Operations = IndexMap<String, ExtensionDoc>;

/// A file that was read and checked.
pub struct Reading {
    /// The file.
    pub file: FileRow,
    /// What became of it.
    pub checked: Checked,
}

/// A file that can run.
pub struct Built {
    /// The file.
    pub file: FileRow,
    /// What was made of it, its own language first.
    pub builds: Vec<BuildRow>,
    /// What it runs with all the same.
    pub warnings: Vec<Mistake>,
}

/// Reads and checks a file.
pub async fn read(name: String, source: String, world: World) -> anyhow::Result<Reading> {
    let _turn = AT_ONCE.acquire().await?;
    let reading = tokio::task::spawn_blocking(move || {
        let checked = authoring::check(&name, &source, &world);
        Reading { file: FileRow { digest: hex(&sha256(source.as_bytes())), name, source }, checked }
    });
    reading.await.context("checking an assistant was interrupted")
}

impl Reading {
    /// What the file makes; or everything that is wrong with it.
    pub fn build(self) -> Result<Built, Vec<Mistake>> {
        if !self.checked.is_sound() {
            return Err(self.checked.mistakes);
        }
        let builds = self.checked.definitions.into_iter().map(|(tag, definition)| {
            let bytes = definition.to_bytes();
            BuildRow { tag, hash: hex(&sha256(&bytes)), bytes }
        });
        Ok(Built { file: self.file, builds: builds.collect(), warnings: self.checked.mistakes })
    }
}

/// Whether the widgets of this version can read what was made of a file.
pub fn is_current(builds: &[BuildRow]) -> bool {
    !builds.is_empty() && builds.iter().all(|build| build.bytes.first() == Some(&FORMAT_VERSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_of_another_format_is_made_again() {
        let build = |first| BuildRow { tag: "en".to_owned(), hash: String::new(), bytes: vec![first, 1, 2] };
        assert!(is_current(&[build(FORMAT_VERSION)]));
        assert!(!is_current(&[build(FORMAT_VERSION), build(FORMAT_VERSION - 1)]));
        assert!(!is_current(&[]));
    }
}
