//! Who could take what waits, and in which order they come (`routing-and-inbox.md` E.2, E.3).

use super::{Model, State, Talk, Wait};
use protocol::setup::{OfferMode, Rank, Strategy, Subject, Tier, What};
use protocol::{AgentId, AgentStatus, ConversationId, PlanPlace, Promise, QueueId, Target, Timestamp};
use std::collections::BTreeSet;

/// Head start that a point of priority gives.
const HEAD_START_MS: i64 = 60_000;

/// A place among what waits; smaller is earlier.
pub type Key = (i64, i64, ConversationId);

impl Model {
    /// Who is asked at a conversation's place.
    pub fn pool(&self, wait: &Wait) -> BTreeSet<AgentId> {
        let active =
            |agents: BTreeSet<AgentId>| agents.into_iter().filter(|one| self.is_active(*one)).collect();
        match (wait.place, &wait.target) {
            (PlanPlace::Preferred(at), _) => {
                active(wait.preferred.get(usize::from(at)).map(|(agent, _)| *agent).into_iter().collect())
            }
            (PlanPlace::Step(at), Target::Queue(queue)) => {
                let step =
                    self.plans.get(queue).and_then(|steps| steps.get(usize::from(at)).or(steps.last()));
                step.map(|step| step.members.clone()).unwrap_or_default()
            }
            (PlanPlace::Step(_), Target::Team(team)) => {
                active(self.setup.teams.get(team).map(|team| team.members.clone()).unwrap_or_default())
            }
            (PlanPlace::Step(_), Target::Agent(agent)) => active(BTreeSet::from([*agent])),
            (PlanPlace::Step(_), Target::Anybody) => active(self.setup.agents.keys().copied().collect()),
        }
    }

    /// How one is chosen at its place.
    pub fn strategy(&self, wait: &Wait) -> Strategy {
        let by_name =
            matches!(wait.place, PlanPlace::Preferred(_)) || matches!(wait.target, Target::Agent(_));
        let configured = self.step(wait).map(|step| step.strategy).filter(|_| !by_name).unwrap_or_default();
        let by = wait.choice.and_then(|choice| choice.by).filter(|_| !by_name).unwrap_or(configured.by);
        Strategy { by, ..configured }
    }

    /// Whether those who are found are asked.
    pub fn offer_mode(&self, talk: &Talk, wait: &Wait) -> OfferMode {
        let of_step = self.step(wait).and_then(|step| step.offer);
        of_step.unwrap_or(self.conduct(talk.team.as_ref()).offer)
    }

    /// Everybody who could take it now, in the order in which they are chosen.
    pub fn eligible(&self, talk: &Talk, wait: &Wait, now: Timestamp) -> Vec<AgentId> {
        let strategy = self.strategy(wait);
        if wait.parked || wait.leaving || strategy.by == What::Manual {
            return Vec::new();
        }
        let mut able: Vec<AgentId> =
            self.pool(wait).into_iter().filter(|agent| self.is_eligible(*agent, talk, wait, now)).collect();
        able.sort_by_key(|agent| self.order(*agent, talk, wait, strategy));
        able
    }

    /// Whether an agent could take it, whatever the strategy.
    fn is_eligible(&self, agent: AgentId, talk: &Talk, wait: &Wait, now: Timestamp) -> bool {
        let Some(setup) = self.setup.agents.get(&agent) else { return false };
        let load = self.load(agent);
        let tiered = self.strategy(wait).tiered;
        let fewer = wait.choice.and_then(|choice| choice.fewer_than);
        self.askable(agent) == AgentStatus::Online
            && wait.let_go.get(&agent).is_none_or(|until| *until <= now)
            && self.knows_enough(agent, talk, wait)
            && setup.capacity.saturating_sub(load) >= self.weight(talk)
            && fewer.is_none_or(|most| load < most)
            && !(tiered && setup.tier == Tier::Never)
            && !self.is_bounded(agent, wait, now)
    }

    /// Whether they have what has to be known at this place.
    pub fn knows_enough(&self, agent: AgentId, talk: &Talk, wait: &Wait) -> bool {
        let by_name =
            matches!(wait.place, PlanPlace::Preferred(_)) || matches!(wait.target, Target::Agent(_));
        let dropped = |subject: &Subject| self.step(wait).is_some_and(|step| step.dropped.contains(subject));
        let needs = self.needs(talk, &wait.target);
        let mut needed = needs.iter().filter(|need| need.mandatory && !dropped(&need.subject));
        by_name || needed.all(|need| self.knows(agent, need))
    }

    /// Whether they have as much of its queue as they may, at once or lately.
    pub fn is_bounded(&self, agent: AgentId, wait: &Wait, now: Timestamp) -> bool {
        let Target::Queue(queue) = &wait.target else { return false };
        let Some(setup) = self.queue(queue) else { return false };
        let full = setup.agent_limit.is_some_and(|most| self.held_of(agent, queue) >= most);
        let rests = setup.fairness.is_some_and(|rule| {
            let given = self.people.get(&agent).and_then(|person| person.given.get(queue));
            let given = given.map(Vec::as_slice).unwrap_or_default();
            let lately = given.iter().filter(|at| at.plus_seconds(rule.within_seconds.into()) > now).count();
            lately + self.asked_of(agent, queue) >= usize::try_from(rule.most).unwrap_or(usize::MAX)
        });
        full || rests
    }

    /// How many conversations of a queue they are asked to accept: what they may get at any moment.
    fn asked_of(&self, agent: AgentId, queue: &QueueId) -> usize {
        let asks = |talk: &&Talk| matches!(&talk.state, State::Offered { to, .. } if to.contains(&agent));
        self.talks.values().filter(|talk| talk.queue.as_ref() == Some(queue)).filter(asks).count()
    }

    /// An agent's place among those who could take it.
    fn order(&self, agent: AgentId, talk: &Talk, wait: &Wait, strategy: Strategy) -> (u8, i64, i64, AgentId) {
        let setup = &self.setup.agents[&agent];
        let person = &self.people[&agent];
        let moment = |at: Option<Timestamp>| at.map_or(-1, millis);
        let (load, capacity) = (i64::from(self.load(agent)), i64::from(setup.capacity));
        let tier = match setup.tier {
            Tier::High => 0,
            Tier::Medium => 1,
            Tier::Low => 2,
            Tier::Never => 3,
        };
        let key = match strategy.by {
            What::RoundRobin | What::Manual => 0,
            What::LeastOpen => load,
            What::MostAvailable => -(capacity - load),
            What::LongestIdle => moment(person.last_released),
            What::BestSkill => -self.levels(agent, talk, wait),
        };
        (if strategy.tiered { tier } else { 0 }, key, moment(person.last_asked), agent)
    }

    /// What they know of all that is needed or wished; what a step drops is wished still.
    fn levels(&self, agent: AgentId, talk: &Talk, wait: &Wait) -> i64 {
        let needs = self.needs(talk, &wait.target);
        needs.iter().filter_map(|need| self.level(agent, &need.subject)).map(i64::from).sum()
    }

    /// A waiting conversation's place among all.
    pub fn key(&self, talk: &Talk, wait: &Wait) -> Key {
        let points = i64::from(self.points(talk, wait));
        let since = millis(wait.since);
        let early = since - points * HEAD_START_MS;
        match self.setup.rules.rank {
            Rank::HeadStart => (early, since, talk.id),
            Rank::StrictPriority => (-points, since, talk.id),
            Rank::PromisedFirst => {
                let promised = self.promised(talk).filter(|(promise, ..)| *promise == Promise::FirstReply);
                (promised.map_or(i64::MAX, |(_, _, until)| millis(until)), early, talk.id)
            }
        }
    }

    /// Points of priority in all.
    pub fn points(&self, talk: &Talk, wait: &Wait) -> i32 {
        let of_queue =
            talk.queue.as_ref().and_then(|queue| self.queue(queue)).map_or(0, |queue| queue.priority);
        let of_first = match (wait.place, &wait.target) {
            (PlanPlace::Step(_), Target::Queue(queue)) => {
                self.plans.get(queue).and_then(|steps| steps.first()).map_or(0, |step| step.delta)
            }
            (
                PlanPlace::Step(_) | PlanPlace::Preferred(_),
                Target::Queue(_) | Target::Team(_) | Target::Agent(_) | Target::Anybody,
            ) => 0,
        };
        talk.priority.saturating_add(of_queue).saturating_add(wait.delta).saturating_add(of_first)
    }

    pub(super) fn step(&self, wait: &Wait) -> Option<&super::Step> {
        match (wait.place, &wait.target) {
            (PlanPlace::Step(at), Target::Queue(queue)) => {
                let steps = self.plans.get(queue)?;
                steps.get(usize::from(at)).or(steps.last())
            }
            (
                PlanPlace::Step(_) | PlanPlace::Preferred(_),
                Target::Queue(_) | Target::Team(_) | Target::Agent(_) | Target::Anybody,
            ) => None,
        }
    }
}

fn millis(at: Timestamp) -> i64 {
    i64::try_from(at.millis()).unwrap_or(i64::MAX)
}
