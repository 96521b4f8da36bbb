//! The bar on top: the connection, my status, the keys, the way out.

use super::icon::{Icon, icon};
use crate::inbox::words::status_name;
use crate::inbox::{Inbox, LinkView, Msg, keys::Shortcut};
use protocol::{AgentStatus, Timestamp};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const STATUSES: [(AgentStatus, &str); 5] = [
    (AgentStatus::Online, "online"),
    (AgentStatus::Busy, "busy"),
    (AgentStatus::Away, "away"),
    (AgentStatus::NotResponding, "not_responding"),
    (AgentStatus::Offline, "offline"),
];

/// Draws the bar.
pub fn top_bar(inbox: &Inbox, now: Timestamp, on: &Callback<Msg>) -> Html {
    html! {
        <header class="bar">
            <span class="brand">{ icon(Icon::Mark) }<span class="brand-name">{ "Passerelle" }</span></span>
            { connection(inbox.link.view(now), on) }
            <span class="bar-space" />
            <StatusMenu
                shown={inbox.status_shown()} busy={inbox.status_wanted.is_some()} disabled={!inbox.loaded}
                on={on.clone()}
            />
            <button
                type="button" class="icon-button wide-only" title="Keyboard shortcuts (?)"
                aria-label="Keyboard shortcuts" onclick={on.reform(|_| Msg::Key(Shortcut::Help))}
            >{ icon(Icon::Keyboard) }</button>
            <span class="me">{ &inbox.me.name }</span>
            <button
                type="button" class="icon-button" data-part="sign-out" title="Sign out" aria-label="Sign out"
                onclick={on.reform(|_| Msg::SignOutPressed)}
            >{ icon(Icon::SignOut) }</button>
        </header>
    }
}

/// Shown only while something is wrong, in a place of its own: nothing else moves.
fn connection(link: LinkView<'_>, on: &Callback<Msg>) -> Html {
    let (short, long) = match link {
        LinkView::Starting | LinkView::Up => return html! {},
        LinkView::Redialing => ("Reconnecting…", "You can go on reading and writing.".to_owned()),
        LinkView::RedialIn { seconds } => {
            ("No connection.", format!("Trying again in {seconds} s. You can go on reading and writing."))
        }
        LinkView::Stopped(why) => (why, String::new()),
    };
    let may_retry = matches!(link, LinkView::RedialIn { .. });
    html! {
        <div class="connection" data-part="connection" role="status">
            { icon(Icon::Warning) }
            <span class="connection-words">{ short }<span class="wide-only">{ " " }{ long }</span></span>
            if may_retry {
                <button type="button" class="link-button" onclick={on.reform(|_| Msg::Woken)}>{ "Now" }</button>
            }
        </div>
    }
}

/// What the menu shows.
#[derive(Clone, PartialEq, Properties)]
struct StatusProps {
    /// What I am, or have just chosen to be.
    shown: AgentStatus,
    /// It is chosen and not confirmed yet.
    busy: bool,
    /// Nothing is known yet.
    disabled: bool,
    /// What is done.
    on: Callback<Msg>,
}

/// The menu. What a browser shows as chosen is its user's last choice, whatever the options say afterwards: the bridge's
/// word is written into it every time it is drawn.
#[component]
fn StatusMenu(props: &StatusProps) -> Html {
    let menu = use_node_ref();
    let StatusProps { shown, busy, disabled, ref on } = *props;
    let name = STATUSES.iter().find(|(status, _)| *status == shown).map_or("", |(_, name)| name);
    {
        let menu = menu.clone();
        use_effect(move || {
            if let Some(menu) = menu.cast::<HtmlSelectElement>() {
                menu.set_value(name);
            }
        });
    }
    let told = on.clone();
    let chosen = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some((status, _)) = STATUSES.iter().find(|(_, name)| *name == value) {
            told.emit(Msg::StatusChosen(*status));
        }
    };
    let choices = STATUSES.iter().filter(|(status, _)| can_be_chosen(*status) || *status == shown);
    html! {
        <label class="status" data-status={name} aria-busy={busy.to_string()}>
            <span class="dot" aria-hidden="true" />
            <span class="unseen">{ "My status" }</span>
            <select ref={menu} data-part="status-menu" onchange={chosen} {disabled}>
                { for choices.map(|(status, value)| html! {
                    <option key={*value} value={*value} disabled={!can_be_chosen(*status)}>
                        { status_name(*status) }
                    </option>
                }) }
            </select>
        </label>
    }
}

/// Nobody chooses not to answer.
fn can_be_chosen(status: AgentStatus) -> bool {
    status != AgentStatus::NotResponding
}
