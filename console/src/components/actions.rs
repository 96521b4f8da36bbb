//! What else can be done with the chosen conversation: buttons for what is next, and a menu for the rest.

use super::icon::{Icon, icon};
use crate::inbox::form::FormKind;
use crate::inbox::{Inbox, Msg, Standing};
use protocol::{Act, ConversationId};
use yew::prelude::*;

/// Hook, name and what happens.
type Item = (&'static str, &'static str, Msg);

/// Draws them; nothing where there is nothing to do.
pub fn actions(inbox: &Inbox, id: ConversationId, standing: &Standing, on: &Callback<Msg>) -> Html {
    let busy = inbox.requests.awaited(id).is_some();
    let oversees = inbox.office.oversees();
    let rest = rest(standing, oversees);
    let button = |(part, name, msg): Item| {
        let press = on.reform(move |_| msg.clone());
        html! { <button key={part} type="button" class="button" data-part={part} disabled={busy} onclick={press}>{ name }</button> }
    };
    html! {
        <div class="actions">
            { for next(standing, oversees).into_iter().map(button) }
            if !rest.is_empty() { { menu(inbox, &rest, busy, on) } }
        </div>
    }
}

/// What is most likely wanted, when it is neither accepting nor closing.
fn next(standing: &Standing, oversees: bool) -> Vec<Item> {
    let act = |part, name, act| (part, name, Msg::ActPressed(act));
    let take_over = standing.can_take_over(oversees).then(|| act("take-over", "Take over", Act::TakeOver));
    let first = match standing {
        Standing::Pending { .. } => Some(act("wake", "Resume now", Act::Wake)),
        Standing::WrapUp { .. } => Some(act("finish-notes", "Finish notes", Act::FinishWrapUp)),
        Standing::Spam => Some(act("no-spam", "No spam", Act::UnmarkSpam)),
        Standing::Joined(_) => Some(act("part", "Leave", Act::Part)),
        Standing::Colleagues(_) if oversees => Some(act("join", "Join", Act::Join)),
        Standing::Unknown
        | Standing::OfferedToMe { .. }
        | Standing::PassedToMe { .. }
        | Standing::Waiting
        | Standing::OfferedElsewhere
        | Standing::Mine
        | Standing::Colleagues(_)
        | Standing::Automated
        | Standing::Closed
        | Standing::Gone => None,
    };
    first.into_iter().chain(take_over).collect()
}

/// Everything in the menu.
fn rest(standing: &Standing, oversees: bool) -> Vec<Item> {
    let spam = ("mark-spam", "Mark as spam", Msg::ActPressed(Act::MarkSpam));
    let give_back = ("give-back", "Back to the queue", Msg::ActPressed(Act::Unassign));
    let assign = oversees.then_some(("assign", "Assign…", Msg::FormOpened(FormKind::Assign)));
    match standing {
        Standing::Mine | Standing::Pending { .. } => vec![
            ("transfer", "Pass on…", Msg::FormOpened(FormKind::Transfer)),
            ("snooze", "Snooze…", Msg::FormOpened(FormKind::Snooze)),
            give_back,
            ("to-assistant", "Back to the assistant", Msg::ActPressed(Act::ReturnToAssistant { note: None })),
            spam,
        ],
        Standing::Colleagues(_) | Standing::Joined(_) | Standing::PassedToMe { .. } => {
            assign.into_iter().chain(oversees.then_some(give_back)).chain([spam]).collect()
        }
        Standing::Waiting
        | Standing::OfferedToMe { .. }
        | Standing::OfferedElsewhere
        | Standing::Automated => assign.into_iter().chain([spam]).collect(),
        Standing::Unknown | Standing::WrapUp { .. } | Standing::Spam | Standing::Closed | Standing::Gone => {
            Vec::new()
        }
    }
}

fn menu(inbox: &Inbox, rest: &[Item], busy: bool, on: &Callback<Msg>) -> Html {
    let shown = inbox.menu_shown;
    let item = |(part, name, msg): &Item| {
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
