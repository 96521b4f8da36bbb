//! The questions a switchboard answers.

use crate::contact::Contact;
use crate::conversation::{Conversation, Stage};
use crate::presence::{Reach, Standing};
use crate::spam::SpamWatch;
use crate::{Audience, Switchboard};
use protocol::setup::AgentRole;
use protocol::{
    AgentId, AgentStatus, Colleague, ConversationId, QueueId, StateNow, Summary, Target, Timestamp, VisitorId,
};
use std::collections::BTreeSet;

impl Switchboard {
    /// The visitor's conversation that is not over.
    pub fn conversation_of(&self, visitor: VisitorId) -> Option<ConversationId> {
        self.by_visitor.get(&visitor).copied()
    }

    /// A conversation that is not over, or whose notes are being finished, or in which a workflow still runs: what is saved
    /// beside its events.
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(&id).map(Box::as_ref)
    }

    /// All of them, in order of id.
    pub fn conversations(&self) -> impl Iterator<Item = &Conversation> {
        let mut all: Vec<&Conversation> = self.conversations.values().map(Box::as_ref).collect();
        all.sort_unstable_by_key(|conversation| conversation.id);
        all.into_iter()
    }

    /// How an agent stands, as it is saved.
    pub fn standing(&self, agent: AgentId) -> Standing {
        self.presence.kept(agent)
    }

    /// A conversation as the visitor is told; `None` when it is over or unknown.
    pub fn state_now(&self, id: ConversationId) -> Option<StateNow> {
        let conversation = self.shown(id)?;
        let state = conversation.state();
        let told = state.for_visitor();
        let waits = state.is_waiting() && conversation.visit().is_some_and(|visit| !visit.parked);
        Some(StateNow {
            conversation: conversation.id,
            state: told,
            assistant_enabled: state.assistant_enabled() && !self.runs.asks(id),
            number: conversation.number,
            queue: conversation.waits_in().cloned(),
            place: if waits { self.waiting.place(id) } else { None },
            wait_seconds: if waits { self.wait_seconds(conversation) } else { None },
        })
    }

    /// A conversation as lists show it; `None` when it is over or unknown.
    pub fn summary(&self, id: ConversationId) -> Option<Summary> {
        let conversation = self.shown(id)?;
        let visit = conversation.visit();
        let badge = |agent: AgentId| self.directory.badge(agent);
        let passing = conversation.held().and_then(|held| held.passing.as_ref());
        let offer_until = match &conversation.stage {
            Stage::Offered { until, .. } => Some(*until),
            Stage::Open(_) => passing.map(|passing| passing.until),
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => None,
        };
        let until = match &conversation.stage {
            Stage::Pending { until, .. } => Some(*until),
            Stage::Closed { wrap_up, .. } => wrap_up.map(|(_, until)| until),
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Open(_)
            | Stage::Spam { .. } => None,
        };
        Some(Summary {
            conversation: conversation.id,
            visitor: conversation.visitor,
            site: conversation.site.clone(),
            state: conversation.state(),
            number: conversation.number,
            queue: conversation.queue.clone(),
            team: conversation.team.clone(),
            reason: conversation.reason,
            waiting_since: visit
                .map(|visit| visit.since)
                .or(conversation.wanted.map(|wanted| wanted.aged_from)),
            parked: visit.is_some_and(|visit| visit.parked),
            priority: conversation.points(&self.directory),
            agent: conversation.answers_for().map(badge),
            offered_to: conversation.offered_to().iter().copied().map(badge).collect(),
            offer_until,
            transfer_to: passing.map(|passing| badge(passing.to)),
            until,
            preview: conversation.words.preview.clone(),
            last_at: conversation.words.last_at,
            unanswered_since: conversation.words.unanswered_since,
            tags: conversation.contact.tags.iter().cloned().collect(),
        })
    }

    /// Whose it is, and those of `here` in whose lists it stands; `None` when it is unknown, or over with nothing that goes on
    /// in it.
    pub fn audience(&self, id: ConversationId, here: &BTreeSet<AgentId>) -> Option<Audience> {
        let conversation = self.conversations.get(&id)?;
        let mut agents: BTreeSet<AgentId> = conversation.concerns().into_iter().collect();
        if conversation.visit().is_some() {
            agents.extend(here.iter().copied().filter(|agent| self.lists_waiting(*agent, conversation)));
        }
        Some(Audience { visitor: conversation.visitor, agents })
    }

    /// Whether a conversation stands in the lists of an agent whom it does not concern: what waits for them, and for
    /// supervisors all that waits. What somebody is asked to accept is nobody else's to take meanwhile.
    fn lists_waiting(&self, agent: AgentId, conversation: &Conversation) -> bool {
        let oversees = self.directory.is_at_least(agent, AgentRole::Supervisor);
        match &conversation.stage {
            Stage::Queued(visit) => oversees || self.waits_for(agent, &visit.target),
            Stage::Offered { .. } => oversees,
            Stage::Automated
            | Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => false,
        }
    }

    /// What stands in an agent's lists: waiting for them, offered to them, or theirs; a supervisor's have all that waits or
    /// is offered.
    pub fn conversations_for(&self, agent: AgentId) -> Vec<Summary> {
        let oversees = self.directory.is_at_least(agent, AgentRole::Supervisor);
        let queues = self.directory.queues_of(agent).filter(|_| !oversees);
        let waiting = queues.flat_map(|queue| self.waiting.in_order(queue));
        let teams = self.directory.teams_of(agent).cloned().map(Target::Team);
        let named = teams.chain([Target::Agent(agent), Target::Anybody]).filter(|_| !oversees);
        let named = named.flat_map(|target| self.waiting.named(&target).collect::<Vec<_>>());
        let everything = self.conversations.values().filter(|one| oversees && one.visit().is_some());
        let in_lists = |id: &ConversationId| {
            self.conversations.get(id).is_some_and(|one| self.lists_waiting(agent, one))
        };
        let others = waiting.chain(named).chain(everything.map(|one| one.id)).filter(in_lists);
        let own = self.by_agent.get(&agent).into_iter().flatten().copied();
        let ids: BTreeSet<ConversationId> = others.chain(own).collect();
        ids.into_iter().filter_map(|id| self.summary(id)).collect()
    }

    /// Whether an agent may read a conversation that is not over: supervisors all; others what is theirs, what waits or
    /// waited in a queue they serve, and what belongs to a team of theirs.
    pub fn may_read(&self, agent: AgentId, conversation: ConversationId) -> bool {
        self.shown(conversation).is_some_and(|conversation| self.reads(agent, conversation))
    }

    /// A conversation, unless it is kept for its workflows alone.
    pub(crate) fn shown(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversation(id).filter(|one| !one.is_gone())
    }

    pub(crate) fn reads(&self, agent: AgentId, conversation: &Conversation) -> bool {
        if self.directory.active(agent).is_none() {
            return false;
        }
        let of_queue = conversation.queue.as_ref().is_some_and(|queue| self.directory.serves(agent, queue));
        let of_team = conversation.team.as_ref().is_some_and(|team| self.directory.is_member(agent, team));
        of_queue
            || of_team
            || conversation.concerns().contains(&agent)
            || conversation.visit().is_some_and(|visit| self.waits_for(agent, &visit.target))
            || self.directory.is_at_least(agent, AgentRole::Supervisor)
    }

    fn waits_for(&self, agent: AgentId, target: &Target) -> bool {
        match target {
            Target::Agent(one) => *one == agent,
            Target::Team(team) => self.directory.is_member(agent, team),
            Target::Queue(queue) => self.directory.serves(agent, queue),
            Target::Anybody => true,
        }
    }

    /// Every waiting conversation with its place in its queue, 1 is next.
    pub fn places(&self) -> Vec<(ConversationId, u32)> {
        self.waiting.places()
    }

    /// Conversations that wait in a queue, the next one first.
    pub fn waiting_in(&self, queue: &QueueId) -> impl Iterator<Item = ConversationId> {
        self.waiting.in_order(queue)
    }

    /// What the agent chose to be.
    pub fn status(&self, agent: AgentId) -> AgentStatus {
        self.presence.chosen(agent)
    }

    /// What the agent is.
    pub fn effective_status(&self, agent: AgentId) -> AgentStatus {
        self.presence.effective(agent)
    }

    /// Whether an agent can be reached.
    pub fn reach(&self, agent: AgentId) -> Reach {
        self.presence.reach(agent)
    }

    /// Whether an agent has typed nothing for a while.
    pub fn is_idle(&self, agent: AgentId) -> bool {
        self.presence.is_idle(agent)
    }

    /// Agents who have dropped out and may be back soon.
    pub fn dropped(&self) -> impl Iterator<Item = AgentId> {
        self.presence.dropped()
    }

    /// An agent, as colleagues see them.
    pub fn colleague(&self, agent: AgentId) -> Colleague {
        let badge = self.directory.badge(agent);
        Colleague { badge, status: self.presence.effective(agent), free: self.free_capacity(agent) }
    }

    /// Everybody who works here, as colleagues see them.
    pub fn colleagues(&self) -> Vec<Colleague> {
        let active = self.directory.agents().iter().filter(|(_, agent)| agent.active);
        active.map(|(agent, _)| self.colleague(*agent)).collect()
    }

    /// Whether an agent of this queue is online now.
    pub fn is_served(&self, queue: &QueueId) -> bool {
        self.served.is_served(queue)
    }

    /// Room that those have in all who serve a queue and are online.
    pub fn slots(&self, queue: &QueueId) -> u64 {
        self.served.slots(queue)
    }

    /// Room an agent has taken: conversations by weight, offers included.
    pub fn load(&self, agent: AgentId) -> u32 {
        self.loads.get(&agent).copied().unwrap_or_default()
    }

    /// Room an agent has left.
    pub fn free_capacity(&self, agent: AgentId) -> u32 {
        let capacity = self.directory.active(agent).map_or(0, |profile| profile.capacity);
        capacity.saturating_sub(self.load(agent))
    }

    pub(crate) fn held_of(&self, agent: AgentId, queue: &QueueId) -> u32 {
        self.held_by_queue.get(&(agent, queue.clone())).copied().unwrap_or_default()
    }

    pub(crate) fn of_visitor(&self, visitor: VisitorId) -> Option<&Conversation> {
        self.conversation(*self.by_visitor.get(&visitor)?)
    }

    /// Whose closed conversation this is, when it was recalled or has just closed.
    pub fn reopening(&self, id: ConversationId) -> Option<VisitorId> {
        if let Some(ended) = self.ended.get(&id) {
            return Some(ended.visitor);
        }
        let mut recalled = self.recalled.iter();
        let found = recalled.find(|(_, known)| known.closed.as_ref().is_some_and(|closed| closed.id == id));
        found.map(|(visitor, _)| *visitor)
    }

    /// The conversation a visitor's message opens again: one that closed a moment ago.
    pub(crate) fn reopenable(&self, visitor: VisitorId, now: Timestamp) -> Option<&Conversation> {
        let window = u64::from(self.directory.rules().reopen_seconds);
        let recalled = self.recalled.get(&visitor).and_then(|known| known.closed.as_deref());
        let recalled = recalled.filter(|one| self.snapshot(one.id).is_none());
        // The last to begin, as the store has it.
        let closed = self.over(visitor).chain(recalled).max_by_key(|one| (one.opened_at, one.id))?;
        let Stage::Closed { at, .. } = closed.stage else { return None };
        (window > 0 && now <= at.plus_seconds(window)).then_some(closed)
    }

    /// A conversation that is over, recalled to be acted on or closed since the last save.
    pub(crate) fn of_old(&self, id: ConversationId) -> Option<&Conversation> {
        self.ended.get(&id).or_else(|| self.old.get(&id)).map(AsRef::as_ref)
    }

    /// What is known of a visitor, of whom a conversation is known here.
    pub(crate) fn contact_here(&self, visitor: VisitorId) -> Option<&Contact> {
        let open = self.of_visitor(visitor).map(|one| &one.contact);
        open.or_else(|| self.over(visitor).next().map(|one| &one.contact))
    }

    /// What is known of a visitor without an open conversation.
    pub(crate) fn contact(&self, visitor: VisitorId) -> Contact {
        let known = self.over(visitor).next().map(|one| &one.contact);
        let recalled = || self.recalled.get(&visitor).map(|known| &known.contact);
        known.or_else(recalled).cloned().unwrap_or_default()
    }

    /// Conversations of a visitor that are over and still known.
    fn over(&self, visitor: VisitorId) -> impl Iterator<Item = &Conversation> {
        let over = self.over_by_visitor.get(&visitor).into_iter().flatten();
        over.filter_map(|id| self.snapshot(*id))
    }

    pub(crate) fn spam_watch(&self, id: ConversationId) -> Option<&SpamWatch> {
        self.spam.get(&id)
    }

    /// Whether an agent can be given something by name: at their desk, asked for new things or not.
    pub(crate) fn is_here(&self, agent: AgentId) -> bool {
        match self.presence.askable(agent) {
            AgentStatus::Online | AgentStatus::Busy => true,
            AgentStatus::Away | AgentStatus::NotResponding | AgentStatus::Offline => false,
        }
    }

    /// Whether an agent serves their queues, and be it that they have just dropped out.
    pub(crate) fn is_online(&self, agent: AgentId) -> bool {
        self.presence.effective(agent) == AgentStatus::Online
    }

    /// Whether an agent is there and has room for a conversation.
    pub(crate) fn is_available(&self, agent: AgentId, conversation: &Conversation) -> bool {
        self.presence.askable(agent) == AgentStatus::Online && self.fits(agent, conversation)
    }

    /// Room an agent has left for a conversation, with what is reserved for it already.
    pub(crate) fn room_for(&self, agent: AgentId, conversation: &Conversation) -> u32 {
        let taken = conversation.takes_room(&self.directory);
        let reserved = taken.iter().find(|(one, _)| *one == agent).map_or(0, |(_, weight)| *weight);
        let capacity = self.directory.active(agent).map_or(0, |profile| profile.capacity);
        capacity.saturating_sub(self.load(agent).saturating_sub(reserved))
    }

    /// Whether an agent has room for a conversation.
    pub(crate) fn fits(&self, agent: AgentId, conversation: &Conversation) -> bool {
        self.room_for(agent, conversation) >= conversation.weight(&self.directory)
    }

    pub(crate) fn offline_since(&self, agent: AgentId) -> Option<Timestamp> {
        self.presence.offline_since(agent)
    }

    /// Conversations that concern an agent.
    pub(crate) fn of_agent(&self, agent: AgentId) -> impl Iterator<Item = &Conversation> {
        let ids = self.by_agent.get(&agent).into_iter().flatten();
        ids.filter_map(|id| self.conversation(*id))
    }
}
