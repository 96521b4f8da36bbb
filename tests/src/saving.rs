//! Saving events without a bridge: every conversation is given as it stands after its last event, made from its events.

use bridge::store::{Lease, Saving, Store, StoreError};
use protocol::{AgentId, ConversationId, Event};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use switchboard::{Change, Contact, Conversation, Standing};

/// More than any conversation of a test has.
pub const ALL: usize = 10_000;

/// Saves changes.
pub async fn save(store: &dyn Store, lease: &Lease, changes: &[Change]) -> Result<(), StoreError> {
    save_with(store, lease, changes, &[]).await
}

/// As [`save`], with agents who stand otherwise.
pub async fn save_with(
    store: &dyn Store,
    lease: &Lease,
    changes: &[Change],
    standings: &[(AgentId, Standing)],
) -> Result<(), StoreError> {
    let mut conversations: BTreeMap<ConversationId, Option<Conversation>> = BTreeMap::new();
    for change in changes {
        let Change::Happened { event, .. } = change else { continue };
        let conversation = match conversations.entry(event.conversation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(replayed(&store.events_after(event.conversation, 0, ALL).await?))
            }
        };
        match conversation {
            Some(conversation) => conversation.apply(event),
            None => *conversation = replayed(std::slice::from_ref(event)),
        }
    }
    let conversations: Vec<&Conversation> = conversations.values().flatten().collect();
    store.save(lease, Saving { changes, conversations: &conversations, standings }).await
}

/// A conversation, made from its events; `None` when it does not begin with them.
pub fn replayed(events: &[Event]) -> Option<Conversation> {
    let mut conversation = Conversation::begun_by(events.first()?, Contact::default())?;
    events.iter().for_each(|event| conversation.apply(event));
    Some(conversation)
}
