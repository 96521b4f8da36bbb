//! What colleagues have, for those who look after it. The lists the bridge keeps live hold what waits and what is offered; what
//! belongs to a colleague is asked for every few seconds.

use super::office::Office;
use super::{Effect, Inbox, lists};
use protocol::{
    AgentBadge, AgentId, ConversationId, ConversationState, QueueId, SiteId, Summary, TeamId, Timestamp,
    VisitorId,
};
use serde::Deserialize;

/// It is asked for this often.
const ASKED_EVERY_SECONDS: u64 = 10;

/// A conversation, as `/api/v1/conversations` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// Which.
    pub id: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Where it began.
    pub site: SiteId,
    /// Who answers.
    pub state: ConversationState,
    /// Where it waited last.
    pub queue: Option<QueueId>,
    /// The team it belongs to.
    pub team: Option<TeamId>,
    /// Who has it.
    pub agent: Option<AgentId>,
    /// Points of priority.
    pub priority: i32,
    /// Number of its last event.
    pub number: u64,
    /// Beginning of the last thing said.
    pub preview: String,
    /// When that was.
    pub last_at: Timestamp,
    /// Since when the visitor waits for an answer.
    pub unanswered_since: Option<Timestamp>,
}

impl Card {
    /// As lists show it.
    fn summary(self, office: &Office) -> Summary {
        let badge = |id| AgentBadge { id, name: office.agent(id).to_owned() };
        Summary {
            conversation: self.id,
            visitor: self.visitor,
            site: self.site,
            state: self.state,
            number: self.number,
            queue: self.queue,
            team: self.team,
            reason: None,
            waiting_since: None,
            parked: false,
            priority: self.priority,
            agent: self.agent.map(badge),
            offered_to: Vec::new(),
            offer_until: None,
            transfer_to: None,
            until: None,
            preview: self.preview,
            last_at: self.last_at,
            unanswered_since: self.unanswered_since,
            tags: Vec::new(),
        }
    }
}

impl Inbox {
    /// What is with colleagues, in order. What the bridge keeps live is believed before what was asked for.
    pub fn elsewhere(&self) -> Vec<&Summary> {
        let asked = self.held.values().filter(|one| !self.summaries.contains_key(&one.conversation));
        lists::elsewhere(self.summaries.values().chain(asked), self.me.id)
    }

    /// Asks when it is time to.
    pub(super) fn ask_held(&mut self, now: Timestamp) -> Option<Effect> {
        let due = self.held_asked_at.is_none_or(|at| now.millis_since(at) >= ASKED_EVERY_SECONDS * 1_000);
        if !due || !self.link.is_up() || !self.office.oversees() {
            return None;
        }
        self.held_asked_at = Some(now);
        Some(Effect::AskHeld)
    }

    pub(super) fn held_told(&mut self, cards: Vec<Card>) -> Vec<Effect> {
        let summaries = cards.into_iter().map(|card| card.summary(&self.office));
        self.held = summaries.map(|summary| (summary.conversation, summary)).collect();
        Vec::new()
    }
}
