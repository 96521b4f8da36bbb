//! Messages stored before a bridge starts, written through its own store in large transactions.

use super::client::site;
use super::ledger;
use crate::saving::save;
use anyhow::Result;
use bridge::store::Store;
use protocol::{
    Actor, Author, BrowserAuthor, Cause, Closing, ClosingSource, Content, ConversationId, Event, Happening,
    OpeningSource, RequestId, Timestamp, VisitorId, WorkspaceId,
};
use switchboard::{Asker, Change};

/// Events of one transaction.
const EVENTS_PER_SAVE: usize = 4_096;

/// When the first of what is closed was said: long ago.
const FIRST_AT: Timestamp = Timestamp::from_millis(1_700_000_000_000);

/// What is stored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stored {
    /// Messages, in all conversations together.
    pub messages: usize,
    /// Messages of one conversation.
    pub per_conversation: usize,
    /// Conversations that are not closed.
    pub open: usize,
}

impl Stored {
    /// So many messages in closed conversations of a hundred.
    pub fn closed(messages: usize) -> Self {
        Self { messages, per_conversation: 100, open: 0 }
    }
}

/// Stores them. What is open was said just now, so that nothing of it is overdue.
pub async fn fill(store: &dyn Store, workspace: &WorkspaceId, stored: Stored, now: Timestamp) -> Result<()> {
    if stored.messages == 0 {
        return Ok(());
    }
    let lease = store.take_lease(workspace).await?;
    let each = stored.per_conversation.max(1);
    let mut changes = Vec::with_capacity(EVENTS_PER_SAVE + each + 2);
    for conversation in 0..stored.messages.div_ceil(each) {
        let messages = each.min(stored.messages - conversation * each);
        let open = conversation < stored.open;
        let at = if open { now } else { FIRST_AT.plus_seconds(conversation as u64) };
        talk(&mut changes, conversation, messages, at, !open);
        if changes.len() >= EVENTS_PER_SAVE {
            save(store, &lease, &changes).await?;
            changes.clear();
        }
    }
    Ok(save(store, &lease, &changes).await?)
}

/// One conversation from its beginning.
fn talk(changes: &mut Vec<Change>, index: usize, messages: usize, at: Timestamp, closed: bool) {
    let name = |number: usize| {
        let mut chance = [0; 10];
        chance[4..].copy_from_slice(&(index as u64).to_be_bytes()[2..]);
        // Between the bits in which a name says what kind of name it is.
        [chance[1], chance[3]] = u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes();
        chance
    };
    let mut digest = [0; 32];
    // Behind the bits in which an id says what kind of id it is.
    digest[9..16].copy_from_slice(&(index as u64).to_be_bytes()[1..]);
    let visitor = VisitorId::of_digest(digest);
    let conversation = ConversationId::at(at, name(0));
    let mut number = 0;
    let mut add = |request, happening| {
        number += 1;
        let (by, cause) = (Actor::Visitor, Cause::Asked);
        let event = Event { conversation, number, at, request, by, cause, happening };
        changes.push(Change::Happened { event, asker: request.map(|_| Asker::Visitor(visitor)) });
    };
    add(None, Happening::Opened { visitor, site: site(), source: OpeningSource::Visitor });
    for message in 0..messages {
        let content = Content::text(ledger::text(message, 0)).expect("a number is not blank");
        let author = Author::Browser(BrowserAuthor::Visitor);
        let said = Happening::Said { author, content, written_at: at };
        add(Some(RequestId::at(at, name(message + 1))), said);
    }
    if closed {
        let source = ClosingSource::Visitor;
        add(None, Happening::Closed(Closing { source, category: None, note: None, wrap_up: None }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_filled_in_is_there_and_open_as_asked() {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("x.db").display());
        let store = bridge::store::open(&address).await.unwrap();
        let workspace = WorkspaceId::new("load").unwrap();
        let stored = Stored { messages: 1_005, per_conversation: 2, open: 500 };
        fill(store.as_ref(), &workspace, stored, FIRST_AT).await.unwrap();
        assert_eq!(store.live_conversations(&workspace).await.unwrap().len(), 500);
    }
}
