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
mod ledger;
pub mod machine;
mod pace;
mod rates;
mod report;
mod sizes;
mod stored;
mod wire;
pub mod world;

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
        /// Messages a second.
        rate: f64,
        /// How often.
        times: usize,
    },
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
    for store in &plan.stores {
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
                Task::Kill { connections, rate, times } => {
                    failures::kill(&place, *connections, *rate, *times, told).await?;
                }
                Task::Slow { connections, readers, rate } => {
                    failures::slow(&place, *connections, *readers, *rate, told).await?;
                }
            }
        }
    }
    Ok(())
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
        }
    }
}
