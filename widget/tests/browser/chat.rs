//! The chat as a visitor uses it.

use crate::lamps::lamps_bytes;
use crate::page::*;
use protocol::{
    AgentBadge, AgentId, BridgeToVisitor, Content, ConversationId, ConversationState, QueueId, Speaker,
    StateNow, Timestamp, Told, VisitorEvent,
};
use wasm_bindgen_test::wasm_bindgen_test;
use widget::chat::Mode;

const COMPOSER: &str = "[data-part=composer]";

#[wasm_bindgen_test]
async fn the_assistant_greets_and_answers_in_the_browser() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("greeted", || log() == ["Hello from Lamps."]).await;
    says("buy a lamp").await;
    until("asked", || log() == ["Hello from Lamps.", "buy a lamp", "Which lamp?"]).await;
    click("[data-part=option]");
    until("answered", || log().ends_with(&["Desk".to_owned(), "A good choice.".to_owned()])).await;
    assert_eq!((count("[data-part=option]"), count("[data-part=option]:enabled")), (2, 0));
    assert_eq!(look(".option.chosen", "textContent"), "Desk");
}

#[wasm_bindgen_test]
async fn an_extension_is_called_through_the_bridge() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("greeted", || log().len() == 1).await;
    says("where is my parcel").await;
    until("answered", || log().last().is_some_and(|line| line == "Status 200.")).await;
    let body = r#""body":{"assistant":"abc","extension":"parcels","operation":"find","with":{"number":7}}"#;
    assert!(posted().contains(body) && posted().contains("/api/sites/demo/call"), "{}", posted());
}

#[wasm_bindgen_test]
async fn a_pause_shows_who_is_writing_and_then_goes_on() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("greeted", || log().len() == 1).await;
    says("tell me a story").await;
    until("pausing", || log().len() == 3 && count("[data-part=typing]") == 1).await;
    until("told to its end", || log().len() == 5 && count("[data-part=typing]") == 0).await;
}

#[wasm_bindgen_test]
async fn enter_sends_unless_shifted_or_composing() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("greeted", || log().len() == 1).await;
    write(COMPOSER, "one");
    until("drafted", || count("[data-part=send]:enabled") == 1).await;
    assert!(press(COMPOSER, "Enter", true, false), "the browser begins a new line");
    assert!(press(COMPOSER, "Enter", false, true), "the input method takes it");
    assert!(!press(COMPOSER, "Enter", false, false), "it is sent");
    until("sent", || log().get(1).is_some_and(|text| text == "one")).await;
    until("emptied", || count("[data-part=send]:disabled") == 1).await;
    assert!(!press(COMPOSER, "Enter", false, false));
    assert_eq!(count("[data-part=entry][data-author=visitor]"), 1);
}

#[wasm_bindgen_test]
async fn what_agents_write_is_drawn_as_text_and_never_as_html() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("dialled", || dialled() == 1).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    told(&opened());
    let text = "<img src=x onerror=alert(1)> [here](javascript:alert(1)) and [there](https://a.example)";
    told(&agent_says(2, text));
    let drawn = "<img src=x onerror=alert(1)> [here](javascript:alert(1)) and there";
    until("shown", || log().iter().any(|line| line == drawn)).await;
    assert_eq!(count("[data-part=text] img"), 0);
    assert_eq!(count("[data-part=text] a"), 1);
    assert_eq!(count("a[href='https://a.example'][rel~=noopener][target=_blank]"), 1);
}

#[wasm_bindgen_test]
async fn a_reload_shows_the_same_and_goes_on_after_the_last_number() {
    with_bridge(lamps_bytes());
    let chat = mount(Mode::Site);
    until("dialled", || dialled() == 1).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    told(&opened());
    told(&agent_says(2, "Good day."));
    write(COMPOSER, "half a question");
    until("greeted and told", || log().len() == 2).await;
    let before = log();
    drop(chat);
    let _chat = mount(Mode::Site);
    until("the same", || log() == before).await;
    until("dialled again", || dialled() == 2 && sent().matches("hello").count() == 2).await;
    assert!(sent().contains(r#""after":2"#), "{}", sent());
    until("the draft is back", || count("[data-part=send]:enabled") == 1).await;
}

#[wasm_bindgen_test]
async fn the_chat_works_where_storage_is_blocked() {
    with_bridge(lamps_bytes());
    storage_is("blocked");
    let _chat = mount(Mode::Site);
    until("greeted", || log().len() == 1).await;
    says("buy a lamp").await;
    until("answered", || log().len() == 3).await;
    storage_is("fine");
}

#[wasm_bindgen_test]
async fn a_lost_bridge_is_told_of_and_what_is_written_waits() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("greeted", || sent().matches("hello").count() == 1).await;
    bridge_dies();
    until("told", || count("[data-part=connection]") == 1).await;
    says("talk to the lamp team").await;
    until("unsent", || count("[data-author=visitor][data-sent=false]") == 1).await;
    until("greeted again", || sent().matches("hello").count() == 2).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    until("over", || count("[data-part=connection]") == 0).await;
    assert!(sent().contains("request_agent"), "{}", sent());
}

#[wasm_bindgen_test]
async fn a_preview_obeys_the_page_around_and_dials_nobody() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Preview);
    until("greeted", || log().len() == 1).await;
    says("talk to the lamp team").await;
    until("shown what would be", || count("[data-part=demonstrated]") == 1).await;
    order(r#""restart""#);
    until("started over", || log() == ["Hello from Lamps."]).await;
    assert_eq!(dialled(), 0);
    let local = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(local.length().unwrap(), 0);
}

#[wasm_bindgen_test]
async fn who_waits_sees_the_place_and_the_time_and_stops_waiting_at_once() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("dialled", || dialled() == 1).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    told(&opened());
    told(&event(2, Told::Waiting));
    told(&BridgeToVisitor::State(StateNow {
        conversation: conversation(),
        state: ConversationState::Queued,
        assistant_enabled: false,
        number: 2,
        queue: Some(QueueId::new("desk").unwrap()),
        place: Some(2),
        wait_seconds: Some(170),
    }));
    let status = "You are number 2 in line · about 3 minutes";
    until("waiting", || look("[data-part=status]", "textContent") == status).await;
    click("[data-part=end]");
    until("stopped", || sent().contains(r#"{"stop_waiting""#) && count("[data-part=end]") == 0).await;
    assert_eq!(count("[data-part=end-question]"), 0);
}

#[wasm_bindgen_test]
async fn ending_a_talk_is_asked_about_in_place_and_the_focus_is_on_going_on() {
    with_bridge(lamps_bytes());
    let _chat = mount(Mode::Site);
    until("dialled", || dialled() == 1).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    told(&opened());
    told(&event(2, Told::AgentJoined { agent: ada() }));
    until("joined", || count("[data-part=end][aria-expanded=false]") == 1).await;
    click("[data-part=end]");
    until("asked", || count("[data-part=end-no]:focus") == 1).await;
    assert!(!press("[data-part=end-no]", "Escape", false, false), "it does not hide the panel");
    until("kept", || count("[data-part=end-question]") == 0).await;
    assert!(!sent().contains(r#"{"end""#));
    click("[data-part=end]");
    until("asked again", || count("[data-part=end-yes]") == 1).await;
    click("[data-part=end-yes]");
    until("ended", || sent().contains(r#"{"end""#) && count("[data-part=end-question]") == 0).await;
}

async fn says(text: &str) {
    write(COMPOSER, text);
    until("drafted", || count("[data-part=send]:enabled") == 1).await;
    click("[data-part=send]");
}

fn opened() -> BridgeToVisitor {
    event(1, Told::Opened)
}

fn agent_says(number: u64, text: &str) -> BridgeToVisitor {
    let content = Content::text(text).unwrap();
    event(number, Told::Said { author: Speaker::Agent(ada()), content, written_at: Timestamp::default() })
}

fn ada() -> AgentBadge {
    AgentBadge { id: AgentId::at(Timestamp::default(), [1; 10]), name: "Ada".to_owned() }
}

fn event(number: u64, told: Told) -> BridgeToVisitor {
    let at = Timestamp::from_millis(1_700_000_000_000);
    BridgeToVisitor::Happened(VisitorEvent { conversation: conversation(), number, at, request: None, told })
}

fn conversation() -> ConversationId {
    ConversationId::at(Timestamp::default(), [1; 10])
}
