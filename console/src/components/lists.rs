//! The lists. Each keeps its own share of the height, so that a new row in one never moves the others.

use super::banner::status_hint;
use super::empty::{empty, skeleton};
use super::icon::{Icon, icon};
use crate::browser::clock::time_of_day;
use crate::inbox::words::{age, countdown, visitor_name};
use crate::inbox::{Inbox, Msg, lists as order};
use protocol::{ConversationState, Summary, Timestamp};
use yew::prelude::*;

/// From here on a wait is shown as long.
const LONG_WAIT_MINUTES: u64 = 2;

/// From here on a wait is shown as too long.
const TOO_LONG_WAIT_MINUTES: u64 = 5;

/// Draws them. What colleagues have is for those who look after it, and whoever takes part in some of it.
pub fn lists(inbox: &Inbox, now: Timestamp, on: &Callback<Msg>) -> Html {
    let me = inbox.me.id;
    let (waiting, mine) = (order::waiting(&inbox.summaries, me), order::mine(&inbox.summaries, me));
    let elsewhere = inbox.elsewhere();
    let nobody =
        || empty(Icon::Check, "Nobody is waiting", "Whoever asks for a person appears here at once.");
    let none =
        || empty(Icon::Talk, "No conversations yet", "The ones you accept stay here until they are closed.");
    let no_others = || {
        empty(Icon::Talk, "Nothing with colleagues", "What they are offered and what they have stands here.")
    };
    html! {
        <nav class="lists" aria-label="Conversations">
            { status_hint(inbox, on) }
            { list("waiting", "Waiting", inbox, &waiting, nobody, now, on) }
            { list("mine", "Mine", inbox, &mine, none, now, on) }
            if inbox.office.oversees() || !elsewhere.is_empty() {
                { list("elsewhere", "With colleagues", inbox, &elsewhere, no_others, now, on) }
            }
        </nav>
    }
}

fn list(
    part: &'static str,
    title: &str,
    inbox: &Inbox,
    rows: &[&Summary],
    nothing: impl Fn() -> Html,
    now: Timestamp,
    on: &Callback<Msg>,
) -> Html {
    let heading = format!("{part}-title");
    html! {
        <section class="list" aria-labelledby={heading.clone()}>
            <h2 id={heading}>
                { title }
                if inbox.loaded { <span class="count" data-part={format!("{part}-count")}>{ rows.len() }</span> }
            </h2>
            <ul data-part={part}>
                { for rows.iter().map(|summary| row(inbox, summary, now, on)) }
                if !inbox.loaded { <li key="loading">{ skeleton(3) }</li> }
                else if rows.is_empty() { <li key="nothing">{ nothing() }</li> }
            </ul>
        </section>
    }
}

fn row(inbox: &Inbox, summary: &Summary, now: Timestamp, on: &Callback<Msg>) -> Html {
    let id = summary.conversation;
    let offered = order::is_offered_to(summary, inbox.me.id);
    let unanswered = order::is_unanswered(summary);
    let classes = classes!("row", unanswered.then_some("unanswered"), offered.then_some("offered"));
    html! {
        <li key={id.to_string()} class="row-place">
            <button
                type="button" class={classes} data-part="conversation" data-id={id.to_string()}
                data-state={summary.state.code()} data-unanswered={unanswered.to_string()}
                aria-current={(inbox.selected == Some(id)).then_some("true")}
                onclick={on.reform(move |_| Msg::Chosen(Some(id)))} onfocus={on.reform(move |_| Msg::RowFocused(id))}
            >
                <span class="row-top">
                    if unanswered { <span class="unread" /><span class="unseen">{ "Unanswered. " }</span> }
                    <span class="row-name">{ visitor_name(summary.visitor) }</span>
                    { since(summary, offered, now) }
                </span>
                <span class="row-facts">{ badge(inbox, summary, offered) }{ facts(inbox, summary) }</span>
                <span class="row-preview">{ &summary.preview }</span>
            </button>
            if offered {
                <button
                    type="button" class="quick-accept" data-part="quick-accept"
                    aria-label={format!("Accept {}", visitor_name(summary.visitor))}
                    onclick={on.reform(move |_| Msg::AcceptPressed(id))}
                >{ icon(Icon::Check) }{ "Accept" }</button>
            }
        </li>
    }
}

fn facts(inbox: &Inbox, summary: &Summary) -> String {
    let queue = summary.queue.as_ref().map(|id| inbox.office.queue(id));
    let reason = summary.reason.map(|reason| reason.describe());
    queue.into_iter().chain(reason).collect::<Vec<_>>().join(" · ")
}

/// What is special about it.
fn badge(inbox: &Inbox, summary: &Summary, offered: bool) -> Html {
    if order::is_elsewhere(summary, inbox.me.id) {
        return html! { <span class="badge" data-part="badge">{ whose(summary) }</span> };
    }
    let words = match summary.state {
        ConversationState::Open if offered => "Passed to you",
        ConversationState::Open if summary.transfer_to.is_some() => "Being passed on",
        ConversationState::Queued if summary.parked => "To be picked",
        ConversationState::Pending => "Snoozed",
        ConversationState::WrapUp => "Notes",
        ConversationState::Spam => "Spam",
        ConversationState::Automated
        | ConversationState::Queued
        | ConversationState::Offered
        | ConversationState::Open
        | ConversationState::Closed => return html! {},
    };
    html! { <span class="badge" data-part="badge">{ words }</span> }
}

/// Whose it is, or is to be.
fn whose(summary: &Summary) -> String {
    let asked: Vec<&str> = summary.offered_to.iter().map(|agent| agent.name.as_str()).collect();
    match (&summary.agent, &summary.transfer_to) {
        (None, _) if asked.is_empty() => "Offered".to_owned(),
        (None, _) => format!("Offered to {}", asked.join(", ")),
        (Some(owner), Some(to)) => format!("{}, being passed on to {}", owner.name, to.name),
        (Some(owner), None) => owner.name.clone(),
    }
}

/// An offer counts down; a wait grows, and its colour with it; mine says when somebody last spoke.
fn since(summary: &Summary, offered: bool, now: Timestamp) -> Html {
    if let (true, Some(until)) = (offered, summary.offer_until) {
        let left = until.millis_since(now);
        let words = if left == 0 { "ending".to_owned() } else { countdown(left) };
        return html! { <span class="offer-left" title="The offer ends then">{ words }</span> };
    }
    if let (ConversationState::Pending, Some(until)) = (summary.state, summary.until) {
        return html! { <span class="age" title="It returns then">{ time_of_day(until) }</span> };
    }
    if let (ConversationState::WrapUp, Some(until)) = (summary.state, summary.until) {
        return html! { <span class="age" title="Time for notes">{ countdown(until.millis_since(now)) }</span> };
    }
    if summary.state.is_waiting() {
        let millis = now.millis_since(summary.waiting_since.unwrap_or(summary.last_at));
        return html! {
            <span class="age" data-wait={urgency(millis)} title="Waiting since then">{ age(millis) }</span>
        };
    }
    html! { <span class="age" title="Last line">{ age(now.millis_since(summary.last_at)) }</span> }
}

fn urgency(millis: u64) -> &'static str {
    match millis / 60_000 {
        TOO_LONG_WAIT_MINUTES.. => "too-long",
        LONG_WAIT_MINUTES..TOO_LONG_WAIT_MINUTES => "long",
        0..LONG_WAIT_MINUTES => "fine",
    }
}
