//! Nothing is lost and nothing is doubled.

use super::rig::*;

#[test]
fn unanswered_lines_are_sent_again_in_order_after_every_welcome() {
    let mut rig = Rig::open_with_ada();
    rig.says("one");
    rig.says("two");
    let one = rig.request_of("visitor: one");
    rig.hears(BridgeToVisitor::Accepted { id: one, conversation: conversation(1), number: 8 });
    rig.loses_bridge();
    rig.says("three");
    rig.redials();
    rig.sent.clear();
    rig.welcome(Some(state(8, ConversationState::Open, None)), vec![]);
    assert_eq!(rig.sent(), ["visitor: two", "visitor: three"]);
}

#[test]
fn an_own_line_is_shown_once_however_its_arrival_is_learnt() {
    let mut rig = Rig::open_with_ada();
    rig.says("one");
    let id = rig.request_of("visitor: one");
    let own = event(8, Some(id), said_by_visitor("one"));
    rig.hears(BridgeToVisitor::Happened(own.clone()));
    rig.hears(BridgeToVisitor::Accepted { id, conversation: conversation(1), number: 8 });
    let mut rig = rig.reloaded();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(Some(state(8, ConversationState::Open, None)), vec![own]);
    assert_eq!(rig.shown().iter().filter(|line| *line == "visitor: one").count(), 1);
    assert!(rig.chat.entries().iter().all(|entry| entry.delivery != Delivery::Sending));
    assert_eq!(rig.sent(), [] as [&str; 0]);
}

#[test]
fn an_event_that_is_told_twice_is_shown_once() {
    let mut rig = Rig::open_with_ada();
    for _ in 0..2 {
        rig.happens(8, said_by_ada("Once."));
    }
    assert_eq!(rig.shown().iter().filter(|line| *line == "Ada: Once.").count(), 1);
}

#[test]
fn after_a_reload_the_view_is_the_same_and_the_bridge_is_asked_for_what_came_after() {
    let rig = Rig::open_with_ada();
    let again = rig.reloaded();
    assert_eq!(again.shown(), rig.shown());
    assert_eq!(again.chat.standing(), rig.chat.standing());
    assert!(again.dials > 0, "a conversation that goes on is followed without opening the panel");
    let mut again = again;
    again.connects();
    assert_eq!(again.greeted_with, Some(Cursor { conversation: conversation(1), number: 7 }));
}

#[test]
fn the_line_another_tab_wrote_is_the_visitors() {
    let mut rig = Rig::open_with_ada();
    let other = rig.fresh_request();
    rig.hears(BridgeToVisitor::Happened(event(8, Some(other), said_by_visitor("from the other tab"))));
    assert_eq!(rig.shown().last().map(String::as_str), Some("visitor: from the other tab"));
}

#[test]
fn a_tab_that_starts_adopts_what_another_has_not_sent_yet() {
    let mut rig = Rig::open_with_ada();
    rig.loses_bridge();
    rig.says("unsent");
    let requests = rig.requests();
    let start = Start { requests, ..rig.start(Record::default()) };
    let mut other = Rig::from(start);
    assert_eq!(other.shown(), ["visitor: unsent"]);
    other.connects();
    other.welcome(Some(state(7, ConversationState::Open, None)), vec![]);
    assert_eq!(other.sent(), ["visitor: unsent"]);
}

#[test]
fn a_line_refused_for_good_is_marked_and_can_be_tried_again() {
    let mut rig = Rig::open_with_ada();
    rig.says("one");
    rig.refuses(Some(rig.request_of("visitor: one")), RefusalCode::Malformed);
    let entry = rig.chat.entries().last().cloned().expect("an entry");
    assert!(matches!(entry.delivery, Delivery::Failed { .. }));
    rig.sent.clear();
    rig.does(Msg::RetryAsked(entry.key));
    assert_eq!(rig.sent(), ["visitor: one"]);
    assert_ne!(rig.request_of("visitor: one"), entry.request.expect("a name"));
    assert_eq!(rig.shown().iter().filter(|line| *line == "visitor: one").count(), 1);
}

#[test]
fn what_the_bridge_could_not_store_is_sent_again_later() {
    let mut rig = Rig::open_with_ada();
    rig.says("one");
    rig.refuses(Some(rig.request_of("visitor: one")), RefusalCode::TryAgain);
    rig.sent.clear();
    rig.does(Msg::Woke(Alarm::Resend));
    assert_eq!(rig.sent(), ["visitor: one"]);
}

#[test]
fn pages_are_asked_for_from_the_last_number_and_the_next_conversation_from_its_beginning() {
    let mut rig = Rig::open_with_ada().reloaded();
    rig.does(Msg::Opened { focus: true });
    let latest = StateNow { conversation: conversation(2), ..state(3, ConversationState::Automated, None) };
    let page = vec![event(8, None, said_by_ada("Bye."))];
    rig.hears(BridgeToVisitor::Welcome { state: Some(latest.clone()), events: page, more: true });
    assert_eq!(rig.asked_after, Some(8));
    let page = vec![event(9, None, Told::Closed { by_visitor: false })];
    rig.hears(BridgeToVisitor::Welcome { state: Some(latest.clone()), events: page, more: true });
    assert_eq!(rig.asked_after, Some(0));
    let opened = VisitorEvent { conversation: conversation(2), ..event(1, None, Told::Opened) };
    rig.hears(BridgeToVisitor::Welcome { state: Some(latest), events: vec![opened], more: false });
    assert_eq!(rig.chat.record().cursor, Some(Cursor { conversation: conversation(2), number: 1 }));
    assert!(!rig.shown().iter().any(|line| line.contains("anything else")), "{:?}", rig.shown());
}

#[test]
fn a_bridge_that_does_not_know_the_conversation_is_greeted_without_it() {
    let mut rig = Rig::open_with_ada().reloaded();
    rig.connects();
    let shown = rig.shown();
    rig.refuses(None, RefusalCode::UnknownConversation);
    assert_eq!(rig.greeted_with, None);
    rig.welcome(None, vec![]);
    assert_eq!((rig.shown(), rig.chat.standing()), (shown, Standing::Assistant));
}

#[test]
fn an_event_older_than_the_state_does_not_contradict_it() {
    let mut rig = Rig::waiting_offline();
    rig.loses_bridge();
    rig.redials();
    let events = vec![event(5, None, Told::AgentJoined { agent: ada() })];
    rig.welcome(Some(state(6, ConversationState::Closed, None)), events);
    assert_eq!(rig.chat.standing(), Standing::Assistant);
}

#[test]
fn the_log_forgets_its_oldest_lines_beyond_its_bound() {
    let mut rig = Rig::open_with_ada();
    for number in 8..8 + ENTRIES_MAX as u64 {
        rig.happens(number, said_by_ada("x"));
    }
    assert_eq!(rig.chat.entries().len(), ENTRIES_MAX);
    let keys: Vec<u64> = rig.chat.entries().iter().map(|entry| entry.key).collect();
    assert!(keys.is_sorted_by(|early, late| early < late));
}

#[test]
fn what_is_kept_reads_back_as_it_was() {
    let rig = Rig::open_with_ada();
    let json = serde_json::to_string(rig.chat.record()).unwrap();
    assert_eq!(&serde_json::from_str::<Record>(&json).unwrap(), rig.chat.record());
}
