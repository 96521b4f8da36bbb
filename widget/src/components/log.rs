//! The log. It follows what is new only while the reader is at its end, and draws only its latest part until earlier
//! lines are asked for.

use super::entry::Line;
use super::icons::down_icon;
use crate::browser::listener::SizeWatch;
use crate::chat::{Body, Delivery, Entry, Msg, Speaker};
use crate::locale::Words;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// So many lines are drawn at first, and more at each wish for earlier ones.
const LINES_AT_ONCE: usize = 100;

/// After a pause as long as this, the time before it is shown.
const PAUSE_MILLIS: u64 = 5 * 60 * 1_000;

/// Closer than this to the end counts as the end.
const END_PIXELS: i32 = 48;

#[derive(PartialEq, Properties)]
pub struct LogProps {
    pub words: &'static Words,
    pub entries: Rc<Vec<Rc<Entry>>>,
    /// Place from which on choices can be taken.
    pub live_from: Option<usize>,
    /// The assistant's name.
    pub assistant: AttrValue,
    /// The business's name.
    pub business: AttrValue,
    /// It is not yet known who answers.
    pub loading: bool,
    /// The visitor waits for the assistant.
    pub awaited: bool,
    pub has_assistant: bool,
    /// Who is writing.
    pub typing: Option<String>,
    pub unreachable: bool,
    pub on: Callback<Msg>,
}

#[component]
pub fn Log(props: &LogProps) -> Html {
    let words = props.words;
    let scroll = use_scroll(props);
    let first = props.entries.len().saturating_sub(*scroll.drawn);
    let restored = *use_state_eq(|| props.entries.last().map(|entry| entry.key));
    let show_earlier = scroll.show_earlier.reform(|_: MouseEvent| ());
    let to_end = scroll.to_end.reform(|_: MouseEvent| ());
    html! {
        <div class="log-frame">
            <div class="log-scroller" ref={scroll.scroller.clone()} onscroll={scroll.scrolled.clone()}
                role="region" aria-label={words.log} tabindex="0">
                if first > 0 {
                    <button type="button" class="earlier" data-part="earlier" onclick={show_earlier}>
                        { words.show_earlier }
                    </button>
                }
                { empty(props) }
                <div class="log" data-part="log" role="log" aria-label={words.log}
                    aria-live={if *scroll.announces { "polite" } else { "off" }} aria-relevant="additions">
                    { for (first..props.entries.len()).map(|at| line(props, at, restored)) }
                </div>
                { waiting(props) }
            </div>
            if *scroll.unseen {
                <button type="button" class="pill" data-part="new-messages" onclick={to_end}>
                    { down_icon() }{ words.new_messages }
                </button>
            }
        </div>
    }
}

/// Draws one line. Up to `restored` they were there from the beginning, and do not arrive now.
fn line(props: &LogProps, at: usize, restored: Option<u64>) -> Html {
    let entry = &props.entries[at];
    let before = at.checked_sub(1).map(|before| &props.entries[before]);
    let after = props.entries.get(at + 1);
    html! {
        <Line key={entry.key} words={props.words} entry={Rc::clone(entry)} assistant={props.assistant.clone()}
            business={props.business.clone()} continues={before.is_some_and(|before| entry.continues(before))}
            rests={after.is_none_or(|after| after.at.millis_since(entry.at) > PAUSE_MILLIS)}
            arriving={restored.is_none_or(|last| entry.key > last)}
            live={props.live_from.is_some_and(|live| at >= live)} answer={answer(&props.entries[at..])}
            stranded={props.unreachable && entry.delivery == Delivery::Sending} on={props.on.clone()} />
    }
}

/// What the visitor said to the first of these lines, where that shows what was chosen.
fn answer(entries: &[Rc<Entry>]) -> Option<AttrValue> {
    let (asked, later) = entries.split_first()?;
    let visitors = later.iter().filter(|_| asked.has_choices()).find(|entry| entry.is_visitors())?;
    match &visitors.body {
        Body::Said { by: Speaker::Visitor, content } => Some(content.as_plain_text().into()),
        Body::Said { by: Speaker::Assistant | Speaker::Agent { .. } | Speaker::Business, .. }
        | Body::Noticed(_) => None,
    }
}

/// The log before anything was said.
fn empty(props: &LogProps) -> Html {
    let words = props.words;
    if !props.entries.is_empty() {
        return Html::default();
    }
    if props.loading {
        return html! { <div class="skeleton" aria-hidden="true"><span /><span /><span /></div> };
    }
    if props.business.is_empty() || props.has_assistant {
        return Html::default();
    }
    html! {
        <div class="empty">
            <h2>{ (words.empty_title)(&props.business) }</h2>
            <p>{ words.empty_people }</p>
        </div>
    }
}

/// Somebody is about to say something.
fn waiting(props: &LogProps) -> Html {
    let dots = |label: String| {
        html! {
            <div class="typing" data-part="typing" role="status">
                <span class="dots" aria-hidden="true"><i /><i /><i /></span><span>{ label }</span>
            </div>
        }
    };
    match &props.typing {
        Some(name) => dots((props.words.typing)(name)),
        None if props.awaited => dots(props.words.thinking.to_owned()),
        None => Html::default(),
    }
}

/// What scrolling needs to know and to do.
struct Scroll {
    scroller: NodeRef,
    /// How many lines are drawn.
    drawn: UseStateHandle<usize>,
    /// Something new is below.
    unseen: UseStateHandle<bool>,
    /// New lines are read out; earlier ones that are added on request are not.
    announces: UseStateHandle<bool>,
    scrolled: Callback<Event>,
    to_end: Callback<()>,
    show_earlier: Callback<()>,
}

#[hook]
fn use_scroll(props: &LogProps) -> Scroll {
    let scroller = use_node_ref();
    let drawn = use_state(|| LINES_AT_ONCE);
    let unseen = use_state(|| false);
    let announces = use_state(|| true);
    let at_end = use_mut_ref(|| true);
    let kept_distance = use_mut_ref(|| None::<i32>);

    // The newest, which is not always the lowest: what is still being sent stays below what the bridge has told.
    let last =
        props.entries.iter().max_by_key(|entry| entry.key).map(|entry| (entry.key, entry.is_visitors()));
    let busy = props.typing.is_some() || props.awaited;
    {
        let (scroller, unseen, at_end) = (scroller.clone(), unseen.clone(), at_end.clone());
        use_effect_with((last, busy), move |(last, _)| {
            if *at_end.borrow() || last.is_some_and(|(_, own)| own) {
                scroll_to_end(&scroller);
            } else if last.is_some() {
                unseen.set(true);
            }
        });
    }
    {
        let (scroller, announces, kept) = (scroller.clone(), announces.clone(), kept_distance.clone());
        use_effect_with(*drawn, move |_| {
            if let (Some(distance), Some(element)) = (kept.take(), scroller.cast::<Element>()) {
                element.set_scroll_top(element.scroll_height() - distance);
                announces.set(true);
            }
        });
    }
    use_end_kept(&scroller, &at_end);

    let scrolled = {
        let (scroller, unseen) = (scroller.clone(), unseen.clone());
        Callback::from(move |_: Event| {
            let end = is_at_end(&scroller);
            *at_end.borrow_mut() = end;
            if end && *unseen {
                unseen.set(false);
            }
        })
    };
    let to_end = {
        let (scroller, unseen) = (scroller.clone(), unseen.clone());
        Callback::from(move |()| {
            scroll_to_end(&scroller);
            unseen.set(false);
        })
    };
    let show_earlier = {
        let (scroller, drawn, announces) = (scroller.clone(), drawn.clone(), announces.clone());
        Callback::from(move |()| {
            let element = scroller.cast::<Element>();
            *kept_distance.borrow_mut() = element.map(|e| e.scroll_height() - e.scroll_top());
            announces.set(false);
            drawn.set(*drawn + LINES_AT_ONCE);
        })
    };
    Scroll { scroller, drawn, unseen, announces, scrolled, to_end, show_earlier }
}

/// Whatever makes the log shorter, such as a phone's keyboard or a long draft, its end stays in sight.
#[hook]
fn use_end_kept(scroller: &NodeRef, at_end: &Rc<RefCell<bool>>) {
    let (scroller, at_end) = (scroller.clone(), at_end.clone());
    use_effect_with((), move |()| {
        let watch = scroller.cast::<Element>().and_then(|element| {
            SizeWatch::over(&element, move || {
                if *at_end.borrow() {
                    scroll_to_end(&scroller);
                }
            })
        });
        move || drop(watch)
    });
}

fn scroll_to_end(scroller: &NodeRef) {
    if let Some(element) = scroller.cast::<Element>() {
        element.set_scroll_top(element.scroll_height());
    }
}

fn is_at_end(scroller: &NodeRef) -> bool {
    scroller.cast::<Element>().is_none_or(|element| {
        element.scroll_height() - element.scroll_top() - element.client_height() < END_PIXELS
    })
}
