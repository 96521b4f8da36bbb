//! At start: what the store says is current, and the files that are new.

use super::{Assistants, Current, NotDone};
use crate::clock::Clock;
use crate::config::{AssistantFile, Workspace};
use crate::secret::{hex, sha256};
use crate::store::{Mark, Store};
use authoring::Mistake;
use protocol::SiteId;
use std::path::Path;
use std::sync::Arc;

impl Assistants {
    /// What the store has, after publishing the files that are new. A broken file is fatal for a site that has nothing
    /// else to run, and a loud complaint for one that has.
    pub async fn load(
        workspace: &Arc<Workspace>,
        store: &Arc<dyn Store>,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        let assistants = Self {
            workspace: Arc::clone(workspace),
            store: Arc::clone(store),
            clock,
            world: workspace.world(),
            current: Default::default(),
            operations_by_hash: Default::default(),
            changing: Default::default(),
        };
        for release in store.shelf().current_versions(&workspace.id).await? {
            if workspace.sites.contains_key(&release.site) {
                assistants.resume(&release.site, release.version, release.digest).await?;
            }
        }
        for (site, facts) in &workspace.sites {
            if let Some(file) = &facts.assistant {
                assistants.publish_file(site, file).await?;
            }
        }
        Ok(assistants)
    }

    /// Runs what was current. What an earlier version of this program could run and this one cannot is kept, and left to
    /// its author; until then the chat goes to people.
    async fn resume(&self, site: &SiteId, version: u64, digest: String) -> anyhow::Result<()> {
        match self.builds(site, &digest).await {
            Ok(builds) => {
                self.run(site, Current { version, digest, builds });
                Ok(())
            }
            Err(NotDone::Broken(mistakes)) => {
                let mistakes = listed(Path::new(&format!("version {version}")), &mistakes);
                tracing::error!("site `{site}` cannot run its current assistant:\n{mistakes}");
                Ok(())
            }
            Err(other) => Err(fatal(other)),
        }
    }

    async fn publish_file(&self, site: &SiteId, file: &AssistantFile) -> anyhow::Result<()> {
        let in_use = self.current(site).is_some();
        let digest = hex(&sha256(file.text.as_bytes()));
        if in_use && self.shelf().was_released(&self.workspace.id, site, &digest).await? {
            return Ok(());
        }
        let name = file.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let mark = Mark { at: self.clock.now(), by: None };
        match self.publish(site, name, file.text.clone(), mark, "").await {
            Ok(published) => {
                if !published.warnings.is_empty() {
                    let warnings = listed(&file.path, &published.warnings);
                    tracing::warn!("site `{site}` runs an assistant with doubtful places:\n{warnings}");
                }
                Ok(())
            }
            Err(NotDone::Broken(mistakes)) => {
                let mistakes = listed(&file.path, &mistakes);
                anyhow::ensure!(in_use, "site `{site}` has no assistant it could run:\n{mistakes}");
                tracing::error!("site `{site}` keeps the assistant it has, its file is broken:\n{mistakes}");
                Ok(())
            }
            Err(other) => Err(fatal(other)),
        }
    }
}

fn fatal(not_done: NotDone) -> anyhow::Error {
    match not_done {
        NotDone::Store(error) => error.into(),
        NotDone::Interrupted(error) => error,
        NotDone::Broken(mistakes) => anyhow::anyhow!(listed(Path::new("the assistant"), &mistakes)),
        NotDone::NoDraft | NotDone::NoVersion => {
            anyhow::anyhow!("the store lacks the file of a site's current assistant")
        }
    }
}

fn listed(place: &Path, mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(|m| format!("{}:{m}", place.display())).collect();
    lines.join("\n")
}
