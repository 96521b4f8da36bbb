//! Icons, drawn as strokes in the text's colour. They are never read aloud: the words beside them say it.

use yew::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Back to the lists.
    Back,
    /// Done, sent.
    Check,
    /// Waiting, pending.
    Clock,
    /// Away with it.
    Cross,
    /// To the latest line.
    Down,
    /// The list of keys.
    Keyboard,
    /// The bridge of the name.
    Mark,
    /// What is known.
    Panel,
    /// Start over.
    Restart,
    /// What else can be done.
    More,
    /// Off it goes.
    Send,
    /// Leave.
    SignOut,
    /// Lines of a conversation.
    Talk,
    /// A file goes in.
    Upload,
    /// Look here.
    Warning,
}

/// Draws it.
pub fn icon(which: Icon) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            { for path(which).iter().map(|d| html! { <path d={*d} /> }) }
        </svg>
    }
}

fn path(which: Icon) -> &'static [&'static str] {
    match which {
        Icon::Back => &["M15 5l-7 7 7 7"],
        Icon::Check => &["M5 13l4 4L19 7"],
        Icon::Clock => &["M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z", "M12 8v4.5l3 1.5"],
        Icon::Cross => &["M6 6l12 12", "M18 6L6 18"],
        Icon::Down => &["M12 5v14", "M6 13l6 6 6-6"],
        Icon::Keyboard => &["M3 7h18v10H3z", "M7 11h.01", "M12 11h.01", "M17 11h.01", "M9 14h6"],
        Icon::Mark => &["M2 16c4-9 16-9 20 0", "M2 16h20", "M8 11.2V16", "M12 9.6V16", "M16 11.2V16"],
        Icon::More => &["M5 12h.01", "M12 12h.01", "M19 12h.01"],
        Icon::Panel => &["M4 5h16v14H4z", "M14 5v14"],
        Icon::Restart => &["M5 12a7 7 0 1 0 2.5-5.4", "M5 4v4h4"],
        Icon::Send => &["M4 12l16-8-6 16-3-7z", "M11 13l9-9"],
        Icon::SignOut => &["M14 5H6v14h8", "M10 12h10", "M17 8.5l3.5 3.5-3.5 3.5"],
        Icon::Talk => &["M4 5h16v11H10l-4 4v-4H4z", "M8 9h8", "M8 12h5"],
        Icon::Upload => &["M12 16V4", "M7 9l5-5 5 5", "M4 16v4h16v-4"],
        Icon::Warning => &["M12 4L2.5 20h19z", "M12 10v4", "M12 17h.01"],
    }
}
