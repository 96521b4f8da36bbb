//! When saving fails: nothing is told, every asker is asked to try again, and memory is rebuilt from the store.

use super::turn::Turn;
use super::{Ask, Input, Runtime, tell};
use crate::config::Workspace;
use crate::people;
use crate::socket::hub::ConnectionId;
use crate::store::{Store, StoreError};
use protocol::{Refusal, RefusalCode, Timestamp};
use switchboard::{Change, Command, Switchboard};

/// Wait before the store is tried again unasked.
const RETRY_SECONDS: u64 = 1;

impl Runtime {
    /// Takes a turn back. Fails when this process no longer owns the workspace.
    pub(super) async fn failed(
        &mut self,
        turn: &Turn,
        asks: &[Ask],
        error: StoreError,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if let StoreError::NotOwner(_) = error {
            return Err(error);
        }
        tracing::error!("nothing could be saved, {} askers are told to try again: {error}", asks.len());
        self.healthy.send_replace(false);
        for (from, command) in asks {
            if let Some(from) = from {
                self.ask_to_try_again(*from, command);
            }
        }
        for (id, before) in &turn.touched {
            let number = before.state.as_ref().map_or(0, |state| state.number);
            self.doubtful.entry(*id).or_insert(number);
        }
        self.stale = true;
        self.mend(now).await;
        Ok(())
    }

    /// Rebuilds memory from the store; `false` while the store does not answer.
    pub(super) async fn mend(&mut self, now: Timestamp) -> bool {
        self.retry_at = Some(now.plus_seconds(RETRY_SECONDS));
        match rebuild(&self.workspace, self.store.as_ref()).await {
            Ok(board) => self.replace_memory(board),
            Err(error) => tracing::error!("the store cannot be read, trying again: {error}"),
        }
        !self.stale
    }

    /// While the store does not answer: refuses what asks for something. Greetings are dropped, and the sockets that
    /// wait for them close; they will dial again.
    pub(super) fn put_off(&mut self, input: Input) {
        match input {
            Input::Asks { from, command } => self.ask_to_try_again(from, &command),
            Input::Leaves(_) | Input::Unwatches { .. } | Input::SessionEnds(_) => {
                self.take(input);
            }
            Input::VisitorJoins { .. }
            | Input::VisitorState { .. }
            | Input::AgentJoins { .. }
            | Input::Watches { .. }
            | Input::VisitorTypes { .. }
            | Input::AgentTypes { .. } => {}
        }
    }

    fn replace_memory(&mut self, mut board: Switchboard) {
        for agent in self.presence.here() {
            board.apply(&Change::Connection { agent, connected: true });
        }
        // A commit whose answer was lost has kept events nobody was told of. Whoever resumes reads them.
        let kept = |(id, number): (&_, &u64)| board.state_now(*id).map_or(0, |state| state.number) != *number;
        if self.doubtful.iter().any(kept) {
            tracing::warn!("a save that seemed to fail was kept: everybody is asked to connect again");
            self.hub.everybody_leaves();
        }
        self.doubtful.clear();
        self.places = tell::Places::of(&board);
        self.board = board;
        self.stale = false;
    }

    fn ask_to_try_again(&mut self, from: ConnectionId, command: &Command) {
        let refusal =
            Refusal::new(RefusalCode::TryAgain, "this could not be saved at the moment: send it again later");
        let request = command.request().map(|(_, request)| request);
        tell::tell_answer(&mut self.hub, from, super::turn::Answer::Refused(request, refusal));
    }
}

/// The switchboard as the store has it, with nobody connected.
pub async fn rebuild(workspace: &Workspace, store: &dyn Store) -> Result<Switchboard, StoreError> {
    let agents = store.agents(&workspace.id).await?;
    let mut board = Switchboard::new(people::directory(workspace, &agents));
    for event in store.open_conversations(&workspace.id).await? {
        board.apply(&Change::Happened { event, asker: None });
    }
    Ok(board)
}
