//! What connections cost that do nothing, and how long a start takes with much stored.

use super::Place;
use super::field::{Field, Shape};
use super::report::Outcome;
use super::stored::Stored;
use super::world::World;
use anyhow::Result;
use std::time::Duration;

/// How long idle connections are looked at.
const WATCHED: Duration = Duration::from_secs(5);

/// Memory of a greeted visitor's connection that does nothing, and processor time of all of them.
pub async fn idle(place: &Place<'_>, connections: &[usize], told: &mut dyn FnMut(Outcome)) -> Result<()> {
    for connections in connections {
        let shape = Shape { visitors: *connections, per_agent: None };
        let world = World::start(&place.setup(shape, Stored::default())).await?;
        let empty = world.memory();
        let field = Field::connect(&world, shape).await?;
        let before = world.cost();
        tokio::time::sleep(WATCHED).await;
        let used = world.cost().bridge.saturating_sub(before.bridge);
        let full = world.memory();
        let each = |kib: u64, empty: u64| kib.saturating_sub(empty) as f64 / *connections as f64;
        let mut outcome = Outcome::new("idle", place.store, place.run, *connections, 0);
        outcome.figure("resident KiB each", each(full.resident_kib, empty.resident_kib));
        outcome.figure("proportional KiB each", each(full.proportional_kib, empty.proportional_kib));
        outcome.figure("resident MiB", full.resident_kib as f64 / 1_024.0);
        outcome.figure("resident MiB at start", empty.resident_kib as f64 / 1_024.0);
        outcome.figure("cores", used.as_secs_f64() / WATCHED.as_secs_f64());
        outcome.troubles = field.troubles();
        told(outcome);
        field.end();
    }
    Ok(())
}

/// Time from starting the process to its listening, and to the first greeting.
pub async fn start(
    place: &Place<'_>,
    messages: usize,
    open: usize,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    /// Starts that are timed; the first one reads from disk what the others find in memory.
    const STARTS: usize = 5;
    let shape = Shape { visitors: 1, per_agent: None };
    let per_conversation = if open > 0 { messages.div_ceil(open) } else { 100 };
    let stored = Stored { messages, per_conversation, open };
    let mut world = World::make(&place.setup(shape, stored)).await?;
    for start in 1..=STARTS {
        let listening = world.launch()?;
        let began = std::time::Instant::now();
        let field = Field::connect(&world, shape).await?;
        let mut outcome = Outcome::new("start", place.store, start, 1, 0);
        outcome.stored = messages;
        outcome.figure("open conversations", open as f64);
        outcome.figure("ms to listening", listening.as_secs_f64() * 1e3);
        outcome.figure("ms to first greeting", (listening + began.elapsed()).as_secs_f64() * 1e3);
        outcome.figure("resident MiB", world.memory().resident_kib as f64 / 1_024.0);
        told(outcome);
        field.end();
        world.kill()?;
    }
    Ok(())
}
