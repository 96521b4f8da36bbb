//! How runs give conversations to people.
//!
//! A person named by the step gets it at once, unless the step asks for conditions: then they have to be there and to have
//! room. One of a team, or anybody, is chosen at once when the step does not ask who is online: by its rule, among those with
//! room. All else waits like everything waits, and the step is done when somebody has it.

use super::bonds::{Before, Wish};
use super::step::Step;
use crate::conversation::Stage;
use crate::decide::ownership;
use crate::decide::queueing::{self, Entry};
use crate::matching::{Order, Standing, Strategy, Tier};
use crate::plan::Plan;
use crate::routing;
use crate::workflow::definition::Choosing;
use crate::workflow::{AssignWanted, Input, Ticket, Whom};
use protocol::setup::What;
use protocol::{
    AgentId, AssignedHow, Choice, Happening, OfferEnd, PassedOver, QueuedWhy, ReturnWhy, Routed, Target,
    TeamId, UnassignedWhy,
};
use std::collections::BTreeSet;

impl Step<'_, '_> {
    /// Gives it to somebody, or lets it wait for somebody.
    pub fn assign(&mut self, wanted: &AssignWanted) -> Option<Input> {
        let ticket = wanted.ticket;
        let target = self.target(&wanted.to).filter(|_| self.draft.conversation().can_be_given());
        let Some(target) = target else { return Some(Input::NobodyToAssign { ticket }) };
        let members = self.members(&target);
        if members.is_empty() {
            return Some(Input::NobodyToAssign { ticket });
        }
        let strategy = match wanted.choosing {
            Choosing::AsConfigured => Strategy::default(),
            Choosing::By(strategy) => strategy,
        };
        let at_once = match &target {
            Target::Agent(agent) => {
                let asks = wanted.online_only || wanted.fewer_open_than.is_some();
                let has_it = self.draft.conversation().owner() == Some(*agent);
                (!asks || has_it).then(|| (*agent, self.named(routing::NAMED)))
            }
            Target::Queue(_) => None,
            Target::Team(_) | Target::Anybody if wanted.online_only => None,
            Target::Team(_) | Target::Anybody => self.pick(&members, strategy, wanted.fewer_open_than),
        };
        match at_once {
            Some((agent, routed)) => Some(self.give(agent, &target, ticket, routed)),
            None => {
                self.wait_for(target, choice(wanted));
                None
            }
        }
    }

    /// Nobody took it in time: what it caused ends, and the conversation goes back to what it was. What has changed since
    /// is none of its business.
    pub fn withdraw(&mut self) {
        let Some(wish) = self.moved.bonds.wish.take() else { return };
        let visit = self.draft.conversation().visit();
        let still = visit.is_some_and(|visit| {
            visit.why == QueuedWhy::Assigned && visit.entered == wish.at && visit.target == wish.target
        });
        if !still {
            return;
        }
        queueing::withdraw_offers(self.draft, OfferEnd::Withdrawn, None);
        let directory = self.draft.board.directory();
        match wish.before {
            Before::Automated => {
                let why = ReturnWhy::NoAgent;
                self.draft.add(Happening::ReturnedToAssistant { why, note: None });
            }
            // Routing never gives more than somebody has room for.
            Before::Owned(agent) if self.draft.board.fits(agent, self.draft.conversation()) => {
                ownership::give_by_name(self.draft, agent, AssignedHow::Returned, routing::RETURNED);
            }
            Before::Waited(target) if directory.knows(&target) && target != wish.target => {
                queueing::enter(self.draft, Entry::new(target, QueuedWhy::Assigned));
            }
            Before::Owned(_) | Before::Waited(_) => match queueing::home(self.draft) {
                home if home != wish.target => {
                    queueing::enter(self.draft, Entry::new(home, QueuedWhy::Assigned));
                }
                _ => queueing::park(self.draft),
            },
        }
    }

    fn target(&self, whom: &Whom) -> Option<Target> {
        let directory = self.draft.board.directory();
        let target = match whom {
            Whom::Agent(name) => Target::Agent(directory.named(&name.0)?),
            Whom::Team(team) => Target::Team(TeamId::new(team.0.clone()).ok()?),
            Whom::Queue(queue) => Target::Queue(queue.clone()),
            Whom::Workspace => Target::Anybody,
        };
        directory.knows(&target).then_some(target)
    }

    /// Those who could ever have it.
    fn members(&self, target: &Target) -> BTreeSet<AgentId> {
        let directory = self.draft.board.directory();
        match target {
            Target::Agent(agent) => BTreeSet::from([*agent]),
            Target::Team(team) => directory.members(team).collect(),
            Target::Queue(queue) => directory.plan(queue).map(Plan::everybody).cloned().unwrap_or_default(),
            Target::Anybody => {
                let all = directory.agents().keys().copied();
                all.filter(|agent| directory.active(*agent).is_some()).collect()
            }
        }
    }

    /// One of these, online or not; not the present owner, unless there is nobody else.
    fn pick(
        &self,
        members: &BTreeSet<AgentId>,
        by: Strategy,
        fewer: Option<u32>,
    ) -> Option<(AgentId, Routed)> {
        if by == Strategy::Manual {
            return None;
        }
        let board = self.draft.board;
        let conversation = self.draft.conversation();
        let owner = conversation.owner().filter(|_| members.len() > 1);
        let weight = conversation.weight(board.directory());
        let fits = |agent: &AgentId| {
            let room = board.free_capacity(*agent) >= weight;
            room && fewer.is_none_or(|most| board.load(*agent) < most) && Some(*agent) != owner
        };
        let standing = |agent: AgentId| {
            let (_, last_asked, last_released) = board.presence.now(agent);
            let capacity = board.directory().active(agent).map_or(0, |profile| profile.capacity);
            Standing { available: true, capacity, load: board.load(agent), last_asked, last_released }
        };
        let mut able: Vec<AgentId> = members.iter().copied().filter(fits).collect();
        able.sort_by_key(|agent| (Order::by(by, Tier::Medium, &standing(*agent), 0), *agent));
        let chosen = *able.first()?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let full = count(members.len() - able.len());
        let unavailable = (full > 0).then_some((PassedOver::Full, full)).into_iter().collect();
        let next = able.get(1).copied();
        let rule = what(by).code();
        Some((chosen, Routed { ready: count(able.len()), next, unavailable, ..self.named(rule) }))
    }

    fn named(&self, rule: &str) -> Routed {
        routing::by_name(self.draft.conversation(), self.draft.board.directory(), rule, self.draft.now)
    }

    fn give(&mut self, agent: AgentId, target: &Target, ticket: Ticket, routed: Routed) -> Input {
        if self.draft.conversation().owner() != Some(agent) {
            ownership::before_giving(self.draft, agent);
            let routed = Some(Box::new(routed));
            let mut assigned = ownership::assigned(self.draft, agent, AssignedHow::ByWorkflow, routed);
            if let (Happening::Assigned { team, .. }, Target::Team(of)) = (&mut assigned, target) {
                *team = Some(of.clone());
            }
            self.draft.add(assigned);
        }
        Input::Assigned { ticket, agent }
    }

    /// It waits for these from here on, unless it does so already: then it keeps its place.
    fn wait_for(&mut self, target: Target, choice: Option<Choice>) {
        let conversation = self.draft.conversation();
        let there = conversation.visit();
        if there.is_some_and(|visit| visit.target == target && visit.choice == choice && !visit.parked) {
            self.moved.bonds.wish = None;
            return;
        }
        let before = match (&conversation.stage, there) {
            (Stage::Open(held) | Stage::Pending { held, .. }, _) => Before::Owned(held.agent.id),
            (_, Some(visit)) => Before::Waited(visit.target.clone()),
            (_, None) => Before::Automated,
        };
        let entry = Entry { choice, ..Entry::new(target.clone(), QueuedWhy::Assigned) };
        match conversation.owner() {
            Some(from) => {
                ownership::end_passing(self.draft, OfferEnd::Withdrawn, None);
                self.draft.add(Happening::Unassigned { from, why: UnassignedWhy::Taken });
                ownership::enter_without(self.draft, from, entry);
            }
            None => queueing::enter(self.draft, entry),
        }
        self.moved.bonds.wish = Some(Wish { at: self.draft.now, target, before });
    }
}

/// How somebody is chosen, where the step says so.
fn choice(wanted: &AssignWanted) -> Option<Choice> {
    let by = match wanted.choosing {
        Choosing::AsConfigured => None,
        Choosing::By(strategy) => Some(what(strategy)),
    };
    let fewer_than = wanted.fewer_open_than;
    (by.is_some() || fewer_than.is_some()).then_some(Choice { by, fewer_than })
}

/// A rule of choosing, as configuration spells it.
fn what(strategy: Strategy) -> What {
    match strategy {
        Strategy::RoundRobin => What::RoundRobin,
        Strategy::LeastOpen => What::LeastOpen,
        Strategy::MostAvailable => What::MostAvailable,
        Strategy::LongestIdle => What::LongestIdle,
        Strategy::BestSkill => What::BestSkill,
        Strategy::Manual => What::Manual,
    }
}
