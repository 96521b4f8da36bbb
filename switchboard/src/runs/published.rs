//! Which workflows start, and what becomes of runs when that changes, or when the process starts again.

use super::hear::Noted;
use super::{Live, Runs};
use crate::conversation::{Conversation, Stage};
use crate::workflow::definition::{Exits, Trigger};
use crate::workflow::{self, Input, Stop, Workflow};
use crate::{Effect, RunMoved, Switchboard};
use protocol::{ConversationId, RunId, SlugError, Timestamp, WorkflowId};
use std::sync::Arc;

/// Seconds for which a run goes on after its conversation was closed. Without a bound, a question that nobody answers
/// would be kept for ever.
pub const AFTER_CLOSE_SECONDS_MAX: u64 = 7 * 86_400;

impl Switchboard {
    /// From here on this version starts; runs of others go on with theirs. An older definition published again, under a
    /// new number, is a way back.
    pub fn publish(&mut self, version: u32, workflow: Arc<Workflow>) -> Result<(), SlugError> {
        let id = WorkflowId::new(workflow.id.0.clone())?;
        self.runs.published.insert(id, (version, workflow));
        Ok(())
    }

    /// It starts no more. Its runs go on to their end, or are stopped when [`Switchboard::route`] is called next.
    pub fn stop_workflow(&mut self, id: &WorkflowId, cancel_runs: bool) {
        self.runs.published.remove(id);
        let runs: Vec<(ConversationId, RunId)> = self
            .runs
            .live
            .values()
            .filter(|live| cancel_runs && live.moved.workflow == *id)
            .map(|live| (live.moved.conversation, live.moved.id))
            .collect();
        for (conversation, run) in runs {
            self.runs.note(Noted::Told { conversation, run, input: Input::Stopped(Stop::WithWorkflow) });
        }
    }

    /// The version of a workflow that starts now.
    pub fn published(&self, id: &WorkflowId) -> Option<u32> {
        self.runs.published.get(id).map(|(version, _)| *version)
    }

    /// Whether any run of a workflow has not ended.
    pub fn runs_somewhere(&self, id: &WorkflowId) -> bool {
        self.runs.live.values().any(|live| live.moved.workflow == *id)
    }

    /// Runs of a conversation that have not ended, the oldest first.
    pub fn runs_in(&self, conversation: ConversationId) -> impl Iterator<Item = &RunMoved> {
        self.runs.of(conversation).map(|live| &live.moved)
    }

    /// Runs that had not ended when the process did, after [`Switchboard::restore`]. `closed` are their conversations that
    /// are over; `definition` gives the version of a workflow a run began with. A run without its conversation or its
    /// definition ends when [`Switchboard::route`] is called next.
    pub fn take_up(
        &mut self,
        runs: Vec<RunMoved>,
        closed: Vec<Conversation>,
        definition: impl Fn(&WorkflowId, u32) -> Option<Arc<Workflow>>,
        now: Timestamp,
    ) {
        for moved in runs.into_iter().filter(|moved| moved.run.ended().is_none()) {
            let (conversation, run) = (moved.conversation, moved.id);
            let known = definition(&moved.workflow, moved.version);
            if known.is_none() {
                self.runs.note(Noted::Told { conversation, run, input: Input::Stopped(Stop::WithWorkflow) });
            }
            let workflow = known.unwrap_or_else(|| Arc::new(nothing(&moved.workflow)));
            self.runs.put(Live { moved: RunMoved { wants: Vec::new(), ..moved }, workflow, due: None });
        }
        for conversation in closed {
            if self.runs.holds(conversation.id) && !self.conversations.contains_key(&conversation.id) {
                self.refile(conversation.id, Some(Box::new(conversation)), now);
            }
        }
        self.share_contacts();
        let conversations: Vec<ConversationId> = self.runs.by_conversation.keys().copied().collect();
        for conversation in conversations {
            self.file_runs(conversation);
            self.runs.note_turn(conversation);
        }
    }

    /// What runs want done outside, now that what [`Switchboard::decide`] and [`Switchboard::route`] led to is saved.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.runs.effects)
    }

    /// Lets go of what runs have yet to be told and do: after changes were applied that had been saved together with all
    /// they led to.
    pub fn forget_noted(&mut self) {
        let noted: Vec<Noted> = self.runs.noted.drain(..).collect();
        self.runs.noted_for.clear();
        self.runs.effects.clear();
        self.runs.ended.clear();
        self.runs.working = None;
        noted.into_iter().for_each(|noted| self.let_go(noted.conversation()));
    }

    /// Files when the runs of a conversation are due.
    pub(crate) fn file_runs(&mut self, id: ConversationId) {
        if !self.runs.by_conversation.contains_key(&id) {
            return;
        }
        let ends = match self.conversations.get(&id).map(|conversation| &conversation.stage) {
            Some(Stage::Closed { at, .. }) => Some(at.plus_seconds(AFTER_CLOSE_SECONDS_MAX)),
            // Lost: it ends as soon as time passes.
            None => Some(Timestamp::from_millis(0)),
            Some(
                Stage::Automated
                | Stage::Queued(_)
                | Stage::Offered { .. }
                | Stage::Open(_)
                | Stage::Pending { .. }
                | Stage::Spam { .. },
            ) => None,
        };
        let runs: Vec<RunId> = self.runs.by_conversation.get(&id).into_iter().flatten().copied().collect();
        runs.into_iter().for_each(|run| self.runs.file_due(run, ends));
    }

    /// A conversation that is over is kept no longer than something runs in it.
    pub(super) fn let_go(&mut self, id: ConversationId) {
        let over = self.conversations.get(&id).is_some_and(|one| one.is_gone());
        if over
            && !self.runs.holds(id)
            && let Some(gone) = self.conversations.remove(&id)
        {
            self.ended.insert(id, gone);
            self.refile(id, None, Timestamp::from_millis(0));
        }
    }
}

impl Runs {
    /// A conversation is not looked at any more.
    pub(crate) fn forget(&mut self, conversation: ConversationId) {
        self.begun.remove(&conversation);
    }

    pub(super) fn put(&mut self, live: Live) {
        self.by_conversation.entry(live.moved.conversation).or_default().insert(live.moved.id);
        self.live.insert(live.moved.id, live);
    }

    pub(super) fn take_out(&mut self, run: RunId) -> Option<Live> {
        let live = self.live.remove(&run)?;
        if let Some(due) = live.due {
            self.due.remove(&(due, run));
        }
        if let Some(runs) = self.by_conversation.get_mut(&live.moved.conversation) {
            runs.remove(&run);
            if runs.is_empty() {
                self.by_conversation.remove(&live.moved.conversation);
            }
        }
        Some(live)
    }

    fn file_due(&mut self, run: RunId, ends: Option<Timestamp>) {
        let Some(live) = self.live.get_mut(&run) else { return };
        let due = [live.moved.run.wakes_at(), ends].into_iter().flatten().min();
        if let Some(old) = std::mem::replace(&mut live.due, due) {
            self.due.remove(&(old, run));
        }
        self.due.extend(due.map(|due| (due, run)));
    }
}

/// Stands for a definition that is not there any more.
fn nothing(id: &WorkflowId) -> Workflow {
    Workflow {
        id: workflow::WorkflowId(id.to_string()),
        name: id.to_string(),
        trigger: Trigger::Manual,
        condition: workflow::definition::Condition::default(),
        once_per_contact: false,
        restart_when_triggered_again: false,
        survives_close: false,
        exits: Exits::default(),
        steps: Vec::new(),
    }
}
