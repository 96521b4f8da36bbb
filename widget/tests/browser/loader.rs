//! The script that sites embed.

use crate::page::*;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const LOADER: &str = include_str!("../../loader/loader.js");

#[wasm_bindgen_test]
async fn the_launcher_is_there_at_once_and_opens_the_frame() {
    embed(LOADER, "");
    let launcher = in_loader("[data-part=launcher]").expect("a launcher");
    assert_eq!(launcher.get_attribute("aria-expanded").as_deref(), Some("false"));
    launcher.click();
    let frame = in_loader("iframe[data-part=frame]").expect("a frame");
    assert!(!frame.class_list().contains("open"), "an empty frame is not shown");
    let opening = in_loader("[data-part=opening]").and_then(|words| words.text_content());
    assert_eq!(opening.as_deref(), Some("Opening the chat…"));
    frame_says(r#"{ passerelle: "ready" }"#).await;
    until("shown", || frame.class_list().contains("open")).await;
    assert_eq!(launcher.get_attribute("aria-expanded").as_deref(), Some("true"));
    let address = Reflect::get(&frame, &"src".into()).unwrap().as_string().unwrap();
    assert!(address.contains("/frame/demo#host=http"), "{address}");
    call("destroy");
    assert!(in_loader("button").is_none() && loader().is_undefined());
}

#[wasm_bindgen_test]
async fn a_bridge_that_does_not_answer_is_asked_again() {
    embed(LOADER, "");
    call("open");
    let first = in_loader("iframe").expect("a frame");
    let words =
        || in_loader("[data-part=opening]").and_then(|words| words.text_content()).unwrap_or_default();
    until("said", || words() == "The chat cannot be reached. Trying again…").await;
    until("asked again", || in_loader("iframe").is_some_and(|frame| frame != first)).await;
    call("destroy");
}

#[wasm_bindgen_test]
async fn calls_made_before_it_came_are_made_up_for() {
    embed(LOADER, r#"{"q":[["open"]]}"#);
    assert_eq!(Reflect::get(&loader(), &"isOpen".into()).unwrap(), JsValue::TRUE);
    call("destroy");
}

#[wasm_bindgen_test]
async fn there_is_one_chat_on_a_page() {
    embed(LOADER, "");
    let first = loader();
    let again = js_sys::Function::new_no_args(LOADER);
    again.call0(&JsValue::UNDEFINED).unwrap();
    assert_eq!((loader(), count("passerelle-chat")), (first, 1));
    call("destroy");
}

#[wasm_bindgen_test]
async fn the_frame_is_told_when_it_is_shown_and_its_unread_lines_are_counted() {
    embed(LOADER, "");
    call("open");
    frame_says(r#"{ passerelle: "ready" }"#).await;
    let heard = listen_as_frame();
    until("told", || heard_text(&heard).contains("opened")).await;
    call("close");
    until("told again", || heard_text(&heard).contains("closed")).await;
    frame_says(r#"{ passerelle: "unread", count: 3 }"#).await;
    let badge = || in_loader("span").and_then(|badge| badge.text_content()).unwrap_or_default();
    until("counted", || badge() == "3").await;
    frame_says(r#"{ passerelle: "unread", count: "<b>many</b>" }"#).await;
    frame_says(r#"{ passerelle: "constructor" }"#).await;
    frame_says(r#"{ passerelle: "unread", count: 4 }"#).await;
    until("only numbers count", || badge() == "4").await;
    call("destroy");
}

#[wasm_bindgen_test]
async fn only_the_frame_is_listened_to() {
    embed(LOADER, "");
    call("open");
    frame_says(r#"{ passerelle: "ready" }"#).await;
    say(r#"{ "passerelle": "unread", "count": 9 }"#);
    say(r#"{ "passerelle": "close" }"#);
    frame_says(r#"{ passerelle: "unread", count: 1 }"#).await;
    let label = || in_loader("button").and_then(|b| b.get_attribute("aria-label")).unwrap_or_default();
    call("close");
    call("open");
    frame_says(r#"{ passerelle: "close" }"#).await;
    until("closed by its frame", || label() == "Chat: open (1)").await;
    call("destroy");
}

#[wasm_bindgen_test]
async fn escape_closes_and_focus_returns_to_the_launcher() {
    embed(LOADER, "");
    call("open");
    let frame = in_loader("iframe").unwrap();
    frame_says(r#"{ passerelle: "ready" }"#).await;
    until("shown", || frame.class_list().contains("open")).await;
    frame.focus().unwrap();
    frame_says(r#"{ passerelle: "close" }"#).await;
    until("closed", || !frame.class_list().contains("open")).await;
    let focused = in_loader(":focus").and_then(|element| element.get_attribute("data-part"));
    assert_eq!(focused.as_deref(), Some("launcher"));
    call("destroy");
}

#[wasm_bindgen_test]
async fn the_page_is_told_of_buttons_that_are_meant_for_it() {
    embed(LOADER, "");
    call("open");
    let heard = listen_to_page("passerelle:event");
    let drawn = listen_to_page("passerelle:userDefined");
    frame_says(r#"{ passerelle: "event", name: "lit", data: '{"on":true}' }"#).await;
    frame_says(r#"{ passerelle: "event", name: "bare", data: "" }"#).await;
    frame_says(r#"{ passerelle: "userDefined", data: "no JSON", text: "A lamp." }"#).await;
    until("told", || heard_text(&heard).contains("bare")).await;
    assert_eq!(heard_text(&heard), r#"[{"name":"lit","data":{"on":true}},{"name":"bare"}]"#);
    until("drawn", || heard_text(&drawn) == r#"[{"data":"no JSON","text":"A lamp."}]"#).await;
    call("close");
    call("destroy");
}

#[wasm_bindgen_test]
async fn the_frame_learns_where_the_visitor_is_without_fragment_and_token() {
    go_to("?shoe=42&t=a.b-c#secret");
    embed_with(LOADER, r#"{ "shared": "a.b-c" }"#);
    call("open");
    frame_says(r#"{ passerelle: "ready" }"#).await;
    let heard = listen_as_frame();
    let window = web_sys::window().unwrap();
    window.document().unwrap().set_title("Lamps");
    window.dispatch_event(&web_sys::Event::new("blur").unwrap()).unwrap();
    until("told", || heard_text(&heard).contains(r#""title":"Lamps""#)).await;
    assert!(heard_text(&heard).contains(r#"?shoe=42&t=","title""#), "{}", heard_text(&heard));
    go_to("?");
    call("close");
    call("destroy");
}

#[wasm_bindgen_test]
async fn a_shared_link_and_a_language_reach_the_frame() {
    embed_with(LOADER, r#"{ "shared": "a.b-c", "locale": "pt-BR" }"#);
    call("open");
    let frame = in_loader("iframe").expect("a frame");
    let address = frame.get_attribute("src").unwrap();
    assert!(
        address.contains("/frame/demo?shared=a.b-c#host=http") && address.ends_with("&locale=pt-BR"),
        "{address}"
    );
    call("close");
    call("destroy");
}

fn call(method: &str) {
    let method: Function = Reflect::get(&loader(), &method.into()).unwrap().unchecked_into();
    method.call0(&loader()).unwrap();
}
