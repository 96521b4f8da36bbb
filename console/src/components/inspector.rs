//! The assistant explained, turn by turn, the latest on top.

use super::empty::empty;
use super::icon::{Icon, icon};
use super::timeline::timeline;
use crate::preview::words::{denied, understood};
use crate::preview::{Msg, Turn};
use protocol::inspect::{Candidate, Happened, Trace};
use protocol::{Collected, HandOff};
use yew::prelude::*;

/// Candidates shown at once; the rest is folded away below them.
const CANDIDATES_SHOWN: usize = 3;

/// Draws all turns; only the latest is unfolded, and any other can be.
pub fn inspector(turns: &[Turn], on: &Callback<Msg>) -> Html {
    html! {
        <div class="inspector" data-part="inspector" aria-live="polite">
            { for turns.iter().enumerate().map(|(at, turn)| card(turn, at == 0, on)) }
            if turns.is_empty() {
                { empty(Icon::Talk, "Nothing has been heard yet", "Write in the chat: what was understood and done appears here.") }
            }
        </div>
    }
}

fn card(turn: &Turn, latest: bool, on: &Callback<Msg>) -> Html {
    let trace = &turn.trace;
    html! {
        <details key={turn.number} class="turn" data-part="turn" open={latest}>
            <summary>
                <span class="turn-number">{ turn.number }</span>
                <span class="turn-heard">{ headline(trace) }</span>
                if trace.hand_off.is_some() { <span class="pill">{ "Connect to agent" }</span> }
            </summary>
            <p class="verdict" data-part="verdict">
                { understood(&trace.understood) }
                if trace.no_matches_count > 0 {
                    <span class="misses" data-part="no-matches">{ format!(" Not understood {} in a row.", trace.no_matches_count) }</span>
                }
            </p>
            if let Some(hand_off) = &trace.hand_off { { reached(hand_off) } }
            { candidates(trace) }
            { timeline(&trace.happenings, on) }
        </details>
    }
}

/// What the turn was taken for.
fn headline(trace: &Trace) -> String {
    let called = |happened: &Happened| matches!(happened, Happened::CallAnswered { .. });
    match &trace.heard {
        Some(words) => format!("“{words}”"),
        None if trace.happenings.iter().any(called) => "After the call".to_owned(),
        None => "Without a word of the visitor".to_owned(),
    }
}

/// The bars are drawn, not styled: a page's policy may forbid style attributes.
fn candidates(trace: &Trace) -> Html {
    if trace.candidates.is_empty() {
        return html! {};
    }
    let threshold = percent(trace.threshold);
    let (first, rest) = trace.candidates.split_at(trace.candidates.len().min(CANDIDATES_SHOWN));
    let list = |part: &[Candidate]| {
        html! { <ul class="candidates">{ for part.iter().map(|c| candidate(c, trace.threshold)) }</ul> }
    };
    html! {
        <section>
            <h3>{ "Could have been meant" }<span class="muted">{ format!(" taken from {threshold:.0} %") }</span></h3>
            { list(first) }
            if !rest.is_empty() {
                <details class="rest"><summary>{ format!("{} less likely", rest.len()) }</summary>{ list(rest) }</details>
            }
        </section>
    }
}

fn candidate(candidate: &Candidate, threshold: f32) -> Html {
    let (sure, mark) = (percent(candidate.confidence), percent(threshold));
    let enough = candidate.confidence >= threshold && candidate.denied.is_none();
    html! {
        <li
            class={classes!("candidate", enough.then_some("enough"))} data-part="candidate"
            data-action={candidate.action.clone()} data-confidence={format!("{:.3}", candidate.confidence)}
        >
            <span class="candidate-title">
                { &candidate.title }
                if let Some(why) = candidate.denied { <span class="candidate-denied">{ " · " }{ denied(why) }</span> }
            </span>
            <span class="candidate-sure">{ format!("{sure:.0} %") }</span>
            <svg class="gauge" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="gauge-all" width="100" height="6" />
                <rect class="gauge-sure" width={format!("{sure:.1}")} height="6" />
                <rect class="gauge-mark" x={format!("{:.1}", mark - 0.4)} width="0.8" height="6" />
            </svg>
        </li>
    }
}

/// "Connect to agent" was reached: everything an agent and the visitor would have got, and the promise that nobody has.
fn reached(hand_off: &HandOff) -> Html {
    let queue = hand_off.queue.as_ref().map_or("the site's default queue".to_owned(), ToString::to_string);
    html! {
        <section class="hand-off" data-part="hand-off">
            <h3>{ icon(Icon::Check) }{ "“Connect to agent” was reached" }</h3>
            <p>{ "This is a preview: nobody was transferred, and no agent was told." }</p>
            <dl class="facts">
                { fact("Why", hand_off.reason.describe()) }
                if let Some(action) = &hand_off.action { { fact("Action", action) } }
                { fact("Queue", &queue) }
                { fact("When agents are online", &hand_off.online_message) }
                { fact("When nobody is online", &hand_off.offline_message) }
                if let Some(message) = &hand_off.message_to_agent { { fact("Message to the agent", message) } }
                { for hand_off.collected.iter().map(|Collected { label, value }| fact(label, value)) }
            </dl>
        </section>
    }
}

fn fact(label: &str, value: &str) -> Html {
    html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }
}

fn percent(share: f32) -> f32 {
    share.clamp(0.0, 1.0) * 100.0
}
