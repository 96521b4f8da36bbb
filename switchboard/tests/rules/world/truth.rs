//! What has to hold after every step, whatever a test is about.

use protocol::setup::{OfferMode, Setup};
use protocol::{AgentStatus, ConversationId, ConversationState, QueueId, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use switchboard::{AT_RISK_SECONDS, Board, Change, Conversation, Decision, Directory, Switchboard};

/// A decision answers its request with one event, if with any.
pub fn check_decision(decision: &Decision) {
    let mut named = HashSet::new();
    for change in &decision.changes {
        if let Change::Happened { event, asker } = change {
            assert_eq!(event.request.is_some(), asker.is_some(), "who asked is known: {event:?}");
            if let Some(request) = event.request {
                assert!(named.insert(request), "two events answer one request: {:#?}", decision.changes);
                assert_eq!(
                    decision.accepted,
                    Some((request, event.conversation, event.number)),
                    "the answer says where the event is"
                );
            }
        }
    }
}

/// All that is derived is what a fresh start would derive; nobody has two owners or more than they can hold.
pub fn check(
    board: &Switchboard,
    setup: &Setup,
    now: Timestamp,
    replayed: &HashMap<ConversationId, Conversation>,
) {
    let directory = board.directory();
    let mut by_visitor = BTreeMap::new();
    for one in board.conversations() {
        let replay = Conversation { visitor_gone: one.visitor_gone, ..replayed[&one.id].clone() };
        assert_eq!(*one, replay, "events alone make the same of it");
        assert_eq!(saved(one), Conversation { visitor_gone: None, ..one.clone() }, "it is saved whole");
        if !one.state().is_over() {
            let other = by_visitor.insert(one.visitor, one.id);
            assert_eq!(other, None, "a visitor has one conversation at most");
            assert_eq!(board.conversation_of(one.visitor), Some(one.id));
        }
        follows_something(one, directory);
    }
    let rebuilt = rebuilt(board, setup, now);
    for agent in setup.agents.keys() {
        assert_eq!(board.load(*agent), rebuilt.load(*agent), "room taken of {agent}");
        assert_eq!(board.conversations_for(*agent), rebuilt.conversations_for(*agent), "inbox of {agent}");
        assert_eq!(board.colleague(*agent), rebuilt.colleague(*agent));
        let own = board
            .conversations()
            .filter(|one| one.owner() == Some(*agent) && one.state() == ConversationState::Open);
        assert_eq!(board.owned(*agent), own.count(), "conversations of {agent}");
    }
    for queue in setup.queues.keys() {
        let (mine, fresh): (Vec<_>, Vec<_>) =
            (board.waiting_in(queue).collect(), rebuilt.waiting_in(queue).collect());
        assert_eq!(mine, fresh, "order of {queue}");
        assert_eq!(board.is_served(queue), rebuilt.is_served(queue), "whether {queue} is served");
        let counted = board.board(queue, now);
        assert_eq!(counted, rebuilt.board(queue, now), "the board of {queue}");
        assert_eq!(counted, walked(board, queue, now), "the board of {queue}, as a walk finds it");
    }
    assert_eq!(board.places(), rebuilt.places());
}

/// What a walk through all conversations finds of a queue.
fn walked(board: &Switchboard, queue: &QueueId, now: Timestamp) -> Board {
    let directory = board.directory();
    let of_queue: Vec<&Conversation> =
        board.conversations().filter(|one| one.queue.as_ref() == Some(queue)).collect();
    let waiting = || of_queue.iter().filter(|one| one.waits_in() == Some(queue));
    let promised =
        of_queue.iter().filter(|one| one.state().is_waiting() || one.state() == ConversationState::Open);
    let due: Vec<Timestamp> = promised.filter_map(|one| Some(one.promise_due(directory)?.1)).collect();
    let late = due.iter().filter(|until| **until <= now).count();
    let soon = now.plus_seconds(AT_RISK_SECONDS);
    let members = directory.plan(queue).map(|plan| plan.everybody().clone()).unwrap_or_default();
    let online = members.iter().filter(|agent| board.effective_status(**agent) == AgentStatus::Online);
    let (mut own, mut all, mut free) = (0, 0, 0);
    for agent in online {
        let rooms = of_queue.iter().flat_map(|one| one.takes_room(directory));
        own += rooms.filter(|(one, _)| one == agent).map(|(_, weight)| u64::from(weight)).sum::<u64>();
        all += u64::from(board.load(*agent));
        free += u64::from(board.free_capacity(*agent));
    }
    Board {
        waiting: waiting().count(),
        longest_since: waiting().filter_map(|one| Some(one.visit()?.since)).min(),
        in_service: of_queue.iter().filter(|one| one.state() == ConversationState::Open).count(),
        slots: board.slots(queue),
        own,
        foreign: all - own,
        free,
        at_risk: due.iter().filter(|until| **until <= soon).count() - late,
        late,
    }
}

/// A conversation as it comes back from a store.
pub fn saved(conversation: &Conversation) -> Conversation {
    let json = serde_json::to_string(conversation).expect("it is written");
    serde_json::from_str(&json).expect("it is read")
}

/// A world made of what is saved, with the same people connected.
fn rebuilt(board: &Switchboard, setup: &Setup, now: Timestamp) -> Switchboard {
    let standings = setup.agents.keys().map(|agent| (*agent, board.standing(*agent))).collect();
    let conversations = board.conversations().map(saved).collect();
    let mut rebuilt = Switchboard::restore(board.directory().clone(), standings, conversations, now);
    for agent in setup.agents.keys() {
        let (is, chosen) = (board.effective_status(*agent), board.status(*agent));
        rebuilt.apply(&Change::Connection { agent: *agent, reach: board.reach(*agent), at: now });
        if is == AgentStatus::Away && chosen != AgentStatus::Away {
            rebuilt.apply(&Change::Idle { agent: *agent, idle: true });
        }
    }
    rebuilt
}

/// What waits for somebody is offered for no longer than an offer can last.
fn follows_something(one: &Conversation, directory: &Directory) {
    let offer = match one.conduct(directory).offer {
        OfferMode::Ask { .. } | OfferMode::AutoAccept => one.offered_to(),
    };
    let offered = one.state() == protocol::ConversationState::Offered;
    assert_eq!(offered, !offer.is_empty(), "an offer is made to somebody");
}
