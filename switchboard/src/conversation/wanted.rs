//! That a person is wanted: since when, how old that is among what waits, and whether anybody has answered.

use protocol::Timestamp;
use serde::{Deserialize, Serialize};

/// One wish for a person, from asking for one to when the assistant goes on. A later wish is another, with an age and a
/// promise of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Since when.
    pub since: Timestamp,
    /// The moment its age counted from when it last waited: a queue may count from when it came there.
    pub aged_from: Timestamp,
    /// Whether a person has written since.
    pub answered: bool,
}

impl Wanted {
    /// A wish that begins.
    pub fn begun(at: Timestamp, aged_from: Timestamp) -> Self {
        Self { since: at, aged_from, answered: false }
    }
}
