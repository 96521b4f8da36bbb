//! What an event makes of a conversation, and of the indexes that find it.

use crate::Switchboard;
use crate::conversation::{Conversation, Stage};
use protocol::{AgentId, Event, Happening};

impl Switchboard {
    /// Moves the conversation an event belongs to, and keeps every index true to it.
    pub(crate) fn apply_event(&mut self, event: &Event) {
        if let Happening::Said { author, content, .. } = &event.happening {
            // Words move nothing but themselves.
            if let Some(conversation) = self.conversations.get_mut(&event.conversation) {
                conversation.number = event.number;
                conversation.said(author, content, event.at);
            }
            return;
        }
        let before = self.conversations.remove(&event.conversation);
        let after = after(before.clone(), event);
        self.refile(before.as_ref(), after.as_ref());
        if let Some(agent) = asked_agent(&event.happening) {
            self.presence.was_asked(agent, event.at);
        }
        match &after {
            Some(conversation) => self.routing.file(conversation, event.at),
            None => self.routing.forget(event.conversation),
        }
        let holders =
            [&before, &after].map(|conversation| conversation.as_ref().and_then(Conversation::occupies));
        holders.into_iter().flatten().for_each(|agent| self.file_agent(agent));
        if let Some(conversation) = after {
            self.conversations.insert(conversation.id, conversation);
        }
    }

    fn refile(&mut self, before: Option<&Conversation>, after: Option<&Conversation>) {
        self.waiting.refile(before, after);
        if let Some(old) = before {
            self.by_visitor.remove(&old.visitor);
            if let Some(agent) = old.occupies() {
                self.by_agent.entry(agent).or_default().remove(&old.id);
            }
            if let Stage::Offered { to, until, .. } = &old.stage {
                self.offers.remove(&(*until, *to, old.id));
            }
        }
        if let Some(new) = after {
            self.by_visitor.insert(new.visitor, new.id);
            if let Some(agent) = new.occupies() {
                self.by_agent.entry(agent).or_default().insert(new.id);
            }
            if let Stage::Offered { to, until, .. } = &new.stage {
                self.offers.insert((*until, *to, new.id));
            }
        }
    }
}

/// The conversation after an event; `None` once it is closed.
fn after(before: Option<Conversation>, event: &Event) -> Option<Conversation> {
    let Some(mut conversation) = before else { return opened(event) };
    conversation.number = event.number;
    match &event.happening {
        Happening::Opened { .. } => {}
        Happening::Said { author, content, .. } => conversation.said(author, content, event.at),
        Happening::AgentRequested { queue, hand_off, .. } => {
            conversation.agent_requested(queue.clone(), hand_off.reason, event.at);
        }
        Happening::Offered { to, until } => conversation.offered(*to, *until),
        Happening::OfferEnded { agent, why } => conversation.offer_ended(*agent, *why, event.at),
        Happening::AgentJoined { agent } => conversation.agent_joined(agent.clone()),
        Happening::Closed { .. } => return None,
    }
    Some(conversation)
}

fn opened(event: &Event) -> Option<Conversation> {
    match &event.happening {
        Happening::Opened { visitor, site } => {
            Some(Conversation::opened(event.conversation, *visitor, site.clone(), event.number, event.at))
        }
        Happening::Said { .. }
        | Happening::AgentRequested { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::AgentJoined { .. }
        | Happening::Closed { .. } => None,
    }
}

/// The agent an event gave work to.
fn asked_agent(happening: &Happening) -> Option<AgentId> {
    match happening {
        Happening::Offered { to, .. } => Some(*to),
        Happening::AgentJoined { agent } => Some(agent.id),
        Happening::Opened { .. }
        | Happening::Said { .. }
        | Happening::AgentRequested { .. }
        | Happening::OfferEnded { .. }
        | Happening::Closed { .. } => None,
    }
}
