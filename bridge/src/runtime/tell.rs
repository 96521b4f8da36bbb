//! Who is told what after a turn has been saved.
//!
//! Events come first, then answers, then states and lists: a client that has read an answer has also been told of all
//! that happened before it, so it can resume from any number it was given.

use super::notices;
use super::places::{NEAR, Places};
use super::turn::{Answer, Before, Turn};
use crate::socket::hub::{ConnectionId, Hub};
use protocol::{
    Actor, AgentId, AgentStatus, BridgeToAgent, BridgeToVisitor, ConversationId, ConversationState,
    Happening, QueueId, StateNow, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Change, Reach, Switchboard};

/// Tells everybody concerned.
pub fn tell(hub: &mut Hub, board: &Switchboard, places: &mut Places, turn: Turn, now: Timestamp) {
    let mut last_numbers = BTreeMap::new();
    let mut moved_agents: BTreeSet<AgentId> = BTreeSet::new();
    let shut_out = shut_out_by(hub, board, &turn);
    for change in turn.changes {
        tell_change(hub, board, (&turn.touched, &shut_out), &mut last_numbers, &mut moved_agents, change);
    }
    for (conversation, agent) in shut_out.keys() {
        hub.shuts_out(*agent, *conversation);
    }
    for (connection, answer) in turn.answers {
        tell_answer(hub, connection, answer);
    }
    let mut queues: BTreeSet<QueueId> = BTreeSet::new();
    for (id, before) in &turn.touched {
        let known = before.state.as_ref().map_or(0, |state| state.number);
        let last_number = last_numbers.get(id).copied().unwrap_or(known);
        tell_state(hub, board, places, (*id, last_number), before, now);
        tell_lists(hub, board, *id, before);
        let after = board.state_now(*id);
        if place(before.state.as_ref()) != place(after.as_ref()) {
            let waited = [before.state.as_ref(), after.as_ref()].into_iter().flatten();
            queues.extend(waited.filter_map(|state| state.queue.clone()));
        }
    }
    for queue in queues {
        let near: Vec<ConversationId> = board.waiting_in(&queue).take(NEAR).collect();
        tell_places(hub, board, places, &near, now);
    }
    for agent in moved_agents {
        hub.tell_all_agents(&BridgeToAgent::Colleague(board.colleague(agent)));
    }
}

/// Those who look at a conversation and may not any more, each with the last number they are told of: that of what they did
/// themselves. What came after it is not for them.
type ShutOut = BTreeMap<(ConversationId, AgentId), u64>;

fn shut_out_by(hub: &Hub, board: &Switchboard, turn: &Turn) -> ShutOut {
    let mut shut_out = ShutOut::new();
    for id in turn.touched.keys().filter(|id| board.state_now(**id).is_some()) {
        let may_not = hub.watchers(*id).into_iter().filter(|agent| !board.may_read(*agent, *id));
        shut_out.extend(may_not.map(|agent| ((*id, agent), 0)));
    }
    for change in &turn.changes {
        let Change::Happened { event, .. } = change else { continue };
        if let Actor::Agent(by) = &event.by
            && let Some(last) = shut_out.get_mut(&(event.conversation, by.id))
        {
            *last = event.number;
        }
    }
    shut_out
}

/// Ends the looking of those who may not any more, under a setup that has just come into force.
pub fn shut_out(hub: &mut Hub, board: &Switchboard) {
    for id in hub.watched().into_iter().filter(|id| board.state_now(*id).is_some()) {
        for agent in hub.watchers(id).into_iter().filter(|agent| !board.may_read(*agent, id)) {
            hub.shuts_out(agent, id);
        }
    }
}

/// Tells those who wait what is new of their place and wait.
pub fn tell_places(
    hub: &mut Hub,
    board: &Switchboard,
    places: &mut Places,
    waiting: &[ConversationId],
    now: Timestamp,
) {
    for id in waiting {
        let Some(visitor) = board.conversation(*id).map(|conversation| conversation.visitor) else {
            continue;
        };
        if let Some(state) = places.news(board, *id, now) {
            hub.tell_visitor(visitor, BridgeToVisitor::State(state));
        }
    }
}

fn tell_change(
    hub: &mut Hub,
    board: &Switchboard,
    (touched, shut_out): (&BTreeMap<ConversationId, Before>, &ShutOut),
    last_numbers: &mut BTreeMap<ConversationId, u64>,
    moved_agents: &mut BTreeSet<AgentId>,
    change: Change,
) {
    match change {
        Change::Happened { event, .. } => {
            last_numbers.insert(event.conversation, event.number);
            if let (Some(before), Some(visible)) = (touched.get(&event.conversation), event.for_visitor()) {
                hub.tell_visitor(before.visitor, BridgeToVisitor::Happened(visible));
            }
            let (id, number) = (event.conversation, event.number);
            hub.tell_watchers(&event, |agent| shut_out.get(&(id, agent)).is_none_or(|last| number <= *last));
            for (agent, notice) in notices::of(&event, board, hub.agents_here()) {
                hub.tell_agent(agent, BridgeToAgent::Notice(notice));
            }
            if let Happening::OfferEnded { agent, .. } | Happening::TransferEnded { agent, .. } =
                event.happening
            {
                // Whoever misses an offer, or declines one, may not be what they chose any more.
                hub.tell_agent(agent, BridgeToAgent::Status { status: status_of(board, agent) });
                moved_agents.insert(agent);
            }
            // One in which a workflow still runs is kept, and is over all the same.
            if board.state_now(event.conversation).is_none() {
                hub.conversation_ends(event.conversation);
            }
        }
        Change::StatusChosen { agent, status, .. } => {
            hub.tell_agent(agent, BridgeToAgent::Status { status });
            moved_agents.insert(agent);
        }
        Change::Idle { agent, .. } => {
            hub.tell_agent(agent, BridgeToAgent::Status { status: status_of(board, agent) });
            moved_agents.insert(agent);
        }
        Change::Connection { agent, .. } => drop(moved_agents.insert(agent)),
        Change::VisitorConnection { .. }
        | Change::PageSeen { .. }
        | Change::Occurred { .. }
        | Change::Ran(_) => {}
    }
}

/// What an agent is, as they are told: what they chose, unless they missed an offer or type nothing.
fn status_of(board: &Switchboard, agent: AgentId) -> AgentStatus {
    match board.reach(agent) {
        Reach::Here => board.effective_status(agent),
        Reach::Dropped | Reach::Gone => board.status(agent),
    }
}

pub fn tell_answer(hub: &mut Hub, to: ConnectionId, answer: Answer) {
    match answer {
        Answer::Accepted(id, (conversation, number)) => hub.answer(
            to,
            BridgeToVisitor::Accepted { id, conversation, number },
            BridgeToAgent::Accepted { id, conversation, number },
        ),
        Answer::Done => {}
        Answer::Refused(id, refusal) => hub.answer(
            to,
            BridgeToVisitor::Refused { id, refusal: refusal.clone() },
            BridgeToAgent::Refused { id, refusal },
        ),
    }
}

fn tell_state(
    hub: &mut Hub,
    board: &Switchboard,
    places: &mut Places,
    (id, last_number): (ConversationId, u64),
    before: &Before,
    now: Timestamp,
) {
    let over = board.state_now(id).is_none_or(|state| state.state == ConversationState::Closed);
    if over && before.lingers {
        // They know that it is over, and may be in another one.
        return;
    }
    let told = before.state.clone().map(|state| places.as_told(state));
    let shown = places.state(board, id, now).filter(|_| !over);
    let after = shown.unwrap_or_else(|| closed(id, last_number));
    let differs = |old: &StateNow| {
        (old.state, old.assistant_enabled, &old.queue, old.place, old.wait_seconds)
            != (after.state, after.assistant_enabled, &after.queue, after.place, after.wait_seconds)
    };
    if told.as_ref().is_none_or(differs) {
        hub.tell_visitor(before.visitor, BridgeToVisitor::State(after));
    }
}

fn tell_lists(hub: &mut Hub, board: &Switchboard, id: ConversationId, before: &Before) {
    let now = board.audience(id, hub.agents_here()).map(|audience| audience.agents).unwrap_or_default();
    for agent in before.agents.difference(&now) {
        hub.tell_agent(*agent, BridgeToAgent::Gone { conversation: id });
    }
    let Some(summary) = board.summary(id) else { return };
    let changed = before.summary.as_ref() != Some(&summary);
    for agent in now.iter().filter(|agent| changed || !before.agents.contains(agent)) {
        hub.tell_agent(*agent, BridgeToAgent::Changed(summary.clone()));
    }
}

fn place(state: Option<&StateNow>) -> Option<(&QueueId, u32)> {
    state.and_then(|state| state.queue.as_ref().zip(state.place))
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
        wait_seconds: None,
    }
}
