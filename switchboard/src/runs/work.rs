//! What was noted, worked off one by one.

use super::begin::Beginning;
use super::hear::Noted;
use super::occasion::Occasion;
use super::step::Step;
use super::{Live, Runs};
use crate::conversation::{Conversation, Stage};
use crate::decide::draft::Draft;
use crate::workflow::{HttpAnswer, Input, NotStarted, Stop, Ticket, What};
use crate::{Change, Decision, Switchboard};
use protocol::{Actor, Cause, ConversationId, RunId, Timestamp, WorkflowId};
use std::borrow::Cow;

/// Runs that begin in one conversation within [`BEGUN_WITHIN_SECONDS`]; more are taken for workflows that call each other
/// without end, in whatever way.
pub const BEGUN_MAX: usize = 100;

/// See [`BEGUN_MAX`].
pub const BEGUN_WITHIN_SECONDS: u64 = 60;

impl Switchboard {
    /// The next step of a workflow that follows from what was applied.
    pub(crate) fn work(&mut self, now: Timestamp) -> Option<Vec<Change>> {
        loop {
            if let Some(done) = self.runs.working.take() {
                self.let_go(done);
            }
            let Some(noted) = self.runs.next_noted() else {
                self.runs.ended.clear();
                return None;
            };
            let changes = match &noted {
                Noted::Occasion { conversation, workflow, occasion } => {
                    let (changes, again) = self.occasion(*conversation, workflow, occasion, now);
                    if again {
                        self.runs.note_again(noted.clone());
                    }
                    changes
                }
                Noted::Told { run, input, .. } => self.tell(*run, input, now),
                Noted::Turn { conversation } => self.grant_turn(*conversation, now),
            };
            if !changes.is_empty() {
                return Some(changes);
            }
        }
    }

    /// Another system answered a run's call, or failed to.
    pub(crate) fn run_answered(
        &self,
        run: RunId,
        ticket: Ticket,
        answer: &HttpAnswer,
        now: Timestamp,
    ) -> Decision {
        let input = Input::HttpAnswered { ticket, answer: answer.clone() };
        Decision::of(self.advance_run(run, input, now))
    }

    /// It is time for a run.
    pub(crate) fn wake_run(&self, run: RunId, now: Timestamp) -> Decision {
        let Some(live) = self.runs.live.get(&run) else { return Decision::default() };
        if !self.conversations.contains_key(&live.moved.conversation) {
            return Decision::of(vec![lost(live, now)]);
        }
        let wakes = live.moved.run.wakes_at().is_some_and(|at| at <= now);
        let input = if wakes { Input::TimeReached } else { Input::Stopped(Stop::WithWorkflow) };
        Decision::of(self.advance_run(run, input, now))
    }

    /// Whether a workflow starts, and what that leads to. Whether to look again: its own run had to be stopped first.
    fn occasion(
        &self,
        id: ConversationId,
        workflow: &WorkflowId,
        occasion: &Occasion,
        now: Timestamp,
    ) -> (Vec<Change>, bool) {
        let Some(conversation) = self.conversations.get(&id) else { return (Vec::new(), false) };
        let beginning = Beginning { board: self, conversation, workflow, occasion, now };
        match beginning.may_begin() {
            Ok(None) => {
                let (run, cause) = (beginning.run_id(), beginning.cause());
                let by = Actor::Workflow { workflow: workflow.clone(), run };
                let mut draft = Draft::about(self, Cow::Borrowed(conversation), by, cause, now);
                beginning.begin(&mut draft);
                (draft.into_changes(), false)
            }
            Ok(Some(own)) => (self.advance_run(own, Input::Stopped(Stop::Restarted), now), true),
            Err(why) => (self.log_refusal(id, workflow, occasion, why, now), false),
        }
    }

    fn tell(&self, run: RunId, input: &Input, now: Timestamp) -> Vec<Change> {
        let owner = |run: &Live| self.conversation(run.moved.conversation).and_then(Conversation::owner);
        let live = self.runs.live.get(&run);
        if let (Input::Assigned { agent, .. }, Some(live)) = (input, live)
            && owner(live) != Some(*agent)
        {
            // It has changed hands since, and the run is told of that too.
            return Vec::new();
        }
        self.advance_run(run, input.clone(), now)
    }

    /// Takes a run one input further, by itself.
    fn advance_run(&self, run: RunId, input: Input, now: Timestamp) -> Vec<Change> {
        let Some(live) = self.runs.live.get(&run) else { return Vec::new() };
        let Some(conversation) = self.conversations.get(&live.moved.conversation) else {
            return vec![lost(live, now)];
        };
        let by = Actor::Workflow { workflow: live.moved.workflow.clone(), run };
        let cause = Cause::Workflows(super::begin::chain(&live.moved.run, &live.workflow));
        // Whatever it would do, nothing is said to who sends spam, nor asked of others for them.
        let input = if conversation.is_spam() { Input::Spam } else { input };
        let mut draft = Draft::about(self, Cow::Borrowed(conversation), by, cause, now);
        Step::of(&mut draft, live).take(input);
        draft.into_changes()
    }

    /// Whoever has waited longest may ask, unless somebody's question is open.
    fn grant_turn(&self, id: ConversationId, now: Timestamp) -> Vec<Change> {
        if self.runs.asks(id) {
            return Vec::new();
        }
        let in_line = self.runs.of(id).filter_map(|live| {
            let ticket = live.moved.run.turn_wanted()?;
            Some((live.moved.bonds.line, live.moved.id, ticket))
        });
        let Some((_, run, ticket)) = in_line.min() else { return Vec::new() };
        self.advance_run(run, Input::TurnGranted { ticket }, now)
    }

    /// What did not start is written where people look for it: in the log of the run that is in the way, or that led to it.
    fn log_refusal(
        &self,
        id: ConversationId,
        workflow: &WorkflowId,
        occasion: &Occasion,
        why: NotStarted,
        now: Timestamp,
    ) -> Vec<Change> {
        let run = match why {
            NotStarted::OtherTrigger | NotStarted::Condition | NotStarted::RanBefore | NotStarted::Spam => {
                None
            }
            NotStarted::AlreadyRunning => self.runs.running(id, workflow).map(|live| &live.moved),
            NotStarted::Circle
            | NotStarted::ChainTooLong
            | NotStarted::TooOften
            | NotStarted::NotPublished => occasion.by.and_then(|by| self.runs.at_work(by)),
        };
        let Some(mut moved) = run.cloned() else { return Vec::new() };
        let workflow = crate::workflow::WorkflowId(workflow.to_string());
        moved.run.note(What::NotStarted(workflow, why), now);
        vec![Change::Ran(moved)]
    }
}

impl Runs {
    /// Whether as many runs have begun in a conversation lately as may.
    pub(super) fn is_too_busy(&self, id: ConversationId, now: Timestamp) -> bool {
        let begun = self.begun.get(&id).filter(|begun| begun.len() >= BEGUN_MAX);
        let first = begun.and_then(|begun| begun.front());
        first.is_some_and(|first| now <= first.plus_seconds(BEGUN_WITHIN_SECONDS))
    }

    fn next_noted(&mut self) -> Option<Noted> {
        let noted = self.noted.pop_front()?;
        let id = noted.conversation();
        if let Some(left) = self.noted_for.get_mut(&id) {
            *left -= 1;
            if *left == 0 {
                self.noted_for.remove(&id);
            }
        }
        self.working = Some(id);
        Some(noted)
    }

    fn note_again(&mut self, noted: Noted) {
        *self.noted_for.entry(noted.conversation()).or_default() += 1;
        self.noted.push_front(noted);
    }
}

/// A run whose conversation is not there any more.
fn lost(live: &Live, now: Timestamp) -> Change {
    let mut moved = live.moved.clone();
    moved.run.lose(now);
    Change::Ran(moved)
}

impl Conversation {
    /// Whether it is taken for spam.
    pub(super) fn is_spam(&self) -> bool {
        matches!(self.stage, Stage::Spam { .. })
    }

    /// Whether somebody can be given it now.
    pub(super) fn can_be_given(&self) -> bool {
        match self.stage {
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Open(_)
            | Stage::Pending { .. } => true,
            Stage::Spam { .. } | Stage::Closed { .. } => false,
        }
    }
}
