//! What a conversation's own events say about it, kept while they arrive: what the side panel shows, and what decides
//! who may write.

use protocol::{
    Actor, AgentBadge, AgentId, ConversationState, Event, HandOff, Happening, PageSeen, QueueId, SiteId,
    Timestamp, VisitorId,
};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Those who are asked to accept.
    pub offered: Vec<AgentId>,
    /// The colleague its owner has asked to take it.
    pub passed_to: Option<AgentId>,
    /// Until when that offer lasts, it is put aside, or notes can be finished.
    pub until: Option<Timestamp>,
    /// Whose it is, or whose notes are missing.
    pub agent: Option<AgentBadge>,
    /// What the visitor's browser tells of the page around the chat, by the names of [`PageSeen::fields`].
    pub page: BTreeMap<String, String>,
    /// Those who take part without being its owner.
    pub joined: BTreeSet<AgentId>,
    /// What it was before it was taken for spam.
    before_spam: Option<ConversationState>,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            visitor: None,
            site: None,
            opened_at: None,
            asked: None,
            state: ConversationState::Automated,
            offered: Vec::new(),
            passed_to: None,
            until: None,
            agent: None,
            page: BTreeMap::new(),
            joined: BTreeSet::new(),
            before_spam: None,
        }
    }
}

impl Facts {
    /// Takes in the next event.
    pub fn apply(&mut self, event: &Event) {
        match &event.happening {
            Happening::Opened { visitor, site, .. } => {
                self.visitor = Some(*visitor);
                self.site = Some(site.clone());
                self.opened_at = Some(event.at);
            }
            Happening::AgentRequested { queue, online, hand_off } => {
                let (queue, hand_off) = (queue.clone(), hand_off.clone());
                self.asked = Some(Asked { queue, online: *online, at: event.at, hand_off });
                self.is(ConversationState::Queued, None);
            }
            Happening::Queued { .. } | Happening::Parked { .. } => self.is(ConversationState::Queued, None),
            Happening::Offered { to, until, .. } => {
                self.is(ConversationState::Offered, Some(*until));
                self.offered.clone_from(to);
            }
            Happening::OfferEnded { agent, .. } => self.offer_ended(*agent),
            Happening::Assigned { to, .. } => {
                self.is(ConversationState::Open, None);
                self.joined.remove(&to.id);
                self.agent = Some(to.clone());
            }
            Happening::Joined { agent } => drop(self.joined.insert(agent.id)),
            Happening::Parted { agent } => drop(self.joined.remove(agent)),
            Happening::Unassigned { .. } => self.agent = None,
            Happening::TransferOffered { to, until, .. } => {
                self.passed_to = Some(*to);
                self.until = Some(*until);
            }
            Happening::TransferEnded { .. } => self.is(ConversationState::Open, None),
            Happening::Snoozed { until } => self.is(ConversationState::Pending, Some(*until)),
            Happening::Woken { .. } => self.is(ConversationState::Open, None),
            Happening::Closed(closing) => {
                self.joined.clear();
                match closing.wrap_up {
                    Some((_, until)) => self.is(ConversationState::WrapUp, Some(until)),
                    None => self.is(ConversationState::Closed, None),
                }
            }
            Happening::WrappedUp { .. } => self.is(ConversationState::Closed, None),
            Happening::Reopened | Happening::ReturnedToAssistant { .. } => {
                self.is(ConversationState::Automated, None);
                self.agent = None;
                self.joined.clear();
            }
            Happening::MarkedSpam(_) => {
                self.before_spam = Some(self.state);
                self.is(ConversationState::Spam, None);
            }
            Happening::UnmarkedSpam => self.no_spam(),
            Happening::FieldSet { field, value: Some(value) } if tells_of_page(event) => {
                self.page.insert(field.clone(), value.clone());
            }
            Happening::FieldSet { .. } => {}
            Happening::Said { .. }
            | Happening::Commented { .. }
            | Happening::StepReached { .. }
            | Happening::Overflowed { .. }
            | Happening::Transferred { .. }
            | Happening::Tagged { .. }
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
    }

    fn is(&mut self, state: ConversationState, until: Option<Timestamp>) {
        self.state = state;
        self.until = until;
        self.offered.clear();
        self.passed_to = None;
    }

    /// It waits again once nobody is asked any more.
    fn offer_ended(&mut self, agent: AgentId) {
        self.offered.retain(|asked| *asked != agent);
        if self.offered.is_empty() && self.state == ConversationState::Offered {
            self.is(ConversationState::Queued, None);
        }
    }

    /// Offers were withdrawn when it was taken for spam.
    fn no_spam(&mut self) {
        let before = self.before_spam.take().unwrap_or(ConversationState::Automated);
        let waits = before == ConversationState::Offered;
        self.is(if waits { ConversationState::Queued } else { before }, None);
    }
}

/// Whether the visitor's browser tells of its page by itself: nobody did anything.
pub fn tells_of_page(event: &Event) -> bool {
    let by_itself = event.by == Actor::Visitor;
    let names = PageSeen::default().fields().map(|(name, _)| name);
    matches!(&event.happening, Happening::FieldSet { field, .. } if by_itself && names.contains(&field.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::{AssignedHow, OfferEnd, ReturnWhy, SpamWhy, WakeWhy};

    #[test]
    fn it_waits_again_when_the_last_offer_has_ended() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, offered_to(&[ME, COLLEAGUE], 30)));
        assert_eq!((facts.offered.len(), facts.until), (2, Some(at(30))));
        facts.apply(&event(6, offer_ended(COLLEAGUE, OfferEnd::Declined)));
        assert_eq!((facts.state, facts.offered.as_slice()), (ConversationState::Offered, &[ME][..]));
        facts.apply(&event(7, offer_ended(ME, OfferEnd::TimedOut)));
        assert_eq!((facts.state, facts.until), (ConversationState::Queued, None));
    }

    #[test]
    fn what_was_handed_over_stays_readable_after_the_end() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, assigned(ME, AssignedHow::Accepted)));
        facts.apply(&event(6, closed_by_agent()));
        assert_eq!(facts.state, ConversationState::Closed);
        assert_eq!(facts.asked.expect("asked").hand_off.collected[0].value, "4711");
    }

    #[test]
    fn what_is_put_aside_comes_back_and_what_is_passed_on_stays_until_it_is_taken() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, assigned(ME, AssignedHow::Picked)));
        facts.apply(&event(6, Happening::Snoozed { until: at(99) }));
        assert_eq!((facts.state, facts.until), (ConversationState::Pending, Some(at(99))));
        facts.apply(&event(7, Happening::Woken { why: WakeWhy::Time }));
        facts.apply(&event(8, passed_to(COLLEAGUE, 40)));
        assert_eq!((facts.state, facts.passed_to), (ConversationState::Open, Some(COLLEAGUE)));
        facts.apply(&event(9, assigned(COLLEAGUE, AssignedHow::Transferred)));
        assert_eq!((facts.passed_to, facts.agent), (None, Some(badge(COLLEAGUE))));
    }

    #[test]
    fn what_is_no_spam_is_what_it_was_before() {
        let mut facts = after(handed_over());
        facts.apply(&event(5, offered_to(&[ME], 30)));
        facts.apply(&event(6, Happening::MarkedSpam(SpamWhy::Marked)));
        assert_eq!(facts.state, ConversationState::Spam);
        facts.apply(&event(7, Happening::UnmarkedSpam));
        assert_eq!(facts.state, ConversationState::Queued);
        facts.apply(&event(8, Happening::ReturnedToAssistant { why: ReturnWhy::Staff, note: None }));
        assert_eq!(facts.state, ConversationState::Automated);
    }

    #[test]
    fn what_the_browser_tells_of_its_page_is_known_and_what_staff_write_down_is_something_that_happened() {
        let seen = |number, by: Actor, value: &str| {
            let set = Happening::FieldSet { field: "page_title".to_owned(), value: Some(value.to_owned()) };
            Event { by, ..event(number, set) }
        };
        let mut facts = Facts::default();
        facts.apply(&seen(1, Actor::Visitor, "Bikes"));
        facts.apply(&seen(2, Actor::Visitor, "Repairs"));
        assert_eq!(facts.page.get("page_title").map(String::as_str), Some("Repairs"));
        assert!(tells_of_page(&seen(1, Actor::Visitor, "Bikes")));
        assert!(!tells_of_page(&seen(1, Actor::Agent(badge(ME)), "Bikes")));
    }

    fn after(events: Vec<Event>) -> Facts {
        let mut facts = Facts::default();
        events.iter().for_each(|e| facts.apply(e));
        facts
    }
}
