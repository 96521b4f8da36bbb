//! What has a value while a turn is taken: variables, answers, and what the engine itself knows.

use super::Engine;
use crate::condition::holds;
use crate::definition::{Action, Condition, Display, Expr, Step, Text, Texts, built_in};
use crate::display::render;
use crate::evaluate::{Failed, Scope, evaluate, evaluate_with};
use crate::session::{Begun, is_protected};
use crate::{Surroundings, Value};
use protocol::inspect::Happened;

/// The name by which labels and values of dynamic options know the element.
const ITEM: &str = "item";

impl Engine<'_> {
    /// The value of an expression; nothing when it fails, and the trace says why.
    pub fn value(&mut self, expr: &Expr) -> Value {
        let result = evaluate(expr, self);
        result.unwrap_or_else(|failed| {
            self.failed(vec![failed]);
            Value::Nothing
        })
    }

    /// The same with an element of a list bound.
    pub fn value_of_item(&mut self, expr: &Expr, item: &Value) -> Value {
        let result = evaluate_with(expr, ITEM, item, self);
        result.unwrap_or_else(|failed| {
            self.failed(vec![failed]);
            Value::Nothing
        })
    }

    /// A text with its values filled in.
    pub fn text(&mut self, text: &Text) -> String {
        let mut failures = Vec::new();
        let rendered = render(text, self, &mut failures);
        self.failed(failures);
        rendered
    }

    /// The same for an agent's eyes: protected values are masked.
    pub fn text_for_agent(&mut self, text: &Text) -> String {
        self.masking = true;
        let rendered = self.text(text);
        self.masking = false;
        rendered
    }

    /// Whether a step's condition is true.
    pub fn step_holds(&mut self, step: &Step) -> bool {
        let Some(condition) = &step.when else { return true };
        let mut failures = Vec::new();
        let holds = self.condition_holds(condition, &mut failures);
        self.failed(failures);
        holds
    }

    /// Whether an action's own condition is true.
    pub fn action_holds(&mut self, action: &Action) -> bool {
        let Some(condition) = &action.when else { return true };
        let mut failures = Vec::new();
        let holds = self.condition_holds(condition, &mut failures);
        for Failed(why) in failures {
            self.tell(Happened::ExpressionFailed { action: action.id.clone(), step: None, why });
        }
        holds
    }

    fn condition_holds(&mut self, condition: &Condition, failures: &mut Vec<Failed>) -> bool {
        holds(condition, &self.definition().words, self, failures)
    }

    /// Tells of failures where the talk stands.
    pub fn failed(&mut self, failures: Vec<Failed>) {
        for Failed(why) in failures {
            self.wrong(why);
        }
    }

    /// Tells that something is wrong where the talk stands.
    pub fn wrong(&mut self, why: String) {
        let place = self.session.talks.last().map(|talk| (talk.action.clone(), Some(talk.step.clone())));
        let (action, step) = place.unwrap_or_default();
        self.tell(Happened::ExpressionFailed { action, step, why });
    }

    /// Sets the variables whose initial values have to be evaluated, once in a session.
    pub fn initial_values(&mut self) {
        for variable in &self.definition().variables {
            match &variable.initial {
                Some(Expr::Value(_)) | None => {}
                Some(_) if self.session.variables.contains_key(&variable.name) => {}
                Some(expr) => {
                    let value = self.value(expr);
                    self.session.variables.insert(variable.name.clone(), value);
                }
            }
        }
    }

    /// The place of the outermost talk of those that run each other, up to and with the talk at `last`.
    pub fn outset(&self, last: usize) -> usize {
        let talks = self.session.talks.get(..=last).unwrap_or_default();
        talks.iter().rposition(|talk| !matches!(talk.begun, Begun::Run { .. })).unwrap_or(0)
    }

    fn built_in(&self, name: &str) -> Option<Value> {
        let local = self.around.local;
        Some(match name {
            built_in::NOW => Value::DateTime(local),
            built_in::CURRENT_DATE => Value::Date(local.date()),
            built_in::CURRENT_TIME => Value::Time(local.time()),
            built_in::TIMEZONE => unless_empty(&self.around.time_zone),
            built_in::LOCALE => unless_empty(&self.around.locale),
            built_in::CHANNEL_NAME => Value::text("chat"),
            built_in::VISITOR => self.around.visitor.clone(),
            _ => return self.session.built_in(self.assistant, name),
        })
    }

    fn is_protected(&self, name: &str) -> bool {
        self.assistant.variable(name).is_some_and(|variable| variable.protected)
    }
}

impl Scope for Engine<'_> {
    fn variable(&self, name: &str) -> Value {
        match self.built_in(name) {
            Some(value) => value,
            None if self.masking && self.is_protected(name) => self.mask(),
            None => self.session.variable(self.assistant, name),
        }
    }

    fn step(&self, name: &str) -> Value {
        match self.running() {
            Some((action, _)) if self.masking && is_protected(self.assistant, action, name) => self.mask(),
            Some((_, talk)) => talk.answer(name).cloned().unwrap_or_default(),
            None => Value::Nothing,
        }
    }

    fn label(&self, name: &str) -> Option<Value> {
        let (action, talk) = self.running()?;
        let masked = self.masking && is_protected(self.assistant, action, name);
        talk.label(name).filter(|_| !masked).map(Value::text)
    }

    fn input(&self) -> &str {
        &self.said
    }

    fn surroundings(&self) -> &Surroundings {
        self.around
    }

    fn display(&self) -> &Display {
        &self.definition().display
    }

    fn texts(&self) -> &Texts {
        &self.definition().texts
    }

    fn chance(&mut self) -> u64 {
        self.draw()
    }

    fn change_variable(&mut self, name: &str, value: Value) {
        self.set(name, value);
    }

    fn change_step(&mut self, name: &str, value: Value) {
        if let Some(talk) = self.session.talks.last_mut() {
            talk.keep(name, value);
        }
    }
}

impl Engine<'_> {
    /// Sets a variable of the session.
    pub fn set(&mut self, name: &str, value: Value) {
        let shown = match self.is_protected(name) {
            true => self.definition().texts.masked.clone(),
            false => self.shown(&value),
        };
        self.tell(Happened::VariableSet { name: name.to_owned(), value: shown });
        self.session.variables.insert(name.to_owned(), value);
    }

    /// A value in words.
    pub fn shown(&self, value: &Value) -> String {
        let definition = self.definition();
        crate::display::show(value, &definition.display, &definition.texts)
    }

    /// A new random number: SplitMix64, which makes well-spread numbers of any seed.
    pub fn draw(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.chance ^ (self.chance >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn mask(&self) -> Value {
        Value::text(&self.definition().texts.masked)
    }
}

fn unless_empty(text: &str) -> Value {
    match text.is_empty() {
        true => Value::Nothing,
        false => Value::text(text),
    }
}
