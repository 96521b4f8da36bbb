//! What a variable or an answer holds.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A value. It prints as the assistant would insert it in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words; also the label of a chosen option.
    Text(String),
    /// A number; never infinite or undefined.
    Number(f64),
    /// Yes is true.
    YesNo(bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
        }
    }
}
