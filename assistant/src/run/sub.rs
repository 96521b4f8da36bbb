//! What a step fetches before it goes on: actions it runs, and calls of extensions.

use super::Engine;
use super::flow::Next;
use crate::definition::{Call, FALLBACK, Run, Then};
use crate::session::{Begun, Talk, Waits};
use crate::{CallWanted, Outcome, Value};
use protocol::HandOffReason;
use protocol::inspect::{EndedBy, Happened, StartedBy};

impl<'a> Engine<'a> {
    /// Runs another action from the step where the talk stands.
    pub fn run_action(&mut self, run: &'a Run) -> Next {
        let Some((index, _)) = self.assistant.action(&run.action) else {
            self.wrong(format!("there is no action `{}` to run", run.action));
            return Next::Ended(EndedBy::EndedByStep);
        };
        if index == FALLBACK {
            return self.fall_back_from_step(HandOffReason::Planned);
        }
        let passed: Vec<(String, Value)> =
            run.with.iter().map(|(step, expr)| (step.clone(), self.value(expr))).collect();
        self.wait_for(Waits::Run);
        let begun = Begun::Run { result: run.result.clone(), ends: run.ends };
        let next = self.push(index, begun, StartedBy::SubAction);
        if let (Next::Step(_), Some(talk)) = (next, self.session.talks.last_mut()) {
            talk.passed = passed.into_iter().filter(|(_, value)| value.is_defined()).collect();
        }
        next
    }

    /// Goes on where a step had run the talk that is over.
    pub fn return_to_caller(&mut self, over: &Talk, result: &str, ends: bool) -> Next {
        let Some(caller) = self.session.talks.last_mut() else { return Next::Stop };
        if !result.is_empty() {
            caller.keep(result, Value::Map(over.answers.iter().cloned().collect()));
        }
        if ends && caller.again.is_none() {
            return Next::Ended(EndedBy::EndedWithSubAction);
        }
        let action = caller.action.clone();
        self.tell(Happened::ActionStarted { action, why: StartedBy::SubActionReturn });
        self.go_on_below()
    }

    /// Wants an extension called, and waits.
    pub fn want_call(&mut self, call: &'a Call) -> Next {
        let with = call.with.iter().map(|(name, expr)| (name.clone(), self.value(expr)));
        let with = with.filter(|(_, value)| value.is_defined()).collect();
        let (extension, operation) = (call.extension.clone(), call.operation.clone());
        self.tell(Happened::CallWanted { extension: extension.clone(), operation: operation.clone() });
        self.call = Some(CallWanted { extension, operation, with });
        self.wait_for(Waits::Call);
        Next::Stop
    }

    /// Goes on with what became of the call, if one is waited for.
    pub fn call_answered(&mut self, outcome: &Outcome) {
        let Some((action, talk)) = self.running() else { return };
        if talk.waits != Waits::Call {
            return;
        }
        let then = talk.place(action).and_then(|at| action.steps.get(at)).map(|step| &step.then);
        self.must_answer = true;
        self.tell(Happened::CallAnswered { success: outcome.success, status: outcome.status });
        if let (Some(Then::Call(call)), Some(talk)) = (then, self.session.talks.last_mut()) {
            talk.keep(&call.result, result(outcome));
        }
        self.call = None;
        let next = self.go_on_below();
        self.run(next);
    }

    /// Gives up the call that is waited for, and those that are wanted in its place: somebody speaks first. Tells whether
    /// there was one.
    pub fn give_calls_up(&mut self) -> bool {
        let mut gave_up = false;
        while self.session.talk().is_some_and(|talk| talk.waits == Waits::Call) {
            self.call_answered(&Outcome::default());
            gave_up = true;
        }
        gave_up
    }

    fn go_on_below(&mut self) -> Next {
        let Some((action, talk)) = self.running() else { return Next::Stop };
        match talk.place(action) {
            Some(at) => self.below(action, at),
            None => Next::Ended(EndedBy::AllStepsDone),
        }
    }

    /// The last talk waits for this.
    pub fn wait_for(&mut self, waits: Waits) {
        let interrupts = self.session.talks.len() > 1;
        if let Some(talk) = self.session.talks.last_mut() {
            // One that looked for trigger words and now waits has to give way again afterwards.
            if interrupts && talk.begun == Begun::Alone {
                talk.begun = Begun::Interrupting;
            }
            talk.waits = waits;
        }
    }
}

fn result(outcome: &Outcome) -> Value {
    let fields = [
        ("success", Value::YesNo(outcome.success)),
        ("status", Value::Number(f64::from(outcome.status))),
        ("body", outcome.body.clone()),
    ];
    Value::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
