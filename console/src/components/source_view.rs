//! An author's file around one of its lines.

use crate::preview::AuthorFile;
use yew::prelude::*;

/// Lines shown above and below the one that matters.
const AROUND: usize = 12;

/// What to show.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The file.
    pub file: AuthorFile,
    /// The line that matters, from 1.
    pub line: usize,
}

/// Draws the lines and brings the one that matters into view.
#[component]
pub fn SourceView(props: &Props) -> Html {
    let chosen = use_node_ref();
    {
        let chosen = chosen.clone();
        use_effect_with(props.line, move |_| {
            if let Some(line) = chosen.cast::<web_sys::Element>() {
                line.scroll_into_view_with_bool(false);
            }
        });
    }
    let first = props.line.saturating_sub(AROUND + 1);
    let lines = props.file.text.lines().enumerate().skip(first).take(2 * AROUND + 1);
    html! {
        <figure class="source" data-part="source">
            <figcaption>{ &props.file.name }{ ", line " }{ props.line }</figcaption>
            <pre>{ for lines.map(|(index, text)| {
                let matters = index + 1 == props.line;
                html! {
                    <span
                        key={index} class={classes!("source-line", matters.then_some("chosen"))}
                        ref={if matters { chosen.clone() } else { NodeRef::default() }}
                    ><span class="source-number">{ index + 1 }</span>{ text }{ "\n" }</span>
                }
            }) }</pre>
        </figure>
    }
}
