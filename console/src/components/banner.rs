//! Sentences in passing, and the one for those who listen instead of looking.

use super::icon::{Icon, icon};
use crate::inbox::{Inbox, Msg};
use protocol::AgentStatus;
use yew::prelude::*;

/// Something that did not work out, for a few seconds, over everything and in nobody's way.
pub fn notice(inbox: &Inbox, on: &Callback<Msg>) -> Html {
    html! {
        <div class="notices" role="status">
            if let Some(notice) = &inbox.notice {
                <div class="notice" data-part="notice">
                    <span>{ &notice.text }</span>
                    <button
                        type="button" class="icon-button" aria-label="Dismiss"
                        onclick={on.reform(|_| Msg::NoticeDismissed)}
                    >{ icon(Icon::Cross) }</button>
                </div>
            }
        </div>
    }
}

/// Heard, not seen.
pub fn announcement(inbox: &Inbox) -> Html {
    html! { <div class="unseen" role="status" aria-live="polite" data-part="announcement">{ &inbox.announcement }</div> }
}

/// What the chosen status means for the lists.
pub fn status_hint(inbox: &Inbox, on: &Callback<Msg>) -> Html {
    if !inbox.loaded {
        return html! {};
    }
    let words = match inbox.status_shown() {
        AgentStatus::Online => return html! {},
        AgentStatus::Busy => "You are busy: nothing is offered to you. You can still accept.",
        AgentStatus::Away => "You are away: nothing is offered to you.",
        AgentStatus::NotResponding => {
            "You did not answer an offer: nothing more is offered to you until you are back."
        }
        AgentStatus::Offline => "You are offline: nothing is offered to you.",
    };
    html! {
        <div class="hint" data-part="status-hint">
            <span>{ words }</span>
            <button
                type="button" class="link-button" data-part="go-online"
                onclick={on.reform(|_| Msg::StatusChosen(AgentStatus::Online))}
            >{ if inbox.status_shown() == AgentStatus::NotResponding { "I am back" } else { "Go online" } }</button>
        </div>
    }
}
