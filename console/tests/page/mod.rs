//! A page as it stands in its test: pressing, filling and reading it, what it sends, and what it is told.

use crate::fixtures::*;
use console::browser::timer::Timeout;
use console::browser::{document, storage, window};
use console::pages::inbox::InboxPage;
use protocol::{Act, AgentFrame, BridgeToAgent, Summary};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::AppHandle;
use yew::html::BaseComponent;

/// A mounted page, taken away at the end of its test together with everything it left behind.
pub struct Page<T: BaseComponent> {
    pub root: Element,
    app: Option<AppHandle<T>>,
}

impl<T: BaseComponent> Page<T> {
    pub fn open(props: T::Properties) -> Self {
        fake_bridge();
        Self::mount(props)
    }

    pub fn mount(props: T::Properties) -> Self {
        let root = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&root).expect("appended");
        let app = yew::Renderer::<T>::with_root_and_props(root.clone(), props).render();
        Self { root, app: Some(app) }
    }

    /// This page goes and the other one stays, without cleaning up in between.
    pub fn reload(mut self, next: Self) -> Self {
        self.take_down();
        std::mem::forget(self);
        next
    }

    pub fn take_down(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).expect("a selector").length()
    }

    pub fn find(&self, selector: &str) -> Element {
        self.root.query_selector(selector).expect("a selector").unwrap_or_else(|| panic!("no {selector}"))
    }

    pub fn press(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
    }

    pub fn fill(&self, selector: &str, text: &str) {
        self.find(selector).unchecked_into::<HtmlInputElement>().set_value(text);
    }

    pub fn area(&self) -> HtmlTextAreaElement {
        self.find("[data-part=reply]").unchecked_into()
    }

    pub fn write(&self, text: &str) {
        let area = self.area();
        area.set_value(text);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &init).expect("an event");
        area.dispatch_event(&event).expect("dispatched");
    }

    /// Chooses the value in a list once it is there.
    pub async fn choose(&self, selector: &str, value: &str) {
        self.shows(selector).await;
        let select: HtmlSelectElement = self.find(selector).unchecked_into();
        select.set_value(value);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("change", &init).expect("an event");
        select.dispatch_event(&event).expect("dispatched");
        pause().await;
    }

    pub async fn shows(&self, selector: &str) {
        self.until(selector, || self.count(selector) > 0).await;
    }

    pub async fn reads(&self, selector: &str, words: &str) {
        let read = || {
            self.root
                .query_selector(selector)
                .ok()
                .flatten()
                .and_then(|e| e.text_content())
                .unwrap_or_default()
        };
        self.until(words, || read().contains(words)).await;
    }

    pub async fn until(&self, what: &str, holds: impl Fn() -> bool) {
        if !wait(&holds).await {
            panic!("it never came to pass: {what}\n{}", self.root.text_content().unwrap_or_default());
        }
    }
}

impl Page<InboxPage> {
    pub async fn welcomed(&self, conversations: Vec<Summary>) {
        told(&welcome(conversations));
        self.shows("[data-part=waiting-count]").await;
    }
}

impl<T: BaseComponent> Drop for Page<T> {
    fn drop(&mut self) {
        self.take_down();
        storage::forget(ana().id);
        window().location().set_hash("").expect("an address");
        real_bridge();
    }
}

pub async fn desk() -> Page<InboxPage> {
    let page = Page::<InboxPage>::open(session());
    sent_where(|f| matches!(f, AgentFrame::Hello { .. })).await;
    page
}

/// Ana has opened the conversation that is hers.
pub async fn talking() -> Page<InboxPage> {
    let page = desk().await;
    page.welcomed(vec![mine(2)]).await;
    page.press("[data-part=conversation]");
    told(&BridgeToAgent::Events { conversation: conversation(2), events: talk(), more: false });
    page.shows("[data-part=reply]:enabled").await;
    page
}

pub fn act(frame: &AgentFrame) -> Option<&Act> {
    if let AgentFrame::Act { act, .. } = frame { Some(act) } else { None }
}

pub fn says(frame: &AgentFrame) -> bool {
    matches!(act(frame), Some(Act::Say { .. }))
}

/// The first frame like that, once it is sent; what was sent before it is forgotten.
pub async fn sent_where(like: impl Fn(&AgentFrame) -> bool) -> AgentFrame {
    let frames = || -> Vec<AgentFrame> {
        all_sent().iter().map(|text| serde_json::from_str(text).expect("a frame")).collect()
    };
    assert!(wait(&|| frames().iter().any(&like)).await, "no such frame was sent: {:?}", all_sent());
    let at = frames().iter().position(&like).expect("just seen");
    let frame = frames().swap_remove(at);
    forget_sent(at + 1);
    frame
}

/// Looks again and again, for five seconds at most.
pub async fn wait(holds: &impl Fn() -> bool) -> bool {
    for _ in 0..500 {
        if holds() {
            return true;
        }
        pause().await;
    }
    false
}

pub async fn pause() {
    let timer = Rc::new(Cell::new(None));
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let due = move || drop(resolve.call0(&JsValue::NULL));
        timer.set(Some(Timeout::new(10, due)));
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("a timer");
}

pub fn told(frame: &BridgeToAgent) {
    tell(&serde_json::to_string(frame).expect("serialisable"));
}
