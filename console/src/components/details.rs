//! What is known: what the assistant handed over, and where the conversation comes from.

use super::conversation::visitor_of;
use super::empty::skeleton;
use crate::browser::clock::time_of_day;
use crate::inbox::words::visitor_name;
use crate::inbox::{Asked, Inbox, Thread};
use protocol::Collected;
use yew::prelude::*;

/// Draws the panel.
pub fn details(inbox: &Inbox, thread: &Thread) -> Html {
    html! {
        <aside class="details" aria-label="What is known" data-part="details">
            if let Some(asked) = &thread.facts().asked { { handed_over(asked) } }
            else if thread.seen() == 0 { { skeleton(2) } }
            if thread.seen() > 0 || thread.summary.is_some() { { origin(inbox, thread) } }
        </aside>
    }
}

fn handed_over(asked: &Asked) -> Html {
    let hand_off = &asked.hand_off;
    html! {
        <>
            <section>
                <h2>{ "Answers so far" }</h2>
                { collected(&hand_off.collected) }
            </section>
            if let Some(message) = hand_off.message_to_agent.as_ref().filter(|m| !m.trim().is_empty()) {
                <section>
                    <h2>{ "For you" }</h2>
                    <p class="for-agent" data-part="message-to-agent">{ message }</p>
                </section>
            }
        </>
    }
}

fn collected(answers: &[Collected]) -> Html {
    html! {
        <dl class="facts" data-part="collected">
            { for answers.iter().map(|answer| fact(&answer.label, html! { &answer.value })) }
            if answers.is_empty() { <div class="no-fact"><dd class="muted">{ "The assistant has none." }</dd></div> }
        </dl>
    }
}

fn origin(inbox: &Inbox, thread: &Thread) -> Html {
    let facts = thread.facts();
    let summary = thread.summary.as_ref();
    let asked = facts.asked.as_ref();
    let reason = asked.map(|a| a.hand_off.reason).or(summary.and_then(|s| s.reason));
    let queue = asked.map(|a| &a.queue).or(summary.and_then(|s| s.queue.as_ref()));
    let since = asked.map(|a| a.at).or(summary.and_then(|s| s.waiting_since));
    let action = asked.and_then(|a| a.hand_off.action.as_ref());
    let site = facts.site.as_ref().or(summary.map(|s| &s.site));
    html! {
        <section>
            <h2>{ "Background" }</h2>
            <dl class="facts">
                if let Some(action) = action { { fact("Was doing", html! { action }) } }
                if let Some(reason) = reason { { fact("Why", html! { reason.describe() }) } }
                if let Some(queue) = queue { { fact("Queue", html! { inbox.office.queue(queue) }) } }
                if let Some(since) = since { { fact("Asked at", html! { time_of_day(since) }) } }
                if let Some(opened) = facts.opened_at { { fact("Began at", html! { time_of_day(opened) }) } }
                if let Some(page) = facts.page.get("page_title").or(facts.page.get("page")) {
                    { fact("Page", html! { <span title={facts.page.get("page").cloned()}>{ page }</span> }) }
                }
                if let Some(from) = facts.page.get("referrer") { { fact("Came from", html! { from }) } }
                if let Some(language) = facts.page.get("language") { { fact("Language", html! { language }) } }
                if let Some(site) = site { { fact("Site", html! { site.as_str() }) } }
                if let Some(summary) = summary.filter(|s| s.priority != 0) {
                    { fact("Priority", html! { summary.priority }) }
                }
                if let Some(summary) = summary.filter(|s| !s.tags.is_empty()) {
                    { fact("Tags", html! { summary.tags.join(", ") }) }
                }
                if let Some(visitor) = visitor_of(thread) {
                    { fact("Visitor", html! { <span title={visitor.to_string()}>{ visitor_name(visitor) }</span> }) }
                }
            </dl>
        </section>
    }
}

fn fact(label: &str, value: Html) -> Html {
    html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }
}
