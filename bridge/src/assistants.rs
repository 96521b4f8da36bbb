//! What sites run: drafts, numbered versions, and the current version of each site, kept at hand so that a page costs no
//! query.
//!
//! A site's file is published the first time its content is seen. From then on whatever became current last stays: an
//! assistant uploaded later wins over the file, and a later change of the file wins over the upload.

pub mod build;
pub mod previews;
pub mod share;
mod start;

use crate::clock::Clock;
use crate::config::Workspace;
use crate::store::{BuildRow, DraftRow, FileRow, Mark, ReleaseRow, Shelf, Store, StoreError, VersionRow};
use authoring::{Mistake, World};
use build::{Built, Operations};
use protocol::{AssistantCard, SiteId, SpokenLanguage, Timestamp};
use share::Share;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Versions kept of each site. Publishing one more drops the oldest that is not current.
pub const VERSIONS_KEPT_MAX: u64 = 100;

/// Entries of the record of what was current when that are told at once.
pub const RELEASES_TOLD_MAX: u64 = 100;

/// What an author says about a version.
pub const NOTE_CHARS_MAX: usize = 500;

/// Declarations of extensions that are kept at hand, one for each assistant that calls any.
const OPERATIONS_KEPT_MAX: usize = 64;

/// See the module.
pub struct Assistants {
    workspace: Arc<Workspace>,
    store: Arc<dyn Store>,
    clock: Clock,
    world: World,
    current: RwLock<BTreeMap<SiteId, Arc<Current>>>,
    operations_by_hash: Mutex<BTreeMap<String, Arc<Operations>>>,
    /// Authors' changes are made one after the other, so that what is at hand is what is kept.
    changing: tokio::sync::Mutex<()>,
}

/// What a site runs.
pub struct Current {
    /// Its number.
    pub version: u64,
    /// Its file.
    pub digest: String,
    /// What was made of it, its own language first.
    pub builds: Vec<BuildRow>,
}

/// A version that has just become current.
pub struct Published {
    /// Its number.
    pub version: u64,
    /// How widgets find it.
    pub card: AssistantCard,
    /// What is doubtful about it.
    pub warnings: Vec<Mistake>,
    /// Whether visitors got something else before.
    pub is_new: bool,
}

/// What a link is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The draft as it is now.
    Draft,
    /// A version.
    Version(u64),
}

/// Why something was not done. What is in use stays in use.
#[derive(Debug)]
pub enum NotDone {
    /// The file has these mistakes, errors among them.
    Broken(Vec<Mistake>),
    /// The site has no draft.
    NoDraft,
    /// The site has no such version, or has it no longer.
    NoVersion,
    /// The store failed.
    Store(StoreError),
    /// Checking failed, and not because of the file.
    Interrupted(anyhow::Error),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<anyhow::Error> for NotDone {
    fn from(error: anyhow::Error) -> Self {
        Self::Interrupted(error)
    }
}

impl Assistants {
    /// What files are checked against here.
    pub fn world(&self) -> World {
        self.world.clone()
    }

    /// What a site runs now.
    pub fn current(&self, site: &SiteId) -> Option<Arc<Current>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).get(site).cloned()
    }

    /// An assistant's bytes by their hash: of any version kept, a draft, or what a link shows.
    pub async fn bytes(&self, site: &SiteId, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let current = self.current(site);
        let found = current.as_ref().and_then(|now| now.builds.iter().find(|build| build.hash == hash));
        match found {
            Some(build) => Ok(Some(build.bytes.clone())),
            None => {
                Ok(self.shelf().build(&self.workspace.id, site, hash).await?.map(|(_, build)| build.bytes))
            }
        }
    }

    /// Publishes a file as the next version. The text that is current already is not published again.
    pub async fn publish(
        &self,
        site: &SiteId,
        name: String,
        source: String,
        mark: Mark,
        note: &str,
    ) -> Result<Published, NotDone> {
        let built = self.build(name, source).await?;
        let _turn = self.changing.lock().await;
        self.publish_built(site, built, mark, note).await
    }

    /// Keeps a file as the site's draft; gives what is doubtful about it.
    pub async fn save_draft(
        &self,
        site: &SiteId,
        name: String,
        source: String,
        mark: Mark,
    ) -> Result<Built, NotDone> {
        let built = self.build(name, source).await?;
        let _turn = self.changing.lock().await;
        self.shelf().save_draft(&self.workspace.id, site, (&built.file, &built.builds), &mark).await?;
        Ok(built)
    }

    /// The draft and its file.
    pub async fn draft(&self, site: &SiteId) -> Result<(DraftRow, FileRow), NotDone> {
        let draft = self.shelf().draft(&self.workspace.id, site).await?.ok_or(NotDone::NoDraft)?;
        let file = self.shelf().file(&self.workspace.id, site, &draft.digest).await?;
        Ok((draft, file.ok_or(NotDone::NoDraft)?))
    }

    /// Drops the draft.
    pub async fn delete_draft(&self, site: &SiteId) -> Result<(), NotDone> {
        let _turn = self.changing.lock().await;
        let gone = self.shelf().delete_draft(&self.workspace.id, site, self.clock.now()).await?;
        if gone { Ok(()) } else { Err(NotDone::NoDraft) }
    }

    /// Publishes the draft as the next version; it is no draft any more.
    pub async fn publish_draft(&self, site: &SiteId, mark: Mark, note: &str) -> Result<Published, NotDone> {
        let _turn = self.changing.lock().await;
        let (_, file) = self.draft(site).await?;
        // Checked again: queues may have changed since it was saved.
        let built = self.build(file.name, file.source).await?;
        let published = self.publish_built(site, built, mark, note).await?;
        self.shelf().delete_draft(&self.workspace.id, site, self.clock.now()).await?;
        Ok(published)
    }

    /// Makes an earlier version the current one again.
    pub async fn roll_back(&self, site: &SiteId, number: u64, mark: Mark) -> Result<Published, NotDone> {
        let _turn = self.changing.lock().await;
        let digest = self.version(site, number).await?.digest;
        let builds = self.builds(site, &digest).await?;
        if !self.shelf().release_version(&self.workspace.id, site, number, &mark).await? {
            return Err(NotDone::NoVersion);
        }
        tracing::info!("site `{site}` runs version {number} again");
        let card = card(&builds);
        self.run(site, Current { version: number, digest, builds });
        Ok(Published { version: number, card, warnings: Vec::new(), is_new: true })
    }

    /// Every version kept, the newest first.
    pub async fn versions(&self, site: &SiteId) -> Result<Vec<VersionRow>, StoreError> {
        self.shelf().versions(&self.workspace.id, site).await
    }

    /// Which version was current when, the newest first.
    pub async fn releases(&self, site: &SiteId) -> Result<Vec<ReleaseRow>, StoreError> {
        self.shelf().releases(&self.workspace.id, site, RELEASES_TOLD_MAX).await
    }

    /// The file of a version.
    pub async fn source(&self, site: &SiteId, number: u64) -> Result<FileRow, NotDone> {
        let digest = self.version(site, number).await?.digest;
        let file = self.shelf().file(&self.workspace.id, site, &digest).await?;
        file.ok_or(NotDone::NoVersion)
    }

    /// A version by its number.
    pub async fn version(&self, site: &SiteId, number: u64) -> Result<VersionRow, NotDone> {
        let versions = self.versions(site).await?;
        versions.into_iter().find(|version| version.number == number).ok_or(NotDone::NoVersion)
    }

    /// How widgets find what a file makes.
    pub async fn card_of(&self, site: &SiteId, digest: &str) -> Result<AssistantCard, NotDone> {
        Ok(card(&self.builds(site, digest).await?))
    }

    /// What a link shows until then: the file of a version, or the draft as it is now, which is kept for so long.
    pub async fn share(&self, site: &SiteId, shown: Shown, until: Timestamp) -> Result<Share, NotDone> {
        let _turn = self.changing.lock().await;
        let (version, digest) = match shown {
            Shown::Draft => (None, self.draft(site).await?.0.digest),
            Shown::Version(number) => (Some(number), self.version(site, number).await?.digest),
        };
        self.builds(site, &digest).await?;
        self.shelf().keep_file(&self.workspace.id, site, &digest, until).await?;
        Ok(Share { site: site.clone(), version, digest, until })
    }

    /// What an assistant may call; `None` when the site has no such assistant.
    pub async fn operations(&self, site: &SiteId, hash: &str) -> Result<Option<Arc<Operations>>, NotDone> {
        if let Some(known) = self.operations_at_hand().get(hash).cloned() {
            return Ok(Some(known));
        }
        let Some((digest, _)) = self.shelf().build(&self.workspace.id, site, hash).await? else {
            return Ok(None);
        };
        let file = self.shelf().file(&self.workspace.id, site, &digest).await?.ok_or(NotDone::NoVersion)?;
        let document = build::read(file.name, file.source, self.world()).await?.checked.document;
        let operations = Arc::new(document.map(|document| document.extensions).unwrap_or_default());
        let mut at_hand = self.operations_at_hand();
        if at_hand.len() >= OPERATIONS_KEPT_MAX {
            at_hand.clear();
        }
        at_hand.insert(hash.to_owned(), Arc::clone(&operations));
        Ok(Some(operations))
    }

    fn shelf(&self) -> &dyn Shelf {
        self.store.shelf()
    }

    async fn build(&self, name: String, source: String) -> Result<Built, NotDone> {
        build::read(name, source, self.world()).await?.build().map_err(NotDone::Broken)
    }

    async fn publish_built(
        &self,
        site: &SiteId,
        built: Built,
        mark: Mark,
        note: &str,
    ) -> Result<Published, NotDone> {
        let Built { file, builds, warnings } = built;
        let card = card(&builds);
        if let Some(now) = self.current(site).filter(|now| now.digest == file.digest) {
            return Ok(Published { version: now.version, card, warnings, is_new: false });
        }
        let published = (&mark, note);
        let kept = self.shelf().publish_version(
            &self.workspace.id,
            site,
            (&file, &builds),
            published,
            VERSIONS_KEPT_MAX,
        );
        let version = kept.await?;
        tracing::info!("site `{site}` now runs version {version} of its assistant");
        self.run(site, Current { version, digest: file.digest, builds });
        Ok(Published { version, card, warnings, is_new: true })
    }

    /// What was made of a file that is kept, made again when this version's widgets could not read it.
    async fn builds(&self, site: &SiteId, digest: &str) -> Result<Vec<BuildRow>, NotDone> {
        let builds = self.shelf().builds(&self.workspace.id, site, digest).await?;
        if build::is_current(&builds) {
            return Ok(builds);
        }
        let file = self.shelf().file(&self.workspace.id, site, digest).await?.ok_or(NotDone::NoVersion)?;
        let built = self.build(file.name, file.source).await?;
        self.shelf().set_builds(&self.workspace.id, site, digest, &built.builds).await?;
        Ok(built.builds)
    }

    fn run(&self, site: &SiteId, current: Current) {
        let mut all = self.current.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(site.clone(), Arc::new(current));
    }

    fn operations_at_hand(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Operations>>> {
        self.operations_by_hash.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Current {
    /// How widgets find it.
    pub fn card(&self) -> AssistantCard {
        card(&self.builds)
    }
}

/// How widgets find what was made of a file.
pub fn card(builds: &[BuildRow]) -> AssistantCard {
    let language = |build: &BuildRow| SpokenLanguage { tag: build.tag.clone(), hash: build.hash.clone() };
    AssistantCard { languages: builds.iter().map(language).collect() }
}
