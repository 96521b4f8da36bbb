//! The assistant every site runs now, kept at hand so that a page costs no query.
//!
//! A site's file is published the first time its content is seen. From then on whatever was published last stays: an
//! assistant uploaded later wins over the file, and a later change of the file wins over the upload.

use crate::clock::Clock;
use crate::config::{AssistantFile, Workspace};
use crate::secret::{hex, sha256};
use crate::store::{AssistantRow, Store, StoreError};
use assistant::Mistake;
use protocol::{QueueId, SiteId};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Current assistants by site.
pub struct Published {
    current: RwLock<BTreeMap<SiteId, Arc<AssistantRow>>>,
}

/// Why an assistant was not published. The one in use stays in use.
#[derive(Debug)]
pub enum NotPublished {
    /// The definition has these mistakes.
    Broken(Vec<Mistake>),
    /// It could not be saved.
    NotSaved(StoreError),
}

impl Published {
    /// What the store has, after publishing the files that are new. A broken file is fatal for a site that has nothing
    /// else to run, and a loud complaint for one that has.
    pub async fn load(workspace: &Workspace, store: &dyn Store, clock: &Clock) -> anyhow::Result<Self> {
        let rows = store.current_assistants(&workspace.id).await?;
        let current = rows.into_iter().map(|row| (row.site.clone(), Arc::new(row))).collect();
        let published = Self { current: RwLock::new(current) };
        for (site, facts) in &workspace.sites {
            if let Some(file) = &facts.assistant {
                published.publish_file(workspace, store, clock, site, file).await?;
            }
        }
        Ok(published)
    }

    /// What a site runs now.
    pub fn current(&self, site: &SiteId) -> Option<Arc<AssistantRow>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).get(site).cloned()
    }

    /// Checks and publishes a definition; from here on new pages of the site run it.
    pub async fn publish(
        &self,
        workspace: &Workspace,
        store: &dyn Store,
        clock: &Clock,
        site: &SiteId,
        definition: String,
    ) -> Result<String, NotPublished> {
        check(&definition, workspace).map_err(NotPublished::Broken)?;
        let hash = hex(&sha256(definition.as_bytes()));
        let row =
            AssistantRow { site: site.clone(), hash: hash.clone(), definition, published_at: clock.now() };
        store.publish_assistant(&workspace.id, &row).await.map_err(NotPublished::NotSaved)?;
        self.current.write().unwrap_or_else(PoisonError::into_inner).insert(site.clone(), Arc::new(row));
        tracing::info!("site `{site}` now runs assistant {}", short(&hash));
        Ok(hash)
    }

    async fn publish_file(
        &self,
        workspace: &Workspace,
        store: &dyn Store,
        clock: &Clock,
        site: &SiteId,
        file: &AssistantFile,
    ) -> anyhow::Result<()> {
        let hash = hex(&sha256(file.text.as_bytes()));
        let in_use = self.current(site).is_some();
        if in_use && store.assistant(&workspace.id, site, &hash).await?.is_some() {
            return Ok(());
        }
        match self.publish(workspace, store, clock, site, file.text.clone()).await {
            Ok(_) => Ok(()),
            Err(NotPublished::NotSaved(error)) => Err(error.into()),
            Err(NotPublished::Broken(mistakes)) => {
                let mistakes: Vec<String> =
                    mistakes.iter().map(|m| format!("{}: {m}", file.path.display())).collect();
                let mistakes = mistakes.join("\n");
                anyhow::ensure!(in_use, "site `{site}` has no assistant it could run:\n{mistakes}");
                tracing::error!("site `{site}` keeps the assistant it has, its file is broken:\n{mistakes}");
                Ok(())
            }
        }
    }
}

/// Mistakes of a definition, queues that do not exist here among them.
fn check(definition: &str, workspace: &Workspace) -> Result<(), Vec<Mistake>> {
    let assistant = assistant::read(definition)?;
    let queues: Vec<QueueId> = workspace.queues.keys().cloned().collect();
    let unknown = assistant.unknown_queues(&queues);
    if unknown.is_empty() { Ok(()) } else { Err(unknown) }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
