//! Sends what has happened to those who want to know: makes deliveries of new events, sends what is due, keeps what became
//! of it. It wakes when the loop has saved something, when an attempt ends, and when the next one is due.
//!
//! Everything it knows lies in the store, so a process that dies loses nothing: what was under way is sent again. In one
//! conversation the next event waits for the one before; conversations go side by side, up to a bound for each webhook so
//! that a slow receiver does not hold up the others.

use super::send::{self, Target};
use super::{Patience, RETENTION_DAYS};
use crate::clock::Clock;
use crate::config::Workspace;
use crate::store::{DeliveryKey, Lease, Outcome, Store, StoreError, WebhookRow};
use axum::http::StatusCode;
use protocol::Timestamp;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

/// Attempts under way at once.
const AT_ONCE_MAX: usize = 64;
/// Attempts under way at once for one webhook.
const AT_ONCE_PER_WEBHOOK_MAX: usize = 16;
/// Events that become deliveries in one transaction: the loop's saves wait for it.
const EVENTS_AT_ONCE_MAX: u64 = 200;
/// Such transactions in one turn, before what is due is looked at.
const FAN_OUTS_MAX: usize = 20;
/// What happens in so short a time is looked at together.
const GATHER_MILLIS: u64 = 5;
/// The same while nobody wants to be told.
const GATHER_IDLE_MILLIS: u64 = 250;
/// Pause after the store has failed.
const RETRY_SECONDS: u64 = 1;
/// What another process changes in the store, such as the command line, is noticed within this time.
const LOOK_AGAIN_SECONDS: u64 = 30;
/// Old deliveries are dropped this often, so many at a time.
const PRUNE_SECONDS: u64 = 600;
const PRUNE_AT_ONCE_MAX: u64 = 5_000;
/// Attempts that are under way when the bridge stops may end within this time.
const DRAIN_SECONDS_MAX: u64 = 3;

/// See the module.
pub struct Worker {
    workspace: Arc<Workspace>,
    store: Arc<dyn Store>,
    clock: Clock,
    lease: Lease,
    ring: Arc<Notify>,
    patience: Arc<Patience>,
    private: Arc<[String]>,
    attempts: JoinSet<Outcome>,
    key_by_attempt: HashMap<Id, DeliveryKey>,
    under_way: BTreeSet<DeliveryKey>,
    ended: Vec<Outcome>,
    pruned_at: Timestamp,
}

impl Worker {
    /// Knows nothing yet; everything lies in the store.
    pub fn new(
        workspace: Arc<Workspace>,
        store: Arc<dyn Store>,
        clock: Clock,
        lease: Lease,
        ring: Arc<Notify>,
        patience: Patience,
    ) -> Self {
        Self {
            private: workspace.private_webhooks.clone().into(),
            patience: Arc::new(patience),
            attempts: JoinSet::new(),
            key_by_attempt: HashMap::new(),
            under_way: BTreeSet::new(),
            ended: Vec::new(),
            pruned_at: Timestamp::default(),
            workspace,
            store,
            clock,
            lease,
            ring,
        }
    }

    /// Works until `stop` says so, or until another process has taken over.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        loop {
            let pause = match self.turn().await {
                Ok(pause) => pause,
                Err(StoreError::NotOwner(_)) => return,
                Err(error) => {
                    tracing::error!("webhooks wait, because the store failed: {error}");
                    Pause { gather_millis: RETRY_SECONDS * 1_000, until: self.clock.now() }
                }
            };
            tokio::select! {
                () = self.pause(&pause) => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        self.drain().await;
    }

    /// Waits until there is something to do, and a moment longer for more of it.
    async fn pause(&mut self, pause: &Pause) {
        let until: Instant = self.clock.instant_of(pause.until);
        if self.ended.is_empty() {
            tokio::select! {
                () = self.ring.notified() => {}
                Some(ended) = self.attempts.join_next_with_id() => self.note(ended),
                () = tokio::time::sleep_until(until) => {}
            }
        }
        tokio::time::sleep(Duration::from_millis(pause.gather_millis)).await;
        while let Some(ended) = self.attempts.try_join_next_with_id() {
            self.note(ended);
        }
    }

    async fn turn(&mut self) -> Result<Pause, StoreError> {
        self.record().await?;
        let now = self.clock.now();
        self.prune(now).await?;
        let look_again = now.plus_seconds(LOOK_AGAIN_SECONDS);
        let webhooks = self.store.outgoing().webhooks(&self.workspace.id).await?;
        let mut active = Vec::new();
        for webhook in webhooks.into_iter().filter(|webhook| webhook.active) {
            match webhook.failing_since.filter(|since| self.patience.has_ended(*since, now)) {
                Some(since) => {
                    let days = now.millis_since(since) / (24 * 60 * 60 * 1_000);
                    self.stop_sending(&webhook, format!("every attempt has failed for {days} days"), now)
                        .await?;
                }
                None => active.push(webhook),
            }
        }
        if active.is_empty() {
            return Ok(Pause { gather_millis: GATHER_IDLE_MILLIS, until: look_again });
        }
        let more = self.fan_out(now).await?;
        for webhook in &active {
            self.dispatch(webhook).await?;
        }
        let due = self.store.outgoing().next_due(&self.workspace.id, now).await?;
        let until = if more { now } else { due.unwrap_or(look_again).min(look_again) };
        Ok(Pause { gather_millis: GATHER_MILLIS, until })
    }

    /// Whether there is more to do.
    async fn fan_out(&self, now: Timestamp) -> Result<bool, StoreError> {
        for _ in 0..FAN_OUTS_MAX {
            if !self.store.outgoing().fan_out(&self.lease, now, EVENTS_AT_ONCE_MAX).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn dispatch(&mut self, webhook: &WebhookRow) -> Result<(), StoreError> {
        let own = self.under_way.iter().filter(|key| key.webhook == webhook.id).count();
        let room = (AT_ONCE_PER_WEBHOOK_MAX.saturating_sub(own))
            .min(AT_ONCE_MAX.saturating_sub(self.under_way.len()));
        if room == 0 {
            return Ok(());
        }
        let now = self.clock.now();
        // Those under way are due as well.
        let mut due = self.store.outgoing().due(webhook.id, now, (room + own) as u64).await?;
        due.retain(|delivery| !self.under_way.contains(&delivery.key));
        due.truncate(room);
        if due.is_empty() {
            return Ok(());
        }
        let target = Arc::new(Target {
            workspace: self.workspace.id.clone(),
            url: webhook.url.clone(),
            secrets: self.store.outgoing().secrets(webhook.id, now).await?,
            private: Arc::clone(&self.private),
            patience: Arc::clone(&self.patience),
            clock: self.clock,
        });
        for delivery in due {
            let (target, key) = (Arc::clone(&target), delivery.key);
            let attempt = self.attempts.spawn(async move { send::attempt(&target, &delivery).await });
            self.key_by_attempt.insert(attempt.id(), key);
            self.under_way.insert(key);
        }
        Ok(())
    }

    fn note(&mut self, ended: Result<(Id, Outcome), JoinError>) {
        match ended {
            Ok((id, outcome)) => {
                self.key_by_attempt.remove(&id);
                self.ended.push(outcome);
            }
            Err(error) => {
                tracing::error!("an attempt at a webhook's delivery broke off: {error}");
                if let Some(key) = self.key_by_attempt.remove(&error.id()) {
                    self.under_way.remove(&key);
                }
            }
        }
    }

    /// What has ended stays under way until it is kept, so that it is not sent once more.
    async fn record(&mut self) -> Result<(), StoreError> {
        if self.ended.is_empty() {
            return Ok(());
        }
        self.store.outgoing().record(&self.lease, &self.ended).await?;
        let ended = std::mem::take(&mut self.ended);
        for outcome in &ended {
            self.under_way.remove(&outcome.key);
        }
        let gone = ended.iter().filter(|outcome| outcome.attempt.status == Some(StatusCode::GONE.as_u16()));
        let gone: BTreeSet<_> = gone.map(|outcome| outcome.key.webhook).collect();
        if gone.is_empty() {
            return Ok(());
        }
        let webhooks = self.store.outgoing().webhooks(&self.workspace.id).await?;
        for webhook in webhooks.iter().filter(|webhook| webhook.active && gone.contains(&webhook.id)) {
            let why = "the receiver answered 410 Gone: it wants nothing more".to_owned();
            self.stop_sending(webhook, why, self.clock.now()).await?;
        }
        Ok(())
    }

    async fn stop_sending(
        &self,
        webhook: &WebhookRow,
        why: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        tracing::warn!("the webhook {} is stopped: {why}", webhook.id);
        let stopped = WebhookRow { active: false, stopped: Some((now, why)), ..webhook.clone() };
        self.store.outgoing().set_webhook(&self.workspace.id, &stopped, now).await?;
        Ok(())
    }

    async fn prune(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if now < self.pruned_at.plus_seconds(PRUNE_SECONDS) {
            return Ok(());
        }
        let before =
            |days: u64| Timestamp::from_millis(now.millis().saturating_sub(days * 24 * 60 * 60 * 1_000));
        let dropped =
            self.store.outgoing().prune_deliveries(before(RETENTION_DAYS), PRUNE_AT_ONCE_MAX).await?;
        // With more to drop it goes on at the next turn.
        if dropped < PRUNE_AT_ONCE_MAX {
            self.pruned_at = now;
        }
        Ok(())
    }

    /// What cannot be kept any more is sent again by the next process.
    async fn drain(mut self) {
        let drained = async {
            while let Some(ended) = self.attempts.join_next_with_id().await {
                self.note(ended);
            }
        };
        // Whatever has not ended by then counts as not sent.
        let _ = tokio::time::timeout(Duration::from_secs(DRAIN_SECONDS_MAX), drained).await;
        if let Err(error) = self.record().await {
            tracing::warn!("the last deliveries could not be kept, and will be repeated: {error}");
        }
    }
}

/// How long to do nothing.
struct Pause {
    gather_millis: u64,
    until: Timestamp,
}
