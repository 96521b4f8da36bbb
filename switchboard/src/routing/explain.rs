//! Why a conversation goes to somebody, and who was passed over for what reason.

use super::{needs, wishes};
use crate::conversation::{Conversation, Visit};
use crate::ids::IdMap;
use crate::matching::{PoolId, SkillId, Tier};
use crate::{Directory, Switchboard};
use protocol::limits::ASK_AT_ONCE_MAX;
use protocol::setup::{Subject, What};
use protocol::{
    AgentId, AgentStatus, ConversationId, PassedOver, PlanPlace, QueuedWhy, Routed, Target, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The rule told where somebody was passed a conversation that waited.
pub const NAMED: &str = "named";

/// The rule told where a queue gives to somebody what it does not keep.
pub const OVERFLOW: &str = "overflow";

/// The rule told where somebody gets back what was theirs.
pub const RETURNED: &str = "returned";

/// The rules told where it is held for one person: theirs for good, named by the assistant, or who had the visitor lately.
const DEDICATED: &str = "dedicated";
const ASKED_FOR: &str = "asked_for";
const STICKY: &str = "sticky";

/// The largest pool of which everybody is looked at for one explanation; of a larger one the counts are kept, which say of
/// each why they cannot be asked at all and not what stands against this conversation.
const COUNTED_MAX: usize = 64;

/// Agents named in one explanation. Whoever wants to know more can look at everybody.
pub const NAMED_MAX: usize = 20;

/// Agents of a pool who are looked at for that: those who are chosen are not among the named.
const FIRST_MAX: usize = NAMED_MAX + ASK_AT_ONCE_MAX as usize;

/// How many of each pool cannot be asked, by reason; kept up to date, so that explaining costs nothing that grows with the
/// pool.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    agents: IdMap<AgentId, Tallied>,
    pools: IdMap<PoolId, Tally>,
}

#[derive(Clone, Debug, Default)]
struct Tallied {
    /// Why they cannot be asked; `None` when they can.
    now: Option<PassedOver>,
    pools: Vec<PoolId>,
}

#[derive(Clone, Debug, Default)]
struct Tally {
    counts: BTreeMap<PassedOver, u32>,
    /// Those who come first by their ids, who alone are named.
    first: Vec<(AgentId, Option<PassedOver>)>,
}

impl Tallies {
    /// Nobody has been looked at.
    pub fn new(members: &HashMap<PoolId, BTreeSet<AgentId>>) -> Self {
        let mut tallies = Self::default();
        for (pool, agents) in members {
            for agent in agents {
                tallies.agents.entry(*agent).or_default().pools.push(*pool);
            }
            let first = agents.iter().take(FIRST_MAX).map(|agent| (*agent, None)).collect();
            tallies.pools.insert(*pool, Tally { counts: BTreeMap::new(), first });
        }
        tallies
    }

    /// Notes why an agent cannot be asked now; `None` when they can.
    pub fn note(&mut self, agent: AgentId, why: Option<PassedOver>) {
        let Some(tallied) = self.agents.get_mut(&agent) else { return };
        let before = std::mem::replace(&mut tallied.now, why);
        if before == why {
            return;
        }
        for pool in &tallied.pools {
            let Some(tally) = self.pools.get_mut(pool) else { continue };
            if let Some(count) = before.and_then(|before| tally.counts.get_mut(&before)) {
                *count = count.saturating_sub(1);
            }
            if let Some(why) = why {
                *tally.counts.entry(why).or_default() += 1;
            }
            if let Ok(place) = tally.first.binary_search_by_key(&agent, |(first, _)| *first) {
                tally.first[place].1 = why;
            }
        }
    }

    fn counts(&self, pool: PoolId) -> BTreeMap<PassedOver, u32> {
        let counts = self.pools.get(&pool).into_iter().flat_map(|tally| &tally.counts);
        counts.filter(|(_, count)| **count > 0).map(|(why, count)| (*why, *count)).collect()
    }

    /// Those of a pool who come first by their ids, each with why they cannot be asked.
    fn first(&self, pool: PoolId) -> impl Iterator<Item = (AgentId, Option<PassedOver>)> {
        self.pools.get(&pool).into_iter().flat_map(|tally| &tally.first).copied()
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

/// Why it is somebody's who was not looked for: nobody else was thought of.
pub fn by_name(conversation: &Conversation, directory: &Directory, rule: &str, now: Timestamp) -> Routed {
    let visit = conversation.visit();
    let wanted = conversation.wanted.map(|wanted| wanted.aged_from);
    Routed {
        queue: conversation.waits_in().cloned(),
        step: visit.map_or(PlanPlace::Step(0), |visit| visit.place),
        strategy: rule.to_owned(),
        waiting_since: visit.map(|visit| visit.since).or(wanted).unwrap_or(now),
        priority: conversation.points(directory),
        ready: 1,
        next: None,
        unavailable: BTreeMap::new(),
        passed: Vec::new(),
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
        if self.is_picked(visit) {
            return (!visit.parked).then(|| self.picked(conversation, visit, pool));
        }
        let mut candidates = self.routing.matcher.candidates(conversation.id);
        let next = candidates.find(|agent| !chosen.contains(agent));
        let (with_skills, ready) = self.routing.matcher.of_crowd(conversation.id)?;
        let unavailable = self.unavailable(conversation, visit, pool, with_skills);
        Some(Routed {
            queue: conversation.waits_in().cloned(),
            step: visit.place,
            strategy: self.rule(conversation, visit).to_owned(),
            waiting_since: visit.since,
            priority: conversation.points(&self.directory),
            ready: u32::try_from(ready).unwrap_or(u32::MAX),
            next,
            unavailable,
            passed: self.passed_over(conversation, visit, pool, chosen),
        })
    }

    /// The rule by which somebody is found at a visit's place.
    fn rule(&self, conversation: &Conversation, visit: &Visit) -> &'static str {
        match (visit.place, &visit.target) {
            (PlanPlace::Preferred(at), _) => self.preference(conversation, visit, at),
            (PlanPlace::Step(_), Target::Agent(_)) => NAMED,
            (PlanPlace::Step(_), Target::Queue(_) | Target::Team(_) | Target::Anybody) => {
                self.chosen_by(visit).code()
            }
        }
    }

    /// Why it is held for this person. Whom the assistant named is asked before who had the visitor lately, and only where
    /// it has just handed off.
    fn preference(&self, conversation: &Conversation, visit: &Visit, at: u8) -> &'static str {
        let held_for = visit.preferred.get(usize::from(at));
        let asked_for = conversation.asked_for.as_ref().and_then(|name| self.directory.named(name));
        match held_for {
            Some((_, None)) => DEDICATED,
            Some((agent, Some(_))) if visit.why == QueuedWhy::HandOff && asked_for == Some(*agent) => {
                ASKED_FOR
            }
            Some((_, Some(_))) | None => STICKY,
        }
    }

    /// The rule that chooses among several at a visit's place.
    pub(super) fn chosen_by(&self, visit: &Visit) -> What {
        let by = visit.choice.and_then(|choice| choice.by);
        by.unwrap_or_else(|| wishes::configured(visit, &self.directory).by)
    }

    /// How many of the pool could not take it, by reason.
    fn unavailable(
        &self,
        conversation: &Conversation,
        visit: &Visit,
        pool: PoolId,
        with_skills: usize,
    ) -> BTreeMap<PassedOver, u32> {
        let size = self.routing.matcher.size(pool);
        if size <= COUNTED_MAX {
            let mut counts = BTreeMap::new();
            let members = self.routing.matcher.members(pool);
            for why in members.filter_map(|agent| self.why_passed_over(agent, conversation, visit, pool)) {
                *counts.entry(why).or_default() += 1;
            }
            return counts;
        }
        let mut counts = self.routing.tallies.counts(pool);
        let lacking = u32::try_from(size.saturating_sub(with_skills)).unwrap_or(u32::MAX);
        if lacking > 0
            && let Some(wish) = self.routing.wish(conversation, visit, &self.directory)
        {
            let spoken = self.spoken(conversation, visit);
            let only = wish.skills.iter().all(|(skill, _)| spoken.contains(skill));
            counts.insert(if only { PassedOver::Language } else { PassedOver::Skill }, lacking);
        }
        counts
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
        let known: BTreeSet<AgentId> = let_go.clone().chain(preferred.clone()).collect();
        let others = self.routing.tallies.first(pool).take(NAMED_MAX + chosen.len());
        let mut named: BTreeSet<AgentId> = BTreeSet::new();
        let first = let_go.chain(preferred).filter(|agent| named.insert(*agent)).map(|agent| (agent, None));
        let all = first.chain(others.filter(|(agent, _)| !known.contains(agent)));
        let passed = all.filter(|(agent, _)| !chosen.contains(agent)).filter_map(|(agent, why)| {
            let why = why.or_else(|| self.why_passed_over(agent, conversation, visit, pool))?;
            Some((agent, why))
        });
        let mut told = Vec::with_capacity(NAMED_MAX);
        told.extend(passed.take(NAMED_MAX));
        told
    }

    fn why_passed_over(
        &self,
        agent: AgentId,
        conversation: &Conversation,
        visit: &Visit,
        pool: PoolId,
    ) -> Option<PassedOver> {
        if self.routing.matcher.is_candidate(agent, conversation.id) {
            return None;
        }
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
        let profile = self.routing.matcher.profile(agent);
        let knows = |(skill, least): &(SkillId, u8)| {
            profile.and_then(|profile| profile.skills.get(skill)).is_some_and(|level| level >= least)
        };
        let mut lacking = wish.skills.iter().filter(|skill| !knows(skill)).peekable();
        let skilled = lacking.peek().is_none();
        let spoken = self.spoken(conversation, visit);
        let tier = profile.map(|profile| profile.tier);
        Some(match skilled {
            false if lacking.all(|(skill, _)| spoken.contains(skill)) => PassedOver::Language,
            false => PassedOver::Skill,
            true if wish.tiered && tier == Some(Tier::Never) => PassedOver::Never,
            true => PassedOver::Full,
        })
    }

    /// Which of what has to be known are languages.
    fn spoken(&self, conversation: &Conversation, visit: &Visit) -> BTreeSet<SkillId> {
        let needs = needs::of(conversation, &visit.target, &self.directory);
        let languages = needs.iter().filter(|need| matches!(need.subject, Subject::Language(_)));
        languages.filter_map(|need| self.directory.skill(&need.subject)).collect()
    }
}
