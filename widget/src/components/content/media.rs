//! Pictures, films, sounds, and other pages. Each has its place before it is loaded, so that nothing jumps.

use super::super::icons::{play_icon, sound_icon};
use super::link;
use crate::browser::page::is_own;
use crate::locale::Words;
use protocol::players::host_of;
use protocol::rich::{Media, MediaKind, is_safe_address};
use yew::prelude::*;

/// What a page in a frame may do: be used. A page of the bridge itself could free itself of the frame if it kept its
/// origin, so it loses that; others need theirs for what they store.
const FRAME_MAY: &str = "allow-forms allow-popups allow-same-origin allow-scripts";
const OWN_FRAME_MAY: &str = "allow-forms allow-popups allow-scripts";

pub fn media(media: &Media, words: &'static Words) -> Html {
    let code = code(media.kind);
    html! {
        <figure class={classes!("media", code)} data-part="media" data-kind={code}>
            if let Some(title) = &media.title { <p class="media-title">{ title }</p> }
            { shown(media, words) }
            if let Some(description) = &media.description { <figcaption>{ description }</figcaption> }
        </figure>
    }
}

fn shown(media: &Media, words: &'static Words) -> Html {
    if !is_safe_address(&media.source) {
        return html! { <p>{ name(media).unwrap_or_default() }</p> };
    }
    let source = media.source.clone();
    let label = name(media);
    match media.kind {
        MediaKind::Image => {
            let alt = media.alt.clone().or(label.clone()).unwrap_or_else(|| words.picture.to_owned());
            let image = html! {
                <img src={source} {alt} loading="lazy" decoding="async" referrerpolicy="no-referrer" />
            };
            link(&media.source, "media-box", words, image)
        }
        MediaKind::Video | MediaKind::Audio if media.plays_elsewhere() => elsewhere(media, words),
        MediaKind::Video => html! {
            <video class="media-box" src={source} aria-label={label} controls={true} playsinline={true} preload="metadata" />
        },
        MediaKind::Audio => {
            html! { <audio src={source} aria-label={label} controls={true} preload="none" /> }
        }
        MediaKind::Frame => html! {
            <>
                <iframe class="media-box" src={source} title={label.unwrap_or_else(|| words.page.to_owned())} loading="lazy"
                    sandbox={if is_own(&media.source) { OWN_FRAME_MAY } else { FRAME_MAY }} referrerpolicy="no-referrer" />
                { link(&media.source, "media-large", words, html! { { words.open_large } }) }
            </>
        },
    }
}

/// A film or a sound on a site of its own.
fn elsewhere(media: &Media, words: &'static Words) -> Html {
    let host = host_of(&media.source).unwrap_or_default().trim_start_matches("www.");
    let (icon, label) = match media.kind {
        MediaKind::Audio => (sound_icon(), (words.listen_on)(host)),
        MediaKind::Video | MediaKind::Image | MediaKind::Frame => (play_icon(), (words.watch_on)(host)),
    };
    link(&media.source, "media-elsewhere", words, html! { <>{ icon }<span>{ label }</span></> })
}

/// What it is called where it cannot be seen or heard.
fn name(media: &Media) -> Option<String> {
    media.alt.as_ref().or(media.title.as_ref()).or(media.description.as_ref()).cloned()
}

fn code(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
        MediaKind::Frame => "frame",
    }
}
