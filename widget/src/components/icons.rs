//! Icons, drawn as elements so that they take the colour of the text around them. Functions and not components: each
//! component costs kilobytes.

use yew::prelude::*;

macro_rules! icon {
    ($(#[$doc:meta])* $name:ident, $path:literal) => {
        $(#[$doc])*
        pub fn $name() -> Html {
            icon($path)
        }
    };
}

fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

icon! {
    /// Hide the panel.
    close_icon, "M6 6l12 12M18 6L6 18"
}
icon! {
    /// End the conversation, or stop waiting: a door, and the way out of it.
    end_icon, "M13 4H6v16h7M10 12h10M17 8.5l3.5 3.5-3.5 3.5"
}
icon! {
    /// Send.
    send_icon, "M12 19.5V5M5.5 11.5L12 5l6.5 6.5"
}
icon! {
    /// Down to what is new.
    down_icon, "M12 5v13M6 12.5l6 6 6-6"
}
icon! {
    /// To the left.
    left_icon, "M14.5 6l-6 6 6 6"
}
icon! {
    /// To the right.
    right_icon, "M9.5 6l6 6-6 6"
}
icon! {
    /// A film.
    play_icon, "M8 5.5v13l11-6.5z"
}
icon! {
    /// A sound.
    sound_icon, "M4 10v4h3.5l5 4V6l-5 4zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a7.8 7.8 0 0 1 0 11"
}
icon! {
    /// The assistant: a spark.
    spark_icon, "M12 3.5l1.9 6.1a1 1 0 0 0 .6.6l6 1.8-6 1.9a1 1 0 0 0-.6.6L12 20.5l-1.9-6a1 1 0 0 0-.6-.6L3.5 12l6-1.8a1 1 0 0 0 .6-.6z"
}
icon! {
    /// People.
    people_icon, "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M16 4.9a3.5 3.5 0 0 1 0 6.2M18 14.6c2.1.8 3.5 2.5 3.5 4.9"
}

/// A footbridge, for the moment a person joins: the deck, and the arch that carries it.
pub fn bridge_line() -> Html {
    html! {
        <svg class="bridge" viewBox="0 0 320 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path d="M0 38 C 70 38 90 4 160 4 C 230 4 250 38 320 38" />
        </svg>
    }
}
