//! Who is told what after a turn has been saved.
//!
//! Events come first, then answers, then states and lists: a client that has read an answer has also been told of all
//! that happened before it, so it can resume from any number it was given.

use super::turn::{Answer, Before, Turn};
use crate::socket::hub::{ConnectionId, Hub};
use protocol::{BridgeToAgent, BridgeToVisitor, ConversationId, ConversationState, Happening, StateNow};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Change, Switchboard};

/// Places in queues, as visitors were last told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<ConversationId, u32>);

impl Places {
    /// The places as they are.
    pub fn of(board: &Switchboard) -> Self {
        Self(board.places().into_iter().collect())
    }
}

/// Tells everybody concerned.
pub fn tell(hub: &mut Hub, board: &Switchboard, places: &mut Places, turn: Turn) {
    let mut last_numbers = BTreeMap::new();
    for change in turn.changes {
        tell_change(hub, &turn.touched, &mut last_numbers, change);
    }
    for (connection, answer) in turn.answers {
        tell_answer(hub, connection, answer);
    }
    for (id, before) in &turn.touched {
        let last_number = last_numbers.get(id).copied().unwrap_or_default();
        tell_state(hub, board, *id, before, last_number);
        tell_lists(hub, board, *id, before);
    }
    if turn
        .touched
        .iter()
        .any(|(id, before)| place(before.state.as_ref()) != place(board.state_now(*id).as_ref()))
    {
        tell_places(hub, board, places, &turn.touched);
    }
}

fn tell_change(
    hub: &mut Hub,
    touched: &BTreeMap<ConversationId, Before>,
    last_numbers: &mut BTreeMap<ConversationId, u64>,
    change: Change,
) {
    match change {
        Change::Happened { event, .. } => {
            last_numbers.insert(event.conversation, event.number);
            if let (Some(before), Some(visible)) = (touched.get(&event.conversation), event.for_visitor()) {
                hub.tell_visitor(before.visitor, BridgeToVisitor::Happened(visible));
            }
            hub.tell_watchers(&event);
            if let Happening::Closed { .. } = event.happening {
                hub.conversation_ends(event.conversation);
            }
        }
        Change::StatusChosen { agent, status } => hub.tell_agent(agent, BridgeToAgent::Status { status }),
        Change::Connection { .. } => {}
    }
}

pub fn tell_answer(hub: &mut Hub, to: ConnectionId, answer: Answer) {
    match answer {
        Answer::Accepted(id, (conversation, number)) => hub.answer(
            to,
            BridgeToVisitor::Accepted { id, conversation, number },
            BridgeToAgent::Accepted { id, conversation, number },
        ),
        Answer::Refused(id, refusal) => hub.answer(
            to,
            BridgeToVisitor::Refused { id, refusal: refusal.clone() },
            BridgeToAgent::Refused { id, refusal },
        ),
    }
}

fn tell_state(hub: &mut Hub, board: &Switchboard, id: ConversationId, before: &Before, last_number: u64) {
    let after = board.state_now(id).unwrap_or_else(|| closed(id, last_number));
    let differs =
        |old: &StateNow| (old.state, &old.queue, old.place) != (after.state, &after.queue, after.place);
    if before.state.as_ref().is_none_or(differs) {
        hub.tell_visitor(before.visitor, BridgeToVisitor::State(after));
    }
}

fn tell_lists(hub: &mut Hub, board: &Switchboard, id: ConversationId, before: &Before) {
    let agents = |audience: Option<switchboard::Audience>| audience.map(|a| a.agents).unwrap_or_default();
    let earlier: BTreeSet<_> = agents(before.audience.clone());
    let now: BTreeSet<_> = agents(board.audience(id));
    for agent in earlier.difference(&now) {
        hub.tell_agent(*agent, BridgeToAgent::Gone { conversation: id });
    }
    let Some(summary) = board.summary(id) else { return };
    let changed = before.summary.as_ref() != Some(&summary);
    for agent in now.iter().filter(|agent| changed || !earlier.contains(agent)) {
        hub.tell_agent(*agent, BridgeToAgent::Changed(summary.clone()));
    }
}

/// Those who wait and were not touched themselves may still have moved up.
fn tell_places(
    hub: &mut Hub,
    board: &Switchboard,
    places: &mut Places,
    touched: &BTreeMap<ConversationId, Before>,
) {
    let now = Places::of(board);
    for (id, place) in &now.0 {
        if places.0.get(id) == Some(place) || touched.contains_key(id) {
            continue;
        }
        if let (Some(audience), Some(state)) = (board.audience(*id), board.state_now(*id)) {
            hub.tell_visitor(audience.visitor, BridgeToVisitor::State(state));
        }
    }
    *places = now;
}

fn place(state: Option<&StateNow>) -> Option<u32> {
    state.and_then(|state| state.place)
}

/// A conversation that is over, as its visitor is told.
pub fn closed(conversation: ConversationId, number: u64) -> StateNow {
    let state = ConversationState::Closed;
    StateNow {
        conversation,
        state,
        assistant_enabled: state.assistant_enabled(),
        number,
        queue: None,
        place: None,
    }
}
