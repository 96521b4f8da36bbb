//! The author's file, what is wrong with it, and what becomes of it: draft, versions, links.

use super::icon::{Icon, icon};
use super::source_view::SourceView;
use super::text::with_code;
use crate::browser::clock;
use crate::preview::{
    AuthorFile, Mistake, Msg, Preview, Severity, Share, Shared, Source, Task, Version, Versions,
};
use web_sys::{DragEvent, File, HtmlInputElement};
use yew::prelude::*;

/// How long a link can last.
const SHARE_HOURS: [(u64, &str); 4] = [(24, "a day"), (72, "three days"), (168, "a week"), (720, "30 days")];

/// The choice that is made at first.
const SHARE_HOURS_DEFAULT: u64 = 72;

/// What the fields of this side hold.
#[derive(Clone, Default, PartialEq)]
pub struct Fields {
    /// What the author says of the next version.
    pub note: NodeRef,
    /// How long a link lasts.
    pub hours: NodeRef,
}

/// Draws all of it.
pub fn workshop(preview: &Preview, fields: &Fields, on: &Callback<Msg>, on_file: &Callback<File>) -> Html {
    let local = preview.source == Source::Local;
    html! {
        <section class="workshop">
            if !local { { drop_zone(on_file) } }
            if let Some(file) = &preview.file { { the_file(file, &preview.source, on) } }
            if let (Some(file), Some(line)) = (&preview.file, preview.line) {
                <SourceView file={file.clone()} {line} />
            }
            if !local { { keeping(preview, fields, on) } }
            { outcome(preview) }
            if let Some(share) = &preview.share { { link(share) } }
            if let Some(versions) = &preview.versions { { version_list(versions, preview, on) } }
        </section>
    }
}

fn drop_zone(on_file: &Callback<File>) -> Html {
    html! {
        <label class="drop" ondragover={|event: DragEvent| event.prevent_default()} ondrop={dropped(on_file)}>
            { icon(Icon::Upload) }
            <span>
                <strong>{ "Try a file" }</strong>
                { " — choose an assistant's JSON or YAML, or drop it here. It runs in this preview only." }
            </span>
            <input type="file" data-part="load" accept=".json,.yaml,.yml" class="unseen" onchange={chosen(on_file)} />
        </label>
    }
}

fn the_file(file: &AuthorFile, source: &Source, on: &Callback<Msg>) -> Html {
    let of = |severity: Severity| file.mistakes.iter().filter(move |mistake| mistake.severity == severity);
    let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
    let state = match (file.runs, errors) {
        (true, _) => "runs in this preview",
        (false, 0) => "is being checked…",
        (false, _) => "does not run: what ran before still does",
    };
    let kept = match source {
        Source::Draft => "The draft, ".to_owned(),
        Source::Version(number) => format!("Version {number}, "),
        Source::Published | Source::File | Source::Local => String::new(),
    };
    let stop = if kept.is_empty() { " " } else { ", " };
    html! {
        <>
            <div class="file"><span class="file-words" data-part="runs">{ kept }<strong>{ &file.name }</strong>{ stop }{ state }</span></div>
            if errors > 0 { { mistakes("errors", "Errors", of(Severity::Error), on) } }
            if warnings > 0 { { mistakes("warnings", "Warnings", of(Severity::Warning), on) } }
        </>
    }
}

fn mistakes<'a>(
    class: &'static str,
    title: &'static str,
    list: impl Iterator<Item = &'a Mistake>,
    on: &Callback<Msg>,
) -> Html {
    html! {
        <div class={classes!("mistakes", class)} data-part="mistakes" role={(class == "errors").then_some("alert")}>
            <h3>{ icon(Icon::Warning) }{ title }</h3>
            <ol>{ for list.map(|mistake| one_mistake(mistake, on)) }</ol>
        </div>
    }
}

fn one_mistake(mistake: &Mistake, on: &Callback<Msg>) -> Html {
    let line = mistake.line;
    let severity = match mistake.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    html! {
        <li data-part="mistake" data-severity={severity} data-code={mistake.code.clone()}>
            <button type="button" class="locator" title="Show it in the file" onclick={on.reform(move |_| Msg::LineChosen(line))}>
                { format!("Line {}, column {}", mistake.line, mistake.column) }
            </button>
            <span class="mistake-problem">{ with_code(&mistake.problem) }</span>
            <span class="mistake-remedy">{ with_code(&mistake.remedy) }</span>
        </li>
    }
}

/// Saving, publishing, sharing: what is previewed decides which of them make sense.
fn keeping(preview: &Preview, fields: &Fields, on: &Callback<Msg>) -> Html {
    let busy = preview.working.is_some();
    let has_file = preview.file.as_ref().is_some_and(|file| file.runs);
    let is_new = preview.source == Source::File || preview.source == Source::Draft;
    let note = fields.note.clone();
    let publish = on.reform(move |_| {
        let said = note.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
        Msg::PublishPressed(said)
    });
    html! {
        <div class="keeping">
            if is_new && has_file {
                <div class="keeping-row">
                    <input ref={fields.note.clone()} type="text" class="note" data-part="note" maxlength="500" placeholder="What has changed? (optional)" aria-label="What has changed" />
                    if preview.source == Source::File {
                        <button type="button" class="button" data-part="save-draft" disabled={busy} onclick={on.reform(|_| Msg::SaveDraftPressed)}>{ "Save as draft" }</button>
                    }
                    <button type="button" class="button primary" data-part="publish" disabled={busy} onclick={publish}>
                        { if preview.working == Some(Task::Publish) { "Publishing…" } else { "Publish" } }
                    </button>
                </div>
            }
            { sharing(preview, fields, busy, on) }
        </div>
    }
}

/// A file of this computer cannot be shared before it is kept.
fn sharing(preview: &Preview, fields: &Fields, busy: bool, on: &Callback<Msg>) -> Html {
    let (shared, what) = match &preview.source {
        Source::Published => (Shared::Published, "the published version".to_owned()),
        Source::Draft => (Shared::Draft, "the draft".to_owned()),
        Source::Version(number) => (Shared::Version(*number), format!("version {number}")),
        Source::File | Source::Local => return html! {},
    };
    let hours = fields.hours.clone();
    let make = on.reform(move |_| {
        let chosen =
            hours.cast::<web_sys::HtmlSelectElement>().and_then(|select| select.value().parse().ok());
        Msg::SharePressed(shared.clone(), chosen.unwrap_or(SHARE_HOURS_DEFAULT))
    });
    html! {
        <div class="keeping-row">
            <span class="keeping-words">{ "A link that shows " }{ what }{ ", with real transfer, for " }</span>
            <select ref={fields.hours.clone()} class="select" aria-label="How long the link lasts">
                { for SHARE_HOURS.iter().map(|(hours, words)| html! { <option value={hours.to_string()} selected={*hours == SHARE_HOURS_DEFAULT}>{ *words }</option> }) }
            </select>
            <button type="button" class="button" data-part="share" disabled={busy} onclick={make}>{ "Make a link" }</button>
        </div>
    }
}

fn outcome(preview: &Preview) -> Html {
    if let Some(why) = &preview.trouble {
        return html! { <p class="outcome wrong" role="alert" data-part="trouble">{ icon(Icon::Warning) }{ why }</p> };
    }
    if let (Some(Task::Publish), Some(version)) = (&preview.done, preview.nothing_new) {
        let words = format!(
            "Nothing is new: version {version}, which visitors get, is this very file. No version was added, and no note kept."
        );
        return html! { <p class="outcome" role="status" data-part="published">{ words }</p> };
    }
    let words = match &preview.done {
        Some(Task::Publish) => "Published. Chats opened from now on run it.",
        Some(Task::SaveDraft) => "Saved as the site's draft. Visitors still get the published version.",
        Some(Task::RollBack(_)) => "Rolled back. Chats opened from now on run that version.",
        Some(Task::Share | Task::Try | Task::Read | Task::List) | None => return html! {},
    };
    html! { <p class="outcome good" role="status" data-part="published">{ icon(Icon::Check) }{ words }</p> }
}

fn link(share: &Share) -> Html {
    let origin = crate::browser::window().location().origin().unwrap_or_default();
    let address = format!("{origin}{}", share.address);
    let copied = address.clone();
    let copy = move |_| {
        // A browser that refuses leaves the address selectable in its field.
        let _ = crate::browser::window().navigator().clipboard().write_text(&copied);
    };
    let select = |event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select();
    html! {
        <div class="link" role="status">
            <input type="text" readonly=true data-part="share-address" aria-label="The link" value={address} onfocus={select} />
            <button type="button" class="button" onclick={copy}>{ "Copy" }</button>
            <p class="muted">{ "Whoever has it can talk to this version until " }{ clock::time_of_day(share.expires_at) }{ "." }</p>
        </div>
    }
}

fn version_list(versions: &Versions, preview: &Preview, on: &Callback<Msg>) -> Html {
    html! {
        <section class="versions">
            <h3>{ "Versions" }</h3>
            if let Some(draft) = &versions.draft {
                <div class="version" data-part="draft">
                    <span class="version-number">{ "Draft" }</span>
                    <span class="version-words">{ &draft.name }{ " · " }{ clock::time_of_day(draft.saved_at) }{ by(draft.saved_by.as_ref()) }</span>
                    { look(Source::Draft, preview, on) }
                </div>
            }
            { for versions.versions.iter().map(|version| one_version(version, versions.current, preview, on)) }
            if versions.versions.is_empty() { <p class="muted">{ "Nothing was published yet." }</p> }
        </section>
    }
}

fn one_version(version: &Version, current: Option<u64>, preview: &Preview, on: &Callback<Msg>) -> Html {
    let number = version.number;
    let is_current = current == Some(number);
    let on_sure = on.clone();
    let back = Callback::from(move |_: MouseEvent| {
        let question = format!("Make version {number} the one visitors get?");
        if crate::browser::window().confirm_with_message(&question).unwrap_or(false) {
            on_sure.emit(Msg::RollBackPressed(number));
        }
    });
    html! {
        <div key={number} class="version" data-part="version" data-number={number.to_string()} data-current={is_current.to_string()}>
            <span class="version-number">{ number }</span>
            <span class="version-words">
                if is_current { <span class="pill">{ "Visitors get this" }</span>{ " " } }
                if !version.note.is_empty() { <strong>{ &version.note }</strong>{ " · " } }
                { clock::time_of_day(version.published_at) }{ by(version.published_by.as_ref()) }
            </span>
            { look(Source::Version(number), preview, on) }
            if !is_current {
                <button type="button" class="button" data-part="rollback" disabled={preview.working.is_some()} onclick={back}>{ "Roll back" }</button>
            }
        </div>
    }
}

/// The author; a version without one came with the workspace file.
fn by(author: Option<&String>) -> String {
    author.map_or_else(|| " · from the workspace file".to_owned(), |name| format!(" · {name}"))
}

fn look(source: Source, preview: &Preview, on: &Callback<Msg>) -> Html {
    let shown = preview.source == source;
    html! {
        <button type="button" class="button" data-part="look" disabled={shown} onclick={on.reform(move |_| Msg::SourceChosen(source.clone()))}>
            { if shown { "Previewed" } else { "Preview" } }
        </button>
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
