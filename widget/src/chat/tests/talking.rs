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
    assert!(rig.is_live("assistant: Which lamp?"));
    rig.does(Msg::Chose("Desk".to_owned()));
    assert!(!rig.is_live("assistant: Which lamp?"));
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
    for broken in [None, Some(&b""[..]), Some(b"\xffx")] {
        let mut rig = Rig::bare();
        rig.does(Msg::CardCame(Ok(card(broken.map(|_| "abc")))));
        if let Some(bytes) = broken {
            rig.does(Msg::DefinitionCame { hash: "abc".to_owned(), bytes: Ok(bytes.to_vec()) });
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

#[test]
fn the_assistant_is_fetched_in_the_visitors_language() {
    let mut rig = Rig::bare();
    let assistant = Some(spoken(&[("fr", "un"), ("en", "one")]));
    rig.does(Msg::CardCame(Ok(SiteCard { assistant, ..card(None) })));
    assert_eq!(rig.fetches, ["card", "one"]);
}

#[test]
fn the_page_around_is_told_what_only_it_can_draw_and_do() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.says("show everything");
    let (json, text) = ("{\"lamp\":1}".to_owned(), "A lamp only the page can draw.".to_owned());
    assert!(rig.told.contains(&ToHost::UserDefined { json, text }), "{:?}", rig.told);
    let pressed = ("lit".to_owned(), "{\"on\":true}".to_owned());
    rig.does(Msg::Emitted { event: pressed.0.clone(), data: pressed.1.clone() });
    assert_eq!(rig.told.last(), Some(&ToHost::Event { event: pressed.0, data: pressed.1 }));
}
