//! In which order agents are chosen (`routing-and-inbox.md` E.3). Every strategy ends with who has gone longest without
//! being asked, then with the agent's id.

use protocol::Timestamp;

/// How an agent is chosen among those who can take a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// Who has gone longest without being asked. Whoever cannot take one keeps their place.
    #[default]
    RoundRobin,
    /// Who has least on their hands.
    LeastOpen,
    /// Who has most room left.
    MostAvailable,
    /// Whose last conversation ended longest ago.
    LongestIdle,
    /// Who has most of the skills asked for.
    BestSkill,
    /// Nobody: agents pick.
    Manual,
}

/// Which agents are preferred where that is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Before all others.
    High,
    /// As a rule.
    #[default]
    Medium,
    /// When nobody else can.
    Low,
    /// Not by itself.
    Never,
}

/// How an agent stands: whether they can be given something, and what decides whether others come before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether they can be asked at all: online, not resting, not wrapping up.
    pub available: bool,
    /// Room they have in all.
    pub capacity: u32,
    /// Room that is taken, offers included.
    pub load: u32,
    /// When they were last asked or given something by itself; never is before all times.
    pub last_asked: Option<Timestamp>,
    /// When they last let something go; never is before all times.
    pub last_released: Option<Timestamp>,
}

impl Standing {
    /// Room that is left.
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.load)
    }
}

/// An agent's place among others; smaller comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    tier: Tier,
    primary: u64,
    last_asked: u64,
}

impl Order {
    /// The place by this strategy; `levels` is the sum of the levels of the skills asked for.
    pub fn by(strategy: Strategy, tier: Tier, standing: &Standing, levels: u32) -> Self {
        let last_asked = moment(standing.last_asked);
        let primary = match strategy {
            Strategy::RoundRobin | Strategy::Manual => 0,
            Strategy::LeastOpen => u64::from(standing.load),
            Strategy::MostAvailable => u64::from(u32::MAX - standing.free()),
            Strategy::LongestIdle => moment(standing.last_released),
            Strategy::BestSkill => u64::from(u32::MAX - levels),
        };
        Self { tier, primary, last_asked }
    }
}

/// Never is before all times.
fn moment(at: Option<Timestamp>) -> u64 {
    at.map_or(0, |at| at.millis().saturating_add(1))
}
