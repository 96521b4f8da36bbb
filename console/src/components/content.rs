//! What messages hold, as the visitor saw it and with nothing to press: an agent reads it. Films, sounds and pages of
//! others are linked to, so that nothing of theirs runs here.

use super::text::part;
use protocol::Content;
use protocol::rich::{
    Button, ButtonLook, Card, CardPart, Media, MediaKind, Press, Show, Table, is_safe_address,
};
use yew::prelude::*;

/// Draws what a message holds; `words` draws its words.
pub fn content(content: &Content, words: impl Fn(&str) -> Html) -> Html {
    match content {
        Content::Text { text } => words(text.as_str()),
        Content::Options { text, show: Show::Hidden, .. } => words(text.as_str()),
        Content::Options { text, options, show: Show::Auto | Show::Buttons | Show::List } => html! {
            <>
                { words(text.as_str()) }
                if !options.is_empty() {
                    <ul class="choices">{ for options.iter().map(|o| html! { <li data-part="option">{ o }</li> }) }</ul>
                }
            </>
        },
        Content::Date { text, from, to } => html! {
            <>
                { words(text.as_str()) }
                <ul class="choices"><li data-part="date">{ days(from.as_deref(), to.as_deref()) }</li></ul>
            </>
        },
        Content::Media(shown) => media(shown),
        Content::Button(shown) => button(shown),
        Content::Card(shown) => card(shown),
        Content::Carousel(cards) => html! {
            <ul class="shown-cards" data-part="carousel" aria-label={format!("{} cards", cards.len())} tabindex="0">
                { for cards.iter().map(|shown| html! { <li>{ card(shown) }</li> }) }
            </ul>
        },
        Content::Table(shown) => table(shown),
        Content::UserDefined { text, .. } => html! {
            <div data-part="own">
                if !text.is_empty() { { words(text) } }
                <p class="shown-note">{ "Drawn by the page around the chat" }</p>
            </div>
        },
    }
}

fn days(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (None, None) => "Asks for a day".to_owned(),
        (Some(from), None) => format!("Asks for a day from {from}"),
        (None, Some(to)) => format!("Asks for a day until {to}"),
        (Some(from), Some(to)) => format!("Asks for a day from {from} to {to}"),
    }
}

/// Always a link: who looks at a picture from elsewhere tells that server their address, and a visitor can forge one.
fn media(media: &Media) -> Html {
    let (code, kind) = match media.kind {
        MediaKind::Image => ("image", "Picture"),
        MediaKind::Video => ("video", "Film"),
        MediaKind::Audio => ("audio", "Sound"),
        MediaKind::Frame => ("frame", "Page"),
    };
    let name = media.alt.as_ref().or(media.title.as_ref()).map_or(kind, String::as_str);
    let shown = if name == kind { &media.source } else { name };
    html! {
        <figure class="shown-media" data-part="media" data-kind={code}>
            if let Some(title) = &media.title { <strong>{ title }</strong> }
            if !is_safe_address(&media.source) {
                <span>{ name }</span>
            } else {
                { link(&media.source, html! { <>{ kind }{ ": " }{ shown }</> }) }
            }
            if let Some(description) = &media.description { <figcaption>{ description }</figcaption> }
        </figure>
    }
}

fn button(button: &Button) -> Html {
    let look = match button.look {
        ButtonLook::Primary => "primary",
        ButtonLook::Secondary | ButtonLook::Link => "",
        ButtonLook::Danger => "danger",
    };
    let title = match &button.press {
        Press::Say(said) => format!("Says “{said}”"),
        Press::Open(address) => format!("Opens {address}"),
        Press::Emit { event, .. } => format!("Tells the page “{event}”"),
    };
    html! {
        <button type="button" class={classes!("button", look)} data-part="button" disabled={true} {title}>
            { &button.label }
        </button>
    }
}

fn card(card: &Card) -> Html {
    let shown = |on: &CardPart| match on {
        CardPart::Text(words) => part(words),
        CardPart::Media(shown) => media(shown),
    };
    html! {
        <article class="shown-card" data-part="card">
            { for card.body.iter().map(shown) }
            { for card.buttons.iter().map(button) }
        </article>
    }
}

fn table(table: &Table) -> Html {
    let row = |cells: &Vec<String>| {
        html! { <tr>{ for cells.iter().map(|cell| html! { <td>{ part(cell) }</td> }) }</tr> }
    };
    let label = table.title.clone().unwrap_or_else(|| "Table".to_owned());
    html! {
        <div class="shown-table" data-part="table" role="region" aria-label={label} tabindex="0">
            if let Some(title) = &table.title { <strong>{ title }</strong> }
            if let Some(description) = &table.description { <p>{ description }</p> }
            <table>
                <thead>
                    <tr>{ for table.headers.iter().map(|name| html! { <th scope="col">{ part(name) }</th> }) }</tr>
                </thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn link(address: &str, inner: Html) -> Html {
    html! {
        <a href={address.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ inner }</a>
    }
}
