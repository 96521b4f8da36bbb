//! Does what the chat decides, with what browsers have: sockets, storage, timers, the page around.

pub mod clock;
mod fetch;
mod host_page;
pub mod json;
pub mod listener;
pub mod page;
mod socket;
pub mod storage;
mod timers;
pub mod world;

use crate::chat::{Alarm, Chat, Effect, Mode, Moment, Msg, Start};
use crate::locale::Words;
use host_page::HostPage;
use listener::Listener;
use page::Page;
use protocol::{PageSeen, VisitorFrame};
use socket::Socket;
use storage::Storage;
use timers::Timers;
use wasm_bindgen::JsCast;
use yew::Callback;

/// The chat's hands. Dropping it closes the socket and stops listening.
pub struct Browser {
    page: Page,
    tell: Callback<Msg>,
    storage: Storage,
    socket: Option<Socket>,
    timers: Timers<Alarm>,
    host: HostPage,
    /// The page that the bridge was told of on this connection.
    page_told: Option<PageSeen>,
    _listeners: Vec<Listener>,
}

impl Browser {
    /// Takes hold of the page. News for the chat go to `tell`.
    pub fn start(page: Page, tell: Callback<Msg>) -> Self {
        let storage = match page.mode {
            Mode::Site if page.shared.is_some() => Storage::of_shared(&page.site),
            Mode::Site => Storage::of_site(&page.site),
            Mode::Preview => Storage::forgetful(),
        };
        let host = HostPage::around(page.mode, tell.clone());
        let listeners = wake_ups(&tell);
        let timers = Timers::default();
        Self { page, tell, storage, socket: None, timers, host, page_told: None, _listeners: listeners }
    }

    /// Whether a page around decides when the chat is shown.
    pub fn is_embedded(&self) -> bool {
        self.host.decides_when_shown()
    }

    /// What was kept of the last visit.
    pub fn remembered(&self, words: &'static Words) -> Start {
        Start {
            mode: self.page.mode,
            words,
            languages: host_page::locale().into_iter().chain(world::languages()).collect(),
            record: self.storage.record(),
            requests: self.storage.requests(),
            draft: self.storage.draft(),
        }
    }

    /// Runs `then` with the time, a source of chance, and the world around.
    pub fn with_moment<T>(&self, then: impl FnOnce(&mut Moment) -> T) -> T {
        let facts = self.host.facts();
        let around = |now, chance| world::around(now, chance, &facts.borrow());
        then(&mut Moment { now: clock::now(), draw: &mut clock::draw, around: &around })
    }

    /// Does one thing for the chat, which has already decided on it.
    pub fn perform(&mut self, effect: Effect, chat: &Chat) {
        match effect {
            Effect::FetchCard => fetch::card(&self.page, self.tell.clone()),
            Effect::FetchDefinition { hash } => fetch::definition(&self.page, hash, self.tell.clone()),
            Effect::FetchDraft { path } => fetch::draft(path, self.tell.clone()),
            Effect::Call { call, assistant, wanted } => {
                fetch::call(&self.page, call, assistant, wanted, self.tell.clone());
            }
            Effect::Dial { dial } => self.socket = Some(Socket::dial(dial, self.tell.clone())),
            Effect::HangUp => self.socket = None,
            Effect::Greet { seen } => self.greet(seen.map(|cursor| (cursor.conversation, cursor.number))),
            Effect::Send(frame) => {
                self.tell_page();
                self.send(&frame);
            }
            Effect::Wake { alarm, after_millis } => {
                let tell = self.tell.clone();
                self.timers.set(alarm, after_millis, move || tell.emit(Msg::Woke(alarm)));
            }
            Effect::KeepRecord => self.storage.keep_record(chat.record()),
            Effect::KeepDraft => self.storage.keep_draft(chat.draft()),
            Effect::KeepRequest(frame) => self.storage.keep_request(&frame),
            Effect::DropRequest(id) => self.storage.drop_request(id),
            Effect::TellHost(news) => self.host.tell(&news),
            Effect::Report(report) => self.host.report(&report),
            Effect::ShowLook { accent } => {
                if let Some(look) = page::show_look(&accent) {
                    self.host.tell_look(look);
                }
            }
            Effect::FocusComposer => page::focus_composer(),
            Effect::Warn(what) => clock::warn(&what),
        }
    }

    fn greet(&mut self, seen: Option<(protocol::ConversationId, u64)>) {
        let secret = self.storage.secret();
        self.send(&VisitorFrame::hello(self.page.site.clone(), secret, seen));
        self.page_told = None;
        self.tell_page();
    }

    /// Tells of the page around, when it is another than was told of. Looked at with whatever is sent, pings among it: pages
    /// that never reload tell their address when they like.
    fn tell_page(&mut self) {
        if self.page.mode == Mode::Preview {
            return;
        }
        let page = self.host.facts().borrow().seen(world::languages().into_iter().next());
        if self.page_told.as_ref() != Some(&page) {
            self.send(&VisitorFrame::Page { page: page.clone() });
            self.page_told = Some(page);
        }
    }

    fn send(&self, frame: &VisitorFrame) {
        if let Some(socket) = &self.socket {
            socket.send(frame);
        }
    }
}

/// Whether the key is meant for a field's own list or calendar.
fn closes_field(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.matches("select, input").is_ok_and(|field| field))
}

/// Moments at which it is worth looking whether the bridge is there, and the key that hides the panel.
fn wake_ups(tell: &Callback<Msg>) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let awoke = |tell: &Callback<Msg>| {
        let tell = tell.clone();
        move |_: web_sys::Event| {
            if page::is_looked_at() {
                tell.emit(Msg::Awoke);
            }
        }
    };
    let close = tell.clone();
    let escaped = move |event: web_sys::Event| {
        let Ok(event) = event.dyn_into::<web_sys::KeyboardEvent>() else { return };
        if event.key() == "Escape"
            && !event.is_composing()
            && !event.default_prevented()
            && !closes_field(&event)
        {
            close.emit(Msg::CloseAsked);
        }
    };
    let mut listeners = vec![
        Listener::add(&window, "online", awoke(tell)),
        Listener::add(&window, "pageshow", awoke(tell)),
        Listener::add(&window, "keydown", escaped),
    ];
    if let Some(document) = window.document() {
        listeners.push(Listener::add(&document, "visibilitychange", awoke(tell)));
    }
    listeners
}
