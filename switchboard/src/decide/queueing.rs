//! Into queues, through their plans, and out of them again without anybody having taken the conversation.

use super::draft::Draft;
use super::ownership;
use crate::conversation::{Stage, Visit};
use crate::routing::{self, HOPS_MAX, needs};
use protocol::setup::{Orphans, Sticky, Strategy, Subject, Tier, What};
use protocol::{
    Actor, AgentId, AssignedHow, Author, Choice, Closing, ClosingSource, Content, Happening, OfferEnd,
    Outlet, OverflowWhy, PlanPlace, QueuedWhy, ReturnWhy, SkipReason, Target, Timestamp,
};

const DAY_SECONDS: u64 = 86_400;

/// How a conversation comes to wait.
pub struct Entry {
    pub target: Target,
    pub why: QueuedWhy,
    /// Who is not asked for a while, and until when.
    pub excluded: Vec<(AgentId, Timestamp)>,
    pub choice: Option<Choice>,
    /// Whom the assistant named.
    pub requested: Option<AgentId>,
}

impl Entry {
    pub fn new(target: Target, why: QueuedWhy) -> Self {
        Self { target, why, excluded: Vec::new(), choice: None, requested: None }
    }
}

/// The conversation waits from here on. What it waited for before is withdrawn.
pub fn enter(draft: &mut Draft<'_>, entry: Entry) {
    withdraw_offers(draft, OfferEnd::Withdrawn, None);
    let since = age_from(draft, &entry);
    let directory = draft.board.directory();
    let needs = needs::of(draft.conversation(), &entry.target, directory);
    let preferred = preferred(draft, &entry);
    let team = match &entry.target {
        Target::Team(team) => Some(team.clone()),
        Target::Queue(queue) => directory.queue(queue).and_then(|queue| queue.team.clone()),
        Target::Agent(_) | Target::Anybody => None,
    };
    let Entry { target, why, excluded, choice, .. } = entry;
    draft.add(Happening::Queued { target, why, team, since, needs, preferred, excluded, choice });
}

/// Where a conversation waits when nothing else is said: where it waited last, else in its site's queue; for anybody, when
/// neither is set up any more.
pub fn home(draft: &Draft<'_>) -> Target {
    let directory = draft.board.directory();
    let last = draft.conversation().queue.as_ref().filter(|queue| directory.queue(queue).is_some());
    let queue = last.or_else(|| directory.default_queue(&draft.conversation().site)).cloned();
    queue.map_or(Target::Anybody, Target::Queue)
}

/// What it waited for is gone: it waits where it belongs.
pub fn go_home(draft: &mut Draft<'_>) {
    let home = home(draft);
    enter(draft, Entry::new(home, QueuedWhy::Overflowed));
}

/// Pending offers end, but that of `kept`.
pub fn withdraw_offers(draft: &mut Draft<'_>, why: OfferEnd, kept: Option<AgentId>) {
    let asked = draft.conversation().offered_to().to_vec();
    for agent in asked.into_iter().filter(|agent| Some(*agent) != kept) {
        draft.add(Happening::OfferEnded { agent, why, reason: None });
    }
}

/// On to the next place of the plan; out of the queue when there is none.
pub fn advance(draft: &mut Draft<'_>, why: SkipReason) {
    let Stage::Queued(visit) = draft.stage() else { return };
    let Some(next) = next_place(draft, visit) else {
        overflow(draft, OverflowWhy::PlanEnded);
        return;
    };
    let since = match why {
        SkipReason::Time => visit.place_ends(draft.board.directory()).unwrap_or(draft.now).min(draft.now),
        SkipReason::PreferredAway
        | SkipReason::PreferredLetGo
        | SkipReason::NobodyOnline
        | SkipReason::NobodyEligible
        | SkipReason::TooMany
        | SkipReason::ClosedHours => draft.now,
    };
    let delta = match (&visit.target, next) {
        (Target::Queue(queue), PlanPlace::Step(at)) if at > 0 => draft
            .board
            .directory()
            .plan(queue)
            .and_then(|plan| plan.step(at))
            .map_or(0, |step| step.priority_delta),
        (Target::Queue(_) | Target::Agent(_) | Target::Team(_) | Target::Anybody, _) => 0,
    };
    draft.add(Happening::StepReached { step: next, why, since, priority_delta: delta });
}

fn next_place(draft: &Draft<'_>, visit: &Visit) -> Option<PlanPlace> {
    match (visit.place, &visit.target) {
        (PlanPlace::Preferred(at), _) if usize::from(at) + 1 < visit.preferred.len() => {
            Some(PlanPlace::Preferred(at + 1))
        }
        (PlanPlace::Preferred(_), _) => Some(PlanPlace::Step(0)),
        (PlanPlace::Step(at), Target::Queue(queue)) => {
            let next = at + 1;
            draft.board.directory().plan(queue)?.step(next).map(|_| PlanPlace::Step(next))
        }
        (PlanPlace::Step(_), Target::Agent(_) | Target::Team(_) | Target::Anybody) => None,
    }
}

/// The queue does not keep it. Whether anything became of that: where it says to wait, nothing does.
pub fn overflow(draft: &mut Draft<'_>, why: OverflowWhy) -> bool {
    let Some(queue) = draft.conversation().waits_in().cloned() else { return false };
    let Some(setup) = draft.board.directory().queue(&queue) else { return false };
    let closed = why == OverflowWhy::ClosedHours;
    let outlet = if closed { &setup.when_closed } else { &setup.overflow };
    if *outlet == Outlet::Wait {
        return false;
    }
    let told = if closed { setup.closed_message.as_ref() } else { setup.leaving_message.as_ref() };
    draft.add(Happening::Overflowed { queue, why, outlet: outlet.clone() });
    leave_for(draft, outlet, told.map_or("", String::as_str));
    true
}

/// Where to, and what the visitor is told about it: whoever is asked to leave a message is told with that.
fn leave_for(draft: &mut Draft<'_>, outlet: &Outlet, told: &str) {
    let hops = draft.conversation().visit().map_or(0, |visit| visit.hops);
    let active = |agent: &AgentId| draft.board.directory().active(*agent).is_some();
    let stays = match outlet {
        Outlet::Queue(_) => hops >= HOPS_MAX,
        Outlet::Agent(agent) => !active(agent) || would_come_back(draft, *agent),
        Outlet::LeaveMessage | Outlet::Wait => true,
        Outlet::Assistant | Outlet::Close => false,
    };
    if stays {
        draft.add(Happening::Parked { message: told.to_owned() });
        return;
    }
    say(draft, told);
    match outlet {
        Outlet::Queue(queue) => enter(draft, Entry::new(Target::Queue(queue.clone()), QueuedWhy::Overflowed)),
        Outlet::Agent(agent) => {
            ownership::give_by_name(draft, *agent, AssignedHow::Routed, routing::OVERFLOW);
        }
        Outlet::LeaveMessage | Outlet::Wait => {}
        Outlet::Assistant => {
            draft.add(Happening::ReturnedToAssistant { why: ReturnWhy::NoAgent, note: None })
        }
        Outlet::Close => draft.add(Happening::Closed(Closing {
            source: ClosingSource::NoAgent,
            category: None,
            note: None,
            wrap_up: None,
        })),
    }
}

/// It stays for somebody to pick.
pub fn park(draft: &mut Draft<'_>) {
    draft.add(Happening::Parked { message: String::new() });
}

/// The bridge says something to the visitor. What cannot be said is left out: whoever set it up was told.
pub fn say(draft: &mut Draft<'_>, text: &str) {
    if let Ok(content) = Content::text(text) {
        let written_at = draft.now;
        draft.add_by(Actor::Bridge, Happening::Said { author: Author::Bridge, content, written_at });
    }
}

/// Whether it would be taken from somebody as soon as it is given to them, and come here again and again: they are not there,
/// and what belongs to those who are not there is for others.
fn would_come_back(draft: &Draft<'_>, agent: AgentId) -> bool {
    let conduct = draft.conversation().conduct(draft.board.directory());
    conduct.orphans != Orphans::Keep && draft.board.offline_since(agent).is_some()
}

/// The moment its age counts from: what goes back keeps the age it had; what goes elsewhere is as old as the wish for a
/// person, where the queue keeps that.
fn age_from(draft: &Draft<'_>, entry: &Entry) -> Timestamp {
    let wanted = draft.conversation().wanted;
    let own = wanted.map_or(draft.now, |wanted| wanted.aged_from);
    let first = wanted.map_or(draft.now, |wanted| wanted.since);
    let keeps = match &entry.target {
        Target::Queue(queue) => draft.board.directory().queue(queue).is_none_or(|queue| queue.keep_age),
        Target::Agent(_) | Target::Team(_) | Target::Anybody => true,
    };
    match entry.why {
        QueuedWhy::Unassigned | QueuedWhy::Overflowed | QueuedWhy::Unmarked | QueuedWhy::Woken => own,
        QueuedWhy::Transferred | QueuedWhy::Assigned if keeps => first,
        QueuedWhy::Transferred | QueuedWhy::Assigned | QueuedWhy::HandOff | QueuedWhy::Reopened => draft.now,
    }
}

/// Seconds for which it is held for whom the assistant named, where the queue does not say.
const REQUESTED_WAIT_SECONDS: u32 = 60;

/// The visitor's own agent, then whom the assistant named, then who knows them: only where the conversation comes anew, since
/// whoever passed it on, or lost it, meant somebody else. Where agents pick, nobody is asked, whoever they are.
fn preferred(draft: &Draft<'_>, entry: &Entry) -> Vec<(AgentId, Option<u32>)> {
    match entry.why {
        QueuedWhy::HandOff | QueuedWhy::Reopened | QueuedWhy::Woken => {}
        QueuedWhy::Transferred
        | QueuedWhy::Unassigned
        | QueuedWhy::Overflowed
        | QueuedWhy::Unmarked
        | QueuedWhy::Assigned => return Vec::new(),
    }
    let directory = draft.board.directory();
    let (rule, sticky_rule) = match &entry.target {
        Target::Queue(queue) => {
            let first = directory.plan(queue).and_then(|plan| plan.step(0));
            let sticky = directory.queue(queue).and_then(|queue| queue.sticky);
            (first.map(|step| step.strategy).unwrap_or_default(), sticky)
        }
        Target::Agent(_) | Target::Team(_) | Target::Anybody => (Strategy::default(), None),
    };
    if rule.by == What::Manual {
        return Vec::new();
    }
    let active = |agent: &AgentId| directory.active(*agent).is_some();
    let dedicated = draft.conversation().contact.dedicated.filter(active).map(|agent| (agent, None));
    let seconds = sticky_rule.map_or(REQUESTED_WAIT_SECONDS, |rule| rule.wait_seconds);
    let requested = entry.requested.filter(active).map(|agent| (agent, Some(seconds)));
    let known = sticky_rule.and_then(|sticky| known(draft, entry, sticky, rule));
    let mut all: Vec<(AgentId, Option<u32>)> = Vec::new();
    for one in [dedicated, requested, known].into_iter().flatten() {
        if all.iter().all(|(agent, _)| *agent != one.0) {
            all.push(one);
        }
    }
    all
}

/// Who had the visitor lately, if they serve the queue and the queue would ask them.
fn known(draft: &Draft<'_>, entry: &Entry, sticky: Sticky, rule: Strategy) -> Option<(AgentId, Option<u32>)> {
    let Target::Queue(queue) = &entry.target else { return None };
    let directory = draft.board.directory();
    let (agent, at) = draft.conversation().contact.last_agent?;
    let setup = directory.active(agent)?;
    let lately = draft.now <= at.plus_seconds(u64::from(sticky.days) * DAY_SECONDS);
    let needs = needs::of(draft.conversation(), &entry.target, directory);
    let dropped = directory.plan(queue)?.step(0).map(|step| &step.dropped);
    let is_needed = |subject: &Subject| dropped.is_none_or(|dropped| !dropped.contains(subject));
    let knows =
        needs.iter().filter(|need| need.mandatory && is_needed(&need.subject)).all(|need| setup.knows(need));
    let asked = !(rule.tiered && setup.tier == Tier::Never);
    (lately && knows && asked && directory.serves(agent, queue)).then_some((agent, Some(sticky.wait_seconds)))
}
