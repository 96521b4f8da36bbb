//! One run, taken one input further: what it wants becomes events of its conversation.

use super::Live;
use super::bonds::Want;
use super::facts::Sights;
use crate::conversation::Stage;
use crate::decide::draft::Draft;
use crate::decide::{closing, ownership, queueing};
use crate::workflow::{self, CAUSES_MAX, Effect, Input, NotStarted, What, Workflow, advance};
use crate::{Change, RunMoved};
use protocol::setup::ReasonUse;
use protocol::{ClosingSource, Happening, OfferEnd, QueuedWhy, ReasonId, UnassignedWhy, WakeWhy, WorkflowId};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// See the module.
pub struct Step<'d, 'b> {
    pub draft: &'d mut Draft<'b>,
    pub moved: RunMoved,
    workflow: Arc<Workflow>,
    before: RunMoved,
}

impl<'d, 'b> Step<'d, 'b> {
    /// A step of a run whose events go to this draft.
    pub fn of(draft: &'d mut Draft<'b>, live: &Live) -> Self {
        let workflow = Arc::clone(&live.workflow);
        Self { draft, moved: live.moved.clone(), workflow, before: live.moved.clone() }
    }

    /// Tells the run something, does what it wants, and tells it what came of that at once. That the run moved comes after
    /// its events: so its conversation, even when it is over, is kept while they are applied.
    pub fn take(mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let sights = Sights { board: self.draft.board, conversation: self.draft.conversation() };
            let now = self.draft.now;
            let effects = advance(&self.workflow, &mut self.moved.run, input, &sights, now);
            inputs.extend(effects.into_iter().filter_map(|effect| self.perform(effect)));
        }
        if self.moved.run.turn_wanted().is_none() {
            self.moved.bonds.line = None;
        }
        if self.moved.run.wish().is_none() {
            self.moved.bonds.wish = None;
        }
        if self.moved != self.before {
            self.draft.also(Change::Ran(self.moved));
        }
    }

    /// Does one thing. What comes of it at once is the answer.
    fn perform(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Say { text, options } => self.say(&text, options),
            Effect::Comment { text, mentions } => self.comment(text, &mentions),
            Effect::Assign(wanted) => return self.assign(&wanted),
            Effect::WithdrawAssign { .. } => self.withdraw(),
            Effect::Unassign => self.unassign(),
            Effect::Tag { change, tags } => self.tag(change, &tags),
            Effect::Field { field, value } => self.field(field, &value),
            Effect::Open => self.open(),
            Effect::Close { category, summary } => self.close(category, &summary),
            Effect::Request(wanted) => self.moved.wants.push(Want::Call(wanted)),
            Effect::Trigger { workflow, from, told, causes } => self.trigger(workflow, from, told, &causes),
            Effect::AskForTurn { ticket } => return Some(self.ask_for_turn(ticket)),
            Effect::Ended(end) => {
                let (workflow, run) = (self.moved.workflow.clone(), self.moved.id);
                let how = end.code().to_owned();
                self.draft.add(Happening::WorkflowEnded { workflow, run, how });
            }
            // Known by the run itself.
            Effect::ReleaseTurn | Effect::WakeAt(_) | Effect::Log(_) => {}
        }
        None
    }

    /// It may ask when nobody else does, or waits for that.
    fn ask_for_turn(&mut self, ticket: workflow::Ticket) -> Input {
        let (id, own) = (self.moved.conversation, self.moved.id);
        let others = || self.draft.board.runs.of(id).filter(|live| live.moved.id != own);
        let last = others().filter_map(|live| live.moved.bonds.line).max();
        if last.is_none() && !others().any(|live| live.moved.run.has_question()) {
            return Input::TurnGranted { ticket };
        }
        self.moved.bonds.line = Some(last.unwrap_or_default() + 1);
        Input::TurnRefused { ticket }
    }

    /// A workflow that led to this run, or one step too many of a chain, is not started; that is seen at once.
    fn trigger(
        &mut self,
        workflow: workflow::WorkflowId,
        from: Option<String>,
        told: BTreeMap<String, workflow::Value>,
        causes: &[workflow::WorkflowId],
    ) {
        let known = WorkflowId::new(workflow.0.clone()).ok();
        let known = known.filter(|id| self.draft.board.runs.published.contains_key(id));
        let refused = match &known {
            None => Some(NotStarted::NotPublished),
            Some(_) if causes.contains(&workflow) => Some(NotStarted::Circle),
            Some(_) if causes.len() > CAUSES_MAX => Some(NotStarted::ChainTooLong),
            Some(_) => None,
        };
        match (known, refused) {
            (Some(workflow), None) => {
                let causes = super::begin::chain_of(causes);
                self.moved.wants.push(Want::Start { workflow, from, told, causes });
            }
            (_, why) => {
                let why = why.unwrap_or(NotStarted::NotPublished);
                self.moved.run.note(What::NotStarted(workflow, why), self.draft.now);
            }
        }
    }

    /// It waits where it belongs.
    fn unassign(&mut self) {
        if self.draft.conversation().owner().is_some() {
            ownership::requeue(self.draft, UnassignedWhy::Taken, QueuedWhy::Unassigned);
        }
    }

    /// What is over or put aside is open again; whose it is, the steps that follow say. A visitor has one conversation: when
    /// they have begun another, this one stays closed.
    fn open(&mut self) {
        match self.draft.stage() {
            Stage::Closed { .. } if self.draft.board.of_visitor(self.visitor()).is_none() => {
                closing::reopen(self.draft);
            }
            Stage::Pending { .. } => self.draft.add(Happening::Woken { why: WakeWhy::StaffAsked }),
            Stage::Closed { .. }
            | Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Open(_)
            | Stage::Spam { .. } => {}
        }
    }

    /// A category that is not configured any more is left out, which the log says: what closes by itself needs none.
    fn close(&mut self, category: Option<String>, summary: &str) {
        if self.draft.conversation().state().is_over() {
            return;
        }
        let known = category.as_ref().and_then(|category| self.reason(category));
        if let Some(category) = category.filter(|_| known.is_none()) {
            self.moved.run.note(What::NoSuchCategory(category), self.draft.now);
        }
        queueing::withdraw_offers(self.draft, OfferEnd::Withdrawn, None);
        ownership::end_passing(self.draft, OfferEnd::Withdrawn, None);
        let note = super::say::note(summary);
        let closed = closing::of(self.draft, ClosingSource::Workflow, known, note);
        self.draft.add(Happening::Closed(closed));
    }

    /// The reason for closing of this id.
    fn reason(&self, category: &str) -> Option<ReasonId> {
        let reasons = &self.draft.board.directory().setup().reasons;
        let id = ReasonId::new(category).ok()?;
        let closes = reasons.get(&id).is_some_and(|reason| reason.uses.contains(&ReasonUse::Close));
        closes.then_some(id)
    }

    fn visitor(&self) -> protocol::VisitorId {
        self.draft.conversation().visitor
    }
}
