//! A message's words, drawn as elements. Nothing is ever put into the page as HTML.

use crate::markup::{Span, read};
use yew::prelude::*;

/// Draws a message. Line breaks are the style sheet's (`white-space: pre-wrap`), so that a copy of it has them too.
pub fn text(words: &str) -> Html {
    html! { <p class="words" data-part="text">{ for read(words).into_iter().map(span) }</p> }
}

fn span(span: Span<'_>) -> Html {
    match span {
        Span::Text(words) => html! { words },
        Span::Link(address) => html! {
            <a href={address.to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ address }</a>
        },
    }
}
