//! The whole chat: holds [`Chat`], has its effects done, and lays out the parts.

use super::composer::Composer;
use super::header::Header;
use super::log::Log;
use crate::browser::Browser;
use crate::browser::page::Page;
use crate::chat::{Blocked, Chat, Effect, Msg, Standing};
use crate::locale::{ENGLISH, Words};
use yew::prelude::*;

/// Which site's chat, and why it runs.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub struct AppProps {
    /// What the page says.
    pub page: Page,
}

/// The whole chat.
pub struct App {
    chat: Chat,
    browser: Browser,
    hands: Hands,
}

/// What the visitor can do, made once so that unchanged parts are not drawn again.
struct Hands {
    draft: Callback<String>,
    submit: Callback<()>,
    any: Callback<Msg>,
    end: Callback<bool>,
    keep: Callback<()>,
    close: Callback<()>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut browser = Browser::start(ctx.props().page.clone(), ctx.link().callback(|msg| msg));
        let (chat, effects) = Chat::begin(browser.remembered(&ENGLISH));
        perform(&mut browser, effects, &chat);
        if !browser.is_embedded() {
            ctx.link().send_message(Msg::Opened { focus: true });
        }
        Self { chat, browser, hands: Hands::of(ctx) }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let effects = self.browser.with_moment(|moment| self.chat.update(msg, moment));
        perform(&mut self.browser, effects, &self.chat);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! {
            <div class="chat" lang={ENGLISH.tag}>
                { self.header(&ENGLISH) }
                { self.banner(&ENGLISH) }
                { self.log(&ENGLISH) }
                { self.composer(&ENGLISH) }
            </div>
        }
    }
}

impl App {
    fn header(&self, words: &'static Words) -> Html {
        let chat = &self.chat;
        let name = chat.card().map_or("", |card| card.name.as_str()).to_owned();
        html! {
            <Header {words} {name} standing={chat.standing()} preview={chat.is_preview()}
                loading={chat.is_loading()} has_assistant={chat.assistant_name().is_some()}
                can_end={chat.can_end()} ending={chat.asks_whether_to_end()} can_close={self.browser.is_embedded()}
                end={self.hands.end.clone()} keep={self.hands.keep.clone()} close={self.hands.close.clone()} />
        }
    }

    fn banner(&self, words: &'static Words) -> Html {
        let blocked = self.chat.blocked().map(|why| match why {
            Blocked::Outdated => words.outdated,
            Blocked::UnknownSite => words.unknown_site,
        });
        let unreachable = self.chat.is_unreachable();
        html! {
            <div class="banners" role="status">
                if let Some(text) = blocked {
                    <p class="banner" data-part="blocked">{ text }</p>
                } else if unreachable {
                    <p class="banner late" data-part="connection">{ words.connection_lost }</p>
                }
            </div>
        }
    }

    fn log(&self, words: &'static Words) -> Html {
        let chat = &self.chat;
        let name = chat.card().map_or("", |card| card.name.as_str());
        // An assistant named like the business would pass for a person of it.
        let own_name = chat.assistant_name().filter(|own| !own.is_empty() && *own != name);
        let assistant = own_name.unwrap_or(words.assistant);
        let typing = chat.typing_agent().or(chat.assistant_is_typing().then_some(assistant));
        html! {
            <Log {words} entries={chat.shown()} live_from={chat.live_from()}
                assistant={assistant.to_owned()} business={name.to_owned()}
                loading={chat.is_loading() && chat.blocked().is_none()} awaited={chat.assistant_is_awaited()}
                has_assistant={chat.assistant_name().is_some()} typing={typing.map(str::to_owned)}
                unreachable={chat.is_unreachable()} on={self.hands.any.clone()} />
        }
    }

    fn composer(&self, words: &'static Words) -> Html {
        let hint = match self.chat.standing() {
            Standing::Assistant if self.chat.assistant_name().is_some() => words.write_to_assistant,
            Standing::Assistant | Standing::LeavingMessage | Standing::Person { .. } => words.write_to_people,
            Standing::Asking | Standing::Waiting { .. } | Standing::Connecting => words.write_while_waiting,
        };
        html! {
            <Composer {words} {hint} draft={self.chat.draft().to_owned()} blocked={self.chat.blocked().is_some()}
                edit={self.hands.draft.clone()} submit={self.hands.submit.clone()} />
        }
    }
}

impl Hands {
    fn of(ctx: &Context<App>) -> Self {
        let link = ctx.link();
        Self {
            draft: link.callback(Msg::Drafted),
            submit: link.callback(|()| Msg::Submitted),
            any: link.callback(|msg| msg),
            end: link.callback(|sure| if sure { Msg::EndConfirmed } else { Msg::EndAsked }),
            keep: link.callback(|()| Msg::EndKept),
            close: link.callback(|()| Msg::CloseAsked),
        }
    }
}

fn perform(browser: &mut Browser, effects: Vec<Effect>, chat: &Chat) {
    for effect in effects {
        browser.perform(effect, chat);
    }
}
