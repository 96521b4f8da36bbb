//! What an event makes of the world: its conversation moves, and every index stays true to it.

use crate::Switchboard;
use crate::conversation::Conversation;
use crate::queue::Place;
use crate::routing::Unsettled;
use crate::tally::Entry;
use protocol::{
    AgentId, AssignedHow, ConversationId, Event, Happening, OfferEnd, QueueId, Target, Timestamp,
};
use std::collections::BTreeSet;

impl Switchboard {
    /// Moves the conversation an event belongs to.
    pub(crate) fn apply_event(&mut self, event: &Event) {
        let id = event.conversation;
        let before = self.conversations.remove(&id);
        let after = match (&before, &event.happening) {
            (None, Happening::Opened { visitor, .. }) => {
                let contact =
                    self.recalled.get(visitor).map(|known| known.contact.clone()).unwrap_or_default();
                Conversation::begun_by(event, contact)
            }
            (None, Happening::Reopened) => self.take_closed(id),
            (None, _) => self.old.get(&id).cloned(),
            (before, _) => before.clone(),
        };
        let Some(mut after) = after else { return };
        let newer = self.newer_than(&after);
        if let Some(newer) = newer.and_then(|id| self.conversations.get(&id)) {
            after.contact.clone_from(&newer.contact);
        }
        after.apply(event);
        if let Some(newer) = newer.and_then(|id| self.conversations.get_mut(&id)) {
            newer.contact.clone_from(&after.contact);
            let entry = Entry::of(newer, &self.directory);
            self.tally.file(newer.id, Some(entry));
        }
        self.keep_old(&after);
        self.note_agents(&after, before.as_ref(), event);
        self.note_words(event);
        self.hear_for_runs(&after, event);
        self.refile(id, before, Some(after), event.at);
        if let Happening::Queued { .. } | Happening::StepReached { .. } | Happening::UnmarkedSpam =
            event.happening
        {
            self.unsettle(id, Unsettled::Entered);
        } else if let Happening::OfferEnded { .. } = event.happening {
            // What it waits for may have gone meanwhile.
            self.unsettle(id, Unsettled::Found);
        }
    }

    /// Puts a conversation where it belongs now, and takes it from where it was.
    pub(crate) fn refile(
        &mut self,
        id: ConversationId,
        before: Option<Conversation>,
        after: Option<Conversation>,
        now: Timestamp,
    ) {
        let mut touched: BTreeSet<AgentId> = BTreeSet::new();
        if let Some(old) = &before {
            if self.by_visitor.get(&old.visitor) == Some(&id) {
                self.by_visitor.remove(&old.visitor);
            }
            self.routing.forget(old);
            self.unfile(old, &mut touched);
        }
        let bounded = [self.bounded(before.as_ref()), self.bounded(after.as_ref())].concat();
        let over = after.as_ref().is_none_or(|new| new.is_gone() && !self.runs.holds(id));
        let entry = after.as_ref().filter(|_| !over).map(|new| Entry::of(new, &self.directory));
        self.tally.file(id, entry);
        match after {
            Some(new) if !over => self.file(new, now, &mut touched),
            ended => {
                self.waiting.file(id, None);
                self.spam.remove(&id);
                self.runs.forget(id);
                self.ended.extend(ended.map(|conversation| (id, conversation)));
            }
        }
        self.file_timer(id);
        self.file_runs(id);
        touched.into_iter().for_each(|agent| self.file_agent(agent));
        bounded.iter().for_each(|(agent, queue)| self.file_bars(*agent, queue, now));
    }

    fn unfile(&mut self, old: &Conversation, touched: &mut BTreeSet<AgentId>) {
        for agent in old.concerns() {
            if let Some(own) = self.by_agent.get_mut(&agent) {
                own.remove(&old.id);
            }
        }
        for (agent, weight) in old.takes_room(&self.directory) {
            let load = self.loads.entry(agent).or_default();
            *load = load.saturating_sub(weight);
            touched.insert(agent);
            self.count_held(agent, old.queue.as_ref(), false);
        }
    }

    /// Whose room it takes, with the queue it takes it for, where that queue bounds what one agent has.
    fn bounded(&self, conversation: Option<&Conversation>) -> Vec<(AgentId, QueueId)> {
        let queue = conversation.and_then(|one| one.queue.as_ref()).filter(|queue| {
            self.directory.queue(queue).is_some_and(|one| one.agent_limit.is_some() || one.fairness.is_some())
        });
        let Some((one, queue)) = conversation.zip(queue) else { return Vec::new() };
        one.takes_room(&self.directory).into_iter().map(|(agent, _)| (agent, queue.clone())).collect()
    }

    fn file(&mut self, new: Conversation, now: Timestamp, touched: &mut BTreeSet<AgentId>) {
        let id = new.id;
        if !new.state().is_over() {
            self.by_visitor.insert(new.visitor, id);
        }
        for agent in new.concerns() {
            self.by_agent.entry(agent).or_default().insert(id);
        }
        let room = new.takes_room(&self.directory);
        for (agent, weight) in &room {
            *self.loads.entry(*agent).or_default() += weight;
            touched.insert(*agent);
            self.count_held(*agent, new.queue.as_ref(), true);
        }
        self.waiting.file(id, self.place_of(&new));
        self.routing.file(&new, &self.directory, now);
        self.conversations.insert(id, new);
    }

    fn place_of(&self, conversation: &Conversation) -> Option<Place> {
        let visit = conversation.visit()?;
        Some(match &visit.target {
            Target::Queue(queue) if visit.parked => Place::Parked(queue.clone()),
            Target::Queue(queue) => Place::Queue(queue.clone(), conversation.rank(&self.directory)?),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => Place::Named(visit.target.clone()),
        })
    }

    /// Files what a conversation waits for.
    pub(crate) fn file_timer(&mut self, id: ConversationId) {
        if let Some(old) = self.due.remove(&id) {
            self.timers.remove(&(old, id));
        }
        let conversation = self.conversations.get(&id);
        if let Some((due, _)) = conversation.and_then(|one| one.next_timer(&self.directory, &self.presence)) {
            self.timers.insert((due, id));
            self.due.insert(id, due);
        }
    }

    /// What an event tells of agents: who was asked, who answered, who let go.
    fn note_agents(&mut self, after: &Conversation, before: Option<&Conversation>, event: &Event) {
        match &event.happening {
            Happening::Offered { to, .. } => {
                self.stood.extend(to);
                to.iter().for_each(|agent| self.presence.was_asked(*agent, event.at));
            }
            Happening::Assigned { to, how, .. } => {
                self.note_given(to.id, *how, after.queue.as_ref(), event.at)
            }
            Happening::OfferEnded { agent, why, .. } | Happening::TransferEnded { agent, why } => {
                self.note_offer_ended(*agent, *why, after, event.at)
            }
            Happening::WrappedUp { agent, .. } => {
                self.stood.insert(*agent);
                self.presence.released(*agent, event.at);
            }
            Happening::Opened { .. }
            | Happening::Said { .. }
            | Happening::Commented { .. }
            | Happening::AgentRequested { .. }
            | Happening::Queued { .. }
            | Happening::StepReached { .. }
            | Happening::Overflowed { .. }
            | Happening::Parked { .. }
            | Happening::Unassigned { .. }
            | Happening::TransferOffered { .. }
            | Happening::Transferred { .. }
            | Happening::Joined { .. }
            | Happening::Parted { .. }
            | Happening::Snoozed { .. }
            | Happening::Woken { .. }
            | Happening::Closed(_)
            | Happening::Reopened
            | Happening::ReturnedToAssistant { .. }
            | Happening::MarkedSpam(_)
            | Happening::UnmarkedSpam
            | Happening::Tagged { .. }
            | Happening::FieldSet { .. }
            | Happening::Dedicated { .. }
            | Happening::PrioritySet { .. }
            | Happening::PromiseMissed { .. }
            | Happening::Reminded
            | Happening::PassedOnTooOften { .. }
            | Happening::WorkflowStarted { .. }
            | Happening::WorkflowEnded { .. } => {}
        }
        let owner = before.and_then(Conversation::owner).filter(|owner| after.owner() != Some(*owner));
        if let Some(owner) = owner {
            self.presence.released(owner, event.at);
            self.stood.insert(owner);
            self.file_agent(owner);
            if let (Some(held), Some(queue)) = (before.and_then(Conversation::held), &after.queue) {
                self.pace.entry(queue.clone()).or_default().took(held.since, event.at);
            }
        }
    }

    fn note_given(&mut self, agent: AgentId, how: AssignedHow, queue: Option<&QueueId>, at: Timestamp) {
        self.stood.insert(agent);
        match how {
            AssignedHow::Accepted => {
                self.presence.answered(agent);
                self.note_fairness(agent, queue, at);
            }
            AssignedHow::Routed => {
                self.presence.was_asked(agent, at);
                self.note_fairness(agent, queue, at);
            }
            // Chosen like by routing, and next in turn after that.
            AssignedHow::ByWorkflow => self.presence.was_asked(agent, at),
            AssignedHow::Picked
            | AssignedHow::Given
            | AssignedHow::Transferred
            | AssignedHow::TookOver
            | AssignedHow::Returned => {}
        }
    }

    fn note_fairness(&mut self, agent: AgentId, queue: Option<&QueueId>, at: Timestamp) {
        let Some(queue) = queue else { return };
        if let Some(rule) = self.directory.queue(queue).and_then(|queue| queue.fairness) {
            let within = u64::from(rule.within_seconds) * 1_000;
            let horizon = Timestamp::from_millis(at.millis().saturating_sub(within));
            self.presence.was_given(agent, queue, at, horizon);
        }
    }

    fn note_offer_ended(
        &mut self,
        agent: AgentId,
        why: OfferEnd,
        conversation: &Conversation,
        at: Timestamp,
    ) {
        self.stood.insert(agent);
        let conduct = conversation.conduct(&self.directory);
        let (misses_max, busy) = (conduct.misses_max, conduct.busy_after_decline);
        let was_online = self.is_online(agent);
        match why {
            OfferEnd::Declined => {
                self.presence.answered(agent);
                if busy {
                    self.presence.chose(agent, protocol::AgentStatus::Busy, at);
                }
            }
            OfferEnd::TimedOut => self.presence.missed(agent, misses_max),
            OfferEnd::AgentLeft | OfferEnd::Taken | OfferEnd::Withdrawn => return,
        }
        self.file_agent(agent);
        self.unsettle_for(agent, was_online);
    }

    /// What is remembered of words, to see spam.
    fn note_words(&mut self, event: &Event) {
        let Happening::Said { author, content, .. } = &event.happening else { return };
        let rules = &self.directory.rules().spam;
        if *author == protocol::Author::Browser(protocol::BrowserAuthor::Visitor) && rules.detect {
            let rules = crate::spam::SpamRules::of(rules);
            self.spam.entry(event.conversation).or_default().hear(&content.as_plain_text(), event.at, &rules);
        }
    }

    fn count_held(&mut self, agent: AgentId, queue: Option<&QueueId>, more: bool) {
        let Some(queue) =
            queue.filter(|queue| self.directory.queue(queue).is_some_and(|one| one.agent_limit.is_some()))
        else {
            return;
        };
        let count = self.held_by_queue.entry((agent, queue.clone())).or_default();
        *count = if more { *count + 1 } else { count.saturating_sub(1) };
    }

    /// The conversation a visitor has now, for one of theirs that is over: what is known of them is known there.
    pub(crate) fn newer_than(&self, conversation: &Conversation) -> Option<ConversationId> {
        let now = self.by_visitor.get(&conversation.visitor).copied();
        now.filter(|id| *id != conversation.id && conversation.state().is_over())
    }

    /// What is known of a conversation that is over, in case its visitor opens it again, or another one, at this very moment.
    fn keep_old(&mut self, after: &Conversation) {
        let Some(old) = self.old.get_mut(&after.id) else { return };
        old.clone_from(after);
        let Some(known) = self.recalled.get_mut(&after.visitor) else { return };
        known.contact.clone_from(&after.contact);
        if let Some(closed) = known.closed.as_deref_mut().filter(|closed| closed.id == after.id) {
            closed.clone_from(after);
        }
    }

    fn take_closed(&mut self, id: ConversationId) -> Option<Conversation> {
        let visitor =
            self.recalled.iter().find(|(_, known)| known.closed.as_ref().is_some_and(|one| one.id == id));
        let visitor = *visitor?.0;
        self.recalled.get_mut(&visitor)?.closed.take().map(|closed| *closed)
    }
}
