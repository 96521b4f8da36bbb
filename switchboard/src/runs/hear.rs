//! What is noted of every event: what runs are told of it, and which workflows it may start.

use super::occasion::{Occasion, occasion, starts_with};
use super::{Live, Runs, Want};
use crate::conversation::Conversation;
use crate::workflow::{self, Happened, Input, Value};
use crate::{Effect, RunMoved, Switchboard};
use protocol::{
    Actor, AssignedHow, Author, BrowserAuthor, Cause, ConversationId, Event, Happening, RunId, Timestamp,
    WorkflowId,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is to be looked at.
#[derive(Clone, Debug)]
pub enum Noted {
    /// A workflow may start.
    Occasion { conversation: ConversationId, workflow: WorkflowId, occasion: Arc<Occasion> },
    /// A run is told something.
    Told { conversation: ConversationId, run: RunId, input: Input },
    /// Whoever has waited longest may ask.
    Turn { conversation: ConversationId },
}

impl Noted {
    pub fn conversation(&self) -> ConversationId {
        match self {
            Self::Occasion { conversation, .. }
            | Self::Told { conversation, .. }
            | Self::Turn { conversation } => *conversation,
        }
    }
}

impl Switchboard {
    /// Notes what an event of a conversation, now in this state, is to runs and workflows. First what runs are told: one
    /// that ends with it can be followed by another.
    pub(crate) fn hear_for_runs(&mut self, conversation: &Conversation, event: &Event) {
        let id = conversation.id;
        if let Happening::WorkflowStarted { .. } = event.happening {
            self.runs.note_begun(id, event.at);
        }
        let by = match &event.by {
            Actor::Workflow { run, .. } => Some(*run),
            Actor::Visitor
            | Actor::Agent(_)
            | Actor::Program { .. }
            | Actor::ForAgent { .. }
            | Actor::Router
            | Actor::Bridge => None,
        };
        let told: Vec<(RunId, Input)> = self
            .runs
            .of(id)
            .filter(|live| Some(live.moved.id) != by)
            .filter_map(|live| Some((live.moved.id, input(live, event)?)))
            .collect();
        for (run, input) in told {
            self.runs.note(Noted::Told { conversation: id, run, input });
        }
        let causes = match &event.cause {
            Cause::Workflows(chain) => chain.clone(),
            Cause::Asked
            | Cause::Follows
            | Cause::Matched
            | Cause::Timer(_)
            | Cause::Presence
            | Cause::Setup => Vec::new(),
        };
        if let Some((happened, told)) = occasion(event) {
            self.runs.note_occasion(id, Occasion { happened, told, from: None, causes, by });
        }
    }

    /// Something happened that is no event.
    pub(crate) fn occurred(
        &mut self,
        id: ConversationId,
        happened: &Happened,
        told: &BTreeMap<String, Value>,
    ) {
        let (happened, told) = (happened.clone(), told.clone());
        let occasion = Occasion { happened, told, from: None, causes: Vec::new(), by: None };
        self.runs.note_occasion(id, occasion);
    }

    /// A run began, went on or ended.
    pub(crate) fn apply_run(&mut self, moved: &RunMoved) {
        let id = moved.conversation;
        self.runs.moved(moved);
        self.file_runs(id);
        self.runs.note_turn(id);
        self.let_go(id);
    }
}

impl Runs {
    /// Notes something to be looked at, after all that was noted before.
    pub fn note(&mut self, noted: Noted) {
        *self.noted_for.entry(noted.conversation()).or_default() += 1;
        self.noted.push_back(noted);
    }

    /// Notes that the next question may be asked, when somebody waits for that and nobody's is open.
    pub fn note_turn(&mut self, id: ConversationId) {
        let waited_for = self.of(id).any(|live| live.moved.run.turn_wanted().is_some());
        let noted = || {
            let mut turns = self.noted.iter();
            turns.any(|noted| matches!(noted, Noted::Turn { conversation } if *conversation == id))
        };
        if waited_for && !self.asks(id) && !noted() {
            self.note(Noted::Turn { conversation: id });
        }
    }

    fn note_occasion(&mut self, conversation: ConversationId, occasion: Occasion) {
        let kind = std::mem::discriminant(&occasion.happened);
        let may = |workflow: &workflow::Workflow| starts_with(&workflow.trigger) == Some(kind);
        let all = self.published.iter().filter(|(_, (_, workflow))| may(workflow));
        let workflows: Vec<WorkflowId> = all.map(|(id, _)| id.clone()).collect();
        let occasion = Arc::new(occasion);
        for workflow in workflows {
            self.note(Noted::Occasion { conversation, workflow, occasion: Arc::clone(&occasion) });
        }
    }

    fn note_begun(&mut self, id: ConversationId, at: Timestamp) {
        let begun = self.begun.entry(id).or_default();
        begun.push_back(at);
        while begun.len() > super::BEGUN_MAX {
            begun.pop_front();
        }
    }

    fn moved(&mut self, moved: &RunMoved) {
        let before = self.take_out(moved.id).map(|live| live.workflow);
        let known = before.or_else(|| self.published.get(&moved.workflow).map(|one| Arc::clone(&one.1)));
        self.want(moved);
        let kept = RunMoved { wants: Vec::new(), ..moved.clone() };
        if moved.run.ended().is_some() {
            self.ended.insert(moved.id, kept);
        } else if let Some(workflow) = known {
            self.put(Live { moved: kept, workflow, due: None });
        }
    }

    fn want(&mut self, moved: &RunMoved) {
        for want in &moved.wants {
            match want {
                Want::Call(wanted) => {
                    self.effects.push(Effect::Request { run: moved.id, wanted: wanted.clone() })
                }
                Want::Start { workflow, from, told, causes } => {
                    let occasion = Arc::new(Occasion {
                        happened: Happened::Manual(workflow::WorkflowId(workflow.to_string())),
                        told: told.clone(),
                        from: from.clone(),
                        causes: causes.clone(),
                        by: Some(moved.id),
                    });
                    let (conversation, workflow) = (moved.conversation, workflow.clone());
                    self.note(Noted::Occasion { conversation, workflow, occasion });
                }
            }
        }
    }
}

/// What a run is told of an event; `None` when it is nothing to runs.
fn input(live: &Live, event: &Event) -> Option<Input> {
    let run = &live.moved.run;
    match &event.happening {
        Happening::Said { author: Author::Browser(BrowserAuthor::Visitor), content, .. } => {
            Some(Input::VisitorSaid { text: content.as_plain_text() })
        }
        Happening::Said { author: Author::Agent(_), .. } => Some(Input::HumanSaid),
        Happening::Assigned { to, how, .. } => {
            let agent = to.id;
            match how {
                AssignedHow::Accepted
                | AssignedHow::Routed
                | AssignedHow::Returned
                | AssignedHow::ByWorkflow => run.wish().map(|ticket| Input::Assigned { ticket, agent }),
                AssignedHow::Picked
                | AssignedHow::Given
                | AssignedHow::Transferred
                | AssignedHow::LeftFor
                | AssignedHow::TookOver => Some(Input::AssignedByHand { agent }),
            }
        }
        // Nobody is looked for any longer.
        Happening::ReturnedToAssistant { .. } => run.wish().map(|ticket| Input::NobodyToAssign { ticket }),
        Happening::Closed(_) => Some(Input::Closed),
        Happening::MarkedSpam(_) => Some(Input::Spam),
        Happening::Opened { .. }
        | Happening::Said { .. }
        | Happening::Commented { .. }
        | Happening::AgentRequested { .. }
        | Happening::Queued { .. }
        | Happening::StepReached { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::Overflowed { .. }
        | Happening::Parked { .. }
        | Happening::Unassigned { .. }
        | Happening::TransferOffered { .. }
        | Happening::TransferEnded { .. }
        | Happening::Transferred { .. }
        | Happening::Joined { .. }
        | Happening::Parted { .. }
        | Happening::Snoozed { .. }
        | Happening::Woken { .. }
        | Happening::WrappedUp { .. }
        | Happening::Reopened
        | Happening::UnmarkedSpam
        | Happening::Tagged { .. }
        | Happening::FieldSet { .. }
        | Happening::Dedicated { .. }
        | Happening::PrioritySet { .. }
        | Happening::PromiseMissed { .. }
        | Happening::Reminded
        | Happening::PassedOnTooOften { .. }
        | Happening::UnansweredTooOften { .. }
        | Happening::WentQuiet
        | Happening::WorkflowStarted { .. }
        | Happening::WorkflowEnded { .. } => None,
    }
}
