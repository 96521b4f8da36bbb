//! Where the visitor writes. Enter sends and Shift+Enter begins a line; while an input method composes, Enter is its
//! own.

use super::icons::send_icon;
use crate::locale::Words;
use protocol::limits::MESSAGE_BYTES_MAX;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Some browsers report the Enter that ends a composition as an ordinary one, with this code.
const COMPOSING_KEY_CODE: u32 = 229;

#[derive(PartialEq, Properties)]
pub struct ComposerProps {
    pub words: &'static Words,
    /// Shown while it is empty.
    pub hint: &'static str,
    pub draft: AttrValue,
    /// Nothing can be sent at all.
    pub blocked: bool,
    pub edit: Callback<String>,
    pub submit: Callback<()>,
}

#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let words = props.words;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(props.draft.clone(), move |_| fit(&field));
    }
    let too_long = props.draft.trim().len() > MESSAGE_BYTES_MAX;
    let sendable = !too_long && !props.blocked && !props.draft.trim().is_empty();
    let oninput = props.edit.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default()
    });
    let submit = props.submit.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == COMPOSING_KEY_CODE;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            if sendable {
                submit.emit(());
            }
        }
    });
    let onclick = {
        let (submit, field) = (props.submit.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            submit.emit(());
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let _ = field.focus();
            }
        })
    };
    html! {
        <footer class="footer">
            if too_long {
                <p class="problem" id="problem" role="alert">{ words.too_long }</p>
            }
            <div class="composer">
                <textarea ref={field} data-part="composer" rows="1" value={props.draft.clone()} {oninput} {onkeydown}
                    placeholder={props.hint} aria-label={words.composer} disabled={props.blocked}
                    enterkeyhint="send" autocomplete="off" aria-describedby={too_long.then_some("problem")} />
                <button type="button" class="send" data-part="send" aria-label={words.send} disabled={!sendable} {onclick}>
                    { send_icon() }
                </button>
            </div>
        </footer>
    }
}

/// Makes the field as high as its text; the style sheet says how high at most.
fn fit(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlTextAreaElement>() {
        let style = field.style();
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
    }
}
