//! The reply, and what stands before it while the conversation is not mine.

use super::icon::{Icon, icon};
use crate::inbox::office::Choice;
use crate::inbox::words::countdown;
use crate::inbox::{Inbox, Msg, Standing};
use protocol::{Act, ConversationId, Timestamp};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What browsers report as the key while an input method composes a letter.
const COMPOSING_KEY_CODE: u32 = 229;

/// "Accept", and "Decline" when I was asked.
pub fn accept_bar(
    inbox: &Inbox,
    id: ConversationId,
    standing: &Standing,
    now: Timestamp,
    on: &Callback<Msg>,
) -> Html {
    if !standing.can_accept() {
        return html! {};
    }
    let awaited = inbox.requests.awaited(id);
    let busy = awaited.is_some();
    let declines = matches!(awaited, Some(Act::Decline { .. }));
    html! {
        <div class="accept-bar">
            <span class="accept-words">{ offer_words(standing, now) }</span>
            if standing.is_offered() {
                <button
                    type="button" class="button" data-part="decline" disabled={busy}
                    onclick={on.reform(move |_| Msg::DeclinePressed(id))}
                >{ if declines { "Declining…" } else { "Decline" } }</button>
            }
            <button
                type="button" class="button primary" data-part="accept" disabled={busy}
                onclick={on.reform(move |_| Msg::AcceptPressed(id))}
            >{ if matches!(awaited, Some(Act::Accept)) { "Accepting…" } else { "Accept" } }</button>
        </div>
    }
}

fn offer_words(standing: &Standing, now: Timestamp) -> String {
    let left = |words: &str, until: Option<Timestamp>| match until.map(|until| until.millis_since(now)) {
        Some(left) if left > 0 => format!("{words}: {} left.", countdown(left)),
        Some(_) | None => format!("{words}."),
    };
    match standing {
        Standing::OfferedToMe { until } => left("Offered to you", *until),
        Standing::PassedToMe { until } => left("Passed on to you", *until),
        Standing::Waiting
        | Standing::Unknown
        | Standing::OfferedElsewhere
        | Standing::Mine
        | Standing::Pending { .. }
        | Standing::WrapUp { .. }
        | Standing::Colleagues(_)
        | Standing::Joined(_)
        | Standing::Automated
        | Standing::Spam
        | Standing::Closed
        | Standing::Gone => "Nobody has this conversation yet.".to_owned(),
    }
}

/// The field and its button, for the visitor or for colleagues.
pub fn composer(inbox: &Inbox, id: ConversationId, standing: &Standing, on: &Callback<Msg>) -> Html {
    let aside = inbox.is_aside() && standing.can_comment();
    let (mentionable, pointed) = if aside { inbox.mentionable() } else { Default::default() };
    let naming = !mentionable.is_empty();
    let why_not = if aside { None } else { standing.why_not_write() };
    let draft = inbox.draft(id).to_owned();
    let cannot_send = why_not.is_some() || draft.trim().is_empty();
    let words = why_not.clone().unwrap_or_else(|| hint(aside).to_owned());
    let problem = inbox.draft_problem.as_ref();
    let typed =
        on.reform(|e: InputEvent| Msg::Drafted(e.target_unchecked_into::<HtmlTextAreaElement>().value()));
    let (label, invitation, send) = match aside {
        true => ("Comment for colleagues", "Write to colleagues; the visitor does not see it…", "Comment"),
        false => ("Reply", "Write a reply…", "Send"),
    };
    html! {
        <div class={classes!("composer", aside.then_some("aside"))}>
            if standing.takes_only_notes() { <p class="readers muted">{ "Notes for colleagues" }</p> }
            else if standing.can_comment() { { readers(aside, on) } }
            if naming { { mentions(&mentionable, pointed, on) } }
            <div class="composer-field">
                <textarea
                    data-part="reply" rows="2" aria-label={label} aria-describedby="reply-hint"
                    aria-invalid={problem.is_some().then_some("true")}
                    placeholder={if why_not.is_some() { "" } else { invitation }}
                    value={draft} disabled={why_not.is_some()} oninput={typed} onkeydown={pressed(naming, on)}
                    aria-controls={naming.then_some("mentions")}
                    aria-activedescendant={naming.then(|| format!("mention-{pointed}"))}
                />
                <button
                    type="button" class="button primary send" data-part="send" disabled={cannot_send}
                    onclick={on.reform(|_| Msg::SendPressed)}
                >{ icon(Icon::Send) }<span>{ send }</span></button>
            </div>
            <p id="reply-hint" class={classes!("composer-hint", problem.is_some().then_some("wrong"))}>
                { problem.unwrap_or(&words) }
            </p>
        </div>
    }
}

fn hint(aside: bool) -> &'static str {
    match aside {
        true => "Only colleagues read this. @ names who is to know.",
        false => "Enter sends, Shift and Enter begin a new line.",
    }
}

/// Who reads what is written.
fn readers(aside: bool, on: &Callback<Msg>) -> Html {
    let choice = |of: bool, part: &'static str, name: &'static str| {
        html! {
            <button
                type="button" class={classes!("tab", (of == aside).then_some("chosen"))} data-part={part}
                aria-pressed={(of == aside).to_string()} onclick={on.reform(move |_| Msg::AsideChosen(of))}
            >{ name }</button>
        }
    };
    html! {
        <div class="readers" role="group" aria-label="Who reads it">
            { choice(false, "to-visitor", "Reply") }
            { choice(true, "to-colleagues", "Comment") }
        </div>
    }
}

/// Those whom a comment could name. A press does not take the focus out of the field.
fn mentions(choices: &[Choice], pointed: usize, on: &Callback<Msg>) -> Html {
    let option = |(at, choice): (usize, &Choice)| {
        let target = choice.target.clone();
        let choose = on.reform(move |_| Msg::MentionChosen(Some(target.clone())));
        html! {
            <li
                key={at} id={format!("mention-{at}")} role="option" aria-selected={(at == pointed).to_string()}
                data-part="mention" onmousedown={|event: MouseEvent| event.prevent_default()} onclick={choose}
            >{ &choice.label }</li>
        }
    };
    html! {
        <ul id="mentions" class="mentions" role="listbox" aria-label="Who is told">
            { for choices.iter().enumerate().map(option) }
        </ul>
    }
}

/// While names are offered, the keys choose among them. Enter that ends a composed letter is no wish at all.
fn pressed(naming: bool, on: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == COMPOSING_KEY_CODE || event.shift_key() {
            return;
        }
        let wish = match (event.key().as_str(), naming) {
            ("Enter" | "Tab", true) => Msg::MentionChosen(None),
            ("ArrowDown", true) => Msg::MentionMoved(1),
            ("ArrowUp", true) => Msg::MentionMoved(-1),
            ("Escape", true) => Msg::MentionsLeft,
            ("Enter", false) => Msg::SendPressed,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on.emit(wish);
    })
}
