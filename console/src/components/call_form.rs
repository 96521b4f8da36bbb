//! A call that waits in a preview without a workspace file: its parameters, and a form to answer in the extension's place.

use crate::preview::{AskedCall, Msg};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The status that is offered.
const STATUS_DEFAULT: u16 = 200;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The call.
    pub call: AskedCall,
    /// For the answer.
    pub on: Callback<Msg>,
}

/// Draws it. What is typed stays while the inspector is drawn anew.
#[component]
pub fn CallForm(props: &Props) -> Html {
    let (status, body) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (on, status, body) = (props.on.clone(), status.clone(), body.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let status = status.cast::<HtmlInputElement>().and_then(|field| field.value().parse().ok());
            let text = body.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            let text = if text.trim().is_empty() { "null".to_owned() } else { text };
            on.emit(Msg::CallAnswered(status.unwrap_or(STATUS_DEFAULT), text));
        })
    };
    let AskedCall { extension, operation, with } = &props.call;
    html! {
        <form class="call-form" data-part="call" {onsubmit}>
            <h3>{ "Answer for " }<code>{ format!("{extension}.{operation}") }</code></h3>
            <dl class="facts">
                { for with.iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd><code>{ value.to_string() }</code></dd></div> }) }
            </dl>
            <p class="muted">
                { "Nothing is called: answer in the extension's place, or start the preview with " }<code>{ "--workspace FILE" }</code>
                { ", the file that says where extensions are." }
            </p>
            <div class="call-answer">
                <input ref={status} type="number" data-part="call-status" aria-label="Status" min="100" max="599" required=true value={STATUS_DEFAULT.to_string()} />
                <textarea ref={body} data-part="call-body" aria-label="Answer" placeholder="JSON or plain words" rows="3" spellcheck="false" />
                <button type="submit" class="button primary" data-part="call-send">{ "Answer" }</button>
            </div>
        </form>
    }
}
