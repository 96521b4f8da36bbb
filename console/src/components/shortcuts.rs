//! The list of keys that `?` shows.

use super::icon::{Icon, icon};
use crate::inbox::Msg;
use crate::inbox::keys::{SHORTCUTS, Shortcut};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is told when it is left.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// For "close".
    pub on: Callback<Msg>,
}

/// Draws the list over the page. A dialog of the browser's own keeps the focus inside and gives it back.
#[component]
pub fn Shortcuts(props: &Props) -> Html {
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
    let close = props.on.reform(|_| Msg::Key(Shortcut::Help));
    html! {
            <dialog class="sheet" ref={dialog} aria-labelledby="shortcuts-title" data-part="shortcuts">
                <header class="sheet-head">
                    <h2 id="shortcuts-title">{ "Keyboard shortcuts" }</h2>
                    <button type="button" class="icon-button" aria-label="Close" onclick={close}>{ icon(Icon::Cross) }</button>
                </header>
                <dl class="keys">
                    { for SHORTCUTS.iter().map(|(keys, words)| html! {
                        <div><dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt><dd>{ *words }</dd></div>
                    }) }
                </dl>
            </dialog>
    }
}
