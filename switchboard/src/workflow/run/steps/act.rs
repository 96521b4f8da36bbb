//! Steps that do something and go on.

use crate::workflow::definition::{ChangeOfTag, Mention, Source, Step, StepAt, WorkflowId};
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{Effect, End, Outcome};
use crate::workflow::text::{Escape, Template};
use crate::workflow::value::Value;

impl Walk<'_> {
    /// Does one thing and goes on.
    pub fn just(&mut self, step: &Step, effect: Effect) -> Flow {
        self.want(effect);
        Flow::Came(Outcome::Done, step.next)
    }

    /// A text that came out empty is not said.
    pub fn say(&mut self, at: StepAt, step: &Step, text: &Template) -> Flow {
        let text = self.filled(at, text, Escape::None);
        self.say_text(text, Vec::new());
        Flow::Came(Outcome::Done, step.next)
    }

    pub fn say_text(&mut self, text: String, options: Vec<String>) {
        if !text.trim().is_empty() || !options.is_empty() {
            self.want(Effect::Say { text, options });
        }
    }

    /// A comment that came out empty is not written.
    pub fn comment(&mut self, at: StepAt, step: &Step, text: &Template, mentions: &[Mention]) -> Flow {
        let text = self.filled(at, text, Escape::None);
        if !text.trim().is_empty() {
            self.want(Effect::Comment { text, mentions: mentions.to_vec() });
        }
        Flow::Came(Outcome::Done, step.next)
    }

    /// Closing is closing, whoever does it: a run that does not survive it is over.
    pub fn close(&mut self, at: StepAt, step: &Step, category: Option<&String>, summary: &Template) -> Flow {
        let summary = self.filled(at, summary, Escape::None);
        self.want(Effect::Close { category: category.cloned(), summary });
        if self.workflow.outlives_closing() {
            Flow::Came(Outcome::Done, step.next)
        } else {
            Flow::End(End::Closed)
        }
    }

    /// Tags that came out empty are left out.
    pub fn tag(&mut self, at: StepAt, step: &Step, change: ChangeOfTag, tags: &[Template]) -> Flow {
        let tags = tags.iter().map(|tag| self.filled(at, tag, Escape::None).trim().to_owned());
        let tags: Vec<String> = tags.filter(|tag| !tag.is_empty()).collect();
        if !tags.is_empty() {
            self.want(Effect::Tag { change, tags });
        }
        Flow::Came(Outcome::Done, step.next)
    }

    pub fn set_field(&mut self, at: StepAt, step: &Step, field: &str, to: &Source) -> Flow {
        let value = self.value_of(at, to);
        let value = if value.is_missing() { Value::Missing } else { value };
        self.just(step, Effect::Field { field: field.to_owned(), value })
    }

    pub fn set_variable(&mut self, at: StepAt, step: &Step, variable: &str, to: &Source) -> Flow {
        let value = self.value_of(at, to);
        self.run.memory.set(variable, value);
        Flow::Came(Outcome::Done, step.next)
    }

    pub fn trigger(&mut self, step: &Step, workflow: &WorkflowId, from: Option<&String>) -> Flow {
        let effect = Effect::Trigger {
            workflow: workflow.clone(),
            from: from.cloned(),
            told: self.run.memory.variables().clone(),
            causes: self.run.causes_of_its_own(self.workflow),
        };
        self.just(step, effect)
    }
}
