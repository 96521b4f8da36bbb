//! Talking with the assistant, or with nobody yet.

use super::rig::*;

#[test]
fn looking_is_not_a_conversation_and_the_greeting_is_reported_before_the_first_line() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    assert_eq!(rig.shown(), ["assistant: Hello from Lamps."]);
    rig.welcome(None, vec![]);
    assert_eq!(rig.sent(), [] as [&str; 0]);
    rig.says("opening hours");
    assert_eq!(
        rig.sent(),
        ["assistant: Hello from Lamps.", "visitor: opening hours", "assistant: Nine to five."]
    );
}

#[test]
fn the_greeting_is_given_once() {
    let mut rig = Rig::with_assistant();
    for _ in 0..2 {
        rig.does(Msg::Opened { focus: true });
        rig.does(Msg::Closed);
    }
    let mut again = rig.reloaded();
    again.does(Msg::Opened { focus: true });
    assert_eq!(again.shown(), ["assistant: Hello from Lamps."]);
}

#[test]
fn what_is_written_before_the_assistant_is_there_is_heard_when_it_comes() {
    let mut rig = Rig::bare();
    rig.does(Msg::Opened { focus: true });
    rig.says("opening hours");
    assert!(rig.chat.assistant_is_awaited());
    rig.gets_assistant();
    assert_eq!(rig.shown(), ["visitor: opening hours", "assistant: Nine to five."]);
}

#[test]
fn options_can_be_chosen_until_the_visitor_has_answered() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.says("buy a lamp");
    let asked = rig.chat.entries().last().map(|entry| entry.key);
    assert_eq!(rig.chat.live_options(), asked);
    rig.does(Msg::Chose("Desk".to_owned()));
    assert_eq!(rig.chat.live_options(), None);
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: A good choice."));
}

#[test]
fn a_blank_line_is_not_sent_and_a_long_one_stays_in_the_draft() {
    let mut rig = Rig::with_assistant();
    let long = "x".repeat(protocol::limits::MESSAGE_BYTES_MAX + 1);
    for text in ["  \n", &long] {
        rig.does(Msg::Drafted(text.to_owned()));
        rig.does(Msg::Submitted);
        assert_eq!(rig.chat.draft(), text);
    }
    assert!(rig.shown().is_empty());
}

#[test]
fn without_an_assistant_the_first_line_asks_for_a_person() {
    for broken in [None, Some("{"), Some("{\"format\": 9}")] {
        let mut rig = Rig::bare();
        rig.does(Msg::CardCame(Ok(card(broken.map(|_| "abc")))));
        if let Some(json) = broken {
            rig.does(Msg::DefinitionCame(Ok(json.to_owned())));
        }
        rig.does(Msg::Opened { focus: true });
        rig.welcome(None, vec![]);
        rig.says("Hello?");
        rig.says("Anybody?");
        assert_eq!(rig.sent(), ["visitor: Hello?", "person?", "visitor: Anybody?"], "{broken:?}");
        assert_eq!(rig.chat.standing(), Standing::Asking);
    }
}

#[test]
fn unread_lines_are_counted_while_the_panel_is_closed() {
    let mut rig = Rig::open_with_ada();
    rig.does(Msg::Closed);
    rig.happens(9, said_by_ada("Still there?"));
    let told = rig.told.iter().rfind(|news| matches!(news, ToHost::Unread(_)));
    assert_eq!(told, Some(&ToHost::Unread(1)));
    rig.does(Msg::Opened { focus: true });
    assert!(rig.told.contains(&ToHost::Unread(0)));
}
