//! What a conversation's own events say about it, kept while they arrive: what the side panel shows, and what decides
//! who may write.

use protocol::{
    AgentBadge, AgentId, ConversationState, Event, HandOff, Happening, QueueId, SiteId, Timestamp, VisitorId,
};

/// The request for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Where it waits or waited.
    pub queue: QueueId,
    /// Whether somebody was there.
    pub online: bool,
    /// When.
    pub at: Timestamp,
    /// What was asked, with what is meant for agents.
    pub hand_off: HandOff,
}

/// A conversation, told by its events so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whose it is.
    pub visitor: Option<VisitorId>,
    /// Where it began.
    pub site: Option<SiteId>,
    /// When it began.
    pub opened_at: Option<Timestamp>,
    /// The latest request for a person.
    pub asked: Option<Asked>,
    /// Who answers.
    pub state: ConversationState,
    /// Who is asked to accept, and until when.
    pub offered: Option<(AgentId, Timestamp)>,
    /// Who joined last.
    pub agent: Option<AgentBadge>,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            visitor: None,
            site: None,
            opened_at: None,
            asked: None,
            state: ConversationState::Automated,
            offered: None,
            agent: None,
        }
    }
}

impl Facts {
    /// Takes in the next event.
    pub fn apply(&mut self, event: &Event) {
        match &event.happening {
            Happening::Opened { visitor, site } => {
                self.visitor = Some(*visitor);
                self.site = Some(site.clone());
                self.opened_at = Some(event.at);
            }
            Happening::Said { .. } => {}
            Happening::AgentRequested { queue, online, hand_off } => {
                let (queue, hand_off) = (queue.clone(), hand_off.clone());
                self.asked = Some(Asked { queue, online: *online, at: event.at, hand_off });
                self.state = ConversationState::Queued;
            }
            Happening::Offered { to, until } => {
                self.offered = Some((*to, *until));
                self.state = ConversationState::Offered;
            }
            Happening::OfferEnded { .. } => {
                self.offered = None;
                self.state = ConversationState::Queued;
            }
            Happening::AgentJoined { agent } => {
                self.offered = None;
                self.agent = Some(agent.clone());
                self.state = ConversationState::Open;
            }
            Happening::Closed { .. } => {
                self.offered = None;
                self.state = ConversationState::Closed;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::OfferEnd;

    #[test]
    fn an_ended_offer_leaves_the_conversation_waiting() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, Happening::Offered { to: ME, until: at(30) }));
        assert_eq!(facts.offered, Some((ME, at(30))));
        facts.apply(&event(6, Happening::OfferEnded { agent: ME, why: OfferEnd::TimedOut }));
        assert_eq!((facts.state, facts.offered), (ConversationState::Queued, None));
    }

    #[test]
    fn what_was_handed_over_stays_readable_after_the_end() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, Happening::AgentJoined { agent: badge(ME) }));
        facts.apply(&event(6, Happening::Closed { by: Some(badge(ME)) }));
        assert_eq!(facts.state, ConversationState::Closed);
        assert_eq!(facts.asked.expect("asked").hand_off.collected[0].value, "4711");
    }

    fn after(events: Vec<Event>) -> Facts {
        let mut facts = Facts::default();
        events.iter().for_each(|e| facts.apply(e));
        facts
    }
}
