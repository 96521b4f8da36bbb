//! The one loop: take a batch → decide each command → save all their changes in one transaction → tell.
//!
//! It owns the switchboard and knows who is connected, so nothing here is locked and nothing races. Nobody is told of
//! anything before it is saved; when saving fails, memory is rebuilt from the store before anything else is decided.

mod input;
mod mend;
mod presence;
mod take;
mod tell;
mod turn;

pub use input::{Input, NoAnswer, RuntimeLine};
pub use presence::AGENT_GRACE_SECONDS;
pub use tell::closed;

use crate::clock::Clock;
use crate::config::Workspace;
use crate::socket::hub::{ConnectionId, Hub};
use crate::store::{Lease, Store, StoreError};
use presence::Presence;
use protocol::{AgentId, ConversationId, RequestId, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use switchboard::{Asker, Command, Switchboard};
use tell::Places;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;
use turn::{Place, Turn};

/// Inputs in one turn, and so in one transaction. What arrives during a save shares the next one.
const BATCH_MAX: usize = 256;

/// Longest sleep of a loop that has nothing to wait for.
const IDLE_SECONDS_MAX: u64 = 3_600;

/// The loop and all it works with.
pub struct Runtime {
    workspace: Arc<Workspace>,
    store: Arc<dyn Store>,
    clock: Clock,
    lease: Lease,
    inputs: mpsc::Receiver<Input>,
    healthy: watch::Sender<bool>,
    board: Switchboard,
    hub: Hub,
    presence: Presence,
    places: Places,
    /// Memory may differ from the store: nothing is decided before it is rebuilt.
    stale: bool,
    /// When to try again what nobody asks for, after a failure.
    retry_at: Option<Timestamp>,
    /// Conversations of which a failed save may have kept something, with their last number before it.
    doubtful: BTreeMap<ConversationId, u64>,
    /// Rung when something may have been saved.
    saved: Arc<Notify>,
}

/// A command and whoever waits for its answer.
type Ask = (Option<ConnectionId>, Command);

impl Runtime {
    /// Takes over the workspace and rebuilds its open conversations.
    pub async fn start(
        workspace: Arc<Workspace>,
        store: Arc<dyn Store>,
        clock: Clock,
        inputs: mpsc::Receiver<Input>,
        healthy: watch::Sender<bool>,
        agent_grace_seconds: u64,
    ) -> Result<Self, StoreError> {
        let lease = store.take_lease(&workspace.id).await?;
        let board = mend::rebuild(&workspace, store.as_ref()).await?;
        Ok(Self {
            places: Places::of(&board),
            presence: Presence::new(agent_grace_seconds),
            hub: Hub::default(),
            stale: false,
            retry_at: None,
            doubtful: BTreeMap::new(),
            saved: Arc::default(),
            workspace,
            store,
            clock,
            lease,
            inputs,
            healthy,
            board,
        })
    }

    /// Proof of owning the workspace, for what else writes on behalf of it.
    pub fn lease(&self) -> &Lease {
        &self.lease
    }

    /// Rung when something may have been saved.
    pub fn saved(&self) -> Arc<Notify> {
        Arc::clone(&self.saved)
    }

    /// Turns until `stop` says so or its sender is dropped; then takes what has already arrived and ends. Fails only
    /// when another process has taken over.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) -> Result<(), StoreError> {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        let mut stopping = false;
        loop {
            let wake = self.wake_at();
            tokio::select! {
                taken = self.inputs.recv_many(&mut batch, BATCH_MAX) => if taken == 0 { return Ok(()) },
                () = tokio::time::sleep_until(wake) => {}
                _ = stop.wait_for(|stop| *stop), if !stopping => {
                    stopping = true;
                    self.inputs.close();
                }
            }
            self.turn(&mut batch).await?;
            self.saved.notify_one();
        }
    }

    async fn turn(&mut self, batch: &mut Vec<Input>) -> Result<(), StoreError> {
        let now = self.clock.now();
        if self.stale && !self.mend(now).await {
            batch.drain(..).for_each(|input| self.put_off(input));
            return Ok(());
        }
        let asks: Vec<Ask> = batch.drain(..).filter_map(|input| self.take(input)).collect();
        for agent in self.hub.take_departed() {
            self.presence.departed(agent, now);
        }
        self.decide_and_save(&asks, now).await
    }

    async fn decide_and_save(&mut self, asks: &[Ask], now: Timestamp) -> Result<(), StoreError> {
        let mut turn = match self.repeats(asks).await {
            Ok(answered) => Turn::knowing(answered),
            Err(error) => return self.failed(&Turn::default(), asks, error, now).await,
        };
        let (come, gone) = self.presence.due(now);
        for command in self.due(&come, &gone, now) {
            turn.take(&mut self.board, None, &command, now);
        }
        for (from, command) in asks {
            turn.take(&mut self.board, *from, command, now);
        }
        while let Some(offer) = self.board.route(now) {
            turn.apply(&mut self.board, offer);
        }
        if turn.is_kept()
            && let Err(error) = self.store.save(&self.lease, &turn.changes).await
        {
            return self.failed(&turn, asks, error, now).await;
        }
        self.retry_at = None;
        self.healthy.send_if_modified(|healthy| !std::mem::replace(healthy, true));
        self.presence.told(&come, &gone);
        tell::tell(&mut self.hub, &self.board, &mut self.places, turn);
        Ok(())
    }

    /// Requests of the batch that were carried out before, and where their events are.
    async fn repeats(&self, asks: &[Ask]) -> Result<BTreeMap<(Asker, RequestId), Place>, StoreError> {
        let requests: Vec<_> = asks.iter().filter_map(|(_, command)| command.request()).collect();
        if requests.is_empty() {
            return Ok(BTreeMap::new());
        }
        let answered = self.store.answered(&requests).await?;
        Ok(answered.into_iter().map(|a| ((a.asker, a.request), (a.conversation, a.number))).collect())
    }

    /// What nobody asks for and is due all the same.
    fn due(&self, come: &[AgentId], gone: &[AgentId], now: Timestamp) -> Vec<Command> {
        let come = come.iter().map(|agent| Command::AgentConnects { agent: *agent });
        let gone = gone.iter().map(|agent| Command::AgentDisconnects { agent: *agent });
        let time = self.board.next_deadline().filter(|deadline| *deadline <= now);
        come.chain(gone).chain(time.map(|_| Command::TimePasses)).collect()
    }

    fn wake_at(&self) -> Instant {
        let now = self.clock.now();
        let due = || [self.board.next_deadline(), self.presence.next_deadline()].into_iter().flatten().min();
        let idle = || now.plus_seconds(IDLE_SECONDS_MAX);
        self.clock.instant_of(self.retry_at.or_else(due).unwrap_or_else(idle))
    }
}

#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]
mod tests;
