//! Variables and answers, to be looked at and changed by hand.

use super::empty::empty;
use super::icon::Icon;
use crate::preview::{Msg, Preview, Scope};
use protocol::inspect::VariableTrace;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A longer value gets a field of several lines.
const ONE_LINE_CHARS_MAX: usize = 60;

/// The JSON of a variable without a value.
const UNSET: &str = "null";

/// Draws the two kinds of values behind two tabs.
pub fn values(preview: &Preview, on: &Callback<Msg>) -> Html {
    let shown = match preview.scope {
        Scope::Session => &preview.variables,
        Scope::Action => &preview.answers,
    };
    let tab = |scope: Scope, name: &'static str, count: usize| {
        let chosen = preview.scope == scope;
        html! {
            <button
                type="button" role="tab" class={classes!("tab", chosen.then_some("chosen"))} aria-selected={chosen.to_string()}
                onclick={on.reform(move |_| Msg::ScopeChosen(scope))}
            >{ name }<span class="count">{ count }</span></button>
        }
    };
    html! {
        <section class="values">
            <div class="tabs" role="tablist" aria-label="Values">
                { tab(Scope::Session, "Session variables", preview.variables.len()) }
                { tab(Scope::Action, "Action variables", preview.answers.len()) }
            </div>
            if shown.is_empty() {
                { empty(Icon::Panel, "No values yet", nothing(preview.scope)) }
            } else {
                <p class="muted">{ "A value is plain words or JSON; null takes it away. Enter keeps it." }</p>
                <ul class="value-list">{ for shown.iter().map(|value| row(value, preview, on)) }</ul>
            }
        </section>
    }
}

fn nothing(scope: Scope) -> &'static str {
    match scope {
        Scope::Session => "The variables of the assistant appear here when it runs.",
        Scope::Action => "Answers appear here while an action runs.",
    }
}

fn row(value: &VariableTrace, preview: &Preview, on: &Callback<Msg>) -> Html {
    let wrong = preview.not_set.as_ref().filter(|(name, _)| *name == value.name).map(|(_, why)| why);
    let masked = value.json.is_empty();
    let id = format!("value-{}", value.name);
    html! {
        <li key={value.name.clone()} class="value" data-part="variable" data-name={value.name.clone()}>
            <label for={id.clone()}><code>{ &value.name }</code></label>
            if masked {
                <span class="value-masked" title="Protected: it is shown to nobody, and cannot be set here">{ &value.value }{ " protected" }</span>
            } else {
                { field(value, id, wrong.is_some(), on) }
            }
            if let Some(why) = wrong { <p class="field-wrong" role="alert">{ why }</p> }
        </li>
    }
}

fn field(value: &VariableTrace, id: String, wrong: bool, on: &Callback<Msg>) -> Html {
    let name = value.name.clone();
    let keep = on.reform(move |text: String| Msg::ValueEntered { name: name.clone(), text });
    let unset = value.json == UNSET;
    let shown = if unset { String::new() } else { editable(&value.json) };
    if shown.chars().count() > ONE_LINE_CHARS_MAX {
        let kept = keep.reform(|event: Event| event.target_unchecked_into::<HtmlTextAreaElement>().value());
        return html! {
            <textarea id={id} data-part="value" rows="4" aria-invalid={wrong.to_string()} value={shown} onchange={kept} />
        };
    }
    let kept = keep.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <input
            id={id} type="text" data-part="value" autocomplete="off" spellcheck="false" aria-invalid={wrong.to_string()}
            placeholder={unset.then_some("no value")} value={shown} onchange={kept}
        />
    }
}

/// A text without its quotes, unless it could then be taken for something else.
fn editable(json: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(serde_json::Value::String(text)) if serde_json::from_str::<serde_json::Value>(&text).is_err() => {
            text
        }
        Ok(_) | Err(_) => json.to_owned(),
    }
}
