//! The authors' page: the real widget in a frame, and beside it why it says what it says.

use super::sign_in::SignIn;
use crate::browser::listener::Listener;
use crate::browser::{document, fetch, page, window};
use crate::components::icon::{Icon, icon};
use crate::components::{inspector, loader};
use crate::preview::{Effect, Msg, Preview, Publishing};
use protocol::SiteId;
use protocol::inspect::{PreviewOrder, PreviewReport};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlIFrameElement, MessageEvent};
use yew::prelude::*;

/// The site shown when neither the address nor the page's own tag names one.
const SITE_DEFAULT: &str = "demo";

/// The key under which both sides put what a message is.
const KIND_KEY: &str = "passerelle";

/// The page.
pub struct PreviewPage {
    preview: Preview,
    site: Result<SiteId, String>,
    frame: NodeRef,
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
        Self { preview: Preview::default(), site: site(), frame, _reports: reports }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match self.preview.update(msg) {
            Some(Effect::Order(order)) => self.order(&order),
            Some(Effect::Publish(definition)) => self.publish(ctx, definition),
            None => {}
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
                <header class="bar">
                    <span class="brand">{ icon(Icon::Mark) }<span class="brand-name">{ "Preview" }</span></span>
                    <span class="preview-of">{ self.preview.assistant.as_deref().unwrap_or("Starting…") }{ " on " }{ site.as_str() }</span>
                    <span class="bar-space" />
                    <button type="button" class="button" data-part="restart" onclick={on.reform(|_| Msg::RestartPressed)}>
                        { icon(Icon::Restart) }{ "Restart" }
                    </button>
                </header>
                <div class="stage">
                    <div class="phone">
                        <iframe ref={self.frame.clone()} data-part="frame" title="The chat as visitors see it" src={format!("/frame/{site}?preview=1")} />
                    </div>
                </div>
                <main class="beside">
                    { loader::loader(&self.preview, &on, &ctx.link().batch_callback(read_file(ctx))) }
                    { self.door(&on) }
                    { inspector::inspector(&self.preview.turns) }
                </main>
            </div>
        }
    }
}

impl PreviewPage {
    /// Publishing needs an admin; the door stands where the wish was.
    fn door(&self, on: &Callback<Msg>) -> Html {
        match &self.preview.publishing {
            Publishing::NeedsSignIn(why) => html! {
                <SignIn title="Sign in to publish" why={why.clone()} on_signed_in={on.reform(|_| Msg::PublishPressed)} />
            },
            Publishing::Idle | Publishing::Working | Publishing::Done | Publishing::Failed(_) => html! {},
        }
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

    fn publish(&self, ctx: &Context<Self>, definition: std::rc::Rc<str>) {
        let (Ok(site), answered) = (self.site.clone(), ctx.link().callback(Msg::PublishAnswered)) else {
            return;
        };
        spawn_local(async move { answered.emit(fetch::publish(&site, &definition).await) });
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
                None => {
                    Msg::FileUnreadable(format!("{name} cannot be read: choose a text file with JSON in it"))
                }
            });
        });
        None
    }
}
