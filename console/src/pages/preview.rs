//! The authors' page: the real widget in a frame, and beside it why it says what it says.

use super::sign_in::SignIn;
use crate::browser::listener::Listener;
use crate::browser::{document, fetch, page, window, workshop};
use crate::components::call_form::CallForm;
use crate::components::icon::{Icon, icon};
use crate::components::workshop::{self as side, Fields};
use crate::components::{inspector, values};
use crate::preview::words::{attempts, waiting_for};
use crate::preview::{Effect, Msg, Preview, Source, Tab};
use protocol::SiteId;
use protocol::inspect::{PreviewOrder, PreviewReport, WaitingFor};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlIFrameElement, HtmlSelectElement, MessageEvent};
use yew::prelude::*;

/// The site shown when neither the address nor the page's own tag names one.
const SITE_DEFAULT: &str = "demo";

/// The site of a preview of a file on this machine.
const SITE_LOCAL: &str = "local";

/// The key under which both sides put what a message is.
const KIND_KEY: &str = "passerelle";

/// The page.
pub struct PreviewPage {
    preview: Preview,
    site: Result<SiteId, String>,
    frame: NodeRef,
    fields: Fields,
    news: Option<workshop::News>,
    _reports: Listener,
}

impl Component for PreviewPage {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        page::set_title("Preview · Passerelle", false);
        let frame = NodeRef::default();
        let (told, from) = (ctx.link().callback(Msg::Reported), frame.clone());
        let reports = Listener::new(&window(), "message", move |event| {
            if let Some(report) = report(event.unchecked_ref(), &from) {
                told.emit(report);
            }
        });
        let page = Self {
            preview: Preview::default(),
            site: site(),
            frame,
            fields: Fields::default(),
            news: None,
            _reports: reports,
        };
        page.look_around(ctx);
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if matches!(msg, Msg::LocalCame(_)) && self.news.is_none() {
            self.news = workshop::News::of_local(
                ctx.link().callback(Msg::LocalCame),
                ctx.link().callback(Msg::CallCame),
            );
        }
        for effect in self.preview.update(msg) {
            self.perform(ctx, effect);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let site = match &self.site {
            Ok(site) => site,
            Err(why) => {
                return html! { <div class="gate"><div class="card"><p role="alert">{ why }</p></div></div> };
            }
        };
        let on = ctx.link().callback(|msg| msg);
        html! {
            <div class="preview">
                { self.bar(site, &on) }
                <div class="stage">
                    <div class="phone">
                        <iframe ref={self.frame.clone()} data-part="frame" title="The chat as visitors see it" src={format!("/frame/{site}?preview=1")} />
                    </div>
                </div>
                <main class="beside">
                    { self.now() }
                    if let Some(call) = self.preview.asked_call() {
                        <CallForm call={call.clone()} on={on.clone()} />
                    }
                    { tabs(&self.preview, &on) }
                    { self.side(ctx, &on) }
                </main>
            </div>
        }
    }
}

impl PreviewPage {
    /// A local preview tells of its file; any other bridge of the versions, to whoever is signed in.
    fn look_around(&self, ctx: &Context<Self>) {
        let (told, Ok(site)) = (ctx.link().callback(|msg| msg), self.site.clone()) else { return };
        spawn_local(async move {
            if site.as_str() == SITE_LOCAL {
                if let Some(local) = workshop::local().await {
                    told.emit(Msg::LocalCame(local));
                }
                return;
            }
            match fetch::session().await {
                Ok(Some(_)) => {
                    if let Some(listed) = workshop::perform(site, Effect::List).await {
                        told.emit(Msg::Answered(listed));
                    }
                }
                Ok(None) => told.emit(Msg::NobodySignedIn),
                // The chat says so when the bridge is away.
                Err(_) => {}
            }
        });
    }

    fn perform(&self, ctx: &Context<Self>, effect: Effect) {
        if let Effect::Order(order) = &effect {
            return self.order(order);
        }
        let (Ok(site), told) = (self.site.clone(), ctx.link().callback(|msg| msg)) else { return };
        spawn_local(async move {
            if let Some(answer) = workshop::perform(site, effect).await {
                told.emit(Msg::Answered(answer));
            }
        });
    }

    fn bar(&self, site: &SiteId, on: &Callback<Msg>) -> Html {
        let name = self.preview.assistant.as_deref().unwrap_or("Starting…");
        html! {
            <header class="bar">
                <span class="brand">{ icon(Icon::Mark) }<span class="brand-name">{ "Preview" }</span></span>
                <span class="preview-of">
                    { name }
                    if self.preview.source == Source::Local { { " from a file, followed as you save it" } } else { { " on " }{ site.as_str() } }
                </span>
                <span class="bar-space" />
                { sources(&self.preview, on) }
                <button type="button" class="button" data-part="restart" title="Forgets texts and values" onclick={on.reform(|_| Msg::RestartPressed)}>
                    { icon(Icon::Restart) }{ "Reset" }
                </button>
            </header>
        }
    }

    /// Where the talk stands.
    fn now(&self) -> Html {
        let Some(waiting) = &self.preview.waiting else {
            return html! { <p class="now" data-part="waiting">{ "Nothing is waited for." }</p> };
        };
        html! {
            <p class="now waits" data-part="waiting" data-step={waiting.step.clone()}>
                { "Waits for " }<strong>{ waiting_for(waiting.what) }</strong>{ " at " }<code>{ format!("{} / {}", waiting.action, waiting.step) }</code>
                if waiting.what != WaitingFor::Call {
                    <span class="now-attempts" data-part="attempts">{ attempts(waiting.attempts_left) }{ " left" }</span>
                }
                if !waiting.interrupted.is_empty() { <span class="muted">{ "Interrupted: " }{ waiting.interrupted.join(", ") }</span> }
            </p>
        }
    }

    fn side(&self, ctx: &Context<Self>, on: &Callback<Msg>) -> Html {
        match self.preview.tab {
            Tab::Talk => inspector::inspector(&self.preview.turns, on),
            Tab::Values => values::values(&self.preview, on),
            Tab::File => html! {
                <>
                    { side::workshop(&self.preview, &self.fields, on, &ctx.link().batch_callback(read_file(ctx))) }
                    if let Some(why) = self.door() {
                        <SignIn title="Sign in" why={why} on_signed_in={on.reform(|_| Msg::SignedIn)} />
                    }
                </>
            },
        }
    }

    /// Why somebody is asked to sign in: for what they wanted to do, or to be offered more.
    fn door(&self) -> Option<String> {
        let offered = || "Sign in for drafts, versions and publishing.".to_owned();
        self.preview.door.clone().or_else(|| self.preview.signed_out.then(offered))
    }

    fn order(&self, order: &PreviewOrder) {
        let frame = self.frame.cast::<HtmlIFrameElement>().and_then(|frame| frame.content_window());
        let origin = window().location().origin();
        if let (Some(frame), Ok(origin), Ok(body)) = (frame, origin, serde_json::to_string(order)) {
            let message = js_sys::Object::new();
            let set = |key: &str, value: &str| js_sys::Reflect::set(&message, &key.into(), &value.into());
            if set(KIND_KEY, "order").is_ok() && set("body", &body).is_ok() {
                let _ = frame.post_message(&message, &origin);
            }
        }
    }
}

fn tabs(preview: &Preview, on: &Callback<Msg>) -> Html {
    let wrong = preview.file.as_ref().map_or(0, |file| file.mistakes.len());
    let tab = |tab: Tab, name: &'static str, count: usize| {
        let chosen = preview.tab == tab;
        html! {
            <button
                type="button" role="tab" class={classes!("tab", chosen.then_some("chosen"))} aria-selected={chosen.to_string()}
                data-part="tab" data-tab={name} onclick={on.reform(move |_| Msg::TabChosen(tab))}
            >{ name }if count > 0 { <span class="count">{ count }</span> }</button>
        }
    };
    html! {
        <div class="tabs sides" role="tablist" aria-label="Inspector">
            { tab(Tab::Talk, "Turns", preview.turns.len()) }
            { tab(Tab::Values, "Variables", preview.variables.len() + preview.answers.len()) }
            { tab(Tab::File, "File and versions", wrong) }
        </div>
    }
}

/// What is previewed. A local preview has one thing to show.
fn sources(preview: &Preview, on: &Callback<Msg>) -> Html {
    if preview.source == Source::Local {
        return html! {};
    }
    let told = on.clone();
    let chosen = Callback::from(move |event: Event| {
        match event.target_unchecked_into::<HtmlSelectElement>().value().as_str() {
            "draft" => told.emit(Msg::SourceChosen(Source::Draft)),
            "file" => told.emit(Msg::TabChosen(Tab::File)),
            "published" => told.emit(Msg::SourceChosen(Source::Published)),
            _ => {}
        }
    });
    let has_draft = preview.versions.as_ref().is_some_and(|versions| versions.draft.is_some());
    let option = |value: &'static str, words: String, source: Source| {
        html! { <option value={value} selected={preview.source == source}>{ words }</option> }
    };
    html! {
        <select class="select" data-part="source" aria-label="What is previewed" onchange={chosen}>
            { option("published", "Published".to_owned(), Source::Published) }
            if has_draft { { option("draft", "Draft".to_owned(), Source::Draft) } }
            if let Source::Version(number) = preview.source { { option("version", format!("Version {number}"), Source::Version(number)) } }
            { option("file", "A file…".to_owned(), Source::File) }
        </select>
    }
}

/// What the widget in the frame says; `None` for every other message, whoever sends it.
fn report(event: &MessageEvent, frame: &NodeRef) -> Option<PreviewReport> {
    let ours: JsValue = frame.cast::<HtmlIFrameElement>()?.content_window()?.into();
    let source: JsValue = event.source()?.into();
    if source != ours || event.origin() != window().location().origin().ok()? {
        return None;
    }
    let text = |key: &str| js_sys::Reflect::get(&event.data(), &key.into()).ok()?.as_string();
    if text(KIND_KEY)? != "report" {
        return None;
    }
    serde_json::from_str(&text("body")?).ok()
}

/// The site from `?site=`, from the page's own tag, or the default.
fn site() -> Result<SiteId, String> {
    let query = window().location().search().unwrap_or_default();
    let asked = query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("site="));
    let tag = document().get_element_by_id("boot").and_then(|tag| tag.get_attribute("data-site"));
    let name = asked.map(str::to_owned).or(tag.filter(|t| !t.is_empty())).unwrap_or(SITE_DEFAULT.to_owned());
    SiteId::new(name).map_err(|error| format!("The address names no site: {error}."))
}

/// Reading ends in a message of its own, so nothing is said at once.
fn read_file(ctx: &Context<PreviewPage>) -> impl Fn(File) -> Option<Msg> + 'static {
    let told = ctx.link().callback(|msg| msg);
    move |file: File| {
        let told = told.clone();
        spawn_local(async move {
            let name = file.name();
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            told.emit(match text {
                Some(text) => Msg::FileRead { name, text },
                None => Msg::FileUnreadable(format!(
                    "{name} cannot be read: choose a text file with JSON or YAML in it"
                )),
            });
        });
        None
    }
}
