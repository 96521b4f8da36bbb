//! The reply, and what stands before it while the conversation is not mine.

use super::icon::{Icon, icon};
use crate::inbox::words::countdown;
use crate::inbox::{Awaited, Inbox, Msg, Standing};
use protocol::{ConversationId, Timestamp};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What browsers report as the key while an input method composes a letter.
const COMPOSING_KEY_CODE: u32 = 229;

/// "Accept", and "Decline" when I was asked.
pub fn accept_bar(
    inbox: &Inbox,
    id: ConversationId,
    standing: &Standing,
    now: Timestamp,
    on: &Callback<Msg>,
) -> Html {
    if !standing.can_accept() {
        return html! {};
    }
    let awaited = inbox.requests.awaited(id);
    let busy = awaited.is_some();
    let words = match standing {
        Standing::OfferedToMe { until: Some(until) } if until.millis_since(now) > 0 => {
            format!("Offered to you: {} left.", countdown(until.millis_since(now)))
        }
        Standing::OfferedToMe { .. } => "Offered to you.".to_owned(),
        Standing::Waiting
        | Standing::Unknown
        | Standing::OfferedElsewhere
        | Standing::Mine
        | Standing::Colleagues(_)
        | Standing::Automated
        | Standing::Closed
        | Standing::Gone => "Nobody has this conversation yet.".to_owned(),
    };
    html! {
        <div class="accept-bar">
            <span class="accept-words">{ words }</span>
            if matches!(standing, Standing::OfferedToMe { .. }) {
                <button
                    type="button" class="button" data-part="decline" disabled={busy}
                    onclick={on.reform(move |_| Msg::DeclinePressed(id))}
                >{ if awaited == Some(Awaited::Decline) { "Declining…" } else { "Decline" } }</button>
            }
            <button
                type="button" class="button primary" data-part="accept" disabled={busy}
                onclick={on.reform(move |_| Msg::AcceptPressed(id))}
            >{ if awaited == Some(Awaited::Accept) { "Accepting…" } else { "Accept" } }</button>
        </div>
    }
}

/// The field and its button.
pub fn composer(inbox: &Inbox, id: ConversationId, standing: &Standing, on: &Callback<Msg>) -> Html {
    let why_not = standing.why_not_write();
    let draft = inbox.draft(id).to_owned();
    let cannot_send = why_not.is_some() || draft.trim().is_empty();
    let words =
        why_not.clone().unwrap_or_else(|| "Enter sends, Shift and Enter begin a new line.".to_owned());
    let problem = inbox.draft_problem.as_ref();
    let typed =
        on.reform(|e: InputEvent| Msg::Drafted(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    html! {
        <div class="composer">
            <div class="composer-field">
                <textarea
                    data-part="reply" rows="2" aria-label="Reply" aria-describedby="reply-hint"
                    aria-invalid={problem.is_some().then_some("true")}
                    placeholder={if why_not.is_some() { "" } else { "Write a reply…" }}
                    value={draft} disabled={why_not.is_some()} oninput={typed} onkeydown={sends_on_enter(on)}
                />
                <button
                    type="button" class="button primary send" data-part="send" disabled={cannot_send}
                    onclick={on.reform(|_| Msg::SendPressed)}
                >{ icon(Icon::Send) }<span>{ "Send" }</span></button>
            </div>
            <p id="reply-hint" class={classes!("composer-hint", problem.is_some().then_some("wrong"))}>
                { problem.unwrap_or(&words) }
            </p>
        </div>
    }
}

/// Enter that ends a composed letter is not a wish to send.
fn sends_on_enter(on: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == COMPOSING_KEY_CODE;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            on.emit(Msg::SendPressed);
        }
    })
}
