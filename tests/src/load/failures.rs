//! What happens when everybody comes back at once, when the bridge is killed, and when some do not read.

use super::Place;
use super::client::Order;
use super::field::Field;
use super::figures::{Spread, Times, median};
use super::ledger::{Message, Side};
use super::outages;
use super::pace::{self, Pace};
use super::rates::{DRAIN, Stage};
use super::report::Outcome;
use super::stored::Stored;
use super::world::World;
use anyhow::{Context, Result, ensure};
use std::ops::Range;
use std::time::{Duration, Instant};

/// After this a client that is not back is taken for lost.
const BACK_WITHIN: Duration = Duration::from_secs(30);

/// Load before and after an outage.
pub const AROUND: Duration = Duration::from_secs(2);

/// Bytes of a message to somebody who does not read: enough of them fill every buffer of the machine.
const LONG_BYTES: usize = 12_000;

/// Long messages a second to each who does not read.
const LONG_PER_SECOND: f64 = 40.0;

/// Every visitor hangs up, is sent a message, and all dial at once.
pub async fn storm(place: &Place<'_>, connections: usize, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set(place, connections, Stored::default()).await?;
    let field = &stage.field;
    let before = stage.world.memory();
    (0..connections).for_each(|visitor| field.order(visitor, Order::Leave));
    let now = Instant::now();
    (0..connections).for_each(|visitor| pace::say(field, visitor, Side::Agent, now));
    let taken = field.all_accepted(BACK_WITHIN).await;
    ensure!(taken, "the messages that are to be missed were not taken: {:?}", field.troubles());
    field.recount();
    let used = stage.world.cost().bridge;
    let began = Instant::now();
    (0..connections).for_each(|visitor| field.order(visitor, Order::Return));
    field.all_whole(connections, BACK_WITHIN).await?;
    let used = stage.world.cost().bridge.saturating_sub(used);
    let back = Times::of(field.recount().into_iter().map(|at| at - began)).spread();
    field.drained(DRAIN).await;
    let mut outcome = stage.outcome(place, "storm");
    outcome.figure("ms to the last one whole", back.max);
    outcome.figure("ms to half of them", back.p50);
    outcome.figure("connections that broke", field.counts.broken.get() as f64);
    outcome.figure("bridge CPU us each", used.as_secs_f64() * 1e6 / connections as f64);
    outcome.figure("resident MiB before", before.resident_kib as f64 / 1_024.0);
    outcome.figure("resident MiB after", stage.world.memory().resident_kib as f64 / 1_024.0);
    told(outcome);
    field.end();
    Ok(())
}

/// Kills the bridge at random moments under load and starts it again at once.
pub async fn kill(
    place: &Place<'_>,
    connections: usize,
    stored: usize,
    rate: f64,
    times: usize,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let mut stage = Stage::set(place, connections, Stored::closed(stored)).await?;
    let (mut since_kill, mut since_start, mut to_listen) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..times {
        let Stage { world, field } = stage;
        let clients = field.clients();
        let lasts = AROUND + Duration::from_millis(fastrand::u64(0..500)) + AROUND;
        let load = pace::load(&field, Pace { rate, lasts }, connections);
        let restart = async {
            tokio::time::sleep(AROUND + Duration::from_millis(fastrand::u64(0..500))).await;
            field.recount();
            let killed = Instant::now();
            let (world, started, listening) = restarted(world).await?;
            field.all_whole(clients, BACK_WITHIN).await?;
            let last = field.recount().into_iter().max().context("somebody comes back")?;
            anyhow::Ok((world, last - killed, last - started, listening))
        };
        let (_, restarted) = tokio::join!(load, restart);
        let (world, after_kill, after_start, listening) = restarted?;
        field.drained(DRAIN).await;
        since_kill.push(after_kill.as_secs_f64() * 1e3);
        since_start.push(after_start.as_secs_f64() * 1e3);
        to_listen.push(listening.as_secs_f64() * 1e3);
        stage = Stage { world, field };
    }
    let mut outcome = stage.outcome(place, "kill -9");
    let worst = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    outcome.figure("kills", times as f64);
    outcome.figure("messages a second", rate);
    outcome.figure("messages", stage.field.ledger.borrow().messages().len() as f64);
    outcome.figure("ms from restart to all back, worst", worst(&since_start));
    outcome.figure("ms from restart to all back, median", median(since_start));
    outcome.figure("ms from kill to all back, worst", worst(&since_kill));
    outcome.figure("ms from kill to all back, median", median(since_kill));
    outcome.figure("ms to listening, median", median(to_listen));
    outcome.figure("s without an ack, the longest", outages::longest_silence(&stage.field).as_secs_f64());
    outcome.stored = stored;
    told(outages::stored_as_acknowledged(stage, outcome).await?);
    Ok(())
}

/// Off this thread, which the clients need.
async fn restarted(mut world: World) -> Result<(World, Instant, Duration)> {
    let restart = tokio::task::spawn_blocking(move || {
        world.kill()?;
        let started = Instant::now();
        let listening = world.launch()?;
        anyhow::Ok((world, started, listening))
    });
    restart.await.context("the restart was interrupted")?
}

/// Some visitors stop reading while their agents go on writing to them; the others' latency is compared with that under the
/// same load while all still read.
pub async fn slow(
    place: &Place<'_>,
    connections: usize,
    readers: usize,
    rate: f64,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let stage = Stage::set(place, connections + readers, Stored::default()).await?;
    let field = &stage.field;
    let lasts = place.plan.lasts;
    stage.measure(rate, Duration::from_secs(1), connections).await;
    let slow = connections..connections + readers;
    let (before, peak_before) = flooded(&stage, slow.clone(), rate, lasts).await;
    ensure!(field.drained(DRAIN).await, "the bridge does not keep up while all read");
    slow.clone().for_each(|visitor| field.order(visitor, Order::Freeze));
    let (meanwhile, peak) = flooded(&stage, slow.clone(), rate, lasts).await;
    // Whoever did not read comes back and has missed nothing.
    let accepted = field.all_accepted(DRAIN).await;
    field.recount();
    slow.for_each(|visitor| field.order(visitor, Order::Return));
    field.all_whole(readers, BACK_WITHIN).await?;
    let drained = accepted && field.drained(BACK_WITHIN).await;
    let mut outcome = stage.outcome(place, "slow readers");
    outcome.figure("who do not read", readers as f64);
    outcome.figure("messages a second of the others", rate);
    outcome.figure("others' p50 ms before", before.p50);
    outcome.figure("others' p50 ms meanwhile", meanwhile.p50);
    outcome.figure("others' p99 ms before", before.p99);
    outcome.figure("others' p99 ms meanwhile", meanwhile.p99);
    outcome.figure("resident MiB at most, before", peak_before as f64 / 1_024.0);
    outcome.figure("resident MiB at most, meanwhile", peak as f64 / 1_024.0);
    outcome.figure("all delivered after resuming", f64::from(u8::from(drained)));
    told(outcome);
    field.end();
    Ok(())
}

/// Long messages to some and the usual ones between the others: how those were delivered, and the bridge's memory at most.
async fn flooded(stage: &Stage, slow: Range<usize>, rate: f64, lasts: Duration) -> (Spread, u64) {
    let (field, others) = (&stage.field, slow.start);
    let load = pace::load(field, Pace { rate, lasts }, others);
    let (peak, stretch, ()) = tokio::join!(peak(stage, lasts), load, flood(field, slow, lasts));
    field.all_accepted(DRAIN).await;
    let ledger = field.ledger.borrow();
    let due = ledger.due_within(stretch.from, stretch.until);
    let others = due.filter(|message| message.conversation < others);
    (Times::of(others.filter_map(Message::delivery)).spread(), peak)
}

/// Long messages to those who do not read.
async fn flood(field: &Field, to: Range<usize>, lasts: Duration) {
    let mut ticks = tokio::time::interval(Duration::from_secs_f64(1.0 / LONG_PER_SECOND));
    let until = Instant::now() + lasts;
    while Instant::now() < until {
        ticks.tick().await;
        for visitor in to.clone() {
            pace::say_long(field, visitor, Side::Agent, Instant::now(), LONG_BYTES);
        }
    }
}

/// The most memory the bridge had.
pub async fn peak(stage: &Stage, lasts: Duration) -> u64 {
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    let until = Instant::now() + lasts;
    let mut peak = 0;
    while Instant::now() < until {
        ticks.tick().await;
        peak = peak.max(stage.world.memory().resident_kib);
    }
    peak
}
