//! The chosen conversation: its head, what is known, what was said, and the reply.

use super::actions::actions;
use super::composer::{accept_bar, composer};
use super::details::details;
use super::empty::empty;
use super::icon::{Icon, icon};
use super::transcript::Transcript;
use crate::browser::clock::time_of_day;
use crate::inbox::words::visitor_name;
use crate::inbox::{Inbox, Msg, Progress, Standing, Thread};
use protocol::{Act, ConversationId, Timestamp, VisitorId};
use yew::prelude::*;

/// Draws it, or the invitation to choose one.
pub fn conversation(inbox: &Inbox, now: Timestamp, on: &Callback<Msg>) -> Html {
    let (Some(id), Some(thread)) = (inbox.selected, inbox.thread()) else {
        return html! {
            <main class="conversation none">
                { empty(Icon::Mark, "Choose a conversation", "j and k walk through the lists, Enter opens, ? shows all keys.") }
            </main>
        };
    };
    if let Progress::Refused(why) = thread.progress() {
        return html! {
            <main class="conversation none">
                { back_button(on) }
                { empty(Icon::Warning, "This conversation cannot be shown", why) }
            </main>
        };
    }
    let standing = inbox.standing();
    html! {
        <main class={classes!("conversation", inbox.details_shown.then_some("with-details"))} aria-label="Conversation">
            { head(inbox, id, thread, &standing, on) }
            if inbox.details_shown { { details(inbox, thread) } }
            <Transcript
                key={id.to_string()} thread={thread.clone()} unsent={inbox.requests.unsent(id)}
                office={inbox.office.clone()} on={on}
            />
            <div class="foot">
                <div class="typing-place" aria-live="polite">
                    if thread.typing_until.is_some_and(|until| now < until) {
                        <span class="typing" data-part="typing"><i /><i /><i />{ "The visitor is writing" }</span>
                    }
                </div>
                { accept_bar(inbox, id, &standing, now, on) }
                { composer(inbox, id, &standing, on) }
            </div>
        </main>
    }
}

fn head(inbox: &Inbox, id: ConversationId, thread: &Thread, standing: &Standing, on: &Callback<Msg>) -> Html {
    let facts =
        [queue_name(inbox, thread), standing_words(standing)].into_iter().flatten().collect::<Vec<_>>();
    html! {
        <header class="head">
            { back_button(on) }
            <div class="head-words">
                <h1>{ visitor_of(thread).map_or_else(|| "Conversation".to_owned(), visitor_name) }</h1>
                <p>{ facts.join(" · ") }</p>
            </div>
            if standing.is_mine() { { close_buttons(inbox, id, on) } }
            { actions(inbox, id, standing, on) }
            <button
                type="button" class="icon-button" data-part="details-toggle" title="What is known"
                aria-label="What is known" aria-pressed={inbox.details_shown.to_string()}
                onclick={on.reform(|_| Msg::DetailsToggled)}
            >{ icon(Icon::Panel) }</button>
        </header>
    }
}

fn back_button(on: &Callback<Msg>) -> Html {
    html! {
        <button
            type="button" class="icon-button back" data-part="back" aria-label="Back to the lists"
            onclick={on.reform(|_| Msg::Chosen(None))}
        >{ icon(Icon::Back) }</button>
    }
}

/// The question stands where the button stood: a second press of the same place answers it with yes.
fn close_buttons(inbox: &Inbox, id: ConversationId, on: &Callback<Msg>) -> Html {
    let closing = matches!(inbox.requests.awaited(id), Some(Act::Close { .. }));
    let asking = inbox.confirming_close;
    let words = match (closing, asking) {
        (true, _) => "Closing…",
        (false, true) => "Yes, close it",
        (false, false) => "Close",
    };
    html! {
        <div class="close-place">
            if asking {
                <button type="button" class="button" data-part="keep-open" onclick={on.reform(|_| Msg::CloseKept)}>
                    { "Keep open" }
                </button>
            }
            <button
                type="button" class={classes!("button", asking.then_some("danger"))} data-part="close"
                data-confirm={asking.to_string()} disabled={closing} onclick={on.reform(|_| Msg::ClosePressed)}
            >{ words }</button>
        </div>
    }
}

fn standing_words(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Unknown => None,
        Standing::OfferedToMe { .. } => Some("Offered to you".to_owned()),
        Standing::Waiting => Some("Waiting".to_owned()),
        Standing::OfferedElsewhere => Some("Offered to a colleague".to_owned()),
        Standing::Mine => Some("Yours".to_owned()),
        Standing::PassedToMe { .. } => Some("Passed on to you".to_owned()),
        Standing::Pending { until: Some(until) } => Some(format!("Snoozed until {}", time_of_day(*until))),
        Standing::Pending { until: None } => Some("Snoozed".to_owned()),
        Standing::WrapUp { .. } => Some("Closed · finish your notes".to_owned()),
        Standing::Spam => Some("Spam".to_owned()),
        Standing::Colleagues(name) => Some(format!("With {name}")),
        Standing::Joined(name) => Some(format!("With {name} · you take part")),
        Standing::Automated => Some("With the assistant".to_owned()),
        Standing::Closed => Some("Closed".to_owned()),
        Standing::Gone => Some("No longer on your list".to_owned()),
    }
}

/// The list knows it at once; the events know it even when the conversation has left the lists.
pub(super) fn visitor_of(thread: &Thread) -> Option<VisitorId> {
    thread.facts().visitor.or(thread.summary.as_ref().map(|s| s.visitor))
}

fn queue_name(inbox: &Inbox, thread: &Thread) -> Option<String> {
    let asked = thread.facts().asked.as_ref().map(|asked| &asked.queue);
    let queue = asked.or(thread.summary.as_ref().and_then(|s| s.queue.as_ref()))?;
    Some(inbox.office.queue(queue).to_owned())
}
