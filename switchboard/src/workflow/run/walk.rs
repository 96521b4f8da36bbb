//! From step to step, until one waits or nothing follows.

use super::afterwards::Afterwards;
use super::{Awaited, Effect, End, Line, Outcome, Run, STEPS_MAX, Stage, Ticket, What};
use crate::workflow::definition::{Next, Source, Step, StepAt, Task, Workflow};
use crate::workflow::memory::Sight;
use crate::workflow::text::{Escape, Filled, Template};
use crate::workflow::value::Value;
use protocol::Timestamp;

/// One input's way through a run.
pub struct Walk<'a> {
    pub workflow: &'a Workflow,
    pub run: &'a mut Run,
    pub facts: Afterwards<'a>,
    pub now: Timestamp,
    pub effects: Vec<Effect>,
}

/// What a step leads to.
pub enum Flow {
    /// It came out so, and this follows.
    Came(Outcome, Next),
    /// It waits.
    Wait { until: Option<Timestamp>, of: Awaited },
    /// The run is over.
    End(End),
}

impl Walk<'_> {
    /// Begins with a step, or ends where there is none.
    pub fn go(&mut self, first: Next) {
        let mut next = first;
        while let Some(at) = next {
            let Some(step) = self.workflow.step(at) else { return self.end(Some(at), End::NoSuchStep) };
            if self.run.steps_taken >= STEPS_MAX {
                return self.end(Some(at), End::TooManySteps);
            }
            self.run.steps_taken += 1;
            let flow = self.take(at, step);
            match self.settle(at, flow) {
                Some(follows) => next = follows,
                None => return,
            }
        }
        self.end(None, End::Finished);
    }

    /// Goes on from the step that waited.
    pub fn resume(&mut self, at: StepAt, flow: Flow) {
        if let Some(next) = self.settle(at, flow) {
            self.go(next);
        }
    }

    /// What follows a step; `None` when the run waits or is over.
    fn settle(&mut self, at: StepAt, flow: Flow) -> Option<Next> {
        match flow {
            Flow::Came(outcome, next) => {
                self.release_turn();
                self.note(Some(at), What::Came(outcome));
                if next.is_none() && is_failure(outcome) {
                    self.end(Some(at), End::NoBranch(outcome));
                    return None;
                }
                Some(next)
            }
            Flow::Wait { until, of } => {
                self.wait(at, until, of);
                None
            }
            Flow::End(end) => {
                self.end(Some(at), end);
                None
            }
        }
    }

    fn wait(&mut self, at: StepAt, until: Option<Timestamp>, of: Awaited) {
        // Its turn comes at once, or the log says what it waits for.
        if !matches!(of, Awaited::Turn(_)) {
            self.note(Some(at), What::Waits(until));
        }
        self.run.stage = Stage::Waiting { at, until, of };
        self.effects.extend(until.map(Effect::WakeAt));
    }

    /// Ends a run that waits at a step its workflow does not have: it was begun with another version.
    pub fn lost(&mut self, at: StepAt) {
        self.end(Some(at), End::NoSuchStep);
    }

    /// Ends the run, and gives back what it held.
    pub fn end(&mut self, at: Option<StepAt>, end: End) {
        self.release_turn();
        self.note(at, What::Ended(end));
        self.run.stage = Stage::Ended(end);
        self.want(Effect::Ended(end));
    }

    fn release_turn(&mut self) {
        if std::mem::take(&mut self.run.has_turn) {
            self.want(Effect::ReleaseTurn);
        }
    }

    fn take(&mut self, at: StepAt, step: &Step) -> Flow {
        match &step.task {
            Task::Say(text) => self.say(at, step, text),
            Task::Ask(ask) => self.ask_for_turn(ask),
            Task::Assign(assign) => self.assign(at, assign),
            Task::Unassign => self.just(step, Effect::Unassign),
            Task::Branch(cases) => self.branch(step, cases),
            Task::Tag { change, tags } => self.tag(at, step, *change, tags),
            Task::Field { field, to } => self.set_field(at, step, field, to),
            Task::Open => self.just(step, Effect::Open),
            Task::Close { category, summary } => self.close(at, step, category.as_ref(), summary),
            Task::Comment { text, mentions } => self.comment(at, step, text, mentions),
            Task::Jump { to, times } => self.jump(at, step, *to, *times),
            Task::Wait { seconds } => {
                Flow::Wait { until: Some(self.now.plus_seconds(*seconds)), of: Awaited::Time }
            }
            Task::WhenOpen { when, outside } => self.when_open(step, when, *outside),
            Task::Request(request) => self.request(at, request),
            Task::Trigger { workflow, from } => self.trigger(step, workflow, from.as_ref()),
            Task::Set { variable, to } => self.set_variable(at, step, variable, to),
        }
    }

    /// What the run sees from where it stands.
    pub fn sight(&self) -> Sight<'_> {
        Sight { memory: &self.run.memory, facts: &self.facts, now: self.now }
    }

    /// A text, filled; what was wrong with it is noted.
    pub fn filled(&mut self, at: StepAt, text: &Template, escape: Escape) -> String {
        self.filled_whole(at, text, escape).unwrap_or_else(|cut| cut)
    }

    /// The same where a text without its end would mean something else: then it is an error.
    pub fn filled_whole(&mut self, at: StepAt, text: &Template, escape: Escape) -> Result<String, String> {
        let mut filled = text.fill(&self.sight(), escape);
        let text = std::mem::take(&mut filled.text);
        self.note_filled(at, &filled);
        if filled.cut { Err(text) } else { Ok(text) }
    }

    /// When so many seconds from now are over.
    pub fn until(&self, seconds: Option<u64>) -> Option<Timestamp> {
        seconds.map(|seconds| self.now.plus_seconds(seconds))
    }

    /// A value for a field or a variable.
    pub fn value_of(&mut self, at: StepAt, source: &Source) -> Value {
        match source {
            Source::Constant(value) => value.clone().within_bounds(),
            Source::Text(template) => {
                let (value, filled) = template.value(&self.sight());
                self.note_filled(at, &filled);
                value.within_bounds()
            }
        }
    }

    pub fn note(&mut self, step: Option<StepAt>, what: What) {
        let line = Line { at: self.now, step, what };
        self.run.log.write(line.clone());
        self.want(Effect::Log(line));
    }

    pub fn ticket(&mut self) -> Ticket {
        self.run.last_ticket = self.run.last_ticket.wrapping_add(1);
        Ticket(self.run.last_ticket)
    }

    /// Wants something done, and takes it for done from here on.
    pub fn want(&mut self, effect: Effect) {
        self.facts.done(&effect);
        self.effects.push(effect);
    }

    fn note_filled(&mut self, at: StepAt, filled: &Filled) {
        for reference in &filled.unknown {
            self.note(Some(at), What::unknown(reference));
        }
        if filled.cut {
            self.note(Some(at), What::Cut);
        }
    }
}

/// Whether a run that goes nowhere after this was meant to go somewhere.
fn is_failure(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Invalid
        | Outcome::TimedOut
        | Outcome::Busy
        | Outcome::Nobody
        | Outcome::Outside
        | Outcome::Failed(_) => true,
        Outcome::Done
        | Outcome::Answered
        | Outcome::Assigned(_)
        | Outcome::Case(_)
        | Outcome::Otherwise
        | Outcome::Jumped
        | Outcome::JumpSkipped
        | Outcome::Inside
        | Outcome::Succeeded(_) => false,
    }
}
