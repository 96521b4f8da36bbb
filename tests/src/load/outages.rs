//! What clients see while the bridge is held, while its disk or its database takes nothing, and when the power goes.

use super::Place;
use super::client::Order;
use super::failures::AROUND;
use super::field::Field;
use super::pace::{self, Pace};
use super::rates::Stage;
use super::report::Outcome;
use super::stored::Stored;
use super::world::World;
use crate::faulty::Unflushed;
use anyhow::{Context, Result, bail, ensure};
use protocol::RequestId;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// After an outage everything said meanwhile is delivered within this time.
const CAUGHT_UP_WITHIN: Duration = Duration::from_secs(60);

/// Events of a conversation that are read at once.
const EVENTS_AT_ONCE: usize = 10_000;

/// An outage, and the load around it.
#[derive(Clone, Copy, Debug)]
pub struct Outage {
    /// Conversations.
    pub connections: usize,
    /// Messages a second.
    pub rate: f64,
    /// How long it lasts.
    pub lasts: Duration,
}

/// When an outage began, and when it ended.
type Span = (Instant, Instant);

/// The bridge is held with SIGSTOP, and goes on.
pub async fn pause(place: &Place<'_>, outage: Outage, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set(place, outage.connections, Stored::default()).await?;
    let breaks = async |stage: &Stage| {
        stage.world.signal("STOP")?;
        let began = Instant::now();
        tokio::time::sleep(outage.lasts).await;
        stage.world.signal("CONT")?;
        Ok((began, Instant::now()))
    };
    let outcome = through(place, "held", stage, outage, breaks).await?;
    told(outcome);
    Ok(())
}

/// The disk takes nothing more, and then does again. Whoever comes meanwhile can read.
pub async fn full(place: &Place<'_>, outage: Outage, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set_on_faulty(place, outage.connections).await?;
    let breaks = async |stage: &Stage| {
        let field = &stage.field;
        field.recount();
        stage.world.machine()?.disk_is_full(true)?;
        let began = Instant::now();
        tokio::time::sleep(outage.lasts / 2).await;
        field.order(0, Order::Leave);
        field.order(0, Order::Return);
        let read = field.all_whole(1, outage.lasts / 2).await;
        ensure!(read.is_ok() || began.elapsed() < outage.lasts, "nobody can read while the disk is full");
        tokio::time::sleep(outage.lasts.saturating_sub(began.elapsed())).await;
        stage.world.machine()?.disk_is_full(false)?;
        Ok((began, Instant::now()))
    };
    let outcome = through(place, "disk full", stage, outage, breaks).await?;
    told(outcome);
    Ok(())
}

/// The database's server crashes, is away, and comes back.
pub async fn away(place: &Place<'_>, outage: Outage, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set(place, outage.connections, Stored::default()).await?;
    let breaks = async |stage: &Stage| {
        let server = stage.world.server()?.clone();
        let began = Instant::now();
        let stopping = server.clone();
        off_thread(move || stopping.stop()).await?;
        tokio::time::sleep(outage.lasts.saturating_sub(began.elapsed())).await;
        off_thread(move || server.start()).await?;
        Ok((began, Instant::now()))
    };
    let outcome = through(place, "database away", stage, outage, breaks).await?;
    told(outcome);
    Ok(())
}

/// Processes of the database's server are killed at random moments, some of them in the middle of a commit; each time the
/// server throws everybody out and recovers.
pub async fn commits(
    place: &Place<'_>,
    outage: Outage,
    times: usize,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let stage = Stage::set(place, outage.connections, Stored::default()).await?;
    let breaks = async |stage: &Stage| {
        let began = Instant::now();
        let each = outage.lasts / u32::try_from(times.max(1))?;
        for _ in 0..times {
            tokio::time::sleep(each.mul_f64(0.75 + fastrand::f64() / 2.0)).await;
            let backends = stage.world.server()?.backends()?;
            if let Some(backend) = fastrand::choice(backends) {
                kill_process(backend)?;
            }
        }
        Ok((began, Instant::now()))
    };
    let mut outcome = through(place, "killed in commit", stage, outage, breaks).await?;
    outcome.figure("server processes killed", times as f64);
    told(outcome);
    Ok(())
}

/// The power goes at random moments under load; what the bridge finds afterwards is what a disk would have kept.
pub async fn power(
    place: &Place<'_>,
    outage: Outage,
    times: usize,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let mut stage = Stage::set_on_faulty(place, outage.connections).await?;
    let (mut flushes, mut writes, mut to_listen) = (0, 0, Vec::new());
    for time in 0..times {
        let unflushed = if time % 2 == 0 { Unflushed::Dropped } else { Unflushed::Torn };
        let Stage { world, field } = stage;
        let pace = Pace { rate: outage.rate, lasts: outage.lasts };
        let load = pace::load_through(&field, pace, outage.connections);
        let moment = outage.lasts.mul_f64(0.2 + fastrand::f64() * 0.6);
        let cut = async {
            tokio::time::sleep(moment).await;
            field.recount();
            let mut world = world;
            off_thread(move || {
                let lost = world.lose_power(unflushed)?;
                let listening = world.launch()?;
                anyhow::Ok((world, lost, listening))
            })
            .await
        };
        let (_, cut) = tokio::join!(load, cut);
        let (world, lost, listening) = cut?;
        flushes += lost.flushes;
        writes += lost.writes;
        to_listen.push(listening.as_secs_f64() * 1e3);
        field.all_whole(field.clients(), CAUGHT_UP_WITHIN).await?;
        ensure!(
            field.drained(CAUGHT_UP_WITHIN).await,
            "not everything is delivered after the power came back"
        );
        stage = Stage { world, field };
    }
    let mut outcome = stage.outcome(place, "power cut");
    outcome.figure("cuts", times as f64);
    outcome.figure("flushes before them", flushes as f64);
    outcome.figure("writes the disk lost", writes as f64);
    outcome.figure("messages", stage.field.ledger.borrow().messages().len() as f64);
    outcome.figure("ms to listening, worst", to_listen.into_iter().fold(0.0, f64::max));
    told(stored_as_acknowledged(stage, outcome).await?);
    Ok(())
}

/// Load before, during and after an outage; what came of it.
async fn through(
    place: &Place<'_>,
    what: &str,
    stage: Stage,
    outage: Outage,
    breaks: impl AsyncFn(&Stage) -> Result<Span>,
) -> Result<Outcome> {
    let field = &stage.field;
    let before = stage.world.memory().resident_kib;
    // Whatever is loaded goes on for as long as the outage lasts, which may be longer than asked.
    let pace = Pace { rate: outage.rate, lasts: AROUND + outage.lasts + AROUND };
    let load = pace::load_through(field, pace, outage.connections);
    let broken = async {
        tokio::time::sleep(AROUND).await;
        breaks(&stage).await
    };
    let (_, span, peak) = tokio::join!(load, broken, super::failures::peak(&stage, pace.lasts));
    let (began, ended) = span?;
    if !field.drained(CAUGHT_UP_WITHIN).await {
        let (waiting, said) = (field.ledger.borrow().outstanding(), stage.world.complaints());
        let last: Vec<&String> = said.iter().rev().take(3).collect();
        bail!(
            "{waiting} messages are not delivered; the bridge complained {} times, last of {last:?}",
            said.len()
        );
    }
    let mut outcome = stage.outcome(place, what);
    // That it complains is right.
    outcome.troubles.retain(|line, _| !line.contains("ERROR"));
    let caught_up =
        field.ledger.borrow().acknowledgements().last().map(|last| last.saturating_duration_since(ended));
    outcome.figure("s of the outage", (ended - began).as_secs_f64());
    outcome.figure("ms from its end to the first ack", first_ack(field, ended).as_secs_f64() * 1e3);
    outcome.figure("s from its end to the last ack", caught_up.unwrap_or_default().as_secs_f64());
    outcome.figure("s without an ack, the longest", longest_silence(field).as_secs_f64());
    outcome.figure("told to try again", field.counts.put_off.get() as f64);
    outcome.figure("connections that broke", field.counts.broken.get() as f64);
    outcome.figure("messages", field.ledger.borrow().messages().len() as f64);
    outcome.figure("resident MiB before", before as f64 / 1_024.0);
    outcome.figure("resident MiB at most", peak as f64 / 1_024.0);
    stored_as_acknowledged(stage, outcome).await
}

/// Kills the bridge and compares what was acknowledged with what is stored.
pub async fn stored_as_acknowledged(stage: Stage, mut outcome: Outcome) -> Result<Outcome> {
    let Stage { mut world, field } = stage;
    field.end();
    world.kill()?;
    let store = world.store().await.context("the database does not open")?;
    for conversation in 0..field.shape().visitors {
        let Some(name) = field.ledger.borrow().name(conversation) else { continue };
        let mut stored: HashMap<RequestId, usize> = HashMap::new();
        let mut after = 0;
        loop {
            let events = store.events_after(name, after, EVENTS_AT_ONCE).await?;
            events
                .iter()
                .filter_map(|event| event.request)
                .for_each(|id| *stored.entry(id).or_default() += 1);
            match events.last() {
                Some(last) => after = last.number,
                None => break,
            }
        }
        field.ledger.borrow_mut().compare(conversation, &stored);
    }
    outcome.verdict = field.ledger.borrow().verdict();
    Ok(outcome)
}

fn first_ack(field: &Field, after: Instant) -> Duration {
    let acks = field.ledger.borrow().acknowledgements();
    acks.into_iter().find(|ack| *ack >= after).map_or(Duration::MAX, |ack| ack - after)
}

/// The longest time in which nothing was acknowledged.
pub fn longest_silence(field: &Field) -> Duration {
    let acks = field.ledger.borrow().acknowledgements();
    acks.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
}

fn kill_process(process: u32) -> Result<()> {
    // One that has ended meanwhile was not killed in the middle of anything.
    let _ = std::process::Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
    Ok(())
}

/// Off this thread, which the clients need.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.context("the work was interrupted")?
}

/// Conversations that go on for long while clients come and go; what the bridge's memory and its files do.
pub async fn soak(place: &Place<'_>, outage: Outage, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set(place, outage.connections, Stored::default()).await?;
    let field = &stage.field;
    stage.measure(outage.rate, AROUND, outage.connections).await;
    let load = pace::load(field, Pace { rate: outage.rate, lasts: outage.lasts }, outage.connections);
    let (stretch, samples, ()) =
        tokio::join!(load, watched(&stage.world, outage.lasts), churn(field, outage));
    ensure!(stretch.kept_up && field.drained(CAUGHT_UP_WITHIN).await, "the bridge does not keep up");
    let mut outcome = stage.outcome(place, "soak");
    let half = samples.len() / 2;
    let (first, last) = (samples[0], samples[samples.len() - 1]);
    outcome.figure("minutes", outage.lasts.as_secs_f64() / 60.0);
    outcome.figure("messages", field.ledger.borrow().messages().len() as f64);
    outcome.figure("resident MiB at its beginning", first.1);
    outcome.figure("resident MiB at its end", last.1);
    outcome.figure("MiB more an hour, in the second half", slope(&samples[half..]) * 3_600.0);
    outcome.figure("open files at its beginning", first.2);
    outcome.figure("open files at its end", last.2);
    told(stored_as_acknowledged(stage, outcome).await?);
    Ok(())
}

/// Seconds, resident MiB, open files; a sample a second.
async fn watched(world: &World, lasts: Duration) -> Vec<(f64, f64, f64)> {
    let began = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    let mut samples = Vec::new();
    while began.elapsed() < lasts {
        ticks.tick().await;
        let resident = world.memory().resident_kib as f64 / 1_024.0;
        samples.push((began.elapsed().as_secs_f64(), resident, world.open_files() as f64));
    }
    samples
}

/// One visitor in a hundred leaves and comes back each minute.
async fn churn(field: &Field, outage: Outage) {
    let each = Duration::from_secs_f64(6_000.0 / outage.connections as f64);
    let until = Instant::now() + outage.lasts;
    let mut ticks = tokio::time::interval(each);
    while Instant::now() + each < until {
        ticks.tick().await;
        let visitor = fastrand::usize(..outage.connections);
        field.order(visitor, Order::Leave);
        field.order(visitor, Order::Return);
    }
}

/// Of the straight line nearest to the samples.
fn slope(samples: &[(f64, f64, f64)]) -> f64 {
    let count = samples.len() as f64;
    let (x, y) =
        samples.iter().fold((0.0, 0.0), |(x, y), sample| (x + sample.0 / count, y + sample.1 / count));
    let (above, below) = samples.iter().fold((0.0, 0.0), |(above, below), sample| {
        (above + (sample.0 - x) * (sample.1 - y), below + (sample.0 - x).powi(2))
    });
    above / below
}
