//! `cargo xtask bench routing`: assignments by the switchboard alone and over a store, and deadlines. `routing --help` lists
//! the measurements; without one it carries out all of them.

use acceptance::load::machine::Machine;
use acceptance::load::world::StoreKind;
use acceptance::routing::pure::{Row, Timed};
use acceptance::routing::{Size, durable, pure, timers};
use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// What the largest office has to reach.
const GOAL_PER_SECOND: f64 = 200_000.0;

/// The same, of the slowest in a hundred.
const GOAL_P99_MICROS: f64 = 50.0;

/// What ten times as much may cost, for each assignment.
const GOAL_GROWTH: f64 = 1.5;

/// Durable assignments.
const GOAL_DURABLE_PER_SECOND: f64 = 10_000.0;

/// Milliseconds after which what is due is done.
const GOAL_LATE_MILLIS: f64 = 1_000.0;

/// Milliseconds after which all that was overdue is done.
const GOAL_OVERDUE_MILLIS: f64 = 30_000.0;

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask bench routing --",
    about = "Tells how quickly conversations are assigned, and deadlines kept."
)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Args)]
struct Options {
    /// Where to make data folders; must be on a disk, not in memory
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    /// On which databases
    #[arg(long, value_enum, value_delimiter = ',', global = true)]
    store: Vec<StoreKind>,
    /// Small and short: only whether assignments go right
    #[arg(long, global = true)]
    quick: bool,
}

#[derive(Clone, Copy, Subcommand)]
enum What {
    /// By the switchboard alone
    Pure,
    /// Over a store, committed
    Durable,
    /// Deadlines
    Timers,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let Machine { cores, memory_gib, load_average, commit } = Machine::look()?;
    println!("{cores} cores, {memory_gib:.0} GiB, load average {load_average}, commit {commit}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut right = true;
    if matches!(cli.what, None | Some(What::Pure)) {
        pure_part(cli.options.quick);
    }
    if matches!(cli.what, None | Some(What::Durable)) {
        right &= runtime.block_on(durable_part(&cli.options))?;
    }
    if matches!(cli.what, None | Some(What::Timers)) {
        right &= runtime.block_on(timers_part(&cli.options))?;
    }
    Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn pure_part(quick: bool) {
    let (waiting, agents, queues, rounds): (&[usize], &[usize], &[usize], usize) = match quick {
        true => (&[20, 200], &[10], &[1, 5], 200),
        false => (&[100, 10_000, 100_000], &[10, 1_000, 10_000], &[1, 50], 100_000),
    };
    let head = "per second     p50     p99   p99.9 us";
    println!("assignments by the switchboard alone");
    println!(
        "waiting agents queues | freed: {head} | of it given: {head} | free: {head} | waits: p50  p99 us | matcher: p50  p99 us"
    );
    let mut rows = Vec::new();
    for queues in queues {
        for agents in agents {
            for waiting in waiting {
                let size = Size { waiting: *waiting, agents: *agents, queues: *queues };
                let row = pure::measure(size, rounds);
                print_row(&row);
                rows.push(row);
            }
        }
    }
    growth(&rows);
    let largest = rows.last().expect("some were measured");
    let Size { waiting, agents, queues } = largest.size;
    println!("with {waiting} waiting, {agents} agents and {queues} queues:");
    let kinds = [("freed", &largest.freed), ("given", &largest.given), ("free", &largest.free)];
    for (what, timed) in kinds {
        let (rate, p99) = (timed.per_second(), timed.micros(0.99));
        verdict(&format!("{what}: {rate:.0} of {GOAL_PER_SECOND:.0} a second"), rate >= GOAL_PER_SECOND);
        verdict(&format!("{what}: p99 {p99:.1} of {GOAL_P99_MICROS} us"), p99 <= GOAL_P99_MICROS);
    }
}

fn print_row(row: &Row) {
    let Size { waiting, agents, queues } = row.size;
    let four = |timed: &Timed| {
        let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|quantile| timed.micros(quantile));
        format!("{:>10.0} {p50:>7.2} {p99:>7.2} {p999:>7.2}", timed.per_second())
    };
    let two = |timed: &Timed| format!("{:>6.2} {:>6.2}", timed.micros(0.5), timed.micros(0.99));
    println!(
        "{waiting:>7} {agents:>6} {queues:>6} | {} | {} | {} | {} | {}",
        four(&row.freed),
        four(&row.given),
        four(&row.free),
        two(&row.joins),
        two(&row.matcher)
    );
}

/// By how much an assignment costs more with ten times as much of one thing and the same of everything else: medians, as
/// the mean of a whole span.
fn growth(rows: &[Row]) {
    let mut worst: f64 = 0.0;
    let mut tell = |what: &str, from: &Row, to: &Row, times: usize| {
        let each = |ratio: f64| ratio.powf(1.0 / (times as f64).log10());
        let grown = |of: fn(&Row) -> &Timed| each(of(to).micros(0.5) / of(from).micros(0.5));
        let (freed, free) = (grown(|row| &row.freed), grown(|row| &row.free));
        worst = worst.max(freed).max(free);
        let Size { waiting, agents, queues } = from.size;
        println!("10x {what} from {waiting} x {agents} x {queues}: freed {freed:.2}, free {free:.2}");
    };
    for from in rows {
        let more_waiting = |to: &&Row| {
            to.size.waiting > from.size.waiting
                && (to.size.agents, to.size.queues) == (from.size.agents, from.size.queues)
        };
        if let Some(to) = rows.iter().find(more_waiting) {
            tell("waiting", from, to, to.size.waiting / from.size.waiting);
        }
        let more_agents = |to: &&Row| {
            to.size.agents > from.size.agents
                && (to.size.waiting, to.size.queues) == (from.size.waiting, from.size.queues)
        };
        if let Some(to) = rows.iter().find(more_agents) {
            tell("agents", from, to, to.size.agents / from.size.agents);
        }
    }
    verdict(&format!("10x at most {worst:.2} of {GOAL_GROWTH}"), worst <= GOAL_GROWTH);
}

async fn durable_part(options: &Options) -> Result<bool> {
    let (size, seconds) = match options.quick {
        true => (Size { waiting: 300, agents: 20, queues: 3 }, 0.5),
        false => (Size { waiting: 5_000, agents: 1_000, queues: 50 }, 8.0),
    };
    let mut right = true;
    for kind in stores(options) {
        let came = durable::measure(kind, &folder(options), size, Duration::from_secs_f64(seconds)).await?;
        let durable::Durable { assigned, per_second, turn, twice, over_capacity } = came;
        println!(
            "durable, {kind:?}: {assigned} assigned, {per_second:.0} a second, turn p50 {:.1} p99 {:.1} ms, owned twice {twice}, \
             over capacity {over_capacity}",
            turn.p50, turn.p99
        );
        verdict(
            &format!("{per_second:.0} of {GOAL_DURABLE_PER_SECOND} a second"),
            per_second >= GOAL_DURABLE_PER_SECOND,
        );
        right &= (twice, over_capacity) == (0, 0);
    }
    Ok(right)
}

async fn timers_part(options: &Options) -> Result<bool> {
    let (pending, seconds) = if options.quick { (2_000, 0.5) } else { (100_000, 8.0) };
    let mut right = true;
    for kind in stores(options) {
        let came = timers::measure(kind, &folder(options), pending, Duration::from_secs_f64(seconds)).await?;
        let timers::Timers { pending, loaded_ms, late, early, overdue_ms, overdue } = came;
        println!(
            "timers, {kind:?}: {pending} pending, in memory after {loaded_ms:.0} ms; at 1,000 a second late p50 {:.1} p99 {:.1} \
             max {:.1} ms, early {early}; {overdue} overdue after an hour done in {overdue_ms:.0} ms",
            late.p50, late.p99, late.max
        );
        verdict(&format!("{:.0} of {GOAL_LATE_MILLIS} ms late", late.max), late.max <= GOAL_LATE_MILLIS);
        verdict(&format!("{overdue_ms:.0} of {GOAL_OVERDUE_MILLIS} ms"), overdue_ms <= GOAL_OVERDUE_MILLIS);
        right &= early == 0;
    }
    Ok(right)
}

fn verdict(what: &str, reached: bool) {
    println!("  {what}: {}", if reached { "reached" } else { "MISSED" });
}

fn stores(options: &Options) -> Vec<StoreKind> {
    match options.store.as_slice() {
        [] => vec![StoreKind::Sqlite, StoreKind::Postgres],
        chosen => chosen.to_vec(),
    }
}

fn folder(options: &Options) -> PathBuf {
    options.folder.clone().unwrap_or_else(std::env::temp_dir)
}
