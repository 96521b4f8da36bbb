//! What was said and what happened, the latest at the bottom. The list is drawn from its end (`column-reverse` in the
//! style sheet), so the browser itself keeps a reader at the bottom there, and a reader further up where they are.

use super::content::content;
use super::empty::skeleton;
use super::icon::{Icon, icon};
use super::text::{marked, plain};
use crate::browser::clock::time_of_day;
use crate::inbox::office::Office;
use crate::inbox::transcript::{Entry, Kind, Said, Speaker, entries};
use crate::inbox::{Mark, Msg, Progress, Thread, Unsent};
use protocol::RequestId;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Further from the bottom than this, the way back is offered.
const AWAY_PIXELS: i32 = 160;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The conversation.
    pub thread: Rc<Thread>,
    /// My lines that are not events yet.
    pub unsent: Vec<Unsent>,
    /// Names of everybody and everything.
    pub office: Rc<Office>,
    /// For "try again".
    pub on: Callback<Msg>,
}

/// Draws it. A component, so that it is drawn anew only when the conversation has changed.
#[component]
pub fn Transcript(props: &Props) -> Html {
    let scroller = use_node_ref();
    let away = use_state_eq(|| false);
    let on_scroll = {
        let (scroller, away) = (scroller.clone(), away.clone());
        move |_| away.set(scroller.cast::<HtmlElement>().is_some_and(|e| -e.scroll_top() > AWAY_PIXELS))
    };
    let to_latest = {
        let scroller = scroller.clone();
        move |_: MouseEvent| {
            if let Some(element) = scroller.cast::<HtmlElement>() {
                element.set_scroll_top(0);
            }
        }
    };
    let reading = *props.thread.progress() == Progress::Reading;
    html! {
        <div class="talk">
            <div class="scroller" ref={scroller} onscroll={on_scroll} tabindex="0" aria-label="What was said">
                <div class="page" data-part="transcript" role="log" aria-busy={reading.to_string()}>
                    if reading && props.thread.seen() == 0 { { skeleton(4) } }
                    { page(props) }
                </div>
            </div>
            if *away {
                <button type="button" class="to-latest" onclick={to_latest}>{ icon(Icon::Down) }{ "Latest" }</button>
            }
        </div>
    }
}

fn page(props: &Props) -> Html {
    let all = entries(props.thread.events(), &props.unsent, &props.office);
    let assistant = |e: &Entry<'_>| matches!(e.kind, Kind::Said { speaker: Speaker::Assistant, .. });
    let reported = all.iter().any(assistant);
    html! {
        <>
            if reported {
                <p class="page-note">{ "The assistant's lines are as the visitor's browser reported them." }</p>
            }
            { for all.iter().map(|e| entry(e, &props.on)) }
        </>
    }
}

fn entry(entry: &Entry<'_>, on: &Callback<Msg>) -> Html {
    match &entry.kind {
        Kind::Said { speaker, aside, first, said: what, mark } => html! {
            <div
                key={entry.key.clone()} data-part="entry" data-author={if *aside { "comment" } else { author(*speaker) }} data-sent={is_sent(mark).to_string()}
                class={classes!("entry", side(*speaker), aside.then_some("aside"), first.then_some("first"))}
            >
                if *first { <p class="who">{ name(*speaker) }if *aside { <span class="badge">{ "Only colleagues see this" }</span> }<time>{ time_of_day(entry.at) }</time></p> }
                <div class="bubble" title={time_of_day(entry.at)}>
                    { said(*speaker, *what) }
                </div>
                if let Some((id, mark)) = mark { { fate(*id, mark, on) } }
            </div>
        },
        Kind::Notice { text: words, until, told, note, why } => html! {
            <div key={entry.key.clone()} data-part="entry" data-author="notice" class="entry notice-entry">
                <p data-part="text">{ words }if let Some(until) = until { { format!(" until {}", time_of_day(*until)) } }<time>{ time_of_day(entry.at) }</time></p>
                if let Some(told) = told { <p class="told">{ "The visitor was told: “" }{ *told }{ "”" }</p> }
                if let Some(note) = note { <p class="told">{ "Note: " }{ *note }</p> }
                if !why.is_empty() {
                    <details class="why" data-part="why">
                        <summary>{ "Why here" }</summary>
                        <ul>{ for why.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
                    </details>
                }
            </div>
        },
    }
}

/// Visitors' words are shown as they typed them, everybody else's as the visitor sees them.
fn said(speaker: Speaker<'_>, said: Said<'_>) -> Html {
    let words = match speaker {
        Speaker::Visitor => plain,
        Speaker::Assistant | Speaker::Me | Speaker::Colleague(_) | Speaker::Machine(_) | Speaker::Bridge => {
            marked
        }
    };
    match said {
        Said::Line(line) => words(line),
        Said::Content(shown) => content(shown, words),
    }
}

/// What became of a line of mine.
fn fate(id: RequestId, mark: &Mark, on: &Callback<Msg>) -> Html {
    match mark {
        Mark::Pending => {
            html! { <span class="fate" title="Not sent yet">{ icon(Icon::Clock) }<span class="unseen">{ "Not sent yet" }</span></span> }
        }
        Mark::Saved => {
            html! { <span class="fate" title="Sent">{ icon(Icon::Check) }<span class="unseen">{ "Sent" }</span></span> }
        }
        Mark::Failed(why) => html! {
            <span class="fate failed" role="alert">
                { icon(Icon::Warning) }<span>{ "Not sent: " }{ why }</span>
                <button type="button" class="link-button" data-part="retry" onclick={on.reform(move |_| Msg::RetryPressed(id))}>
                    { "Try again" }
                </button>
                <button type="button" class="link-button" data-part="discard" onclick={on.reform(move |_| Msg::DiscardPressed(id))}>
                    { "Discard" }
                </button>
            </span>
        },
    }
}

fn is_sent(mark: &Option<(RequestId, Mark)>) -> bool {
    match mark {
        None | Some((_, Mark::Saved)) => true,
        Some((_, Mark::Pending | Mark::Failed(_))) => false,
    }
}

fn author(speaker: Speaker<'_>) -> &'static str {
    match speaker {
        Speaker::Visitor => "visitor",
        Speaker::Assistant => "assistant",
        Speaker::Me | Speaker::Colleague(_) => "agent",
        Speaker::Machine(_) | Speaker::Bridge => "business",
    }
}

/// The visitor on the left, those who speak for the business on the right.
fn side(speaker: Speaker<'_>) -> &'static str {
    match speaker {
        Speaker::Visitor => "visitor",
        Speaker::Assistant => "ours assistant",
        Speaker::Me | Speaker::Colleague(_) => "ours agent",
        Speaker::Machine(_) | Speaker::Bridge => "ours assistant",
    }
}

fn name(speaker: Speaker<'_>) -> String {
    match speaker {
        Speaker::Visitor => "Visitor".to_owned(),
        Speaker::Assistant => "Assistant".to_owned(),
        Speaker::Me => "You".to_owned(),
        Speaker::Colleague(name) | Speaker::Machine(name) => name.to_owned(),
        Speaker::Bridge => "Automatic".to_owned(),
    }
}
