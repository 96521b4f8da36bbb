//! Why a conversation goes to somebody, and who was passed over for what reason.

use super::wishes;
use crate::Switchboard;
use crate::conversation::{Conversation, Visit};
use crate::matching::PoolId;
use protocol::{AgentId, AgentStatus, ConversationId, PassedOver, PlanPlace, Routed, Target};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Agents named in one explanation. Whoever wants to know more can look at everybody.
pub const NAMED_MAX: usize = 20;

/// How many of each pool cannot be asked, by reason; kept up to date, so that explaining costs nothing that grows with the
/// pool.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    pools_of: HashMap<AgentId, Vec<PoolId>>,
    now: HashMap<AgentId, PassedOver>,
    by_pool: HashMap<PoolId, BTreeMap<PassedOver, u32>>,
}

impl Tallies {
    /// Nobody is here.
    pub fn new(members: &HashMap<PoolId, BTreeSet<AgentId>>) -> Self {
        let mut tallies = Self::default();
        for (pool, agents) in members {
            for agent in agents {
                tallies.pools_of.entry(*agent).or_default().push(*pool);
            }
        }
        tallies
    }

    /// Notes why an agent cannot be asked now; `None` when they can.
    pub fn note(&mut self, agent: AgentId, why: Option<PassedOver>) {
        let before = match why {
            Some(why) => self.now.insert(agent, why),
            None => self.now.remove(&agent),
        };
        if before == why {
            return;
        }
        for pool in self.pools_of.get(&agent).into_iter().flatten() {
            let tally = self.by_pool.entry(*pool).or_default();
            if let Some(count) = before.and_then(|before| tally.get_mut(&before)) {
                *count = count.saturating_sub(1);
            }
            if let Some(why) = why {
                *tally.entry(why).or_default() += 1;
            }
        }
    }

    fn of(&self, pool: PoolId) -> BTreeMap<PassedOver, u32> {
        let tally = self.by_pool.get(&pool).cloned().unwrap_or_default();
        tally.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}

/// Why somebody with this status and this much room cannot be asked.
pub fn why_not(status: AgentStatus, free: u32) -> Option<PassedOver> {
    match status {
        AgentStatus::Online if free == 0 => Some(PassedOver::Full),
        AgentStatus::Online => None,
        AgentStatus::Busy => Some(PassedOver::Busy),
        AgentStatus::Away => Some(PassedOver::Away),
        AgentStatus::NotResponding => Some(PassedOver::NotResponding),
        AgentStatus::Offline => Some(PassedOver::Offline),
    }
}

impl Switchboard {
    /// How a waiting conversation would be routed now; `None` when nobody is looked for.
    pub fn explanation(&self, id: ConversationId) -> Option<Routed> {
        self.explain(self.conversations.get(&id)?, &[])
    }

    /// Why these were chosen for a waiting conversation.
    pub(crate) fn explain(&self, conversation: &Conversation, chosen: &[AgentId]) -> Option<Routed> {
        let visit = conversation.visit()?;
        let pool = *self.routing.pools.get(&wishes::pool_key(visit)?)?;
        let mut candidates = self.routing.matcher.candidates(conversation.id);
        let next = candidates.find(|agent| !chosen.contains(agent));
        let (with_skills, ready) = self.routing.matcher.of_crowd(conversation.id)?;
        let mut unavailable = self.routing.tallies.of(pool);
        let lacking = self.routing.matcher.size(pool).saturating_sub(with_skills);
        if let Some(lacking) = u32::try_from(lacking).ok().filter(|lacking| *lacking > 0) {
            unavailable.insert(PassedOver::Skill, lacking);
        }
        let by = visit.choice.and_then(|choice| choice.by);
        let strategy = by.unwrap_or_else(|| wishes::configured(visit, &self.directory).by).code().to_owned();
        Some(Routed {
            queue: conversation.waits_in().cloned(),
            step: visit.place,
            strategy,
            waiting_since: visit.since,
            priority: conversation.points(&self.directory),
            ready: u32::try_from(ready).unwrap_or(u32::MAX),
            next,
            unavailable,
            passed: self.passed_over(conversation, visit, pool, chosen),
        })
    }

    /// Those who let it go, those it preferred, then others of the pool who could not take it.
    fn passed_over(
        &self,
        conversation: &Conversation,
        visit: &Visit,
        pool: PoolId,
        chosen: &[AgentId],
    ) -> Vec<(AgentId, PassedOver)> {
        let let_go = visit.let_go.keys().copied();
        let preferred = visit.preferred.iter().map(|(agent, _)| *agent);
        let first: Vec<AgentId> = let_go.chain(preferred).collect();
        let others = self.routing.matcher.members(pool).take(NAMED_MAX + chosen.len());
        let mut named = BTreeSet::new();
        let all =
            first.into_iter().chain(others).filter(|agent| !chosen.contains(agent) && named.insert(*agent));
        let reasons =
            all.filter_map(|agent| Some((agent, self.why_passed_over(agent, conversation, visit, pool)?)));
        reasons.take(NAMED_MAX).collect()
    }

    fn why_passed_over(
        &self,
        agent: AgentId,
        conversation: &Conversation,
        visit: &Visit,
        pool: PoolId,
    ) -> Option<PassedOver> {
        let free = self.free_capacity(agent).saturating_sub(conversation.weight(&self.directory) - 1);
        if let Some(why) = why_not(self.presence.askable(agent), free) {
            return Some(why);
        }
        if self.routing.matcher.is_excluded(agent, conversation.id) {
            return Some(PassedOver::LetGo);
        }
        if self.routing.matcher.is_barred(agent, pool) {
            let limit = conversation.waits_in().and_then(|queue| {
                let most = self.directory.queue(queue)?.agent_limit?;
                Some(self.held_of(agent, queue) >= most)
            });
            return Some(if limit == Some(true) { PassedOver::QueueLimit } else { PassedOver::Fairness });
        }
        let wish = self.routing.wish(conversation, visit, &self.directory)?;
        if self.routing.matcher.is_able(agent, &wish) {
            return None;
        }
        let skilled = wish.skills.iter().all(|(skill, least)| {
            let level = self.routing.matcher.profile(agent).and_then(|profile| profile.skills.get(skill));
            level.is_some_and(|level| level >= least)
        });
        match (skilled, &visit.target, visit.place) {
            (false, _, _) => Some(PassedOver::Skill),
            (true, Target::Queue(_), PlanPlace::Step(_)) if wish.tiered => Some(PassedOver::Never),
            (true, _, _) => Some(PassedOver::Full),
        }
    }
}
