//! Tables. One that is wider than the chat scrolls by itself.

use super::super::text;
use crate::locale::Words;
use protocol::rich::Table;
use yew::prelude::*;

pub fn table(table: &Table, words: &'static Words) -> Html {
    let label = table.title.clone().unwrap_or_else(|| words.table.to_owned());
    let header = |name: &String| html! { <th scope="col">{ text::marked(name) }</th> };
    let cell = |words: &String| html! { <td>{ text::marked(words) }</td> };
    html! {
        <div class="table" data-part="table">
            if let Some(title) = &table.title { <p class="media-title">{ title }</p> }
            if let Some(description) = &table.description { <p class="table-words">{ description }</p> }
            <div class="table-scroller" role="region" aria-label={label.clone()} tabindex="0">
                <table aria-label={label}>
                    <thead><tr>{ for table.headers.iter().map(header) }</tr></thead>
                    <tbody>
                        { for table.rows.iter().map(|row| html! { <tr>{ for row.iter().map(cell) }</tr> }) }
                    </tbody>
                </table>
            </div>
        </div>
    }
}
