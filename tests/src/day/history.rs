//! A second opinion: what the saved events say, read without the switchboard's own code.

use protocol::{
    AgentId, Author, BrowserAuthor, ConversationId, ConversationState, Event, Happening, OfferEnd, QueueId,
    Timestamp, VisitorId,
};
use std::collections::BTreeMap;

/// Every event of the day, by conversation, as a store keeps them.
#[derive(Clone, Debug, Default)]
pub struct History {
    events: BTreeMap<ConversationId, Vec<Event>>,
    /// Of those that are not closed.
    standing: BTreeMap<ConversationId, Standing>,
}

/// Where a conversation stands by its events alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whose.
    pub visitor: VisitorId,
    /// Who answers.
    pub state: ConversationState,
    /// The agent it is offered to, or whose it is.
    pub agent: Option<AgentId>,
    /// Queue and time of the last request for a person.
    pub asked: Option<(QueueId, Timestamp)>,
    /// Who let it go, and when, since it was asked for.
    pub let_go: BTreeMap<AgentId, Timestamp>,
}

impl History {
    /// Keeps an event, or says why no conversation can have this one now.
    pub fn keep(&mut self, event: &Event) -> Result<(), String> {
        let events = self.events.entry(event.conversation).or_default();
        let next = events.len() as u64 + 1;
        if event.number != next {
            return Err(format!("the event has number {} and should have {next}: {event:?}", event.number));
        }
        let before = self.standing.get(&event.conversation);
        let after = step(before, event).map_err(|why| format!("{why}: {event:?} after {before:?}"))?;
        let open = self.open().filter(|(_, other)| other.visitor == after.visitor);
        if open.into_iter().any(|(id, _)| id != event.conversation) {
            return Err(format!("the visitor has two open conversations: {event:?}"));
        }
        if after.state == ConversationState::Closed {
            self.standing.remove(&event.conversation);
        } else {
            self.standing.insert(event.conversation, after);
        }
        self.events.entry(event.conversation).or_default().push(event.clone());
        Ok(())
    }

    /// Conversations that are not closed.
    pub fn open(&self) -> impl Iterator<Item = (ConversationId, &Standing)> {
        self.standing.iter().map(|(id, standing)| (*id, standing))
    }

    /// Conversations that wait, in the order of their queues' places.
    pub fn waiting(&self) -> BTreeMap<QueueId, Vec<ConversationId>> {
        let mut keys: Vec<_> = self
            .open()
            .filter(|(_, standing)| standing.state.is_waiting())
            .filter_map(|(id, standing)| standing.asked.as_ref().map(|(queue, since)| (*since, id, queue)))
            .collect();
        keys.sort_unstable();
        let mut by_queue: BTreeMap<QueueId, Vec<ConversationId>> = BTreeMap::new();
        for (_, id, queue) in keys {
            by_queue.entry(queue.clone()).or_default().push(id);
        }
        by_queue
    }

    /// Where the visitor's open conversation stands.
    pub fn of_visitor(&self, visitor: VisitorId) -> Option<(ConversationId, &Standing)> {
        self.open().find(|(_, standing)| standing.visitor == visitor)
    }

    /// Conversations an agent holds, offers included.
    pub fn held_by(&self, agent: AgentId) -> usize {
        self.open().filter(|(_, standing)| standing.agent == Some(agent)).count()
    }

    /// What a store hands to a bridge that starts: every event of open conversations but of messages only the last.
    pub fn kept_for_restart(&self) -> Vec<Event> {
        let is_message = |event: &Event| matches!(event.happening, Happening::Said { .. });
        let mut kept = Vec::new();
        for (id, _) in self.open() {
            let events = &self.events[&id];
            let last = events.iter().rposition(is_message);
            let keep = |(at, event): &(usize, &Event)| !is_message(event) || Some(*at) == last;
            kept.extend(events.iter().enumerate().filter(keep).map(|(_, event)| event.clone()));
        }
        kept
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.values().map(Vec::len).sum()
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}

fn step(before: Option<&Standing>, event: &Event) -> Result<Standing, &'static str> {
    let Some(before) = before else { return first(event) };
    let mut after = before.clone();
    match &event.happening {
        Happening::Opened { .. } => return Err("it was opened twice"),
        Happening::Said { author, .. } => may_speak(before, author)?,
        Happening::AgentRequested { queue, .. } => {
            from(before, &[ConversationState::Automated])?;
            after.state = ConversationState::Queued;
            after.asked = Some((queue.clone(), event.at));
            after.let_go.clear();
        }
        Happening::Offered { to, .. } => {
            from(before, &[ConversationState::Queued])?;
            after.state = ConversationState::Offered;
            after.agent = Some(*to);
        }
        Happening::OfferEnded { agent, why } => {
            from(before, &[ConversationState::Offered])?;
            asked_of(before, *agent)?;
            after.state = ConversationState::Queued;
            after.agent = None;
            match why {
                OfferEnd::Declined | OfferEnd::TimedOut => after.let_go.insert(*agent, event.at),
                OfferEnd::AgentLeft => None,
            };
        }
        Happening::AgentJoined { agent } => {
            from(before, &[ConversationState::Queued, ConversationState::Offered])?;
            asked_of(before, agent.id)?;
            after.state = ConversationState::Open;
            after.agent = Some(agent.id);
        }
        Happening::Closed { by } => {
            if let Some(by) = by {
                from(before, &[ConversationState::Open])?;
                asked_of(before, by.id)?;
            }
            after.state = ConversationState::Closed;
            after.agent = None;
        }
    }
    Ok(after)
}

fn first(event: &Event) -> Result<Standing, &'static str> {
    match &event.happening {
        Happening::Opened { visitor, .. } if event.number == 1 => Ok(Standing {
            visitor: *visitor,
            state: ConversationState::Automated,
            agent: None,
            asked: None,
            let_go: BTreeMap::new(),
        }),
        Happening::Opened { .. }
        | Happening::Said { .. }
        | Happening::AgentRequested { .. }
        | Happening::Offered { .. }
        | Happening::OfferEnded { .. }
        | Happening::AgentJoined { .. }
        | Happening::Closed { .. } => Err("it is not open"),
    }
}

fn may_speak(before: &Standing, author: &Author) -> Result<(), &'static str> {
    match author {
        Author::Browser(BrowserAuthor::Visitor) => Ok(()),
        Author::Browser(BrowserAuthor::Assistant) => from(before, &[ConversationState::Automated]),
        Author::Agent(agent) => {
            from(before, &[ConversationState::Open])?;
            asked_of(before, agent.id)
        }
    }
}

fn from(before: &Standing, states: &[ConversationState]) -> Result<(), &'static str> {
    if states.contains(&before.state) { Ok(()) } else { Err("this cannot happen in that state") }
}

fn asked_of(before: &Standing, agent: AgentId) -> Result<(), &'static str> {
    if before.agent.is_none_or(|asked| asked == agent) { Ok(()) } else { Err("another agent has it") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{AgentBadge, SiteId};
    use uuid::Uuid;

    #[test]
    fn a_gap_in_the_numbers_is_noticed() {
        check(&[(1, 1, opened(1)), (1, 3, closed())], "should have 2");
    }

    #[test]
    fn a_word_in_a_closed_conversation_is_noticed() {
        check(&[(1, 1, opened(1)), (1, 2, closed()), (1, 3, joined(7))], "not open");
    }

    #[test]
    fn a_second_open_conversation_of_a_visitor_is_noticed() {
        check(&[(1, 1, opened(1)), (2, 1, opened(1))], "two open conversations");
        check(&[(1, 1, opened(1)), (1, 2, closed()), (2, 1, opened(1))], "");
    }

    #[test]
    fn a_second_owner_is_noticed() {
        check(&[(1, 1, opened(1)), (1, 2, asked()), (1, 3, joined(7)), (1, 4, joined(8))], "cannot happen");
    }

    #[test]
    fn a_conversation_offered_to_one_agent_and_taken_by_another_is_noticed() {
        let offered = Happening::Offered { to: agent(7).id, until: Timestamp::default() };
        check(
            &[(1, 1, opened(1)), (1, 2, asked()), (1, 3, offered), (1, 4, joined(8))],
            "another agent has it",
        );
    }

    #[test]
    fn the_assistant_speaking_over_a_person_is_noticed() {
        let said = Happening::Said {
            author: Author::Browser(BrowserAuthor::Assistant),
            content: protocol::Content::text("Hello").expect("a line"),
            written_at: Timestamp::default(),
        };
        check(&[(1, 1, opened(1)), (1, 2, said.clone())], "");
        check(&[(1, 1, opened(1)), (1, 2, asked()), (1, 3, said)], "cannot happen");
    }

    /// Keeps these events (conversation, number, happening); the last is refused with words containing `refusal`, or
    /// all are fine when it is empty.
    fn check(events: &[(u128, u64, Happening)], refusal: &str) {
        let mut history = History::default();
        let mut kept = Vec::new();
        for (conversation, number, happening) in events {
            kept.push(history.keep(&Event {
                conversation: ConversationId(Uuid::from_u128(*conversation)),
                number: *number,
                at: Timestamp::default(),
                request: None,
                happening: happening.clone(),
            }));
        }
        let last = kept.pop().expect("there are events");
        assert!(kept.iter().all(Result::is_ok), "{kept:?}");
        match last {
            Ok(()) => assert!(refusal.is_empty(), "nothing was noticed"),
            Err(why) => assert!(!refusal.is_empty() && why.contains(refusal), "{why}"),
        }
    }

    fn opened(visitor: u128) -> Happening {
        Happening::Opened {
            visitor: VisitorId(Uuid::from_u128(visitor)),
            site: SiteId::new("shop").expect("a name"),
        }
    }

    fn asked() -> Happening {
        let hand_off = super::super::hand_off(None);
        Happening::AgentRequested { queue: QueueId::new("desk").expect("a name"), online: true, hand_off }
    }

    fn agent(n: u128) -> AgentBadge {
        AgentBadge { id: AgentId(Uuid::from_u128(n)), name: "A".to_owned() }
    }

    fn joined(n: u128) -> Happening {
        Happening::AgentJoined { agent: agent(n) }
    }

    fn closed() -> Happening {
        Happening::Closed { by: None }
    }
}
