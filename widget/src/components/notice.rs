//! What happened, between what was said.

use super::icons::{bridge_line, people_icon};
use super::text;
use crate::chat::Notice;
use crate::locale::Words;
use protocol::HandOff;
use yew::prelude::*;

/// Draws a notice.
pub fn notice(notice: &Notice, words: &'static Words) -> Html {
    match notice {
        Notice::Told { text } => note(text::marked(text)),
        Notice::RequestKept => note(text::plain(words.request_kept)),
        Notice::SomeoneAvailable => note(text::plain(words.someone_available)),
        Notice::RequestRefused { why } => note(text::plain(&(words.request_refused)(why))),
        Notice::Joined { name } => html! {
            <div class="joined">{ bridge_line() }<p data-part="text">{ (words.joined)(name) }</p></div>
        },
        Notice::Waiting => note(text::plain(words.waiting_again)),
        Notice::WaitEnded => note(text::plain(words.wait_ended)),
        Notice::AssistantBack => note(text::plain(words.assistant_back)),
        Notice::Reopened => note(text::plain(words.reopened)),
        Notice::Ended => html! { <div class="ended"><p data-part="text">{ words.ended }</p></div> },
        Notice::Demonstrated(hand_off) => demonstrated(hand_off, words),
    }
}

fn note(text: Html) -> Html {
    html! {
        <div class="note">{ people_icon() }<div class="note-text" data-part="text">{ text }</div></div>
    }
}

fn demonstrated(hand_off: &HandOff, words: &'static Words) -> Html {
    let queue = hand_off.queue.as_ref().map_or(words.demonstrated_default_queue, |queue| queue.as_str());
    html! {
        <div class="note demonstrated" data-part="demonstrated">
            { people_icon() }
            <div class="note-text" data-part="text">
                <h2>{ words.demonstrated }</h2>
                <p>{ words.demonstrated_nobody }</p>
                <dl>
                    { fact(words.demonstrated_reason, hand_off.reason.describe()) }
                    if let Some(action) = &hand_off.action {
                        { fact(words.demonstrated_action, action) }
                    }
                    { fact(words.demonstrated_queue, queue) }
                    { fact(words.demonstrated_online, &hand_off.online_message) }
                    { fact(words.demonstrated_offline, &hand_off.offline_message) }
                    if let Some(message) = &hand_off.message_to_agent {
                        { fact(words.demonstrated_to_agent, message) }
                    }
                    { for hand_off.collected.iter().map(|c| fact(&c.label, &c.value)) }
                </dl>
            </div>
        </div>
    }
}

fn fact(label: &str, value: &str) -> Html {
    html! { <><dt>{ label }</dt><dd>{ value }</dd></> }
}
