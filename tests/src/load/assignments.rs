//! Conversations handed over all at once: committed, and both sides told.

use super::Place;
use super::field::Field;
use super::report::Outcome;
use super::stored::Stored;
use super::world::{CAPACITY_MAX, World};
use anyhow::{Result, ensure};
use protocol::AgentId;
use std::collections::BTreeMap;
use std::time::Instant;

/// Every visitor says something, asks for a person and is told who it is; their agent accepts, and reads what was said.
pub async fn assign(place: &Place<'_>, connections: usize, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let shape = place.shape(connections);
    ensure!(shape.agents() > 0, "there are no agents to assign anything to: leave out --automated");
    let world = World::start(&place.setup(shape, Stored::default())).await?;
    let field = Field::connect(&world, shape).await?;
    let (before, begun) = (world.cost(), Instant::now());
    field.open_conversations().await?;
    let took = begun.elapsed();
    let used = world.cost();
    let mut outcome = Outcome::new("assign", place.store, place.run, connections, shape.agents());
    let each = |seconds: f64| seconds * 1e6 / connections as f64;
    outcome.figure("assignments a second", connections as f64 / took.as_secs_f64());
    outcome.figure("bridge's CPU us each", each((used.bridge.saturating_sub(before.bridge)).as_secs_f64()));
    outcome.figure("store's CPU us each", each((used.store.saturating_sub(before.store)).as_secs_f64()));
    outcome.verdict = field.ledger.borrow().verdict();
    outcome.troubles = field.troubles();
    let mut loads: BTreeMap<AgentId, usize> = BTreeMap::new();
    for owner in world.owners().await? {
        match owner {
            Some(agent) => *loads.entry(agent).or_default() += 1,
            None => *outcome.troubles.entry("a conversation without an owner".to_owned()).or_default() += 1,
        }
    }
    let over = loads.values().filter(|load| **load > CAPACITY_MAX).count();
    outcome.figure("agents over capacity", over as f64);
    ensure!(over == 0, "{over} agents have more than {CAPACITY_MAX} conversations");
    ensure!(loads.values().sum::<usize>() == connections, "not every conversation has exactly one owner");
    told(outcome);
    field.end();
    Ok(())
}
