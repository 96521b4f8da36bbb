//! Which waiting conversation is offered to whom: the one that has waited longest, over all queues, to the agent of its
//! queue who has gone longest without being asked.
//!
//! An agent is eligible who is online, has room, and did not let this conversation go within [`EXCLUDED_SECONDS`].

use crate::conversation::{Conversation, PassedOver, Stage};
use crate::{Change, Switchboard};
use protocol::{AgentId, AgentStatus, ConversationId, Event, Happening, QueueId, Timestamp};
use std::collections::BTreeMap;

/// How long an agent has to accept.
pub const OFFER_SECONDS: u64 = 30;

/// How long an agent who declined, or did not answer, is not asked again for the same conversation: without it the only
/// agent there would be asked again at once.
pub const EXCLUDED_SECONDS: u64 = 60;

/// The offers to make now. Offers to the same agent are counted as they are made, so none goes over capacity.
pub fn offers(board: &Switchboard, now: Timestamp) -> Vec<Change> {
    let mut room = free_slots(board);
    let mut asked = BTreeMap::new();
    let mut changes = Vec::new();
    for (queue, id) in board.waiting.by_age() {
        if room.is_empty() {
            break;
        }
        let Some(conversation) = board.conversations.get(&id) else { continue };
        let Stage::Queued { passed_over } = &conversation.stage else { continue };
        let eligible = eligible(board, queue, passed_over, &room, now);
        let Some(agent) = eligible.into_iter().min_by_key(|agent| (asked_at(board, &asked, *agent), *agent))
        else {
            continue;
        };
        asked.insert(agent, now);
        take_slot(&mut room, agent);
        changes.push(offer(conversation, agent, now));
    }
    changes
}

/// When an agent who was passed over can next be asked again for something that waits; only times after `now`, since
/// `offers` has already considered the rest.
pub fn next_exclusion_end(board: &Switchboard, now: Timestamp) -> Option<Timestamp> {
    let ends = |conversation: &Conversation| match &conversation.stage {
        Stage::Queued { passed_over } => {
            passed_over.values().map(|at| at.plus_seconds(EXCLUDED_SECONDS)).collect()
        }
        Stage::Automated | Stage::Offered { .. } | Stage::Open { .. } => Vec::new(),
    };
    let waiting = board.waiting.by_age().into_iter().filter_map(|(_, id)| board.conversations.get(&id));
    waiting.flat_map(ends).filter(|end| *end > now).min()
}

/// How many more conversations each available agent can be offered; those who can take none are left out.
fn free_slots(board: &Switchboard) -> BTreeMap<AgentId, u32> {
    let online =
        board.directory.agents.keys().filter(|a| board.presence.effective(**a) == AgentStatus::Online);
    online.map(|agent| (*agent, board.free_capacity(*agent))).filter(|(_, free)| *free > 0).collect()
}

fn take_slot(room: &mut BTreeMap<AgentId, u32>, agent: AgentId) {
    if let Some(free) = room.get_mut(&agent) {
        *free -= 1;
        if *free == 0 {
            room.remove(&agent);
        }
    }
}

fn eligible(
    board: &Switchboard,
    queue: &QueueId,
    passed_over: &PassedOver,
    room: &BTreeMap<AgentId, u32>,
    now: Timestamp,
) -> Vec<AgentId> {
    let excluded = |agent| passed_over.get(agent).is_some_and(|at| at.plus_seconds(EXCLUDED_SECONDS) > now);
    let members = board.directory.queues.get(queue).into_iter().flat_map(|queue| &queue.members);
    members.filter(|agent| room.contains_key(agent) && !excluded(agent)).copied().collect()
}

fn asked_at(
    board: &Switchboard,
    just_now: &BTreeMap<AgentId, Timestamp>,
    agent: AgentId,
) -> Option<Timestamp> {
    just_now.get(&agent).copied().or_else(|| board.presence.last_asked(agent))
}

fn offer(conversation: &Conversation, to: AgentId, now: Timestamp) -> Change {
    let happening = Happening::Offered { to, until: now.plus_seconds(OFFER_SECONDS) };
    Change::Happened {
        event: numbered(conversation.id, conversation.number + 1, now, happening),
        asker: None,
    }
}

fn numbered(conversation: ConversationId, number: u64, at: Timestamp, happening: Happening) -> Event {
    Event { conversation, number, at, request: None, happening }
}
