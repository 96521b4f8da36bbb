//! Which waiting conversation goes to whom (`routing-and-inbox.md` E.3, E.4).
//!
//! The matcher is told of every change as it is applied, so that a match is found without looking at what did not change.
//! Everything here follows from the rest of the switchboard, and is made anew when the setup changes.

mod estimate;
mod explain;
pub mod needs;
mod picking;
mod settle;
mod wishes;

pub use estimate::Pace;
pub use explain::{NAMED, OVERFLOW, RETURNED, by_name};
pub use settle::{HOPS_MAX, Unsettled};

use crate::conversation::{Conversation, Stage, Visit};
use crate::ids::IdMap;
use crate::matching::{Match, Matcher, PoolId, Profile, Standing};
use crate::{Change, Directory, Switchboard};
use explain::Tallies;
use protocol::setup::{Conduct, OfferMode};
use protocol::{
    Actor, AgentId, AgentStatus, AssignedHow, Cause, ConversationId, Event, Happening, PlanPlace, QueueId,
    Target, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use wishes::PoolKey;

/// What waits and who could take it.
#[derive(Clone, Debug, Default)]
pub struct Routing {
    matcher: Matcher,
    pools: HashMap<PoolKey, PoolId>,
    /// Waiting conversations that somebody let go, by when the first of those may be asked again.
    exclusions: BTreeSet<(Timestamp, ConversationId)>,
    excluded_until: IdMap<ConversationId, Timestamp>,
    /// Agents who were given as much of a queue as is fair, and until when.
    rests: BTreeSet<(Timestamp, AgentId, QueueId)>,
    /// Conversations that may go on without anybody taking them.
    unsettled: BTreeMap<ConversationId, Unsettled>,
    /// Conversations held for an agent they prefer.
    held_for: IdMap<AgentId, BTreeSet<ConversationId>>,
    /// How many of each pool cannot be asked, by reason.
    tallies: Tallies,
}

impl Routing {
    /// Nothing waits, and nobody is there.
    pub fn new(directory: &Directory) -> Self {
        let (pools, members) = wishes::pools(directory);
        let agents =
            directory.agents().keys().map(|agent| (*agent, profile(directory, &pools, *agent))).collect();
        let tallies = Tallies::new(&members);
        Self { matcher: Matcher::new(members, agents), pools, tallies, ..Self::default() }
    }

    /// Notes whether and how a conversation waits now.
    pub fn file(&mut self, conversation: &Conversation, directory: &Directory, now: Timestamp) {
        self.leaves(conversation.id);
        let Some(visit) = conversation.visit() else { return };
        if let PlanPlace::Preferred(at) = visit.place
            && let Some((agent, _)) = visit.preferred.get(usize::from(at))
        {
            self.held_for.entry(*agent).or_default().insert(conversation.id);
        }
        let Stage::Queued(visit) = &conversation.stage else { return };
        if self.is_bounded(visit) {
            return;
        }
        let Some(wish) = self.wish(conversation, visit, directory) else { return };
        let Some(rank) = conversation.rank(directory) else { return };
        let still = visit.let_go.iter().filter(|(_, until)| **until > now);
        let excluded: Vec<AgentId> = still.clone().map(|(agent, _)| *agent).collect();
        if let Some(first) = still.map(|(_, until)| *until).min() {
            self.exclusions.insert((first, conversation.id));
            self.excluded_until.insert(conversation.id, first);
        }
        self.matcher.waits(conversation.id, &wish, rank, excluded);
    }

    /// Whether it is held for somebody who has as much of its queue as they may: they are as good as without room.
    fn is_bounded(&self, visit: &Visit) -> bool {
        let (PlanPlace::Preferred(at), Target::Queue(queue)) = (visit.place, &visit.target) else {
            return false;
        };
        let pool = self.pools.get(&PoolKey::Step(queue.clone(), 0));
        let held_for = visit.preferred.get(usize::from(at)).zip(pool);
        held_for.is_some_and(|((agent, _), pool)| self.matcher.is_barred(*agent, *pool))
    }

    /// Notes that a conversation does not wait, or not any more.
    pub fn forget(&mut self, id: ConversationId, preferred: &[AgentId]) {
        self.leaves(id);
        for agent in preferred {
            if let Some(held) = self.held_for.get_mut(agent) {
                held.remove(&id);
            }
        }
    }

    fn leaves(&mut self, id: ConversationId) {
        self.matcher.leaves(id);
        if let Some(end) = self.excluded_until.remove(&id) {
            self.exclusions.remove(&(end, id));
        }
    }

    /// When time alone changes who can be asked.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let exclusion = self.exclusions.first().map(|(end, _)| *end);
        let rest = self.rests.first().map(|(end, ..)| *end);
        [exclusion, rest].into_iter().flatten().min()
    }
}

impl Switchboard {
    /// The next thing that follows from what was applied: a workflow begins or goes on, a conversation goes on in its plan,
    /// or is offered or given to somebody. Call after applying anything, until there is none; save and apply each answer like any decision before
    /// asking for the next.
    pub fn route(&mut self, now: Timestamp) -> Option<Vec<Change>> {
        self.catch_up(now);
        if let Some(changes) = self.work(now) {
            return Some(changes);
        }
        if let Some(changes) = self.settle(now) {
            return Some(changes);
        }
        let Match { conversation, agents } = self.routing.matcher.next_match()?;
        let conversation = self.conversations.get(&conversation)?;
        Some(vec![self.give(conversation, &agents, now)?])
    }

    /// Ends what time alone has ended: agents who let something go, or rest, can be asked again.
    pub fn catch_up(&mut self, now: Timestamp) {
        while let Some((_, id)) = self.routing.exclusions.first().copied().filter(|(end, _)| *end <= now) {
            match self.conversations.get(&id) {
                Some(conversation) => self.routing.file(conversation, &self.directory, now),
                None => drop(self.routing.exclusions.pop_first()),
            }
        }
        while let Some((_, agent, queue)) =
            self.routing.rests.first().cloned().filter(|(end, ..)| *end <= now)
        {
            self.routing.rests.pop_first();
            self.file_bars(agent, &queue, now);
        }
    }

    /// Tells the matcher how an agent stands now.
    pub(crate) fn file_agent(&mut self, agent: AgentId) {
        let (askable, last_asked, last_released) = self.presence.now(agent);
        let profile = self.directory.active(agent);
        let standing = Standing {
            available: askable == AgentStatus::Online,
            capacity: profile.map_or(0, |profile| profile.capacity),
            load: self.load(agent),
            last_asked,
            last_released,
        };
        self.routing.tallies.note(agent, explain::why_not(askable, standing.free()));
        let capacity = profile.filter(|_| self.is_online(agent)).map(|profile| profile.capacity);
        self.served.note(agent, capacity, || self.directory.queues_of(agent));
        self.routing.matcher.stands(agent, standing);
    }

    /// Tells the matcher whether an agent may have more of a queue: as much at once, and as much in a while, as configured.
    pub(crate) fn file_bars(&mut self, agent: AgentId, queue: &QueueId, now: Timestamp) {
        let Some(setup) = self.directory.queue(queue) else { return };
        let (limit, fairness) = (setup.agent_limit, setup.fairness);
        if limit.is_none() && fairness.is_none() {
            return;
        }
        let full = limit.is_some_and(|most| self.held_of(agent, queue) >= most);
        let rests_until = fairness.and_then(|rule| {
            let within = u64::from(rule.within_seconds) * 1_000;
            let horizon = Timestamp::from_millis(now.millis().saturating_sub(within));
            let given: Vec<Timestamp> = self.presence.given_since(agent, queue, horizon).collect();
            // What they are asked counts too: it may end their rest that something given long ago counts no more.
            let counted = given.len() + self.asked_of(agent, queue);
            let over = counted.checked_sub(usize::try_from(rule.most).ok()?)?;
            Some(given.get(over)?.plus_seconds(rule.within_seconds.into()))
        });
        // What they are asked at the moment they may accept.
        let at_most = fairness.is_some_and(|rule| {
            let within = u64::from(rule.within_seconds) * 1_000;
            let horizon = Timestamp::from_millis(now.millis().saturating_sub(within));
            let given = self.presence.given_since(agent, queue, horizon).count();
            given + self.asked_of(agent, queue) >= rule.most as usize
        });
        if let Some(until) = rests_until {
            self.routing.rests.insert((until, agent, queue.clone()));
        }
        let steps = self.directory.plan(queue).map_or(0, |plan| plan.steps().count());
        for step in (0..steps).filter_map(|step| u16::try_from(step).ok()) {
            if let Some(pool) = self.routing.pools.get(&PoolKey::Step(queue.clone(), step)) {
                self.routing.matcher.bars(agent, *pool, full || at_most);
            }
        }
        let held: Vec<ConversationId> =
            self.routing.held_for.get(&agent).into_iter().flatten().copied().collect();
        for conversation in held.iter().filter_map(|id| self.conversations.get(id)) {
            self.routing.file(conversation, &self.directory, now);
        }
    }

    /// How many conversations of a queue an agent is asked to accept.
    fn asked_of(&self, agent: AgentId, queue: &QueueId) -> usize {
        let asked =
            |one: &&Conversation| one.queue.as_ref() == Some(queue) && one.offered_to().contains(&agent);
        self.of_agent(agent).filter(asked).count()
    }

    /// The event that offers a conversation to those who were found, or gives it to the first of them.
    fn give(&self, conversation: &Conversation, agents: &[AgentId], now: Timestamp) -> Option<Change> {
        let first = *agents.first()?;
        let mode = self.offer_mode(conversation);
        let chosen = match mode {
            OfferMode::Ask { .. } => agents,
            OfferMode::AutoAccept => &agents[..1],
        };
        let routed = Box::new(self.explain(conversation, chosen)?);
        let happening = match mode {
            OfferMode::Ask { seconds } => {
                Happening::Offered { to: agents.to_vec(), until: now.plus_seconds(seconds.into()), routed }
            }
            OfferMode::AutoAccept => Happening::Assigned {
                to: self.directory.badge(first),
                how: AssignedHow::Routed,
                team: conversation.team.clone(),
                routed: Some(routed),
            },
        };
        let event = Event {
            conversation: conversation.id,
            number: conversation.number + 1,
            at: now,
            request: None,
            by: Actor::Router,
            cause: Cause::Matched,
            happening,
        };
        Some(Change::Happened { event, asker: None })
    }

    /// Whether those who are found are asked: as the step says, else as the team.
    fn offer_mode(&self, conversation: &Conversation) -> OfferMode {
        let of_step = conversation.visit().and_then(|visit| match (&visit.target, visit.place) {
            (Target::Queue(queue), PlanPlace::Step(at)) => {
                self.directory.plan(queue)?.step_or_last(at)?.offer
            }
            (Target::Queue(_) | Target::Agent(_) | Target::Team(_) | Target::Anybody, _) => None,
        });
        let Conduct { offer, .. } = conversation.conduct(&self.directory);
        of_step.unwrap_or(*offer)
    }
}

fn profile(directory: &Directory, pools: &HashMap<PoolKey, PoolId>, agent: AgentId) -> Profile {
    let Some(setup) = directory.active(agent) else { return Profile::default() };
    let skills = wishes::skills_of(directory, setup);
    let secondary = directory
        .queues_of(agent)
        .filter(|queue| directory.queue(queue).is_some_and(|setup| setup.secondary_for.contains(&agent)));
    let later = secondary.flat_map(|queue| {
        let steps = directory.plan(queue).into_iter().flat_map(|plan| plan.steps().map(|(at, _)| at));
        steps.filter_map(|at| Some((*pools.get(&PoolKey::Step(queue.clone(), at))?, 1)))
    });
    Profile { skills, tier: wishes::tier(setup.tier), later: later.collect() }
}
