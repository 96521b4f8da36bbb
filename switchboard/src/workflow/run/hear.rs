//! What a run makes of what it is told.
//!
//! What ends a run is heard before all else. Otherwise time comes first: what was due before the input came happens
//! before it, as it would have had nobody been late. At the very same moment the input wins.

use super::walk::{Flow, Walk};
use super::{Awaited, End, HttpAnswer, Input, Outcome, Stage, Stop, What};
use crate::workflow::definition::{StepAt, Task};
use crate::workflow::memory::Memory;
use crate::workflow::value::Value;
use std::collections::BTreeMap;

impl Walk<'_> {
    /// Takes one input.
    pub fn hear(&mut self, input: Input) {
        match (&self.run.stage, input) {
            (Stage::Ended(_), _) => {}
            (Stage::Fresh, Input::Started { told, from }) => self.start(told, from.as_deref()),
            (Stage::Fresh | Stage::Waiting { .. }, Input::Stopped(stop)) => self.stop(stop),
            (Stage::Waiting { at, .. }, Input::Spam) => self.end(Some(*at), End::Spam),
            (Stage::Fresh, _) | (Stage::Waiting { .. }, Input::Started { .. }) => {}
            (Stage::Waiting { at, .. }, Input::Closed) => {
                if !self.workflow.outlives_closing() {
                    self.end(Some(*at), End::Closed);
                }
            }
            (Stage::Waiting { .. }, input) => self.hear_waiting(input),
        }
    }

    fn start(&mut self, told: BTreeMap<String, Value>, from: Option<&str>) {
        self.run.memory = Memory::of_trigger(told);
        match from {
            None if self.workflow.steps.is_empty() => self.end(None, End::Finished),
            None => self.go(Some(StepAt(0))),
            Some(name) => match self.workflow.place_of(name) {
                Some(at) => self.go(Some(at)),
                None => self.end(None, End::NoSuchStep),
            },
        }
    }

    fn stop(&mut self, stop: Stop) {
        let at = self.run.waits_at();
        match stop {
            Stop::ByAgent if !self.workflow.exits.agent_may_stop => self.note(at, What::StopRefused),
            Stop::ByAgent | Stop::BySupervisor | Stop::WithWorkflow | Stop::Restarted => {
                self.end(at, End::Stopped(stop));
            }
        }
    }

    fn hear_waiting(&mut self, input: Input) {
        if self.run.wakes_at().is_some_and(|until| until < self.now) {
            self.time_reached();
        }
        let Stage::Waiting { at, of, .. } = self.run.stage else { return };
        let exits = self.workflow.exits;
        match input {
            Input::TimeReached => self.time_reached(),
            Input::VisitorSaid { text } => match of {
                Awaited::Answer { invalid } => self.answered(at, &text, invalid),
                Awaited::Time | Awaited::Turn(_) | Awaited::Owner(_) | Awaited::Response(_) => {
                    self.end_if(exits.on_visitor_message, at, End::VisitorWrote);
                }
            },
            Input::HumanSaid => self.end_if(exits.on_human_message, at, End::HumanWrote),
            Input::AssignedByHand { .. } if exits.on_manual_assignment => {
                self.end(Some(at), End::AssignedByHand)
            }
            Input::AssignedByHand { agent } => {
                if let Awaited::Owner(_) = of {
                    self.owned(at, agent);
                }
            }
            Input::Assigned { ticket, agent } if of == Awaited::Owner(ticket) => self.owned(at, agent),
            Input::NobodyToAssign { ticket } if of == Awaited::Owner(ticket) => self.nobody(at),
            Input::TurnGranted { ticket } if of == Awaited::Turn(ticket) => self.ask(at),
            Input::TurnRefused { ticket } if of == Awaited::Turn(ticket) => self.turn_refused(at),
            Input::HttpAnswered { ticket, answer } if of == Awaited::Response(ticket) => {
                self.responded(at, answer)
            }
            // Answers to what this run no longer waits for; the rest was heard before.
            Input::Assigned { .. }
            | Input::NobodyToAssign { .. }
            | Input::TurnGranted { .. }
            | Input::TurnRefused { .. }
            | Input::HttpAnswered { .. }
            | Input::Started { .. }
            | Input::Closed
            | Input::Spam
            | Input::Stopped(_) => {}
        }
    }

    fn end_if(&mut self, ends: bool, at: StepAt, end: End) {
        if ends {
            self.end(Some(at), end);
        }
    }

    /// What was waited for until now is waited for no longer.
    fn time_reached(&mut self) {
        let Stage::Waiting { at, until: Some(until), of } = self.run.stage else { return };
        if until > self.now {
            return;
        }
        let Some(step) = self.workflow.step(at) else { return self.lost(at) };
        match (of, &step.task) {
            (Awaited::Time, Task::Wait { .. }) => self.resume(at, Flow::Came(Outcome::Done, step.next)),
            (Awaited::Turn(_) | Awaited::Answer { .. }, Task::Ask(ask)) => {
                self.resume(at, Flow::Came(Outcome::TimedOut, ask.timed_out));
            }
            (Awaited::Owner(ticket), Task::Assign(assign)) => self.found_in_vain(at, ticket, assign),
            (Awaited::Response(_), Task::Request(_)) => self.responded(at, HttpAnswer::default()),
            (
                Awaited::Time
                | Awaited::Turn(_)
                | Awaited::Answer { .. }
                | Awaited::Owner(_)
                | Awaited::Response(_),
                _,
            ) => {
                self.lost(at);
            }
        }
    }
}
