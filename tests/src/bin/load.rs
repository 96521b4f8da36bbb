//! `cargo xtask bench messages`: load for a bridge that it starts itself, from another process. `load --help` lists the
//! measurements; without one it carries out all of them.

use acceptance::load::machine::Machine;
use acceptance::load::world::{self, StoreKind};
use acceptance::load::{Outage, Outcome, Plan, Report, Task, perform};
use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask bench messages --",
    about = "Gives a bridge load, and tells what came of it."
)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Args)]
struct Options {
    /// The bridge's program; this one serves as a bridge when it is not given
    #[arg(long)]
    bridge: Option<PathBuf>,
    /// Where to make data folders; must be on a disk, not in memory
    #[arg(long)]
    folder: Option<PathBuf>,
    /// On which databases
    #[arg(long, value_enum, value_delimiter = ',', global = true)]
    store: Vec<StoreKind>,
    /// How often to repeat each measurement
    #[arg(long, default_value_t = 1, global = true)]
    runs: usize,
    /// Seconds of one stretch of load
    #[arg(long, default_value_t = 8.0, global = true)]
    seconds: f64,
    /// Conversations are the assistant's: visitors speak, no agent is there
    #[arg(long, global = true)]
    automated: bool,
    /// Small and short: only whether messages go right
    #[arg(long)]
    quick: bool,
    /// Write everything here as JSON
    #[arg(long, global = true)]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// Latency and CPU at given rates
    Steady {
        #[arg(long, value_delimiter = ',', default_values_t = [300.0, 1_000.0])]
        rate: Vec<f64>,
        #[arg(long, value_delimiter = ',', default_values_t = [1_000])]
        connections: Vec<usize>,
        /// Messages stored before
        #[arg(long, value_delimiter = ',', default_values_t = [0])]
        stored: Vec<usize>,
    },
    /// The highest rate at a typical p99 below 100 ms
    Sweep {
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
        connections: Vec<usize>,
        #[arg(long, default_value_t = 1_000.0)]
        from: f64,
    },
    /// Conversations handed over all at once: assignments a second, committed and told
    Assign {
        #[arg(long, value_delimiter = ',', default_values_t = [5_000])]
        connections: Vec<usize>,
    },
    /// Memory of idle connections
    Idle {
        #[arg(long, value_delimiter = ',', default_values_t = [4_000, 10_000])]
        connections: Vec<usize>,
    },
    /// Time to listening with much stored
    Start {
        #[arg(long, default_value_t = 1_000_000)]
        messages: usize,
        /// Conversations that are open
        #[arg(long, default_value_t = 0)]
        open: usize,
    },
    /// Everybody comes back at once
    Storm {
        #[arg(long, value_delimiter = ',', default_values_t = [5_000])]
        connections: Vec<usize>,
    },
    /// SIGKILL under load
    Kill {
        #[arg(long, default_value_t = 1_000)]
        connections: usize,
        /// Messages stored before
        #[arg(long, default_value_t = 0)]
        stored: usize,
        #[arg(long, default_value_t = 500.0)]
        rate: f64,
        #[arg(long, default_value_t = 5)]
        times: usize,
    },
    /// SIGSTOP, and SIGCONT after a while
    Pause(Around),
    /// A full disk, and room again; on SQLite
    Full(Around),
    /// The database's server crashes, and comes back after a while; on PostgreSQL
    Away(Around),
    /// Processes of the database's server are killed, also in the middle of a commit; on PostgreSQL
    Commits {
        #[command(flatten)]
        around: Around,
        #[arg(long, default_value_t = 10)]
        times: usize,
    },
    /// A disk without power has what was flushed; on SQLite
    Power {
        #[command(flatten)]
        around: Around,
        #[arg(long, default_value_t = 10)]
        times: usize,
    },
    /// A long time, while clients come and go: --seconds 86400 is a day
    Soak {
        #[arg(long, default_value_t = 1_000)]
        connections: usize,
        #[arg(long, default_value_t = 2_000.0)]
        rate: f64,
    },
    /// Keys, cookies and passwords are guessed
    Forged {
        #[arg(long, default_value_t = 200)]
        connections: usize,
        #[arg(long, default_value_t = 300.0)]
        rate: f64,
        /// Guesses a second
        #[arg(long, default_value_t = 2_000.0)]
        guesses: f64,
    },
    /// Connections that do not finish their first request
    Strangers {
        #[arg(long, default_value_t = 5_000)]
        connections: usize,
    },
    /// All that fail, one after the other
    Failures,
    /// Some visitors stop reading
    Slow {
        #[arg(long, default_value_t = 200)]
        connections: usize,
        #[arg(long, default_value_t = 20)]
        readers: usize,
        #[arg(long, default_value_t = 300.0)]
        rate: f64,
    },
    /// Serve as a bridge
    #[command(hide = true)]
    Bridge {
        #[arg(long)]
        listen: SocketAddr,
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        workspace: PathBuf,
    },
}

/// The load around an outage. It lasts as `--seconds` says.
#[derive(Args)]
struct Around {
    #[arg(long, default_value_t = 200)]
    connections: usize,
    #[arg(long, default_value_t = 300.0)]
    rate: f64,
}

impl Around {
    fn outage(&self, lasts: Duration) -> Outage {
        Outage { connections: self.connections, rate: self.rate, lasts }
    }
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    match cli.what {
        Some(What::Bridge { listen, data, workspace }) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(world::serve(listen, &data, workspace))?;
            Ok(ExitCode::SUCCESS)
        }
        what => {
            // One thread, so that the generator is in nobody's way more than it has to be.
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let tasks = tasks(what, cli.options.quick, Duration::from_secs_f64(cli.options.seconds));
            tokio::task::LocalSet::new().block_on(&runtime, measure(&cli.options, &tasks))
        }
    }
}

async fn measure(options: &Options, tasks: &[Task]) -> Result<ExitCode> {
    // The bridge it starts has the same bound.
    bridge::open_files_max();
    let mut report = Report { machine: Machine::look()?, outcomes: Vec::new() };
    let Machine { cores, memory_gib, load_average, commit } = &report.machine;
    println!("{cores} cores, {memory_gib:.0} GiB, load average {load_average}, commit {commit}");
    let plan = plan(options);
    let outcomes = &mut report.outcomes;
    let mut tell = |outcome: Outcome| {
        println!("{}", outcome.line());
        outcomes.push(outcome);
    };
    for task in tasks {
        perform(&plan, task, &mut tell).await?;
    }
    report.medians().iter().for_each(|line| println!("median of {line}"));
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plan(options: &Options) -> Plan {
    let stores = match options.store.as_slice() {
        [] => vec![StoreKind::Sqlite, StoreKind::Postgres],
        chosen => chosen.to_vec(),
    };
    let seconds = if options.quick { 1.0 } else { options.seconds };
    Plan {
        program: options.bridge.clone(),
        folder: options.folder.clone().unwrap_or_else(std::env::temp_dir),
        stores,
        runs: options.runs,
        lasts: Duration::from_secs_f64(seconds),
        automated: options.automated,
    }
}

fn tasks(what: Option<What>, quick: bool, lasts: Duration) -> Vec<Task> {
    match what {
        Some(What::Failures) => failures(quick),
        None if quick => vec![
            Task::Steady { rates: vec![200.0], connections: vec![30], stored: vec![100] },
            Task::Storm { connections: vec![60] },
            Task::Kill { connections: 30, stored: 0, rate: 100.0, times: 1 },
        ],
        None | Some(What::Bridge { .. }) => vec![
            Task::Steady { rates: vec![300.0], connections: vec![1_000], stored: vec![0] },
            Task::Sweep { connections: vec![100, 1_000, 10_000], from: 1_000.0 },
            Task::Idle { connections: vec![4_000, 10_000] },
            Task::Storm { connections: vec![5_000] },
            Task::Kill { connections: 1_000, stored: 0, rate: 500.0, times: 5 },
            Task::Slow { connections: 200, readers: 20, rate: 300.0 },
            Task::Start { messages: 1_000_000, open: 0 },
        ],
        Some(What::Steady { rate, connections, stored }) => {
            vec![Task::Steady { rates: rate, connections, stored }]
        }
        Some(What::Sweep { connections, from }) => vec![Task::Sweep { connections, from }],
        Some(What::Assign { connections }) => vec![Task::Assign { connections }],
        Some(What::Idle { connections }) => vec![Task::Idle { connections }],
        Some(What::Start { messages, open }) => vec![Task::Start { messages, open }],
        Some(What::Storm { connections }) => vec![Task::Storm { connections }],
        Some(What::Kill { connections, stored, rate, times }) => {
            vec![Task::Kill { connections, stored, rate, times }]
        }
        Some(What::Pause(around)) => vec![Task::Pause(around.outage(lasts))],
        Some(What::Full(around)) => vec![Task::Full(around.outage(lasts))],
        Some(What::Away(around)) => vec![Task::Away(around.outage(lasts))],
        Some(What::Commits { around, times }) => {
            vec![Task::Commits { outage: around.outage(lasts), times }]
        }
        Some(What::Power { around, times }) => vec![Task::Power { outage: around.outage(lasts), times }],
        Some(What::Forged { connections, rate, guesses }) => {
            vec![Task::Forged { connections, rate, guesses }]
        }
        Some(What::Strangers { connections }) => vec![Task::Strangers(connections)],
        Some(What::Soak { connections, rate }) => vec![Task::Soak(Outage { connections, rate, lasts })],
        Some(What::Slow { connections, readers, rate }) => vec![Task::Slow { connections, readers, rate }],
    }
}

/// Each with the load and the time the documentation tells; quick ones say only whether messages go right.
fn failures(quick: bool) -> Vec<Task> {
    let outage = |seconds: f64| match quick {
        true => Outage { connections: 30, rate: 100.0, lasts: Duration::from_secs_f64(seconds.min(1.0)) },
        false => Outage { connections: 200, rate: 300.0, lasts: Duration::from_secs_f64(seconds) },
    };
    let mut tasks = vec![
        Task::Pause(outage(10.0)),
        Task::Full(outage(10.0)),
        Task::Power { outage: outage(4.0), times: if quick { 2 } else { 20 } },
        Task::Away(outage(30.0)),
        Task::Commits { outage: outage(20.0), times: if quick { 1 } else { 10 } },
    ];
    if !quick {
        tasks.push(Task::Kill { connections: 1_000, stored: 0, rate: 500.0, times: 20 });
        tasks.push(Task::Forged { connections: 200, rate: 300.0, guesses: 2_000.0 });
        tasks.push(Task::Strangers(5_000));
        tasks.push(Task::Slow { connections: 200, readers: 100, rate: 300.0 });
        tasks.push(Task::Soak(Outage { connections: 1_000, rate: 2_000.0, lasts: Duration::from_secs(300) }));
    }
    tasks
}
