//! What is noted of every event: what runs are told of it, and which workflows it may start.

use super::{Live, Runs, Want, codes};
use crate::conversation::Conversation;
use crate::workflow::definition::{ChangeOfTag, ClosedBy, OpenedBy, Trigger};
use crate::workflow::{self, Happened, Input, Value};
use crate::{Effect, RunMoved, Switchboard};
use protocol::{
    Actor, AssignedHow, Author, BrowserAuthor, Cause, Closing, ConversationId, Event, Happening, RunId,
    Timestamp, WorkflowId,
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

/// Something that may start workflows.
#[derive(Clone, Debug)]
pub struct Occasion {
    pub happened: Happened,
    pub told: BTreeMap<String, Value>,
    /// The step to begin with; `None` is the first.
    pub from: Option<String>,
    /// The workflows that led to it, the first one first.
    pub causes: Vec<WorkflowId>,
    /// The run that led to it.
    pub by: Option<RunId>,
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
            Actor::Visitor | Actor::Agent(_) | Actor::Program { .. } | Actor::Router | Actor::Bridge => None,
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
        if let Some(workflow) = known.filter(|_| moved.run.ended().is_none()) {
            let moved = RunMoved { wants: Vec::new(), ..moved.clone() };
            self.put(Live { moved, workflow, due: None });
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
                | AssignedHow::TookOver => Some(Input::AssignedByHand { agent }),
            }
        }
        // Nobody is looked for any longer.
        Happening::ReturnedToAssistant { .. } => run.wish().map(|ticket| Input::NobodyToAssign { ticket }),
        Happening::Closed(_) => Some(Input::Closed),
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
        | Happening::MarkedSpam(_)
        | Happening::UnmarkedSpam
        | Happening::Tagged { .. }
        | Happening::FieldSet { .. }
        | Happening::Dedicated { .. }
        | Happening::PrioritySet { .. }
        | Happening::PromiseMissed { .. }
        | Happening::Reminded
        | Happening::PassedOnTooOften { .. }
        | Happening::WorkflowStarted { .. }
        | Happening::WorkflowEnded { .. } => None,
    }
}

/// What an event is to triggers, and what it tells.
fn occasion(event: &Event) -> Option<(Happened, BTreeMap<String, Value>)> {
    let text = |text: &str| Value::text(text);
    match &event.happening {
        Happening::Opened { source, .. } => {
            let (by, code) = codes::opened_by(*source);
            Some((Happened::Opened(by), BTreeMap::from([("source".to_owned(), text(code))])))
        }
        // Opened again by a step: for the visitor's own coming back it is the same conversation that goes on.
        Happening::Reopened if matches!(event.by, Actor::Workflow { .. }) => {
            let told = BTreeMap::from([("source".to_owned(), text("workflow"))]);
            Some((Happened::Opened(OpenedBy::Workflow), told))
        }
        Happening::Closed(closing) => Some(closed(closing)),
        Happening::Tagged { tag, added } => {
            let change = if *added { ChangeOfTag::Added } else { ChangeOfTag::Removed };
            let told = BTreeMap::from([("tag".to_owned(), text(tag))]);
            Some((Happened::TagChanged { tag: tag.clone(), change }, told))
        }
        Happening::FieldSet { field, value } => {
            let value = value.as_ref().map_or(Value::Missing, Value::text);
            let told = BTreeMap::from([("field".to_owned(), text(field)), ("value".to_owned(), value)]);
            Some((Happened::FieldChanged { field: field.clone() }, told))
        }
        Happening::Said { .. }
        | Happening::Commented { .. }
        | Happening::AgentRequested { .. }
        | Happening::Queued { .. }
        | Happening::StepReached { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::Overflowed { .. }
        | Happening::Parked { .. }
        | Happening::Assigned { .. }
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
        | Happening::ReturnedToAssistant { .. }
        | Happening::MarkedSpam(_)
        | Happening::UnmarkedSpam
        | Happening::Dedicated { .. }
        | Happening::PrioritySet { .. }
        | Happening::PromiseMissed { .. }
        | Happening::Reminded
        | Happening::PassedOnTooOften { .. }
        | Happening::WorkflowStarted { .. }
        | Happening::WorkflowEnded { .. } => None,
    }
}

fn closed(closing: &Closing) -> (Happened, BTreeMap<String, Value>) {
    let (by, code) = codes::closed_by(closing.source);
    let category = closing.category.as_ref().map(ToString::to_string);
    let told = BTreeMap::from([
        ("source".to_owned(), Value::text(code)),
        ("category".to_owned(), category.clone().map_or(Value::Missing, Value::Text)),
        ("summary".to_owned(), closing.note.clone().map_or(Value::Missing, Value::Text)),
    ]);
    (Happened::Closed { by, category }, told)
}

/// The kind of what starts a trigger's workflow; `None` for what only a program, a person or a run asks for by name.
fn starts_with(trigger: &Trigger) -> Option<std::mem::Discriminant<Happened>> {
    let like = match trigger {
        Trigger::Opened { .. } => Happened::Opened(OpenedBy::Visitor),
        Trigger::Closed { .. } => Happened::Closed { by: ClosedBy::Visitor, category: None },
        Trigger::TagChanged { .. } => Happened::TagChanged { tag: String::new(), change: ChangeOfTag::Added },
        Trigger::FieldChanged { .. } => Happened::FieldChanged { field: String::new() },
        Trigger::PageEvent { .. } => Happened::PageEvent { name: String::new() },
        Trigger::Webhook { .. } => Happened::Webhook(workflow::WorkflowId(String::new())),
        Trigger::Shortcut { .. } | Trigger::Manual => return None,
    };
    Some(std::mem::discriminant(&like))
}
