//! Latency and cost at a rate, and the highest rate that is kept up with.

use super::field::{Field, Shape};
use super::figures::Load;
use super::pace::{self, Pace};
use super::report::Outcome;
use super::stored::Stored;
use super::world::{Setup, World};
use super::{Place, Plan};
use anyhow::Result;
use std::rc::Rc;
use std::time::Duration;

/// Load before the figures are taken.
const WARM_UP: Duration = Duration::from_secs(1);

/// What is on its way when the last message was due has so long to arrive.
pub const DRAIN: Duration = Duration::from_secs(10);

/// A rate is kept up with while the typical 99th percentile of delivery is below this.
const P99_MILLIS_MAX: f64 = 100.0;

/// The search ends when the bounds are this close.
const CLOSE_ENOUGH: f64 = 1.12;

/// Higher rates are not tried: the generator has its own limit.
const RATE_MAX: f64 = 64_000.0;

/// A bridge with conversations going on.
pub struct Stage {
    pub world: World,
    pub field: Rc<Field>,
}

impl Stage {
    /// Starts a bridge, connects everybody and opens every conversation.
    pub async fn set(place: &Place<'_>, connections: usize, stored: Stored) -> Result<Self> {
        let shape = place.shape(connections);
        Self::set_up(shape, &place.setup(shape, stored)).await
    }

    /// The same on a machine that can be made to fail.
    pub async fn set_on_faulty(place: &Place<'_>, connections: usize) -> Result<Self> {
        let shape = place.shape(connections);
        Self::set_up(shape, &Setup { faulty: true, ..place.setup(shape, Stored::default()) }).await
    }

    async fn set_up(shape: Shape, setup: &Setup) -> Result<Self> {
        let world = World::start(setup).await?;
        let field = Field::connect(&world, shape).await?;
        field.open_conversations().await?;
        Ok(Self { world, field })
    }

    /// Gives load and takes its figures.
    pub async fn measure(&self, rate: f64, lasts: Duration, conversations: usize) -> Load {
        let before = self.world.cost();
        let stretch = pace::load(&self.field, Pace { rate, lasts }, conversations).await;
        let drained = stretch.kept_up && self.field.drained(DRAIN).await;
        let after = self.world.cost();
        let mut load = Load::of(&self.field.ledger.borrow(), rate, stretch, drained);
        let each = |used: Duration| used.as_secs_f64() * 1e6 / load.messages.max(1) as f64;
        load.bridge_micros_per_message = each(after.bridge.saturating_sub(before.bridge));
        load.store_micros_per_message = each(after.store.saturating_sub(before.store));
        load.generator_micros_per_message = each(after.generator.saturating_sub(before.generator));
        load.resident_mib = self.world.memory().resident_kib as f64 / 1_024.0;
        load
    }

    /// What came of it.
    pub fn outcome(&self, place: &Place<'_>, what: &str) -> Outcome {
        let shape = self.field.shape();
        let mut outcome = Outcome::new(what, place.store, place.run, shape.visitors, shape.agents());
        outcome.verdict = self.field.ledger.borrow().verdict();
        outcome.troubles = self.field.troubles();
        for line in self.world.complaints() {
            *outcome.troubles.entry(line).or_default() += 1;
        }
        outcome
    }
}

/// Each rate on the same bridge, one after the other.
pub async fn steady(
    place: &Place<'_>,
    rates: &[f64],
    connections: usize,
    stored: usize,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let stage = Stage::set(place, connections, Stored::closed(stored)).await?;
    for rate in rates {
        let load = warmed_up(&stage, place.plan, *rate, connections).await;
        let kept_up = load.kept_up;
        let mut outcome = stage.outcome(place, "steady");
        outcome.stored = stored;
        outcome.load = Some(load);
        told(outcome);
        if !kept_up {
            break;
        }
    }
    stage.field.end();
    Ok(())
}

/// Doubles the rate until it is too much, then halves the distance.
pub async fn sweep(
    place: &Place<'_>,
    connections: usize,
    from: f64,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let (mut below, mut above): (f64, Option<f64>) = (0.0, None);
    let mut best: Option<Outcome> = None;
    let mut stage = Stage::set(place, connections, Stored::default()).await?;
    loop {
        let rate = match above {
            None if below == 0.0 => from,
            None => below * 2.0,
            Some(above) => (below.max(1.0) * above).sqrt(),
        };
        let load = warmed_up(&stage, place.plan, rate, connections).await;
        let good = load.kept_up && load.typical_p99 < P99_MILLIS_MAX;
        let mut outcome = stage.outcome(place, "sweep step");
        outcome.load = Some(load);
        told(outcome.clone());
        if good {
            below = rate;
            outcome.what = "highest rate".to_owned();
            best = Some(outcome);
        } else {
            above = Some(rate);
            // Its backlog would spoil the next step.
            stage.field.end();
            stage = Stage::set(place, connections, Stored::default()).await?;
        }
        let close = above.is_some_and(|above| above / below.max(1.0) < CLOSE_ENOUGH);
        if close || below >= RATE_MAX || above.is_some_and(|above| above < from / 16.0) {
            break;
        }
    }
    stage.field.end();
    best.into_iter().for_each(told);
    Ok(())
}

async fn warmed_up(stage: &Stage, plan: &Plan, rate: f64, connections: usize) -> Load {
    stage.measure(rate, WARM_UP.min(plan.lasts), connections).await;
    stage.measure(rate, plan.lasts, connections).await
}
