//! What an event makes of the world: its conversation moves, and what is known of agents with it.

use crate::contact::Contact;
use crate::conversation::{Conversation, Stage};
use crate::filing::Filed;
use crate::routing::Unsettled;
use crate::{Switchboard, decide};
use protocol::{
    AgentId, AssignedHow, ConversationId, Event, Happening, OfferEnd, QueueId, Timestamp, VisitorId,
};

impl Switchboard {
    /// Moves the conversation an event belongs to.
    pub(crate) fn apply_event(&mut self, event: &Event) {
        let id = event.conversation;
        let before = self.conversations.remove(&id);
        let after = match (before, &event.happening) {
            (None, Happening::Opened { visitor, .. }) => {
                Conversation::begun_by(event, self.contact(*visitor)).map(Box::new)
            }
            (None, Happening::Reopened) => self.take_closed(id),
            (None, _) => self.take_over(id),
            (before, _) => before,
        };
        let Some(mut after) = after else { return };
        after.apply(event);
        if Contact::is_touched_by(&event.happening) {
            self.share_contact(&after);
        }
        self.note_agents(&after, event);
        self.note_words(&after, event);
        self.hear_for_runs(&after, event);
        self.refile(id, Some(after), event.at);
        if let Happening::Queued { .. } | Happening::StepReached { .. } = event.happening {
            self.unsettle(id, Unsettled::Entered);
        } else if let Happening::UnmarkedSpam = event.happening {
            // It is where it was, and came there long ago.
            self.unsettle(id, Unsettled::Again);
        } else if let Happening::OfferEnded { .. } = event.happening {
            // What it waits for may have gone meanwhile.
            self.unsettle(id, Unsettled::Found);
        }
    }

    /// What an event tells of agents: who was asked, who answered, who let go.
    fn note_agents(&mut self, after: &Conversation, event: &Event) {
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
            | Happening::UnansweredTooOften { .. }
            | Happening::WentQuiet
            | Happening::WorkflowStarted { .. }
            | Happening::WorkflowEnded { .. } => {}
        }
        let had = self.filed.get(&after.id).and_then(Filed::held);
        let owner = had.filter(|(owner, _)| after.owner() != Some(*owner));
        if let Some((owner, had_ms)) = owner.map(|(owner, had)| (owner, had.until(event.at))) {
            self.presence.released(owner, event.at);
            self.stood.insert(owner);
            self.note_pace(after, had_ms);
        }
    }

    /// What turned out to be spam says nothing of how long people take.
    fn note_pace(&mut self, after: &Conversation, had_ms: u64) {
        let Some(queue) = after.queue.as_ref().filter(|_| !matches!(after.stage, Stage::Spam { .. })) else {
            return;
        };
        match self.pace.get_mut(queue) {
            Some(pace) => pace.took(had_ms),
            None => self.pace.entry(queue.clone()).or_default().took(had_ms),
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
            | AssignedHow::LeftFor
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
    fn note_words(&mut self, after: &Conversation, event: &Event) {
        let rules = self.directory.rules();
        if !decide::spam::is_looked_for(after, rules) {
            self.spam.remove(&event.conversation);
            return;
        }
        let by_visitor = protocol::Author::Browser(protocol::BrowserAuthor::Visitor);
        if let Happening::Said { author, content, .. } = &event.happening
            && *author == by_visitor
        {
            let rules = crate::spam::SpamRules::of(&rules.spam);
            self.spam.entry(event.conversation).or_default().hear(&content.as_plain_text(), event.at, &rules);
        } else if let Happening::AgentRequested { .. } = &event.happening {
            let rules = crate::spam::SpamRules::of(&rules.spam);
            self.spam.entry(event.conversation).or_default().hurries(event.at, &rules);
        }
    }

    /// What is known of a visitor is one thing, whichever of their conversations it came from.
    fn share_contact(&mut self, from: &Conversation) {
        let open = self.by_visitor.get(&from.visitor).copied();
        let over = self.over_by_visitor.get(&from.visitor).into_iter().flatten().copied();
        let others: Vec<ConversationId> = open.into_iter().chain(over).filter(|id| *id != from.id).collect();
        for id in others {
            if let Some(other) = self.conversations.get_mut(&id) {
                other.contact.clone_from(&from.contact);
                self.recount(id);
            } else if let Some(ended) = self.ended.get_mut(&id) {
                ended.contact.clone_from(&from.contact);
            }
        }
    }

    /// As [`Self::share_contact`], of all who have a conversation that is not over: what was saved with another is older.
    pub(crate) fn share_contacts(&mut self) {
        let with_others = self.over_by_visitor.keys().filter_map(|visitor| self.of_visitor(*visitor));
        let open: Vec<Conversation> = with_others.cloned().collect();
        open.iter().for_each(|one| self.share_contact(one));
    }

    /// Forgets that a visitor has this conversation that is over.
    pub(crate) fn unfile_over(&mut self, visitor: VisitorId, id: ConversationId) {
        if let Some(over) = self.over_by_visitor.get_mut(&visitor) {
            over.remove(&id);
            if over.is_empty() {
                self.over_by_visitor.remove(&visitor);
            }
        }
    }

    /// A conversation that is over and that something happens to all the same.
    fn take_over(&mut self, id: ConversationId) -> Option<Box<Conversation>> {
        if let Some(ended) = self.ended.remove(&id) {
            return Some(ended);
        }
        let mut old = self.old.remove(&id)?;
        if let Some(known) = self.contact_here(old.visitor) {
            old.contact.clone_from(known);
        }
        Some(old)
    }

    fn take_closed(&mut self, id: ConversationId) -> Option<Box<Conversation>> {
        if let Some(ended) = self.ended.remove(&id) {
            self.unfile_over(ended.visitor, id);
            return Some(ended);
        }
        let visitor =
            self.recalled.iter().find(|(_, known)| known.closed.as_ref().is_some_and(|one| one.id == id));
        let visitor = *visitor?.0;
        let contact = self.contact(visitor);
        let mut closed = self.recalled.get_mut(&visitor)?.closed.take()?;
        closed.contact = contact;
        Some(closed)
    }
}
