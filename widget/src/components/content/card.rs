//! Buttons, cards, and cards side by side.

use super::super::icons::{left_icon, right_icon};
use super::super::text;
use super::{Around, link, media};
use crate::chat::Msg;
use protocol::rich::{Button, ButtonLook, Card, CardPart, Press};
use web_sys::Element;
use yew::prelude::*;

/// A button. One that says something can be pressed as long as what it says is an answer.
pub fn button(button: &Button, around: &Around<'_>) -> Html {
    let class = look(button.look);
    let (label, on) = (&button.label, around.on);
    let pressed = |msg: Callback<MouseEvent>, disabled: bool| {
        html! { <button type="button" {class} data-part="button" onclick={msg} {disabled}>{ label }</button> }
    };
    match &button.press {
        Press::Say(said) => {
            let said = said.clone();
            pressed(on.reform(move |_| Msg::Chose(said.clone())), !around.live)
        }
        Press::Open(address) => {
            let label = html! { <span data-part="button">{ label }</span> };
            link(address, class, around.words, label)
        }
        Press::Emit { event, data } => {
            let (event, data) = (event.clone(), data.clone());
            pressed(on.reform(move |_| Msg::Emitted { event: event.clone(), data: data.clone() }), false)
        }
    }
}

pub fn card(card: &Card, around: &Around<'_>) -> Html {
    let part = |part: &CardPart| match part {
        CardPart::Text(words) => html! { <div class="card-words">{ text::marked(words) }</div> },
        CardPart::Media(shown) => media::media(shown, around.words),
    };
    html! {
        <article class="card" data-part="card">
            { for card.body.iter().map(part) }
            if !card.buttons.is_empty() {
                <div class="card-buttons">{ for card.buttons.iter().map(|b| button(b, around)) }</div>
            }
        </article>
    }
}

/// The row scrolls like any other element, with keys and fingers too; the buttons are for whoever has neither.
pub fn carousel(cards: &[Card], around: &Around<'_>) -> Html {
    if let [single] = cards {
        return card(single, around);
    }
    let words = around.words;
    let turn = |ways: i32| {
        let row = around.field.clone();
        Callback::from(move |_: MouseEvent| turn_to_next(&row, ways))
    };
    let slide = |(at, one): (usize, &Card)| {
        html! {
            <li aria-label={(words.card_of)(at + 1, cards.len())}>{ card(one, around) }</li>
        }
    };
    html! {
        <section class="carousel" data-part="carousel" aria-label={(words.carousel)(cards.len())}>
            <ul class="carousel-row" ref={around.field.clone()} tabindex="0">{ for cards.iter().enumerate().map(slide) }</ul>
            <div class="carousel-turns">
                <button type="button" class="icon-button" data-part="previous" aria-label={words.previous_card} onclick={turn(-1)}>{ left_icon() }</button>
                <button type="button" class="icon-button" data-part="next" aria-label={words.next_card} onclick={turn(1)}>{ right_icon() }</button>
            </div>
        </section>
    }
}

/// Scrolls by one card; after the last comes the first.
fn turn_to_next(row: &NodeRef, ways: i32) {
    let Some(row) = row.cast::<Element>() else { return };
    let step = row.first_element_child().map_or(0, |card| card.client_width());
    let end = row.scroll_width() - row.client_width();
    let at = row.scroll_left();
    row.set_scroll_left(match at + ways * step {
        // Rounding leaves a pixel at either end.
        _ if ways > 0 && at >= end - 1 => 0,
        _ if ways < 0 && at <= 1 => end,
        next => next.clamp(0, end),
    });
}

fn look(look: ButtonLook) -> &'static str {
    match look {
        ButtonLook::Primary => "button primary",
        ButtonLook::Secondary => "button secondary",
        ButtonLook::Danger => "button danger",
        ButtonLook::Link => "button plain",
    }
}
