//! The one loop: take a batch → decide each command → save all their changes in one transaction → tell.
//!
//! It owns the switchboard and knows who is connected, so nothing here is locked and nothing races. Nobody is told of
//! anything before it is saved; when saving fails, memory is rebuilt from the store before anything else is decided.

mod input;
mod mend;
mod notices;
mod places;
mod presence;
mod remembered;
mod setting_up;
mod take;
mod tell;
mod turn;
mod workflows;

pub use input::{Input, NoAnswer, RuntimeLine, SetupChange, SetupRefused, WorkflowChange, WorkflowRefused};
pub use presence::AGENT_GRACE_SECONDS;
pub use tell::closed;
pub use turn::Answer;

use crate::clock::Clock;
use crate::config::Workspace;
use crate::socket::hub::{ConnectionId, Hub};
use crate::socket::program::Feed;
use crate::store::{Lease, Saving, Store, StoreError};
use places::Places;
use presence::Presence;
use protocol::{ConversationId, Happening, OpeningSource, RequestId, Timestamp, VisitorId};
use remembered::{Known, Remembered};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use switchboard::{Asker, Change, Command, Directory, Effect, Recalled, Switchboard};
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio::time::Instant;
use turn::{Place, Turn};

/// Inputs in one turn, and so in one transaction. What arrives during a save shares the next one: the more wait, the fewer
/// pages each of them costs.
const BATCH_MAX: usize = 1_024;

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
    /// What is to be done outside.
    effects: mpsc::Sender<Effect>,
    /// What happens, for programs that watch.
    feed: Feed,
    /// How the workspace is set up, for everybody else.
    directory: watch::Sender<Directory>,
    board: Switchboard,
    /// Of the setup.
    revision: u64,
    /// Changes of it that were asked for since the last turn.
    setups: Vec<Reform>,
    /// Workflows that are to start or to stop since the last turn.
    releases: Vec<Release>,
    hub: Hub,
    presence: Presence,
    places: Places,
    remembered: Remembered,
    /// Memory may differ from the store: nothing is decided before it is rebuilt.
    stale: bool,
    /// When to try again what nobody asks for, after a failure.
    retry_at: Option<Timestamp>,
    /// Conversations of which a failed save may have kept something, with their last number before it.
    doubtful: BTreeMap<ConversationId, u64>,
    /// Connections with a request that could not be saved. Until it is asked again, nothing that was asked after it is taken:
    /// what somebody says stays in its order.
    held: BTreeMap<ConnectionId, RequestId>,
    /// Rung when something may have been saved.
    saved: Arc<Notify>,
}

/// A change of the setup and whoever waits for its answer.
type Reform = (Box<SetupChange>, oneshot::Sender<Result<u64, SetupRefused>>);

/// A change of which workflows start and whoever waits for its answer.
type Release = (Box<WorkflowChange>, oneshot::Sender<Result<u32, WorkflowRefused>>);

/// A command and whoever waits for its answer.
struct Ask {
    from: Option<ConnectionId>,
    command: Command,
    answer: Option<oneshot::Sender<Answer>>,
}

/// What the loop is started with.
pub struct Start {
    /// Whose sites, queues and agents.
    pub workspace: Arc<Workspace>,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Clock,
    /// What arrives.
    pub inputs: mpsc::Receiver<Input>,
    /// Whether it can save.
    pub healthy: watch::Sender<bool>,
    /// What is to be done outside.
    pub effects: mpsc::Sender<Effect>,
    /// What happens, for programs that watch.
    pub feed: Feed,
    /// How the workspace is set up, for everybody else.
    pub directory: watch::Sender<Directory>,
    /// How long an agent may be away before it counts.
    pub agent_grace_seconds: u64,
}

impl Runtime {
    /// Takes over the workspace and rebuilds its open conversations.
    pub async fn start(start: Start) -> Result<Self, StoreError> {
        let Start { workspace, store, clock, inputs, healthy, effects, feed, directory, agent_grace_seconds } =
            start;
        let lease = store.take_lease(&workspace.id).await?;
        setting_up::seed(&lease, &workspace, store.as_ref(), clock.now()).await?;
        let (board, revision) = mend::rebuild(&workspace.id, store.as_ref(), clock.now()).await?;
        let mut presence = Presence::new(agent_grace_seconds);
        board.dropped().for_each(|agent| presence.found(agent, clock.now()));
        directory.send_replace(board.directory().clone());
        Ok(Self {
            places: Places::default(),
            remembered: Remembered::from(clock.now()),
            presence,
            hub: Hub::default(),
            stale: false,
            retry_at: None,
            doubtful: BTreeMap::new(),
            held: BTreeMap::new(),
            setups: Vec::new(),
            releases: Vec::new(),
            saved: Arc::default(),
            workspace,
            store,
            clock,
            lease,
            inputs,
            healthy,
            effects,
            feed,
            directory,
            board,
            revision,
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
        // What was waited for while no bridge ran goes on at once.
        self.turn(&mut batch).await?;
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
        let rests = self.retry_at.is_some_and(|at| now < at);
        if self.stale && (rests || !self.mend(now).await) {
            batch.drain(..).for_each(|input| self.put_off(input, now));
            return Ok(());
        }
        let asks: Vec<Ask> = batch.drain(..).filter_map(|input| self.take(input, now)).collect();
        for agent in self.hub.take_departed() {
            self.presence.departed(agent);
        }
        for visitor in self.hub.take_departed_visitors() {
            self.board.apply(&Change::VisitorConnection { visitor, gone: Some(now) });
        }
        if rests {
            // What was just tried would fail again, and each failure costs reading everything anew.
            asks.into_iter().for_each(|ask| self.ask_to_try_again(ask.from, &ask.command, ask.answer));
            return Ok(());
        }
        self.set_up(now).await?;
        self.release().await?;
        self.decide_and_save(asks, now).await
    }

    async fn decide_and_save(&mut self, mut asks: Vec<Ask>, now: Timestamp) -> Result<(), StoreError> {
        let mut outcome = self.try_turn(&mut asks, now).await;
        if let Err((_, StoreError::Repeated)) = outcome {
            // Memory is ahead of the store by a request that was carried out before: it is taken back, and decided again
            // with everything looked up.
            tracing::warn!("a repeat was taken for new: names are looked up for a while");
            self.remembered.doubt(now);
            self.stale = true;
            if self.mend(now).await {
                outcome = self.try_turn(&mut asks, now).await;
            }
        }
        match outcome {
            Ok(()) => Ok(()),
            Err((turn, error)) => self.failed(&turn, asks, error, now).await,
        }
    }

    /// Decides, saves and tells; or gives back what could not be saved, with everybody's answers untold.
    async fn try_turn(&mut self, asks: &mut [Ask], now: Timestamp) -> Result<(), (Box<Turn>, StoreError)> {
        let answered = self.prepare(asks, now).await.map_err(|error| (Box::default(), error))?;
        let mut turn = Turn::knowing(answered, self.hub.agents_here().clone());
        turn.route(&mut self.board, now);
        turn.pass_time(&mut self.board, now, false);
        let moves = self.presence.due(now);
        for command in moves.commands() {
            turn.take(&mut self.board, None, &command, now);
        }
        for (agent, idle) in self.hub.take_stirred() {
            if self.board.is_idle(agent) != idle {
                turn.take(&mut self.board, None, &Command::AgentIdles { agent, idle }, now);
            }
        }
        let mut answers = Vec::with_capacity(asks.len());
        for ask in &*asks {
            answers.push(turn.take(&mut self.board, ask.from, &ask.command, now));
        }
        self.note_absent(&turn, now);
        turn.pass_time(&mut self.board, now, true);
        if turn.is_kept()
            && let Err(error) = self.save(&turn.changes).await
        {
            return Err((Box::new(turn), error));
        }
        self.board.saved();
        self.retry_at = None;
        self.healthy.send_if_modified(|healthy| !std::mem::replace(healthy, true));
        self.presence.told(&moves, now);
        turn.answered().for_each(|(request, place)| self.remembered.keep(request, place, now));
        self.tell(turn, now);
        for (ask, answer) in asks.iter_mut().zip(answers) {
            if let (Some(asker), Some(answer)) = (ask.answer.take(), answer) {
                let _ = asker.send(answer);
            }
        }
        Ok(())
    }

    /// Whoever began a conversation and was gone before it was decided has been gone since. One that the staff begins waits
    /// for its visitor to come.
    fn note_absent(&mut self, turn: &Turn, now: Timestamp) {
        for change in &turn.changes {
            let Change::Happened { event, .. } = change else { continue };
            let begins = matches!(
                event.happening,
                Happening::Opened { source: OpeningSource::Visitor, .. } | Happening::Reopened
            );
            let begun = begins.then(|| self.board.conversation(event.conversation)).flatten();
            let absent = begun.map(|one| one.visitor).filter(|visitor| !self.hub.is_here(*visitor));
            if let Some(visitor) = absent {
                self.board.apply(&Change::VisitorConnection { visitor, gone: Some(now) });
            }
        }
    }

    async fn save(&self, changes: &[Change]) -> Result<(), StoreError> {
        let ids: BTreeSet<ConversationId> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Happened { event, .. } => Some(event.conversation),
                Change::StatusChosen { .. }
                | Change::Connection { .. }
                | Change::Idle { .. }
                | Change::VisitorConnection { .. }
                | Change::PageSeen { .. }
                | Change::Occurred { .. }
                | Change::Ran(_) => None,
            })
            .collect();
        let conversations: Vec<_> = ids.into_iter().filter_map(|id| self.board.snapshot(id)).collect();
        let standings = self.board.moved_standings();
        let saving = Saving { changes, conversations: &conversations, standings: &standings };
        self.store.save(&self.lease, saving).await
    }

    fn tell(&mut self, turn: Turn, now: Timestamp) {
        for effect in self.board.take_effects() {
            // Nobody does anything outside any more once the bridge stops.
            if let Err(mpsc::error::TrySendError::Full(_)) = self.effects.try_send(effect) {
                tracing::warn!("a workflow's call is not made: too many wait");
            }
        }
        if self.feed.receiver_count() > 0 {
            self.tell_programs(&turn);
        }
        tell::tell(&mut self.hub, &self.board, &mut self.places, turn, now);
        let due = self.places.due(&self.board, now);
        tell::tell_places(&mut self.hub, &self.board, &mut self.places, &due, now);
    }

    fn tell_programs(&self, turn: &Turn) {
        for change in &turn.changes {
            if let Change::Happened { event, .. } = change {
                // Whoever watched has gone: then nobody has to be told.
                let _ = self.feed.send(Some(Arc::new(event.clone())));
            }
        }
    }

    /// Requests of the batch that were carried out before, and where their events are. What is known of visitors who may
    /// begin a conversation is recalled on the way.
    async fn prepare(
        &mut self,
        asks: &[Ask],
        now: Timestamp,
    ) -> Result<BTreeMap<(Asker, RequestId), Place>, StoreError> {
        let (mut answered, mut unsure) = (BTreeMap::new(), Vec::new());
        for request in asks.iter().filter_map(|ask| ask.command.request()) {
            match self.remembered.look_up(request, now) {
                Known::Repeat(place) => drop(answered.insert(request, place)),
                Known::New => {}
                Known::Unsure => unsure.push(request),
            }
        }
        if !unsure.is_empty() {
            let found = self.store.answered(&unsure).await?;
            answered.extend(found.into_iter().map(|a| ((a.asker, a.request), (a.conversation, a.number))));
        }
        self.recall_old(asks).await?;
        let beginning = asks.iter().filter_map(|ask| begins(&ask.command));
        let unknown: BTreeSet<VisitorId> =
            beginning.filter(|visitor| self.board.conversation_of(*visitor).is_none()).collect();
        if !unknown.is_empty() {
            self.recall(unknown.into_iter().collect()).await?;
        }
        Ok(answered)
    }

    /// Conversations that are over and that somebody does something with all the same.
    async fn recall_old(&mut self, asks: &[Ask]) -> Result<(), StoreError> {
        let acted_on = asks.iter().filter_map(|ask| acted_on(&ask.command));
        let over: BTreeSet<ConversationId> =
            acted_on.filter(|id| self.board.conversation(*id).is_none()).collect();
        for id in over {
            let kept = self.store.whole_conversation(&self.workspace.id, id).await?;
            let Some(mut kept) = kept else { continue };
            let open = self.board.conversation_of(kept.visitor).and_then(|id| self.board.conversation(id));
            kept.contact = match open {
                Some(open) => open.contact.clone(),
                None => {
                    let known = self.store.contacts(&self.workspace.id, &[kept.visitor]).await?;
                    known.into_iter().next().map(|(_, contact)| contact).unwrap_or(kept.contact)
                }
            };
            self.board.recall_old(kept);
        }
        Ok(())
    }

    async fn recall(&mut self, visitors: Vec<VisitorId>) -> Result<(), StoreError> {
        let mut recalled: BTreeMap<VisitorId, Recalled> = BTreeMap::new();
        for (visitor, contact) in self.store.contacts(&self.workspace.id, &visitors).await? {
            recalled.entry(visitor).or_default().contact = contact;
        }
        if self.board.directory().rules().reopen_seconds > 0 {
            for conversation in self.store.last_conversations(&self.workspace.id, &visitors).await? {
                let known = recalled.entry(conversation.visitor).or_default();
                known.closed = Some(Box::new(conversation));
            }
        }
        recalled.into_iter().for_each(|(visitor, known)| self.board.recall(visitor, known));
        Ok(())
    }

    fn wake_at(&self) -> Instant {
        let now = self.clock.now();
        let deadlines =
            || [self.board.next_deadline(), self.presence.next_deadline(), self.places.next_notice()];
        let due = || deadlines().into_iter().flatten().min();
        let idle = || now.plus_seconds(IDLE_SECONDS_MAX);
        self.clock.instant_of(self.retry_at.or_else(due).unwrap_or_else(idle))
    }
}

/// The visitor whose conversation a command may begin.
fn begins(command: &Command) -> Option<VisitorId> {
    match command {
        Command::VisitorSays { visitor, .. }
        | Command::VisitorRequestsAgent { visitor, .. }
        | Command::Opens { visitor, .. } => Some(*visitor),
        Command::VisitorStopsWaiting { .. }
        | Command::VisitorEnds { .. }
        | Command::VisitorConnection { .. }
        | Command::AgentConnects { .. }
        | Command::AgentDrops { .. }
        | Command::AgentDisconnects { .. }
        | Command::AgentSetsStatus { .. }
        | Command::AgentIdles { .. }
        | Command::AgentBegins { .. }
        | Command::Acts { .. }
        | Command::WebhookCalled { .. }
        | Command::VisitorSees { .. }
        | Command::PageTells { .. }
        | Command::RunAnswered { .. }
        | Command::TimePasses => None,
    }
}

/// The conversation that the staff, or a program, does something with.
fn acted_on(command: &Command) -> Option<ConversationId> {
    if let Command::Acts { conversation, .. } = command { Some(*conversation) } else { None }
}

#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]
mod batches;

#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]
mod tests;
