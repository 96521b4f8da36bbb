//! What else can be done with the chosen conversation: one button for what is next, and a menu for the rest.

use super::icon::{Icon, icon};
use crate::inbox::form::FormKind;
use crate::inbox::{Inbox, Msg, Standing};
use protocol::{Act, ConversationId};
use yew::prelude::*;

/// Draws them; nothing where there is nothing to do.
pub fn actions(inbox: &Inbox, id: ConversationId, standing: &Standing, on: &Callback<Msg>) -> Html {
    let busy = inbox.requests.awaited(id).is_some();
    let rest = rest(standing);
    html! {
        <div class="actions">
            { next(inbox, standing, busy, on) }
            if !rest.is_empty() { { menu(inbox, &rest, busy, on) } }
        </div>
    }
}

/// What is most likely wanted, when it is neither accepting nor closing.
fn next(inbox: &Inbox, standing: &Standing, busy: bool, on: &Callback<Msg>) -> Html {
    let (part, name, act) = match standing {
        Standing::Pending { .. } => ("wake", "Resume now", Act::Wake),
        Standing::WrapUp { .. } => ("finish-notes", "Finish notes", Act::FinishWrapUp),
        Standing::Spam => ("no-spam", "No spam", Act::UnmarkSpam),
        standing if standing.can_take_over(inbox.office.oversees()) => {
            ("take-over", "Take over", Act::TakeOver)
        }
        Standing::Unknown
        | Standing::OfferedToMe { .. }
        | Standing::PassedToMe { .. }
        | Standing::Waiting
        | Standing::OfferedElsewhere
        | Standing::Mine
        | Standing::Colleagues(_)
        | Standing::Automated
        | Standing::Closed
        | Standing::Gone => return html! {},
    };
    let press = on.reform(move |_| Msg::ActPressed(act.clone()));
    html! { <button type="button" class="button" data-part={part} disabled={busy} onclick={press}>{ name }</button> }
}

/// Hook, name and what happens, for everything in the menu.
fn rest(standing: &Standing) -> Vec<(&'static str, &'static str, Msg)> {
    let spam = ("mark-spam", "Mark as spam", Msg::ActPressed(Act::MarkSpam));
    match standing {
        Standing::Mine | Standing::Pending { .. } => vec![
            ("transfer", "Pass on…", Msg::FormOpened(FormKind::Transfer)),
            ("snooze", "Snooze…", Msg::FormOpened(FormKind::Snooze)),
            ("give-back", "Back to the queue", Msg::ActPressed(Act::Unassign)),
            ("to-assistant", "Back to the assistant", Msg::ActPressed(Act::ReturnToAssistant { note: None })),
            spam,
        ],
        Standing::Waiting
        | Standing::OfferedToMe { .. }
        | Standing::PassedToMe { .. }
        | Standing::OfferedElsewhere
        | Standing::Colleagues(_)
        | Standing::Automated => vec![spam],
        Standing::Unknown | Standing::WrapUp { .. } | Standing::Spam | Standing::Closed | Standing::Gone => {
            Vec::new()
        }
    }
}

fn menu(inbox: &Inbox, rest: &[(&'static str, &'static str, Msg)], busy: bool, on: &Callback<Msg>) -> Html {
    let shown = inbox.menu_shown;
    let item = |(part, name, msg): &(&'static str, &'static str, Msg)| {
        let msg = msg.clone();
        html! {
            <li>
                <button type="button" data-part={*part} onclick={on.reform(move |_| msg.clone())}>{ *name }</button>
            </li>
        }
    };
    html! {
        <div class="menu-place">
            <button
                type="button" class="icon-button" data-part="more" title="More" aria-label="More"
                aria-expanded={shown.to_string()} disabled={busy} onclick={on.reform(|_| Msg::MenuToggled)}
            >{ icon(Icon::More) }</button>
            if shown { <ul class="menu">{ for rest.iter().map(item) }</ul> }
        </div>
    }
}
