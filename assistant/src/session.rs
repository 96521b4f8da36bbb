//! Where one visitor's talk with the assistant stands. It survives a reload as JSON.

use serde::{Deserialize, Serialize};

/// Where the talk stands: variables, the step that waits for an answer, counters. What no longer fits the definition
/// it is used with is dropped, so a session may outlive the definition it began with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {}
