//! The head of the chat: whose chat it is, who answers, and the ways out.

use super::icons::{close_icon, end_icon};
use crate::browser::world::in_case;
use crate::chat::Standing;
use crate::locale::Words;
use assistant::surroundings::Case;
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
    pub can_close: bool,
    pub end: Callback<()>,
    pub close: Callback<()>,
}

#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let words = props.words;
    let end_label = match props.standing {
        Standing::Person { .. } => words.end_conversation,
        Standing::Assistant | Standing::Asking | Standing::Waiting { .. } | Standing::Connecting => {
            words.cancel_request
        }
    };
    let end = props.end.reform(|_: MouseEvent| ());
    let close = props.close.reform(|_: MouseEvent| ());
    html! {
        <header class="header">
            { avatar(props) }
            <div class="header-words">
                <h1 class="header-name">{ &props.name }</h1>
                <p class="header-status" data-part="status" aria-live="polite">{ status(props) }</p>
            </div>
            if props.can_end {
                <button type="button" class="quiet" data-part="end" onclick={end} title={end_label}>
                    { end_icon() }<span>{ end_label }</span>
                </button>
            }
            if props.can_close {
                <button type="button" class="icon-button" data-part="close" onclick={close} aria-label={words.close}>
                    { close_icon() }
                </button>
            }
        </header>
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
        Standing::Waiting { place: Some(1), .. } => words.status_next.to_owned(),
        Standing::Waiting { place: Some(place), .. } => (words.status_place)(*place),
        Standing::Waiting { place: None, .. } => words.status_waiting.to_owned(),
        Standing::Connecting => words.status_connecting.to_owned(),
        Standing::Person { name: Some(name) } => (words.status_person)(name),
        Standing::Person { name: None } => words.status_some_person.to_owned(),
    }
}
