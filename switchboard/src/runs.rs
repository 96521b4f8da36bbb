//! Workflows at work: runs that wait in conversations, what starts them, and what they do.

use crate::conversation::Conversation;
use crate::decide::draft::{Answered, Draft};
use crate::decide::staff::Staff;
use crate::workflow::{HttpAnswer, Run, Ticket};
use crate::{Decision, RunMoved, Switchboard};
use protocol::{ConversationId, Event, Refusal, RefusalCode, RunId, Timestamp, WorkflowId};
use std::collections::{BTreeMap, BTreeSet};

/// Every run that has not ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    live: BTreeMap<RunId, Live>,
    due: BTreeSet<(Timestamp, RunId)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Live {
    conversation: ConversationId,
    workflow: WorkflowId,
    version: u32,
    run: Run,
}

impl Runs {
    /// A run began, went on or ended.
    pub fn apply(&mut self, moved: &RunMoved) {
        if let Some(old) = self.live.remove(&moved.id).and_then(|live| live.run.wakes_at()) {
            self.due.remove(&(old, moved.id));
        }
        if moved.run.ended().is_some() {
            return;
        }
        if let Some(due) = moved.run.wakes_at() {
            self.due.insert((due, moved.id));
        }
        let RunMoved { id, conversation, workflow, version, run } = moved.clone();
        self.live.insert(id, Live { conversation, workflow, version, run });
    }

    /// When one of them is to be woken.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| *due)
    }

    /// The run that is to be woken first.
    pub fn first_due(&self, now: Timestamp) -> Option<(Timestamp, RunId)> {
        self.due.first().copied().filter(|(due, _)| *due <= now)
    }
}

impl Switchboard {
    pub(crate) fn hear_for_runs(&mut self, _conversation: &Conversation, _event: &Event) {}

    pub(crate) fn run_answered(
        &self,
        _run: RunId,
        _ticket: Ticket,
        _answer: &HttpAnswer,
        _now: Timestamp,
    ) -> Decision {
        Decision::default()
    }

    pub(crate) fn wake_run(&self, _run: RunId, _now: Timestamp) -> Decision {
        Decision::default()
    }

    pub(crate) fn start_by_hand(
        &self,
        _staff: &Staff<'_>,
        _draft: &mut Draft<'_>,
        workflow: &WorkflowId,
        _form: &[(String, String)],
    ) -> Result<Option<Answered>, Refusal> {
        Err(Refusal::new(
            RefusalCode::UnknownName,
            format!("there is no workflow `{workflow}` that agents can start"),
        ))
    }

    pub(crate) fn stop_by_hand(
        &self,
        _staff: &Staff<'_>,
        _draft: &mut Draft<'_>,
        workflow: &WorkflowId,
    ) -> Result<Option<Answered>, Refusal> {
        Err(Refusal::new(RefusalCode::UnknownName, format!("the workflow `{workflow}` does not run here")))
    }
}
