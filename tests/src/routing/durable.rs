//! Assignments that are committed: the switchboard over a real store, in turns as the bridge's loop takes them. Nobody is
//! connected, so nobody is told: that part is measured over sockets (`bench messages -- assign`).

use super::held::Held;
use super::kept::{COMMANDS_PER_TURN, Kept};
use super::office::{CAPACITY, Office, Size, became_of};
use crate::load::figures::{Spread, Times};
use crate::load::world::StoreKind;
use anyhow::{Result, ensure};
use protocol::AgentId;
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};
use switchboard::Command;

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Durable {
    /// Assignments that were committed.
    pub assigned: usize,
    /// How many a second.
    pub per_second: f64,
    /// From taking a turn to its commit.
    pub turn: Spread,
    /// Assignments of what somebody had already, by the events and by the rows at the end.
    pub twice: usize,
    /// Assignments to somebody without room, by the events and by the rows at the end.
    pub over_capacity: usize,
}

/// All are full, others wait. Every turn closes as many as it brings new ones, so that as many are assigned.
pub async fn measure(kind: StoreKind, folder: &Path, size: Size, lasts: Duration) -> Result<Durable> {
    let mut office = Office::open(size);
    let kept = Kept::open(kind, folder, &office).await?;
    let mut held = Held::default();
    for _ in 0..(size.waiting + size.agents * CAPACITY as usize).div_ceil(COMMANDS_PER_TURN) {
        let asks: Vec<Command> = (0..COMMANDS_PER_TURN).map(|_| asks(&mut office)).collect();
        take(&kept, &mut office, &mut held, &asks).await?;
    }
    let (before, begun) = (held.assigned, Instant::now());
    let mut turns = Times::new();
    while begun.elapsed() < lasts {
        let mut commands = closing(&mut office, &held);
        let new: Vec<Command> = commands.iter().map(|_| asks(&mut office)).collect();
        commands.extend(new);
        let turn = Instant::now();
        take(&kept, &mut office, &mut held, &commands).await?;
        turns.take(turn.elapsed());
    }
    let (assigned, all) = (held.assigned - before, begun.elapsed());
    let (twice, over_capacity) = audit(&kept, &held).await?;
    ensure!(assigned > 0, "nothing was assigned");
    let per_second = assigned as f64 / all.as_secs_f64();
    let (twice, over_capacity) = (twice + held.twice, over_capacity + held.over_capacity);
    Ok(Durable { assigned, per_second, turn: turns.spread(), twice, over_capacity })
}

fn asks(office: &mut Office) -> Command {
    office.tick();
    office.visitor_asks()
}

/// Half a turn of agents, each once, close what they have had longest.
fn closing(office: &mut Office, held: &Held) -> Vec<Command> {
    let mut closing: HashMap<AgentId, Command> = HashMap::new();
    for _ in 0..COMMANDS_PER_TURN / 2 {
        let agent = office.somebody();
        if let Some(conversation) = held.one_of(agent) {
            closing.entry(agent).or_insert_with(|| office.closes(agent, conversation));
        }
    }
    closing.into_values().collect()
}

async fn take(kept: &Kept, office: &mut Office, held: &mut Held, commands: &[Command]) -> Result<()> {
    let changes = kept.turn(office, commands).await?;
    held.note(changes.iter().filter_map(became_of).collect());
    Ok(())
}

/// The rows say the same as the events: how many belong to somebody else than they should, and how many are too many.
async fn audit(kept: &Kept, held: &Held) -> Result<(usize, usize)> {
    let mut loads: HashMap<AgentId, usize> = HashMap::new();
    let rows = kept.store().live_conversations(kept.workspace()).await?;
    let owned = rows.iter().filter_map(|one| Some((one.id, one.owner()?)));
    let mut others = 0;
    let mut count = 0;
    for (id, owner) in owned {
        count += 1;
        *loads.entry(owner).or_default() += 1;
        others += usize::from(held.owner(id) != Some(owner));
    }
    ensure!(count == held.count(), "{count} rows have an owner, and {} conversations", held.count());
    Ok((others, loads.values().filter(|load| **load > CAPACITY as usize).count()))
}
