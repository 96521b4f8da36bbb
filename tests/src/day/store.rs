//! What a store would keep: every conversation as its events made it, how agents stood, and which requests were answered.

use super::model::Wrong;
use crate::hold;
use protocol::{AgentId, ConversationId, Event, Happening, RequestId, VisitorId};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Asker, Contact, Conversation, Recalled, Standing, Switchboard};

/// What has been saved.
#[derive(Clone, Debug, Default)]
pub struct Store {
    conversations: BTreeMap<ConversationId, Conversation>,
    last: BTreeMap<VisitorId, ConversationId>,
    answered: BTreeSet<(Asker, RequestId)>,
    standings: BTreeMap<AgentId, Standing>,
    contacts: BTreeMap<VisitorId, Contact>,
    touched: BTreeSet<ConversationId>,
    /// Every event, in order.
    pub events: Vec<Event>,
}

impl Store {
    /// Keeps an event and what it makes of its conversation.
    pub fn save(&mut self, event: &Event, asker: Option<Asker>) -> Wrong {
        if let Some(key) = asker.zip(event.request) {
            hold!(self.answered.insert(key), "a request is answered by two events: {event:?}");
        }
        hold!(asker.is_some() == event.request.is_some(), "half a request: {event:?}");
        self.events.push(event.clone());
        self.touched.insert(event.conversation);
        if let Some(mut conversation) = self.conversations.remove(&event.conversation) {
            // What is known of a visitor is one thing, also while notes on an older conversation of theirs are finished.
            let visitor = conversation.visitor;
            conversation.contact = self.contact(visitor);
            conversation.apply(event);
            let others = self.conversations.values_mut().filter(|one| one.visitor == visitor && is_live(one));
            others.for_each(|other| other.contact.clone_from(&conversation.contact));
            self.contacts.insert(visitor, conversation.contact.clone());
            self.conversations.insert(event.conversation, conversation);
            return Ok(());
        }
        let Happening::Opened { visitor, .. } = &event.happening else {
            return Err(format!("nothing was opened: {event:?}"));
        };
        let begun = Conversation::begun_by(event, self.contact(*visitor));
        self.conversations.extend(begun.map(|begun| (event.conversation, begun)));
        self.last.insert(*visitor, event.conversation);
        Ok(())
    }

    /// Whether a request was carried out before.
    pub fn answered(&self, request: (Asker, RequestId)) -> bool {
        self.answered.contains(&request)
    }

    /// What is known of each visitor whose next conversation may begin.
    pub fn recalled(&self) -> BTreeMap<VisitorId, Recalled> {
        let last = self.last.iter().filter_map(|(visitor, id)| Some((*visitor, self.conversations.get(id)?)));
        let over = last.filter(|(_, last)| last.state().is_over());
        let known = |(visitor, last): (VisitorId, &Conversation)| {
            (visitor, Recalled { contact: self.contact(visitor), closed: Some(Box::new(last.clone())) })
        };
        over.map(known).collect()
    }

    /// Everything that is not over, or whose notes are being finished, through the format it is saved in.
    pub fn kept(&self) -> Result<Vec<Conversation>, String> {
        let live = self.conversations.values().filter(|one| is_live(one));
        live.map(through_json).collect()
    }

    /// How each agent stands, through the format it is saved in.
    pub fn standings(&self) -> Result<BTreeMap<AgentId, Standing>, String> {
        self.standings.iter().map(|(agent, standing)| Ok((*agent, through_json(standing)?))).collect()
    }

    /// What the switchboard gives to be saved beside events: how agents stand who stand otherwise, and conversations whole.
    pub fn keep(&mut self, board: &mut Switchboard) -> Wrong {
        self.standings.extend(board.moved_standings());
        for (id, conversation) in self.conversations.iter().filter(|(id, _)| self.touched.contains(id)) {
            let given = board.snapshot(*id).ok_or_else(|| format!("{id} is not given to be saved"))?;
            let contact = self.contact(conversation.visitor);
            let kept = Conversation { visitor_gone: given.visitor_gone, contact, ..conversation.clone() };
            hold!(kept == *given, "it is saved as {given:?}, and its events make {kept:?}");
        }
        self.touched.clear();
        board.saved();
        Ok(())
    }

    /// Whether memory knows a conversation as its events made it.
    pub fn agrees(&self, board: &Switchboard, id: ConversationId) -> Wrong {
        let kept = self.conversations.get(&id).filter(|one| is_live(one));
        match (kept, board.conversation(id)) {
            (Some(kept), Some(known)) => {
                // Where the visitor is, is not saved.
                let kept = Conversation { visitor_gone: known.visitor_gone, ..kept.clone() };
                hold!(kept == *known, "memory differs from what was saved: {known:?}, not {kept:?}");
                Ok(())
            }
            (None, None) => Ok(()),
            (Some(kept), None) => Err(format!("memory has lost {kept:?}")),
            (None, Some(known)) => Err(format!("memory knows what is over: {known:?}")),
        }
    }

    /// Whether memory knows all of them, and no others.
    pub fn agree(&self, board: &Switchboard) -> Wrong {
        self.conversations.keys().try_for_each(|id| self.agrees(board, *id))?;
        let unknown = board.conversations().find(|one| !self.conversations.contains_key(&one.id));
        hold!(unknown.is_none(), "memory made up {unknown:?}");
        Ok(())
    }

    /// Whether all events, from the first on, make the same conversations.
    pub fn replays(&self) -> Wrong {
        let mut again = Self::default();
        for event in &self.events {
            again
                .save(event, None.or(event.request.map(|_| Asker::Visitor(VisitorId::of_digest([0; 32])))))?;
        }
        hold!(again.conversations == self.conversations, "events replayed make other conversations");
        Ok(())
    }

    fn contact(&self, visitor: VisitorId) -> Contact {
        self.contacts.get(&visitor).cloned().unwrap_or_default()
    }
}

/// Whether it is in memory.
fn is_live(conversation: &Conversation) -> bool {
    conversation.state() != protocol::ConversationState::Closed
}

fn through_json<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq>(
    value: &T,
) -> Result<T, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    let read: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok(read)
}
