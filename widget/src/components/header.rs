//! The head of the chat: whose chat it is, who answers, and the ways out.

use super::icons::{close_icon, end_icon};
use crate::browser::world::in_case;
use crate::chat::Standing;
use crate::locale::Words;
use assistant::surroundings::Case;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    pub words: &'static Words,
    /// The business.
    pub name: String,
    pub standing: Standing,
    pub preview: bool,
    pub loading: bool,
    pub has_assistant: bool,
    pub can_end: bool,
    /// It is asked whether that is meant.
    pub ending: bool,
    pub can_close: bool,
    /// Whether it is meant.
    pub end: Callback<bool>,
    pub keep: Callback<()>,
    pub close: Callback<()>,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let words = props.words;
    let end_label = match props.standing {
        Standing::Person { .. } => words.end_conversation,
        Standing::Assistant
        | Standing::Asking
        | Standing::Waiting { .. }
        | Standing::LeavingMessage
        | Standing::Connecting => words.cancel_request,
    };
    let safe = use_node_ref();
    {
        let safe = safe.clone();
        use_effect_with(props.ending, move |_| {
            if let Some(button) = safe.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        });
    }
    let asks = matches!(props.standing, Standing::Person { .. }).then(|| props.ending.to_string());
    let end = props.end.reform(|_: MouseEvent| false);
    let close = props.close.reform(|_: MouseEvent| ());
    html! {
        <>
        <header class="header">
            { avatar(props) }
            <div class="header-words">
                <h1 class="header-name">{ &props.name }</h1>
                <p class="header-status" data-part="status" aria-live="polite">{ status(props) }</p>
            </div>
            if props.can_end {
                <button type="button" class="quiet" data-part="end" onclick={end} title={end_label} aria-expanded={asks}>
                    { end_icon() }<span>{ end_label }</span>
                </button>
            }
            if props.can_close {
                <button type="button" class="icon-button" data-part="close" onclick={close} aria-label={words.close}>
                    { close_icon() }
                </button>
            }
        </header>
        if props.ending {
            { question(props, safe) }
        }
        </>
    }
}

/// Whoever presses Enter once too often goes on talking: the focus is on that.
fn question(props: &HeaderProps, safe: NodeRef) -> Html {
    let words = props.words;
    let (yes, no) = (props.end.reform(|_: MouseEvent| true), props.keep.reform(|_: MouseEvent| ()));
    let keep = props.keep.clone();
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            keep.emit(());
        }
    };
    html! {
        <div class="question" role="group" aria-label={words.end_question} data-part="end-question" onkeydown={escape}>
            <span class="question-words">{ words.end_question }</span>
            <button type="button" class="quiet" data-part="end-yes" onclick={yes}>{ words.end_conversation }</button>
            <button type="button" class="quiet" data-part="end-no" ref={safe} onclick={no}>{ words.keep_talking }</button>
        </div>
    }
}

/// The initial of whoever answers: the person's, or else the business's.
fn avatar(props: &HeaderProps) -> Html {
    let (name, class) = match &props.standing {
        Standing::Person { name: Some(name) } => (name, "avatar person"),
        Standing::Person { name: None }
        | Standing::Assistant
        | Standing::Asking
        | Standing::Waiting { .. }
        | Standing::LeavingMessage
        | Standing::Connecting => (&props.name, "avatar"),
    };
    html! { <span {class} aria-hidden="true">{ initial(name) }</span> }
}

pub fn initial(name: &str) -> String {
    let first = name.chars().next().map_or(0, char::len_utf8);
    in_case(&name[..first], Case::Upper)
}

fn status(props: &HeaderProps) -> String {
    let words = props.words;
    match &props.standing {
        Standing::Assistant if props.preview => words.status_preview.to_owned(),
        Standing::Assistant if props.has_assistant => words.status_assistant.to_owned(),
        Standing::Assistant if props.loading => String::new(),
        Standing::Assistant => words.status_people.to_owned(),
        Standing::Asking => words.status_asking.to_owned(),
        Standing::Waiting { told_offline: true, .. } => words.status_place_kept.to_owned(),
        Standing::Waiting { place, seconds, .. } => waiting(words, *place, *seconds),
        Standing::LeavingMessage => words.status_leave_message.to_owned(),
        Standing::Connecting => words.status_connecting.to_owned(),
        Standing::Person { name: Some(name) } => (words.status_person)(name),
        Standing::Person { name: None } => words.status_some_person.to_owned(),
    }
}

/// The place, and how long it will take; in minutes, because nobody knows the seconds.
fn waiting(words: &Words, place: Option<u32>, seconds: Option<u32>) -> String {
    let place = match place {
        Some(1) => words.status_next.to_owned(),
        Some(place) => (words.status_place)(place),
        None => words.status_waiting.to_owned(),
    };
    match seconds {
        Some(seconds) => format!("{place} · {}", (words.status_minutes)(seconds.div_ceil(60))),
        None => place,
    }
}
