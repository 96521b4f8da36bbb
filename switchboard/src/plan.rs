//! A queue's plan, worked out: who is asked at each step, by what rule (`routing-and-inbox.md` E.4).

use protocol::setup::{OfferMode, PlanStep, QueueSetup, Setup, SkipIf, Strategy, Subject};
use protocol::{AgentId, TeamId};
use std::collections::BTreeSet;

/// The steps of a queue; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    steps: Vec<Step>,
    everybody: BTreeSet<AgentId>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Seconds before the next; `None` is for as long as it takes.
    pub stay_seconds: Option<u32>,
    /// Who is asked.
    pub members: BTreeSet<AgentId>,
    /// What need not be known from here on.
    pub dropped: BTreeSet<Subject>,
    /// Points of priority added on entering.
    pub priority_delta: i32,
    /// When it is passed by.
    pub skip_if: Vec<SkipIf>,
    /// How one of several is chosen.
    pub strategy: Strategy,
    /// Whether they are asked; `None` is as their team does.
    pub offer: Option<OfferMode>,
}

impl Plan {
    /// The plan of a queue. One without steps asks its team for as long as it takes.
    pub fn of(setup: &Setup, queue: &QueueSetup) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        for step in &queue.plan {
            let next = Step::of(setup, queue, step, &steps);
            steps.push(next);
        }
        if steps.is_empty() {
            steps.push(Step::of(setup, queue, &PlanStep::default(), &[]));
        }
        let everybody = steps.iter().flat_map(|step| &step.members).copied().collect();
        Self { steps, everybody }
    }

    /// A step, from 0; `None` beyond the last.
    pub fn step(&self, at: u16) -> Option<&Step> {
        self.steps.get(usize::from(at))
    }

    /// A step, or the last one for whatever is beyond it: a setup with fewer steps may have come since it was reached.
    pub fn step_or_last(&self, at: u16) -> Option<&Step> {
        self.step(at).or(self.steps.last())
    }

    /// The steps, the first one first.
    pub fn steps(&self) -> impl Iterator<Item = (u16, &Step)> {
        (0..).zip(&self.steps)
    }

    /// Everybody who is asked at some step.
    pub fn everybody(&self) -> &BTreeSet<AgentId> {
        &self.everybody
    }
}

impl Step {
    fn of(setup: &Setup, queue: &QueueSetup, step: &PlanStep, before: &[Self]) -> Self {
        let named = step.pool.agents.iter().copied();
        let of_teams = step.pool.teams.iter().flat_map(|team| team_of(setup, team));
        let mut members: BTreeSet<AgentId> = named.chain(of_teams).collect();
        if members.is_empty() && step.pool.teams.is_empty() {
            members.extend(queue.team.iter().flat_map(|team| team_of(setup, team)));
        }
        let mut dropped: BTreeSet<Subject> = step.drop_needs.iter().cloned().collect();
        dropped.extend(before.last().into_iter().flat_map(|step| &step.dropped).cloned());
        if step.widen {
            members.extend(before.iter().flat_map(|step| &step.members));
        }
        members.retain(|agent| setup.agents.get(agent).is_some_and(|agent| agent.active));
        Self {
            stay_seconds: step.stay_seconds,
            members,
            dropped,
            priority_delta: step.priority_delta,
            skip_if: step.skip_if.clone(),
            strategy: step.strategy.unwrap_or(queue.strategy),
            offer: step.offer,
        }
    }
}

fn team_of(setup: &Setup, team: &TeamId) -> impl Iterator<Item = AgentId> {
    setup.teams.get(team).into_iter().flat_map(|team| team.members.iter().copied())
}
