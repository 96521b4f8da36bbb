//! JSON is read and written here as `serde_json` does it.

use assistant::{Assistant, Heard, Session, Surroundings, Value, hear};
use protocol::Speaker as By;
use protocol::inspect::PreviewOrder;
use protocol::rich::Show;
use protocol::{
    AgentBadge, AgentId, BridgeToVisitor, BrowserAuthor, Content, ConversationId, ConversationState, Line,
    QueueId, Refusal, RefusalCode, RequestId, StateNow, Timestamp, Told, VisitorEvent, VisitorFrame,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use wasm_bindgen_test::wasm_bindgen_test;
use widget::browser::json::{Unreadable, read, write};
use widget::chat::{Body, Cursor, Delivery, Entry, Notice, Record, Speaker};

#[wasm_bindgen_test]
fn the_bridges_frames_read_back() {
    let state = StateNow {
        conversation: conversation(),
        state: ConversationState::Queued,
        assistant_enabled: false,
        number: 9_007_199_254_740_991,
        queue: Some(QueueId::new("front-desk").unwrap()),
        place: Some(3),
        wait_seconds: Some(170),
    };
    let message = "\"quoted\", \u{1f600}\n".to_owned();
    let told = [
        Told::Opened,
        Told::Said { author: By::Agent(ada()), content: options(), written_at: Timestamp::from_millis(1) },
        Told::Said { author: By::Business, content: options(), written_at: Timestamp::from_millis(1) },
        Told::AgentRequested { online: true, message: message.clone() },
        Told::Waiting,
        Told::LeaveMessage { message },
        Told::AgentJoined { agent: ada() },
        Told::AssistantBack,
        Told::Closed { by_visitor: true },
        Told::Reopened,
    ];
    let events = told.map(|told| VisitorEvent {
        conversation: conversation(),
        number: 7,
        at: Timestamp::from_millis(1_700_000_000_123),
        request: Some(id()),
        told,
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
    let assistant = Assistant::new(crate::lamps::lamps());
    let mut session = Session::default();
    for said in ["buy a lamp", "what", "where is my parcel"] {
        let around = Surroundings::at(Timestamp::default());
        hear(&assistant, &mut session, Heard::Said(said.to_owned()), &around);
        check(&session);
    }
    let map = [("a".to_owned(), Value::Number(0.1)), ("b".to_owned(), Value::List(vec![Value::YesNo(true)]))];
    session.set_variable(&assistant, "colour", Value::Map(map.into())).unwrap();
    check(&session);
    assert_ne!(session, Session::default());
}

#[wasm_bindgen_test]
fn every_kind_of_content_reads_back() {
    crate::contents::every_kind().iter().for_each(check);
}

#[wasm_bindgen_test]
fn orders_read_back() {
    check(&PreviewOrder::Restart);
    check(&PreviewOrder::Load { path: "/api/preview/1".to_owned() });
    check(&PreviewOrder::SetVariable { name: "x".to_owned(), json: "\"y\"".to_owned() });
}

#[wasm_bindgen_test]
fn fields_may_come_in_any_order_be_missing_or_unknown_as_with_serde_json() {
    let id = serde_json::to_string(&conversation()).unwrap();
    let state =
        format!(r#"{{"number":2,"conversation":{id},"new":[{{}}],"assistant_enabled":true,"state":"open"}}"#);
    let cursor = format!(r#"{{"conversation":{id}}}"#);
    let cases = [
        (r#"{"unread":3,"session":{"misses":2,"talks":[]}}"#, r#"{"session":{"misses":null}}"#),
        ("{}", r#"{"unread":"3"}"#),
        (r#"{"agent":null,"cursor":null}"#, r#"{"greeted":null}"#),
    ];
    for (right, wrong) in cases {
        assert_eq!(read::<Record>(right).ok(), serde_json::from_str(right).ok(), "{right}");
        assert_eq!(read::<Record>(wrong), Err(Unreadable), "{wrong}");
        assert!(serde_json::from_str::<Record>(wrong).is_err(), "{wrong}");
    }
    assert!(read::<Record>(cases[0].0).is_ok_and(|record| record.unread == 3));
    assert_eq!(read::<StateNow>(&state).ok(), Some(serde_json::from_str(&state).unwrap()));
    assert_eq!(read::<Cursor>(&cursor), Err(Unreadable));
}

#[wasm_bindgen_test]
fn numbers_are_written_as_precisely_as_they_are() {
    for number in [0.1, -2.5, 1e21, 1e-7, f64::from(0.3_f32), 0.0] {
        assert_eq!(read::<f64>(&write(&number)), Ok(number));
    }
    assert_eq!(write(&u64::MAX), "18446744073709551615");
    assert_eq!(write(&i64::MIN), "-9223372036854775808");
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
    let written = write(value);
    assert_eq!(read::<T>(&written).as_ref(), Ok(value), "{written}");
    assert_eq!(serde_json::from_str::<T>(&written).ok().as_ref(), Some(value), "{written}");
}

fn options() -> Content {
    let options = vec!["Yes".to_owned(), "No".to_owned()];
    Content::Options { text: Line::new("Well?").unwrap(), options, show: Show::Auto }
}

fn ada() -> AgentBadge {
    AgentBadge { id: AgentId::at(Timestamp::default(), [1; 10]), name: "Ada".to_owned() }
}

fn conversation() -> ConversationId {
    ConversationId::at(Timestamp::from_millis(77), [2; 10])
}

fn id() -> RequestId {
    RequestId::at(Timestamp::from_millis(78), [3; 10])
}
