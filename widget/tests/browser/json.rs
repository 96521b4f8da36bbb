//! What the browser's own parser reads is what `serde_json` wrote.

use protocol::inspect::PreviewOrder;
use protocol::{
    AgentBadge, AgentId, Author, BridgeToVisitor, BrowserAuthor, Content, ConversationId, ConversationState,
    Event, HandOff, HandOffReason, Happening, Line, QueueId, Refusal, RefusalCode, RequestId, StateNow,
    Timestamp, VisitorFrame,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use wasm_bindgen_test::wasm_bindgen_test;
use widget::browser::json::{Unreadable, read};
use widget::chat::{Body, Delivery, Entry, Notice, Record, Speaker};

#[wasm_bindgen_test]
fn the_bridges_frames_read_back() {
    let state = StateNow {
        conversation: conversation(),
        state: ConversationState::Queued,
        assistant_enabled: false,
        number: 9_007_199_254_740_991,
        queue: Some(QueueId::new("front-desk").unwrap()),
        place: Some(3),
    };
    let request = HandOff {
        queue: None,
        reason: HandOffReason::NoMatches,
        online_message: "x".to_owned(),
        offline_message: "\"quoted\", \u{1f600}\n".to_owned(),
        message_to_agent: None,
        action: None,
        collected: vec![],
    };
    let queue = QueueId::new("a").unwrap();
    let happenings = [
        Happening::Said { author: agent(), content: options(), written_at: Timestamp::from_millis(1) },
        Happening::AgentRequested { queue, online: true, hand_off: request },
        Happening::Closed { by: None },
    ];
    let events = happenings.map(|happening| Event {
        conversation: conversation(),
        number: 7,
        at: Timestamp::from_millis(1_700_000_000_123),
        request: Some(id()),
        happening,
    });
    let refusal = Refusal::new(RefusalCode::TryAgain, "later");
    for frame in [
        BridgeToVisitor::Welcome { state: Some(state.clone()), events: events.to_vec(), more: true },
        BridgeToVisitor::State(state),
        BridgeToVisitor::Accepted { id: id(), conversation: conversation(), number: 0 },
        BridgeToVisitor::Refused { id: None, refusal },
        BridgeToVisitor::Typing { name: "Ada".to_owned(), typing: true },
        BridgeToVisitor::Pong,
    ] {
        check(&frame);
    }
}

#[wasm_bindgen_test]
fn what_storage_holds_reads_back() {
    let mut record = Record::default();
    for body in [
        Body::Said { by: Speaker::Agent { name: "Ada".to_owned() }, content: options() },
        Body::Noticed(Notice::Ended),
        Body::Noticed(Notice::Joined { name: "Ada".to_owned() }),
    ] {
        let delivery = Delivery::Failed { why: "no".to_owned() };
        record.add(Entry { key: 0, at: Timestamp::from_millis(5), body, delivery, request: Some(id()) });
    }
    record.unheard.push("x".to_owned());
    check(&record);
    check(&VisitorFrame::Say {
        id: id(),
        author: BrowserAuthor::Visitor,
        content: options(),
        written_at: Timestamp::default(),
    });
}

#[wasm_bindgen_test]
fn a_talk_with_the_assistant_reads_back() {
    let json = r#"{"format":1,"name":"x","language":"en","actions":[{"id":"a","title":"A","phrases":["a number"],"steps":[
        {"id":"n","say":"How many?","ask":{"kind":"number"}},{"id":"m","say":"Sure?","ask":{"kind":"yes_no"}}]}]}"#;
    let assistant = assistant::read(json).unwrap();
    let mut session = assistant::Session::default();
    for said in ["a number", "2.5"] {
        assistant::hear(&assistant, &mut session, assistant::Heard::Said(said.to_owned()), 0);
        check(&session);
    }
    assert_ne!(session, assistant::Session::default());
}

#[wasm_bindgen_test]
fn orders_read_back() {
    check(&PreviewOrder::Restart);
    check(&PreviewOrder::Load { definition: "{}".to_owned() });
}

#[wasm_bindgen_test]
fn what_is_not_expected_is_unreadable_and_never_a_panic() {
    for json in [
        "",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        "\"nothing\"",
        r#"{"pong":{}}"#,
        r#"{"state":7}"#,
        r#"{"typing":[1,2]}"#,
    ] {
        assert_eq!(read::<BridgeToVisitor>(json), Err(Unreadable), "{json}");
    }
    for number in ["-1", "1.5", "9007199254740993", "1e300", "\"1\"", "null"] {
        assert_eq!(read::<u64>(number), Err(Unreadable), "{number}");
    }
    assert!(read::<Line>("\" \"").is_err(), "a blank line is none");
}

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(read::<T>(&json).as_ref(), Ok(value), "{json}");
}

fn options() -> Content {
    let options = vec!["Yes".to_owned(), "No".to_owned()];
    Content::Options { text: Line::new("Well?").unwrap(), options }
}

fn agent() -> Author {
    Author::Agent(AgentBadge { id: AgentId::at(Timestamp::default(), [1; 10]), name: "Ada".to_owned() })
}

fn conversation() -> ConversationId {
    ConversationId::at(Timestamp::from_millis(77), [2; 10])
}

fn id() -> RequestId {
    RequestId::at(Timestamp::from_millis(78), [3; 10])
}
