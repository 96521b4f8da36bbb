//! Reaching the bridge, and who is writing.

use super::rig::*;

#[test]
fn whoever_passes_by_costs_the_bridge_nothing() {
    let rig = Rig::with_assistant();
    assert_eq!(rig.dials, 0);
}

#[test]
fn silence_is_answered_with_a_ping_and_more_silence_with_a_new_dial() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::Woke(Alarm::Silence));
    assert_eq!(rig.pings, 1);
    rig.hears(BridgeToVisitor::Pong);
    rig.does(Msg::Woke(Alarm::Silence));
    rig.does(Msg::Woke(Alarm::Silence));
    assert!(rig.hung_up && rig.chat.is_unreachable());
    rig.redials();
    assert_eq!(rig.dials, 2);
}

#[test]
fn a_dial_that_nobody_answers_is_given_up() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.does(Msg::Woke(Alarm::Silence));
    assert!(rig.hung_up && rig.chat.is_unreachable());
}

#[test]
fn news_of_an_older_socket_are_dropped() {
    let mut rig = Rig::open_with_ada();
    let old = rig.dials;
    rig.loses_bridge();
    rig.redials();
    rig.does(Msg::Socket { dial: old, news: SocketNews::Lost });
    rig.welcome(Some(state(7, ConversationState::Open, None)), vec![]);
    assert!(!rig.chat.is_unreachable());
}

#[test]
fn waking_up_dials_at_once_or_looks_whether_the_bridge_is_there() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::Awoke);
    assert_eq!(rig.pings, 1);
    rig.loses_bridge();
    rig.does(Msg::Awoke);
    assert_eq!(rig.dials, 2);
}

#[test]
fn another_version_of_the_bridge_ends_the_dialling() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.connects();
    rig.refuses(None, RefusalCode::WrongVersion);
    assert_eq!(rig.chat.blocked(), Some(Blocked::Outdated));
    rig.does(Msg::Woke(Alarm::Dial));
    rig.does(Msg::Awoke);
    assert_eq!(rig.dials, 1);
}

#[test]
fn a_failed_fetch_is_tried_again() {
    let mut rig = Rig::bare();
    rig.does(Msg::CardCame(Err(FetchFailure::Unreachable)));
    rig.does(Msg::Woke(Alarm::Fetch));
    assert_eq!(rig.fetches, ["card", "card"]);
    rig.does(Msg::CardCame(Ok(card(Some("abc")))));
    rig.does(Msg::DefinitionCame { hash: "abc".to_owned(), bytes: Err(FetchFailure::Unreachable) });
    rig.does(Msg::Woke(Alarm::Fetch));
    assert_eq!(rig.fetches, ["card", "card", "abc", "abc"]);
}

#[test]
fn the_agent_learns_of_writing_sparingly_and_of_pausing_once() {
    let mut rig = Rig::open_with_ada();
    for (second, draft) in [(1, "a"), (2, "ab"), (5, "abc")] {
        rig.now = Timestamp::from_millis(second * 1_000);
        rig.does(Msg::Drafted(draft.to_owned()));
    }
    rig.does(Msg::Woke(Alarm::VisitorPaused));
    rig.does(Msg::Woke(Alarm::VisitorPaused));
    assert_eq!(rig.typing, [true, true, false]);
}

#[test]
fn nobody_is_told_what_is_written_to_the_assistant() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig.does(Msg::Drafted("a".to_owned()));
    assert_eq!(rig.typing, [] as [bool; 0]);
}

#[test]
fn the_agents_writing_is_shown_until_they_say_it_or_pause() {
    let mut rig = Rig::open_with_ada();
    let writes = || BridgeToVisitor::Typing { name: "Ada".to_owned(), typing: true };
    rig.hears(writes());
    assert_eq!(rig.chat.typing_agent(), Some("Ada"));
    rig.happens(8, said_by_ada("There."));
    assert_eq!(rig.chat.typing_agent(), None);
    rig.hears(writes());
    rig.does(Msg::Woke(Alarm::AgentPaused));
    assert_eq!(rig.chat.typing_agent(), None);
}
