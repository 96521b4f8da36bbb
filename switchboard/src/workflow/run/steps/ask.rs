//! Questions: the turn to ask, the asking, the answer.

use crate::workflow::answer;
use crate::workflow::definition::{Ask, ChangeOfTag, IfBusy, Kind, Save, Step, StepAt, Task};
use crate::workflow::facts::Facts;
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{Awaited, Effect, Outcome, RETRIES_MAX, Stage, What};
use crate::workflow::text::{Escape, Template};
use crate::workflow::value::Value;

impl Walk<'_> {
    /// Only one run of a conversation waits for an answer, so that it is clear whose answer it is. The turn is waited for
    /// as long as the answer would be: a question that comes much later is no longer the one that was meant.
    pub fn ask_for_turn(&mut self, ask: &Ask) -> Flow {
        let ticket = self.ticket();
        self.run.has_turn = true;
        self.want(Effect::AskForTurn { ticket });
        Flow::Wait { until: self.until(ask.timeout_seconds), of: Awaited::Turn(ticket) }
    }

    /// It is the run's turn.
    pub fn ask(&mut self, at: StepAt) {
        let Some((_, ask)) = self.ask_at(at) else { return self.lost(at) };
        self.put(at, ask, &ask.text);
        let until = self.until(ask.timeout_seconds);
        self.resume(at, Flow::Wait { until, of: Awaited::Answer { invalid: 0 } });
    }

    /// Another run's question is open.
    pub fn turn_refused(&mut self, at: StepAt) {
        let Some((_, ask)) = self.ask_at(at) else { return self.lost(at) };
        match ask.if_busy {
            IfBusy::Wait => self.note(Some(at), What::WaitsToAsk(self.run.wakes_at())),
            IfBusy::Go(next) => self.resume(at, Flow::Came(Outcome::Busy, next)),
        }
    }

    /// The visitor wrote, after so many invalid answers.
    pub fn answered(&mut self, at: StepAt, text: &str, invalid: u8) {
        let Some((step, ask)) = self.ask_at(at) else { return self.lost(at) };
        match answer::read(&ask.kind, text, self.facts.day(self.now)) {
            Some(value) => {
                self.save(step, ask, &value.within_bounds());
                self.resume(at, Flow::Came(Outcome::Answered, step.next));
            }
            None if invalid < ask.retries.min(RETRIES_MAX) => self.ask_again(at, ask, invalid + 1),
            None => self.resume(at, Flow::Came(Outcome::Invalid, ask.invalid)),
        }
    }

    /// The time for an answer goes on: whoever answers wrongly for ever does not hold the run for ever.
    fn ask_again(&mut self, at: StepAt, ask: &Ask, invalid: u8) {
        self.note(Some(at), What::AskedAgain);
        self.put(at, ask, ask.retry_text.as_ref().unwrap_or(&ask.text));
        self.run.stage = Stage::Waiting { at, until: self.run.wakes_at(), of: Awaited::Answer { invalid } };
    }

    fn put(&mut self, at: StepAt, ask: &Ask, text: &Template) {
        let text = self.filled(at, text, Escape::None);
        let options = match &ask.kind {
            Kind::Choice(options) => options.clone(),
            Kind::Rating => ["1", "2", "3", "4", "5"].map(str::to_owned).into(),
            Kind::Text
            | Kind::Number { .. }
            | Kind::Date(_)
            | Kind::Time
            | Kind::Checkbox
            | Kind::Phone
            | Kind::Email
            | Kind::Url => Vec::new(),
        };
        self.say_text(text, options);
    }

    fn save(&mut self, step: &Step, ask: &Ask, value: &Value) {
        self.run.memory.keep(&step.name, value.clone());
        for place in &ask.save {
            match place {
                Save::Variable(variable) => self.run.memory.set(variable, value.clone()),
                Save::Field(field) => {
                    self.want(Effect::Field { field: field.clone(), value: value.clone() });
                }
                Save::Tag => {
                    let tags = vec![value.written().into_owned()];
                    self.want(Effect::Tag { change: ChangeOfTag::Added, tags });
                }
            }
        }
    }
}

impl<'a> Walk<'a> {
    fn ask_at(&self, at: StepAt) -> Option<(&'a Step, &'a Ask)> {
        let step = self.workflow.step(at)?;
        if let Task::Ask(ask) = &step.task { Some((step, ask)) } else { None }
    }
}
