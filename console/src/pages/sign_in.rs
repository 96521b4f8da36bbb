//! The door: e-mail and password, as an ordinary form, so that password managers know what to do.

use crate::browser::fetch::{self, Session, SignInError};
use crate::components::icon::{Icon, icon};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the door needs to know.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What the form is called.
    pub title: AttrValue,
    /// Why it is shown, when that is not plain.
    #[prop_or_default]
    pub why: Option<AttrValue>,
    /// Somebody came in.
    pub on_signed_in: Callback<Session>,
}

/// How the form stands.
#[derive(Clone, Debug, Default, PartialEq)]
struct Form {
    working: bool,
    email: Option<&'static str>,
    password: Option<&'static str>,
    trouble: Option<String>,
}

/// The form.
#[component]
pub fn SignIn(props: &Props) -> Html {
    let form = use_state_eq(Form::default);
    let (email, password) = (use_node_ref(), use_node_ref());
    let on_submit = {
        let (form, email, password) = (form.clone(), email.clone(), password.clone());
        let on_signed_in = props.on_signed_in.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let checked = check(&value(&email), &value(&password));
            let focus = if checked.email.is_some() { &email } else { &password };
            if checked.working {
                submit(form.clone(), value(&email), value(&password), password.clone(), on_signed_in.clone());
            } else {
                put_focus(focus);
            }
            form.set(checked);
        })
    };
    html! {
        <form class="card sign-in" onsubmit={on_submit} novalidate=true>
            <p class="card-brand">{ icon(Icon::Mark) }{ "Passerelle" }</p>
            <h1>{ &props.title }</h1>
            if let Some(why) = &props.why { <p class="card-why" role="status">{ why }</p> }
            { field("email", "E-mail", "email", "username", &email, form.email) }
            { field("password", "Password", "password", "current-password", &password, form.password) }
            if let Some(trouble) = &form.trouble { <p class="field-wrong" role="alert">{ trouble }</p> }
            <button type="submit" class="button primary" data-part="sign-in" disabled={form.working}>
                { if form.working { "Signing in…" } else { "Sign in" } }
            </button>
        </form>
    }
}

fn field(
    name: &'static str,
    label: &str,
    kind: &'static str,
    autocomplete: &'static str,
    node: &NodeRef,
    wrong: Option<&str>,
) -> Html {
    let (id, message) = (format!("sign-in-{name}"), format!("sign-in-{name}-wrong"));
    html! {
        <div class="field">
            <label for={id.clone()}>{ label }</label>
            <input
                ref={node} id={id} name={name} type={kind} autocomplete={autocomplete} required=true
                autofocus={name == "email"} autocapitalize="none" spellcheck="false"
                aria-invalid={wrong.is_some().then_some("true")} aria-describedby={message.clone()}
            />
            <p id={message} class="field-wrong" role="alert" data-part={format!("{name}-wrong")}>{ wrong.unwrap_or_default() }</p>
        </div>
    }
}

fn check(email: &str, password: &str) -> Form {
    let email = (!email.contains('@')).then_some("Write the e-mail address you sign in with.");
    let password = password.is_empty().then_some("Write your password.");
    Form { working: email.is_none() && password.is_none(), email, password, trouble: None }
}

fn submit(
    form: UseStateHandle<Form>,
    email: String,
    password: String,
    field: NodeRef,
    on_signed_in: Callback<Session>,
) {
    spawn_local(async move {
        match fetch::sign_in(email.trim(), &password).await {
            Ok(session) => on_signed_in.emit(session),
            Err(SignInError::Wrong) => {
                let password = Some("E-mail and password do not belong together.");
                form.set(Form { password, ..Form::default() });
                put_focus(&field);
            }
            Err(SignInError::Failed(why)) => form.set(Form { trouble: Some(why), ..Form::default() }),
        }
    });
}

fn value(node: &NodeRef) -> String {
    node.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

fn put_focus(node: &NodeRef) {
    if let Some(input) = node.cast::<HtmlInputElement>() {
        let _ = input.focus();
        input.select();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_empty_field_is_named() {
        let form = check("", "");
        assert!(form.email.is_some() && form.password.is_some() && !form.working);
        assert!(check("ana@example.org", "x").working);
    }
}
