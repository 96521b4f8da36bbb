//! Webhooks: other systems are told of events. Here they are made, changed and looked at; `worker` sends.

mod address;
mod envelope;
mod patience;
mod send;
mod sign;
mod worker;

pub use address::{origin, reach};
pub use envelope::{KINDS, event_of, message_id};
pub use patience::Patience;
pub use worker::Worker;

use crate::clock::{self, Clock};
use crate::config::Workspace;
use crate::secret::Secret;
use crate::store::{
    AttemptRow, DeliveryKey, DeliveryRow, DeliveryState, Mark, Outgoing, Store, StoreError, WebhookRow,
};
use protocol::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::{Builder, Uuid};

/// Webhooks of one workspace.
pub const WEBHOOKS_MAX: usize = 50;
/// Characters of a description.
pub const DESCRIPTION_CHARS_MAX: usize = 200;
/// Deliveries that have ended are kept this long.
pub const RETENTION_DAYS: u64 = 30;
/// How long a secret that was replaced stays good, when nothing else is said, and at the most.
pub const OVERLAP_HOURS_DEFAULT: u64 = 24;
/// See [`OVERLAP_HOURS_DEFAULT`].
pub const OVERLAP_HOURS_MAX: u64 = 7 * 24;

/// The webhooks of a workspace.
pub struct Webhooks {
    workspace: Arc<Workspace>,
    store: Arc<dyn Store>,
    clock: Clock,
    /// Wakes the worker.
    ring: Arc<Notify>,
}

/// What can be chosen of a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where events are sent.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Which kinds of events; none of them means all.
    pub kinds: Option<BTreeSet<String>>,
    /// Whether events are sent.
    pub active: Option<bool>,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// What was asked for cannot be: which part, and what would be right.
    #[error("{1}")]
    Unfit(&'static str, String),
    /// There are enough.
    #[error("a workspace can have {WEBHOOKS_MAX} webhooks: remove one that is not needed")]
    TooMany,
    /// There is no such webhook, or no such delivery.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Webhooks {
    pub(crate) fn new(
        workspace: Arc<Workspace>,
        store: Arc<dyn Store>,
        clock: Clock,
        ring: Arc<Notify>,
    ) -> Self {
        Self { workspace, store, clock, ring }
    }

    /// Makes a webhook, which is told of what happens from now on. Its secret is shown this once.
    pub async fn make(&self, wanted: Wanted, by: Option<String>) -> Result<(WebhookRow, Secret), NotDone> {
        let Some(url) = wanted.url.clone() else {
            return Err(NotDone::Unfit("url", "a webhook needs an address".to_owned()));
        };
        if self.list().await?.len() >= WEBHOOKS_MAX {
            return Err(NotDone::TooMany);
        }
        let now = self.clock.now();
        let blank = WebhookRow {
            id: Builder::from_unix_timestamp_millis(now.millis(), &clock::random()).into_uuid(),
            url,
            description: String::new(),
            kinds: Vec::new(),
            active: true,
            made: Mark { at: now, by },
            failing_since: None,
            stopped: None,
        };
        let webhook = self.fitted(blank, wanted)?;
        let secret = sign::fresh_secret();
        self.outgoing().add_webhook(&self.workspace.id, &webhook, secret.expose()).await?;
        self.ring.notify_one();
        tracing::info!("the webhook {} was made", webhook.id);
        Ok((webhook, secret))
    }

    /// Every webhook, the oldest first.
    pub async fn list(&self) -> Result<Vec<WebhookRow>, NotDone> {
        Ok(self.outgoing().webhooks(&self.workspace.id).await?)
    }

    /// One of them.
    pub async fn find(&self, id: Uuid) -> Result<WebhookRow, NotDone> {
        self.list().await?.into_iter().find(|webhook| webhook.id == id).ok_or(NotDone::Unknown("webhook"))
    }

    /// Changes what is given. One that becomes active begins with what happens from then on.
    pub async fn change(&self, id: Uuid, wanted: Wanted) -> Result<WebhookRow, NotDone> {
        let before = self.find(id).await?;
        let becomes_active = !before.active && wanted.active == Some(true);
        let mut webhook = self.fitted(before, wanted)?;
        if becomes_active {
            (webhook.failing_since, webhook.stopped) = (None, None);
        }
        if !self.outgoing().set_webhook(&self.workspace.id, &webhook, self.clock.now()).await? {
            return Err(NotDone::Unknown("webhook"));
        }
        self.ring.notify_one();
        Ok(webhook)
    }

    /// Drops a webhook and all that is known of its deliveries.
    pub async fn remove(&self, id: Uuid) -> Result<(), NotDone> {
        match self.outgoing().remove_webhook(&self.workspace.id, id).await? {
            true => Ok(()),
            false => Err(NotDone::Unknown("webhook")),
        }
    }

    /// Gives a webhook a new secret; the one before stays good for some hours. Says until when.
    pub async fn rotate(&self, id: Uuid, overlap_hours: u64) -> Result<(Secret, Timestamp), NotDone> {
        if overlap_hours > OVERLAP_HOURS_MAX {
            let right = format!("both secrets can be good for 0 to {OVERLAP_HOURS_MAX} hours");
            return Err(NotDone::Unfit("overlap_hours", right));
        }
        let webhook = self.find(id).await?;
        let (now, secret) = (self.clock.now(), sign::fresh_secret());
        let until = now.plus_seconds(overlap_hours * 60 * 60);
        self.outgoing().rotate_secret(webhook.id, secret.expose(), now, until).await?;
        Ok((secret, until))
    }

    /// Deliveries, the newest event first, beginning behind a place in the order of events.
    pub async fn deliveries(
        &self,
        id: Uuid,
        state: Option<DeliveryState>,
        behind: Option<i64>,
        limit: u64,
    ) -> Result<Vec<DeliveryRow>, NotDone> {
        let webhook = self.find(id).await?;
        Ok(self.outgoing().deliveries(webhook.id, state, behind, limit).await?)
    }

    /// One delivery by its message's id, with its attempts.
    pub async fn delivery(&self, id: Uuid, message: &str) -> Result<(DeliveryRow, Vec<AttemptRow>), NotDone> {
        let key = self.key(id, message).await?;
        self.outgoing().delivery(&key).await?.ok_or(NotDone::Unknown("delivery"))
    }

    /// What is sent for a delivery; `None` when its event is no longer kept.
    pub fn body(&self, delivery: &DeliveryRow) -> Option<String> {
        envelope::body(&self.workspace.id, delivery)
    }

    /// Sends a delivery once more.
    pub async fn replay(&self, id: Uuid, message: &str) -> Result<(), NotDone> {
        let key = self.key(id, message).await?;
        if !self.outgoing().replay(&key, self.clock.now()).await? {
            return Err(NotDone::Unknown("delivery"));
        }
        self.ring.notify_one();
        Ok(())
    }

    /// Sends everything since a time once more.
    pub async fn replay_since(&self, id: Uuid, since: Timestamp) -> Result<(), NotDone> {
        let webhook = self.find(id).await?;
        if !webhook.active {
            let right = "this webhook is not active: make it active first".to_owned();
            return Err(NotDone::Unfit("webhook", right));
        }
        self.outgoing().replay_since(webhook.id, since).await?;
        self.ring.notify_one();
        Ok(())
    }

    async fn key(&self, id: Uuid, message: &str) -> Result<DeliveryKey, NotDone> {
        let webhook = self.find(id).await?;
        let (conversation, number) = event_of(message).ok_or(NotDone::Unknown("delivery"))?;
        Ok(DeliveryKey { webhook: webhook.id, conversation, number })
    }

    fn fitted(&self, mut webhook: WebhookRow, wanted: Wanted) -> Result<WebhookRow, NotDone> {
        if let Some(url) = wanted.url {
            address::check(&url, &self.workspace.private_webhooks)
                .map_err(|right| NotDone::Unfit("url", right))?;
            webhook.url = url;
        }
        if let Some(description) = wanted.description {
            if description.chars().count() > DESCRIPTION_CHARS_MAX {
                let right = format!("a description can have {DESCRIPTION_CHARS_MAX} characters");
                return Err(NotDone::Unfit("description", right));
            }
            webhook.description = description;
        }
        if let Some(kinds) = wanted.kinds {
            if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
                let right = format!("`{unknown}` is no kind of event; the kinds are: {}", KINDS.join(", "));
                return Err(NotDone::Unfit("kinds", right));
            }
            webhook.kinds = kinds.into_iter().collect();
        }
        webhook.active = wanted.active.unwrap_or(webhook.active);
        Ok(webhook)
    }

    fn outgoing(&self) -> &dyn Outgoing {
        self.store.outgoing()
    }
}

/// Whether an origin in the workspace file is one: scheme, host and perhaps port, as [`address::origin`] spells it.
pub(crate) fn is_origin(text: &str) -> bool {
    address::origin(text).as_deref() == Some(text)
}
