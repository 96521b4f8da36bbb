//! Reading on where a client stopped, and going live without a gap.
//!
//! A connection is registered before the store is read, so what happens meanwhile waits in its outbox. Numbers then tell
//! what of it was already read. While there is more to read than one page, what happens is left to the pages.

use crate::store::{Store, StoreError};
use protocol::limits::EVENTS_PER_PAGE_MAX;
use protocol::{ConversationId, Event, Told, VisitorEvent};

/// The last event a connection was told of in one conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    number: u64,
    behind: bool,
}

impl Seen {
    /// The client says it has seen everything up to this number.
    pub fn up_to(number: u64) -> Self {
        Self { number, behind: false }
    }

    /// Whether a live event has not been told yet; it then counts as told.
    pub fn is_news(&mut self, number: u64) -> bool {
        let news = !self.behind && number > self.number;
        if news {
            self.number = number;
        }
        news
    }

    /// The next page; moves on to its end.
    pub async fn read(
        &mut self,
        store: &dyn Store,
        conversation: ConversationId,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let events = store.events_after(conversation, self.number, limit).await?;
        self.number = events.last().map_or(self.number, |event| event.number);
        self.behind = events.len() == limit;
        Ok(events)
    }

    /// Whether there may be more to read.
    pub fn is_behind(&self) -> bool {
        self.behind
    }
}

/// Where a visitor's connection is: in one conversation at a time, the one they knew or their latest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    conversation: Option<ConversationId>,
    seen: Seen,
}

impl Place {
    /// In this conversation, after this number.
    pub fn at(conversation: ConversationId, number: u64) -> Self {
        Self { conversation: Some(conversation), seen: Seen::up_to(number) }
    }

    /// The client says again how far it is.
    pub fn go_back_to(&mut self, number: u64) {
        self.seen = Seen::up_to(number);
    }

    /// Whether nothing of this conversation is left to read when this is its last number.
    pub fn is_at(&self, conversation: ConversationId, last_number: u64) -> bool {
        self.conversation == Some(conversation) && self.seen == Seen::up_to(last_number)
    }

    /// Whether a live event has not been told yet. A conversation that begins ends the one before.
    pub fn is_news(&mut self, event: &VisitorEvent) -> bool {
        if self.conversation == Some(event.conversation) {
            return self.seen.is_news(event.number);
        }
        let begins = matches!(event.told, Told::Opened);
        if begins && !self.seen.is_behind() {
            *self = Self::at(event.conversation, event.number);
            return true;
        }
        false
    }

    /// The next page of what the visitor may know: the rest of the conversation they knew, then their latest from its
    /// beginning. Never an empty page with more behind it, since the visitor could not ask on from there.
    pub async fn read(
        &mut self,
        store: &dyn Store,
        latest: Option<ConversationId>,
    ) -> Result<(Vec<VisitorEvent>, bool), StoreError> {
        let mut page = Vec::new();
        loop {
            let Some(conversation) = self.conversation.or(latest) else { return Ok((page, false)) };
            self.conversation = Some(conversation);
            let events = self.seen.read(store, conversation, EVENTS_PER_PAGE_MAX - page.len()).await?;
            page.extend(events.iter().filter_map(Event::for_visitor));
            match latest {
                _ if self.seen.is_behind() && page.is_empty() => {}
                _ if self.seen.is_behind() => return Ok((page, true)),
                Some(latest) if latest != conversation => *self = Self::at(latest, 0),
                Some(_) | None => return Ok((page, false)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Timestamp;

    #[test]
    fn an_event_that_was_read_is_not_told_again() {
        let mut place = Place::at(conversation(1), 3);
        let told: Vec<u64> = (1..=5).filter(|n| place.is_news(&event(1, *n))).collect();
        assert_eq!(told, [4, 5]);
    }

    #[test]
    fn while_there_is_more_to_read_nothing_is_told_live() {
        let mut place = Place { conversation: Some(conversation(1)), seen: Seen { number: 3, behind: true } };
        assert!(!place.is_news(&event(1, 900)));
        place.go_back_to(900);
        assert!(place.is_news(&event(1, 901)));
    }

    #[test]
    fn only_who_is_at_the_last_number_has_nothing_to_read() {
        assert!(Place::at(conversation(1), 3).is_at(conversation(1), 3));
        assert!(!Place::at(conversation(1), 2).is_at(conversation(1), 3));
        assert!(!Place::at(conversation(2), 3).is_at(conversation(1), 3));
        assert!(!Place::default().is_at(conversation(1), 0));
    }

    #[test]
    fn another_conversation_is_news_from_its_beginning_only() {
        let mut place = Place::at(conversation(2), 4);
        assert!(!place.is_news(&event(1, 9)), "the end of one before the one that was read");
        assert!(place.is_news(&event(3, 1)));
        assert!(place.is_news(&event(3, 2)));
        assert!(!place.is_news(&event(2, 5)));
    }

    fn event(of: u8, number: u64) -> VisitorEvent {
        let told = match number {
            1 => Told::Opened,
            _ => Told::Closed { by_visitor: false },
        };
        VisitorEvent { conversation: conversation(of), number, at: Timestamp::default(), request: None, told }
    }

    fn conversation(n: u8) -> ConversationId {
        ConversationId::at(Timestamp::default(), [n; 10])
    }
}
