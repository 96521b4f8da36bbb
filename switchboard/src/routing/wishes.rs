//! What a waiting conversation wishes for, in the matcher's terms.

use super::{Routing, needs};
use crate::conversation::{Conversation, Visit};
use crate::directory::Directory;
use crate::matching::{PoolId, SkillId, Strategy, Tier, Wish};
use protocol::limits::PLAN_STEPS_MAX;
use protocol::setup::{AgentSetup, Subject, What};
use protocol::{AgentId, PlanPlace, QueueId, Target, TeamId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Skills with the least level of each.
type Skills = Vec<(SkillId, u8)>;

/// A set of agents that conversations can wait for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PoolKey {
    /// Those of a step of a queue's plan.
    Step(QueueId, u16),
    /// A team.
    Team(TeamId),
    /// One person.
    Agent(AgentId),
    /// Everybody.
    Anybody,
}

/// Every pool of a workspace with its number, and who is in it.
pub fn pools(directory: &Directory) -> (HashMap<PoolKey, PoolId>, HashMap<PoolId, BTreeSet<AgentId>>) {
    let active: BTreeSet<AgentId> =
        directory.agents().keys().copied().filter(|agent| directory.active(*agent).is_some()).collect();
    let steps = directory.plans().flat_map(|(queue, plan)| {
        plan.steps().map(move |(at, step)| (PoolKey::Step(queue.clone(), at), step.members.clone()))
    });
    let teams = directory
        .setup()
        .teams
        .keys()
        .map(|team| (PoolKey::Team(team.clone()), directory.members(team).collect()));
    let alone = active.iter().map(|agent| (PoolKey::Agent(*agent), BTreeSet::from([*agent])));
    let all = steps.chain(teams).chain(alone).chain([(PoolKey::Anybody, active.clone())]);
    let mut numbers = HashMap::new();
    let mut members = HashMap::new();
    for (number, (key, agents)) in (0..).map(PoolId).zip(all) {
        numbers.insert(key, number);
        members.insert(number, agents);
    }
    for (queue, plan) in directory.plans() {
        beyond_the_last(queue, plan.steps().count(), &mut numbers);
    }
    (numbers, members)
}

/// What was at a step that a newer setup does not have waits for those of the last one.
fn beyond_the_last(queue: &QueueId, steps: usize, numbers: &mut HashMap<PoolKey, PoolId>) {
    let step = |at: usize| Some(PoolKey::Step(queue.clone(), u16::try_from(at).ok()?));
    let last = steps.checked_sub(1).and_then(step).and_then(|key| numbers.get(&key).copied());
    for key in (steps..PLAN_STEPS_MAX).filter_map(step) {
        numbers.extend(last.map(|last| (key, last)));
    }
}

/// Levels of what an agent knows, by number.
pub fn skills_of(directory: &Directory, agent: &AgentSetup) -> BTreeMap<SkillId, u8> {
    let skills = agent.skills.iter().map(|(skill, level)| (Subject::Skill(skill.clone()), *level));
    let languages = agent.languages.iter().map(|(tag, level)| (Subject::Language(tag.clone()), *level));
    skills.chain(languages).filter_map(|(subject, level)| Some((directory.skill(&subject)?, level))).collect()
}

/// A tier, in the matcher's terms.
pub fn tier(tier: protocol::setup::Tier) -> Tier {
    match tier {
        protocol::setup::Tier::High => Tier::High,
        protocol::setup::Tier::Medium => Tier::Medium,
        protocol::setup::Tier::Low => Tier::Low,
        protocol::setup::Tier::Never => Tier::Never,
    }
}

impl Routing {
    /// What a conversation wishes for at its place; `None` when it is for nobody to be found.
    pub fn wish(&self, conversation: &Conversation, visit: &Visit, directory: &Directory) -> Option<Wish> {
        if visit.parked {
            return None;
        }
        let pool = *self.pools.get(&pool_key(visit)?)?;
        let weight = conversation.weight(directory);
        let choice = visit.choice;
        let load_below = choice.and_then(|choice| choice.fewer_than);
        let preferred = matches!(visit.place, PlanPlace::Preferred(_));
        if preferred || matches!(visit.target, Target::Agent(_)) {
            let strategy = Strategy::RoundRobin;
            return Some(Wish {
                pool,
                skills: Vec::new(),
                wished: Vec::new(),
                weight,
                strategy,
                tiered: false,
                asked_at_once: 1,
                load_below,
            });
        }
        let configured = configured(visit, directory);
        let by = choice.and_then(|choice| choice.by).unwrap_or(configured.by);
        let (skills, wished) = needed(conversation, visit, directory)?;
        let wished = if by == What::BestSkill { wished } else { Vec::new() };
        Some(Wish {
            pool,
            skills,
            wished,
            weight,
            strategy: strategy(by),
            tiered: configured.tiered,
            asked_at_once: configured.ask_at_once,
            load_below,
        })
    }
}

/// What has to be known at this step, and what is only wished; `None` when nobody knows one of what has to be. What a step
/// drops is wished still.
fn needed(
    conversation: &Conversation,
    visit: &Visit,
    directory: &Directory,
) -> Option<(Skills, Vec<SkillId>)> {
    let step = step_of(visit, directory);
    let (mut skills, mut wished) = (Vec::new(), Vec::new());
    for need in needs::of(conversation, &visit.target, directory) {
        let dropped = step.is_some_and(|step| step.dropped.contains(&need.subject));
        let skill = directory.skill(&need.subject);
        if need.mandatory && !dropped {
            skills.push((skill?, need.level));
        } else {
            wished.extend(skill);
        }
    }
    skills.sort_unstable();
    wished.sort_unstable();
    Some((skills, wished))
}

/// The pool a visit waits for.
pub fn pool_key(visit: &Visit) -> Option<PoolKey> {
    Some(match (visit.place, &visit.target) {
        (PlanPlace::Preferred(at), _) => PoolKey::Agent(visit.preferred.get(usize::from(at))?.0),
        (PlanPlace::Step(at), Target::Queue(queue)) => PoolKey::Step(queue.clone(), at),
        (PlanPlace::Step(_), Target::Team(team)) => PoolKey::Team(team.clone()),
        (PlanPlace::Step(_), Target::Agent(agent)) => PoolKey::Agent(*agent),
        (PlanPlace::Step(_), Target::Anybody) => PoolKey::Anybody,
    })
}

/// The step a visit is at, when it is at one of a queue's plan.
pub fn step_of<'d>(visit: &Visit, directory: &'d Directory) -> Option<&'d crate::plan::Step> {
    match (visit.place, &visit.target) {
        (PlanPlace::Step(at), Target::Queue(queue)) => directory.plan(queue)?.step_or_last(at),
        (
            PlanPlace::Step(_) | PlanPlace::Preferred(_),
            Target::Queue(_) | Target::Team(_) | Target::Agent(_) | Target::Anybody,
        ) => None,
    }
}

/// The rule of choosing at a visit's place, as configured.
pub fn configured(visit: &Visit, directory: &Directory) -> protocol::setup::Strategy {
    step_of(visit, directory).map(|step| step.strategy).unwrap_or_default()
}

fn strategy(what: What) -> Strategy {
    match what {
        What::RoundRobin => Strategy::RoundRobin,
        What::LeastOpen => Strategy::LeastOpen,
        What::MostAvailable => Strategy::MostAvailable,
        What::LongestIdle => Strategy::LongestIdle,
        What::BestSkill => Strategy::BestSkill,
        What::Manual => Strategy::Manual,
    }
}
