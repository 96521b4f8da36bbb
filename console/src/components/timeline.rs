//! What happened in a turn, line by line. Each line leads to its step in the author's file.

use crate::preview::Msg;
use crate::preview::words::{Line, Tone, line};
use protocol::inspect::Happened;
use yew::prelude::*;

/// Draws the lines; what led nowhere (steps passed over) is faint.
pub fn timeline(happenings: &[Happened], on: &Callback<Msg>) -> Html {
    if happenings.is_empty() {
        return html! {};
    }
    html! {
        <section>
            <h3>{ "What happened" }</h3>
            <ol class="timeline">{ for happenings.iter().map(|happened| row(&line(happened), on)) }</ol>
        </section>
    }
}

fn row(line: &Line, on: &Callback<Msg>) -> Html {
    let tone = match line.tone {
        Tone::Marker => "marker",
        Tone::Plain => "plain",
        Tone::Faint => "faint",
        Tone::Wrong => "wrong",
    };
    let (action, step) = line.place.clone().unwrap_or_default();
    html! {
        <li class={classes!("happened", tone)} data-part="happened" data-kind={line.kind} data-action={action.clone()} data-step={step.clone()}>
            if line.place.is_some() { { locator(action, step, on) } }
            <span class="happened-words">{ &line.words }</span>
        </li>
    }
}

/// The action's and step's ids; pressing them shows the step in the file.
fn locator(action: String, step: String, on: &Callback<Msg>) -> Html {
    let name = if step.is_empty() { action.clone() } else { format!("{action} / {step}") };
    let chosen = on.reform(move |_| Msg::StepChosen(action.clone(), step.clone()));
    html! { <button type="button" class="locator" data-part="locator" title="Show it in the file" onclick={chosen}>{ name }</button> }
}
