//! How a workspace is set up: what its settings pages edit, programs read, and routing works by.
//!
//! Every document stands alone and names others by id; [`check`] says what does not fit together. Missing fields have the
//! defaults given here, so that a document says only what is particular about it.

mod agents;
mod check;
mod hours;
mod odd;
mod queues;
mod rules;
mod teams;

#[cfg(test)]
mod tests;

pub use agents::{AgentRole, AgentSetup, LEVEL_MAX, Tier};
pub use check::{Fault, check};
pub use hours::{CalendarSetup, Hours};
pub use odd::odd;
pub use queues::{
    Fairness, Need, PlanStep, Pool, Promises, QueueSetup, SkipIf, Sticky, Strategy, Subject, What,
};
pub use rules::{AutoClose, Rank, Reason, ReasonUse, Reminder, Rules, SiteSetup, Spam};
pub use teams::{Conduct, OfferMode, Orphans, TeamSetup, UntakenTransfers};

use crate::{AgentId, CalendarId, QueueId, ReasonId, SiteId, TeamId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// What holds everywhere.
    pub rules: Rules,
    /// People who answer.
    pub agents: BTreeMap<AgentId, AgentSetup>,
    /// Sets of them.
    pub teams: BTreeMap<TeamId, TeamSetup>,
    /// Where conversations wait.
    pub queues: BTreeMap<QueueId, QueueSetup>,
    /// Where the widget is embedded.
    pub sites: BTreeMap<SiteId, SiteSetup>,
    /// Opening hours.
    pub calendars: BTreeMap<CalendarId, CalendarSetup>,
    /// Why conversations are passed on, declined, given back and closed, in the order in which they are shown.
    pub reasons: BTreeMap<ReasonId, Reason>,
}
