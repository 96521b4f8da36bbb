//! A scope for tests: a few variables and answers, a fixed moment, and chance that counts up.

use super::Scope;
use crate::definition::{Display, Texts};
use crate::json::from_json;
use crate::surroundings::Surroundings;
use crate::value::Value;
use jiff::civil::{date, time};
use protocol::Timestamp;
use std::collections::BTreeMap;

/// A scope that a test can look into.
pub struct Sample {
    pub variables: BTreeMap<String, Value>,
    pub steps: BTreeMap<String, Value>,
    pub input: String,
    pub around: Surroundings,
    pub display: Display,
    pub texts: Texts,
    chance: u64,
}

impl Sample {
    /// Thursday, April 16, 2026, 14:30 in Lisbon, an hour ahead of Greenwich.
    pub fn new() -> Self {
        let mut around = Surroundings::at(Timestamp::from_millis(1_776_346_205_000));
        around.local = date(2026, 4, 16).at(14, 30, 5, 0);
        around.time_zone = "Europe/Lisbon".to_owned();
        let variables = [
            ("list", json("[3, \"b\", 1, \"a\"]")),
            ("map", json(r#"{"name": "Ada", "tags": ["x"], "deep": {"n": 1}}"#)),
            ("count", Value::Number(2.0)),
            ("name", Value::text("Ada")),
        ];
        let steps = [
            ("day", Value::Date(date(2026, 4, 20))),
            ("hour", Value::Time(time(9, 5, 0, 0))),
            ("price", Value::Money { amount: 12.5, currency: "EUR".to_owned() }),
            ("rate", Value::Percent(15.0)),
            ("sure", Value::YesNo(true)),
            ("size", Value::text("Large")),
            ("choice", json(r#"{"id": 7, "label": "Seven"}"#)),
        ];
        let named = |(name, value): (&str, Value)| (name.to_owned(), value);
        Self {
            variables: variables.into_iter().map(named).collect(),
            steps: steps.into_iter().map(named).collect(),
            input: "I said: help, SOS!".to_owned(),
            around,
            display: Display { locale: "en-US".to_owned(), ..Display::default() },
            texts: Texts { yes: "Yes".to_owned(), no: "No".to_owned(), ..Texts::default() },
            chance: 40,
        }
    }
}

/// A value as JSON says it.
pub fn json(text: &str) -> Value {
    from_json(text).unwrap_or_else(|| panic!("no JSON: {text}"))
}

impl Scope for Sample {
    fn variable(&self, name: &str) -> Value {
        self.variables.get(name).cloned().unwrap_or_default()
    }

    fn step(&self, name: &str) -> Value {
        self.steps.get(name).cloned().unwrap_or_default()
    }

    fn label(&self, _: &str) -> Option<Value> {
        None
    }

    fn input(&self) -> &str {
        &self.input
    }

    fn surroundings(&self) -> &Surroundings {
        &self.around
    }

    fn display(&self) -> &Display {
        &self.display
    }

    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn chance(&mut self) -> u64 {
        self.chance += 1;
        self.chance
    }

    fn change_variable(&mut self, name: &str, value: Value) {
        self.variables.insert(name.to_owned(), value);
    }

    fn change_step(&mut self, name: &str, value: Value) {
        self.steps.insert(name.to_owned(), value);
    }
}
