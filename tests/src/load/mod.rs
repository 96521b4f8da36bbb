//! Load for one bridge, and what it does when things fail: `cargo xtask bench messages`, and in small a test.
//!
//! The generator is a process of its own that speaks the widget's and the console's protocol over loopback. It is open
//! loop: a message is charged from the moment it was due, also while the generator or the bridge is behind. Every message
//! is in a ledger, and a run in which one was lost, doubled, reordered or misrouted fails, however quick it was.

mod assignments;
mod client;
mod failures;
mod field;
pub mod figures;
mod intruders;
mod ledger;
pub mod machine;
mod outages;
mod pace;
mod rates;
mod report;
mod sizes;
mod stored;
mod wire;
pub mod world;

pub use outages::Outage;
pub use report::{Outcome, Report};

use anyhow::Result;
use std::path::PathBuf;
use std::time::Duration;
use world::{Setup, StoreKind};

/// Conversations of one agent, unless told otherwise: a console follows 32 at most.
pub const PER_AGENT: usize = 20;

/// What is asked for in common by all measurements.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The bridge's program; this one serves as a bridge when there is none.
    pub program: Option<PathBuf>,
    /// The folder data folders are made in.
    pub folder: PathBuf,
    /// On which databases.
    pub stores: Vec<StoreKind>,
    /// How often each is repeated.
    pub runs: usize,
    /// How long one stretch of load lasts.
    pub lasts: Duration,
    /// Conversations are the assistant's: visitors speak and no agent is there.
    pub automated: bool,
}

/// One measurement.
#[derive(Clone, Debug)]
pub enum Task {
    /// Latency and cost at given rates.
    Steady {
        /// Messages a second.
        rates: Vec<f64>,
        /// Conversations.
        connections: Vec<usize>,
        /// Messages stored before.
        stored: Vec<usize>,
    },
    /// The highest rate with a typical p99 below 100 ms.
    Sweep {
        /// Conversations.
        connections: Vec<usize>,
        /// The first rate tried.
        from: f64,
    },
    /// Everybody opens a conversation and is handed over at once, each to an agent who accepts.
    Assign {
        /// Conversations.
        connections: Vec<usize>,
    },
    /// Memory of connections that do nothing.
    Idle {
        /// How many.
        connections: Vec<usize>,
    },
    /// Time to listening.
    Start {
        /// Messages stored.
        messages: usize,
        /// Conversations that are open.
        open: usize,
    },
    /// Everybody comes back at once, each having missed a message.
    Storm {
        /// How many.
        connections: Vec<usize>,
    },
    /// SIGKILL under load, and a restart.
    Kill {
        /// Conversations.
        connections: usize,
        /// Messages stored before.
        stored: usize,
        /// Messages a second.
        rate: f64,
        /// How often.
        times: usize,
    },
    /// The bridge is held, and goes on.
    Pause(Outage),
    /// The disk takes nothing more, and then does again; SQLite alone.
    Full(Outage),
    /// The database's server crashes and is away; PostgreSQL alone.
    Away(Outage),
    /// Processes of the database's server are killed; PostgreSQL alone.
    Commits {
        /// Around which load, and within which time.
        outage: Outage,
        /// How many.
        times: usize,
    },
    /// The bridge's machine loses its power; SQLite alone.
    Power {
        /// Around which load; how long each stretch of it is.
        outage: Outage,
        /// How often.
        times: usize,
    },
    /// A long time.
    Soak(Outage),
    /// Keys, cookies and passwords are guessed.
    Forged {
        /// Conversations.
        connections: usize,
        /// Their messages a second.
        rate: f64,
        /// Guesses a second.
        guesses: f64,
    },
    /// So many connections do not finish their first request.
    Strangers(usize),
    /// Some stop reading while others are being talked to.
    Slow {
        /// Conversations.
        connections: usize,
        /// How many of their visitors stop reading.
        readers: usize,
        /// Messages a second of the others.
        rate: f64,
    },
}

/// Carries out one measurement on each database, as often as asked; `told` gets every outcome as it comes.
pub async fn perform(plan: &Plan, task: &Task, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    for store in plan.stores.iter().filter(|store| task.concerns(**store)) {
        for run in 1..=plan.runs {
            let place = Place { plan, store: *store, run };
            match task {
                Task::Steady { rates, connections, stored } => {
                    for (connections, stored) in pairs(connections, stored) {
                        rates::steady(&place, rates, connections, stored, told).await?;
                    }
                }
                Task::Sweep { connections, from } => {
                    for connections in connections {
                        rates::sweep(&place, *connections, *from, told).await?;
                    }
                }
                Task::Assign { connections } => {
                    for connections in connections {
                        assignments::assign(&place, *connections, told).await?;
                    }
                }
                Task::Idle { connections } => sizes::idle(&place, connections, told).await?,
                Task::Start { messages, open } => sizes::start(&place, *messages, *open, told).await?,
                Task::Storm { connections } => {
                    for connections in connections {
                        failures::storm(&place, *connections, told).await?;
                    }
                }
                Task::Kill { connections, stored, rate, times } => {
                    failures::kill(&place, *connections, *stored, *rate, *times, told).await?;
                }
                Task::Pause(outage) => outages::pause(&place, *outage, told).await?,
                Task::Full(outage) => outages::full(&place, *outage, told).await?,
                Task::Away(outage) => outages::away(&place, *outage, told).await?,
                Task::Commits { outage, times } => {
                    outages::commits(&place, *outage, *times, told).await?;
                }
                Task::Power { outage, times } => outages::power(&place, *outage, *times, told).await?,
                Task::Forged { connections, rate, guesses } => {
                    intruders::forged(&place, *connections, *rate, *guesses, told).await?;
                }
                Task::Strangers(count) => intruders::strangers(&place, *count, told).await?,
                Task::Soak(outage) => outages::soak(&place, *outage, told).await?,
                Task::Slow { connections, readers, rate } => {
                    failures::slow(&place, *connections, *readers, *rate, told).await?;
                }
            }
        }
    }
    Ok(())
}

impl Task {
    /// Whether it can be asked of a database.
    fn concerns(&self, store: StoreKind) -> bool {
        match self {
            Self::Full(_) | Self::Power { .. } => store == StoreKind::Sqlite,
            Self::Away(_) | Self::Commits { .. } => store == StoreKind::Postgres,
            Self::Steady { .. }
            | Self::Sweep { .. }
            | Self::Assign { .. }
            | Self::Idle { .. }
            | Self::Start { .. }
            | Self::Storm { .. }
            | Self::Kill { .. }
            | Self::Pause(_)
            | Self::Soak(_)
            | Self::Forged { .. }
            | Self::Strangers(_)
            | Self::Slow { .. } => true,
        }
    }
}

fn pairs(connections: &[usize], stored: &[usize]) -> Vec<(usize, usize)> {
    connections.iter().flat_map(|c| stored.iter().map(|s| (*c, *s))).collect()
}

/// Where and which time a measurement is carried out.
struct Place<'a> {
    plan: &'a Plan,
    store: StoreKind,
    run: usize,
}

impl Place<'_> {
    fn shape(&self, visitors: usize) -> field::Shape {
        field::Shape { visitors, per_agent: (!self.plan.automated).then_some(PER_AGENT) }
    }

    fn setup(&self, shape: field::Shape, stored: stored::Stored) -> Setup {
        Setup {
            store: self.store,
            program: self.plan.program.clone(),
            folder: self.plan.folder.clone(),
            agents: shape.agents(),
            stored,
            faulty: false,
        }
    }
}
