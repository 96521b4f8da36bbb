//! What messages hold, drawn as elements: never as HTML, and with no address that [`is_safe_address`] does not let
//! through.

mod card;
mod choice;
mod media;
mod table;

use super::text;
use crate::chat::{Msg, Speaker};
use crate::locale::Words;
use protocol::Content;
use protocol::rich::is_safe_address;
use yew::prelude::*;

/// What drawing a message needs beside it.
pub struct Around<'a> {
    pub words: &'static Words,
    /// Choices in it can be taken.
    pub live: bool,
    /// The visitor's next line, which shows what was chosen.
    pub answer: Option<&'a str>,
    /// For the field of a question.
    pub field: &'a NodeRef,
    pub on: &'a Callback<Msg>,
}

/// Draws what a message holds.
pub fn content(by: &Speaker, content: &Content, around: &Around<'_>) -> Html {
    match content {
        Content::Text { text } => words(by, text.as_str()),
        Content::Options { text, options, show } => html! {
            <>{ words(by, text.as_str()) }{ choice::options(text.as_str(), options, *show, around) }</>
        },
        Content::Date { text, from, to } => html! {
            <>{ words(by, text.as_str()) }{ choice::day(from.as_ref(), to.as_ref(), around) }</>
        },
        Content::Media(media) => media::media(media, around.words),
        Content::Button(button) => {
            html! { <div class="options">{ card::button(button, around) }</div> }
        }
        Content::Card(card) => card::card(card, around),
        Content::Carousel(cards) => card::carousel(cards, around),
        Content::Table(table) => table::table(table, around.words),
        Content::UserDefined { text, .. } => html! { <div data-part="own">{ words(by, text) }</div> },
    }
}

/// Visitors see their own words as they typed them.
fn words(by: &Speaker, words: &str) -> Html {
    let drawn = match by {
        Speaker::Visitor => text::plain(words),
        Speaker::Assistant | Speaker::Agent { .. } | Speaker::Business => text::marked(words),
    };
    html! { <div class="bubble" data-part="text">{ drawn }</div> }
}

/// A link that leaves the chat where it is; the words alone when the address is not safe.
fn link(address: &str, class: &'static str, words: &'static Words, inner: Html) -> Html {
    if !is_safe_address(address) {
        return html! { <span {class}>{ inner }</span> };
    }
    html! {
        <a {class} href={address.to_owned()} target="_blank" rel="noopener noreferrer nofollow">
            { inner }<span class="unseen">{ words.new_tab }</span>
        </a>
    }
}
