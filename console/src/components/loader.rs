//! The author's own file: giving it, what is wrong with it, publishing it.

use super::icon::{Icon, icon};
use crate::preview::{Loaded, Mistake, Mistakes, Msg, Preview, Publishing};
use web_sys::{DragEvent, File, HtmlInputElement};
use yew::prelude::*;

/// Draws the field one drops a file on, and what became of the file.
pub fn loader(preview: &Preview, on: &Callback<Msg>, on_file: &Callback<File>) -> Html {
    html! {
        <section class="loader">
            <label class="drop" ondragover={|event: DragEvent| event.prevent_default()} ondrop={dropped(on_file)}>
                { icon(Icon::Upload) }
                <span>
                    <strong>{ "Try a file" }</strong>
                    { " — choose an assistant's JSON or drop it here. It runs in this preview only." }
                </span>
                <input type="file" data-part="load" accept=".json,application/json" class="unseen" onchange={chosen(on_file)} />
            </label>
            if let Some(loaded) = &preview.loaded { { file(preview, loaded, on) } }
            { mistakes(&preview.mistakes) }
        </section>
    }
}

fn file(preview: &Preview, loaded: &Loaded, on: &Callback<Msg>) -> Html {
    let state = if loaded.runs { "runs in this preview" } else { "is not running" };
    let working = preview.publishing == Publishing::Working;
    html! {
        <div class="file">
            <span class="file-words"><strong>{ &loaded.name }</strong>{ " " }{ state }</span>
            <button
                type="button" class="button primary" data-part="publish" disabled={working || !loaded.runs}
                onclick={on.reform(|_| Msg::PublishPressed)}
            >{ if working { "Publishing…" } else { "Publish" } }</button>
            { publishing(&preview.publishing) }
        </div>
    }
}

fn publishing(publishing: &Publishing) -> Html {
    match publishing {
        Publishing::Idle | Publishing::Working | Publishing::NeedsSignIn(_) => html! {},
        Publishing::Done => html! {
            <p class="outcome good" role="status" data-part="published">
                { icon(Icon::Check) }{ "Published. Chats opened from now on run it." }
            </p>
        },
        Publishing::Failed(why) => html! {
            <p class="outcome wrong" role="alert" data-part="publish-failed">{ icon(Icon::Warning) }{ why }</p>
        },
    }
}

fn mistakes(mistakes: &Mistakes) -> Html {
    let items: Vec<Html> = match mistakes {
        Mistakes::None => return html! {},
        Mistakes::Unreadable(why) => vec![html! { <li>{ why }</li> }],
        Mistakes::Loading(lines) => lines.iter().map(|line| html! { <li>{ line }</li> }).collect(),
        Mistakes::Publishing(list) => list.iter().map(mistake).collect(),
    };
    html! {
        <div class="mistakes" data-part="mistakes" role="alert">
            <h3>{ icon(Icon::Warning) }{ "The file has mistakes" }</h3>
            <p class="muted">{ "What ran before still runs." }</p>
            <ol>{ for items }</ol>
        </div>
    }
}

fn mistake(mistake: &Mistake) -> Html {
    html! {
        <li>
            <span class="mistake-place">
                { format!("Line {}, column {}", mistake.line, mistake.column) }
                if !mistake.path.is_empty() { <code>{ &mistake.path }</code> }
            </span>
            <span class="mistake-problem">{ &mistake.problem }</span>
            <span class="mistake-remedy">{ &mistake.remedy }</span>
        </li>
    }
}

fn chosen(on_file: &Callback<File>) -> Callback<Event> {
    let on_file = on_file.clone();
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_file.emit(file);
        }
        // The same file, corrected, must be news again.
        input.set_value("");
    })
}

fn dropped(on_file: &Callback<File>) -> Callback<DragEvent> {
    let on_file = on_file.clone();
    Callback::from(move |event: DragEvent| {
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            on_file.emit(file);
        }
    })
}
