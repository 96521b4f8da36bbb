//! From the assistant to a person and back.

use super::rig::*;

#[test]
fn a_visitor_is_handed_over_answered_and_given_back() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig.says("talk to the lamp team");
    assert_eq!(rig.chat.standing(), Standing::Asking);
    assert_eq!(rig.sent().last().map(String::as_str), Some("person?"));

    rig.arrives(3, "talk to the lamp team");
    let asked = rig.request_of("person?");
    rig.hears(BridgeToVisitor::Happened(event(4, Some(asked), requested(true))));
    rig.stands(4, ConversationState::Queued, Some(2));
    assert_eq!(rig.chat.standing(), waits(2, false));
    rig.stands(5, ConversationState::Offered, None);
    assert_eq!(rig.chat.standing(), Standing::Connecting);
    rig.happens(6, Told::AgentJoined { agent: ada() });
    assert_eq!(rig.chat.standing(), Standing::Person { name: Some("Ada".to_owned()) });
    rig.happens(7, said_by_ada("Good day."));
    rig.says("opening hours");
    rig.arrives(8, "opening hours");
    rig.happens(9, Told::Closed { by_visitor: false });
    assert_eq!(
        rig.shown(),
        [
            "assistant: Hello from Lamps.",
            "visitor: talk to the lamp team",
            "told: Someone is coming.",
            "joined: Ada",
            "Ada: Good day.",
            "visitor: opening hours",
            "ended",
            "assistant: Can I help you with anything else?",
        ]
    );
    assert_eq!(rig.chat.standing(), Standing::Assistant);
    rig.says("opening hours");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: Nine to five."));
}

#[test]
fn the_assistant_is_silent_while_a_person_is_responsible() {
    let mut rig = Rig::open_with_ada();
    let before = rig.shown().len();
    rig.says("opening hours");
    assert_eq!(rig.shown().len(), before + 1);
    assert_eq!(rig.sent(), ["visitor: opening hours"]);
}

#[test]
fn what_the_assistant_said_too_late_disappears_without_a_word() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig.says("opening hours");
    let late = rig.request_of("assistant: Nine to five.");
    rig.refuses(Some(late), RefusalCode::AssistantSilent);
    assert_eq!(rig.shown(), ["assistant: Hello from Lamps.", "visitor: opening hours"]);
}

#[test]
fn a_request_made_while_the_bridge_is_away_is_kept_told_of_and_sent() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.loses_bridge();
    rig.says("talk to the lamp team");
    rig.says("It is urgent");
    assert_eq!(rig.shown().iter().filter(|line| *line == "kept").count(), 1);
    let mut rig = rig.reloaded();
    rig.gets_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.loses_bridge();
    assert_eq!(rig.shown().iter().filter(|line| *line == "kept").count(), 1);
    rig.redials();
    rig.welcome(None, vec![]);
    assert_eq!(
        rig.sent(),
        [
            "assistant: Hello from Lamps.",
            "visitor: talk to the lamp team",
            "person?",
            "visitor: It is urgent"
        ]
    );
}

#[test]
fn whoever_was_told_that_nobody_is_there_hears_when_somebody_is() {
    let mut rig = Rig::waiting_offline();
    assert_eq!(rig.chat.standing(), waits(1, true));
    for _ in 0..2 {
        rig.stands(5, ConversationState::Offered, None);
    }
    assert_eq!(rig.shown().iter().filter(|line| *line == "available").count(), 1);
}

#[test]
fn that_somebody_is_there_is_also_heard_after_a_reconnect() {
    let mut rig = Rig::waiting_offline().reloaded();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(Some(state(5, ConversationState::Offered, None)), vec![]);
    assert_eq!(rig.shown().last().map(String::as_str), Some("available"));
}

#[test]
fn the_place_in_the_queue_is_never_shown_to_rise() {
    let mut rig = Rig::waiting_offline();
    for place in [3, 1, 2] {
        rig.stands(4, ConversationState::Queued, Some(place));
        let (place, seconds) = (Some(1), Some(100 * place));
        assert_eq!(rig.chat.standing(), Standing::Waiting { place, seconds, told_offline: true });
    }
}

#[test]
fn the_place_is_known_after_a_reload_although_the_request_is_told_after_the_state() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    let events = vec![event(1, None, Told::Opened), event(2, None, requested(true))];
    rig.welcome(Some(state(3, ConversationState::Queued, Some(12))), events);
    assert_eq!(rig.chat.standing(), waits(12, false));
}

#[test]
fn a_visitor_can_stop_waiting_even_while_the_bridge_is_away() {
    let mut rig = Rig::waiting_offline();
    rig.loses_bridge();
    rig.does(Msg::EndAsked);
    assert_eq!(rig.chat.standing(), Standing::Assistant);
    rig.says("opening hours");
    rig.redials();
    rig.welcome(Some(state(4, ConversationState::Queued, Some(1))), vec![]);
    let sent = rig.sent();
    assert_eq!(sent[0], "stop waiting");
    assert_eq!(sent[1], "assistant: Can I help you with anything else?");
    let end = rig.request_of("stop waiting");
    rig.hears(BridgeToVisitor::Happened(event(5, Some(end), Told::AssistantBack)));
    assert_eq!(rig.shown().iter().filter(|line| *line == "wait ended").count(), 1);
    assert!(!rig.shown().iter().any(|line| line == "assistant back"), "{:?}", rig.shown());
}

#[test]
fn whoever_comes_in_the_moment_of_giving_up_is_there() {
    let mut rig = Rig::waiting_offline();
    rig.does(Msg::EndAsked);
    let request = rig.request_of("stop waiting");
    rig.happens(7, Told::AgentJoined { agent: ada() });
    rig.hears(BridgeToVisitor::State(state(7, ConversationState::Open, None)));
    rig.refuses(Some(request), RefusalCode::WrongState);
    assert_eq!(rig.chat.standing(), Standing::Person { name: Some("Ada".to_owned()) });
    assert!(!rig.shown().contains(&"wait ended".to_owned()), "{:?}", rig.shown());
    rig.says("There you are");
    assert!(rig.sent().contains(&"visitor: There you are".to_owned()));
}

#[test]
fn ending_what_the_agent_has_just_closed_is_shown_once() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::EndConfirmed);
    let end = rig.ended_request();
    rig.happens(8, Told::Closed { by_visitor: false });
    rig.refuses(Some(end), RefusalCode::Closed);
    assert_eq!(rig.shown().iter().filter(|line| *line == "ended").count(), 1);
    assert_eq!(rig.chat.standing(), Standing::Assistant);
    assert!(!rig.chat.entries().iter().any(|entry| matches!(entry.delivery, Delivery::Failed { .. })));
}

#[test]
fn the_assistants_answers_stop_between_the_acceptance_and_the_state() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig.says("talk to the lamp team");
    let id = rig.request_of("person?");
    rig.hears(BridgeToVisitor::Accepted { id, conversation: conversation(1), number: 4 });
    assert_eq!(rig.chat.standing(), Standing::Waiting { place: None, seconds: None, told_offline: false });
}

#[test]
fn what_is_still_on_its_way_stays_below_what_the_bridge_tells() {
    let mut rig = Rig::open_with_ada();
    let before = rig.shown().len();
    rig.says("one");
    rig.says("two");
    rig.happens(21, said_by_ada("A."));
    rig.arrives(22, "one");
    rig.happens(23, said_by_ada("B."));
    rig.arrives(24, "two");
    assert_eq!(rig.shown()[before..], ["Ada: A.", "visitor: one", "Ada: B.", "visitor: two"]);
}

#[test]
fn ending_a_talk_with_a_person_is_asked_about_first() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::EndAsked);
    assert!(rig.chat.asks_whether_to_end() && rig.sent().is_empty());
    rig.does(Msg::EndKept);
    assert!(!rig.chat.asks_whether_to_end());
    rig.does(Msg::EndAsked);
    rig.does(Msg::EndConfirmed);
    assert_eq!(rig.sent(), ["end"]);
    assert!(!rig.chat.asks_whether_to_end());
    assert!(rig.shown().contains(&"ended".to_owned()));
}

#[test]
fn what_was_asked_about_one_person_is_not_asked_about_the_next() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::EndAsked);
    rig.happens(8, Told::Waiting);
    assert!(!rig.chat.asks_whether_to_end());
    rig.happens(9, Told::AgentJoined { agent: ben() });
    assert!(!rig.chat.asks_whether_to_end());
}

#[test]
fn whoever_is_passed_on_hears_that_somebody_else_goes_on_and_who() {
    let mut rig = Rig::open_with_ada();
    let before = rig.shown().len();
    rig.happens(8, Told::Waiting);
    assert_eq!(rig.chat.standing(), Standing::Waiting { place: None, seconds: None, told_offline: false });
    rig.stands(8, ConversationState::Queued, Some(3));
    assert_eq!(rig.chat.standing(), waits(3, false), "an earlier queue's place says nothing about this one");
    rig.happens(9, Told::AgentJoined { agent: ben() });
    assert_eq!(rig.chat.standing(), Standing::Person { name: Some("Ben".to_owned()) });
    assert_eq!(rig.shown()[before..], ["waiting", "joined: Ben"]);
}

#[test]
fn whoever_is_given_back_goes_on_with_the_assistant_and_keeps_the_conversation() {
    let mut rig = Rig::open_with_ada();
    let before = rig.shown().len();
    rig.happens(8, Told::AssistantBack);
    assert_eq!(rig.chat.standing(), Standing::Assistant);
    assert_eq!(rig.shown()[before..], ["assistant back", "assistant: Can I help you with anything else?"]);
    rig.says("opening hours");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: Nine to five."));
    assert_eq!(rig.chat.record().cursor.map(|cursor| cursor.number), Some(8));
}

#[test]
fn whoever_finds_nobody_may_leave_a_message_and_is_answered_later() {
    let mut rig = Rig::waiting_offline();
    rig.happens(5, Told::LeaveMessage { message: "Write to us.".to_owned() });
    rig.stands(5, ConversationState::Queued, None);
    assert_eq!(rig.chat.standing(), Standing::LeavingMessage);
    assert_eq!(rig.shown().last().map(String::as_str), Some("told: Write to us."));
    let mut rig = rig.reloaded();
    assert_eq!(rig.chat.standing(), Standing::LeavingMessage);
    rig.says("Do call me");
    assert_eq!(rig.shown().last().map(String::as_str), Some("visitor: Do call me"));
    rig.happens(7, Told::AgentJoined { agent: ada() });
    assert_eq!(rig.chat.standing(), Standing::Person { name: Some("Ada".to_owned()) });
}

#[test]
fn the_first_line_after_the_end_is_the_visitors_so_that_it_can_go_on_with_the_person() {
    let mut rig = Rig::open_with_ada();
    rig.happens(8, Told::Closed { by_visitor: false });
    rig.says("opening hours");
    assert_eq!(rig.sent(), ["visitor: opening hours", "assistant: Nine to five."]);
    let late = rig.request_of("assistant: Nine to five.");
    rig.happens(9, Told::Reopened);
    rig.arrives(10, "opening hours");
    rig.happens(11, Told::AgentJoined { agent: ada() });
    rig.refuses(Some(late), RefusalCode::AssistantSilent);
    let last: Vec<String> = rig.shown().split_off(rig.shown().len() - 3);
    assert_eq!(last, ["reopened", "visitor: opening hours", "joined: Ada"]);
}

#[test]
fn what_is_opened_again_goes_on_with_the_person() {
    let mut rig = Rig::open_with_ada();
    rig.happens(8, Told::Closed { by_visitor: false });
    let before = rig.shown().len();
    rig.happens(9, Told::Reopened);
    rig.happens(10, Told::AgentJoined { agent: ada() });
    assert_eq!(rig.shown()[before..], ["reopened", "joined: Ada"]);
    assert_eq!(rig.chat.standing(), Standing::Person { name: Some("Ada".to_owned()) });
}

#[test]
fn a_reminder_is_the_words_of_the_business() {
    let mut rig = Rig::open_with_ada();
    rig.happens(8, said_by(By::Business, "Are you still there?"));
    assert_eq!(rig.shown().last().map(String::as_str), Some("business: Are you still there?"));
}

fn waits(place: u32, told_offline: bool) -> Standing {
    Standing::Waiting { place: Some(place), seconds: Some(100 * place), told_offline }
}
