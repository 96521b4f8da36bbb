//! Who takes what, kept up to date change by change.
//!
//! Conversations that wait with the same [`Wish`] stand in one crowd, together with the agents who can take them, both in
//! order. So a change costs the logarithm of what it touches, and finding a match searches nothing: the one exception are
//! agents who let a conversation go, whom the search steps over.
//!
//! Tell it what changed ([`Matcher::waits`], [`Matcher::leaves`], [`Matcher::stands`]), then take [`Matcher::next_match`] and
//! make each match true, by telling again, until there is none. It keeps no clock: whatever time decides (rest, wrap-up,
//! the end of an exclusion) arrives as a change.

mod crowd;
mod order;
mod rank;

#[cfg(test)]
mod tests;

pub use order::{Order, Standing, Strategy, Tier};
pub use rank::{Rank, Ranking};

use crate::ids::IdMap;
use crowd::{Crowd, Member};
use protocol::{AgentId, ConversationId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far is looked for what comes before a match: agents who put queues in different orders could send it in circles.
const FIRSTS_MAX: usize = 4;

/// A set of agents named together: those of one step of a queue's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PoolId(pub u32);

/// The name of a skill, or of a language somebody speaks, as a number the directory gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillId(pub u32);

/// What somebody has to be to take a conversation, and how they are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wish {
    /// One of these agents.
    pub pool: PoolId,
    /// Who has these skills at this level or above; in order of skill.
    pub skills: Vec<(SkillId, u8)>,
    /// Who has these too comes first where the best skilled do; in order.
    pub wished: Vec<SkillId>,
    /// Room it takes.
    pub weight: u32,
    /// How one is chosen.
    pub strategy: Strategy,
    /// Whether agents of a higher tier come first, whatever the strategy says.
    pub tiered: bool,
    /// How many are asked at once, 1 or more; the first to accept has it.
    pub asked_at_once: u16,
    /// Only who has less on their hands than this.
    pub load_below: Option<u32>,
}

/// An agent, as configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Levels of skills.
    pub skills: BTreeMap<SkillId, u8>,
    /// Preference among agents where a wish is tiered.
    pub tier: Tier,
    /// Pools whose conversations come after all others, and how far after.
    pub later: BTreeMap<PoolId, u8>,
}

/// A conversation and who should take it: the first comes first by the strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which conversation.
    pub conversation: ConversationId,
    /// One agent, or those asked at once.
    pub agents: Vec<AgentId>,
}

/// Everything that waits, and everybody who could take it.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    pools: HashMap<PoolId, BTreeSet<AgentId>>,
    agents: IdMap<AgentId, Agent>,
    crowds: Vec<Crowd>,
    by_wish: HashMap<Wish, usize>,
    waiting: IdMap<ConversationId, Waiting>,
    /// Agents who can take more than before.
    freed: BTreeSet<AgentId>,
    /// Conversations that wait otherwise than before.
    fresh: BTreeSet<(Rank, ConversationId)>,
}

#[derive(Clone, Debug)]
struct Agent {
    profile: Profile,
    standing: Standing,
    member_of: Vec<Member>,
    /// Pools whose conversations are not for them at the moment.
    barred: BTreeSet<PoolId>,
}

#[derive(Clone, Debug)]
struct Waiting {
    crowd: usize,
    rank: Rank,
    excluded: Vec<AgentId>,
}

impl Matcher {
    /// Nobody waits, and nobody is there yet.
    pub fn new(pools: HashMap<PoolId, BTreeSet<AgentId>>, agents: HashMap<AgentId, Profile>) -> Self {
        let known = |(id, profile)| {
            (
                id,
                Agent {
                    profile,
                    standing: Standing::default(),
                    member_of: Vec::new(),
                    barred: BTreeSet::new(),
                },
            )
        };
        Self { pools, agents: agents.into_iter().map(known).collect(), ..Self::default() }
    }

    /// A conversation waits, or waits otherwise than before. Those excluded are not asked.
    pub fn waits(&mut self, id: ConversationId, wish: &Wish, rank: Rank, excluded: Vec<AgentId>) {
        self.leaves(id);
        let crowd = self.crowd_for(wish);
        self.crowds[crowd].waiting.insert((rank, id));
        self.waiting.insert(id, Waiting { crowd, rank, excluded });
        self.fresh.insert((rank, id));
    }

    /// A conversation waits no more, or is reserved.
    pub fn leaves(&mut self, id: ConversationId) {
        if let Some(waiting) = self.waiting.remove(&id) {
            self.crowds[waiting.crowd].waiting.remove(&(waiting.rank, id));
            self.fresh.remove(&(waiting.rank, id));
        }
    }

    /// An agent stands otherwise than before.
    pub fn stands(&mut self, id: AgentId, standing: Standing) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        agent.standing = standing;
        let mut wanted = false;
        for member in &mut agent.member_of {
            let crowd = &mut self.crowds[member.crowd];
            let barred = agent.barred.contains(&crowd.wish.pool);
            crowd.file(id, member, &agent.profile, &standing, barred);
            wanted |= member.filed.is_some() && !crowd.waiting.is_empty();
        }
        match wanted {
            true => self.freed.insert(id),
            false => self.freed.remove(&id),
        };
    }

    /// A pool's conversations are not for an agent at the moment, or are again.
    pub fn bars(&mut self, id: AgentId, pool: PoolId, barred: bool) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let changed = if barred { agent.barred.insert(pool) } else { agent.barred.remove(&pool) };
        if changed {
            let standing = agent.standing;
            self.stands(id, standing);
        }
    }

    /// Whether a pool's conversations are not for an agent at the moment.
    pub fn is_barred(&self, id: AgentId, pool: PoolId) -> bool {
        self.agents.get(&id).is_some_and(|agent| agent.barred.contains(&pool))
    }

    /// How many are in a pool.
    pub fn size(&self, pool: PoolId) -> usize {
        self.pools.get(&pool).map_or(0, BTreeSet::len)
    }

    /// Who is in a pool.
    pub fn members(&self, pool: PoolId) -> impl Iterator<Item = AgentId> {
        self.pools.get(&pool).into_iter().flatten().copied()
    }

    /// Whether an agent of the pool could take what waits with this wish at this moment.
    pub fn is_able(&self, id: AgentId, wish: &Wish) -> bool {
        let Some(agent) = self.agents.get(&id) else { return false };
        let barred = agent.barred.contains(&wish.pool);
        Member::of(0, wish, &agent.profile).is_some_and(|member| {
            crowd::place(wish, &member, &agent.profile, &agent.standing, barred).is_some()
        })
    }

    /// An agent, as configured.
    pub fn profile(&self, id: AgentId) -> Option<&Profile> {
        self.agents.get(&id).map(|agent| &agent.profile)
    }

    /// The next match. It has to be made true, with [`Matcher::leaves`] and [`Matcher::stands`], before the next is asked
    /// for. Agents who were freed choose first, each the conversation that comes first for them over all queues.
    pub fn next_match(&mut self) -> Option<Match> {
        while let Some(agent) = self.freed.first().copied() {
            if let Some(found) = self.first_for(agent).and_then(|id| self.fair_match(id, Some(agent))) {
                return Some(found);
            }
            self.freed.remove(&agent);
        }
        while let Some((rank, id)) = self.fresh.first().copied() {
            if let Some(found) = self.fair_match(id, None) {
                return Some(found);
            }
            self.fresh.remove(&(rank, id));
        }
        None
    }

    /// How many of a waiting conversation's pool have what it asks for, and how many of them could take it now.
    pub fn of_crowd(&self, id: ConversationId) -> Option<(usize, usize)> {
        let waiting = self.waiting.get(&id)?;
        let crowd = &self.crowds[waiting.crowd];
        let is_ready = |member: &Member| member.crowd == waiting.crowd && member.filed.is_some();
        let ready =
            |agent: &AgentId| self.agents.get(agent).is_some_and(|one| one.member_of.iter().any(is_ready));
        let out = waiting.excluded.iter().filter(|agent| ready(agent)).count();
        Some((crowd.members, crowd.ready.len().saturating_sub(out)))
    }

    /// Whether an agent is not to be asked for a waiting conversation.
    pub fn is_excluded(&self, agent: AgentId, id: ConversationId) -> bool {
        self.waiting.get(&id).is_some_and(|waiting| waiting.excluded.contains(&agent))
    }

    /// Whether an agent could take a waiting conversation at this moment.
    pub fn is_candidate(&self, agent: AgentId, id: ConversationId) -> bool {
        let Some((waiting, agent_now)) = self.waiting.get(&id).zip(self.agents.get(&agent)) else {
            return false;
        };
        let is_ready = |member: &Member| member.crowd == waiting.crowd && member.filed.is_some();
        agent_now.member_of.iter().any(is_ready) && !waiting.excluded.contains(&agent)
    }

    /// How an agent stands.
    pub fn standing(&self, agent: AgentId) -> Standing {
        self.agents.get(&agent).map(|agent| agent.standing).unwrap_or_default()
    }

    /// Who could take a waiting conversation at this moment, in the order in which they would be chosen.
    pub fn candidates(&self, id: ConversationId) -> impl Iterator<Item = AgentId> {
        let waiting = self.waiting.get(&id);
        waiting.into_iter().flat_map(|waiting| {
            let ready = self.crowds[waiting.crowd].ready.iter().map(|(_, agent)| *agent);
            ready.filter(|agent| !waiting.excluded.contains(agent))
        })
    }

    /// The conversation this agent would take first: by the order of the pools, then by rank.
    fn first_for(&self, id: AgentId) -> Option<ConversationId> {
        let agent = self.agents.get(&id)?;
        let crowds = agent.member_of.iter().filter(|member| member.filed.is_some());
        let firsts = crowds.filter_map(|member| {
            let allowed = |(_, item): &&(Rank, ConversationId)| !self.waiting[item].excluded.contains(&id);
            let (rank, item) = self.crowds[member.crowd].waiting.iter().find(allowed)?;
            Some(((member.later, *rank, *item), *item))
        });
        firsts.min_by_key(|(key, _)| *key).map(|(_, item)| item)
    }

    /// The match of a conversation, unless something else comes first for those who were chosen: when several are freed at
    /// once, the first of them does not decide for the others. `asked` is whom this conversation comes first for.
    fn fair_match(&self, id: ConversationId, asked: Option<AgentId>) -> Option<Match> {
        let mut found = self.chosen_for(id)?;
        for _ in 0..FIRSTS_MAX {
            let others = found.agents.iter().filter(|agent| Some(**agent) != asked);
            let firsts = others.filter_map(|agent| self.first_for(*agent));
            let before = firsts.filter(|first| *first != found.conversation);
            let Some(better) = before.filter_map(|first| self.chosen_for(first)).next() else { break };
            found = better;
        }
        Some(found)
    }

    fn chosen_for(&self, id: ConversationId) -> Option<Match> {
        let waiting = self.waiting.get(&id)?;
        let most = usize::from(self.crowds[waiting.crowd].wish.asked_at_once.max(1));
        let agents: Vec<AgentId> = self.candidates(id).take(most).collect();
        (!agents.is_empty()).then_some(Match { conversation: id, agents })
    }

    fn crowd_for(&mut self, wish: &Wish) -> usize {
        if let Some(crowd) = self.by_wish.get(wish) {
            return *crowd;
        }
        let index = self.crowds.len();
        let mut crowd = Crowd::of(wish.clone());
        for id in self.pools.get(&wish.pool).into_iter().flatten() {
            let Some(agent) = self.agents.get_mut(id) else { continue };
            let Some(mut member) = Member::of(index, wish, &agent.profile) else { continue };
            let barred = agent.barred.contains(&wish.pool);
            crowd.file(*id, &mut member, &agent.profile, &agent.standing, barred);
            agent.member_of.push(member);
            crowd.members += 1;
        }
        self.crowds.push(crowd);
        self.by_wish.insert(wish.clone(), index);
        index
    }
}
