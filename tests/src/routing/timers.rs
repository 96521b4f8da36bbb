//! Deadlines: how late they are kept, and how soon all are that passed while nobody was there.

use super::kept::{COMMANDS_PER_TURN, Kept};
use super::office::{Office, Size};
use crate::load::figures::{Spread, Times};
use crate::load::world::StoreKind;
use anyhow::{Result, ensure};
use protocol::{Happening, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use switchboard::{Change, Command, Switchboard};

/// Due things of one turn at most, as in the bridge.
const STEPS_PER_TURN: usize = 10_000;

/// How long nobody was there.
const DOWN_SECONDS: u64 = 3_600;

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Timers {
    /// Deadlines that were pending.
    pub pending: usize,
    /// From asking for what is kept to its being in memory with every deadline.
    pub loaded_ms: f64,
    /// From a deadline to the commit of what it led to, while somebody is there.
    pub late: Spread,
    /// Deadlines that were kept before they were due.
    pub early: usize,
    /// Until all that was overdue after an hour was done and committed.
    pub overdue_ms: f64,
    /// How many those were.
    pub overdue: usize,
}

/// So many conversations wait for the assistant's time to be over, and so many of them are seen falling due.
pub async fn measure(kind: StoreKind, folder: &Path, pending: usize, watched: Duration) -> Result<Timers> {
    let mut office = Office::open(Size { waiting: 0, agents: 1, queues: 1 });
    let kept = Kept::open(kind, folder, &office).await?;
    for _ in 0..pending.div_ceil(COMMANDS_PER_TURN) {
        let says = |office: &mut Office| {
            office.tick();
            office.visitor_says()
        };
        // Each at a moment of its own.
        let mut changes = Vec::new();
        for _ in 0..COMMANDS_PER_TURN {
            let command = says(&mut office);
            office.carry_out(&command, &mut |change| changes.push(change.clone()));
        }
        kept.save(&mut office.board, &changes).await?;
    }
    let written = office.now;
    let directory = office.board.directory().clone();
    drop(office);
    let begun = Instant::now();
    let conversations = kept.store().live_conversations(kept.workspace()).await?;
    let mut board = Switchboard::restore(directory, BTreeMap::new(), conversations, written);
    while let Some(changes) = board.route(written) {
        changes.iter().for_each(|change| board.apply(change));
    }
    let loaded_ms = millis(begun.elapsed());
    let pending = board.conversations().count();
    let (late, early) = falling_due(&kept, &mut board, watched).await?;
    let overdue = board.conversations().count();
    let after = board.next_deadline().unwrap_or(written).plus_seconds(DOWN_SECONDS);
    let begun = Instant::now();
    while !fire(&kept, &mut board, after).await?.is_empty() {}
    let overdue_ms = millis(begun.elapsed());
    ensure!(board.conversations().count() == 0, "some are not done");
    Ok(Timers { pending, loaded_ms, late, early, overdue_ms, overdue })
}

/// Time runs as it does, from the first deadline on.
async fn falling_due(kept: &Kept, board: &mut Switchboard, watched: Duration) -> Result<(Spread, usize)> {
    let Some(first) = board.next_deadline() else { return Ok((Spread::default(), 0)) };
    let begun = Instant::now();
    let now =
        || Timestamp::from_millis(first.millis() + u64::try_from(begun.elapsed().as_millis()).unwrap_or(0));
    let (mut late, mut early) = (Times::new(), 0);
    while begun.elapsed() < watched {
        let Some(next) = board.next_deadline() else { break };
        let wait = next.millis().saturating_sub(now().millis());
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let at = now();
        for due in fire(kept, board, at).await? {
            early += usize::from(due > at);
            late.take(Duration::from_millis(now().millis().saturating_sub(due.millis())));
        }
    }
    Ok((late.spread(), early))
}

/// Does what is due until `now`, as much as one turn does, and saves it; when each was due.
async fn fire(kept: &Kept, board: &mut Switchboard, now: Timestamp) -> Result<Vec<Timestamp>> {
    let (mut changes, mut fired) = (Vec::new(), Vec::new());
    for _ in 0..STEPS_PER_TURN {
        let Some(due) = board.next_deadline().filter(|due| *due <= now) else { break };
        let decision = board.decide(&Command::TimePasses, now).expect("time is never refused");
        for change in decision.changes {
            fired.extend(closed(&change).then_some(due));
            board.apply(&change);
            changes.push(change);
        }
        while let Some(more) = board.route(now) {
            more.iter().for_each(|change| board.apply(change));
            changes.extend(more);
        }
    }
    if !changes.is_empty() {
        kept.save(board, &changes).await?;
    }
    Ok(fired)
}

fn closed(change: &Change) -> bool {
    matches!(change, Change::Happened { event, .. } if matches!(event.happening, Happening::Closed(_)))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
