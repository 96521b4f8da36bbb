//! The page the tests play.

use protocol::SiteId;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use widget::browser::page::Page;
use widget::chat::Mode;
use widget::components::app::{App, AppProps};

#[wasm_bindgen(module = "/tests/fake_page.js")]
extern "C" {
    #[wasm_bindgen(js_name = playBridge)]
    fn play_bridge(texts: &str, definition: Option<Vec<u8>>);
    pub fn dialled() -> u32;
    pub fn sent() -> String;
    #[wasm_bindgen(js_name = postedText)]
    pub fn posted() -> String;
    #[wasm_bindgen(js_name = bridgeSays)]
    fn bridge_says(frame: &str);
    #[wasm_bindgen(js_name = bridgeDies)]
    pub fn bridge_dies();
    #[wasm_bindgen(js_name = storageIs)]
    pub fn storage_is(how: &str);
    #[wasm_bindgen(js_name = type)]
    pub fn write(css: &str, text: &str);
    pub fn press(css: &str, key: &str, shift: bool, composing: bool) -> bool;
    pub fn click(css: &str);
    pub fn order(body: &str);
    pub fn choose(css: &str, value: &str);
    pub fn look(css: &str, name: &str) -> String;
    fn texts(css: &str) -> Vec<String>;
    pub fn count(css: &str) -> u32;
    pub fn embed(loader: &str, early: &str);
    #[wasm_bindgen(js_name = embedWith)]
    pub fn embed_with(loader: &str, attributes: &str);
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(address: &str);
    #[wasm_bindgen(js_name = listenToPage)]
    pub fn listen_to_page(event: &str) -> JsValue;
    #[wasm_bindgen(js_name = inLoader)]
    pub fn in_loader(css: &str) -> Option<web_sys::HtmlElement>;
    pub fn loader() -> JsValue;
    #[wasm_bindgen(js_name = frameSays)]
    pub async fn frame_says(message: &str);
    #[wasm_bindgen(js_name = listenAsFrame)]
    pub fn listen_as_frame() -> JsValue;
    #[wasm_bindgen(js_name = heardText)]
    pub fn heard_text(heard: &JsValue) -> String;
    pub fn say(text: &str);
}

/// Longer than anything here takes, so that only what never happens reaches it.
const WAIT_MILLIS: u32 = 5_000;

/// A chat on the page; gone with the value.
pub struct Mounted(Option<yew::AppHandle<App>>, web_sys::Element);

/// Puts a chat on the page.
pub fn mount(mode: Mode) -> Mounted {
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("main").unwrap();
    document.body().unwrap().append_child(&place).unwrap();
    let page = Page { site: SiteId::new("demo").unwrap(), mode, shared: None };
    let handle = yew::Renderer::<App>::with_root_and_props(place.clone(), AppProps { page }).render();
    Mounted(Some(handle), place)
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(handle) = self.0.take() {
            handle.destroy();
        }
        self.1.remove();
    }
}

/// Plays a bridge with this assistant, and storage that works and is empty.
pub fn with_bridge(definition: Vec<u8>) {
    let card = CARD.replace("null", r#"{"languages":[{"tag":"en","hash":"abc"}]}"#);
    let outcome = r#"{"success":true,"status":200,"body":{"found":"in Lisbon"}}"#;
    play(&card, &[("/api/sites/demo/call", outcome)], Some(definition));
}

/// Plays a bridge of a site where people answer.
pub fn with_people() {
    play(CARD, &[], None);
}

const CARD: &str = r##"{"site":"demo","name":"Lamps","look":{"accent":"#0d6e5f"},"assistant":null}"##;

fn play(card: &str, more: &[(&str, &str)], definition: Option<Vec<u8>>) {
    storage_is("fine");
    let texts = std::iter::once(("/api/sites/demo", card)).chain(more.iter().copied());
    let texts: std::collections::BTreeMap<&str, &str> = texts.collect();
    play_bridge(&serde_json::to_string(&texts).unwrap(), definition);
}

/// The bridge says this.
pub fn told(frame: &protocol::BridgeToVisitor) {
    bridge_says(&serde_json::to_string(frame).unwrap());
}

/// What the log shows, a text each.
pub fn log() -> Vec<String> {
    texts("[data-part=entry] [data-part=text]")
}

/// Waits until something is so; fails the test when it never is.
pub async fn until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..WAIT_MILLIS / 10 {
        if is() {
            return;
        }
        JsFuture::from(js_sys::Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).unwrap();
        }))
        .await
        .unwrap();
    }
    panic!("never: {what}; the log is {:?}", log());
}
