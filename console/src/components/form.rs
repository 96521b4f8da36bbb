//! What is asked before something is done: to whom, why, as what, until when.

use super::icon::{Icon, icon};
use crate::browser::clock::{for_field, from_field, later, now, time_of_day};
use crate::inbox::Msg;
use crate::inbox::form::{Field, Form, FormKind};
use crate::inbox::office::{Choice, Office};
use protocol::setup::ReasonUse;
use protocol::{Act, Target};
use std::rc::Rc;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What is asked, and what there is to choose from.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is filled in.
    pub form: Form,
    /// Who and what there is.
    pub office: Rc<Office>,
    /// What is done.
    pub on: Callback<Msg>,
}

/// Draws the form over the page. A dialog of the browser's own keeps the focus inside and gives it back.
#[component]
pub fn FormSheet(props: &Props) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            // A dialog that is already open is what was wanted.
            let _ = dialog.as_ref().map(HtmlDialogElement::show_modal);
            move || dialog.iter().for_each(HtmlDialogElement::close)
        });
    }
    let on = &props.on;
    let kind = props.form.kind;
    let leave = on.reform(|_: MouseEvent| Msg::FormLeft);
    let submit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::FormSubmitted
    });
    html! {
        <dialog class="sheet" ref={dialog} aria-labelledby="form-title" data-part="form" data-kind={code(kind)}>
            <header class="sheet-head">
                <h2 id="form-title">{ title(kind) }</h2>
                <button type="button" class="icon-button" aria-label="Cancel" data-part="form-cancel" onclick={leave}>
                    { icon(Icon::Cross) }
                </button>
            </header>
            <form class="asked" onsubmit={submit}>
                { fields(props) }
                if !props.form.problems.is_empty() {
                    <ul class="field-wrong" role="alert" data-part="form-problem">
                        { for props.form.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }
                    </ul>
                }
                <button type="submit" class="button primary" data-part="form-submit">{ verb(kind) }</button>
            </form>
        </dialog>
    }
}

fn fields(props: &Props) -> Html {
    match props.form.kind {
        FormKind::Decline => reason(props, ReasonUse::Decline, "Why (optional)", "No reason"),
        FormKind::Close => closing(props),
        FormKind::Transfer => html! {
            <>
                { target(props) }
                { reason(props, ReasonUse::Transfer, "Why", "Choose…") }
                { note(props, "Note for whoever has it next", props.office.terms().transfer_needs_note) }
            </>
        },
        FormKind::Snooze => snooze(props),
        FormKind::Assign => html! { <>{ target(props) }{ anyway(props) }</> },
    }
}

/// Where there is no list of categories, none is asked for.
fn closing(props: &Props) -> Html {
    let terms = props.office.terms();
    let listed = props.office.reasons(ReasonUse::Close).next().is_some();
    let label = if terms.closing_needs_category { "Category" } else { "Category (optional)" };
    html! {
        <>
            if listed || terms.closing_needs_category {
                { reason(props, ReasonUse::Close, label, "Choose…") }
            }
            { note(props, "Note for colleagues", terms.closing_needs_note) }
        </>
    }
}

fn target(props: &Props) -> Html {
    let groups = [
        ("People", props.office.people()),
        ("Teams", props.office.teams()),
        ("Queues", props.office.queues()),
    ];
    let all: Vec<Target> =
        groups.iter().flat_map(|(_, choices)| choices).map(|choice| choice.target.clone()).collect();
    let chosen = props.form.target.clone();
    let told = props.on.reform(move |event: Event| {
        let at = event.target_unchecked_into::<HtmlSelectElement>().value().parse::<usize>();
        Msg::FormFilled(Field::Target(at.ok().and_then(|at| all.get(at).cloned())))
    });
    let mut at = 0;
    let mut option = |choice: Choice| {
        at += 1;
        let selected = chosen.as_ref() == Some(&choice.target);
        html! { <option value={(at - 1).to_string()} {selected}>{ choice.label }</option> }
    };
    let mut group = |(name, choices): (&'static str, Vec<Choice>)| {
        let options: Html = choices.into_iter().map(&mut option).collect();
        html! { <optgroup label={name}>{ options }</optgroup> }
    };
    let groups: Html =
        groups.into_iter().filter(|(_, choices)| !choices.is_empty()).map(&mut group).collect();
    html! {
        <label class="field">
            { "To" }
            <select data-part="form-target" autofocus=true onchange={told}>
                <option value="" selected={chosen.is_none()}>{ "Choose…" }</option>
                { groups }
            </select>
        </label>
    }
}

fn reason(props: &Props, of: ReasonUse, label: &'static str, none: &'static str) -> Html {
    let chosen = props.form.reason.as_ref();
    let told = props.on.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Msg::FormFilled(Field::Reason(value.parse().ok()))
    });
    let option = |reason: &protocol::ReasonBadge| {
        let selected = chosen == Some(&reason.id);
        html! { <option value={reason.id.to_string()} {selected}>{ &reason.label }</option> }
    };
    html! {
        <label class="field">
            { label }
            <select data-part="form-reason" autofocus={of != ReasonUse::Transfer} onchange={told}>
                <option value="" selected={chosen.is_none()}>{ none }</option>
                { for props.office.reasons(of).map(option) }
            </select>
        </label>
    }
}

fn note(props: &Props, label: &'static str, needed: bool) -> Html {
    let told = props.on.reform(|event: InputEvent| {
        Msg::FormFilled(Field::Note(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    });
    html! {
        <label class="field">
            { label }{ if needed { "" } else { " (optional)" } }
            <textarea data-part="form-note" rows="3" value={props.form.note.clone()} oninput={told} />
        </label>
    }
}

/// A person may be given it whatever they have already.
fn anyway(props: &Props) -> Html {
    if !matches!(props.form.target, Some(Target::Agent(_))) {
        return html! {};
    }
    let told = props.on.reform(|event: Event| {
        Msg::FormFilled(Field::Anyway(event.target_unchecked_into::<HtmlInputElement>().checked()))
    });
    html! {
        <label class="check">
            <input type="checkbox" data-part="form-anyway" checked={props.form.anyway} onchange={told} />
            { "Even without room, and when they are not there" }
        </label>
    }
}

fn snooze(props: &Props) -> Html {
    let on = &props.on;
    let told = on.reform(|event: Event| {
        Msg::FormFilled(Field::Until(from_field(&event.target_unchecked_into::<HtmlInputElement>().value())))
    });
    let preset = |(name, until)| {
        let press = on.reform(move |_: MouseEvent| Msg::ActPressed(Act::Snooze { until }));
        html! {
            <button type="button" class="button preset" data-part="snooze-until" onclick={press}>
                <span>{ name }</span><span class="muted">{ time_of_day(until) }</span>
            </button>
        }
    };
    html! {
        <>
            { for later().into_iter().map(preset) }
            <label class="field">
                { "Or at a time of your own" }
                <input type="datetime-local" data-part="form-until" min={for_field(now())} onchange={told} />
            </label>
        </>
    }
}

fn title(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Decline => "Decline the offer",
        FormKind::Transfer => "Pass the conversation on",
        FormKind::Close => "Close the conversation",
        FormKind::Snooze => "Put it aside until…",
        FormKind::Assign => "Assign the conversation",
    }
}

fn verb(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Decline => "Decline",
        FormKind::Transfer => "Pass on",
        FormKind::Close => "Close",
        FormKind::Snooze => "Snooze",
        FormKind::Assign => "Assign",
    }
}

fn code(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Decline => "decline",
        FormKind::Transfer => "transfer",
        FormKind::Close => "close",
        FormKind::Snooze => "snooze",
        FormKind::Assign => "assign",
    }
}
