//! A day as data: who did what and when, so that it can be played again without whoever made it up, shortened, written to a
//! file and read by people.

use protocol::setup::Setup;
use protocol::{Act, AgentId, AgentStatus, ConversationId, QueueId, RequestId, SiteId, Timestamp, VisitorId};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Monday, 2 March 2026, 08:00 UTC.
const MORNING: Timestamp = Timestamp::from_millis(1_772_438_400_000);

/// Names for reports; there are never more agents than these.
pub const NAMES: [&str; 7] = ["Anna", "Ben", "Chloe", "Dario", "Emma", "Farid", "Greta"];

/// A setup and what happened under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// As the day begins.
    pub setup: Setup,
    /// In order of time.
    pub steps: Vec<Step>,
}

/// One thing that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name, unique in the day: the name of its request and of what it opens.
    pub id: u32,
    /// Milliseconds since the morning.
    pub at: u64,
    /// Whether the clock jumped: what was due since the step before is found at this step's time, all at once.
    pub jumped: bool,
    /// Whether it came in one batch with the next step: routing looks after that one.
    pub batched: bool,
    /// What.
    pub deed: Deed,
}

/// What can be done in a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Deed {
    /// The visitor says this.
    Writes(u8, String),
    /// The assistant in this visitor's browser says this.
    AssistantWrites(u8, String),
    /// The visitor asks for a person.
    Asks(u8, Option<QueueId>),
    /// The visitor does not want to wait any more.
    GivesUp(u8),
    /// The visitor ends the conversation.
    Ends(u8),
    /// The visitor's first window is there, or the last one has gone.
    Here(u8, bool),
    /// An agent's first console is there, or the last one has gone.
    Connected(u8, bool),
    /// An agent chooses a status.
    Chooses(u8, AgentStatus),
    /// An agent types nothing for a while, or does so again.
    Idles(u8, bool),
    /// Somebody does something with a visitor's last conversation.
    Acts(Who, u8, Act),
    /// Somebody writes to a visitor first.
    Opens(Who, u8),
    /// The command of an earlier step arrives once more.
    Repeats(u32),
    /// The setup is changed to this.
    SetUp(Box<Setup>),
    /// The bridge is killed and starts again.
    Restarts,
    /// Nothing: time passes.
    Waits,
}

/// Who of the staff, or for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Who {
    /// An agent.
    Agent(u8),
    /// A customer's own program.
    Program,
}

/// The moment so many milliseconds after the morning.
pub fn moment(at: u64) -> Timestamp {
    Timestamp::from_millis(MORNING.millis() + at)
}

/// An agent by number.
pub fn agent(number: u8) -> AgentId {
    AgentId(Uuid::from_u128(0xA_0000 + u128::from(number)))
}

/// A visitor by number.
pub fn visitor(number: u8) -> VisitorId {
    VisitorId(Uuid::from_u128(0xB_0000 + u128::from(number)))
}

/// The site where everything happens.
pub fn site() -> SiteId {
    SiteId::new("shop").expect("it is spelled like a name")
}

impl Step {
    /// The name of its request.
    pub fn request(&self) -> RequestId {
        RequestId(Uuid::from_u128(0xC_0000_0000 + u128::from(self.id)))
    }

    /// The name of what it opens. Their order is not that of time, so that nothing relies on it.
    pub fn fresh(&self) -> ConversationId {
        let scattered = u128::from(self.id.wrapping_mul(0x9e37_79b9));
        ConversationId(Uuid::from_u128((scattered << 32) + u128::from(self.id)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "setup: {}", serde_json::to_string_pretty(&self.setup).map_err(|_| fmt::Error)?)?;
        self.steps.iter().try_for_each(|step| writeln!(f, "{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.at / 1_000, self.at % 1_000);
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        write!(f, "#{:<4} +{hours}:{minutes:02}:{:02}.{millis:03} ", self.id, seconds % 60)?;
        if self.jumped {
            write!(f, "(clock jumped) ")?;
        }
        if self.batched {
            write!(f, "(with the next) ")?;
        }
        self.deed.fmt(f)
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Writes(visitor, text) => write!(f, "visitor {visitor} writes {text:?}"),
            Self::AssistantWrites(visitor, text) => {
                write!(f, "visitor {visitor}'s assistant writes {text:?}")
            }
            Self::Asks(visitor, queue) => write!(f, "visitor {visitor} asks for a person of {queue:?}"),
            Self::GivesUp(visitor) => write!(f, "visitor {visitor} stops waiting"),
            Self::Ends(visitor) => write!(f, "visitor {visitor} ends it"),
            Self::Here(visitor, here) => {
                write!(f, "visitor {visitor} is {}", if *here { "here" } else { "gone" })
            }
            Self::Connected(agent, here) => {
                write!(f, "{} {}", name(*agent), if *here { "connects" } else { "disconnects" })
            }
            Self::Chooses(agent, status) => write!(f, "{} chooses {status:?}", name(*agent)),
            Self::Idles(agent, idle) => {
                write!(f, "{} is {}", name(*agent), if *idle { "idle" } else { "active" })
            }
            Self::Acts(who, visitor, act) => write!(f, "{who} with visitor {visitor}: {act:?}"),
            Self::Opens(who, visitor) => write!(f, "{who} opens one with visitor {visitor}"),
            Self::Repeats(step) => write!(f, "#{step} arrives again"),
            Self::SetUp(setup) => {
                write!(f, "setup: {}", serde_json::to_string(setup).map_err(|_| fmt::Error)?)
            }
            Self::Restarts => write!(f, "the bridge restarts"),
            Self::Waits => write!(f, "time passes"),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agent(agent) => f.write_str(name(*agent)),
            Self::Program => f.write_str("a program"),
        }
    }
}

/// An agent's name by number.
pub fn name(agent: u8) -> &'static str {
    NAMES.get(usize::from(agent)).copied().unwrap_or("somebody")
}
