//! Who is asked at each step of a queue's plan.

use protocol::setup::{OfferMode, PlanStep, QueueSetup, Setup, SkipIf, Strategy, Subject};
use protocol::{AgentId, QueueId};
use std::collections::{BTreeMap, BTreeSet};

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Who is asked.
    pub members: BTreeSet<AgentId>,
    /// What need not be known.
    pub dropped: BTreeSet<Subject>,
    /// How one is chosen.
    pub strategy: Strategy,
    /// Whether they are asked.
    pub offer: Option<OfferMode>,
    /// For how long.
    pub stay: Option<u32>,
    /// Points it adds.
    pub delta: i32,
    /// When it is passed by.
    pub skip_if: Vec<SkipIf>,
}

/// All plans.
pub fn plans(setup: &Setup) -> BTreeMap<QueueId, Vec<Step>> {
    setup.queues.iter().map(|(id, queue)| (id.clone(), steps(setup, queue))).collect()
}

fn steps(setup: &Setup, queue: &QueueSetup) -> Vec<Step> {
    let whole = [PlanStep::default()];
    let written = if queue.plan.is_empty() { &whole[..] } else { &queue.plan };
    let mut before: (BTreeSet<AgentId>, BTreeSet<Subject>) = Default::default();
    let mut steps = Vec::new();
    for step in written {
        let mut members = step.pool.agents.clone();
        let team_only =
            queue.team.iter().filter(|_| step.pool.agents.is_empty() && step.pool.teams.is_empty());
        for team in step.pool.teams.iter().chain(team_only) {
            members.extend(setup.teams.get(team).into_iter().flat_map(|team| &team.members));
        }
        if step.widen {
            members.extend(&before.0);
        }
        members.retain(|agent| setup.agents.get(agent).is_some_and(|agent| agent.active));
        let dropped: BTreeSet<Subject> = before.1.iter().chain(&step.drop_needs).cloned().collect();
        before.0.extend(&members);
        before.1.clone_from(&dropped);
        steps.push(Step {
            members,
            dropped,
            strategy: step.strategy.unwrap_or(queue.strategy),
            offer: step.offer,
            stay: step.stay_seconds,
            delta: step.priority_delta,
            skip_if: step.skip_if.clone(),
        });
    }
    steps
}
