//! Where conversations wait, and how somebody is found for them.

use crate::{AgentId, CalendarId, Outlet, SkillId, TeamId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueueSetup {
    /// The name agents see.
    pub name: String,
    /// Whose ways hold for what waits here; those of the workspace when nobody is named.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// Who is asked, step by step; the deadlines of steps add up from the moment of entering. Without any, the team is
    /// asked for as long as it takes.
    #[serde(default)]
    pub plan: Vec<PlanStep>,
    /// How one of several is chosen.
    #[serde(default)]
    pub strategy: Strategy,
    /// Agents who serve this queue after all their others.
    #[serde(default)]
    pub secondary_for: BTreeSet<AgentId>,
    /// What whoever takes something from here has to know.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Room a conversation of this queue takes; from 1.
    #[serde(default = "one")]
    pub weight: u32,
    /// Points of priority everything here has from the start.
    #[serde(default)]
    pub priority: i32,
    /// Who is preferred because they know the visitor; `None` is nobody.
    #[serde(default = "sticky_default")]
    pub sticky: Option<Sticky>,
    /// Conversations of this queue one agent has at most; `None` is as many as they have room for.
    #[serde(default)]
    pub agent_limit: Option<u32>,
    /// How much routing gives one agent in a while; `None` is no bound.
    #[serde(default)]
    pub fairness: Option<Fairness>,
    /// What becomes of what nobody has taken when the plan ends.
    #[serde(default)]
    pub overflow: Outlet,
    /// Seconds after which something goes to `overflow` whatever the plan says: 1 to 2,592,000.
    #[serde(default)]
    pub max_wait_seconds: Option<u32>,
    /// As many wait at most; more go to `overflow` at once.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// When it is open; `None` is always.
    #[serde(default)]
    pub hours: Option<CalendarId>,
    /// What becomes of what comes while it is not open.
    #[serde(default)]
    pub when_closed: Outlet,
    /// Whether what passed on from elsewhere counts its age from the beginning.
    #[serde(default = "yes")]
    pub keep_age: bool,
    /// Whether everything goes to `overflow` when the last one online leaves.
    #[serde(default)]
    pub drain_when_empty: bool,
    /// Seconds after which waiting is shown as long; less than `critical_seconds`.
    #[serde(default)]
    pub warn_seconds: Option<u32>,
    /// Seconds after which waiting is shown as too long.
    #[serde(default)]
    pub critical_seconds: Option<u32>,
    /// Seconds between two notices of place and wait to a waiting visitor; 0 is none beyond changes.
    #[serde(default = "notice_default")]
    pub notice_seconds: u32,
    /// What visitors are told instead of what the assistant's step says, when somebody is online.
    #[serde(default)]
    pub online_message: Option<String>,
    /// And when nobody is.
    #[serde(default)]
    pub offline_message: Option<String>,
    /// What visitors are told when it does not keep them, before whatever happens then.
    #[serde(default)]
    pub leaving_message: Option<String>,
    /// And when that is because it is not open.
    #[serde(default)]
    pub closed_message: Option<String>,
    /// Until when visitors are promised answers.
    #[serde(default)]
    pub promises: Promises,
}

impl QueueSetup {
    /// A queue that this team serves, with all the defaults.
    pub fn of_team(name: impl Into<String>, team: TeamId) -> Self {
        Self {
            name: name.into(),
            team: Some(team),
            plan: Vec::new(),
            strategy: Strategy::default(),
            secondary_for: BTreeSet::new(),
            needs: Vec::new(),
            weight: one(),
            priority: 0,
            sticky: sticky_default(),
            agent_limit: None,
            fairness: None,
            overflow: Outlet::Wait,
            max_wait_seconds: None,
            max_length: None,
            hours: None,
            when_closed: Outlet::Wait,
            keep_age: true,
            drain_when_empty: false,
            warn_seconds: None,
            critical_seconds: None,
            notice_seconds: notice_default(),
            online_message: None,
            offline_message: None,
            leaving_message: None,
            closed_message: None,
            promises: Promises::default(),
        }
    }
}

/// One step of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PlanStep {
    /// Seconds before the next step; `None` is for as long as it takes.
    pub stay_seconds: Option<u32>,
    /// Who is asked.
    pub pool: Pool,
    /// Whether those of all steps before are asked too.
    pub widen: bool,
    /// What need not be known any more, from this step on; who knows it still comes first where who knows most does.
    pub drop_needs: Vec<Subject>,
    /// Points of priority added on entering.
    pub priority_delta: i32,
    /// When it is passed by; looked at once, on entering, and only while nobody of it could take it.
    pub skip_if: Vec<SkipIf>,
    /// How one of several is chosen; `None` is as the queue does.
    pub strategy: Option<Strategy>,
    /// Whether they are asked; `None` is as their team does.
    pub offer: Option<super::OfferMode>,
}

/// Some people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Pool {
    /// These.
    pub agents: BTreeSet<AgentId>,
    /// And all of these teams.
    pub teams: BTreeSet<TeamId>,
}

/// When a step is passed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SkipIf {
    /// Nobody of it is online.
    NobodyOnline,
    /// Nobody of it could take it now.
    NobodyEligible,
    /// More than so many wait in the queue.
    MoreWaitThan(u32),
    /// The queue is not open.
    ClosedHours,
}

/// How one of several is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Strategy {
    /// The rule.
    pub by: What,
    /// Whether agents of a higher tier come first, whatever the rule says.
    pub tiered: bool,
    /// How many are asked at once; the first to accept has it. From 1.
    pub ask_at_once: u16,
}

/// A rule of choosing. Each ends with who has gone longest without being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Who has gone longest without being asked.
    #[default]
    RoundRobin,
    /// Who has least on their hands.
    LeastOpen,
    /// Who has most room left.
    MostAvailable,
    /// Whose last conversation ended longest ago.
    LongestIdle,
    /// Who knows most of what is needed.
    BestSkill,
    /// Nobody: agents pick.
    Manual,
}

/// Something one has to know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Need {
    /// What.
    pub subject: Subject,
    /// At this level or above; from 1.
    pub level: u8,
    /// Whether whoever lacks it is not asked. Where not, it counts only for who knows most.
    #[serde(default = "yes")]
    pub mandatory: bool,
}

/// What can be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A skill.
    Skill(SkillId),
    /// A language, by tag such as `fr`.
    Language(String),
}

/// That whoever had a visitor last is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sticky {
    /// Days for which that counts.
    pub days: u32,
    /// Seconds for which it is held for them while they have no room or are busy.
    pub wait_seconds: u32,
}

/// How much routing gives one agent of a queue. What they are asked counts for as long as they may accept it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fairness {
    /// As many conversations.
    pub most: u32,
    /// Within so many seconds.
    pub within_seconds: u32,
}

/// Until when visitors are promised answers, in seconds; `None` promises nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Promises {
    /// From asking for a person to a person's first word.
    pub first_reply_seconds: Option<u32>,
    /// From a message to a person's next word.
    pub next_reply_seconds: Option<u32>,
    /// Whether only the time counts in which the queue is open.
    pub open_hours_only: bool,
}

impl Default for Strategy {
    fn default() -> Self {
        Self { by: What::default(), tiered: false, ask_at_once: 1 }
    }
}

impl What {
    /// Its code, the same as on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastOpen => "least_open",
            Self::MostAvailable => "most_available",
            Self::LongestIdle => "longest_idle",
            Self::BestSkill => "best_skill",
            Self::Manual => "manual",
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a default of an optional field")]
fn sticky_default() -> Option<Sticky> {
    Some(Sticky { days: 7, wait_seconds: 60 })
}

fn notice_default() -> u32 {
    45
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}
