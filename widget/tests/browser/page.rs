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
    fn play_bridge(texts: &str);
    pub fn dialled() -> u32;
    pub fn sent() -> String;
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
    fn texts(css: &str) -> Vec<String>;
    pub fn count(css: &str) -> u32;
    pub fn embed(loader: &str, early: &str);
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
    let page = Page { site: SiteId::new("demo").unwrap(), mode };
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
pub fn with_bridge(definition: &str) {
    storage_is("fine");
    let card = r##"{"site":"demo","name":"Lamps","look":{"accent":"#0d6e5f"},"assistant":"abc"}"##;
    let texts = serde_json::json!({ "/api/sites/demo": card, "/api/sites/demo/assistant/abc": definition })
        .to_string();
    play_bridge(&texts);
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
