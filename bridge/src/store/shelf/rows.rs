//! Rows of the shelf, as the databases give them.

use super::{BuildRow, DraftRow, FileRow, Mark, ReleaseRow, VersionRow};
use crate::store::StoreError;
use protocol::{SiteId, Timestamp};
use sqlx::FromRow;

#[derive(FromRow)]
pub struct StoredFile {
    digest: String,
    name: String,
    source: String,
}

impl From<StoredFile> for FileRow {
    fn from(row: StoredFile) -> Self {
        Self { digest: row.digest, name: row.name, source: row.source }
    }
}

#[derive(FromRow)]
pub struct StoredBuild {
    digest: String,
    tag: String,
    hash: String,
    bytes: Vec<u8>,
}

impl StoredBuild {
    /// With the digest of its file.
    pub fn of_file(self) -> (String, BuildRow) {
        (self.digest, BuildRow { tag: self.tag, hash: self.hash, bytes: self.bytes })
    }
}

#[derive(FromRow)]
pub struct StoredVersion {
    number: i64,
    digest: String,
    name: String,
    published_at: i64,
    published_by: Option<String>,
    note: String,
}

impl From<StoredVersion> for VersionRow {
    fn from(row: StoredVersion) -> Self {
        Self {
            number: row.number.unsigned_abs(),
            digest: row.digest,
            name: row.name,
            published: mark(row.published_at, row.published_by),
            note: row.note,
        }
    }
}

#[derive(FromRow)]
pub struct StoredRelease {
    site: String,
    version: i64,
    digest: String,
    released_at: i64,
    released_by: Option<String>,
}

impl TryFrom<StoredRelease> for ReleaseRow {
    type Error = StoreError;

    fn try_from(row: StoredRelease) -> Result<Self, StoreError> {
        let site = SiteId::new(row.site).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let released = mark(row.released_at, row.released_by);
        Ok(Self { site, version: row.version.unsigned_abs(), digest: row.digest, released })
    }
}

#[derive(FromRow)]
pub struct StoredDraft {
    digest: String,
    name: String,
    saved_at: i64,
    saved_by: Option<String>,
}

impl From<StoredDraft> for DraftRow {
    fn from(row: StoredDraft) -> Self {
        Self { digest: row.digest, name: row.name, saved: mark(row.saved_at, row.saved_by) }
    }
}

fn mark(at: i64, by: Option<String>) -> Mark {
    Mark { at: Timestamp::from_millis(at.unsigned_abs()), by }
}
