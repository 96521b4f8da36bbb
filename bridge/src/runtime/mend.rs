//! When saving fails: nothing is told, every asker is asked to try again, and memory is rebuilt from the store.

use super::input::{SetupRefused, WorkflowRefused};
use super::places::Places;
use super::turn::{Answer, Turn};
use super::{Ask, Input, Runtime, tell, workflows};
use crate::people;
use crate::socket::hub::ConnectionId;
use crate::store::{Store, StoreError};
use protocol::{Refusal, RefusalCode, Timestamp, VisitorId, WorkspaceId};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Change, Command, Conversation, Directory, Switchboard};
use tokio::sync::oneshot;

/// After a failure the store is left alone for so long. Meanwhile what asks for something is refused, and who looks is served.
pub const RETRY_MILLIS: u64 = 250;

impl Runtime {
    /// Takes a turn back. Fails when this process no longer owns the workspace.
    pub(super) async fn failed(
        &mut self,
        turn: &Turn,
        asks: Vec<Ask>,
        error: StoreError,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if let StoreError::NotOwner(_) = error {
            return Err(error);
        }
        tracing::error!("nothing could be saved, {} askers are told to try again: {error}", asks.len());
        self.healthy.send_replace(false);
        for ask in asks {
            self.ask_to_try_again(ask.from, &ask.command, ask.answer);
        }
        for (id, before) in &turn.touched {
            let number = before.state.as_ref().map_or(0, |state| state.number);
            self.doubtful.entry(*id).or_insert(number);
        }
        self.remembered.forget(now);
        self.stale = true;
        self.mend(now).await;
        Ok(())
    }

    /// Rebuilds memory from the store; `false` while the store does not answer.
    pub(super) async fn mend(&mut self, now: Timestamp) -> bool {
        match rebuild(&self.workspace.id, self.store.as_ref(), now).await {
            Ok((board, revision)) => self.replace_memory(board, revision, now),
            Err(error) => tracing::error!("the store cannot be read, trying again: {error}"),
        }
        // From now on, and not from when it was tried: a failure may take its time.
        let rested = self.clock.now().millis().saturating_add(RETRY_MILLIS);
        self.retry_at = Some(Timestamp::from_millis(rested));
        !self.stale
    }

    /// While the store does not answer: refuses what asks for something. Greetings are dropped, and the sockets that
    /// wait for them close; they will dial again.
    pub(super) fn put_off(&mut self, input: Input, now: Timestamp) {
        match input {
            Input::Asks { from, command } => self.ask_to_try_again(Some(from), &command, None),
            Input::Orders { command, answer } => self.ask_to_try_again(None, &command, answer),
            Input::SetsUp { answer, .. } => drop(answer.send(Err(SetupRefused::TryAgain))),
            Input::Releases { answer, .. } => drop(answer.send(Err(WorkflowRefused::TryAgain))),
            Input::Leaves(_) | Input::Unwatches { .. } | Input::AgentIdles { .. } | Input::SessionEnds(_) => {
                self.take(input, now);
            }
            Input::VisitorJoins { .. }
            | Input::VisitorState { .. }
            | Input::IsHere { .. }
            | Input::AgentJoins { .. }
            | Input::Looks(_)
            | Input::Watches { .. }
            | Input::VisitorTypes { .. }
            | Input::AgentTypes { .. } => {}
        }
    }

    fn replace_memory(&mut self, mut board: Switchboard, revision: u64, now: Timestamp) {
        board.dropped().for_each(|agent| self.presence.found(agent, now));
        for (agent, reach) in self.presence.known() {
            board.apply(&Change::Connection { agent, reach, at: now });
        }
        // A commit whose answer was lost has kept events nobody was told of. Whoever resumes reads them.
        let kept = |(id, number): (&_, &u64)| board.state_now(*id).map_or(0, |state| state.number) != *number;
        if self.doubtful.iter().any(kept) {
            tracing::warn!("a save that seemed to fail was kept: everybody is asked to connect again");
            self.hub.everybody_leaves();
            let _ = self.feed.send(None);
        }
        for agent in self.hub.agents_here().iter().filter(|agent| self.hub.is_idle(**agent) == Some(true)) {
            board.apply(&Change::Idle { agent: *agent, idle: true });
        }
        for visitor in self.hub.visitors_here() {
            board.apply(&Change::VisitorConnection { visitor, gone: None });
            if let Some(page) = self.board.page_of(visitor).cloned() {
                board.apply(&Change::PageSeen { visitor, page });
            }
        }
        self.doubtful.clear();
        self.places = Places::default();
        self.board = board;
        self.revision = revision;
        self.stale = false;
    }

    pub(super) fn ask_to_try_again(
        &mut self,
        from: Option<ConnectionId>,
        command: &Command,
        answer: Option<oneshot::Sender<Answer>>,
    ) {
        let refusal =
            Refusal::new(RefusalCode::TryAgain, "this could not be saved at the moment: send it again later");
        let request = command.request().map(|(_, request)| request);
        let refused = Answer::Refused(request, refusal);
        if let (Some(from), Some(request)) = (from, request) {
            self.held.entry(from).or_insert(request);
        }
        if let Some(from) = from {
            tell::tell_answer(&mut self.hub, from, refused.clone());
        }
        if let Some(answer) = answer {
            let _ = answer.send(refused);
        }
    }
}

/// The switchboard as the store has it, with nobody connected, and the revision of its setup.
pub async fn rebuild(
    workspace: &WorkspaceId,
    store: &dyn Store,
    now: Timestamp,
) -> Result<(Switchboard, u64), StoreError> {
    let row = store.setup(workspace).await?;
    let (revision, setup) = row.map(|row| (row.revision, row.setup)).unwrap_or_default();
    let directory = Directory::new(setup).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        StoreError::Unreadable(format!("setup {revision}: {}", faults.join("; ")))
    })?;
    let rows = people::adopt(workspace, directory.setup(), store, store.agents(workspace).await?).await?;
    let standings = rows.into_iter().map(|row| (row.id, row.standing)).collect();
    let mut conversations = store.live_conversations(workspace).await?;
    know_visitors(&mut conversations, workspace, store).await?;
    let mut board = Switchboard::restore(directory, standings, conversations, now);
    workflows::take_up(&mut board, workspace, store, now).await?;
    Ok((board, revision))
}

/// Gives those that are over what is known of their visitors now: it may have been learned in a later conversation.
pub async fn know_visitors(
    conversations: &mut [Conversation],
    workspace: &WorkspaceId,
    store: &dyn Store,
) -> Result<(), StoreError> {
    let over = conversations.iter().filter(|one| one.state().is_over());
    let visitors: BTreeSet<VisitorId> = over.map(|one| one.visitor).collect();
    if visitors.is_empty() {
        return Ok(());
    }
    let visitors: Vec<VisitorId> = visitors.into_iter().collect();
    let contacts: BTreeMap<_, _> = store.contacts(workspace, &visitors).await?.into_iter().collect();
    for one in conversations.iter_mut().filter(|one| one.state().is_over()) {
        if let Some(contact) = contacts.get(&one.visitor) {
            one.contact.clone_from(contact);
        }
    }
    Ok(())
}
