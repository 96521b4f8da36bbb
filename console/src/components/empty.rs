//! What stands where there is nothing: why, and what comes next.

use super::icon::{Icon, icon};
use yew::prelude::*;

/// A quiet picture and two sentences.
pub fn empty(which: Icon, title: &str, words: &str) -> Html {
    html! {
        <div class="empty">
            <span class="empty-picture">{ icon(which) }</span>
            <p class="empty-title">{ title }</p>
            <p class="empty-words">{ words }</p>
        </div>
    }
}

/// Rows that are on their way.
pub fn skeleton(rows: usize) -> Html {
    html! {
        <div class="skeleton" aria-hidden="true">
            { for (0..rows).map(|_| html! { <span class="skeleton-row" /> }) }
        </div>
    }
}
