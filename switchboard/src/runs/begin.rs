//! How a run begins.

use super::bonds::Bonds;
use super::facts::Sights;
use super::occasion::Occasion;
use super::step::Step;
use super::{Live, Runs};
use crate::conversation::Conversation;
use crate::decide::draft::Draft;
use crate::workflow::{self, Input, NotStarted, Run, Start, Workflow, may_start};
use crate::{Published, RunMoved, Switchboard};
use protocol::{Cause, ConversationId, Happening, RunId, Timestamp, WorkflowId};
use std::sync::Arc;

/// A workflow that may begin.
pub struct Beginning<'a> {
    pub board: &'a Switchboard,
    pub conversation: &'a Conversation,
    pub workflow: &'a WorkflowId,
    pub occasion: &'a Occasion,
    pub now: Timestamp,
}

impl Beginning<'_> {
    /// Whether it may begin, and its own run that has to end first.
    pub fn may_begin(&self) -> Result<Option<RunId>, NotStarted> {
        let runs: &Runs = &self.board.runs;
        let (_, workflow) = self.published()?;
        let id = self.conversation.id;
        let own = runs.running(id, self.workflow).map(|live| live.moved.id);
        let causes: Vec<workflow::WorkflowId> =
            self.occasion.causes.iter().map(|cause| workflow::WorkflowId(cause.to_string())).collect();
        let occasion = workflow::Occasion {
            happened: &self.occasion.happened,
            told: &self.occasion.told,
            causes: &causes,
            running: own.is_some(),
            ran_before: self.conversation.contact.ran.contains(self.workflow),
        };
        let sights = Sights { board: self.board, conversation: self.conversation };
        let start = may_start(workflow, &occasion, &sights, self.now)?;
        if self.conversation.is_spam() {
            return Err(NotStarted::Spam);
        }
        if runs.is_too_busy(id, self.now) {
            return Err(NotStarted::TooOften);
        }
        Ok(match start {
            Start::Fresh => None,
            Start::InPlace => own,
        })
    }

    /// Its first step, after the event that says that it began.
    pub fn begin(&self, draft: &mut Draft<'_>) {
        let Ok((version, workflow)) = self.published() else { return };
        let happening = self.started(*version);
        draft.add(happening);
        self.go(draft, *version, workflow);
    }

    /// The event that says that it began.
    pub fn started(&self, version: u32) -> Happening {
        Happening::WorkflowStarted { workflow: self.workflow.clone(), version, run: self.run_id() }
    }

    /// Its first step.
    pub fn go(&self, draft: &mut Draft<'_>, version: u32, workflow: &Arc<Workflow>) {
        let causes = self.occasion.causes.iter().map(|cause| workflow::WorkflowId(cause.to_string()));
        let moved = RunMoved {
            id: self.run_id(),
            conversation: self.conversation.id,
            workflow: self.workflow.clone(),
            version,
            run: Run::new(causes.collect()),
            bonds: Bonds::default(),
            wants: Vec::new(),
        };
        let live = Live { moved, workflow: Arc::clone(workflow), due: None };
        let (told, from) = (self.occasion.told.clone(), self.occasion.from.clone());
        Step::of(draft, &live).take(Input::Started { told, from });
    }

    /// The workflows that lead to what it does: those that led to it, and itself.
    pub fn cause(&self) -> Cause {
        Cause::Workflows(self.occasion.causes.iter().chain([self.workflow]).cloned().collect())
    }

    pub fn run_id(&self) -> RunId {
        run_id(self.conversation.id, self.conversation.number + 1, self.now)
    }

    pub fn published(&self) -> Result<&Published, NotStarted> {
        self.board.runs.published.get(self.workflow).ok_or(NotStarted::NotPublished)
    }
}

/// The workflows that lead to what a run does.
pub fn chain(run: &Run, workflow: &Workflow) -> Vec<WorkflowId> {
    chain_of(&run.causes_of_its_own(workflow))
}

/// A chain, with the names of the wire: what is not published leads to nothing.
pub fn chain_of(causes: &[workflow::WorkflowId]) -> Vec<WorkflowId> {
    causes.iter().filter_map(|cause| WorkflowId::new(cause.0.clone()).ok()).collect()
}

/// Follows from the conversation and the number of the event that begins the run, since chance has no place here. Runs of
/// one conversation that begin in the same millisecond are in order too.
fn run_id(conversation: ConversationId, number: u64, now: Timestamp) -> RunId {
    /// Odd, so that no two numbers lead to the same id; large, so that neighbouring conversations stay apart.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let [.., a, b, c, d, e, f, g, h] = *conversation.0.as_bytes();
    let tail = u64::from_be_bytes([a, b, c, d, e, f, g, h]).wrapping_add(number.wrapping_mul(SPREAD));
    let mut chance = [0; 10];
    let [.., high, low] = number.to_be_bytes();
    chance[..2].copy_from_slice(&[high, low]);
    chance[2..].copy_from_slice(&tail.to_be_bytes());
    RunId::at(now, chance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn runs_have_ids_of_their_own_in_the_order_of_their_beginning() {
        let now = Timestamp::from_millis(1_795_219_200_000);
        let mut known = BTreeSet::new();
        for conversation in 0..50 {
            let conversation = ConversationId(Uuid::from_u128(conversation));
            let ids: Vec<RunId> = (1..200).map(|number| run_id(conversation, number, now)).collect();
            assert!(ids.is_sorted(), "{conversation}");
            known.extend(ids);
        }
        assert_eq!(known.len(), 50 * 199);
        assert!(known.last() < Some(&run_id(ConversationId(Uuid::nil()), 1, now.plus_seconds(1))));
    }
}
