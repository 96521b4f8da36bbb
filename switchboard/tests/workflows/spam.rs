//! Nothing is said to who sends spam, nor done for them.

use crate::desk::{Desk, both_ways};
use crate::flow::*;
use protocol::{Act, ConversationState, RefusalCode};
use switchboard::workflow::definition::*;

fn desk() -> Desk {
    Desk::with(|setup| {
        setup.rules.spam.detect = true;
        setup.rules.spam.words = vec!["casino".to_owned()];
    })
}

#[test]
fn a_run_ends_when_its_conversation_turns_out_to_be_spam() {
    both_ways(|with| {
        let waits = workflow("waits", |_| vec![step("wait", minutes(5)), step("say", say("Still there?"))]);
        let asks_name = workflow("asks", |_| {
            vec![step("name", asks(ask("Who are you?", Kind::Text))), step("thanks", say("Hello $step.name"))]
        });
        let calls = on(closed(), workflow("after", |_| vec![step("say", comment("closed"))]));
        let mut desk = with(desk().publishes(waits).publishes(asks_name).publishes(calls));
        let chat = desk.visitor_says(1, "Hello");
        assert_eq!(desk.running(chat).len(), 2);
        desk.visitor_says(1, "The best casino");
        assert_eq!(desk.state(chat), ConversationState::Spam);
        assert_eq!(desk.running(chat), [""; 0]);
        let mut ended = desk.ended(chat);
        ended.sort();
        assert_eq!(ended, ["asks: spam", "waits: spam"]);
        desk.minutes(5);
        assert_eq!(desk.said(chat), ["Who are you?"], "the answer that was spam is answered by nothing");
    });
}

#[test]
fn nothing_starts_in_spam_by_whatever_it_is_asked() {
    both_ways(|with| {
        let greets = workflow("greets", |_| vec![step("say", say("Welcome"))]);
        let tagged = on(tag_added("x"), workflow("tagged", |_| vec![step("say", say("tagged"))]));
        let hand =
            on(Trigger::Shortcut { form: vec![] }, workflow("hand", |_| vec![step("say", say("by hand"))]));
        let mut desk = with(desk().publishes(greets).publishes(tagged).publishes(hand).online(&["sue"]));
        let chat = desk.visitor_says(1, "casino");
        assert_eq!((desk.state(chat), desk.said(chat).len()), (ConversationState::Spam, 0));
        desk.does("sue", chat, Act::Tag { tag: "x".to_owned(), add: true });
        assert_eq!(desk.starts("sue", chat, "hand", &[]), Err(RefusalCode::WrongState));
        assert_eq!((desk.said(chat).len(), desk.count(chat, "workflow_started")), (0, 0));
        desk.does("sue", chat, Act::UnmarkSpam);
        desk.starts("sue", chat, "hand", &[]).expect("it is none any more");
        assert_eq!(desk.said(chat), ["by hand"]);
    });
}
