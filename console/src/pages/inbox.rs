//! The inbox in the browser: carries messages to the pure [`Inbox`], does what it decides, and draws it.

use crate::browser::fetch::{self, Session};
use crate::browser::listener::Listener;
use crate::browser::socket::Socket;
use crate::browser::timer::{Interval, Timeout};
use crate::browser::{clock, document, page, storage, window};
use crate::components::{banner, conversation, form, lists, shortcuts, top_bar};
use crate::inbox::keys::meaning;
use crate::inbox::{Effect, Inbox, Msg, lists as order};
use protocol::{ConversationId, Timestamp};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// How often waits and countdowns are drawn anew.
const TICK_MILLIS: i32 = 1_000;

/// Keys and movements are told of this often at most.
const ACTIVE_EVERY_MILLIS: u64 = 10_000;

/// A focus that finds no place for so long is given up, so that it does not surprise later.
const FOCUS_WAIT_MILLIS: u64 = 2_000;

/// Who works here.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Who is signed in.
    pub session: Session,
    /// The session is over, and why when the agent did not choose it.
    pub on_ended: Callback<Option<&'static str>>,
}

/// Where the focus goes once it is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Focus {
    Row(ConversationId),
    Reply,
}

/// The page.
pub struct InboxPage {
    inbox: Inbox,
    now: Timestamp,
    socket: Option<Socket>,
    redial: Option<Timeout>,
    focus: Option<(Focus, Timestamp)>,
    _tick: Interval,
    _listeners: Vec<Listener>,
}

impl Component for InboxPage {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let told = ctx.link().callback(|msg| msg);
        let agent = ctx.props().session.agent.clone();
        let now = clock::now();
        let kept = storage::read(agent.id);
        let (inbox, effects) = Inbox::start(agent, kept, page::conversation_in_address(), now);
        let ticking = told.clone();
        let mut this = Self {
            inbox,
            now,
            socket: None,
            redial: None,
            focus: None,
            _tick: Interval::new(TICK_MILLIS, move || ticking.emit(Msg::Tick)),
            _listeners: listeners(&told),
        };
        effects.into_iter().for_each(|effect| this.perform(ctx, effect));
        if page::is_narrow() {
            this.inbox.update(Msg::DetailsToggled, clock::moment());
        }
        this
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let moment = clock::moment();
        self.now = moment.now;
        for effect in self.inbox.update(msg, moment) {
            self.perform(ctx, effect);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let on = ctx.link().callback(|msg| msg);
        let pane = if self.inbox.selected.is_some() { "conversation" } else { "lists" };
        html! {
            <div class="console" data-pane={pane}>
                { top_bar::top_bar(&self.inbox, self.now, &on) }
                { lists::lists(&self.inbox, self.now, &on) }
                { conversation::conversation(&self.inbox, self.now, &on) }
                { banner::notice(&self.inbox, &on) }
                { banner::announcement(&self.inbox) }
                if let Some(shown) = &self.inbox.form {
                    <form::FormSheet form={shown.clone()} office={self.inbox.office.clone()} on={on.clone()} />
                }
                if self.inbox.help_shown { <shortcuts::Shortcuts {on} /> }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        page::set_title(&self.inbox.title(), order::attention(&self.inbox.summaries, self.inbox.me.id) > 0);
        if let Some((focus, since)) = self.focus {
            let done = match focus {
                Focus::Row(conversation) => page::focus_row(conversation),
                Focus::Reply => page::focus_reply(),
            };
            if done || self.now.millis_since(since) > FOCUS_WAIT_MILLIS {
                self.focus = None;
            }
        }
    }
}

impl InboxPage {
    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Dial { call } => {
                self.redial = None;
                self.socket = Socket::dial(call, &ctx.link().callback(|msg| msg));
            }
            Effect::DialAfter { call, millis } => {
                let told = ctx.link().callback(|msg| msg);
                self.redial = Some(Timeout::new(millis, move || told.emit(Msg::DialDue { call })));
            }
            Effect::HangUp => self.socket = None,
            Effect::Send(frame) => {
                if let Some(socket) = &self.socket {
                    socket.send(&frame);
                }
            }
            Effect::AskHeld => ask_held(ctx),
            Effect::CheckSession => self.check_session(ctx),
            Effect::Keep => storage::write(ctx.props().session.agent.id, &self.inbox.kept()),
            Effect::ShowAddress => page::show_in_address(self.inbox.selected),
            Effect::FocusRow(conversation) => self.focus = Some((Focus::Row(conversation), self.now)),
            Effect::FocusReply => self.focus = Some((Focus::Reply, self.now)),
            Effect::Blur => page::blur(),
            Effect::SessionEnded => ctx.props().on_ended.emit(Some(SESSION_ENDED)),
            Effect::SignOut => self.sign_out(ctx),
        }
    }

    /// A socket does not say why it was refused; asking for the session does.
    fn check_session(&self, ctx: &Context<Self>) {
        let on_ended = ctx.props().on_ended.clone();
        spawn_local(async move {
            if fetch::session().await == Ok(None) {
                on_ended.emit(Some(SESSION_ENDED));
            }
        });
    }

    fn sign_out(&mut self, ctx: &Context<Self>) {
        self.socket = None;
        storage::forget(ctx.props().session.agent.id);
        page::show_in_address(None);
        let on_ended = ctx.props().on_ended.clone();
        spawn_local(async move {
            fetch::sign_out().await;
            on_ended.emit(None);
        });
    }
}

/// What cannot be had now is asked for again soon. Nobody looks at a hidden page.
fn ask_held(ctx: &Context<InboxPage>) {
    if !page::is_visible() {
        return;
    }
    let told = ctx.link().callback(Msg::HeldTold);
    spawn_local(async move {
        if let Ok(cards) = fetch::held().await {
            told.emit(cards);
        }
    });
}

const SESSION_ENDED: &str = "Your session has ended. Sign in to go on; what you wrote is kept.";

fn listeners(told: &Callback<Msg>) -> Vec<Listener> {
    let window = window();
    let (online, seen, address, key) = (told.clone(), told.clone(), told.clone(), told.clone());
    let mut listeners = vec![
        Listener::new(&window, "online", move |_| online.emit(Msg::Woken)),
        Listener::new(&document(), "visibilitychange", move |_| {
            if page::is_visible() {
                seen.emit(Msg::Woken);
            }
        }),
        Listener::new(&window, "hashchange", move |_| {
            address.emit(Msg::Chosen(page::conversation_in_address()))
        }),
        Listener::new(&document(), "keydown", move |event| pressed(event.unchecked_ref(), &key)),
    ];
    let told_at = Rc::new(Cell::new(clock::now()));
    for name in ["keydown", "pointerdown", "pointermove", "wheel"] {
        let (told, told_at) = (told.clone(), told_at.clone());
        listeners.push(Listener::new(&window, name, move |_| active(&told_at, &told)));
    }
    listeners
}

/// Somebody sits here.
fn active(told_at: &Cell<Timestamp>, told: &Callback<Msg>) {
    let now = clock::now();
    if now.millis_since(told_at.get()) >= ACTIVE_EVERY_MILLIS {
        told_at.set(now);
        told.emit(Msg::Active);
    }
}

fn pressed(event: &KeyboardEvent, told: &Callback<Msg>) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return;
    }
    if let Some(shortcut) = meaning(&event.key(), page::place_of(event.target())) {
        event.prevent_default();
        told.emit(Msg::Key(shortcut));
    }
}
