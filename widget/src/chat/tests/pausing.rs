//! Pauses between the assistant's messages.

use super::rig::*;

#[test]
fn what_follows_a_pause_is_reported_at_once_and_shown_afterwards() {
    let mut rig = talking();
    rig.says("tell me a story");
    assert_eq!(rig.sent(), WHOLE);
    assert_eq!(rig.shown()[1..], WHOLE[1..3]);
    assert!(rig.chat.assistant_is_typing());
    assert_eq!(rig.rings_after(Alarm::Reveal), Some(300));
    rig.does(Msg::Woke(Alarm::Reveal));
    assert_eq!(rig.shown()[1..], WHOLE[1..4]);
    assert!(!rig.chat.assistant_is_typing(), "the second pause is a silent one");
    rig.does(Msg::Woke(Alarm::Reveal));
    assert_eq!(rig.shown()[1..], WHOLE[1..]);
    rig.does(Msg::Woke(Alarm::Reveal));
}

#[test]
fn a_reload_during_a_pause_shows_everything() {
    let mut rig = talking();
    rig.says("tell me a story");
    assert_eq!(rig.reloaded().shown()[1..], WHOLE[1..]);
}

#[test]
fn whoever_writes_during_a_pause_ends_it() {
    let mut rig = talking();
    rig.says("tell me a story");
    rig.says("opening hours");
    let shown = rig.shown();
    assert_eq!(shown[1..5], WHOLE[1..]);
    assert_eq!(shown[5..], ["visitor: opening hours", "assistant: Nine to five."]);
    assert!(!rig.chat.assistant_is_typing());
}

#[test]
fn the_page_around_hears_of_a_line_when_it_is_shown() {
    let mut rig = talking();
    rig.says("tell me a story");
    let heard = |rig: &Rig| {
        let words = |told: &ToHost| matches!(told, ToHost::Message { text, .. } if text == "Twice.");
        rig.told.iter().filter(|told| words(told)).count()
    };
    assert_eq!(heard(&rig), 0);
    rig.does(Msg::Woke(Alarm::Reveal));
    rig.says("opening hours");
    assert_eq!(heard(&rig), 1);
}

const WHOLE: [&str; 5] = [
    "assistant: Hello from Lamps.",
    "visitor: tell me a story",
    "assistant: Once.",
    "assistant: Twice.",
    "assistant: Thrice.",
];

fn talking() -> Rig {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig
}
