//! Questions that can be answered without typing: options and days. Once the visitor has answered, options can be read and
//! no longer chosen.

use super::Around;
use crate::chat::Msg;
use protocol::rich::Show;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;

/// Up to so many options are buttons unless their author says otherwise.
const BUTTONS_MAX: usize = 4;

pub fn options(question: &str, options: &[String], show: Show, around: &Around<'_>) -> Html {
    let as_list = match show {
        Show::Auto => options.len() > BUTTONS_MAX,
        Show::Buttons => false,
        Show::List => true,
        Show::Hidden => return Html::default(),
    };
    match as_list {
        _ if options.is_empty() => Html::default(),
        true => list(question, options, around),
        false => buttons(question, options, around),
    }
}

/// A day is chosen with the browser's own picker, which knows the visitor's calendar. Once it is chosen the picker goes: the
/// visitor's line below says which day it was, in words a picker could not take.
pub fn day(from: Option<&String>, to: Option<&String>, around: &Around<'_>) -> Html {
    if !around.live {
        return Html::default();
    }
    let field = html! {
        <input type="date" ref={around.field.clone()} data-part="date" aria-label={around.words.choose_day}
            min={from.cloned()} max={to.cloned()} required={true} />
    };
    form(field, around)
}

fn buttons(question: &str, options: &[String], around: &Around<'_>) -> Html {
    let button = |label: &String| {
        let said = label.clone();
        let onclick = around.on.reform(move |_: MouseEvent| Msg::Chose(said.clone()));
        let chosen = is_chosen(label, around);
        html! {
            <button type="button" class={classes!("option", chosen.then_some("chosen"))} data-part="option"
                aria-pressed={chosen.then_some("true")} disabled={!around.live} {onclick}>{ label }</button>
        }
    };
    html! {
        <div class="options" role="group" aria-label={question.to_owned()}>{ for options.iter().map(button) }</div>
    }
}

fn list(question: &str, options: &[String], around: &Around<'_>) -> Html {
    let nothing = options.iter().all(|label| !is_chosen(label, around));
    let option = |label: &String| {
        html! { <option value={label.clone()} selected={is_chosen(label, around)}>{ label }</option> }
    };
    let field = html! {
        <select ref={around.field.clone()} data-part="choices" aria-label={question.to_owned()}
            required={true} disabled={!around.live}>
            <option value="" selected={nothing}>{ around.words.choose_one }</option>
            { for options.iter().map(option) }
        </select>
    };
    form(field, around)
}

/// A form, so that Enter chooses and the browser itself says what is missing or out of bounds, in its own language.
fn form(field: Html, around: &Around<'_>) -> Html {
    let (on, node) = (around.on.clone(), around.field.clone());
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(value) = value_of(&node).filter(|value| !value.is_empty()) {
            on.emit(Msg::Chose(value));
        }
    });
    html! {
        <form class="choice" {onsubmit}>
            { field }
            <button type="submit" class="option" data-part="choose" disabled={!around.live}>{ around.words.choose }</button>
        </form>
    }
}

fn value_of(node: &NodeRef) -> Option<String> {
    let field = node.cast::<Element>()?;
    js_sys::Reflect::get(&field, &JsValue::from_str("value")).ok()?.as_string()
}

fn is_chosen(label: &str, around: &Around<'_>) -> bool {
    !around.live && around.answer.is_some_and(|answer| answer.eq_ignore_ascii_case(label.trim()))
}
