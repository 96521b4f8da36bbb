//! What has to hold after every step, whatever a test is about.

use protocol::setup::{OfferMode, Setup};
use protocol::{AgentStatus, ConversationId, Timestamp};
use std::collections::{BTreeMap, HashMap, HashSet};
use switchboard::{Change, Conversation, Decision, Directory, Switchboard};

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
    }
    for queue in setup.queues.keys() {
        let (mine, fresh): (Vec<_>, Vec<_>) =
            (board.waiting_in(queue).collect(), rebuilt.waiting_in(queue).collect());
        assert_eq!(mine, fresh, "order of {queue}");
        assert_eq!(board.is_served(queue), rebuilt.is_served(queue), "whether {queue} is served");
    }
    assert_eq!(board.places(), rebuilt.places());
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
