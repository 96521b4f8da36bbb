//! The agents' page: the inbox for whoever is signed in, the door for whoever is not.

use super::inbox::InboxPage;
use super::sign_in::SignIn;
use crate::browser::fetch::{self, Session};
use crate::components::icon::{Icon, icon};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Whether somebody is signed in.
#[derive(Clone, PartialEq)]
enum Door {
    /// Being found out.
    Asking,
    /// It could not be found out.
    Unknown(String),
    /// Nobody, and why when there is a reason.
    Shut(Option<&'static str>),
    /// Somebody.
    Open(Session),
}

/// The page.
#[component]
pub fn Console() -> Html {
    let door = use_state(|| Door::Asking);
    let asks = use_state(|| 0_u32);
    {
        let door = door.clone();
        use_effect_with(*asks, move |_| spawn_local(async move { door.set(knock().await) }));
    }
    let on_signed_in = {
        let door = door.clone();
        Callback::from(move |session| door.set(Door::Open(session)))
    };
    let on_ended = {
        let door = door.clone();
        Callback::from(move |why| door.set(Door::Shut(why)))
    };
    let ask_again = {
        let (asks, door) = (asks.clone(), door.clone());
        Callback::from(move |_: MouseEvent| {
            door.set(Door::Asking);
            asks.set(*asks + 1);
        })
    };
    match &*door {
        Door::Asking => {
            html! { <div class="gate"><p class="gate-wait">{ icon(Icon::Mark) }{ "One moment…" }</p></div> }
        }
        Door::Unknown(why) => html! {
            <div class="gate">
                <div class="card">
                    <h1>{ "No connection" }</h1>
                    <p role="alert">{ why }</p>
                    <button type="button" class="button primary" onclick={ask_again}>{ "Try again" }</button>
                </div>
            </div>
        },
        Door::Shut(why) => html! {
            <div class="gate"><SignIn title="Sign in" why={*why} on_signed_in={on_signed_in} /></div>
        },
        Door::Open(session) => html! {
            <InboxPage key={session.agent.id.to_string()} session={session.clone()} on_ended={on_ended} />
        },
    }
}

async fn knock() -> Door {
    match fetch::session().await {
        Ok(Some(session)) => Door::Open(session),
        Ok(None) => Door::Shut(None),
        Err(why) => Door::Unknown(why),
    }
}
