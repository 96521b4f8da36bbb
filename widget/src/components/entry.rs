//! One line of the log. It is drawn again only when something about it changes.

use super::content::{Around, content};
use super::header::initial;
use super::icons::spark_icon;
use super::notice::notice;
use crate::browser::clock;
use crate::chat::{Body, Delivery, Entry, Msg, Speaker};
use crate::locale::Words;
use protocol::Content;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct LineProps {
    pub words: &'static Words,
    pub entry: Rc<Entry>,
    /// The assistant's name.
    pub assistant: AttrValue,
    /// The business's name.
    pub business: AttrValue,
    /// The line before is of the same speaker.
    pub continues: bool,
    /// A pause follows, or nothing.
    pub rests: bool,
    /// It is new, and may move in.
    pub arriving: bool,
    /// Its choices can be taken.
    pub live: bool,
    /// The visitor's next line, where it shows what was chosen.
    pub answer: Option<AttrValue>,
    /// It waits for the bridge to be back.
    pub stranded: bool,
    pub on: Callback<Msg>,
}

#[component]
pub fn Line(props: &LineProps) -> Html {
    let entry = &props.entry;
    let field = use_node_ref();
    let sent = match entry.delivery {
        Delivery::Done => "true",
        Delivery::Held | Delivery::Sending | Delivery::Failed { .. } => "false",
    };
    let (author, drawn) = match &entry.body {
        Body::Said { by, content } => (author_code(by), said(props, by, content, &field)),
        Body::Noticed(happened) => ("notice", notice(happened, props.words)),
    };
    let class = classes!(
        "entry",
        author,
        props.continues.then_some("continues"),
        props.arriving.then_some("arriving")
    );
    let hidden = entry.is_for_page_alone();
    html! { <div {class} data-part="entry" data-author={author} data-sent={sent} {hidden}>{ drawn }</div> }
}

fn said(props: &LineProps, by: &Speaker, said: &Content, field: &NodeRef) -> Html {
    let answer = props.answer.as_deref();
    let around = Around { words: props.words, live: props.live, answer, field, on: &props.on };
    html! { <>{ heading(props, by) }{ content(by, said, &around) }{ foot(props, by) }</> }
}

fn heading(props: &LineProps, by: &Speaker) -> Html {
    let hidden = props.continues.then_some("unseen");
    match by {
        Speaker::Visitor => html! { <span class="unseen">{ props.words.you }{ ": " }</span> },
        Speaker::Assistant => html! {
            <span class={classes!("speaker", hidden)}>{ spark_icon() }{ &props.assistant }<span class="unseen">{ ": " }</span></span>
        },
        Speaker::Agent { name } => named(name, "avatar small person", hidden),
        Speaker::Business => named(&props.business, "avatar small", hidden),
    }
}

fn named(name: &str, avatar: &'static str, hidden: Option<&'static str>) -> Html {
    html! {
        <span class={classes!("speaker", hidden)}>
            <span class={avatar} aria-hidden="true">{ initial(name) }</span>
            { name }<span class="unseen">{ ": " }</span>
        </span>
    }
}

/// When it was said, or why it is not there yet. "Sending" is drawn at once and shown late, by the style sheet: most
/// lines arrive before anybody could read it.
fn foot(props: &LineProps, by: &Speaker) -> Html {
    let words = props.words;
    match (&props.entry.delivery, by) {
        (Delivery::Failed { why }, Speaker::Visitor) => {
            let key = props.entry.key;
            let retry = props.on.reform(move |_: MouseEvent| Msg::RetryAsked(key));
            html! {
                <p class="foot failed">
                    <span title={why.clone()}>{ words.not_sent }</span>
                    <button type="button" class="link" data-part="retry" onclick={retry}>{ words.retry }</button>
                </p>
            }
        }
        (Delivery::Sending, Speaker::Visitor) => {
            let state = if props.stranded { words.waiting_for_bridge } else { words.sending };
            html! { <p class="foot sending">{ state }</p> }
        }
        (
            Delivery::Done | Delivery::Held | Delivery::Sending | Delivery::Failed { .. },
            Speaker::Visitor | Speaker::Assistant | Speaker::Agent { .. } | Speaker::Business,
        ) if props.rests && !(props.live && props.entry.has_choices()) => {
            html! { <p class="foot time">{ clock::time_of_day(props.entry.at) }</p> }
        }
        (
            Delivery::Done | Delivery::Held | Delivery::Sending | Delivery::Failed { .. },
            Speaker::Visitor | Speaker::Assistant | Speaker::Agent { .. } | Speaker::Business,
        ) => Html::default(),
    }
}

fn author_code(by: &Speaker) -> &'static str {
    match by {
        Speaker::Visitor => "visitor",
        Speaker::Assistant => "assistant",
        Speaker::Agent { .. } => "agent",
        Speaker::Business => "business",
    }
}
