//! Why a conversation went to somebody, and who was passed over for what reason. Kept with the offer or assignment it
//! explains.

use crate::{AgentId, QueueId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One decision of routing, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Routed {
    /// The queue; `None` when a team or a person was named.
    pub queue: Option<QueueId>,
    /// The place in the plan at which it was found.
    pub step: PlanPlace,
    /// The rule that chose among those who were ready, as configuration spells it; `manual` where agents pick. Where it was
    /// held for one person, why them: `dedicated`, `asked_for`, `sticky`; where somebody was meant, `named`, `overflow`,
    /// `returned`.
    pub strategy: String,
    /// Since when the conversation waited.
    pub waiting_since: Timestamp,
    /// Points of priority it had.
    pub priority: i32,
    /// How many could have taken it, those chosen among them; where agents pick, how many could.
    pub ready: u32,
    /// The first of those who could have taken it and came later.
    pub next: Option<AgentId>,
    /// How many of the pool could not, by reason.
    pub unavailable: BTreeMap<PassedOver, u32>,
    /// Some of them by name: those who let this conversation go, those it preferred, then others of the pool.
    pub passed: Vec<(AgentId, PassedOver)>,
}

/// Why somebody of the pool was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PassedOver {
    /// Not here.
    Offline,
    /// Here, but away.
    Away,
    /// Asked for nothing new.
    Busy,
    /// Did not answer an offer.
    NotResponding,
    /// Has no room.
    Full,
    /// Lacks a skill that is asked for.
    Skill,
    /// Does not speak the language that is asked for.
    Language,
    /// Let this conversation go.
    LetGo,
    /// Is not asked by routing.
    Never,
    /// Has as much of this queue as allowed.
    QueueLimit,
    /// Was given as much as allowed lately.
    Fairness,
}

/// Where in a plan a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanPlace {
    /// Held for the first, second … of the people it prefers.
    Preferred(u8),
    /// At a step of the plan, from 0.
    Step(u16),
}

/// Why a step was passed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Its time is over.
    Time,
    /// Whoever is preferred is not there.
    PreferredAway,
    /// Whoever is preferred has let it go.
    PreferredLetGo,
    /// Nobody of it is online.
    NobodyOnline,
    /// Nobody of it could take it now.
    NobodyEligible,
    /// Too many wait.
    TooMany,
    /// The queue is not open.
    ClosedHours,
}
