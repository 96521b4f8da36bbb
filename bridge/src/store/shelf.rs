//! What authors keep: files, what was made of them, drafts, numbered versions, and which of those is current. Both
//! databases understand its statements, so that they are written once.

mod rows;
mod sql;
mod statements;

use super::StoreError;
use async_trait::async_trait;
use protocol::{SiteId, Timestamp, WorkspaceId};

/// An author's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// SHA-256 of the source, hexadecimal.
    pub digest: String,
    /// The file's name; its ending says how the source is read.
    pub name: String,
    /// What the author wrote.
    pub source: String,
}

/// An assistant in one language, made of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildRow {
    /// The language.
    pub tag: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub hash: String,
    /// What the widget runs.
    pub bytes: Vec<u8>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// The agent's name; `None` is the bridge, for the file that the workspace file names.
    pub by: Option<String>,
}

/// A numbered version of a site's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// From 1, never used twice.
    pub number: u64,
    /// Which file.
    pub digest: String,
    /// The file's name.
    pub name: String,
    /// Who published it, and when.
    pub published: Mark,
    /// What they said about it; may be empty.
    pub note: String,
}

/// A version became the current one of its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// Which site's.
    pub site: SiteId,
    /// Which version. It may have been dropped since.
    pub version: u64,
    /// Its file.
    pub digest: String,
    /// By whom, and when.
    pub released: Mark,
}

/// What an author works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Which file.
    pub digest: String,
    /// The file's name.
    pub name: String,
    /// Who saved it last, and when.
    pub saved: Mark,
}

/// See the module. Everything is of one workspace and, but for [`Shelf::current_versions`] and [`Shelf::signing_key`], of
/// one site there. Files that no version, no draft and no link needs any more are dropped on the way.
#[async_trait]
pub trait Shelf: Send + Sync {
    /// Keeps a file as the next version and makes it current; gives its number. The oldest versions beyond `kept` are
    /// dropped, the current one never.
    async fn publish_version(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        file: (&FileRow, &[BuildRow]),
        published: (&Mark, &str),
        kept: u64,
    ) -> Result<u64, StoreError>;

    /// Makes a kept version the current one. Whether there is such a version.
    async fn release_version(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        number: u64,
        released: &Mark,
    ) -> Result<bool, StoreError>;

    /// Every site's latest release, in order of site.
    async fn current_versions(&self, workspace: &WorkspaceId) -> Result<Vec<ReleaseRow>, StoreError>;

    /// The latest releases, the newest first.
    async fn releases(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        limit: u64,
    ) -> Result<Vec<ReleaseRow>, StoreError>;

    /// Whether a file was ever current.
    async fn was_released(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        digest: &str,
    ) -> Result<bool, StoreError>;

    /// Every kept version, the newest first.
    async fn versions(&self, workspace: &WorkspaceId, site: &SiteId) -> Result<Vec<VersionRow>, StoreError>;

    /// Keeps a file as the draft, instead of the one before.
    async fn save_draft(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        file: (&FileRow, &[BuildRow]),
        saved: &Mark,
    ) -> Result<(), StoreError>;

    /// The draft.
    async fn draft(&self, workspace: &WorkspaceId, site: &SiteId) -> Result<Option<DraftRow>, StoreError>;

    /// Drops the draft. Whether there was one.
    async fn delete_draft(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// A file by its digest.
    async fn file(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        digest: &str,
    ) -> Result<Option<FileRow>, StoreError>;

    /// What was made of a file, its own language first.
    async fn builds(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        digest: &str,
    ) -> Result<Vec<BuildRow>, StoreError>;

    /// Replaces what was made of a file. A file that is not kept changes nothing.
    async fn set_builds(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        digest: &str,
        builds: &[BuildRow],
    ) -> Result<(), StoreError>;

    /// One assistant by its hash, and the digest of its file.
    async fn build(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        hash: &str,
    ) -> Result<Option<(String, BuildRow)>, StoreError>;

    /// Keeps a file at least until then, since a link shows it.
    async fn keep_file(
        &self,
        workspace: &WorkspaceId,
        site: &SiteId,
        digest: &str,
        until: Timestamp,
    ) -> Result<(), StoreError>;

    /// The key the workspace signs with for a purpose: `fresh` from the first time on, and the same for ever after.
    async fn signing_key(
        &self,
        workspace: &WorkspaceId,
        purpose: &str,
        fresh: &[u8],
    ) -> Result<Vec<u8>, StoreError>;
}
