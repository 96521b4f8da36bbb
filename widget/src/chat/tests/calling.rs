//! Calls of extensions.

use super::rig::*;

#[test]
fn a_call_names_the_definition_it_stands_in_and_its_answer_goes_on() {
    let mut rig = calling();
    let (call, hash, wanted) = rig.calls[0].clone();
    assert_eq!(
        (hash.as_str(), wanted.extension.as_str(), wanted.operation.as_str()),
        ("abc", "parcels", "find")
    );
    assert_eq!(wanted.with, [("number".to_owned(), Value::Number(7.0))]);
    assert!(rig.chat.assistant_is_awaited());
    rig.answers(call, 200);
    assert_eq!(rig.last(), "assistant: Status 200.");
    assert!(!rig.chat.assistant_is_awaited());
}

#[test]
fn what_is_written_meanwhile_is_heard_afterwards() {
    let mut rig = calling();
    rig.says("opening hours");
    assert_eq!(rig.last(), "visitor: opening hours");
    rig.answers(1, 404);
    let shown = rig.shown();
    assert_eq!(shown[shown.len() - 2..], ["assistant: Status 404.", "assistant: Nine to five."]);
}

#[test]
fn an_extension_that_does_not_answer_has_failed_and_its_late_answer_is_dropped() {
    let mut rig = calling();
    let patience = rig.rings_after(Alarm::Call).expect("set");
    assert!(u64::from(patience) > protocol::limits::CALL_SECONDS_MAX * 1_000);
    rig.does(Msg::Woke(Alarm::Call));
    rig.answers(1, 200);
    assert_eq!(rig.shown().iter().filter(|line| line.contains("Status")).count(), 1);
    assert_eq!(rig.last(), "assistant: Status 0.");
}

#[test]
fn an_author_who_answers_a_call_by_hand_may_take_their_time() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.says("where is my parcel");
    assert_eq!((rig.calls.len(), rig.rings_after(Alarm::Call)), (1, None));
    rig.answers(1, 200);
    assert_eq!(rig.last(), "assistant: Status 200.");
}

#[test]
fn a_call_that_a_reload_interrupted_has_failed_once_the_visitor_looks() {
    let mut rig = calling();
    rig.says("opening hours");
    let mut rig = rig.reloaded();
    assert_eq!(rig.last(), "visitor: opening hours", "another tab may be waiting for the answer");
    rig.does(Msg::Opened { focus: true });
    let shown = rig.shown();
    assert_eq!(shown[shown.len() - 2..], ["assistant: Status 0.", "assistant: Nine to five."]);
    assert!(rig.calls.is_empty(), "it may have been carried out");
}

#[test]
fn an_answer_after_the_conversation_is_over_is_dropped() {
    let mut rig = calling();
    rig.stands(9, ConversationState::Open, None);
    rig.does(Msg::EndConfirmed);
    rig.answers(1, 200);
    assert!(!rig.shown().iter().any(|line| line.contains("Status")), "{:?}", rig.shown());
    rig.says("opening hours");
    assert_eq!(rig.last(), "assistant: Nine to five.");
}

#[test]
fn a_draft_calls_under_its_own_name() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.does(Msg::DraftCame { path: "/api/preview/d1".to_owned(), bytes: Ok(lamps_bytes()) });
    rig.says("where is my parcel");
    assert_eq!(rig.calls[0].1, "d1");
    rig.answers(1, 0);
    assert_eq!(rig.last(), "assistant: Status 0.");
}

fn calling() -> Rig {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.welcome(None, vec![]);
    rig.says("where is my parcel");
    assert_eq!((rig.last().as_str(), rig.calls.len()), ("assistant: I am looking.", 1));
    rig
}

impl Rig {
    fn answers(&mut self, call: u32, status: u16) {
        let outcome = Outcome { success: status == 200, status, body: Value::Nothing };
        self.does(Msg::Called { call, outcome });
    }

    fn last(&self) -> String {
        self.shown().pop().unwrap_or_default()
    }
}
