//! A message's text, drawn as elements.

use protocol::markup::{self, Block, Span};
use yew::prelude::*;

/// Text with its markup.
pub fn marked(text: &str) -> Html {
    markup::read(text).iter().map(block).collect()
}

/// Text as it was typed.
pub fn plain(text: &str) -> Html {
    markup::read_plain(text).iter().map(block).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Lines(lines) => {
            let lines = lines.iter().enumerate().map(|(at, line)| {
                html! { <>if at > 0 { <br /> }{ spans(line) }</> }
            });
            html! { <p>{ for lines }</p> }
        }
        Block::List(items) => {
            let items = items.iter().map(|item| html! { <li>{ spans(item) }</li> });
            html! { <ul>{ for items }</ul> }
        }
    }
}

fn spans(spans: &[Span]) -> Html {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> Html {
    match span {
        Span::Text(text) => html! { { text } },
        Span::Strong(inner) => html! { <strong>{ spans(inner) }</strong> },
        Span::Emphasis(inner) => html! { <em>{ spans(inner) }</em> },
        Span::Code(text) => html! { <code>{ text }</code> },
        Span::Link { target, label } => html! {
            <a href={target.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow">{ label }</a>
        },
    }
}
