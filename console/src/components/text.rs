//! A message's words, drawn as elements. Nothing is ever put into the page as HTML.

use protocol::markup::{self, Block, Span};
use yew::prelude::*;

/// Words with their markup, as the visitor sees them too.
pub fn marked(words: &str) -> Html {
    draw(&markup::read(words))
}

/// Words as they were typed; only addresses become links.
pub fn plain(words: &str) -> Html {
    draw(&markup::read_plain(words))
}

/// Words with their markup, as a part of something else that is shown.
pub fn part(words: &str) -> Html {
    html! { <div class="words">{ for markup::read(words).iter().map(block) }</div> }
}

/// Words in which names and values stand between backticks, and nothing else is marked.
pub fn with_code(words: &str) -> Html {
    words.split('`').enumerate().map(|(at, part)| piece(part, at % 2 == 1)).collect()
}

fn piece(part: &str, code: bool) -> Html {
    if code {
        html! { <code>{ part }</code> }
    } else {
        html! { { part } }
    }
}

fn draw(blocks: &[Block]) -> Html {
    html! { <div class="words" data-part="text">{ for blocks.iter().map(block) }</div> }
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
