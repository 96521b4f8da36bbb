//! What a variable or an answer holds.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value. `display.rs` words it for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// None: undefined, or null.
    #[default]
    Nothing,
    /// Words; also the value of a chosen option.
    Text(String),
    /// A number; never infinite or undefined.
    Number(f64),
    /// Yes is true.
    YesNo(bool),
    /// A day.
    #[serde(with = "crate::civil::date")]
    Date(Date),
    /// A time of day.
    #[serde(with = "crate::civil::time")]
    Time(Time),
    /// A day and a time of it.
    #[serde(with = "crate::civil::date_time")]
    DateTime(DateTime),
    /// An amount of money.
    Money {
        /// How much.
        amount: f64,
        /// Of what, as ISO 4217 says; empty when it was not said.
        currency: String,
    },
    /// A percentage: 15 is fifteen percent.
    Percent(f64),
    /// Several.
    List(Vec<Value>),
    /// Several with names.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it is a value at all.
    pub fn is_defined(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}
